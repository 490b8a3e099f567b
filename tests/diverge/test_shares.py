"""What each element adds, who is stricter, and the bootstrap over articles."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from diverge_pairs import Pair, match, pairs, swapped, unit
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.diverge import DivergenceSettings, diverge, divergence_shares, interoperability, strictness
from fragcheck.diverge.elements import pair_arrays
from fragcheck.diverge.measure import expected_reading
from fragcheck.diverge.sampling import article_draws
from fragcheck.records import Differences, Modality, ParameterDifference, Side, Status

NO_DRAWS = dataclasses.replace(DivergenceSettings.default(), draws=0)
DRAWS = dataclasses.replace(DivergenceSettings.default(), draws=60)
PARTS = ("coverage", "content", "stringency_abs", "parameters_abs", "definitions")


def shares_of(pair, principle="overall"):
    return divergence_shares(pair.left, pair.right, pair.matches, NO_DRAWS, principle=principle)


@given(pairs())
def test_shares_add_up_to_the_divergence_and_its_components(pair):
    overall, principles = diverge(pair.left, pair.right, pair.matches, NO_DRAWS)
    for found in (overall, *principles):
        shares = shares_of(pair, found.principle)
        if found.value is None:
            assert shares == ()
            continue
        assert math.isclose(math.fsum(share.weight for share in shares), 1, abs_tol=1e-9)
        assert math.isclose(math.fsum(share.value for share in shares), found.value, abs_tol=1e-9)
        for name in (*PARTS, "stringency", "parameters"):
            total = math.fsum(getattr(share.components, name) or 0.0 for share in shares)
            assert math.isclose(total, getattr(found.components, name) or 0.0, abs_tol=1e-9), name


@given(pairs())
def test_the_weights_of_a_unit_add_up(pair):
    """Alone with weight u x, x the chance that it has no counterpart; with others u (1 - x) / 2."""
    shares = shares_of(pair)
    arrays = pair_arrays(pair.left, pair.right, pair.matches, NO_DRAWS)
    lacking = expected_reading(arrays).open[0]
    total = float((1 + lacking).sum()) / 2
    alone = {
        (*share.left, *share.right)[0]: share.weight for share in shares if not share.left or not share.right
    }
    for unit_, chance in zip((*arrays.left, *arrays.right), lacking, strict=True):
        assert math.isclose(alone.get(unit_.key, 0.0), chance / total, abs_tol=1e-9)
    assert all(len(share.left) + len(share.right) <= 2 for share in shares)


#: Whoever the net points to is named, however little it rests on.
BOLD = dataclasses.replace(NO_DRAWS, few_provisions=1)


def told(pair, names=("Alpha", "Beta"), settings=BOLD):
    return strictness(shares_of(pair), (pair.left, pair.right), pair.matches, settings, names=names)


@given(pairs(), st.sampled_from([BOLD, dataclasses.replace(BOLD, draws=1), DRAWS]))
def test_swapping_the_sides_turns_the_verdict(pair, settings):
    forth = told(pair, settings=settings)
    back = told(swapped(pair), ("Beta", "Alpha"), settings)
    assert forth.likelihood == back.likelihood
    assert forth.is_few == back.is_few
    assert math.isclose(forth.net, -back.net, abs_tol=1e-12)
    turned = {None: None, Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    assert back.stricter is turned[forth.stricter]
    assert (forth.n_left_stricter, forth.n_right_stricter) == (back.n_right_stricter, back.n_left_stricter)


def one(left_modality, right_modality, differences):
    left, right = unit("art_1", modality=left_modality), unit("sec_2", modality=right_modality)
    return Pair((left,), (right,), (match(left, right, differences=differences),))


SHALL, SHOULD = Modality.OBLIGATION, Modality.RECOMMENDATION
HOURS = ParameterDifference("duration", "72 hours", "15 days", 0.4, 0.4)
VERDICTS = [
    pytest.param(
        one(SHALL, SHOULD, Differences(stringency=0.5, stringency_signed=0.5)),
        Side.LEFT,
        "Alpha is stricter, by a net of 0.15: it binds harder in 1 of 1 shared requirement; most of all in "
        "art_1 (obligation) against sec_2 (recommendation).",
        id="force",
    ),
    pytest.param(
        one(SHOULD, SHALL, Differences(stringency=0.5, stringency_signed=-0.5)),
        Side.RIGHT,
        "Beta is stricter, by a net of 0.15: it binds harder in 1 of 1 shared requirement; most of all in "
        "sec_2 (obligation) against art_1 (recommendation).",
        id="force, other side",
    ),
    pytest.param(
        one(SHALL, SHALL, Differences(parameters=0.4, parameters_signed=0.4, parameter_pairs=(HOURS,))),
        Side.LEFT,
        "Alpha is stricter, by a net of 0.12: it binds harder in 1 of 1 shared requirement; most of all in "
        "art_1 (72 hours) against sec_2 (15 days).",
        id="quantity",
    ),
    pytest.param(
        one(SHALL, SHALL, Differences()),
        None,
        "Neither is stricter: the one shared requirement never differs in force or in a quantity of known "
        "direction.",
        id="no difference",
    ),
    pytest.param(
        Pair((unit("art_1"),), (unit("sec_2"),), ()),
        None,
        "Neither can be called stricter: Alpha and Beta share no requirement here.",
        id="nothing shared",
    ),
]


@pytest.mark.parametrize(("pair", "side", "sentence"), VERDICTS)
def test_the_verdict_says_who_and_why(pair, side, sentence):
    verdict = told(pair)
    assert verdict.stricter is side
    assert verdict.sentence == sentence


def test_opposite_differences_do_not_hide():
    a, b, c, d = unit("art_1"), unit("art_2"), unit("sec_1"), unit("sec_2")
    pair = Pair(
        (a, b),
        (c, d),
        (
            match(a, c, differences=Differences(stringency=0.5, stringency_signed=0.5)),
            match(b, d, differences=Differences(stringency=0.5, stringency_signed=-0.5)),
        ),
    )
    verdict = told(pair)
    assert (verdict.stricter, verdict.n_left_stricter, verdict.n_right_stricter) == (None, 1, 1)
    assert "Alpha binds harder in 1 and Beta in 1 of 2" in verdict.sentence


FORCE = Differences(stringency=0.5, stringency_signed=0.5)


@pytest.mark.parametrize(
    ("against", "counts", "words"),
    [
        (Differences(), (1, 0, 0), "the one shared requirement never differs"),
        (dataclasses.replace(FORCE, stringency_signed=-0.2), (1, 0, 1), "Beta binds harder in 1 of 1 shared"),
    ],
)
def test_unlikely_counterparts_alone_make_nobody_stricter(against, counts, words):
    a, b, c, d = unit("art_1"), unit("art_2"), unit("sec_1"), unit("sec_2")
    matches = (
        match(a, c, probability=0.3, differences=FORCE),
        match(b, d, probability=0.6, differences=against),
    )
    pair = Pair((a, b), (c, d), matches)
    verdict = told(pair)
    assert verdict.net > 0
    assert verdict.stricter is None
    assert (verdict.n_shared, verdict.n_left_stricter, verdict.n_right_stricter) == counts
    assert words in verdict.sentence
    assert verdict.sentence.startswith("Neither is stricter")


def alike(count, probability=0.9, differences=FORCE, others=0):
    """`count` requirements in which the left binds harder, `others` that do not differ."""
    size = count + others
    left = tuple(unit(f"art_{i}", f"rule {i}") for i in range(size))
    right = tuple(unit(f"sec_{i}", f"rule {i}") for i in range(size))
    return Pair(
        left,
        right,
        tuple(
            match(a, b, probability=probability, differences=differences if i < count else Differences())
            for i, (a, b) in enumerate(zip(left, right, strict=True))
        ),
    )


DEFAULT = DivergenceSettings.default()


@pytest.mark.parametrize(
    ("pair", "side", "words"),
    [
        (alike(4), None, "Alpha binds harder in 4 and Beta in 0 of 4 shared requirements, too few to tell."),
        (alike(1, others=4), None, "of 5 shared requirements, and only"),
        (alike(1, probability=0.999, others=4), Side.LEFT, "binds harder in 1 of 5 shared requirements"),
        (alike(5), Side.LEFT, "binds harder in 5 of 5 shared requirements"),
        (alike(5, probability=0.4), None, "of 5 shared requirements, and only 81% of the readings drawn"),
        (alike(2, probability=0.4, others=8), None, "of the readings drawn point to Alpha."),
    ],
)
def test_a_side_is_named_only_where_the_net_stands_other_readings(pair, side, words):
    verdict = told(pair, settings=DEFAULT)
    assert verdict.net > 0
    assert verdict.stricter is side
    assert words in verdict.sentence
    assert verdict.sentence.startswith("Alpha is stricter" if side else "Neither is clearly stricter")
    assert 0 < verdict.likelihood <= 1


def test_the_likelihood_is_that_of_what_is_drawn():
    """Oracle: one match, so the net points its way where it holds and is read right."""
    settings = dataclasses.replace(DEFAULT, match_doubt=0.0)
    for probability in (0.5, 0.7, 0.97):
        found = told(alike(1, probability), settings=settings).likelihood or 0.0
        assert math.isclose(found, probability * (1 - settings.field_errors.stringency), abs_tol=0.05)


# --- the bootstrap over articles ------------------------------------------------------------------


@given(pairs(min_size=1))
def test_sampling_intervals_are_bounded_and_repeatable(pair):
    def measured():
        return diverge(pair.left, pair.right, pair.matches, DRAWS, seed=3, sampling_seed=5)[0]

    found = measured()
    assert found == measured()
    assert 0 <= found.sampling_low <= found.sampling_high <= 1


@given(st.integers(2, 12), st.integers(0, 5))
def test_the_bootstrap_equals_measuring_the_redrawn_documents(size, seed):
    """Oracle: a document whose articles stand there as often as they were drawn, measured anew."""
    left = tuple(unit(f"art_{i}", f"rule {i}") for i in range(size))
    right = tuple(unit(f"sec_{i}", f"rule {i}") for i in range(size))
    found = diverge(left, right, (), DRAWS, sampling_seed=seed)[0]
    assert (found.sampling_low, found.sampling_high) == (1.0, 1.0)
    half = [match(a, b) for a, b in zip(left, right, strict=True)][: size // 2]
    draws = [article_draws(units, DRAWS.draws, seed) for units in (left, right)]
    by_hand = []
    for one, two in zip(draws[0].counts, draws[1].counts, strict=True):
        first, second = one[draws[0].article_of_unit], two[draws[1].article_of_unit]
        shared = sum((first[i] + second[i]) / 2 for i in range(len(half)))
        alone = sum(first[i] + second[i] for i in range(len(half), size))
        by_hand.append(1.0 if not first.sum() or not second.sum() else alone / (alone + shared))
    found = diverge(left, right, half, DRAWS, sampling_seed=seed)[0]
    low, high = np.quantile(by_hand, [0.05, 0.95])
    assert math.isclose(found.sampling_low, low, abs_tol=1e-9)
    assert math.isclose(found.sampling_high, high, abs_tol=1e-9)


def test_articles_are_drawn_whole():
    parts = tuple(unit(f"art_{i // 3}__para_{i % 3}", f"rule {i}") for i in range(12))
    draws = article_draws(parts, 40)
    assert draws.counts.shape == (40, 4)
    assert (draws.counts.sum(axis=1) == 4).all()
    assert len({draws.article_of_unit[i] for i in range(3)}) == 1


def test_a_document_is_redrawn_alike_in_all_its_pairs():
    units = tuple(unit(f"art_{i}", f"rule {i}") for i in range(6))
    mixed = article_draws(tuple(reversed(units)), 20, 3)
    plain = article_draws(units, 20, 3)
    assert (mixed.counts[:, mixed.article_of_unit[::-1]] == plain.counts[:, plain.article_of_unit]).all()


def test_nothing_is_drawn_of_a_silent_side():
    found = diverge((unit("a", weights={"safety": 1.0}),), (unit("b", weights={"safety": 0.0}),), (), DRAWS)
    (safety,) = found[1]
    assert safety.status is Status.ONE_SILENT
    assert safety.sampling_low is None


# --- residual duties ------------------------------------------------------------------------------

REASONS = [
    pytest.param(Differences(polarity=1.0), ("contrary",), id="contrary"),
    pytest.param(Differences(actor=1.0), ("other_party",), id="party"),
    pytest.param(Differences(action=1.0), ("other_act",), id="act"),
    pytest.param(Differences(stringency=0.5, stringency_signed=-0.5), ("weaker_force",), id="force"),
    pytest.param(
        Differences(
            parameters=0.4,
            parameters_signed=-0.4,
            parameter_pairs=(ParameterDifference("duration", "15 days", "72 hours", 0.4, -0.4),),
        ),
        ("weaker_quantity",),
        id="quantity",
    ),
    pytest.param(
        Differences(actor=1.0, stringency=0.5, stringency_signed=-0.5),
        ("other_party", "weaker_force"),
        id="two reasons",
    ),
]


@pytest.mark.parametrize(("differences", "reasons"), REASONS)
def test_a_residual_duty_says_why_it_is_left(differences, reasons):
    left, right, lone = unit("art_1"), unit("sec_1"), unit("sec_2")
    forth, _ = interoperability(
        (left,), (right, lone), (match(left, right, differences=differences),), NO_DRAWS
    )
    assert [(duty.eid, duty.reasons, duty.counterpart_eid) for duty in forth.duties] == [
        ("sec_1", reasons, "art_1"),
        ("sec_2", ("no_counterpart",), ""),
    ]
    assert forth.residual == tuple(duty.key for duty in forth.duties)
    assert forth.n_duties == 2


@given(pairs())
def test_duties_are_those_of_the_residual(pair):
    found = interoperability(pair.left, pair.right, pair.matches, NO_DRAWS)
    for result in found:
        if result.value is not None:
            assert [duty.key for duty in result.duties] == list(result.residual)
            assert len(result.duties) <= result.n_duties
            assert 0 <= result.value <= 1
