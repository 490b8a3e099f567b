"""The queue of findings to look at, against measuring every change anew."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from fragcheck.diverge import DivergenceSettings, diverge
from fragcheck.diverge.elements import COMPONENTS
from fragcheck.diverge.pair import principle_names
from fragcheck.diverge.what_if import PairBoard
from fragcheck.pipeline import Cancelled, compare_analyses, review_match, review_tag
from fragcheck.pipeline.review_order import review_queue
from fragcheck.records import ReviewTarget, Side, Verdict

SETTINGS = dataclasses.replace(DivergenceSettings.default(), draws=0)


@pytest.fixture(scope="module")
def pairs(sample_comparison):
    return sample_comparison.pairs[:3]


def board_of(pair):
    return PairBoard(pair, SETTINGS, principle_names((*pair.left_units, *pair.right_units)))


def measured(left, right, matches, settings=SETTINGS):
    overall, principles = diverge(left, right, matches, settings)
    return {one.principle: one.value for one in (overall, *principles)}


def same(board, found, expected):
    """One score for each name of the board, NaN where `expected` has none."""
    for name, value in zip(board.names, found, strict=True):
        wanted = expected.get(name)
        assert math.isnan(value) == (wanted is None), name
        assert wanted is None or value == pytest.approx(wanted, abs=1e-9), name


@pytest.mark.model
def test_the_board_has_the_values_of_diverge(pairs):
    for pair in pairs:
        board = board_of(pair)
        same(board, board.scores(), measured(pair.left_units, pair.right_units, board.matches))


@pytest.mark.model
def test_a_turned_match_is_that_of_measuring_without_it(pairs):
    for pair in pairs:
        board = board_of(pair)
        found = board.turned_matches()
        assert found.shape == (len(board.names), len(board.matches))
        for place, match in enumerate(board.matches):
            is_on = match.probability >= SETTINGS.match_threshold
            turned = dataclasses.replace(match, probability=0.0 if is_on else 1.0)
            others = [*board.matches[:place], turned, *board.matches[place + 1 :]]
            same(board, found[:, place], measured(pair.left_units, pair.right_units, others))


@pytest.mark.model
def test_a_turned_tag_is_that_of_measuring_with_it(pairs):
    for pair in pairs:
        board = board_of(pair)
        for side, units in ((Side.LEFT, pair.left_units), (Side.RIGHT, pair.right_units)):
            eids = list(dict.fromkeys(unit.eid for unit in units))
            for weight in (0.0, 1.0):
                found = board.with_tags(side, eids, weight)
                for at, eid in list(enumerate(eids))[::5]:
                    for name in ("privacy", "transparency"):
                        sides = [
                            tuple(
                                dataclasses.replace(unit, weights=reweighted(unit, name, weight))
                                if unit.eid == eid and own is units
                                else unit
                                for unit in own
                            )
                            for own in (pair.left_units, pair.right_units)
                        ]
                        expected = measured(*sides, board.matches)[name]
                        value = found[board.names.index(name), at]
                        assert math.isnan(value) if expected is None else value == pytest.approx(expected)


def reweighted(unit, name, weight):
    return tuple((one, weight if one == name else value) for one, value in unit.weights)


@pytest.mark.model
def test_a_provision_without_requirements_is_that_of_measuring_without_it(pairs):
    pair = pairs[0]
    board = board_of(pair)
    eids = list(dict.fromkeys(unit.eid for unit in pair.left_units))
    found = board.without_provisions(Side.LEFT, eids)
    for at, eid in enumerate(eids):
        left = tuple(unit for unit in pair.left_units if unit.eid != eid)
        matches = [one for one in board.matches if one.left != eid]
        same(board, found[:, at], measured(left, pair.right_units, matches))


@pytest.mark.model
@pytest.mark.parametrize("component", COMPONENTS)
def test_a_turned_distance_moves_its_component_alone(pairs, component):
    for pair in pairs:
        board = board_of(pair)
        scores = board.turned_distances(component)
        for place, match in enumerate(pair.matches):
            if (match.differences.definition is not None) != (component == "definitions"):
                continue
            found = scores[:, place]
            turned = [
                dataclasses.replace(one, differences=turned_field(one.differences, component))
                if one is match
                else one
                for one in board.matches
            ]
            if component == "content":  # of several fields: no single one makes it 1 - d
                moves = not np.array_equal(found, board.scores(), equal_nan=True)
                assert moves or match.probability == 0
            else:
                same(board, found, measured(pair.left_units, pair.right_units, turned))


def turned_field(differences, component):
    if component == "definitions":
        return dataclasses.replace(differences, definition=1 - differences.definition)
    if component == "parameters":
        return dataclasses.replace(differences, parameters=1 - (differences.parameters or 0.0))
    return dataclasses.replace(differences, stringency=1 - differences.stringency)


@pytest.mark.model
def test_the_queue_falls_by_effect_and_leaves_out_what_is_settled(sample_analyses, sample_store):
    two = sample_analyses[:2]
    machine = compare_analyses(two, store=sample_store)
    queue = review_queue(machine)
    effects = [item.effect for item in queue]
    assert effects == sorted(effects, reverse=True)
    assert min(effects) > 0
    assert {item.subject.target for item in queue} == set(ReviewTarget)
    assert review_queue(machine, limit=3) == queue[:3]
    assert len({item.subject.key for item in queue}) == len(queue)
    for item in queue:
        assert 0 <= item.doubt <= 1
        if item.subject.target is not ReviewTarget.TAG:
            assert item.effect == pytest.approx(item.doubt * item.change)
    tag = next(item for item in queue if item.subject.target is ReviewTarget.TAG)
    analysis = next(one for one in two if one.document.id == tag.subject.document_id)
    review = dataclasses.replace(
        review_tag(analysis, tag.subject.eid, tag.subject.name, Verdict.REJECT, reason="x"), reviewer="ann"
    )
    after = review_queue(compare_analyses(two, store=sample_store, reviews=[review]))
    assert tag.subject.key not in {item.subject.key for item in after}


@pytest.mark.model
def test_the_queue_tells_of_every_pair_and_stops_on_request(sample_comparison):
    steps = []
    review_queue(sample_comparison, on_progress=steps.append)
    n = len(sample_comparison.pairs)
    assert [(step.stage, step.done, step.total) for step in steps] == [("compare", at, n) for at in range(n)]
    with pytest.raises(Cancelled):
        review_queue(sample_comparison, is_cancelled=lambda: len(steps) > 0)


@pytest.mark.model
def test_a_rejected_match_moves_the_scores_as_foretold(sample_analyses, sample_store):
    """Where no other counterpart comes in, the change is the foretold one."""
    two = sample_analyses[:2]
    machine = compare_analyses(two, store=sample_store)
    (pair,) = machine.pairs
    foretold = {
        item.subject.key: item.change
        for item in review_queue(machine)
        if item.subject.target is ReviewTarget.MATCH
    }
    checked = 0
    for match in pair.matches:
        review = dataclasses.replace(
            review_match(pair, match.left_key, match.right_key, Verdict.REJECT, reason="x"), reviewer="ann"
        )
        (after,) = compare_analyses(two, store=sample_store, reviews=[review]).pairs
        chances = {(m.left_key, m.right_key): m.probability for m in (*pair.matches, *pair.near)}
        del chances[match.left_key, match.right_key]
        if {(m.left_key, m.right_key): m.probability for m in (*after.matches, *after.near)} != chances:
            continue
        if review.subject.key not in foretold:
            continue
        moved = sum(
            abs(one.value - other.value)
            for one, other in zip(
                (after.overall, *after.principles), (pair.overall, *pair.principles), strict=True
            )
            if one.value is not None and other.value is not None
        )
        assert moved == pytest.approx(foretold[review.subject.key], abs=1e-9)
        checked += 1
    assert checked > 3
