"""Published formulas that the divergence must reproduce, and values by hand."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest
from diverge_pairs import Pair, match, unit
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.diverge import DivergenceSettings, diverge, interoperability, pair_seed
from fragcheck.diverge.elements import pair_arrays
from fragcheck.diverge.measure import expected_reading
from fragcheck.errors import ComparisonError
from fragcheck.records import Differences, Modality, ParameterDifference, Relation, Status

SETTINGS = dataclasses.replace(DivergenceSettings.default(), draws=0)


def overall(pair, settings=SETTINGS):
    return diverge(pair.left, pair.right, pair.matches, settings)[0]


def documents_with(measures_left, measures_right):
    """Documents that hold the given measures; the same measure is the same rule."""
    left = {m: unit(f"a{m}", f"measure {m}") for m in sorted(measures_left)}
    right = {m: unit(f"b{m}", f"measure {m}") for m in sorted(measures_right)}
    return Pair(
        tuple(left.values()),
        tuple(right.values()),
        tuple(match(left[m], right[m]) for m in sorted(measures_left & measures_right)),
    )


sets = st.sets(st.integers(0, 15), max_size=12)


@given(sets, sets)
def test_presence_alone_is_the_jaccard_distance_and_the_unctad_regulatory_distance(one, other):
    result = overall(documents_with(one, other))
    if not one | other:
        assert result.status is Status.BOTH_SILENT
        return
    jaccard = 1 - len(one & other) / len(one | other)
    # UNCTAD: mean absolute difference of presence over the measures present in at least one.
    unctad = sum(abs((m in one) - (m in other)) for m in one | other) / len(one | other)
    assert math.isclose(result.value, jaccard, abs_tol=1e-12)
    assert math.isclose(result.value, unctad, abs_tol=1e-12)


@given(sets, sets)
def test_turnover_and_nestedness_are_baselgas_parts_of_jaccard(one, other):
    result = overall(documents_with(one, other))
    if not one or not other:
        return
    a, b, c = len(one & other), len(one - other), len(other - one)
    smaller = 2 * min(b, c)
    turnover = smaller / (a + smaller) if smaller else 0.0
    assert math.isclose(result.components.turnover, turnover, abs_tol=1e-12)
    assert math.isclose(result.components.nestedness, (b + c) / (a + b + c) - turnover, abs_tol=1e-12)


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from((0.5, 1.0))), min_size=1, max_size=15)
)
def test_a_fixed_checklist_is_the_oecd_stri_heterogeneity_index(answers):
    """Share of the weighted measures to which the two countries give different answers."""
    content_only = dataclasses.replace(
        SETTINGS, weights=dataclasses.replace(SETTINGS.weights, content=1.0, stringency=0.0, parameters=0.0)
    )
    left = tuple(unit(f"a{i}", f"item {i}", {"trade": w}) for i, (_, _, w) in enumerate(answers))
    right = tuple(unit(f"b{i}", f"item {i}", {"trade": w}) for i, (_, _, w) in enumerate(answers))
    matches = tuple(
        match(left[i], right[i], differences=Differences(polarity=float(x != y)))
        for i, (x, y, _) in enumerate(answers)
    )
    _, (trade,) = diverge(left, right, matches, content_only)
    index = sum(w * (x != y) for x, y, w in answers) / sum(w for _, _, w in answers)
    assert math.isclose(trade.value, index, abs_tol=1e-12)


def test_a_value_by_hand():
    # Two matched rules, one of which binds another party (content .4 x .6) and is weaker (.3 x .5),
    # and one rule on the left alone: D = (0 + .39 + 1) / 3.
    left = tuple(unit(f"a{i}", f"rule {i}") for i in range(3))
    right = tuple(unit(f"b{i}", f"rule {i}") for i in range(2))
    weaker = Differences(actor=1.0, stringency=0.5, stringency_signed=0.5)
    result = overall(
        Pair(left, right, (match(left[0], right[0]), match(left[1], right[1], differences=weaker)))
    )
    parts = result.components
    assert math.isclose(result.value, (0.4 * 0.6 + 0.3 * 0.5 + 1) / 3)
    assert math.isclose(parts.coverage, 1 / 3)
    assert math.isclose(parts.content, 0.24 / 3)
    assert math.isclose(parts.stringency, 0.15 / 3)
    assert math.isclose(parts.asymmetry, 2 / 3 - 1)
    assert parts.parameters is None
    assert parts.definitions is None
    assert (parts.turnover, result.n_left, result.n_right) == (0.0, 3, 2)


def test_the_weight_of_a_match_is_the_mean_of_its_sides():
    left, right = unit("a", "x", {"privacy": 0.9}), unit("b", "y", {"privacy": 0.5})
    lone = unit("c", "z", {"privacy": 0.6})
    differing = match(left, right, differences=Differences(polarity=1.0))
    _, (privacy,) = diverge((left, lone), (right,), (differing,), SETTINGS)
    assert math.isclose(privacy.value, (0.7 * 0.4 + 0.6) / (0.7 + 0.6))


@pytest.mark.parametrize(
    ("left", "right", "status", "value"),
    [
        ({}, {}, Status.BOTH_SILENT, None),
        ({"fairness": 0.8}, {"fairness": 0.0}, Status.ONE_SILENT, 1.0),
        ({"fairness": 0.0}, {"fairness": 0.8}, Status.ONE_SILENT, 1.0),
        ({"fairness": 0.0}, {"fairness": 0.0}, Status.BOTH_SILENT, None),
        ({"fairness": 0.7}, {"fairness": 0.8}, Status.FEW_PROVISIONS, 0.0),
    ],
)
def test_status(left, right, status, value):
    one, other = unit("a", "same", left), unit("b", "same", right)
    _, principles = diverge((one,), (other,), (match(one, other),), SETTINGS)
    for result in principles:
        assert (result.status, result.value) == (status, value)
        if status is Status.ONE_SILENT:
            assert result.components.asymmetry == (-1.0 if left["fairness"] else 1.0)


def test_two_empty_documents_have_no_value():
    result = overall(Pair((), (), ()))
    assert (result.status, result.value, result.low, result.high) == (Status.BOTH_SILENT, None, None, None)


def test_every_match_counts_with_its_probability():
    """Oracle: two units, one doubtful match at distance 0. Open with 1 - p each, shared with p."""
    left, right = unit("a", "one"), unit("b", "other")
    settings = dataclasses.replace(SETTINGS, draws=200, match_threshold=0.5, match_floor=0.3)
    result = diverge((left,), (right,), (match(left, right, 0.4),), settings)[0]
    assert result.value == pytest.approx(2 * 0.6 / (2 * 0.6 + 0.4))
    assert (result.low, result.high) == (0.0, 1.0)
    below = diverge((left,), (right,), (match(left, right, 0.29),), settings)[0]
    assert (below.value, below.low, below.high) == (1.0, 1.0, 1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=5))
def test_a_unit_is_held_against_the_closest_counterpart_that_holds(offers):
    """Oracle: enumerate which of the matches of one unit hold."""
    left, rights = unit("l"), [unit(f"r{i}", f"rule {i}") for i in range(len(offers))]
    matches = [
        match(left, right, chance, differences=Differences(definition=distance))
        for right, (chance, distance) in zip(rights, offers, strict=True)
    ]
    settings = dataclasses.replace(SETTINGS, match_floor=0.0, definition_weight=1.0)
    arrays = pair_arrays((left,), rights, matches, settings)
    reading = expected_reading(arrays)
    own = reading.right if arrays.is_flipped else reading.left
    lacking, apart = 0.0, 0.0
    for holds in itertools.product((True, False), repeat=len(offers)):
        chance = math.prod(p if on else 1 - p for on, (p, _) in zip(holds, offers, strict=True))
        near = [d for on, (_, d) in zip(holds, offers, strict=True) if on]
        lacking += chance if not near else 0.0
        apart += chance * min(near, default=0.0)
    at = len(rights) if arrays.is_flipped else 0
    assert reading.open[0, at] == pytest.approx(lacking, abs=1e-9)
    assert float(own[0] @ arrays.distances.sum(axis=1)) == pytest.approx(apart, abs=1e-9)


def test_the_interval_holds_still_for_a_seed_and_moves_with_it():
    left = tuple(unit(f"a{i}", f"rule {i}") for i in range(30))
    right = tuple(unit(f"b{i}", f"rule {i}") for i in range(30))
    matches = tuple(
        match(x, y, 0.7, relation=Relation.INTERSECTS_WITH) for x, y in zip(left, right, strict=True)
    )
    settings = dataclasses.replace(SETTINGS, draws=200)
    one, again, other = (
        diverge(left, right, matches, settings, seed=seed)[0] for seed in (1, 1, pair_seed("x", "y"))
    )
    assert one == again
    assert (one.low, one.high) != (other.low, other.high)
    # Each of 30 matches fails with .3 or so: the lost ones follow a binomial law, D = 2k / (30 + k).
    assert one.low < one.value < one.high
    assert one.value == pytest.approx(2 * 9 / 39)
    sure = diverge(left, right, matches, dataclasses.replace(settings, match_doubt=0.0), seed=1)[0]
    assert 0.25 < sure.low < 0.47 < sure.high < 0.65
    assert one.high - one.low > sure.high - sure.low


def test_a_pair_seed_does_not_depend_on_the_side():
    assert pair_seed("x", "y", 3) == pair_seed("y", "x", 3) != pair_seed("x", "y", 4)


def test_a_match_of_strange_units_is_refused():
    left, right = unit("a"), unit("b")
    with pytest.raises(ComparisonError, match="c#0"):
        diverge((left,), (right,), (match(left, unit("c")),), SETTINGS)


class TestInteroperability:
    def both(self, differences=None, **kinds):
        left = unit("a", "left rule", modality=kinds.get("left", Modality.OBLIGATION))
        right = unit("b", "right rule", modality=kinds.get("right", Modality.OBLIGATION))
        matches = () if differences is None else (match(left, right, differences=differences),)
        return interoperability((left,), (right,), matches, SETTINGS)

    @pytest.mark.parametrize(
        ("differences", "forth", "back"),
        [
            (Differences(), 1.0, 1.0),
            (None, 0.0, 0.0),
            (Differences(polarity=1.0), 0.0, 0.0),
            (Differences(actor=1.0), 0.0, 0.0),
            (Differences(action=1.0), 0.0, 0.0),
            (Differences(actor=0.15), 1.0, 1.0),
            (Differences(stringency=0.5, stringency_signed=0.5), 1.0, 0.0),
            (
                Differences(
                    parameters=0.4,
                    parameters_signed=0.4,
                    parameter_pairs=(ParameterDifference("duration", "72 hours", "15 days", 0.4, 0.4),),
                ),
                1.0,
                0.0,
            ),
            (
                Differences(
                    parameters=0.4,
                    parameter_pairs=(ParameterDifference("duration", "2 years", "1 year", 0.4, 0.0),),
                ),
                0.0,
                0.0,
            ),
        ],
    )
    def test_who_complies_with_whom(self, differences, forth, back):
        left_satisfies, right_satisfies = self.both(differences)
        assert (left_satisfies.value, right_satisfies.value) == (forth, back)
        assert left_satisfies.residual == (() if forth else ("b#0",))
        assert right_satisfies.residual == (() if back else ("a#0",))

    def test_a_permission_demands_nothing(self):
        left_satisfies, right_satisfies = self.both(None, right=Modality.PERMISSION)
        assert left_satisfies.value is None
        assert right_satisfies.value == 0.0

    def test_demands_weigh_by_their_force(self):
        hard, soft = unit("b", "must"), unit("c", "should", modality=Modality.RECOMMENDATION)
        left = unit("a", "must")
        result, _ = interoperability((left,), (hard, soft), (match(left, hard),), SETTINGS)
        assert math.isclose(result.value, 1 / 1.5)
        assert result.residual == ("c#0",)
