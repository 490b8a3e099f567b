"""D = sum(u_r d_r) / sum(u_r) and its components, for one reading of a pair or many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fragcheck.diverge.elements import FloatArray, IntArray, PairArrays

__all__ = ["Masses", "Reading", "expected_reading", "measure", "read_pair"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Which counterpart each unit is held against, in each of k readings of a pair.

    Parameters
    ----------
    left, right : (k, m) float
        Probability that the match is the closest counterpart that its left (right) unit has.
    open : (k, n) float
        Probability that a unit has no counterpart (left units first). For each unit, the
        probabilities of its matches and this one add up to 1.
    """

    left: FloatArray
    right: FloatArray
    open: FloatArray


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


def read_pair(arrays: PairArrays, probability: FloatArray, size: FloatArray) -> Reading:
    """Read a pair: every unit is held against the closest of its counterparts.

    Parameters
    ----------
    arrays : PairArrays
    probability : (k, m) float
        Of each match in each reading; matches hold independently of each other. 0 and 1 make a
        reading that was drawn, everything between the expectation over all of them.
    size : (k, m) float
        d_r of each match in each reading. The closest counterpart counts: so no further one
        raises D, and none that goes lowers it.
    """
    left, open_left = _closest(arrays.rows, probability, size, len(arrays.left))
    right, open_right = _closest(arrays.columns, probability, size, len(arrays.right))
    return Reading(left, right, np.concatenate([open_left, open_right], axis=1))


def expected_reading(arrays: PairArrays) -> Reading:
    """The reading behind a value (k = 1): each match holds with its probability."""
    return read_pair(arrays, arrays.probability[None, :], arrays.distances.sum(axis=1)[None, :])


def _closest(
    unit: IntArray, probability: FloatArray, size: FloatArray, count: int
) -> tuple[FloatArray, FloatArray]:
    """Probability of each match to be the closest that holds, (k, m), and of none, (k, count).

    By rising distance, each match takes its probability's share of what the closer ones left
    over: P(closest = i) = p_i * prod over closer j of (1 - p_j).
    """
    open_ = np.ones((len(probability), count))
    chosen = np.zeros_like(probability)
    if not len(unit):
        return chosen, open_
    order = np.lexsort((size, np.broadcast_to(unit, size.shape)), axis=-1)
    ordered = np.take_along_axis(probability, order, axis=1)
    units = np.sort(unit)
    starts = np.flatnonzero(np.r_[True, units[1:] != units[:-1]])
    degrees = np.diff(np.r_[starts, len(units)])
    taken = np.zeros_like(ordered)
    for rank in range(int(degrees.max())):
        at = starts[degrees > rank] + rank
        left_over = open_[:, units[at]]
        taken[:, at] = left_over * ordered[:, at]
        open_[:, units[at]] = left_over - taken[:, at]
    np.put_along_axis(chosen, order, taken, axis=1)
    return chosen, open_


def measure(arrays: PairArrays, reading: Reading, weights: FloatArray, distances: FloatArray) -> Masses:
    """Masses of one principle in every reading.

    A unit without counterpart is an element of U with its own weight. A unit with one shares its
    element with it and bears half: so two rules that are each other's counterpart are one element,
    of the mean weight of the two, and a rule that one side splits in two is an element and a half.
    A tag that the reader missed on one side of a match halves its weight and does not remove it.

    Parameters
    ----------
    weights : (k, n) float
        u of each unit, left units first.
    distances : (k, m, 4) float
        Weighted distances by component.
    """
    n_left = len(arrays.left)
    left, right = weights[:, :n_left], weights[:, n_left:]
    mass = (left[:, arrays.rows] * reading.left + right[:, arrays.columns] * reading.right) / 2
    shared = mass.sum(axis=1)
    open_mass = weights * reading.open
    left_only, right_only = open_mass[:, :n_left].sum(axis=1), open_mass[:, n_left:].sum(axis=1)
    left_weight, right_weight = left.sum(axis=1), right.sum(axis=1)
    return Masses(
        # The sum of its parts, so that a share of it never leaves [0, 1] by a rounding.
        total=shared + (left_only + right_only),
        shared=shared,
        left_only=left_only,
        right_only=right_only,
        differing=np.einsum(
            "km,kmc->kc", mass, np.broadcast_to(distances, (*mass.shape, distances.shape[-1]))
        ),
        signed=mass @ arrays.signed,
        applying=mass @ arrays.applies.astype(np.float64),
        left_weight=left_weight,
        right_weight=right_weight,
        left_matched=left_weight - left_only,
        right_matched=right_weight - right_only,
    )
