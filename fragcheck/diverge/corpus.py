"""A set of documents as a whole: matrix, fragmentation, blocs, common core."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from fragcheck.errors import ComparisonError
from fragcheck.records import CorpusSummary, Divergence, PairResult, PrincipleSummary, Relation

__all__ = ["corpus_summary"]

_PairTable = Mapping[frozenset[str], Divergence]


def corpus_summary(pairs: Sequence[PairResult], document_ids: Sequence[str]) -> CorpusSummary:
    """Summarise all pairs of a set of documents.

    The fragmentation index of a principle is the mean D of the pairs that have one. Its
    interval runs from the mean of the lower to the mean of the upper ends: pairs share
    documents, so their errors are taken to go together, which is the cautious choice.

    Parameters
    ----------
    pairs : sequence of PairResult
        In any order; a pair may stand either way round.
    document_ids : sequence of str

    Returns
    -------
    CorpusSummary

    Raises
    ------
    ComparisonError
        Where ids repeat, or a pair names a document that is not among them.
    """
    ids = tuple(document_ids)
    if len(set(ids)) < len(ids):
        raise ComparisonError("each document once is wanted, an id repeats: number repeated documents")
    for pair in pairs:
        if pair.left not in ids or pair.right not in ids:
            raise ComparisonError(f"the pair {pair.left} - {pair.right} is not of these documents")
    names = dict.fromkeys(divergence.principle for pair in pairs for divergence in _divergences(pair))
    core = tuple((document_id, _core_size(document_id, pairs, ids)) for document_id in ids)
    return CorpusSummary(
        document_ids=ids,
        principles=tuple(_principle(name, pairs, ids) for name in names),
        common_core=core,
        n_common_core=min((size for _, size in core), default=0),
    )


def _divergences(pair: PairResult) -> tuple[Divergence, ...]:
    return (pair.overall, *pair.principles)


def _principle(name: str, pairs: Sequence[PairResult], ids: tuple[str, ...]) -> PrincipleSummary:
    table = {
        frozenset((pair.left, pair.right)): divergence
        for pair in pairs
        for divergence in _divergences(pair)
        if divergence.principle == name
    }
    matrix = tuple(tuple(_value(row, column, table) for column in ids) for row in ids)
    known = [divergence for divergence in table.values() if divergence.value is not None]
    return PrincipleSummary(
        principle=name,
        matrix=matrix,
        order=_cluster_order(ids, table),
        fragmentation=_mean([divergence.value for divergence in known]),
        low=_mean([divergence.low for divergence in known]),
        high=_mean([divergence.high for divergence in known]),
        n_pairs=len(known),
    )


def _value(row: str, column: str, table: _PairTable) -> float | None:
    if row == column:
        return 0.0
    divergence = table.get(frozenset((row, column)))
    return divergence.value if divergence else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def _cluster_order(ids: tuple[str, ...], table: _PairTable) -> tuple[str, ...]:
    """Leaves of an average-linkage tree (UPGMA) with optimal leaf order.

    Bar-Joseph, Gifford & Jaakkola, Bioinformatics 17 (2001). Documents are sorted first, so that
    the order of the arguments moves nothing but which end comes first. A pair without a value
    stands at the mean of the others.
    """
    if len(ids) < 3:
        return ids
    ordered = sorted(ids)
    mean = _mean([divergence.value for divergence in table.values()])
    fill = 1.0 if mean is None else mean
    values = [[_value(row, column, table) for column in ordered] for row in ordered]
    distances = np.array([[fill if value is None else value for value in row] for row in values])
    tree = linkage(squareform(distances, checks=False), method="average", optimal_ordering=True)
    leaves = [ordered[leaf] for leaf in leaves_list(tree).tolist()]
    return tuple(leaves if ids.index(leaves[0]) <= ids.index(leaves[-1]) else leaves[::-1])


def _core_size(document_id: str, pairs: Sequence[PairResult], ids: tuple[str, ...]) -> int:
    """Units of the document that have a counterpart in each of the others, contrary ones apart."""
    covered: dict[str, set[str]] = {other: set() for other in ids if other != document_id}
    for pair in pairs:
        for match in pair.matches:
            if match.relation is Relation.CONTRARY:
                continue
            if pair.left == document_id and pair.right in covered:
                covered[pair.right].add(match.left_key)
            elif pair.right == document_id and pair.left in covered:
                covered[pair.left].add(match.right_key)
    return len(set.intersection(*covered.values())) if covered else 0
