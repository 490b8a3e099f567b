"""Figures as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["figure", "figures"]

#: Decimals of all printed figures: finer than the rounding of scores, coarser than float noise.
_DECIMALS = 9


def figure(value: float | None) -> float | None:
    """Return `value` rounded to the printed decimals; None stays None."""
    return None if value is None else round(value, _DECIMALS)


def figures(record: object, names: Sequence[str]) -> dict[str, float | None]:
    """Return the named fields of a record, rounded."""
    return {name: figure(getattr(record, name)) for name in names}
