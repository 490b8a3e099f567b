"""D = sum(u_r d_r) / sum(u_r) and its components, for one reading of a pair or many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from fragcheck.diverge.elements import BoolArray, FloatArray, IntArray, PairArrays

__all__ = ["Elements", "Masses", "form_elements", "measure"]


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of U in each of k readings of a pair (k = 1: the value; more: the draws).

    Parameters
    ----------
    readings : int
        k.
    label : (k, n) int
        Element of each unit (left units first), numbered through over all readings.
    reading_of : (e,) int
        Reading of each element.
    counts : (2, e) float
        Units of each side in an element.
    match_of : (e,) int
        Match of smallest distance of a matched element, as an index into ``readings x matches``;
        -1 for an unmatched one.
    """

    readings: int
    label: IntArray
    reading_of: IntArray
    counts: FloatArray
    match_of: IntArray


@dataclass(frozen=True, slots=True)
class Masses:
    """Sums over the elements of each reading: (k,) each, and (k, 4) and (k, 2) by component."""

    total: FloatArray
    shared: FloatArray
    left_only: FloatArray
    right_only: FloatArray
    differing: FloatArray
    signed: FloatArray
    applying: FloatArray
    left_weight: FloatArray
    right_weight: FloatArray
    left_matched: FloatArray
    right_matched: FloatArray


def form_elements(arrays: PairArrays, is_on: BoolArray, size: FloatArray) -> Elements:
    """Join units to elements: what matches connect is one element, the rest are elements of one.

    Parameters
    ----------
    arrays : PairArrays
    is_on : (k, m) bool
        Which matches hold in each reading.
    size : (k, m) float
        d_r of each match in each reading. Within an element the closest counterpart counts:
        so no further counterpart raises D, and none that goes lowers it.
    """
    readings, n_left, n_right = len(is_on), len(arrays.left), len(arrays.right)
    n = n_left + n_right
    reading, match = is_on.nonzero()
    offset = reading * n
    graph = coo_array(
        (
            np.ones(len(reading), dtype=np.int8),
            (offset + arrays.rows[match], offset + n_left + arrays.columns[match]),
        ),
        shape=(readings * n, readings * n),
    )
    count, flat = connected_components(graph, directed=False)
    label = flat.astype(np.int64).reshape(readings, n)
    reading_of = np.zeros(count, dtype=np.int64)
    reading_of[flat] = np.repeat(np.arange(readings), n)
    counts = np.stack(
        [
            np.bincount(label[:, :n_left].ravel(), minlength=count),
            np.bincount(label[:, n_left:].ravel(), minlength=count),
        ]
    ).astype(np.float64)
    element = label[reading, arrays.rows[match]]
    return Elements(readings, label, reading_of, counts, _closest(element, reading, match, size, count))


def _closest(element: IntArray, reading: IntArray, match: IntArray, size: FloatArray, count: int) -> IntArray:
    """The match of smallest distance of each element; the first in canonical order among equals."""
    closest = np.full(count, -1, dtype=np.int64)
    order = np.lexsort((match, size[reading, match], element))[::-1]
    closest[element[order]] = reading[order] * size.shape[1] + match[order]
    return closest


def measure(arrays: PairArrays, elements: Elements, weights: FloatArray, distances: FloatArray) -> Masses:
    """Masses of one principle in every reading.

    The weight of an element is the mean of its two sides, each side the mean of its units:
    a tag that the reader missed on one side of a match halves its weight and does not remove
    it, so that noise of the tags neither favours nor punishes agreement. An unmatched unit
    has its own weight.

    Parameters
    ----------
    weights : (k, n) float
        u of each unit, left units first.
    distances : (k, m, 4) float
        Weighted distances by component.
    """
    n_left, count, k = len(arrays.left), len(elements.match_of), elements.readings
    sides = np.stack(
        [
            np.bincount(elements.label[:, :n_left].ravel(), weights[:, :n_left].ravel(), count),
            np.bincount(elements.label[:, n_left:].ravel(), weights[:, n_left:].ravel(), count),
        ]
    )
    means = sides / np.maximum(elements.counts, 1.0)
    is_matched = elements.match_of >= 0
    u = np.where(is_matched, means.sum(axis=0) / 2, means.sum(axis=0))
    matched = np.flatnonzero(is_matched)
    of_match, of_reading, mass = elements.match_of[matched], elements.reading_of[matched], u[matched]
    m = max(len(arrays.rows), 1)
    flat = distances.reshape(-1, distances.shape[-1])[of_match]

    def summed(values: FloatArray, readings: IntArray = elements.reading_of) -> FloatArray:
        return np.bincount(readings, values, k).astype(np.float64)

    def by_column(table: FloatArray) -> FloatArray:
        columns = [summed(mass * table[:, c], of_reading) for c in range(table.shape[1])]
        return np.stack(columns, axis=1)

    shared = summed(u * is_matched)
    left_only = summed(u * ((elements.counts[0] > 0) & ~is_matched))
    right_only = summed(u * ((elements.counts[1] > 0) & ~is_matched))
    return Masses(
        # The sum of its parts, so that a share of it never leaves [0, 1] by a rounding.
        total=shared + (left_only + right_only),
        shared=shared,
        left_only=left_only,
        right_only=right_only,
        differing=by_column(flat),
        signed=by_column(arrays.signed[of_match % m]),
        applying=by_column(arrays.applies[of_match % m].astype(np.float64)),
        left_weight=summed(sides[0]),
        right_weight=summed(sides[1]),
        left_matched=summed(sides[0] * is_matched),
        right_matched=summed(sides[1] * is_matched),
    )
