"""The Review page: from the queue to the log and back, and how far reviewers agree."""

import threading
from dataclasses import replace

import pytest
from ui_made import MadeEngine

from fragcheck.pipeline import Cancelled, review_queue
from fragcheck.records import ReviewTarget, Role, Tag, Verdict
from fragcheck.ui import desks, progress, session
from fragcheck.ui.pages import review
from fragcheck.ui.pairing import oriented
from fragcheck.ui.queue_rows import choices_of, finding_words, made_review, places_of, settled_words
from fragcheck.ui.reviews import ReviewBook, kept_reviews, person_here
from fragcheck.ui.texts import speaking
from fragcheck.ui.work import Prepared


def notices(test):
    kinds = (test.warning, test.error, test.info, test.success)
    return "\n".join(each.value for kind in kinds for each in kind)


@pytest.fixture(autouse=True)
def person(home, monkeypatch):
    monkeypatch.setenv("FRAGCHECK_USER", "olga")
    monkeypatch.delenv("FRAGCHECK_DATABASE_URL", raising=False)


def finished(test):
    """Run again once the comparison is made anew."""
    job = session.registry().ensure("sample")
    while not job.snapshot().is_finished:
        job.stop.wait(0.01)
    return test.run()


def test_nobody_has_reviewed_anything_and_no_database_is_made(app, home):
    test = app("review")
    assert not test.exception
    assert kept_reviews() == ()
    assert not list(home.root.glob("*.sqlite"))
    assert len(test.dataframe) == 1


def test_a_review_is_kept_with_its_reason_and_can_be_taken_back(app):
    test = app("review")
    test.button(key="reject").click().run()
    assert "Say why" in notices(test)
    assert kept_reviews() == ()
    test.text_input(key="verdict_reason").set_value("it names no one")
    test.button(key="reject").click().run()
    assert not test.exception
    (review,) = kept_reviews()
    assert (review.reviewer, review.verdict, review.reason) == ("olga", Verdict.REJECT, "it names no one")
    test = finished(test)
    test.button(key="undo_review").click().run()
    assert not test.exception
    assert kept_reviews() == ()
    with ReviewBook() as book:
        assert [entry.review.verdict for entry in book.log()] == [Verdict.REJECT, Verdict.WITHDRAW]
        assert book.verify() == ()


def test_the_queue_is_put_in_order_beside_the_page_and_can_be_stopped(app, monkeypatch):
    gate = threading.Event()

    def held(comparison, store, made):
        made.share = 0.25
        gate.wait(60)
        if made.is_cancelled:
            raise Cancelled("stopped")
        return review_queue(comparison, limit=3)

    monkeypatch.setattr(review, "_items", held)
    monkeypatch.setattr(progress, "QUICK", 0.0)
    test = app("review")
    assert not test.exception
    assert not test.dataframe
    assert test.text_input(key="reviewer").value == "olga"  # the rest of the page is there
    test.button(key="cancel_made").click().run()
    (made,) = desks.queues()._made.values()
    assert made.is_cancelled
    gate.set()
    assert made.wait(60)
    test.run()
    assert "Cancelled" in notices(test)
    test.button(key="again_made").click().run()
    (made,) = desks.queues()._made.values()
    assert made.wait(60)
    test.run()
    assert not test.exception
    assert len(test.dataframe[0].value) == 3


def test_the_queue_that_came_with_the_comparison_is_shown(app, monkeypatch):
    monkeypatch.setattr(
        MadeEngine,
        "prepare",
        lambda _, comparison, __: [Prepared("queue", review_queue(comparison, limit=2))],
    )
    monkeypatch.setattr(review, "_items", None)
    test = app("review")
    assert not test.exception
    assert len(test.dataframe[0].value) == 2


def test_only_ones_own_last_review_is_taken_back(app):
    comparison = session.registry().ensure("sample")
    app("review")
    comparison = session.registry().ensure("sample").comparison
    first, second = review_queue(comparison)[:2]
    with ReviewBook("ivan") as book:
        assert book.actor.role is Role.REVIEWER
        book.record(made_review(comparison, first.subject, Verdict.ACCEPT, reason="yes"))
    with ReviewBook() as book:
        assert book.undo("x") is None
        book.record(made_review(comparison, second.subject, Verdict.REJECT, reason="no"))
        assert book.undo("x").review.subject.key == second.subject.key
        assert book.undo("x") is None
    assert [review.reviewer for review in kept_reviews()] == ["ivan"]


def test_the_log_and_the_agreement_show_what_was_said(app):
    app("review")
    comparison = session.registry().ensure("sample").comparison
    item = review_queue(comparison)[0]
    for name, verdict in (("", Verdict.ACCEPT), ("ivan", Verdict.REJECT)):
        with ReviewBook(name) as book:
            book.record(made_review(comparison, item.subject, verdict, reason="so it is"))
    test = app("review", review="log")
    assert "2 entries; the log is whole" in notices(test)
    assert list(test.dataframe[0].value["Who"]) == ["ivan", "olga"]
    test = app("review", review="agreement")
    assert not test.exception
    assert {"all reviewers", "olga", "ivan"} <= set(test.dataframe[0].value["One"])


