"""What tells pairs apart where D is close to 1: agreement on a log scale, shares with a counterpart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fragcheck.records import Comparison
from fragcheck.ui.bars_picture import PointRow, points_svg
from fragcheck.ui.cells import divergence_of
from fragcheck.ui.heatmap_chart import Json, tooltips
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


def apart_chart(rows: Sequence[ApartRow]) -> Json:
    """Points with intervals on a log scale, one line for each pair, as a Vega-Lite specification."""
    axis = {"values": [0.001, 0.01, 0.1, 1], "format": "~%", "title": text("apart.axis")}
    scale = {"type": "log", "domain": [FLOOR, 1]}

    def at(field: str) -> Json:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    names = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelLimit": 300, "labelOverlap": False},
    }
    titles = {
        "name": text("apart.col_pair"),
        "shown": text("apart.col_agreement"),
        "interval": text("harmonise.col_interval"),
        "counterpart": text("apart.col_counterpart"),
    }
    common = {"y": names, "tooltip": tooltips(titles)}
    words = {"type": "text", "align": "left", "dx": 9, "dy": -7, "color": "#888888", "fontSize": 11}
    layers = [
        {
            "mark": {"type": "rule", "color": _COLOUR, "strokeWidth": 3, "opacity": 0.5},
            "encoding": {**common, "x": at("low"), "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "point", "color": _COLOUR, "filled": True, "size": 70, "opacity": 1},
            "encoding": {**common, "x": at("agreement")},
        },
        {
            "mark": words,
            "encoding": {**common, "x": at("agreement"), "text": {"field": "shown", "type": "nominal"}},
        },
    ]
    return {
        "width": "container",
        "height": 50 + 28 * len(rows),
        "layer": [{"data": {"values": [_point(row) for row in rows]}, "layer": layers}],
    }


def _point(row: ApartRow) -> Json:
    low, high = (row.agreement if end is None else end for end in (row.low, row.high))
    return {
        "name": row.name,
        "agreement": max(FLOOR, row.agreement),
        "low": max(FLOOR, low),
        "high": max(FLOOR, high),
        "shown": agreement_words(row.agreement),
        "interval": f"{agreement_words(row.low)}–{agreement_words(row.high)}",
        "counterpart": agreement_words(row.counterpart),
    }


def apart_svg(rows: Sequence[ApartRow], title: str) -> str:
    """The same as a file of its own."""
    found = [
        PointRow(row.name, row.agreement, row.low, row.high, agreement_words(row.agreement)) for row in rows
    ]
    return points_svg(found, title, FLOOR, _COLOUR)
