"""Who is whose counterpart."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_builders import alignment, requirement, unit

from fragcheck.align import MatchSettings, match_units, near_matches
from fragcheck.errors import ComparisonError
from fragcheck.records import Definition, Modality, Relation

#: Probabilities as they stand.
PLAIN = dataclasses.replace(MatchSettings.default(), mutual_evidence=1.0)


def names(matches):
    return [(m.left_key, m.right_key) for m in matches]


def sides(n, m):
    return [unit(f"a{i}#0", f"left text {i}") for i in range(n)], [
        unit(f"b{j}#0", f"right text {j}") for j in range(m)
    ]


def test_the_likely_candidates_are_matches():
    left, right = sides(2, 2)
    found = match_units(left, right, alignment(("a0#0", "b0#0", 0.9), ("a1#0", "b1#0", 0.2)), PLAIN)
    assert names(found) == [("a0#0", "b0#0")]
    assert (found[0].left, found[0].right, found[0].probability) == ("a0", "b0", 0.9)


def test_a_candidate_below_the_threshold_is_a_near_match():
    left, right = sides(3, 3)
    candidates = alignment(
        ("a0#0", "b0#0", 0.9), ("a1#0", "b1#0", 0.2), ("a1#0", "b0#0", 0.25), ("a2#0", "b2#0", 0.02)
    )
    matches = match_units(left, right, candidates, PLAIN)
    others = near_matches(left, right, candidates, matches, PLAIN)
    assert names(others) == [("a1#0", "b0#0"), ("a1#0", "b1#0")]


def test_a_unit_with_a_certain_counterpart_has_no_other():
    left = [unit("a0#0", "the same words"), unit("a1#0", "left text 1")]
    right = [unit("b0#0", "The same words."), unit("b1#0", "right text 1")]
    candidates = alignment(("a0#0", "b1#0", 0.25), ("a1#0", "b0#0", 0.25), ("a1#0", "b1#0", 0.2))
    matches = match_units(left, right, candidates, PLAIN)
    assert names(matches) == [("a0#0", "b0#0")]
    assert names(near_matches(left, right, candidates, matches, PLAIN)) == [("a1#0", "b1#0")]


def test_of_two_definitions_of_a_term_the_like_one_is_the_counterpart():
    left = [
        unit("a0#0", item=Definition("consumer", "a person who trades with a machine", 0, 9)),
        unit("a1#0", item=Definition("consumer", "an individual who is a resident of the land", 0, 9)),
    ]
    right = [unit("b0#0", item=Definition("consumer", "an individual who is a resident", 0, 9))]
    assert names(match_units(left, right, alignment())) == [("a1#0", "b0#0")]


def test_the_best_on_both_sides_is_likelier():
    left, right = sides(2, 2)
    candidates = alignment(("a0#0", "b0#0", 0.4), ("a0#0", "b1#0", 0.3), ("a1#0", "b0#0", 0.35))
    (found,) = match_units(left, right, candidates)
    assert names([found]) == [("a0#0", "b0#0")]
    assert found.probability == pytest.approx(0.4 * 2.3 / (0.6 + 0.4 * 2.3), abs=1e-6)


chances = st.sampled_from((0.0, 0.1, 0.5, 0.6, 0.7, 0.8, 0.89))
probabilities = st.lists(st.lists(chances, min_size=4, max_size=4), min_size=1, max_size=4)


@given(probabilities)
def test_the_core_is_the_best_of_all_assignments(table):
    left, right = sides(len(table), 4)
    triples = [(f"a{i}#0", f"b{j}#0", p) for i, row in enumerate(table) for j, p in enumerate(row)]
    found = match_units(left, right, alignment(*triples), PLAIN)
    total = sum(m.probability**2 for m in found)
    best = max(
        sum(table[i][j] ** 2 for i, j in enumerate(columns) if table[i][j] >= 0.5)
        for columns in itertools.permutations(range(4), len(table))
    )
    assert total == pytest.approx(best, abs=0.01)


@given(probabilities, st.randoms(use_true_random=False))
def test_the_order_of_candidates_moves_nothing_and_sides_mirror(table, random):
    left, right = sides(len(table), 4)
    triples = [(f"a{i}#0", f"b{j}#0", p) for i, row in enumerate(table) for j, p in enumerate(row)]
    found = match_units(left, right, alignment(*triples))
    mixed = random.sample(triples, len(triples))
    assert match_units(left, right, alignment(*mixed)) == found
    back = match_units(right, left, alignment(*((b, a, p) for a, b, p in mixed)))
    assert {(m.right_key, m.left_key) for m in back} == set(names(found))


def test_the_same_wording_is_matched_with_certainty():
    text = "Logs shall be kept."
    left, right = [unit("a#0", text)], [unit("b#0", "Logs  shall be kept"), unit("c#0", "Other words.")]
    (found,) = match_units(left, right, alignment(("a#0", "c#0", 0.99)))
    assert (found.right_key, found.probability, found.relation) == ("b#0", 1.0, Relation.EQUAL)


def test_of_the_same_wordings_those_in_the_same_place_belong_together():
    text = "the name of the system"
    left = [unit("a#0", text, context="Makers"), unit("b#0", text, context="Users")]
    right = [unit("c#0", text, context="Users"), unit("d#0", text, context="Makers")]
    assert names(match_units(left, right, alignment())) == [("a#0", "d#0"), ("b#0", "c#0")]


def test_definitions_of_one_term_are_matched_whatever_they_say():
    left = [unit("a#0", item=Definition("Log", "a record of events"))]
    right = [unit("b#0", item=Definition("log", "a piece of wood"))]
    (found,) = match_units(left, right, alignment())
    assert (found.probability, found.differs) == (1.0, ("definition",))


def test_a_definition_is_no_counterpart_of_a_requirement():
    left, right = [unit("a#0", item=Definition("log", "a record"))], [unit("b#0")]
    assert match_units(left, right, alignment(("a#0", "b#0", 0.99))) == ()


def test_a_flipped_requirement_still_meets_its_original():
    keep, sell = "The maker shall keep the log.", "The maker shall sell the log."
    flipped = requirement(keep.replace("shall", "shall not"), Modality.PROHIBITION, is_negated=True)
    left = [unit("a#0", keep), unit("b#0", sell)]
    right = [unit("a#0", flipped.text, item=flipped), unit("b#0", sell)]
    candidates = alignment(
        ("a#0", "a#0", 0.9), ("a#0", "b#0", 0.92), ("b#0", "a#0", 0.91), ("b#0", "b#0", 0.99)
    )
    found = match_units(left, right, candidates)
    assert names(found) == [("a#0", "a#0"), ("b#0", "b#0")]
    assert (found[0].relation, found[0].differs) == (Relation.CONTRARY, ("polarity",))
    assert (found[1].relation, found[1].differs) == (Relation.EQUAL, ())


@pytest.mark.parametrize(("probability", "joins"), [(0.96, True), (0.93, False), (0.89, False)])
def test_a_rule_split_over_two_shares_its_element(probability, joins):
    left, right = sides(1, 2)
    candidates = alignment(("a0#0", "b0#0", 0.97), ("a0#0", "b1#0", probability))
    found = match_units(left, right, candidates, PLAIN)
    assert (("a0#0", "b1#0") in names(found)) is joins


def test_no_unit_joins_two_elements():
    left, right = sides(2, 3)
    triples = [("a0#0", "b0#0", 0.97), ("a1#0", "b1#0", 0.97), ("a0#0", "b2#0", 0.95), ("a1#0", "b2#0", 0.96)]
    assert names(match_units(left, right, alignment(*triples), PLAIN)) == [
        ("a0#0", "b0#0"),
        ("a1#0", "b1#0"),
        ("a1#0", "b2#0"),
    ]


def test_a_strange_candidate_is_refused():
    with pytest.raises(ComparisonError, match="x#0"):
        match_units(*sides(1, 1), alignment(("x#0", "b0#0", 0.9)))


def test_thresholds_out_of_order_are_refused():
    with pytest.raises(ComparisonError, match="near <= probability <= further"):
        dataclasses.replace(PLAIN, near=0.6)
    with pytest.raises(ComparisonError, match="mutual_evidence above 0"):
        dataclasses.replace(PLAIN, mutual_evidence=0.0)
