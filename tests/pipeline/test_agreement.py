"""Agreement between reviewers, against scikit-learn, published figures and the definition."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from fragcheck.pipeline.agreement import (
    MACHINE,
    agreement_table,
    cohen_kappa,
    krippendorff_alpha,
)
from fragcheck.records import Review, ReviewTarget, Subject, Verdict

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn(pairs):
    first, second = zip(*pairs, strict=True)
    found = cohen_kappa(first, second)
    if len(set(first) | set(second)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(float(cohen_kappa_score(first, second)))


def test_kappa_of_nothing():
    assert cohen_kappa([], []) is None
    with pytest.raises(ValueError, match=r"shorter|longer|argument"):
        cohen_kappa(["a"], [])


# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): sections A and C, nominal data.
EXAMPLE_A = ("0100000010", "1110010000")
RELIABILITY = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def test_alpha_is_the_published_one():
    assert krippendorff_alpha(list(zip(*EXAMPLE_A, strict=True))) == pytest.approx(0.095, abs=5e-4)
    units = [
        [value for value in column if value != "."]
        for column in zip(*(row.split() for row in RELIABILITY), strict=True)
    ]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def by_definition(items):
    """1 - D_o / D_e over all ordered pairs of values, each item's weighed by 1 / (m - 1)."""
    rated = [values for values in items if len(values) > 1]
    everything = [value for values in rated for value in values]
    n = len(everything)
    if n == 0 or len(set(everything)) < 2:
        return None
    observed = sum(
        sum(one != other for one, other in itertools.permutations(values, 2)) / (len(values) - 1)
        for values in rated
    )
    expected = sum(one != other for one, other in itertools.permutations(everything, 2)) / (n - 1)
    return 1 - observed / expected


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12))
def test_alpha_is_that_of_its_definition(items):
    found, wanted = krippendorff_alpha(items), by_definition(items)
    assert (found is None) == (wanted is None)
    assert found is None or found == pytest.approx(wanted)


def review(place, name, *, is_on, was_on=True, moment="1"):
    subject = Subject(ReviewTarget.TAG, "d" * 64, f"art_{place}", "privacy", "0" * 64)
    before = json.dumps({"is_on": was_on, "probability": 0.7})
    return Review(subject, Verdict.CHANGE, before, json.dumps({"is_on": is_on}), "x", "m", name, moment)


def test_people_are_compared_with_each_other_and_with_the_machine():
    opinions = {}
    for place, (ann, ben) in enumerate([(True, True), (True, False), (False, False), (False, None)]):
        said = {"ann": review(place, "ann", is_on=ann)}
        if ben is not None:
            said["ben"] = review(place, "ben", is_on=ben, was_on=ann, moment="2")
        opinions[said["ann"].subject.key] = said
    table = {(one.first, one.second): one for one in agreement_table(opinions)}
    assert set(table) == {("", ""), ("ann", "ben"), ("ann", MACHINE), ("ben", MACHINE)}
    both = table["ann", "ben"]
    assert (both.n_items, both.observed) == (3, pytest.approx(2 / 3))
    assert both.kappa == pytest.approx(float(cohen_kappa_score([1, 1, 0], [1, 0, 0])))
    assert both.alpha == table["", ""].alpha
    # The machine said on each time: what the first reviewer saw, not what the second did.
    assert (table["ann", MACHINE].n_items, table["ann", MACHINE].observed) == (4, 0.5)
    assert table["ben", MACHINE].observed == pytest.approx(1 / 3)


def test_one_reviewer_alone_is_compared_with_the_machine_only():
    only = review(1, "ann", is_on=True)
    (row,) = agreement_table({only.subject.key: {"ann": only}})
    assert (row.second, row.n_items, row.observed, row.kappa) == (MACHINE, 1, 1.0, None)
    assert agreement_table({}) == ()
