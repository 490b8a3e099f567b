"""Which documents stand together: hierarchical clustering, and how stable its blocs are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from fragcheck.diverge.elements import FloatArray
from fragcheck.records import Bloc

__all__ = ["blocs", "cluster_order", "distance_matrix"]

_FEWEST = 3


def distance_matrix(ids: Sequence[str], table: Mapping[frozenset[str], float | None]) -> FloatArray:
    """Distances of `ids`, (n, n): 0 on the diagonal, pairs without a value at the mean of the others."""
    known = [value for value in table.values() if value is not None]
    fill = math.fsum(known) / len(known) if known else 1.0
    matrix = np.zeros((len(ids), len(ids)))
    for i, row in enumerate(ids):
        for j, column in enumerate(ids):
            value = table.get(frozenset((row, column)))
            matrix[i, j] = 0.0 if i == j else fill if value is None else value
    return matrix


def cluster_order(ids: Sequence[str], table: Mapping[frozenset[str], float | None]) -> tuple[str, ...]:
    """Leaves of an average-linkage tree (UPGMA) with optimal leaf order.

    Bar-Joseph, Gifford & Jaakkola, Bioinformatics 17 (2001). Documents are sorted first, so that
    the order of the arguments moves nothing but which end comes first. A pair without a value
    stands at the mean of the others.
    """
    if len(ids) < _FEWEST:
        return tuple(ids)
    from scipy.cluster.hierarchy import leaves_list, linkage  # a quarter of a second of every command

    ordered = sorted(ids)
    tree = linkage(_condensed(distance_matrix(ordered, table)), method="average", optimal_ordering=True)
    leaves = [ordered[leaf] for leaf in leaves_list(tree).tolist()]
    return tuple(leaves if ids.index(leaves[0]) <= ids.index(leaves[-1]) else leaves[::-1])


def blocs(
    ids: Sequence[str],
    table: Mapping[frozenset[str], float | None],
    redrawn: Mapping[frozenset[str], FloatArray],
) -> tuple[Bloc, ...]:
    """Cut the average-linkage tree where the mean silhouette width is highest.

    Rousseeuw, Journal of Computational and Applied Mathematics 20 (1987). The stability of a
    bloc is the mean, over the redrawn corpora, of the Jaccard index with the most similar bloc of
    the same number of blocs (Hennig, Computational Statistics & Data Analysis 52 (2007), where
    0.75 and more counts as stable and 0.6 and less as not to be trusted).

    Parameters
    ----------
    ids : sequence of str
    table : mapping of pair to D
    redrawn : mapping of pair to (draws,) float
        D of the pair in each redrawn corpus, NaN where it has none.

    Returns
    -------
    tuple of Bloc
        The largest first, then by their first document. Empty for fewer than three documents and
        where all distances are the same.
    """
    ordered = sorted(ids)
    if len(ordered) < _FEWEST:
        return ()
    matrix = distance_matrix(ordered, table)
    count, width = _best_cut(matrix)
    if not count:
        return ()
    parts = _parts(matrix, count)
    drawn = _drawn(ordered, redrawn)
    indices = np.array([_jaccard(parts, _parts(one, count)) for one in drawn])
    stability = indices.mean(axis=0) if len(drawn) else None
    found = [
        Bloc(
            documents=tuple(name for name in ids if ordered.index(name) in part),
            stability=None if stability is None else float(stability[i]),
            silhouette=width,
        )
        for i, part in enumerate(parts)
    ]
    return tuple(sorted(found, key=lambda bloc: (-len(bloc.documents), ids.index(bloc.documents[0]))))


def _condensed(matrix: FloatArray) -> FloatArray:
    from scipy.spatial.distance import squareform

    condensed: FloatArray = squareform(matrix, checks=False)
    return condensed


def _parts(matrix: FloatArray, count: int) -> list[frozenset[int]]:
    from scipy.cluster.hierarchy import fcluster, linkage

    labels = fcluster(linkage(_condensed(matrix), method="average"), count, criterion="maxclust")
    return [frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)]


def _best_cut(matrix: FloatArray) -> tuple[int, float]:
    """Number of blocs of the highest mean silhouette width, the smallest among equals; 0 for none."""
    best, best_width = 0, -1.0
    for count in range(2, len(matrix)):
        parts = _parts(matrix, count)
        if len(parts) < 2:
            continue
        width = _silhouette(matrix, parts)
        if width > best_width + 1e-12:
            best, best_width = count, width
    return (best, best_width) if best_width > 0 else (0, 0.0)


def _silhouette(matrix: FloatArray, parts: Sequence[frozenset[int]]) -> float:
    widths = []
    for part in parts:
        for i in part:
            if len(part) == 1:
                widths.append(0.0)
                continue
            inside = math.fsum(matrix[i, j] for j in part) / (len(part) - 1)
            outside = min(
                math.fsum(matrix[i, j] for j in other) / len(other) for other in parts if other is not part
            )
            larger = max(inside, outside)
            widths.append((outside - inside) / larger if larger else 0.0)
    return math.fsum(widths) / len(widths)


def _drawn(ordered: Sequence[str], redrawn: Mapping[frozenset[str], FloatArray]) -> FloatArray:
    """The `distance_matrix` of every redrawn corpus, (draws, n, n)."""
    draws = max((len(values) for values in redrawn.values()), default=0)
    at = {name: place for place, name in enumerate(ordered)}
    matrices = np.full((draws, len(ordered), len(ordered)), np.nan)
    for pair, values in redrawn.items():
        row, column = sorted(at[name] for name in pair)
        matrices[:, row, column] = matrices[:, column, row] = values
    if redrawn:
        every = np.stack(list(redrawn.values()), axis=1)
        for matrix, values in zip(matrices, every, strict=True):
            known = values[~np.isnan(values)].tolist()
            matrix[np.isnan(matrix)] = math.fsum(known) / len(known) if known else 1.0
    matrices[:, range(len(ordered)), range(len(ordered))] = 0.0
    return matrices


def _jaccard(parts: Sequence[frozenset[int]], others: Sequence[frozenset[int]]) -> list[float]:
    return [max(len(part & other) / len(part | other) for other in others) for part in parts]
