"""Conflict candidates and definitions side by side."""

from __future__ import annotations

import pytest
from corpus_of_rules import kept, match, meaning, pair, rule

from fragcheck.catalogue import sample_truth
from fragcheck.records import Alignment, Candidate, ConflictKind, Differences, Modality, Relation, Stricter
from fragcheck.synthesis import compared_definitions, conflicts, opposed_matches

SHALL = "The employer shall record the emotions of its drivers during the whole journey."
SHALL_NOT = "The employer shall not record the emotions of its drivers during the whole journey."
MAY = "The employer may record the emotions of its drivers during the whole journey."
NEED_NOT = "The employer need not record the emotions of its drivers during the whole journey."


def one(left, right, probability=0.9, **fields):
    differences = Differences(polarity=1.0, action=0.0, actor=0.0, **fields)
    opposed = match(left, right, probability, differences, Relation.CONTRARY)
    return pair(("A", "B"), (left,), (right,), (), (opposed,))


def duty(eid="art_1", text=SHALL):
    return rule(eid, text)


def ban(eid="sec_1", text=SHALL_NOT):
    return rule(eid, text, Modality.PROHIBITION, negated=True)


KINDS = [
    (duty(), ban(), ConflictKind.DUTY_AGAINST_PROHIBITION),
    (ban("art_1"), duty("sec_1"), ConflictKind.DUTY_AGAINST_PROHIBITION),
    (rule("art_1", MAY, Modality.PERMISSION), ban(), ConflictKind.PERMISSION_AGAINST_PROHIBITION),
    (
        rule("art_1", NEED_NOT, Modality.PERMISSION, negated=True),
        duty("sec_1"),
        ConflictKind.DUTY_AGAINST_EXEMPTION,
    ),
]


@pytest.mark.parametrize(("left", "right", "kind"), KINDS)
def test_kinds_of_conflicts(left, right, kind):
    (found,) = conflicts([one(left, right)])
    assert found.kind is kind
    assert (found.left.text, found.right.text) == (left.text_unit.text, right.text_unit.text)
    assert 0.35 <= found.probability <= 0.9
    assert found.reason.endswith("probability of a mapping 0.90.")


@pytest.mark.parametrize(
    ("role", "bound", "act", "said"),
    [
        ("public_authority", "deployer", 0.0, "a public body, which may act in the role of the other"),
        ("public_authority", "deployer", 0.9, "other parties"),
        ("public_authority", "supplier", 0.0, "other parties"),
        ("supplier", "deployer", 0.0, "other parties"),
    ],
)
def test_a_public_body_that_does_what_deployers_may_not_is_no_other_party(role, bound, act, said):
    left = rule("art_1", MAY, Modality.PERMISSION, role=role)
    right = rule("sec_1", SHALL_NOT, Modality.PROHIBITION, negated=True, role=bound)
    differences = Differences(polarity=1.0, action=act, actor=1.0)
    opposed = match(left, right, 0.9, differences, Relation.CONTRARY)
    (found,) = conflicts([pair(("A", "B"), (left,), (right,), (), (opposed,))], shown=0.0)
    assert said in found.reason


def test_to_allow_what_the_other_exempts_from_is_no_conflict():
    free = rule("art_1", NEED_NOT, Modality.PERMISSION, negated=True)
    allowed = rule("sec_1", MAY, Modality.PERMISSION)
    assert conflicts([one(free, allowed)]) == ()


ALIKE = [
    pytest.param(" unless the driver objects", id="the same limit"),
    pytest.param(" that are not on leave", id="the same denial"),
    pytest.param(" only on public roads, where no stop is made", id="both"),
]


@pytest.mark.parametrize("words", ALIKE)
def test_what_both_clauses_say_alike_is_no_limit_of_the_denial(words):
    left, right = (text.replace(" during", f"{words} during") for text in (SHALL, SHALL_NOT))
    (found,) = conflicts([one(duty(text=left), ban(text=right))])
    assert found.probability > 0.8


def test_the_act_of_two_clauses_of_the_same_words_is_the_same():
    differences = Differences(polarity=1.0, action=None, actor=0.0)
    left, right = duty(), ban()
    opposed = match(left, right, 0.9, differences, Relation.CONTRARY)
    (found,) = conflicts([pair(("A", "B"), (left,), (right,), (), (opposed,))])
    assert found.probability > 0.8


