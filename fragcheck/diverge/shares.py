"""What each element of U adds to a divergence: the parts that sum to D exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from fragcheck.diverge.elements import COMPONENTS, BoolArray, FloatArray, PairArrays, pair_arrays
from fragcheck.diverge.measure import Reading, expected_reading
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import unit_weights
from fragcheck.records import Components, Match, Share, Unit

__all__ = ["UnitMasses", "divergence_shares", "shares_and_total", "unit_masses"]

#: Columns of `UnitMasses.parts`.
PARTS = ("coverage", *COMPONENTS)


@dataclass(frozen=True, slots=True)
class UnitMasses:
    """The masses of the elements, shared out among their units (left units first).

    Parameters
    ----------
    mass : (n,) float
        Share of each unit in u_r; the sum is Σ u_r.
    parts : (n, 5) float
        Share in u_r d_r by component: coverage, content, stringency, parameters, definitions.
    """

    mass: FloatArray
    parts: FloatArray


def unit_masses(arrays: PairArrays, reading: Reading, weights: FloatArray) -> UnitMasses:
    """Share out the masses of one reading among the units.

    A unit bears its weight where it has no counterpart, and half of it where it has one.
    Everything is linear in `weights`, which is what makes a bootstrap over articles cheap.

    Parameters
    ----------
    reading : Reading
        A single one.
    weights : (n,) float
        u of each unit, left units first.
    """
    n_left, n = len(arrays.left), len(weights)
    lacking = reading.open[0]
    parts = np.zeros((n, len(PARTS)))
    parts[:, 0] = lacking
    for units, chosen in ((arrays.rows, reading.left[0]), (arrays.columns + n_left, reading.right[0])):
        np.add.at(parts[:, 1:], units, chosen[:, None] / 2 * arrays.distances)
    return UnitMasses(weights * (1 + lacking) / 2, weights[:, None] * parts)


def divergence_shares(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    matches: Sequence[Match],
    settings: DivergenceSettings | None = None,
    *,
    principle: str = "overall",
) -> tuple[Share, ...]:
    """Return what each element of U adds to the divergence of a pair.

    Parameters
    ----------
    left_units, right_units : sequence of Unit
    matches : sequence of Match
        As for `diverge`.
    settings : DivergenceSettings, optional
    principle : str

    Returns
    -------
    tuple of Share
        By falling value, then by the keys: one for each match, of the weight that its two units bear
        in it, and one for each unit, of the weight with which it has no counterpart. They sum to D.
        Empty where both sides are silent. Where one side is silent on the principle, every unit is
        without a counterpart.

    Raises
    ------
    ComparisonError
        Where a match names a unit that its side does not have.
    """
    return shares_and_total(left_units, right_units, matches, settings, principle=principle)[0]


def shares_and_total(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    matches: Sequence[Match],
    settings: DivergenceSettings | None = None,
    *,
    principle: str = "overall",
) -> tuple[tuple[Share, ...], float]:
    """Return `divergence_shares`, and Σ u, which they are shares of."""
    settings = settings or DivergenceSettings.default()
    arrays = pair_arrays(left_units, right_units, matches, settings)
    weights = unit_weights((*arrays.left, *arrays.right), principle, settings)
    n_left = len(arrays.left)
    if not weights[:n_left].sum() or not weights[n_left:].sum():
        arrays = pair_arrays(left_units, right_units, (), settings)
    found = (*_open_shares(arrays, weights), *_match_shares(arrays, weights))
    total = math.fsum(share.weight for share in found)
    if not total:
        return (), 0.0
    scaled = (_scaled(share, total) for share in found)
    ordered = sorted(scaled, key=lambda share: (-share.value, -share.weight, share.left, share.right))
    return tuple(ordered), total


def _open_shares(arrays: PairArrays, weights: FloatArray) -> Iterator[Share]:
    """Units without counterpart, with the weight that is left to them; not yet divided by Σ u."""
    lacking = (weights * expected_reading(arrays).open[0]).tolist()
    for at, (unit, weight) in enumerate(zip((*arrays.left, *arrays.right), lacking, strict=True)):
        if weight > 0:
            is_left = (at < len(arrays.left)) != arrays.is_flipped
            left, right = ((unit.key,), ()) if is_left else ((), (unit.key,))
            yield Share(left, right, weight, weight, Components(coverage=weight))


def _match_shares(arrays: PairArrays, weights: FloatArray) -> Iterator[Share]:
    """Matches with the weight that their units bear in them; not yet divided by Σ u."""
    reading, n_left = expected_reading(arrays), len(arrays.left)
    mass = weights[arrays.rows] * reading.left[0] + weights[n_left + arrays.columns] * reading.right[0]
    sign = -1.0 if arrays.is_flipped else 1.0
    for k, weight in enumerate((mass / 2).tolist()):
        if weight <= 0:
            continue
        first, second = arrays.left[arrays.rows[k]].key, arrays.right[arrays.columns[k]].key
        keys = (second, first) if arrays.is_flipped else (first, second)
        parts, signed = weight * arrays.distances[k], weight * sign * arrays.signed[k] + 0.0
        components = _components(parts, signed, arrays.applies[k])
        yield Share((keys[0],), (keys[1],), weight, min(weight, float(parts.sum())), components)


def _scaled(share: Share, total: float) -> Share:
    parts = {
        field.name: None if value is None else value / total
        for field in fields(share.components)
        for value in (getattr(share.components, field.name),)
    }
    return Share(share.left, share.right, share.weight / total, share.value / total, Components(**parts))


def _components(parts: FloatArray, signed: FloatArray, applies: BoolArray) -> Components:
    content, stringency, parameters, definitions = (
        float(part) if does else None for part, does in zip(parts, applies, strict=True)
    )
    return Components(
        coverage=0.0,
        content=content,
        stringency=float(signed[0]) if applies[1] else None,
        parameters=float(signed[1]) if applies[2] else None,
        definitions=definitions,
        stringency_abs=stringency,
        parameters_abs=parameters,
    )
