"""A set of documents: matrix, fragmentation, cluster order, common core."""

from __future__ import annotations

import itertools
import math

import pytest
from diverge_pairs import match, unit

from fragcheck.diverge import corpus_summary
from fragcheck.errors import ComparisonError
from fragcheck.records import Divergence, Interoperability, PairResult, Relation, Status

NONE = Interoperability(None, None, None)


def result(left, right, value, matches=(), *, low=None, high=None):
    status = Status.BOTH_SILENT if value is None else Status.OK
    low = value if low is None else low
    high = value if high is None else high
    divergence = Divergence("overall", value, low, high, status, 3, 3)
    return PairResult(left, right, divergence, (), NONE, NONE, tuple(matches), ())


def pairs_of(values):
    return [result(left, right, value) for (left, right), value in values.items()]


BLOCS = {
    ("a", "b"): 0.1,
    ("a", "c"): 0.9,
    ("a", "d"): 0.8,
    ("b", "c"): 0.85,
    ("b", "d"): 0.8,
    ("c", "d"): 0.2,
}


def test_matrix_and_fragmentation():
    (overall,) = corpus_summary(pairs_of(BLOCS), "abcd").principles
    assert overall.matrix[0] == (0.0, 0.1, 0.9, 0.8)
    assert overall.matrix[3] == (0.8, 0.8, 0.2, 0.0)
    assert math.isclose(overall.fragmentation, sum(BLOCS.values()) / 6)
    assert overall.n_pairs == 6


def test_the_interval_of_the_mean_takes_errors_to_go_together():
    pairs = [result("a", "b", 0.4, low=0.3, high=0.5), result("b", "c", 0.6, low=0.4, high=0.9)]
    (overall,) = corpus_summary(pairs, "abc").principles
    assert math.isclose(overall.low, 0.35)
    assert math.isclose(overall.high, 0.7)


def test_alike_documents_stand_together_whatever_the_order_of_the_arguments():
    for ids in itertools.permutations("abcd"):
        order = corpus_summary(pairs_of(BLOCS), ids).principles[0].order
        assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset("ab"), frozenset("cd")}


def test_a_silent_pair_has_no_value_and_enters_no_mean():
    values = {**BLOCS, ("a", "d"): None}
    (overall,) = corpus_summary(pairs_of(values), "abcd").principles
    assert overall.matrix[0][3] is None
    assert overall.n_pairs == 5
    assert sorted(overall.order) == list("abcd")


def test_all_silent():
    (overall,) = corpus_summary(pairs_of(dict.fromkeys(BLOCS)), "abcd").principles
    assert overall.fragmentation is None
    assert sorted(overall.order) == list("abcd")


def test_the_common_core_has_a_counterpart_everywhere():
    a, b, c = (tuple(unit(f"{d}{i}") for i in range(3)) for d in "abc")
    pairs = [
        result("a", "b", 0.5, (match(a[0], b[0]), match(a[1], b[1]))),
        result("c", "a", 0.5, (match(c[0], a[0]), match(c[2], a[1], relation=Relation.CONTRARY))),
        result("b", "c", 0.5, (match(b[0], c[0]),)),
    ]
    summary = corpus_summary(pairs, ("a", "b", "c"))
    assert summary.common_core == (("a", 1), ("b", 1), ("c", 1))
    assert summary.n_common_core == 1


def test_no_pairs():
    summary = corpus_summary((), ("a",))
    assert (summary.principles, summary.n_common_core) == ((), 0)


def test_strange_documents_are_refused():
    with pytest.raises(ComparisonError, match="not of these documents"):
        corpus_summary(pairs_of(BLOCS), "abc")
    with pytest.raises(ComparisonError, match="repeats"):
        corpus_summary(pairs_of(BLOCS), "abcda")