WEAK = [
    pytest.param(
        duty(text="Controllers shall process only the personal data that are necessary for the purpose."),
        ban(text="Controllers shall not process more personal data than are necessary for the purpose."),
        id="within limits",
    ),
    pytest.param(
        duty(),
        ban(text="The employer shall not record the emotions of its drivers unless on the whole journey."),
        id="unless",
    ),
    pytest.param(duty(text="Public safety."), ban(), id="few words"),
    pytest.param(duty(text=SHALL_NOT), ban(), id="both deny"),
]


@pytest.mark.parametrize(("left", "right"), WEAK)
def test_what_speaks_against_a_conflict(left, right):
    assert conflicts([one(left, right)]) == ()
    assert conflicts([one(left, right)], shown=0.0)[0].probability < 0.35


def test_the_likeliest_come_first():
    pairs = [one(duty(), ban(), 0.5), one(duty(), ban(), 0.9)]
    probabilities = [found.probability for found in conflicts(pairs)]
    assert probabilities == sorted(probabilities, reverse=True)


def test_quantities_that_do_not_meet():
    left = rule("art_1", "Logs are kept for at least 5 years.", parameters=[kept(5, "at least 5 years")])
    right = rule(
        "sec_1", "Logs are erased after 2 years.", parameters=[kept(2, "2 years", "<=", Stricter.LOWER)]
    )
    found = pair(("A", "B"), (left,), (right,), (match(left, right, 0.8),))
    (conflict,) = conflicts([found])
    assert conflict.kind is ConflictKind.QUANTITIES_DO_NOT_MEET
    assert conflict.probability == 0.8
    assert conflict.reason == "No duration satisfies both at least 5 years and 2 years."


def test_candidates_of_opposite_polarity_are_kept_though_no_match():
    left, right, other = duty(), ban(), duty("sec_2")
    candidates = tuple(
        Candidate(left.key, unit.key, rank, 1.0, probability)
        for rank, (unit, probability) in enumerate(((right, 0.6), (other, 0.9), (right, 0.6)), start=1)
    )
    found = opposed_matches((left,), (right, other), Alignment(candidates, (), ()))
    assert [(m.left, m.right, m.relation) for m in found] == [("art_1", "sec_1", Relation.CONTRARY)]
    unlikely = Alignment((Candidate(left.key, right.key, 1, 1.0, 0.05),), (), ())
    assert opposed_matches((left,), (right,), unlikely) == ()


def test_candidates_in_the_sample_corpus_are_planted(sample_comparison):
    """Precision on planted truths: at least 0.8 is wanted; every one of them was planted."""
    truth = sample_truth()
    names = dict(
        zip(sample_comparison.document_ids, (document.id for document in truth.documents), strict=True)
    )
    planted = {
        frozenset((one, other))
        for relation in truth.relation
        if relation.kind == "contrary"
        for one in relation.provisions
        for other in relation.against
    }
    found = {
        frozenset(f"{names[side.document_id]}:{side.eid}" for side in (conflict.left, conflict.right))
        for conflict in conflicts(sample_comparison.pairs)
    }
    assert len(found) >= 6
    assert any("valverana" in provision for pair in found for provision in pair), "the law in Portuguese"
    assert len(found & planted) / len(found) >= 0.8


# --- definitions ------------------------------------------------------------------------------


def test_definitions_side_by_side():
    left = (
        meaning("art_2__a", "deployer", "a person that uses a system"),
        meaning("art_2__b", "incident", "a harm"),
    )
    right = (
        meaning("sec_1", "deployer", "a person that sells a system"),
        meaning("sec_2", "consumer", "a resident"),
    )
    both = match(left[0], right[0], 1.0, Differences(definition=0.2), Relation.INTERSECTS_WITH)
    found = compared_definitions(pair(("A", "B"), left, right, (both,)))
    assert [(d.left_term, d.right_term, d.distance) for d in found] == [
        ("deployer", "deployer", 0.2),
        ("incident", "", None),
        ("", "consumer", None),
    ]
    assert (found[0].left_only, found[0].right_only) == (("uses",), ("sells",))
    assert found[1].relation is Relation.NONE
    assert found[2].right.text == "a resident"


def test_words_are_not_compared_across_languages():
    import dataclasses

    left, right = meaning("art_1", "deployer", "who uses"), meaning("art_1b", "deployer", "qui utilise")
    right = dataclasses.replace(right, text_unit=dataclasses.replace(right.text_unit, language="fr"))
    both = match(left, right, 1.0, Differences(definition=0.0))
    (found,) = compared_definitions(pair(("A", "B"), (left,), (right,), (both,)))
    assert (found.left_only, found.right_only) == ((), ())