def test_an_empty_log_says_where_to_begin(app):
    for name in ("log", "agreement"):
        assert "shows where to begin" in notices(app("review", review=name))


def test_every_finding_of_the_queue_can_be_reviewed(app):
    app("review")
    comparison = session.registry().ensure("sample").comparison
    items = review_queue(comparison)
    assert {item.subject.target for item in items} >= {ReviewTarget.TAG, ReviewTarget.MATCH}
    for item in items:
        assert places_of(item.subject, comparison)
        choices = choices_of(item.subject)
        for verdict, to in (
            (Verdict.ACCEPT, ""),
            (Verdict.REJECT, ""),
            *((Verdict.CHANGE, one) for one in choices),
        ):
            review = made_review(comparison, item.subject, verdict, to=to, reason="x")
            assert review.subject.key == item.subject.key


def test_who_sits_here(monkeypatch):
    assert person_here() == "olga"
    monkeypatch.setenv("FRAGCHECK_USER", " ")
    assert person_here()


def test_the_real_engine_compares_under_the_reviews(app, monkeypatch):
    """What is kept reaches `compare_analyses`."""
    from fragcheck import pipeline
    from fragcheck.ui.engine import Hooks, PipelineEngine

    app("review")
    comparison = session.registry().ensure("sample").comparison
    item = review_queue(comparison)[0]
    with ReviewBook() as book:
        book.record(made_review(comparison, item.subject, Verdict.REJECT, reason="no"))
    asked = {}
    monkeypatch.setattr(pipeline, "compare_analyses", lambda analyses, **given: asked.update(given))
    PipelineEngine().compare((), Hooks(lambda step: None, lambda: False))
    assert [review.subject.key for review in asked["reviews"]] == [item.subject.key]


def test_findings_are_said_in_the_language_of_the_interface(comparison):
    said = {}
    with speaking("de"):
        for item in review_queue(comparison):
            words = finding_words(item.subject, item.finding, comparison, session.principle_name)
            said.setdefault(item.subject.target, []).append(words)
    assert "betrifft Sicherheit (90% sicher)" in said[ReviewTarget.TAG]
    assert "entsprechen einander" in said[ReviewTarget.MATCH]
    assert all(words.startswith("Beziehung: ") for words in said[ReviewTarget.RELATION])
    assert all(words.startswith("ist: ") for words in said[ReviewTarget.TYPE])


@pytest.mark.parametrize(
    ("tag", "words", "is_unsure"),
    [
        (Tag("compute", 0.17, is_on=True), "may bear on Sovereignty: compute (likelihood 17%)", True),
        (Tag("safety", 0.5, is_on=True), "bears on Safety (50% sure)", True),
        (Tag("safety", 0.9, is_on=True), "bears on Safety (90% sure)", False),
        (Tag("safety", 0.2, is_on=False), "does not bear on Safety (80% sure)", False),
        (Tag("fairness", 0.45, is_on=False), "does not bear on Fairness (55% sure)", True),
    ],
)
def test_a_tag_that_is_likelier_wrong_is_no_finding(comparison, tag, words, is_unsure):
    item = next(item for item in review_queue(comparison) if item.subject.target is ReviewTarget.TAG)
    side = replace(comparison.analyses[0].annotations[0], tags=(tag,), sovereignty=())
    analysis = replace(comparison.analyses[0], annotations=(side, *comparison.analyses[0].annotations[1:]))
    document_id = comparison.document_ids[0].partition("#")[0]
    subject = replace(item.subject, document_id=document_id, eid=side.eid, name=tag.principle)
    found = replace(comparison, analyses=(analysis, *comparison.analyses[1:]))
    assert finding_words(subject, "", found, session.principle_name) == words
    assert tag.is_unsure is is_unsure


def test_a_relation_is_said_from_the_document_that_is_shown_first(comparison):
    assert all(pair.right < pair.left for pair in comparison.pairs)  # shown the other way round
    other = tuple(oriented(pair, pair.right) for pair in comparison.pairs)
    for found, wanted in (
        (comparison, "left includes right"),
        (replace(comparison, pairs=other), "left includes right"),
    ):
        said = {
            finding_words(item.subject, item.finding, found, session.principle_name)
            for item in review_queue(found)
            if item.subject.target is ReviewTarget.RELATION and "contrary" not in item.finding
        }
        assert said == {f"relation: {wanted}"}


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ('{"is_on":true,"probability":0.44}', "yes, 44%"),
        ('{"is_match":false,"probability":null}', "no"),
        ('{"relation":"subset_of"}', "left is part of right"),
        ('{"provision_type":"obligation"}', "Obligation"),
        ('{"kind":"duration","unit":"day","value":15.0}', "duration, day, 15.0"),
    ],
)
def test_the_log_says_what_stood_before_and_after(kept, words):
    assert settled_words(kept) == words
