"""Whether whoever complies with one law thereby complies with the other."""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.records import Interoperability, Match, Residual, Side, Unit

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
        `value` is the expected share: a demand is met with the probability that one of the
        counterparts that would do holds; None where the side to be satisfied demands nothing.
        `residual` holds the keys of the demands without such a counterpart from
        ``settings.match_threshold`` on, in their order, and `duties` what each lacks. The interval
        draws the matches with their probabilities.
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
    failing: dict[str, list[tuple[Match, tuple[str, ...]]]] = defaultdict(list)
    threshold = settings.match_threshold
    for match in matches:
        key = match.right_key if side is Side.RIGHT else match.left_key
        if match.probability < settings.match_floor:
            continue
        reasons = _shortfalls(match, side)
        if not reasons:
            serving[key].append(match.probability)
        elif match.probability >= threshold:
            failing[key].append((match, reasons))
    weights = np.array([weight for _, weight in demands])
    is_met = np.array([any(p >= threshold for p in serving.get(unit.key, ())) for unit, _ in demands])
    lacking = {key: math.prod(1 - p for p in chances) for key, chances in serving.items()}
    expected = np.array([1 - lacking.get(unit.key, 1.0) for unit, _ in demands])
    value = float(weights @ expected / weights.sum())
    low, high = _interval([unit for unit, _ in demands], weights, lacking, settings, seed)
    left_open = [demand for demand, met in zip(demands, is_met, strict=True) if not met]
    residual = tuple(unit.key for unit, _ in left_open)
    duties = tuple(_duty(unit, weight, failing, side) for unit, weight in left_open)
    return Interoperability(value, min(low, value), max(high, value), residual, duties, len(demands))


def _weight(unit: Unit, settings: DivergenceSettings) -> float:
    if unit.requirement is None:
        return 0.0
    weight: float = getattr(settings.force_weights, unit.requirement.modality.value)
    return weight


def _duty(
    unit: Unit,
    weight: float,
    failing: Mapping[str, Sequence[tuple[Match, tuple[str, ...]]]],
    side: Side,
) -> Residual:
    """Why a demand is left open, by the counterpart with the fewest shortfalls."""
    offers = failing.get(unit.key, ())
    if not offers:
        return Residual(unit.key, unit.eid, weight, ("no_counterpart",))
    is_right = side is Side.RIGHT
    match, reasons = min(
        offers,
        key=lambda offer: (
            len(offer[1]),
            -offer[0].probability,
            offer[0].left_key if is_right else offer[0].right_key,
        ),
    )
    key, eid = (match.left_key, match.left) if is_right else (match.right_key, match.right)
    return Residual(unit.key, unit.eid, weight, reasons, key, eid)


def _shortfalls(match: Match, side: Side) -> tuple[str, ...]:
    """Why meeting the other unit of the match does not meet the one on `side`; empty where it does."""
    differences = match.differences
    stricter = 1.0 if side is Side.RIGHT else -1.0  # signs are positive where the left is stricter
    found = {
        "contrary": differences.polarity > 0,
        "other_party": (differences.actor or 0.0) >= _OTHER,
        "other_act": (differences.action or 0.0) >= _OTHER,
        "weaker_force": stricter * differences.stringency_signed < -_TOLERANCE,
        "weaker_quantity": any(
            pair.distance > _TOLERANCE and stricter * pair.signed <= 0 for pair in differences.parameter_pairs
        ),
    }
    return tuple(name for name, holds in found.items() if holds)


def _interval(
    demands: Sequence[Unit],
    weights: np.ndarray[tuple[int], np.dtype[np.float64]],
    lacking: Mapping[str, float],
    settings: DivergenceSettings,
    seed: int,
) -> tuple[float, float]:
    if not settings.draws:
        return 1.0, 0.0
    # Sorted, so that neither the order of the provisions nor the side moves a draw.
    order = sorted(range(len(demands)), key=lambda i: (demands[i].text_unit.text, demands[i].key))
    chances = np.array([lacking.get(demands[i].key, 1.0) for i in order])
    text = "\n".join(demands[i].text_unit.text for i in order)
    rng = np.random.default_rng([seed, zlib.crc32(text.encode())])
    is_met = rng.random((settings.draws, len(order))) >= chances[None, :]
    ordered = weights[order]
    shares = is_met @ ordered / ordered.sum()
    low, high = np.quantile(shares, [(1 - settings.level) / 2, (1 + settings.level) / 2])
    return float(low), float(high)
