"""The axioms of the divergence, as properties (DESIGN §7)."""

from __future__ import annotations

import dataclasses
import math

import pytest
from diverge_pairs import Pair, differences, match, pairs, swapped, unit
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fragcheck.diverge import DivergenceSettings, diverge, interoperability
from fragcheck.records import Components, Differences, Status

FEW_DRAWS = dataclasses.replace(DivergenceSettings.default(), draws=20)
SIGNED = ("asymmetry", "stringency", "parameters")
ADDITIVE = ("coverage", "content", "stringency_abs", "parameters_abs", "definitions")


def measured(pair, chosen=FEW_DRAWS):
    overall, principles = diverge(pair.left, pair.right, pair.matches, chosen, seed=7)
    return (overall, *principles)


def value(pair):
    return measured(pair, dataclasses.replace(FEW_DRAWS, draws=0))[0].value


@given(pairs(min_size=1))
def test_a_document_does_not_diverge_from_itself(pair):
    same = Pair(pair.left, pair.left, tuple(match(u, u) for u in pair.left))
    for result in measured(same):
        if result.status is Status.BOTH_SILENT:
            continue
        assert (result.value, result.low, result.high) == (0.0, 0.0, 0.0)
        for name in dataclasses.asdict(result.components).values():
            assert not name


@given(pairs())
def test_swapping_the_sides_keeps_values_and_intervals_and_turns_signs(pair):
    for forth, back in zip(measured(pair), measured(swapped(pair)), strict=True):
        assert (forth.value, forth.low, forth.high, forth.status) == (
            back.value,
            back.low,
            back.high,
            back.status,
        )
        assert (forth.n_left, forth.n_right) == (back.n_right, back.n_left)
        for field in dataclasses.fields(Components):
            one, other = getattr(forth.components, field.name), getattr(back.components, field.name)
            if field.name in SIGNED and one is not None:
                assert one == -other
            else:
                assert one == other


@given(pairs())
def test_every_value_lies_in_its_bounds(pair):
    for result in measured(pair):
        if result.value is None:
            assert result.status is Status.BOTH_SILENT
            continue
        assert 0 <= result.low <= result.value <= result.high <= 1
        parts = result.components
        for name in (*ADDITIVE, "turnover", "nestedness"):
            assert getattr(parts, name) is None or -1e-12 <= getattr(parts, name) <= 1
        for name in SIGNED:
            assert getattr(parts, name) is None or -1 <= getattr(parts, name) <= 1
        for name in ("stringency", "parameters"):
            if getattr(parts, name) is not None:
                assert abs(getattr(parts, name)) <= getattr(parts, f"{name}_abs") + 1e-12


@given(pairs())
def test_the_components_add_up_to_the_value(pair):
    for result in measured(pair):
        if result.value is not None:
            parts = [getattr(result.components, name) or 0.0 for name in ADDITIVE]
            assert math.isclose(math.fsum(parts), result.value, abs_tol=1e-12)
            assert math.isclose(
                result.components.turnover + result.components.nestedness,
                result.components.coverage,
                abs_tol=1e-12,
            )


