"""A redline of two versions, and amendments whose effects sum to the change of D."""

from __future__ import annotations

import csv
import dataclasses
import math

import pytest
from corpus_of_rules import match, pair, rule
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.errors import ComparisonError
from fragcheck.records import Differences, EditKind, Provision, ProvisionKind, Redline, RedlineEntry
from fragcheck.segment import read_table
from fragcheck.synthesis import attribute_change, attribute_divergence, redline

RULES = (
    "Providers shall keep the technical documentation of each system for ten years after it was sold.",
    "Deployers shall tell every person concerned that a decision was prepared by a machine.",
    "The authority may enter premises by day and inspect records after a notice of two weeks.",
    "Importers shall verify that the conformity assessment was carried out before the first sale.",
    "A serious incident shall be reported to the authority within seventy-two hours of its discovery.",
)


def provisions(*texts, prefix="art"):
    return tuple(
        Provision(eid=f"{prefix}_{i}", kind=ProvisionKind.ARTICLE, text=text)
        for i, text in enumerate(texts, 1)
    )


def kinds(found):
    return [(entry.kind.value, entry.old, entry.new) for entry in found.entries]


LONG = f"{RULES[0]} {RULES[1]}"
EDITS = [
    pytest.param(
        RULES[:2],
        RULES[:2],
        [("unchanged", ("art_1",), ("art_1",)), ("unchanged", ("art_2",), ("art_2",))],
        id="same",
    ),
    pytest.param(
        RULES[:2],
        RULES[1::-1],
        [("moved", ("art_1",), ("art_2",)), ("moved", ("art_2",), ("art_1",))],
        id="moved",
    ),
    pytest.param(
        RULES[:2],
        (RULES[0].replace("ten", "twelve"), RULES[1]),
        [("amended", ("art_1",), ("art_1",)), ("unchanged", ("art_2",), ("art_2",))],
        id="amended",
    ),
    pytest.param(
        RULES[:2],
        RULES[:1],
        [("unchanged", ("art_1",), ("art_1",)), ("deleted", ("art_2",), ())],
        id="deleted",
    ),
    pytest.param(
        RULES[:1], RULES[:2], [("unchanged", ("art_1",), ("art_1",)), ("added", (), ("art_2",))], id="added"
    ),
    pytest.param((LONG,), RULES[:2], [("split", ("art_1",), ("art_1", "art_2"))], id="split"),
    pytest.param(RULES[:2], (LONG,), [("merged", ("art_1", "art_2"), ("art_1",))], id="merged"),
    pytest.param((), RULES[:1], [("added", (), ("art_1",))], id="from nothing"),
    pytest.param(RULES[:1], (), [("deleted", ("art_1",), ())], id="to nothing"),
    pytest.param((), (), [], id="nothing"),
]


@pytest.mark.parametrize(("old", "new", "expected"), EDITS)
def test_what_became_of_each_provision(old, new, expected):
    assert kinds(redline(provisions(*old), provisions(*new))) == expected


def test_words_that_went_and_came():
    found = redline(provisions(RULES[0]), provisions(RULES[0].replace("ten years", "twelve years")))
    (entry,) = found.entries
    assert [(edit.operation, edit.text) for edit in entry.edits if edit.operation != "equal"] == [
        ("delete", "ten"),
        ("insert", "twelve"),
    ]
    assert entry.similarity > 0.9


def test_scripts_without_spaces_are_compared_by_characters():
    old = provisions("提供者应当在七十二小时内向主管部门报告严重事件。")
    new = provisions("提供者应当在二十四小时内向主管部门报告严重事件。")
    (entry,) = redline(old, new).entries
    assert (entry.kind, entry.old, entry.new) == (EditKind.AMENDED, ("art_1",), ("art_1",))
    assert entry.similarity > 0.8


def test_a_repeated_phrase_is_told_apart_by_its_place():
    def row(eid, context):
        return Provision(eid=eid, kind=ProvisionKind.POINT, text="the intended purpose;", context=context)

    old = (row("art_1__point_a", "Technical file"), row("art_9__point_c", "Instructions for use"))
    new = (row("art_3__point_a", "Instructions for use"), row("art_4__point_a", "Technical file"))
    assert redline(old, new).eid_mapping == (
        ("art_1__point_a", "art_4__point_a"),
        ("art_9__point_c", "art_3__point_a"),
    )


words = st.sampled_from(
    [
        "provider",
        "deployer",
        "report",
        "keep",
        "logs",
        "year",
        "incident",
        "authority",
        "system",
        "notice",
        "person",
    ]
)
texts = st.lists(st.lists(words, min_size=1, max_size=12).map(" ".join), max_size=6)


@settings(max_examples=60)
@given(texts, texts)
def test_every_provision_stands_in_one_entry(old, new):
    sides = provisions(*old), provisions(*new)
    found = redline(*sides)
    assert sorted(eid for entry in found.entries for eid in entry.old) == sorted(p.eid for p in sides[0])
    assert sorted(eid for entry in found.entries for eid in entry.new) == sorted(p.eid for p in sides[1])
    assert found == redline(*sides)


@settings(max_examples=40)
@given(texts)
def test_a_version_and_itself(old):
    entries = redline(provisions(*old), provisions(*old)).entries
    assert all(entry.similarity == 1 for entry in entries)
    if len(set(old)) == len(old):
        assert {entry.kind for entry in entries} <= {EditKind.UNCHANGED}


# --- attribution ------------------------------------------------------------------------------


