"""Figures of the PDF report, drawn as vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fragcheck.report.colours import RAMP
from fragcheck.report.fonts import FONT
from fragcheck.report.heatmap import HeatCell, heat_rows
from fragcheck.report.naming import column_letter
from fragcheck.report.view import View

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

__all__ = ["heatmap_figure", "ramp_figure"]

_BLANK = "#ededed"
_GAP = 1.5
_FLOOR = 5.0


def heatmap_figure(view: View, principle: str, width: float) -> Drawing:
    """Return the heatmap of a principle, `width` points wide: letters of the documents at two sides.

    Small multiples and full-size figures are the same drawing; figures that would be too small to
    read are left out.
    """
    from reportlab.graphics.shapes import Drawing, String

    rows = heat_rows(view, principle)
    margin = 12.0
    side = (width - margin) / len(rows)
    height = min(side, 46.0)
    total = height * len(rows)
    drawing = Drawing(width, total + margin)
    size = min(9.0, height * 0.4, side * 0.4)
    for place, row in enumerate(rows):
        middle = total - (place + 0.5) * height - size * 0.35
        letter = column_letter(place)
        drawing.add(String(0, middle, letter, fontName=FONT, fontSize=size))
        x = margin + (place + 0.5) * side
        drawing.add(String(x, total + 3, letter, fontName=FONT, fontSize=size, textAnchor="middle"))
        for column, cell in enumerate(row):
            _draw_cell(drawing, cell, (margin + column * side, total - (place + 1) * height, side, height))
    return drawing


def _draw_cell(drawing: Drawing, cell: HeatCell, box: tuple[float, float, float, float]) -> None:
    from reportlab.graphics.shapes import Rect, String
    from reportlab.lib.colors import HexColor

    x, y, width, height = box
    fill = HexColor(cell.colour if cell.value is not None else _BLANK)
    drawing.add(Rect(x, y, width - _GAP, height - _GAP, fillColor=fill, strokeColor=None))
    ink = HexColor(cell.ink if cell.value is not None else "#666666")
    middle = x + (width - _GAP) / 2
    label = cell.label if cell.value is not None or width > 70 or not cell.label else "–"
    size = min(10.0, (width - 4) / max(len(label), 4) / 0.62, height * 0.42)
    if size < _FLOOR:
        return
    has_interval = bool(cell.interval) and height >= 34 and width >= 52
    at = y + height / 2 - size * 0.35 + (4 if has_interval else 0)
    drawing.add(String(middle, at, label, fontName=FONT, fontSize=size, fillColor=ink, textAnchor="middle"))
    if has_interval:
        small = min(7.0, (width - 4) / 9 / 0.62)
        drawing.add(
            String(
                middle,
                at - 10,
                cell.interval,
                fontName=FONT,
                fontSize=small,
                fillColor=ink,
                textAnchor="middle",
            )
        )


def ramp_figure(width: float) -> Drawing:
    """Return the ramp of the colours from 0 to 1."""
    from reportlab.graphics.shapes import Drawing, Rect, String
    from reportlab.lib.colors import HexColor

    drawing = Drawing(width, 12)
    drawing.add(String(0, 2, "0", fontName=FONT, fontSize=7))
    for place, colour in enumerate(RAMP):
        drawing.add(Rect(8 + place * 16, 0, 16, 9, fillColor=HexColor(colour), strokeColor=None))
    words = "1    † few provisions    ◐ one side silent (D = 1 by definition)    no evidence, –: both silent"
    drawing.add(String(12 + len(RAMP) * 16, 2, words, fontName=FONT, fontSize=7))
    return drawing
