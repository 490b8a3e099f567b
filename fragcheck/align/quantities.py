"""Quantities of two matched requirements: pairing, distance, and who is stricter."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from fragcheck.align.field_data import FieldData, load_field_data
from fragcheck.align.wording import content_words
from fragcheck.records import Parameter, ParameterDifference, ParameterKind, Requirement, Stricter

__all__ = ["base_quantity", "compare_parameters", "compare_promptness", "quantity_distance"]

#: Kinds that are paired with each other: a period is read as one or the other by its verb.
_PAIRED_AS = {ParameterKind.RETENTION: ParameterKind.DURATION}
_UPPER = frozenset(("<", "<="))
_LOWER = frozenset((">", ">="))


def compare_parameters(
    left: Sequence[Parameter], right: Sequence[Parameter]
) -> tuple[ParameterDifference, ...]:
    """Pair the quantities of two requirements and measure each pair.

    Quantities of one kind are paired by an optimal assignment that prefers convertible
    units, near values and triggers in the same words; what remains is present on one side only.

    Parameters
    ----------
    left, right : sequence of Parameter

    Returns
    -------
    tuple of ParameterDifference
        By kind, then by value. Swapping the sides swaps the words and the signs, nothing else.
    """
    data = load_field_data()
    ordered_left, ordered_right = sorted(left, key=_order), sorted(right, key=_order)
    is_flipped = [_order(p) for p in ordered_left] > [_order(p) for p in ordered_right]
    first, second = (ordered_right, ordered_left) if is_flipped else (ordered_left, ordered_right)
    found: list[ParameterDifference] = []
    for kind in ParameterKind:
        if kind in _PAIRED_AS:
            continue
        found += _compare_kind(
            [p for p in first if _PAIRED_AS.get(p.kind, p.kind) is kind],
            [p for p in second if _PAIRED_AS.get(p.kind, p.kind) is kind],
            data,
        )
    return tuple(_flipped(difference) for difference in found) if is_flipped else tuple(found)


def quantity_distance(left: Parameter, right: Parameter, data: FieldData) -> float:
    """Distance of two quantities of one kind, in [0, 1].

    ``min(1, |ln(x / y)| / ln K)`` in the base unit of their family, with K by kind or by unit;
    dates by days over the span of their kind, at most 1.
    """
    rule = data.rules[left.kind]
    if left.kind is ParameterKind.DATE:
        distance = min(1.0, abs(left.value - right.value) / rule.days)
    else:
        (left_family, x), (right_family, y) = _base(left, data), _base(right, data)
        if left_family != right_family:
            return data.parameters["incomparable"]
        distance = _log_distance(x, y, data.ratio_by_unit.get(left_family, rule.ratio))
    if _is_opposite(left.comparator, right.comparator):
        distance = max(distance, data.parameters["opposite_comparator"])
    if _combines_otherwise(left, right):
        distance = max(distance, data.parameters["other_combination"])
    return distance


def _combines_otherwise(left: Parameter, right: Parameter) -> bool:
    """One takes the higher of its quantities, the other the lower; to take neither is no difference."""
    return bool(left.whichever and right.whichever) and left.whichever != right.whichever


def compare_promptness(left: Requirement, right: Requirement) -> tuple[ParameterDifference, ...]:
    """Compare how soon two requirements are to be met where no number says it.

    Each class of words has its place on a scale (``promptness`` in ``fields.toml``), sooner being
    stricter. Where one side says nothing, that counts at ``promptness_absent``, unless it sets a
    period in numbers, which is compared as such.

    Returns
    -------
    tuple of ParameterDifference
        None or one, of the kind ``promptness``; swapping the sides turns it.
    """
    if left.promptness == right.promptness:
        return ()
    data = load_field_data()
    for said, other in ((left, right), (right, left)):
        if not other.promptness and _has_period(other):
            return ()
        if said.promptness and said.promptness not in data.promptness:
            return ()
    places = [data.promptness.get(side.promptness, 0.0) for side in (left, right)]
    is_absent = not left.promptness or not right.promptness
    distance = data.parameters["promptness_absent"] if is_absent else abs(places[0] - places[1])
    if not distance:
        return ()
    signed = math.copysign(distance, places[0] - places[1])
    words = [side.promptness.replace("_", " ") for side in (left, right)]
    return (ParameterDifference("promptness", words[0], words[1], distance, signed),)


def _has_period(requirement: Requirement) -> bool:
    return any(parameter.kind is ParameterKind.DURATION for parameter in requirement.parameters)


def base_quantity(parameter: Parameter) -> tuple[str, float]:
    """Family of the unit and value in its base unit (time in hours); a unit of no family is its own."""
    return _base(parameter, load_field_data())


def _log_distance(x: float, y: float, ratio: float) -> float:
    if math.isclose(x, y, rel_tol=1e-9):
        return 0.0
    if x <= 0 or y <= 0:
        return 1.0
    return min(1.0, abs(math.log(x / y)) / math.log(ratio))


def _is_opposite(left: str, right: str) -> bool:
    return (left in _UPPER and right in _LOWER) or (left in _LOWER and right in _UPPER)


def _base(parameter: Parameter, data: FieldData) -> tuple[str, float]:
    """Family and value in its base unit; a unit of no family is a family of its own."""
    family, factor = data.units.get(parameter.unit, (parameter.unit, 1.0))
    return family, parameter.value * factor


def _order(parameter: Parameter) -> tuple[str, float, str, str, str]:
    _, value = _base(parameter, load_field_data())
    return parameter.kind.value, value, parameter.unit, parameter.comparator, parameter.text


def _compare_kind(
    left: Sequence[Parameter], right: Sequence[Parameter], data: FieldData
) -> list[ParameterDifference]:
    from scipy.optimize import linear_sum_assignment  # a quarter of a second of every command

    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    if left and right:
        costs = np.array([[_cost(x, y, data) for y in right] for x in left])
        rows, columns = (indices.tolist() for indices in linear_sum_assignment(costs))
    found = [_pair(left[i], right[j], data) for i, j in zip(rows, columns, strict=True)]
    found += [_lone(left[i], data, sign=1) for i in range(len(left)) if i not in rows]
    found += [_lone(right[j], data, sign=-1) for j in range(len(right)) if j not in columns]
    return found


def _cost(left: Parameter, right: Parameter, data: FieldData) -> float:
    words_left, words_right = set(content_words(left.trigger)), set(content_words(right.trigger))
    either = words_left | words_right
    fit = len(words_left & words_right) / len(either) if either else 1.0
    other_unit = _base(left, data)[0] != _base(right, data)[0]
    return quantity_distance(left, right, data) + data.parameters["trigger_fit"] * (1 - fit) + other_unit


def _pair(left: Parameter, right: Parameter, data: FieldData) -> ParameterDifference:
    distance = quantity_distance(left, right, data)
    direction = _direction(left.stricter, right.stricter)
    if left.kind is not ParameterKind.DATE and _base(left, data)[0] != _base(right, data)[0]:
        direction = 0
    higher = math.copysign(1.0, _base(left, data)[1] - _base(right, data)[1])
    same = math.isclose(_base(left, data)[1], _base(right, data)[1], rel_tol=1e-9)
    if same and _combines_otherwise(left, right):
        same, higher = False, 1.0 if left.whichever == "higher" else -1.0
    signed = 0.0 if same or not direction else distance * direction * higher
    return ParameterDifference(left.kind.value, left.text, right.text, distance, signed)


def _direction(left: Stricter, right: Stricter) -> int:
    """+1 where the higher value is stricter, -1 where the lower is, 0 where that is open."""
    known = {left, right} - {Stricter.UNKNOWN}
    if len(known) != 1:
        return 0
    return 1 if known == {Stricter.HIGHER} else -1


def _lone(parameter: Parameter, data: FieldData, *, sign: int) -> ParameterDifference:
    rule = data.rules[parameter.kind]
    left, right = (parameter.text, "") if sign > 0 else ("", parameter.text)
    signed = rule.absent * sign * rule.present_is_stricter
    return ParameterDifference(parameter.kind.value, left, right, rule.absent, signed)


def _flipped(difference: ParameterDifference) -> ParameterDifference:
    # 0.0 - x rather than -x: no negative zero reaches a result.
    return ParameterDifference(
        difference.kind, difference.right, difference.left, difference.distance, 0.0 - difference.signed
    )
