"""What `align` promises: symmetry, determinism, order, rounding, absolute probabilities."""

from __future__ import annotations

import dataclasses
import random

import pytest
from alignment_inputs import HashedWordEncoder, hashed_calibration, side
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from fragcheck.align import align
from fragcheck.align.probability import Calibration
from fragcheck.errors import ComparisonError, ModelMismatch
from fragcheck.records import Alignment, TextUnit

ENCODER = HashedWordEncoder()


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return hashed_calibration()


def _align(left, right, calibration: Calibration, top: int = 100) -> Alignment:
    return align(left, right, top=top, encoder=ENCODER, calibration=calibration)


def _cells(alignment: Alignment, *, flip: bool = False) -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (c.right, c.left) if flip else (c.left, c.right): (c.score, c.probability)
        for c in alignment.candidates
    }


@settings(max_examples=25, deadline=None)
@given(
    seeds=st.tuples(st.integers(0, 999), st.integers(0, 999)),
    sizes=st.tuples(st.integers(1, 12), st.integers(1, 12)),
)
def test_flipping_the_sides_flips_the_answer(calibration, seeds, sizes) -> None:
    left, right = side(seeds[0], sizes[0]), side(seeds[1], sizes[1])
    there, back = _align(left, right, calibration), _align(right, left, calibration)
    assert _cells(there) == _cells(back, flip=True)
    assert there.no_counterpart_left == back.no_counterpart_right
    assert there.no_counterpart_right == back.no_counterpart_left


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), shuffle=st.integers(0, 999))
def test_order_of_the_input_does_not_show(calibration, seed, shuffle) -> None:
    left, right = side(seed, 8), side(seed + 1, 9)
    mixed = [random.Random(shuffle).sample(items, len(items)) for items in (left, right)]
    plain, other = _align(left, right, calibration), _align(*mixed, calibration)
    assert sorted(plain.candidates, key=str) == sorted(other.candidates, key=str)
    assert dict(plain.no_counterpart_left) == dict(other.no_counterpart_left)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), top=st.integers(1, 12))
def test_candidates_are_ranked_bounded_and_rounded(calibration, seed, top) -> None:
    left, right = side(seed, 6), side(seed + 1, 7)
    found = _align(left, right, calibration, top)
    assert [key for key, _ in found.no_counterpart_left] == [unit.key for unit in left]
    assert [key for key, _ in found.no_counterpart_right] == [unit.key for unit in right]
    for unit in left:
        own = [c for c in found.candidates if c.left == unit.key]
        assert [c.rank for c in own] == list(range(1, min(top, 7) + 1))
        assert [c.score for c in own] == sorted((c.score for c in own), reverse=True)
        assert len({c.right for c in own}) == len(own)
    for value in [v for c in found.candidates for v in (c.score, c.probability)]:
        assert value == round(value, 6)
    for _, p in (*found.no_counterpart_left, *found.no_counterpart_right):
        assert 0.0 <= p <= 1.0
        assert p == round(p, 6)


def test_a_clause_printed_twice_changes_no_other_number(calibration) -> None:
    left, right = side(3, 9), side(4, 9)
    again = dataclasses.replace(right[2], key="again")
    plain, repeated = (
        _cells(_align(left, right, calibration)),
        _cells(_align(left, [*right, again], calibration)),
    )
    assert plain == {pair: value for pair, value in repeated.items() if pair[1] != "again"}
    assert all(repeated[unit.key, "again"] == repeated[unit.key, right[2].key] for unit in left)


def test_equal_scores_stand_in_the_order_of_their_keys(calibration) -> None:
    right = [TextUnit(key, "The provider keeps its logs.") for key in ("b", "c", "a")]
    found = _align(side(1, 2), right, calibration)
    assert [c.right for c in found.candidates if c.left == "u0"] == ["a", "b", "c"]


def test_one_edit_leaves_the_others_with_their_best_candidate(calibration) -> None:
    left = side(5, 20)
    right = [dataclasses.replace(unit, key=f"r{index}") for index, unit in enumerate(left)]
    edited = [
        *right[:-1],
        dataclasses.replace(right[-1], text=right[-1].text.replace("shall", "shall not") + " Once."),
    ]
    before, after = (
        {c.left: c.right for c in _align(left, items, calibration).candidates if c.rank == 1}
        for items in (right, edited)
    )
    assert before == after


def test_threads_do_not_show(calibration) -> None:
    left, right = side(7, 60), side(8, 70)
    found = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads, user_api="blas"):
            found.append(_align(left, right, calibration))
    assert found[0] == found[1]


def test_nothing_on_one_side_means_no_counterpart(calibration) -> None:
    units = side(1, 2)
    assert _align(units, [], calibration) == Alignment((), (("u0", 1.0), ("u1", 1.0)), ())
    assert _align([], units, calibration) == Alignment((), (), (("u0", 1.0), ("u1", 1.0)))


def test_units_without_words_have_no_likely_counterpart(calibration) -> None:
    found = _align([TextUnit("empty", ""), *side(1, 3)], side(2, 4), calibration)
    assert all(c.probability < 0.5 for c in found.candidates if c.left == "empty")


def test_language_is_found_where_it_is_not_stated(calibration) -> None:
    stated = _align(side(1, 6), side(2, 6), calibration)
    unstated = _align(side(1, 6, language=""), side(2, 6, language=""), calibration)
    assert _cells(stated) == _cells(unstated)


def test_words_count_across_languages_that_the_encoder_does_not_know(calibration) -> None:
    known = _align(side(1, 5, language="de"), side(2, 5), calibration)
    unknown = _align(side(1, 5, language="sv"), side(2, 5), calibration)
    assert _cells(known) != _cells(unknown)


@pytest.mark.parametrize("top", [0, -1])
def test_top_below_one_is_refused(top, calibration) -> None:
    with pytest.raises(ComparisonError, match="top of at least 1"):
        _align(side(1, 2), side(2, 2), calibration, top)


@pytest.mark.parametrize("which", ["left", "right"])
def test_repeated_keys_are_refused(which, calibration) -> None:
    twice = [TextUnit("k", "One."), TextUnit("k", "Two.")]
    sides = (twice, side(1, 2)) if which == "left" else (side(1, 2), twice)
    with pytest.raises(ComparisonError, match=f"'k' stands twice on the {which}"):
        _align(*sides, calibration)


def test_an_encoder_needs_its_own_calibration() -> None:
    with pytest.raises(ModelMismatch, match="hashed words"):
        align(side(1, 2), side(2, 2), encoder=ENCODER)