@given(pairs(), st.randoms(use_true_random=False))
def test_the_order_of_provisions_and_matches_moves_nothing(pair, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    mixed = Pair(shuffled(pair.left), shuffled(pair.right), shuffled(pair.matches))
    assert measured(mixed) == measured(pair)


@given(pairs())
def test_renumbering_moves_no_value(pair):
    new = {u.key: f"z{i}#0" for i, u in enumerate(reversed((*pair.left, *pair.right)))}

    def renamed(units):
        return tuple(dataclasses.replace(u, key=new[u.key], eid=new[u.key][:-2]) for u in units)

    matches = tuple(
        dataclasses.replace(m, left_key=new[m.left_key], right_key=new[m.right_key]) for m in pair.matches
    )
    again = Pair(renamed(pair.left), renamed(pair.right), matches)
    texts = [u.text_unit.text for u in (*pair.left, *pair.right)]
    assume(len(set(texts)) == len(texts))
    assert measured(again) == measured(pair)


@given(pairs())
def test_adding_agreement_never_raises_the_value(pair):
    more = unit("more", "a rule that both have")
    twin = unit("twin", "a rule that both have")
    richer = Pair((*pair.left, more), (*pair.right, twin), (*pair.matches, match(more, twin)))
    before = value(pair)
    assert before is None or value(richer) <= before + 1e-12


@given(pairs(), differences())
def test_deleting_a_counterpart_never_lowers_the_value(pair, difference):
    """A certain one, and the only one on both of its sides: of a doubtful one the gap counts already."""
    left, right = unit("sole-left"), unit("sole-right")
    poorer = Pair((*pair.left, left), pair.right, pair.matches)
    richer = Pair(
        poorer.left,
        (*pair.right, right),
        (*pair.matches, match(left, right, differences=difference)),
    )
    assert value(poorer) >= value(richer) - 1e-12


@given(pairs(min_size=1), differences(), differences())
def test_a_further_counterpart_never_raises_the_divergence(pair, one, other):
    left, first, second = unit("l"), unit("r1"), unit("r2")
    both = (match(left, first, differences=one), match(left, second, differences=other))
    single = [value(Pair((left,), (first, second), (m,))) for m in both]
    assert value(Pair((left,), (first, second), both)) <= min(single) + 1e-12


@given(pairs())
def test_interoperability_is_bounded_and_mirrored(pair):
    forth = interoperability(pair.left, pair.right, pair.matches, FEW_DRAWS, seed=3)
    back = interoperability(*_sides(swapped(pair)), FEW_DRAWS, seed=3)
    assert forth == back[::-1]
    for result, units in zip(forth, (pair.right, pair.left), strict=True):
        if result.value is None:
            assert not units
        else:
            assert 0 <= result.low <= result.value <= result.high <= 1
            assert set(result.residual) <= {u.key for u in units}


def _sides(pair):
    return pair.left, pair.right, pair.matches


EDITS = [
    pytest.param(Differences(polarity=1.0), "content", None, id="negation"),
    pytest.param(Differences(actor=1.0), "content", None, id="another party"),
    pytest.param(Differences(recipient=1.0), "content", None, id="another recipient"),
    pytest.param(Differences(stringency=0.5, stringency_signed=0.5), "stringency", 1, id="shall to should"),
    pytest.param(Differences(stringency=1.0, stringency_signed=-1.0), "stringency", -1, id="may to shall"),
    pytest.param(Differences(parameters=0.4, parameters_signed=0.4), "parameters", 1, id="longer deadline"),
]


@pytest.mark.parametrize(("edit", "component", "sign"), EDITS)
@settings(max_examples=25)
@given(size=st.integers(3, 30))
def test_a_single_edit_moves_its_component_and_no_other(edit, component, sign, size):
    left = tuple(unit(f"a{i}", f"rule {i}") for i in range(size))
    right = tuple(unit(f"b{i}", f"rule {i}") for i in range(size))
    pairs_of = list(zip(left, right, strict=True))
    matches = tuple(match(x, y) for x, y in pairs_of[:-1])
    edited = (*matches, match(*pairs_of[-1], differences=edit))
    overall = measured(Pair(left, right, edited))[0]
    for name in ("coverage", "asymmetry", "content", "stringency", "parameters", "definitions"):
        moved = getattr(overall.components, name)
        if name == component:
            assert abs(moved) > 0.1 / size
            assert sign is None or moved * sign > 0
        else:
            assert not moved


@given(st.integers(2, 20), st.booleans())
def test_a_deletion_moves_coverage_and_says_who_lacks(size, on_the_right):
    left = tuple(unit(f"a{i}", f"rule {i}") for i in range(size))
    right = tuple(unit(f"b{i}", f"rule {i}") for i in range(size))
    matches = tuple(match(x, y) for x, y in zip(left[:-1], right[:-1], strict=True))
    pair = Pair(left, right[:-1], matches) if on_the_right else Pair(left[:-1], right, matches)
    parts = measured(pair)[0].components
    assert math.isclose(parts.coverage, 1 / size)
    assert (parts.asymmetry < 0) is on_the_right
    assert parts.turnover == 0
    assert not parts.content
    assert not parts.stringency
