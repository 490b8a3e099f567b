"""The blocked screen equals its definition exactly, whatever the blocks and tiles."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.align.coverage import covered_weights, screen_block, screen_values, share_curves
from fragcheck.align.screening import (
    ACROSS_DIMENSIONS,
    SHARES,
    VECTOR_GRID,
    WEIGHT_GRID,
    ScreenSide,
    screen_side,
)
from fragcheck.align.screening import WIDTH as FULL_WIDTH
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import Modality, Requirement, TextUnit, Unit

ACROSS, WIDTH = 24, 40


def made_side(rng, size, language="en"):
    vectors = (
        rng.standard_normal((size, WIDTH)) + 0.8
    )  # a common part, so that similarities spread over the ramp
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = rng.random((size, 3)) * (rng.random((size, 3)) > 0.4)
    weights[:, 0] = 1.0
    return ScreenSide(
        language,
        np.rint(vectors * VECTOR_GRID).astype(np.int16),
        np.rint(weights * WEIGHT_GRID).astype(np.int32),
        ("overall", "a", "b"),
        ACROSS,
    )


def by_definition(left, right):
    """Weight of `left` that `right` covers, from whole numbers."""
    has_words = left.language == right.language
    width = WIDTH if has_words else ACROSS
    ours, theirs = (side.vectors[:, :width].astype(np.int64) for side in (left, right))
    best = (ours @ theirs.T).max(axis=1) / VECTOR_GRID**2
    return share_curves()[0 if has_words else 1](best) @ (left.weights / WEIGHT_GRID)


@pytest.mark.parametrize("curve", share_curves())
def test_a_share_rises_with_the_similarity_along_the_points_of_its_curve(curve):
    similarities, shares = np.array(curve.similarities), np.array(curve.shares)
    np.testing.assert_allclose(curve(similarities * curve.scale), shares, atol=2e-3)
    middle = (similarities[1:] + similarities[:-1]) / 2 * curve.scale
    np.testing.assert_allclose(curve(middle), (shares[1:] + shares[:-1]) / 2, atol=2e-3)
    everywhere = curve(np.linspace(-1.5, 1.5, 1001, dtype=np.float32))
    assert np.all(np.diff(everywhere) >= 0)
    assert (everywhere[0], everywhere[-1]) == (0.0, 1.0)
    assert np.array_equal(everywhere * WEIGHT_GRID, np.rint(everywhere * WEIGHT_GRID))


@settings(max_examples=25)
@given(
    sizes=st.lists(st.integers(1, 30), min_size=2, max_size=7),
    cut=st.integers(1, 6),
    tile=st.integers(1, 40),
    seed=st.integers(0, 2**32 - 1),
)
def test_blocks_and_tiles_do_not_show(sizes, cut, tile, seed):
    rng = np.random.default_rng(seed)
    sides = [made_side(rng, size) for size in sizes]
    cut = min(cut, len(sides) - 1)
    whole, first, second = screen_block(sides), screen_block(sides[:cut]), screen_block(sides[cut:])
    found = covered_weights(whole, whole, tile_rows=tile)
    for i, left in enumerate(sides):
        for j, right in enumerate(sides):
            if i < j:
                assert np.array_equal(found[i, j, 0], by_definition(left, right))
                assert np.array_equal(found[i, j, 1], by_definition(right, left))
            else:
                assert not found[i, j].any()
    assert np.array_equal(covered_weights(first, second, tile_rows=tile), found[:cut, cut:])
    turned = covered_weights(second, first, tile_rows=tile)[:, :, ::-1].transpose(1, 0, 2, 3)
    assert np.array_equal(turned, found[:cut, cut:])


def test_two_languages_meet_by_what_has_no_words():
    rng = np.random.default_rng(1)
    left, right = made_side(rng, 9, "en"), made_side(rng, 12, "de")
    found = covered_weights(screen_block([left]), screen_block([right]))
    assert np.array_equal(found[0, 0, 0], by_definition(left, right))
    assert np.array_equal(found[0, 0, 1], by_definition(right, left))


@pytest.mark.parametrize(
    ("totals", "covered", "expected"),
    [
        ((4.0, 4.0), (4.0, 4.0), (0.0, 1.0, 1.0)),
        ((4.0, 6.0), (0.0, 0.0), (1.0, 0.0, 0.0)),
        ((3.0, 5.0), (2.0, 2.0), (1 - 2 / 6, 2 / 3, 2 / 5)),  # Jaccard distance of 2 common among 6
        ((0.0, 5.0), (0.0, 0.0), (1.0, np.nan, 0.0)),
        ((0.0, 0.0), (0.0, 0.0), (np.nan, np.nan, np.nan)),
    ],
)
def test_screen_is_the_coverage_part_of_divergence(totals, covered, expected):
    found = screen_values(
        tuple(np.array([value]) for value in totals), tuple(np.array([value]) for value in covered)
    )
    np.testing.assert_allclose([value[0] for value in found], expected)


def unit(key, text):
    requirement = Requirement(text, Modality.OBLIGATION, action_class="keep_records")
    weights = (("safety", 0.25), ("privacy", 0.0))
    return Unit(
        key, key, TextUnit(key, text, language="en"), requirement, weights=weights, probabilities=weights
    )


@pytest.mark.model
def test_a_side_is_exact_and_keeps_the_order_of_its_units():
    texts = [f"The provider shall keep record {number} for {number} months." for number in range(1, 9)]
    units = [unit(f"u{number}", text) for number, text in enumerate(texts)]
    side = screen_side(units, load_encoder(), ("safety", "privacy"))
    assert side.language == "en"
    assert side.principles == ("overall", "safety", "privacy")
    assert side.weights.tolist() == [[WEIGHT_GRID, WEIGHT_GRID // 4, 0]] * 8
    lengths = (side.vectors.astype(np.int64) ** 2).sum(axis=1) / VECTOR_GRID**2
    assert np.all(np.abs(lengths - 1.0) < 0.02), "sums of products stay far below 4 and so within 24 bits"
    turned = screen_side(units[::-1], load_encoder(), ("safety", "privacy"))
    assert np.array_equal(turned.vectors[::-1], side.vectors)
    covered = covered_weights(screen_block([side]), screen_block([turned]))
    assert covered[0, 0].tolist() == [[8.0, 2.0, 0.0]] * 2, "a document covers itself"


@pytest.mark.model
def test_a_document_without_units_is_empty():
    side = screen_side((), load_encoder(), ("safety",))
    assert side.vectors.shape == (0, FULL_WIDTH)
    assert side.weights.shape == (0, 2)


@pytest.mark.model
def test_fields_and_words_have_their_shares():
    text = "The provider shall keep records of incidents for five years."
    one, other = unit("a", text), unit("b", text)
    other = dataclasses.replace(
        other,
        requirement=dataclasses.replace(other.requirement, action_class="notify"),
        probabilities=(("safety", 0.0), ("privacy", 0.5)),
    )
    first, second = (
        screen_side([each], load_encoder(), ()).vectors.astype(np.int64)[0] for each in (one, other)
    )
    product = first * second / VECTOR_GRID**2
    assert first @ first / VECTOR_GRID**2 == pytest.approx(1.0, abs=0.01)
    assert product.sum() == pytest.approx(1.0 - SHARES["acts"] - SHARES["principles"], abs=0.01)
    assert product[ACROSS_DIMENSIONS:].sum() == pytest.approx(SHARES["lexical"], abs=0.01)
