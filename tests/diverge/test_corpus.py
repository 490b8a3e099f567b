"""A set of documents: matrix, fragmentation, cluster order, common core."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest
from diverge_pairs import match, unit
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fragcheck.diverge import (
    DivergenceSettings,
    binding_force,
    concentration,
    corpus_summary,
    coverage_profile,
    measure_pair,
    pairs_of_one_force,
)
from fragcheck.errors import ComparisonError
from fragcheck.records import (
    Divergence,
    Force,
    Interoperability,
    Modality,
    PairResult,
    Relation,
    Status,
)

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
    units = {"a": a, "b": b, "c": c}
    pairs = [
        dataclasses.replace(pair, left_units=units[pair.left], right_units=units[pair.right])
        for pair in pairs
    ]
    summary = corpus_summary(pairs, ("a", "b", "c"))
    assert dict(summary.core_keys)["a"] == ("a0#0",)
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


# --- blocs ------------------------------------------------------------------------------------


def small_corpus(shared, size=12, modality=None):
    """Documents of `size` articles; `shared` gives the articles that each pair has in common."""
    names = sorted({name for pair in shared for name in pair})
    kinds = dict.fromkeys(names, Modality.OBLIGATION) | (modality or {})
    units = {
        name: tuple(unit(f"{name}_{i}", f"rule {i} of {name}", modality=kinds[name]) for i in range(size))
        for name in names
    }
    settings = dataclasses.replace(DivergenceSettings.default(), draws=40)
    pairs = [
        measure_pair(
            (x, y),
            (units[x], units[y]),
            (tuple(match(units[x][i], units[y][i]) for i in range(count)), ()),
            (),
            settings,
        )
        for (x, y), count in shared.items()
    ]
    return pairs, names, settings


TWO_BLOCS = {
    ("a", "b"): 10,
    ("a", "c"): 1,
    ("a", "d"): 1,
    ("b", "c"): 1,
    ("b", "d"): 1,
    ("c", "d"): 9,
}


def test_blocs_of_a_corpus_with_two():
    pairs, names, settings = small_corpus(TWO_BLOCS)
    overall = corpus_summary(pairs, names, settings).principles[0]
    assert [bloc.documents for bloc in overall.blocs] == [("a", "b"), ("c", "d")]
    assert all(bloc.stability > 0.9 for bloc in overall.blocs)
    assert all(bloc.silhouette > 0.5 for bloc in overall.blocs)


def test_silhouette_equals_that_of_scikit_learn():
    from sklearn.metrics import silhouette_score

    from fragcheck.diverge.blocs import blocs, distance_matrix

    table = {frozenset(pair): value for pair, value in BLOCS.items()}
    found = blocs("abcd", table, {})
    labels = [next(i for i, bloc in enumerate(found) if name in bloc.documents) for name in "abcd"]
    oracle = silhouette_score(distance_matrix("abcd", table), labels, metric="precomputed")
    assert math.isclose(found[0].silhouette, oracle)
    assert found[0].stability is None


def test_documents_that_are_all_equally_far_form_no_blocs():
    pairs, names, settings = small_corpus(dict.fromkeys(TWO_BLOCS, 3))
    assert corpus_summary(pairs, names, settings).principles[0].blocs == ()


@given(st.permutations("abcd"))
@hypothesis_settings(max_examples=8)
def test_blocs_do_not_hang_on_the_order_of_the_documents(ids):
    pairs, _, settings = small_corpus(TWO_BLOCS)
    found = corpus_summary(pairs, ids, settings).principles[0].blocs
    assert {frozenset(bloc.documents) for bloc in found} == {frozenset("ab"), frozenset("cd")}
    assert {frozenset(bloc.documents): bloc.stability for bloc in found} == {
        frozenset(bloc.documents): bloc.stability
        for bloc in corpus_summary(pairs, "abcd", settings).principles[0].blocs
    }


def test_law_and_guidance_are_not_mixed():
    pairs, names, settings = small_corpus(TWO_BLOCS, modality={"d": Modality.OUTCOME})
    summary = corpus_summary(pairs, names, settings)
    overall = summary.principles[0]
    assert dict(summary.forces)["d"] is Force.NON_BINDING
    laws = [pair.overall.value for pair in pairs if "d" not in (pair.left, pair.right)]
    everything = [pair.overall.value for pair in pairs]
    assert math.isclose(overall.fragmentation, sum(laws) / 3)
    assert (overall.n_pairs, overall.n_pairs_all) == (3, 6)
    assert math.isclose(overall.fragmentation_all, sum(everything) / 6)
    assert overall.sampling_low <= overall.fragmentation <= overall.sampling_high


def test_one_instrument_in_two_languages_is_no_pair_of_the_index():
    pairs, names, settings = small_corpus(TWO_BLOCS)
    marked = (dataclasses.replace(pairs[0], is_one_work=True), *pairs[1:])
    overall = corpus_summary(marked, names, settings).principles[0]
    others = [pair.overall.value for pair in marked[1:]]
    assert math.isclose(overall.fragmentation, sum(others) / 5)
    assert (overall.n_pairs, overall.n_pairs_all) == (5, 6)
    assert overall.sampling_low <= overall.fragmentation <= overall.sampling_high
    forces = dict(corpus_summary(pairs, names, settings).forces)
    assert pairs_of_one_force(marked, forces) == marked[1:]


@pytest.mark.parametrize(
    ("modalities", "force"),
    [
        ((Modality.OBLIGATION, Modality.RECOMMENDATION), Force.BINDING),
        ((Modality.PROHIBITION, Modality.PERMISSION), Force.BINDING),
        ((Modality.OUTCOME, Modality.RECOMMENDATION, Modality.OBLIGATION), Force.NON_BINDING),
        ((Modality.PERMISSION,), Force.UNKNOWN),
        ((), Force.UNKNOWN),
    ],
)
def test_the_force_of_a_document(modalities, force):
    assert binding_force([unit(f"u{i}", modality=one) for i, one in enumerate(modalities)]) is force


def test_one_reference_for_all():
    pairs, names, settings = small_corpus({("a", "b"): 4, ("c", "a"): 9, ("a", "d"): 2})
    summary = corpus_summary(pairs, names, settings)
    assert summary.reference == "a"
    assert [rank.document_id for rank in summary.reference_ranks] == ["c", "b", "d"]
    closest = summary.reference_ranks[0]
    assert (closest.value, closest.satisfies_reference) == (pairs[1].overall.value, 9 / 12)
    assert summary.common_core == (("a", 2),)
    assert summary.n_common_core == 2
    assert summary.principles[0].blocs == ()


# --- coverage and concentration ---------------------------------------------------------------


def test_coverage_profile_counts_requirements():
    units = (
        unit("a", weights={"safety": 0.8, "privacy": 0.0}),
        unit("b", weights={"safety": 0.6, "privacy": 0.0}),
        unit("c", weights={"safety": 0.0, "privacy": 0.0}),
    )
    safety, privacy = coverage_profile("x", units, ("safety", "privacy"))
    assert (safety.n_requirements, safety.n_all) == (2, 3)
    assert math.isclose(safety.share, 2 / 3)
    assert math.isclose(safety.weighted_share, 1.4 / 3)
    assert (privacy.n_requirements, privacy.share) == (0, 0.0)
    assert coverage_profile("x", (), ("safety",))[0].share == 0.0


@given(st.lists(st.integers(0, 8), min_size=1, max_size=5))
def test_concentration_is_the_herfindahl_index_of_who_regulates(sizes):
    units = {f"d{i}": tuple(unit(f"d{i}_{j}") for j in range(size)) for i, size in enumerate(sizes)}
    overall, safety = concentration(units, ("safety",))
    total = sum(sizes)
    if not total:
        assert (overall.hhi, overall.one_minus_hhi) == (None, None)
        return
    oracle = sum((size / total) ** 2 for size in sizes)
    assert math.isclose(overall.hhi, oracle)
    assert math.isclose(safety.one_minus_hhi, 1 - oracle, abs_tol=1e-12)
