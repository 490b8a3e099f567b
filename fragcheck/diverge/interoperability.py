"""Whether whoever complies with one law thereby complies with the other."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.records import Interoperability, Match, Side, Unit

__all__ = ["interoperability"]

#: A party or an act this far apart is another one; a partial unknown is not.
_OTHER = 0.5
_TOLERANCE = 1e-9


def interoperability(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    matches: Sequence[Match],
    settings: DivergenceSettings | None = None,
    *,
    seed: int = 0,
) -> tuple[Interoperability, Interoperability]:
    """S(A→B): share of B's demands that whoever complies with A has met.

    A demand is met by a counterpart of the same polarity, for the same party and the same
    act, that is at least as strict in force and in every quantity. Demands weigh by their
    force; permissions and definitions demand nothing.

    Parameters
    ----------
    left_units, right_units : sequence of Unit
    matches : sequence of Match
    settings : DivergenceSettings, optional
    seed : int

    Returns
    -------
    left_satisfies_right, right_satisfies_left : Interoperability
        `value` is None where the side to be satisfied demands nothing. `residual` holds the
        keys of the demands that are not met, in their order. The interval draws the matches
        with their probabilities.
    """
    settings = settings or DivergenceSettings.default()
    return (
        _satisfied(right_units, matches, Side.RIGHT, settings, seed),
        _satisfied(left_units, matches, Side.LEFT, settings, seed),
    )


def _satisfied(
    units: Sequence[Unit], matches: Sequence[Match], side: Side, settings: DivergenceSettings, seed: int
) -> Interoperability:
    demands = [(unit, _weight(unit, settings)) for unit in units]
    demands = [(unit, weight) for unit, weight in demands if weight > 0]
    if not demands:
        return Interoperability(None, None, None)
    serving: dict[str, list[float]] = defaultdict(list)
    for match in matches:
        if _meets(match, side):
            serving[match.right_key if side is Side.RIGHT else match.left_key].append(match.probability)
    weights = np.array([weight for _, weight in demands])
    threshold = settings.match_threshold
    is_met = np.array([any(p >= threshold for p in serving.get(unit.key, ())) for unit, _ in demands])
    value = float(weights[is_met].sum() / weights.sum())
    low, high = _interval([unit for unit, _ in demands], weights, serving, settings, seed)
    residual = tuple(unit.key for (unit, _), met in zip(demands, is_met, strict=True) if not met)
    return Interoperability(value, min(low, value), max(high, value), residual)


def _weight(unit: Unit, settings: DivergenceSettings) -> float:
    if unit.requirement is None:
        return 0.0
    weight: float = getattr(settings.force_weights, unit.requirement.modality.value)
    return weight


def _meets(match: Match, side: Side) -> bool:
    """Whether meeting the other unit of the match meets the one on `side`."""
    differences = match.differences
    stricter = 1.0 if side is Side.RIGHT else -1.0  # signs are positive where the left is stricter
    if differences.polarity > 0 or differences.definition is not None:
        return False
    if any((distance or 0.0) >= _OTHER for distance in (differences.actor, differences.action)):
        return False
    if stricter * differences.stringency_signed < -_TOLERANCE:
        return False
    return all(
        pair.distance <= _TOLERANCE or stricter * pair.signed > 0 for pair in differences.parameter_pairs
    )


def _interval(
    demands: Sequence[Unit],
    weights: np.ndarray[tuple[int], np.dtype[np.float64]],
    serving: dict[str, list[float]],
    settings: DivergenceSettings,
    seed: int,
) -> tuple[float, float]:
    if not settings.draws:
        return 1.0, 0.0
    # Sorted, so that neither the order of the provisions nor the side moves a draw.
    order = sorted(range(len(demands)), key=lambda i: (demands[i].text_unit.text, demands[i].key))
    lacking = np.array([np.prod([1 - p for p in serving.get(demands[i].key, ())]) for i in order])
    text = "\n".join(demands[i].text_unit.text for i in order)
    rng = np.random.default_rng([seed, zlib.crc32(text.encode())])
    is_met = rng.random((settings.draws, len(order))) >= lacking[None, :]
    ordered = weights[order]
    shares = is_met @ ordered / ordered.sum()
    low, high = np.quantile(shares, [(1 - settings.level) / 2, (1 + settings.level) / 2])
    return float(low), float(high)
