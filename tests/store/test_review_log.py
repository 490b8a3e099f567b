"""The log of reviews: appended to, chained, checked; and what is in force by it."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from people import ANN, BEN, OWNER, READER, law, said, tag_of

from fragcheck.errors import InputError, PermissionRefused
from fragcheck.records import LogEntry, Role, Verdict
from fragcheck.records.codec import encode
from fragcheck.store.workspace import (
    NOTHING,
    chain_findings,
    entry_digest,
    in_force,
    opinions,
    project_of,
    record_review,
    record_reviews,
    review_log,
    reviews_in_force,
    verify_log,
    withdraw_review,
)
from fragcheck.store.workspace.chain import sealed

LAW = law()
ONE, TWO = tag_of(LAW), tag_of(LAW, "art_2", "safety")


def filled(workspace, project):
    record_review(workspace, ANN, project, said(ONE, is_on=False))
    record_reviews(workspace, BEN, project, [said(ONE, is_on=True), said(TWO, is_on=False)])
    withdraw_review(workspace, BEN, project, ONE, reason="I read the wrong article.")
    return review_log(workspace, READER, project)


def test_an_entry_says_who_when_what_before_after_why_and_by_which_model(workspace, project):
    entry = record_review(workspace, ANN, project, said(ONE, is_on=False, reason="  No person.  "))
    review = entry.review
    assert (review.reviewer, review.made_at[:10], review.reason) == ("ann", "2026-01-01", "No person.")
    assert (review.before, review.after, review.model) == ('{"is_on": true}', '{"is_on": false}', "model 1")
    assert (entry.number, entry.previous, entry.role) == (1, NOTHING, Role.REVIEWER)
    assert entry.version
    assert review_log(workspace, READER, project) == (entry,)
    stated = project_of(workspace, READER, project)
    assert (stated.n_entries, stated.head) == (1, entry.digest)


def test_the_digest_can_be_checked_without_fragcheck(workspace, project):
    entry = record_review(workspace, ANN, project, said(ONE, is_on=False, reason="Größe 🦉"))
    content = encode(entry)
    stated = content.pop("digest")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == stated == entry_digest(entry)


def test_the_newest_standing_opinion_is_in_force_and_withdrawing_restores_the_one_before(workspace, project):
    entries = filled(workspace, project)
    assert [(one.review.reviewer, one.review.verdict) for one in entries] == [
        ("ann", Verdict.CHANGE),
        ("ben", Verdict.CHANGE),
        ("ben", Verdict.CHANGE),
        ("ben", Verdict.WITHDRAW),
    ]
    now = {one.subject.key: one for one in reviews_in_force(workspace, READER, project)}
    assert {key: one.reviewer for key, one in now.items()} == {ONE.key: "ann", TWO.key: "ben"}
    earlier = {one.subject.key: one.reviewer for one in in_force(entries[:3])}
    assert earlier == {ONE.key: "ben", TWO.key: "ben"}
    withdraw_review(workspace, ANN, project, ONE, reason="Nor am I sure.")
    assert [one.subject for one in reviews_in_force(workspace, READER, project)] == [TWO]


def test_opinions_of_all_reviewers_are_kept_apart(workspace, project):
    entries = filled(workspace, project)
    said_now = opinions(entries[:3])
    assert list(said_now[ONE.key]) == ["ann", "ben"]
    again = record_review(workspace, ANN, project, said(ONE, is_on=False))
    assert list(opinions([*entries[:3], again])[ONE.key]) == ["ben", "ann"]


def test_only_owners_withdraw_what_others_said(workspace, project):
    filled(workspace, project)
    with pytest.raises(PermissionRefused, match="only owners take back what ann said"):
        withdraw_review(workspace, BEN, project, ONE, reason="No.", of="ann")
    withdraw_review(workspace, OWNER, project, ONE, reason="She left.", of="ann")
    assert ONE not in [one.subject for one in reviews_in_force(workspace, READER, project)]
    with pytest.raises(InputError, match="nothing to take back"):
        withdraw_review(workspace, ANN, project, ONE, reason="Again.")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 10_001])
def test_a_reason_is_wanted(workspace, project, reason):
    with pytest.raises(InputError, match="a reason of 1 to"):
        record_review(workspace, ANN, project, said(ONE, is_on=True, reason=reason))
    assert review_log(workspace, READER, project) == ()


def test_several_reviews_are_kept_all_or_none(workspace, project):
    with pytest.raises(InputError):
        record_reviews(workspace, ANN, project, [said(ONE, is_on=True), said(TWO, is_on=True, reason="")])
    assert review_log(workspace, READER, project) == ()
    assert record_reviews(workspace, ANN, project, []) == ()


COLUMNS = {
    "made_at": "2020-01-01T00:00:00.000000+00:00",
    "reviewer": "eve",
    "role": "owner",
    "verdict": "accept",
    "target": "type",
    "subject_key": '["tag","x","y","z"]',
    "subject": None,
    "before": '{"is_on": 0}',
    "after": '{"is_on": 1}',
    "reason": "Another.",
    "model": "model 2",
    "version": "9",
    "previous": "1" * 64,
    "digest": "2" * 64,
}


def tampered(workspace, statement, **values):
    """Write past the triggers, as someone with the whole database in hand would."""
    with workspace.writing() as connection:
        if connection.dialect.name == "sqlite":
            for event in ("update", "delete"):
                connection.execute(sa.text(f"DROP TRIGGER reviews_no_{event}"))
        else:
            connection.execute(sa.text("ALTER TABLE reviews DISABLE TRIGGER USER"))
        connection.execute(sa.text(statement), values)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_value_anywhere_is_found(workspace, project, column):
    entries = filled(workspace, project)
    assert verify_log(workspace, READER, project) == ()
    value = COLUMNS[column] or json.dumps({**encode(entries[1].review.subject), "eid": "art_9"})
    tampered(workspace, f"UPDATE reviews SET {column} = :value WHERE number = 2", value=value)  # noqa: S608 - names of columns
    findings = verify_log(workspace, READER, project)
    assert 2 in [one.number for one in findings]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM reviews WHERE number = 2", "entry 2 is missing"),
        ("DELETE FROM reviews WHERE number = 1", "entry 1 is missing"),
        ("DELETE FROM reviews WHERE number = 4", "4 entries are wanted, 3 are there"),
        ("DELETE FROM reviews", "4 entries are wanted, 0 are there"),
    ],
)
def test_a_missing_entry_is_found(workspace, project, statement, words):
    filled(workspace, project)
    tampered(workspace, statement)
    assert words in " ".join(one.message for one in verify_log(workspace, READER, project))


def test_a_log_written_anew_is_found_by_a_note_kept_elsewhere(workspace, project):
    entries = filled(workspace, project)
    noted = (entries[1].number, entries[1].digest)
    assert verify_log(workspace, READER, project, n_entries=noted[0], head=noted[1]) == ()
    previous, forged = NOTHING, []
    for entry in entries:
        changed = dataclasses.replace(
            entry, review=dataclasses.replace(entry.review, reason="Forged."), previous=previous, digest=""
        )
        forged.append(sealed(changed))
        previous = forged[-1].digest
    tampered(workspace, "UPDATE projects SET head = :head", head=previous)
    with workspace.writing() as connection:
        for entry in forged:
            connection.execute(
                sa.text(
                    "UPDATE reviews SET reason = 'Forged.', previous = :p, digest = :d WHERE number = :n"
                ),
                {"p": entry.previous, "d": entry.digest, "n": entry.number},
            )
    assert verify_log(workspace, READER, project) == ()
    findings = verify_log(workspace, READER, project, n_entries=noted[0], head=noted[1])
    assert "not the one noted" in findings[0].message


def chain(reasons):
    previous, entries = NOTHING, []
    for number, reason in enumerate(reasons, start=1):
        review = dataclasses.replace(said(ONE, is_on=True, reason=reason), reviewer="ann", made_at="2026")
        entries.append(sealed(LogEntry(number, "p", review, Role.REVIEWER, "1", previous, "")))
        previous = entries[-1].digest
    return entries


@given(st.lists(st.text(min_size=1), min_size=2, max_size=6), st.data())
def test_any_order_but_the_own_one_is_found(reasons, data):
    entries = chain(reasons)
    assert chain_findings(entries) == ()
    shuffled = data.draw(st.permutations(entries))
    assert bool(chain_findings(shuffled)) == (shuffled != entries)
    dropped = data.draw(st.integers(0, len(entries) - 1))
    left = [entry for place, entry in enumerate(entries) if place != dropped]
    assert chain_findings(left, n_entries=len(entries), head=entries[-1].digest)


def test_both_databases_hold_the_same_bytes(tmp_path, postgres):
    from people import Clock, staffed

    from fragcheck.store.workspace import open_workspace

    logs = []
    for url in (f"sqlite:///{tmp_path / 'w.sqlite'}", postgres.url()):
        with open_workspace(url, clock=Clock()) as one:
            staffed(one)
            logs.append(filled(one, "AI laws"))
    assert logs[0] == logs[1]