@st.composite
def amended_law(draw):
    """A law of two versions, another law, and what the amendments were."""
    size = draw(st.integers(1, 5))
    old = [rule(f"art_{i}", f"rule {i}") for i in range(size)]
    fate = [draw(st.sampled_from(("kept", "amended", "deleted"))) for _ in old]
    new = [u for u, what in zip(old, fate, strict=True) if what != "deleted"]
    added = [rule(f"new_{i}", f"new rule {i}") for i in range(draw(st.integers(0, 2)))]
    other = tuple(rule(f"sec_{i}", f"other rule {i}") for i in range(draw(st.integers(1, 5))))

    def matches(units):
        found = []
        for i, unit in enumerate(units[: len(other)]):
            if draw(st.booleans()):
                apart = draw(st.sampled_from((0.0, 0.5, 1.0)))
                found.append(
                    match(unit, other[i], 0.9, Differences(stringency=apart, stringency_signed=apart))
                )
        return found

    entries = [
        RedlineEntry(
            {"kept": EditKind.UNCHANGED, "amended": EditKind.AMENDED, "deleted": EditKind.DELETED}[what],
            (u.eid,),
            () if what == "deleted" else (u.eid,),
            1.0,
        )
        for u, what in zip(old, fate, strict=True)
    ]
    entries += [RedlineEntry(EditKind.ADDED, (), (u.eid,), 0.0) for u in added]
    newer = [*new, *added]
    return (
        pair(("v1", "X"), tuple(old), other, matches(old)),
        pair(("v2", "X"), tuple(newer), other, matches(newer)),
        Redline(tuple(entries)),
    )


@settings(max_examples=80)
@given(amended_law())
def test_the_effects_of_the_amendments_sum_to_the_change(law):
    before, after, changes = law
    found = attribute_change(before, after, changes)
    if before.overall.value is None or after.overall.value is None:
        return
    total = math.fsum(one.contribution for one in found)
    if after.left_units:
        assert math.isclose(total, after.overall.value - before.overall.value, abs_tol=1e-9)
    sizes = [abs(one.contribution) for one in found]
    assert sizes == sorted(sizes, reverse=True)


def test_one_amendment_has_all_of_the_change():
    old = tuple(rule(f"art_{i}", f"rule {i}") for i in range(4))
    other = tuple(rule(f"sec_{i}", f"other {i}") for i in range(4))
    weaker = Differences(stringency=1.0, stringency_signed=-1.0)
    same = [match(x, y, 1.0) for x, y in zip(old, other, strict=True)]
    before = pair(("v1", "X"), old, other, same)
    after = pair(("v2", "X"), old, other, [*same[:3], match(old[3], other[3], 1.0, weaker)])
    changes = Redline(tuple(RedlineEntry(EditKind.AMENDED, (u.eid,), (u.eid,), 0.9) for u in old))
    (only,) = (one for one in attribute_change(before, after, changes) if abs(one.contribution) > 1e-12)
    assert only.entry.old == ("art_3",)
    assert math.isclose(only.contribution, after.overall.value)


def test_a_deleted_counterpart_has_its_effect():
    old = tuple(rule(f"art_{i}", f"rule {i}") for i in range(3))
    other = tuple(rule(f"sec_{i}", f"other {i}") for i in range(3))
    matches = [match(x, y, 1.0) for x, y in zip(old, other, strict=True)]
    before = pair(("v1", "X"), old, other, matches)
    after = pair(("v2", "X"), old[:2], other, matches[:2])
    entries = [RedlineEntry(EditKind.UNCHANGED, (u.eid,), (u.eid,), 1.0) for u in old[:2]]
    changes = Redline((*entries, RedlineEntry(EditKind.DELETED, ("art_2",), (), 0.0)))
    found = attribute_change(before, after, changes)
    assert found[0].entry.kind is EditKind.DELETED
    assert math.isclose(found[0].contribution, 1 / 3)


def test_the_divergence_of_two_versions_is_that_of_the_amendments():
    old = tuple(rule(f"art_{i}", f"rule {i}") for i in range(3))
    new = tuple(dataclasses.replace(u) for u in old[:2])
    found = pair(("v1", "v2"), old, new, [match(x, y, 1.0) for x, y in zip(old, new, strict=False)])
    entries = [RedlineEntry(EditKind.UNCHANGED, (u.eid,), (u.eid,), 1.0) for u in new]
    changes = Redline((*entries, RedlineEntry(EditKind.DELETED, ("art_2",), (), 0.0)))
    (only,) = attribute_divergence(found, changes)
    assert only.entry.kind is EditKind.DELETED
    assert math.isclose(only.contribution, found.overall.value)


def test_another_document_on_the_right_is_refused():
    a, b, c = rule("art_1", "a"), rule("sec_1", "b"), rule("sec_1", "c")
    with pytest.raises(ComparisonError, match="same right document"):
        attribute_change(pair(("v1", "X"), (a,), (b,)), pair(("v2", "Y"), (a,), (c,)), Redline(()))


# --- real versions ----------------------------------------------------------------------------

VERSIONS = {
    "aiact_fourcol_recitals_commission_vs_draft": 0.83,
    "aiact_fourcol_regulation_commission_vs_draft": 0.85,
    "aiact_fourcol_regulation_commission_vs_parliament": 0.90,
    "eu-gdpr_vs_uk-gdpr": 0.94,
}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "wanted"), VERSIONS.items())
def test_the_mapping_of_real_versions(shared_dir, name, wanted):
    """Share of old provisions that are mapped as the sources do, or rightly said to be gone."""
    folder = shared_dir / "data" / "crosswalks" / name
    sides = [read_table(folder / f"{side}.csv")[1].provisions for side in ("left", "right")]
    mapping = dict(redline(*sides).eid_mapping)
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = sum(mapping.get(row["left_id"], "") == row["right_id"] for row in rows)
    assert right / len(rows) >= wanted
