"""Quantities as intervals of what satisfies them, and what satisfies several at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fragcheck.align.quantities import base_quantity
from fragcheck.records import Parameter, ParameterKind, Stricter

__all__ = ["Interval", "intersection", "interval_of"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed interval in the base unit of a family of units.

    ``low > high`` is the empty interval: nothing satisfies it.
    """

    family: str
    low: float
    high: float

    @property
    def is_empty(self) -> bool:
        """True where nothing lies in it."""
        return self.low > self.high * (1 + 1e-9) if self.high > 0 else self.low > self.high


def interval_of(parameter: Parameter) -> Interval | None:
    """What satisfies a quantity: a deadline of 15 days is met by any time up to 15 days.

    Where the lower value is stricter, everything up to the quantity; where the higher one is,
    everything from it on; else as its comparator says. None for a date, and where neither
    direction nor comparator tells (``=`` with an unknown direction).
    """
    if parameter.kind is ParameterKind.DATE:
        return None
    family, value = base_quantity(parameter)
    if parameter.stricter is Stricter.LOWER:
        return Interval(family, 0.0, value)
    if parameter.stricter is Stricter.HIGHER:
        return Interval(family, value, math.inf)
    if parameter.comparator in ("<", "<="):
        return Interval(family, 0.0, value)
    if parameter.comparator in (">", ">="):
        return Interval(family, value, math.inf)
    return None


def intersection(intervals: Sequence[Interval]) -> Interval:
    """What satisfies all of at least one interval of one family."""
    return Interval(
        intervals[0].family,
        max(interval.low for interval in intervals),
        min(interval.high for interval in intervals),
    )
