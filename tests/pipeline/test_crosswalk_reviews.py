"""What experts mapped, as reviews: which matches they settle, and that a comparison follows them."""

from __future__ import annotations

import dataclasses
import json

import pytest

from fragcheck.errors import InputError
from fragcheck.pipeline import compare_analyses, comparison_json, crosswalk_reviews
from fragcheck.records import ImportedCrosswalk, ImportedPair, Relation, ReviewTarget, Verdict


@pytest.fixture(scope="module")
def two(sample_analyses):
    return sample_analyses[0], sample_analyses[1]


@pytest.fixture(scope="module")
def machine(two, sample_store):
    return compare_analyses(two, store=sample_store)


def said_of(two, machine, *pairs, is_complete=False):
    crosswalk = ImportedCrosswalk("table", tuple(ImportedPair(*each) for each in pairs))
    return crosswalk_reviews(
        crosswalk,
        machine.pairs[0],
        *(each.segmentation for each in two),
        reason="Mapped by the board.",
        is_complete=is_complete,
    )


def values(reviews):
    return [(each.subject.target, each.verdict, json.loads(each.after)) for each in reviews]


def lone_units(units):
    """Units that are requirements, alone in their provision."""
    counts = {}
    for unit in units:
        counts[unit.eid] = counts.get(unit.eid, 0) + 1
    return [unit for unit in units if counts[unit.eid] == 1 and unit.definition is None]


@pytest.fixture(scope="module")
def unmatched(machine, two):
    """Two requirements, each alone in its provision, that the machine does not think counterparts."""
    (pair,) = machine.pairs
    parents = [{each.parent for each in side.segmentation.provisions} for side in two]
    lefts, rights = (
        [unit for unit in lone_units(units) if unit.eid not in above]
        for units, above in zip((pair.left_units, pair.right_units), parents, strict=True)
    )
    known = {(each.left_key, each.right_key) for each in (*pair.matches, *pair.near)}
    return next((a, b) for a in lefts for b in rights if (a.key, b.key) not in known)


def test_a_match_that_experts_have_too_is_accepted_with_their_relation(two, machine):
    match = next(
        each
        for each in machine.pairs[0].matches
        if each.relation is not Relation.EQUAL
        and sum(other.left == each.left and other.right == each.right for other in machine.pairs[0].matches)
        == 1
    )
    found = said_of(two, machine, (match.left, match.right, Relation.EQUAL, None))
    assert found.settled == ((match.left, match.right),)
    assert not found.open
    assert found.reviews[0].subject.target is ReviewTarget.MATCH
    assert values(found.reviews)[0][1:] == (Verdict.ACCEPT, {"is_match": True})
    assert {each.reason for each in found.reviews} == {"Mapped by the board."}
    relations = [each for each in found.reviews if each.subject.target is ReviewTarget.RELATION]
    assert [(each.verdict, json.loads(each.after)) for each in relations] == [
        (Verdict.CHANGE, {"relation": "equal"})
    ]


def test_experts_make_counterparts_of_what_the_machine_held_apart(two, machine, unmatched, sample_store):
    one, other = unmatched
    found = said_of(two, machine, (one.eid, other.eid, Relation.SUBSET_OF, None))
    assert values(found.reviews) == [(ReviewTarget.MATCH, Verdict.ACCEPT, {"is_match": True})]
    signed = [
        dataclasses.replace(each, reviewer="ann", made_at="2026-01-01T00:00:00+00:00")
        for each in found.reviews
    ]
    after = compare_analyses(two, store=sample_store, reviews=signed)
    keys = {(each.left_key, each.right_key): each for each in after.pairs[0].matches}
    assert keys[one.key, other.key].probability == 1
    assert keys[one.key, other.key].reviewed == (("match", "ann"),)
    assert comparison_json(after)["pairs"] != comparison_json(machine)["pairs"]


def test_what_experts_hold_apart_is_rejected(two, machine, unmatched):
    match = machine.pairs[0].matches[0]
    one, other = unmatched
    asked = [(match.left, match.right, Relation.NONE, None), (one.eid, other.eid, Relation.NONE, None)]
    found = said_of(two, machine, *asked)
    assert {(verdict, after["is_match"]) for _, verdict, after in values(found.reviews)} == {
        (Verdict.REJECT, False)
    }


def test_articles_with_several_requirements_and_no_match_stay_open(two, machine):
    (pair,) = machine.pairs
    matched = {(each.left, each.right) for each in pair.matches}
    several = [
        [unit.eid for unit in units if sum(each.eid == unit.eid for each in units) > 1]
        for units in (pair.left_units, pair.right_units)
    ]
    several[1] = several[1] or [pair.right_units[0].eid]
    one, other = next((a, b) for a in several[0] for b in several[1] if (a, b) not in matched)
    found = said_of(two, machine, (one, other, None, None))
    assert (found.open, found.settled, found.reviews) == (((one, other),), (), ())


def test_what_a_complete_crosswalk_leaves_out_is_rejected(two, machine):
    first, second = machine.pairs[0].matches[:2]
    lefts = {first.left, second.left}
    asked = [(first.left, first.right, None, None), (second.left, "", None, None)]
    assert len(said_of(two, machine, *asked).reviews) == len(
        [each for each in machine.pairs[0].matches if (each.left, each.right) == (first.left, first.right)]
    )
    found = said_of(two, machine, *asked, is_complete=True)
    said = {
        (each.subject.name, each.subject.other_name): json.loads(each.after)["is_match"]
        for each in found.reviews
    }
    within = [each for each in machine.pairs[0].matches if each.left in lefts]
    assert len(said) >= len(within)
    for each in within:
        keys = (each.left_key, each.right_key)
        kept = (each.left, each.right) == (first.left, first.right)
        assert said[keys if keys in said else keys[::-1]] is kept


def test_ids_that_name_nothing_are_told_and_a_wrong_crosswalk_is_refused(two, machine):
    match = machine.pairs[0].matches[0]
    found = said_of(two, machine, (match.left, match.right, None, None), ("art_999", "art_998", None, None))
    assert (found.unknown_left, found.unknown_right) == (("art_999",), ("art_998",))
    heading = two[0].segmentation.provisions[0]
    if not any(unit.eid == heading.eid for unit in machine.pairs[0].left_units):
        found = said_of(two, machine, (heading.eid, match.right, None, None))
        assert found.reviews == () or found.settled
    with pytest.raises(InputError, match="no pair of the crosswalk names provisions of both documents"):
        said_of(two, machine, ("art_999", match.right, None, None))
