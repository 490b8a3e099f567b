"""What tells pairs apart where D is close to 1: agreement on a log scale, shares with a counterpart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from fragcheck.records import Comparison
from fragcheck.ui.bars_picture import PointRow, points_svg
from fragcheck.ui.cells import divergence_of
from fragcheck.ui.texts import text

__all__ = ["FLOOR", "ApartRow", "agreement_words", "apart_chart", "apart_rows", "apart_svg"]

#: Least agreement that the log scale shows.
FLOOR = 0.001

_COLOUR = "#3a87b7"


@dataclass(frozen=True, slots=True)
class ApartRow:
    """A pair by how far it agrees.

    Parameters
    ----------
    left, right : str
    name : str
        Of the pair.
    agreement, low, high : float
        1 - D with its interval, in [0, 1].
    counterpart : float or None
        Share of the requirements of both documents that have a counterpart, 1 - coverage; None where the
        pair has no parts.
    """

    left: str
    right: str
    name: str
    agreement: float
    low: float | None
    high: float | None
    counterpart: float | None


def apart_rows(comparison: Comparison, principle: str, names: Mapping[str, str]) -> tuple[ApartRow, ...]:
    """All pairs that have a value, those that agree most first."""
    rows = []
    for pair in comparison.pairs:
        found = divergence_of(pair, principle)
        if found.value is None:
            continue
        coverage = found.components.coverage
        rows.append(
            ApartRow(
                pair.left,
                pair.right,
                f"{names[pair.left]} ↔ {names[pair.right]}",
                1 - found.value,
                None if found.high is None else 1 - found.high,
                None if found.low is None else 1 - found.low,
                None if coverage is None else 1 - coverage,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.agreement, row.name)))


def agreement_words(value: float | None) -> str:
    """An agreement in percent with two figures that count: ``17%``, ``2.3%``, ``0.4%``."""
    if value is None:
        return text("pair.absent")
    percent = 100 * max(0.0, value)
    if 0 < percent < 0.1:
        return "<0.1%"
    return f"{percent:.0f}%" if percent >= 9.95 or percent == 0 else f"{percent:.1f}%"


def apart_chart(rows: Sequence[ApartRow]) -> alt.LayerChart | alt.FacetChart:
    """Points with intervals on a log scale, one line for each pair."""
    data = pd.DataFrame(
        {
            "name": [row.name for row in rows],
            "agreement": [max(FLOOR, row.agreement) for row in rows],
            "low": [max(FLOOR, row.agreement if row.low is None else row.low) for row in rows],
            "high": [max(FLOOR, row.agreement if row.high is None else row.high) for row in rows],
            "shown": [agreement_words(row.agreement) for row in rows],
            "interval": [f"{agreement_words(row.low)}–{agreement_words(row.high)}" for row in rows],
            "counterpart": [agreement_words(row.counterpart) for row in rows],
        }
    )
    axis = alt.Axis(values=[0.001, 0.01, 0.1, 1], format="~%", title=text("apart.axis"))
    scale = alt.Scale(type="log", domain=[FLOOR, 1])
    y = alt.Y(
        "name:N",
        sort=None,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=300, labelOverlap=False),
    )
    base = alt.Chart(data).encode(
        y=y,
        tooltip=[
            alt.Tooltip("name:N", title=text("apart.col_pair")),
            alt.Tooltip("shown:N", title=text("apart.col_agreement")),
            alt.Tooltip("interval:N", title=text("harmonise.col_interval")),
            alt.Tooltip("counterpart:N", title=text("apart.col_counterpart")),
        ],
    )
    lines = base.mark_rule(color=_COLOUR, strokeWidth=3, opacity=0.5).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    points = base.mark_point(color=_COLOUR, filled=True, size=70, opacity=1).encode(
        x=alt.X("agreement:Q", scale=scale, axis=axis)
    )
    words = base.mark_text(align="left", dx=9, dy=-7, color="#888888", fontSize=11).encode(
        x=alt.X("agreement:Q", scale=scale, axis=axis), text="shown:N"
    )
    return alt.layer(lines, points, words).properties(width="container", height=50 + 28 * len(rows))


def apart_svg(rows: Sequence[ApartRow], title: str) -> str:
    """The same as a file of its own."""
    found = [
        PointRow(row.name, row.agreement, row.low, row.high, agreement_words(row.agreement)) for row in rows
    ]
    return points_svg(found, title, FLOOR, _COLOUR)
