"""Measuring again under other weights and thresholds, by hand and by Monte Carlo."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from diverge_pairs import differences, match, pairs, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.diverge import (
    DivergenceSettings,
    SensitivitySettings,
    measure_pair,
    remeasure,
    sensitivity,
)
from fragcheck.diverge.sensitivity import _draw, _shifted
from fragcheck.diverge.settings import Weights
from fragcheck.errors import ComparisonError

PLAIN = dataclasses.replace(DivergenceSettings.default(), draws=10)
FEW = dataclasses.replace(SensitivitySettings.default(), draws=12)


def measured(pair, chosen, ids=("a", "b"), seed=0):
    return measure_pair(ids, (pair.left, pair.right), (pair.matches, ()), (), chosen, seed=seed)


@st.composite
def other_settings(draw):
    content = draw(st.floats(0, 1))
    stringency = draw(st.floats(0, 1 - content))
    parameters = draw(st.floats(0, max(0.0, 1 - content - stringency)))
    return dataclasses.replace(
        PLAIN,
        weights=Weights(content, stringency, parameters),
        match_threshold=draw(st.sampled_from((0.1, 0.5, 0.9))),
        match_floor=draw(st.sampled_from((0.0, 0.2, 0.7))),
        match_doubt=draw(st.sampled_from((0.0, 2.0))),
        tag_threshold=draw(st.sampled_from((0.0, 0.3, 0.7))),
        definition_weight=draw(st.floats(0, 1)),
    )


@given(pairs(), other_settings(), st.integers(0, 3))
def test_measuring_again_equals_a_new_run(pair, chosen, seed):
    assert remeasure(measured(pair, PLAIN, seed=seed), chosen, seed=seed) == measured(pair, chosen, seed=seed)


@settings(max_examples=30)
@given(st.lists(pairs(min_size=1, max_size=3), min_size=3, max_size=3))
def test_drawn_values_equal_those_of_runs_with_the_drawn_settings(drawn_pairs):
    """Oracle: a draw is the run with its settings; a single one has no width, so its ends are its value."""
    ids = list(itertools.combinations("abcd", 2))
    base = dataclasses.replace(PLAIN, match_floor=0.3, tag_threshold=0.6)
    results = [measured(pair, base, ids[i]) for i, pair in enumerate(drawn_pairs)]
    single = SensitivitySettings(1, 1e9, 2.0, 1.0, 0.9)
    lots = _draw(base, single, np.random.default_rng(0))
    (shift,) = lots.shifts[1:]
    chosen = dataclasses.replace(
        base, match_floor=float(lots.match_floors[1]), tag_threshold=float(_shifted(0.6, shift))
    )
    for found in sensitivity(results, base, single):
        for result, drawn in zip(results, found.pairs, strict=True):
            again = remeasure(result, chosen)
            table = {d.principle: d.value for d in (again.overall, *again.principles)}
            before = {d.principle: d.value for d in (result.overall, *result.principles)}
            assert drawn.value == pytest.approx(before[found.principle])
            assert drawn.low == pytest.approx(table[found.principle], abs=1e-4)
            assert drawn.high == pytest.approx(table[found.principle], abs=1e-4)


@settings(max_examples=30)
@given(st.lists(pairs(min_size=1, max_size=3), min_size=2, max_size=2))
def test_without_width_every_draw_is_the_chosen_run(drawn_pairs):
    """The taggers' own thresholds, which no unit states, are found from what is on and off."""
    results = [measured(pair, PLAIN, ids) for pair, ids in zip(drawn_pairs, ("ab", "ac"), strict=True)]
    for found in sensitivity(results, PLAIN, SensitivitySettings(3, 1e9, 1.0, 0.0, 0.9)):
        for pair in found.pairs:
            if pair.value is not None:
                assert pair.low == pytest.approx(pair.value, abs=1e-4)
                assert pair.high == pytest.approx(pair.value, abs=1e-4)


@pytest.mark.parametrize("threshold", [0.0, 0.1, 0.4, 1.0])
def test_thresholds_move_on_the_logit_scale(threshold):
    from scipy.special import expit, logit

    shifts = np.array([-0.7, 0.0, 0.7])
    assert _shifted(threshold, shifts) == pytest.approx(expit(logit(threshold) + shifts))


def test_floors_lie_on_both_sides_of_the_chosen_one():
    lots = _draw(
        PLAIN, dataclasses.replace(SensitivitySettings.default(), draws=2000), np.random.default_rng(1)
    )
    assert float(np.median(lots.match_floors)) == pytest.approx(PLAIN.match_floor, rel=0.05)
    assert lots.match_floors.min() >= PLAIN.match_floor / 1.67
    assert lots.match_floors.max() <= PLAIN.match_floor * 1.67


@settings(max_examples=20)
@given(st.lists(pairs(min_size=1, max_size=3), min_size=3, max_size=4), st.integers(0, 9))
def test_ranks_are_repeatable_and_bounded(drawn_pairs, seed):
    ids = list(itertools.combinations("abcde", 2))
    results = [measured(pair, PLAIN, ids[i]) for i, pair in enumerate(drawn_pairs)]
    found = sensitivity(results, PLAIN, FEW, seed=seed)
    assert found == sensitivity(results, PLAIN, FEW, seed=seed)
    for one in found:
        for pair in one.pairs:
            if pair.rank is not None:
                assert 1 <= pair.rank_low <= pair.rank_high <= len(results)
        assert one.rank_correlation is None or -1 <= one.rank_correlation <= 1


def test_a_ranking_that_no_weight_can_turn():
    """The pairs differ in coverage alone, by far: every draw ranks them alike."""
    results = []
    for ids, shared in zip(itertools.combinations("abc", 2), (1, 5, 9), strict=True):
        left, right = (tuple(unit(f"{s}{i}", f"rule {i}") for i in range(10)) for s in ids)
        matches = tuple(match(x, y) for x, y in zip(left[:shared], right[:shared], strict=True))
        results.append(measure_pair(ids, (left, right), (matches, ()), (), PLAIN))
    overall = sensitivity(results, PLAIN, FEW)[0]
    assert [(p.rank, p.rank_low, p.rank_high) for p in overall.pairs] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]
    assert overall.rank_correlation == overall.rank_correlation_low == 1


def test_no_pairs_no_sensitivity():
    assert sensitivity(()) == ()


@given(differences())
def test_raw_distances_times_weights_are_the_distances(drawn):
    from fragcheck.diverge.elements import component_weights, pair_arrays

    left, right = unit("a"), unit("b")
    arrays = pair_arrays((left,), (right,), (match(left, right, differences=drawn),), PLAIN)
    assert (arrays.raw * component_weights(PLAIN) == arrays.distances).all()
    assert ((arrays.raw >= 0) & (arrays.raw <= 1)).all()


@pytest.mark.parametrize(
    "change",
    [
        {"draws": 0},
        {"concentration": 0.0},
        {"level": 1.0},
        {"match_floor_factor": 0.5},
        {"tag_shift": -0.1},
        {"tag_shift": float("inf")},
    ],
)
def test_strange_ranges_are_refused(change):
    with pytest.raises(ComparisonError, match="wanted"):
        dataclasses.replace(SensitivitySettings.default(), **change)
