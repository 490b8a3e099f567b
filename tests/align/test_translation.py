"""Two language versions of one law: provisions first, then their sentences in order."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_builders import requirement, unit

from fragcheck.align import align
from fragcheck.align.evidence import inform
from fragcheck.align.translation import Translation, Versions, paired_units
from fragcheck.align.translation import _monotone as monotone
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import Definition

ENGLISH = (
    ("Records", "The provider shall keep the records of each training run for ten years."),
    ("Records", "It shall hand them to the authority on request."),
    ("Incidents", "The deployer shall report a serious incident to the authority within 72 hours."),
    ("Incidents", "The authority shall publish a yearly summary of these reports."),
    ("Oversight", "A natural person shall be able to stop the system at any time."),
    ("Oversight", "The deployer shall train that person before the first use."),
)
GERMAN = (
    ("Aufzeichnungen", "Der Anbieter bewahrt die Aufzeichnungen jedes Trainingslaufs zehn Jahre lang auf."),
    ("Aufzeichnungen", "Er legt sie der Behörde auf Verlangen vor."),
    ("Vorfälle", "Der Betreiber meldet der Behörde einen schwerwiegenden Vorfall binnen 72 Stunden."),
    ("Vorfälle", "Die Behörde veröffentlicht jährlich eine Zusammenfassung dieser Meldungen."),
    ("Aufsicht", "Eine natürliche Person muss das System jederzeit anhalten können."),
    ("Aufsicht", "Der Betreiber schult diese Person vor dem ersten Einsatz."),
)


def of_law(rows, language, name):
    """A unit a sentence; two sentences of one heading are one provision."""
    found = []
    for at, (heading, text) in enumerate(rows):
        made = unit(f"{name}{heading}#{at}", text, item=requirement(text), language=language)
        text_unit = dataclasses.replace(made.text_unit, heading=heading)
        found.append(dataclasses.replace(made, eid=f"{name}{heading}", text_unit=text_unit))
    return found


def provisions(units):
    found = {}
    for one in units:
        known = found.get(one.eid)
        text = one.text_unit.text if known is None else f"{known.text} {one.text_unit.text}"
        found[one.eid] = dataclasses.replace(one.text_unit, key=one.eid, text=text)
    return tuple(found.values())


def informed(left, right, wholes=None):
    texts = [[one.text_unit for one in side] for side in (left, right)]
    alignment = align(*texts, both_ways=True, encoder=load_encoder())
    versions = Versions(*(wholes or (provisions(left), provisions(right))), load_encoder())
    found = inform(left, right, alignment, versions=versions)
    return {(c.left, c.right): c.probability for c in found.candidates}


@pytest.fixture(scope="module")
def whole():
    left, right = of_law(ENGLISH, "en", "l"), of_law(GERMAN, "de", "r")
    return left, right, informed(left, right)


def test_every_sentence_of_a_translation_has_its_counterpart(whole):
    left, right, found = whole
    assert all(found[x.key, y.key] > 0.8 for x, y in zip(left, right, strict=True))
    assert all(p < 0.2 for (x, y), p in found.items() if x.split("#")[1] != y.split("#")[1])


def test_swapping_the_versions_swaps_the_pairs(whole):
    left, right, found = whole
    assert informed(right, left) == {(y, x): p for (x, y), p in found.items()}


def test_a_sentence_left_out_of_one_version_stays_without_counterpart():
    left, right = of_law(ENGLISH, "en", "l"), of_law(GERMAN, "de", "r")
    missing = right.pop(3)
    found = informed(left, right)
    assert all(p < 0.4 for (x, _), p in found.items() if x == left[3].key)
    assert found[left[2].key, right[2].key] > 0.8
    assert missing.key not in {y for _, y in found}


def test_a_sentence_that_was_not_read_on_one_side_joins_its_neighbour():
    left, right = of_law(ENGLISH, "en", "l"), of_law(GERMAN, "de", "r")
    wholes = provisions(left), provisions(right)
    unread = right.pop(3)
    found = informed(left, right, wholes)
    assert found[left[3].key, right[2].key] > 0.8
    assert unread.key not in {y for _, y in found}


def translation(lengths):
    return Translation({("a", "b"): 1.0}, ({"a": lengths[0]}, {"b": lengths[1]}), 0.0)


@pytest.mark.parametrize(
    ("lengths", "length", "low", "high"),
    [
        ((200, 200), 80, 0.99, 1.0),  # as long as it should be
        ((200, 120), 80, 0.0, 0.5),  # shorter by the sentence
        ((200, 160), 80, 0.9, 0.98),  # halfway: as before
        ((200, 400), 80, 0.99, 1.0),  # longer
        ((0, 0), 0, 0.9, 0.98),
    ],
)
def test_a_short_translation_may_leave_a_sentence_out(lengths, length, low, high):
    found = translation(lengths)
    assert low <= found.kept(("a", "b"), length, 0) <= high
    assert found.kept(("a", "b"), length, 0) == translation(lengths[::-1]).kept(("a", "b"), length, 1)


def test_definitions_and_requirements_are_paired_apart():
    term = Definition(term="model", definiens="a trained network")
    left = [unit("a#0", "x", language="en"), unit("a#1", "y", item=term, language="en")]
    right = [unit("b#0", "y", item=term, language="fr"), unit("b#1", "x", language="fr")]
    left, right = ([dataclasses.replace(u, eid=u.key[0]) for u in side] for side in (left, right))
    found = paired_units(left, right, {}, translation((100, 100)))
    assert set(found) == {("a#0", "b#1"), ("a#1", "b#0")}


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_pairs_in_order_are_those_of_the_highest_gain(n, m, data):
    gains = np.array([[data.draw(st.integers(1, 9)) for _ in range(m)] for _ in range(n)], dtype=float)
    found = monotone(gains)
    assert found == sorted(found)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    best = max(
        sum(gains[i, j] for i, j in zip(rows, columns, strict=True))
        for k in range(min(n, m) + 1)
        for rows in itertools.combinations(range(n), k)
        for columns in itertools.combinations(range(m), k)
    )
    assert sum(gains[i, j] for i, j in found) == best
