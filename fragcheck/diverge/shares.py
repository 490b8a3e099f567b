"""What each element of U adds to a divergence: the parts that sum to D exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fragcheck.diverge.elements import COMPONENTS, BoolArray, FloatArray, PairArrays, pair_arrays
from fragcheck.diverge.measure import Elements, form_elements
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import unit_weights
from fragcheck.records import Components, Match, Share, Unit

__all__ = ["UnitMasses", "divergence_shares", "unit_masses"]

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
    signed : (n, 2) float
        Share in the signed stringency and parameters, positive where `arrays.left` is stricter.
    """

    mass: FloatArray
    parts: FloatArray
    signed: FloatArray


def unit_masses(arrays: PairArrays, elements: Elements, weights: FloatArray) -> UnitMasses:
    """Share out the masses of one reading among the units.

    Each side of a matched element bears half of its weight, the mean of its units; so a unit
    bears ``weight / (2 x units of its side)``, and an unmatched one its own weight.
    Everything is linear in `weights`, which is what makes a bootstrap over articles cheap.

    Parameters
    ----------
    elements : Elements
        Of a single reading.
    weights : (n,) float
        u of each unit, left units first.
    """
    n_left = len(arrays.left)
    label = elements.label[0]
    side = (np.arange(len(label)) >= n_left).astype(np.int64)
    match = elements.match_of[label]
    is_matched = match >= 0
    mass = weights / np.maximum(elements.counts[side, label], 1.0) * np.where(is_matched, 0.5, 1.0)
    distances = np.zeros((len(label), len(COMPONENTS)))
    signed = np.zeros((len(label), 2))
    distances[is_matched] = arrays.distances[match[is_matched]]
    signed[is_matched] = arrays.signed[match[is_matched]]
    parts = np.concatenate([(~is_matched)[:, None].astype(np.float64), distances], axis=1)
    return UnitMasses(mass, mass[:, None] * parts, mass[:, None] * signed)


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
        By falling value, then by the keys. Empty where both sides are silent. Where one side is
        silent on the principle, every element is without a counterpart.

    Raises
    ------
    ComparisonError
        Where a match names a unit that its side does not have.
    """
    settings = settings or DivergenceSettings.default()
    arrays = pair_arrays(left_units, right_units, matches, settings)
    weights = unit_weights((*arrays.left, *arrays.right), principle, settings)
    n_left = len(arrays.left)
    is_on = arrays.probability[None, :] >= settings.match_threshold
    if not weights[:n_left].sum() or not weights[n_left:].sum():
        is_on = np.zeros_like(is_on)
    elements = form_elements(arrays, is_on, arrays.distances.sum(axis=1)[None, :])
    masses = unit_masses(arrays, elements, weights)
    if not masses.mass.sum():
        return ()
    return _shares(arrays, elements, masses)


def _shares(arrays: PairArrays, elements: Elements, masses: UnitMasses) -> tuple[Share, ...]:
    total = float(masses.mass.sum())
    n_left = len(arrays.left)
    members: dict[int, list[int]] = defaultdict(list)
    for unit, element in enumerate(elements.label[0].tolist()):
        members[element].append(unit)
    keys = [unit.key for unit in (*arrays.left, *arrays.right)]
    found = []
    for element, units in members.items():
        weight = float(masses.mass[units].sum()) / total
        if not weight:
            continue
        first = tuple(keys[unit] for unit in units if unit < n_left)
        second = tuple(keys[unit] for unit in units if unit >= n_left)
        left, right = (second, first) if arrays.is_flipped else (first, second)
        parts = masses.parts[units].sum(axis=0) / total
        signed = masses.signed[units].sum(axis=0) / total * (-1.0 if arrays.is_flipped else 1.0) + 0.0
        match = int(elements.match_of[element])
        applies = arrays.applies[match] if match >= 0 else np.zeros(len(COMPONENTS), dtype=np.bool_)
        components = _components(parts, signed, applies, is_matched=match >= 0)
        found.append(Share(left, right, weight, min(weight, float(parts.sum())), components))
    return tuple(sorted(found, key=lambda share: (-share.value, -share.weight, share.left, share.right)))


def _components(parts: FloatArray, signed: FloatArray, applies: BoolArray, *, is_matched: bool) -> Components:
    if not is_matched:
        return Components(coverage=float(parts[0]))
    content, stringency, parameters, definitions = (
        float(part) if does else None for part, does in zip(parts[1:], applies, strict=True)
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
