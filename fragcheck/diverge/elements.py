"""The units and matches of a pair as arrays, in an order that neither side nor numbering moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fragcheck.diverge.settings import ContentShares, DivergenceSettings
from fragcheck.errors import ComparisonError
from fragcheck.records import Differences, Match, Relation, Unit

__all__ = ["COMPONENTS", "PairArrays", "component_weights", "content_distance", "pair_arrays"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

#: Components of a matched element, in the order of the columns of `PairArrays.distances`.
COMPONENTS = ("content", "stringency", "parameters", "definitions")


@dataclass(frozen=True, slots=True)
class PairArrays:
    """A pair in canonical order.

    Parameters
    ----------
    left, right : tuple of Unit
        Sorted by wording; `left` is the side whose wordings come first.
    is_flipped : bool
        True where `left` is the caller's right.
    rows, columns : (m,) int
        Units of each match.
    probability : (m,) float
    distances : (m, 4) float
        Weighted distance of a match by component; the sum of a row is d_r.
    raw : (m, 4) float
        The same before weighting, each in [0, 1].
    signed : (m, 2) float
        Weighted signed stringency and parameters, positive where `left` is stricter.
    applies : (m, 4) bool
        Whether the component applies to the match.
    is_certain : (m,) bool
        Matches of the same wording: nothing in them was read two ways.
    """

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    is_flipped: bool
    rows: IntArray
    columns: IntArray
    probability: FloatArray
    distances: FloatArray
    raw: FloatArray
    signed: FloatArray
    applies: BoolArray
    is_certain: BoolArray


def pair_arrays(
    left: Sequence[Unit], right: Sequence[Unit], matches: Sequence[Match], settings: DivergenceSettings
) -> PairArrays:
    """Arrange a pair for measuring; matches below ``settings.match_floor`` are left out.

    Raises
    ------
    ComparisonError
        Where a match names a unit that its side does not have.
    """
    first, second = sorted(left, key=_order), sorted(right, key=_order)
    is_flipped = [_order(unit) for unit in first] > [_order(unit) for unit in second]
    if is_flipped:
        first, second = second, first
    counted = [match for match in matches if match.probability >= settings.match_floor]
    placed = _placed(counted, first, second, is_flipped=is_flipped)
    chosen = [match for _, _, match in placed]
    sign = -1.0 if is_flipped else 1.0
    raw = _matrix([_distances(match.differences, settings) for match in chosen], 4)
    return PairArrays(
        left=tuple(first),
        right=tuple(second),
        is_flipped=is_flipped,
        rows=np.array([row for row, _, _ in placed], dtype=np.int64),
        columns=np.array([column for _, column, _ in placed], dtype=np.int64),
        probability=np.array([match.probability for match in chosen], dtype=np.float64),
        distances=raw * component_weights(settings)[None, :],
        raw=raw,
        signed=sign * _matrix([_signed(match.differences, settings) for match in chosen], 2),
        applies=_matrix([_applies(match.differences) for match in chosen], 4).astype(np.bool_),
        is_certain=np.array(
            [match.probability >= 1 and match.relation is Relation.EQUAL for match in chosen], dtype=np.bool_
        ),
    )


def content_distance(differences: Differences, shares: ContentShares) -> float:
    """Distance of content of a matched requirement, in [0, 1].

    ``1 - prod(1 - share_f * distance_f)`` over actor, action, recipient and condition: each
    difference takes its share of what is left in common, so that one party changed is not
    diluted by the fields that agree. Opposite polarity leaves nothing in common.
    """
    if differences.polarity > 0:
        return 1.0
    common = 1.0
    for name in ("actor", "action", "recipient", "condition"):
        distance: float | None = getattr(differences, name)
        common *= 1 - getattr(shares, name) * (distance or 0.0)
    return 1 - common if common < 1 else 0.0


def component_weights(settings: DivergenceSettings) -> FloatArray:
    """Weight of each of `COMPONENTS`, (4,)."""
    weights = settings.weights
    return np.array([weights.content, weights.stringency, weights.parameters, settings.definition_weight])


def _order(unit: Unit) -> tuple[str, str, tuple[tuple[str, float], ...], str]:
    text_unit = unit.text_unit
    return (
        _folded(text_unit.text),
        _folded(text_unit.context),
        unit.probabilities,
        unit.key,
    )


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    """Wording without case and spacing; a pair is put in order once for every principle."""
    return " ".join(text.split()).casefold()


def _placed(
    matches: Sequence[Match], first: Sequence[Unit], second: Sequence[Unit], *, is_flipped: bool
) -> list[tuple[int, int, Match]]:
    """Matches with the positions of their units, in canonical order."""
    first_at, second_at = ({unit.key: i for i, unit in enumerate(units)} for units in (first, second))
    placed = []
    for match in matches:
        keys = (match.right_key, match.left_key) if is_flipped else (match.left_key, match.right_key)
        if keys[0] not in first_at or keys[1] not in second_at:
            raise ComparisonError(
                f"matches between the units of the two sides are wanted, {match.left_key} - "
                f"{match.right_key} names one that is not there: match the same units"
            )
        placed.append((first_at[keys[0]], second_at[keys[1]], match))
    return sorted(placed, key=lambda entry: entry[:2])


def _matrix(rows: Sequence[Sequence[float]], width: int) -> FloatArray:
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)


def _distances(differences: Differences, settings: DivergenceSettings) -> tuple[float, ...]:
    if differences.definition is not None:
        return 0.0, 0.0, 0.0, differences.definition
    return (
        content_distance(differences, settings.content_shares),
        differences.stringency,
        differences.parameters or 0.0,
        0.0,
    )


def _signed(differences: Differences, settings: DivergenceSettings) -> tuple[float, float]:
    weights = settings.weights
    return (
        weights.stringency * differences.stringency_signed,
        weights.parameters * differences.parameters_signed,
    )


def _applies(differences: Differences) -> tuple[bool, ...]:
    is_definition = differences.definition is not None
    return not is_definition, not is_definition, differences.parameters is not None, is_definition
