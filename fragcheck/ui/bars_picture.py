"""Bars, and points with intervals, as SVG files of their own: what the app draws, to take along."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["BarRow", "PointRow", "bars_svg", "points_svg"]

_NAMES = 300
_PLOT = 560
_ROW = 30
_HEAD = 64
_END = 70


@dataclass(frozen=True, slots=True)
class BarRow:
    """A bar: its name, its parts from the left (value and colour), and what is written behind it."""

    name: str
    parts: tuple[tuple[float, str], ...]
    end: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point with its interval, and what is written behind it; an end that is None is not drawn."""

    name: str
    value: float
    low: float | None
    high: float | None
    end: str


def bars_svg(rows: Sequence[BarRow], title: str, legend: Sequence[tuple[str, str]] = ()) -> str:
    """Stacked bars from 0 to 1.

    Parameters
    ----------
    rows : sequence of BarRow
    title : str
    legend : sequence of (str, str)
        Name and colour of each kind of part.
    """
    top = _HEAD + (24 if legend else 0)
    parts = []
    x = 16.0
    for name, colour in legend:
        parts.append(f'<rect x="{x}" y="{_HEAD - 18}" width="12" height="12" fill="{colour}"/>')
        parts.append(_word(x + 18, _HEAD - 7, name, size=13))
        x += 34 + 7.2 * len(name)
    for at, row in enumerate(rows):
        y = top + at * _ROW
        parts.append(_word(_NAMES - 10, y + 19, row.name, anchor="end"))
        left = float(_NAMES)
        for value, colour in row.parts:
            wide = round(_PLOT * max(0.0, min(1.0, value)), 2)
            parts.append(f'<rect x="{left}" y="{y + 5}" width="{wide}" height="20" fill="{colour}"/>')
            left = round(left + wide, 2)
        parts.append(_word(left + 6, y + 19, row.end))
    ticks = [(_NAMES + _PLOT * share, f"{share:.1f}") for share in (0.0, 0.5, 1.0)]
    return _file(parts, ticks, title, top, len(rows), width=max(_NAMES + _PLOT + _END, round(x)))


def points_svg(rows: Sequence[PointRow], title: str, floor: float, colour: str) -> str:
    """Points with intervals on a log scale from `floor` to 1; what is less stands at the floor."""
    span = -math.log10(floor)

    def place(value: float) -> float:
        return round(_NAMES + _PLOT * (1 + math.log10(min(1.0, max(floor, value))) / span), 2)

    parts = []
    for at, row in enumerate(rows):
        y = _HEAD + at * _ROW + 15
        parts.append(_word(_NAMES - 10, y + 4, row.name, anchor="end"))
        if row.low is not None and row.high is not None:
            parts.append(
                f'<line x1="{place(row.low)}" y1="{y}" x2="{place(row.high)}" y2="{y}" '
                f'stroke="{colour}" stroke-width="3" stroke-opacity="0.45"/>'
            )
        parts.append(f'<circle cx="{place(row.value)}" cy="{y}" r="5" fill="{colour}"/>')
        parts.append(_word(_NAMES + _PLOT + 8, y + 4, row.end))
    steps = [10.0**-power for power in range(round(span), -1, -1)]
    ticks = [(place(step), f"{step:.3g}") for step in steps]
    return _file(parts, ticks, title, _HEAD, len(rows), width=_NAMES + _PLOT + _END)


def _word(x: float, y: float, words: str, *, anchor: str = "start", size: int = 14) -> str:
    shown = words if len(words) <= 42 else f"{words[:41]}…"
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}">{escape(shown)}</text>'


def _file(
    parts: list[str], ticks: Sequence[tuple[float, str]], title: str, top: int, n: int, *, width: int
) -> str:
    """The parts with title, ticks and their lines, on white."""
    bottom = top + n * _ROW
    lines = [
        f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" stroke="#888888" stroke-opacity="0.4"/>'
        f'<text x="{x}" y="{bottom + 20}" text-anchor="middle" font-size="12">{escape(word)}</text>'
        for x, word in ticks
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + 34}" width="{width}" '
        f'height="{bottom + 34}" font-family="sans-serif" font-size="14" fill="#1a1a1a">'
        f'<rect width="{width}" height="{bottom + 34}" fill="#ffffff"/>'
        f'<text x="16" y="30" font-size="18" font-weight="bold">{escape(title)}</text>'
        f"{''.join(lines)}{''.join(parts)}</svg>"
    )
