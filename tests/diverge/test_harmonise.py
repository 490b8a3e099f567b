"""The harmonisation path: every step is checked by measuring changed documents anew."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest
from diverge_pairs import match, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.diverge import DivergenceSettings, diverge, harmonisation_path, measure_pair
from fragcheck.errors import ComparisonError
from fragcheck.records import ChangeKind, Differences

PLAIN = dataclasses.replace(DivergenceSettings.default(), draws=0)
APART = (
    Differences(),
    Differences(stringency=0.5, stringency_signed=0.5),
    Differences(actor=1.0),
    Differences(polarity=1.0),
)


@st.composite
def corpora(draw, most=4):
    """Two or three documents whose articles have counterparts here and there."""
    names = "abc"[: draw(st.integers(2, 3))]
    units = {
        name: tuple(unit(f"{name}{i}", f"rule {i} of {name}") for i in range(draw(st.integers(1, most))))
        for name in names
    }
    found = []
    for x, y in itertools.combinations(names, 2):
        matches = [
            match(units[x][i], units[y][i], differences=draw(st.sampled_from(APART)))
            for i in range(min(len(units[x]), len(units[y])))
            if draw(st.booleans())
        ]
        found.append(measure_pair((x, y), (units[x], units[y]), (matches, ()), (), PLAIN))
    return found


def carried_out(pairs, changes):
    """Mean D of documents in which the changes were made, measured by `diverge`."""
    units, links = {}, {}
    for pair in pairs:
        units[pair.left], units[pair.right] = list(pair.left_units), list(pair.right_units)
        for m in pair.matches:
            links[m.left_key, m.right_key] = links[m.right_key, m.left_key] = m.differences
    origin = {u.key: u.key for side in units.values() for u in side}
    for number, change in enumerate(changes):
        source = next(u for side in units.values() for u in side if u.key == change.source_key)
        key = f"new{number}#0"
        copy = dataclasses.replace(source, key=key, eid=f"new{number}")
        own = units[change.document_id]
        if change.kind is ChangeKind.CONFORM:
            own = [u for u in own if origin[u.key] != change.replaced_key]
        units[change.document_id] = [*own, copy]
        origin[key] = change.source_key
    values = []
    for pair in pairs:
        left, right = units[pair.left], units[pair.right]
        matches = []
        for x, y in itertools.product(left, right):
            rules = origin[x.key], origin[y.key]
            if rules[0] == rules[1]:
                matches.append(match(x, y))
            elif rules in links:
                matches.append(match(x, y, differences=links[rules]))
        values.append(diverge(left, right, matches, PLAIN)[0].value)
    return math.fsum(values) / len(values)


@settings(max_examples=60)
@given(corpora(), st.integers(0, 4))
def test_every_step_is_what_the_changed_documents_measure(pairs, steps):
    path = harmonisation_path(pairs, steps, PLAIN)
    assert math.isclose(path.mean_start, carried_out(pairs, ()), abs_tol=1e-9)
    for number, change in enumerate(path.changes, start=1):
        assert change.mean_after < change.mean_before
        measured = carried_out(pairs, path.changes[:number])
        assert math.isclose(change.mean_after, measured, abs_tol=1e-9), path.changes[:number]


@settings(max_examples=30)
@given(corpora(most=2), st.integers(1, 2))
def test_greedy_against_exact(pairs, steps):
    greedy = harmonisation_path(pairs, steps, PLAIN)
    exact = harmonisation_path(pairs, steps, PLAIN, exact=True)
    end = {
        path.is_exact: path.changes[-1].mean_after if path.changes else path.mean_start
        for path in (greedy, exact)
    }
    assert math.isclose(end[True], carried_out(pairs, exact.changes), abs_tol=1e-9)
    if steps == 1:
        assert math.isclose(end[True], end[False], abs_tol=1e-9)
    else:
        # Best single steps of the documents as they stand; a later step may build on an earlier one.
        first = harmonisation_path(pairs, 1, PLAIN, exact=True)
        assert end[True] <= (first.changes[-1].mean_after if first.changes else first.mean_start) + 1e-12


def test_the_rule_that_all_but_one_have_comes_first():
    a, b, c = (tuple(unit(f"{d}{i}", f"rule {i} of {d}") for i in range(3)) for d in "abc")
    pairs = [
        measure_pair(("a", "b"), (a, b), ((match(a[0], b[0]),), ()), (), PLAIN),
        measure_pair(("a", "c"), (a, c[1:]), ((), ()), (), PLAIN),
        measure_pair(("b", "c"), (b, c[1:]), ((), ()), (), PLAIN),
    ]
    (change,) = harmonisation_path(pairs, 1, PLAIN).changes
    assert (change.kind, change.document_id, change.source_eid) == (ChangeKind.ADOPT, "c", "a0")


def test_a_contrary_rule_is_worth_more_than_a_weaker_one():
    a, b = (tuple(unit(f"{d}{i}", f"rule {i} of {d}") for i in range(2)) for d in "ab")
    matches = (match(a[0], b[0], differences=APART[1]), match(a[1], b[1], differences=APART[3]))
    pair = measure_pair(("a", "b"), (a, b), (matches, ()), (), PLAIN)
    (change,) = harmonisation_path([pair], 1, PLAIN).changes
    assert (change.kind, change.source_eid, change.replaced_eid) == (ChangeKind.CONFORM, "b1", "a1")


def test_documents_in_full_agreement_need_no_change():
    a, b = (tuple(unit(f"{d}{i}", f"rule {i}") for i in range(3)) for d in "ab")
    pair = measure_pair(("a", "b"), (a, b), (tuple(map(match, a, b)), ()), (), PLAIN)
    path = harmonisation_path([pair], 3, PLAIN)
    assert (path.mean_start, path.changes) == (0.0, ())
    assert harmonisation_path([], 3).mean_start is None


def test_too_large_a_search_is_refused():
    a, b = (tuple(unit(f"{d}{i}", f"rule {i} of {d}") for i in range(40)) for d in "ab")
    pair = measure_pair(("a", "b"), (a, b), ((), ()), (), PLAIN)
    with pytest.raises(ComparisonError, match="exact search"):
        harmonisation_path([pair], 4, exact=True)
    with pytest.raises(ComparisonError, match="from 0 on"):
        harmonisation_path([pair], -1)
