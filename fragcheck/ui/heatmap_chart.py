"""The heatmap as a Vega-Lite chart: rects to click, values in them, hatch for no evidence.

The specification is written as it is sent: a library that builds it takes a fifth of a second to import, and
checks at every run of a page what never changes. A test checks it against Vega-Lite's schema.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fragcheck.ui.cells import RAMP, Cell, ink_on, shade, span_of
from fragcheck.ui.texts import text

__all__ = [
    "INTERVALS",
    "SELECTION",
    "ChartForm",
    "Json",
    "heatmap_chart",
    "legend_strip",
    "letter",
    "tooltips",
]

Json = dict[str, Any]

#: Name of the click in the chart's state.
SELECTION = "cell"

#: Rows or columns up to which cells have room for their interval, and rows for two lines of a name.
INTERVALS = 8

#: Height of heads that stand aslant, in pixels.
_SLANTED = 130

#: Lines of the hatch as shares of the cell: x, y of start and end.
HATCH = (
    (0.03, 0.4, 0.4, 0.03),
    (0.03, 0.7, 0.7, 0.03),
    (0.3, 0.97, 0.97, 0.3),
    (0.6, 0.97, 0.97, 0.6),
)


@dataclass(frozen=True, slots=True)
class ChartForm:
    """How to draw.

    Parameters
    ----------
    names : tuple of str
        In row order.
    title : str
        Of the tooltips' value.
    stretch : bool
        Whether colours run over the values shown.
    columns : tuple of str
        Names of the columns; empty where they are those of the rows.
    heads, column_heads : tuple of str
        Short heads of rows and columns; empty for letters.
    """

    names: tuple[str, ...]
    title: str
    stretch: bool = False
    columns: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    column_heads: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Rows or columns, whichever are more."""
        return max(len(self.names), len(self.columns))

    def row_head(self, at: int) -> str:
        """Short head of a row."""
        return self.heads[at] if self.heads else letter(at)

    def column_head(self, at: int) -> str:
        """Short head of a column."""
        heads = self.column_heads or self.heads
        return heads[at] if heads else letter(at)

    def column_name(self, at: int) -> str:
        """Name of a column."""
        return (self.columns or self.names)[at]


def letter(index: int) -> str:
    """Column heading of a document: A to Z, then AA and on.

    Examples
    --------
    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    head = letter(index // 26 - 1) if index >= 26 else ""
    return head + chr(ord("A") + index % 26)


def heatmap_chart(found: Sequence[Cell], form: ChartForm) -> Json:
    """The chart in Vega-Lite; its click selects a cell by the fields ``left`` and ``right``."""
    n = form.n
    places = {"x": _x(form), "y": _y(form)}
    rects = {
        "name": "cells",
        "mark": {"type": "rect", "cursor": "pointer", "strokeWidth": 1},
        "encoding": {
            **places,
            "color": _as_given("colour"),
            "stroke": _as_given("line"),
            "tooltip": _tooltips(form),
        },
    }
    layers = [rects, *_hatch(found, places)]
    if n <= 16:
        is_roomy = n <= INTERVALS
        layers.append(_words(places, "label", 15 if is_roomy else 11, -7 if is_roomy else 0))
    if n <= INTERVALS:
        layers.append(_words(places, "interval", 11, 11))
    click = {"type": "point", "fields": ["left", "right"], "on": "click", "clear": False}
    return {
        "width": "container",
        "height": (_SLANTED if _is_wordy(form) else 40)
        + len(form.names) * (76 if n <= INTERVALS else 44 if n <= 16 else 26),
        "params": [{"name": SELECTION, "select": click, "views": ["cells"]}],
        "layer": [{"data": {"values": _rows(found, form)}, "layer": layers}],
        "config": {"view": {"strokeWidth": 0}},
    }


def _rows(found: Sequence[Cell], form: ChartForm) -> list[Json]:
    low, high = span_of(found, stretch=form.stretch)
    rows: list[Json] = []
    for cell in found:
        colour = shade(cell.value, low, high) if cell.value is not None else "#88888822"
        rows.append(
            {
                "row": f"{cell.row:03d}",
                "column": f"{cell.column:03d}",
                "left": cell.left,
                "right": cell.right,
                "left_name": form.names[cell.row],
                "right_name": form.column_name(cell.column),
                "value": cell.label or text("pair.absent"),
                "label": cell.label,
                "interval": cell.interval,
                "why": cell.why,
                "status": cell.status,
                "colour": colour,
                "line": "#88888855",
                "ink": ink_on(colour) if cell.value is not None else "#888888",
            }
        )
    return rows


def _x(form: ChartForm) -> Json:
    n = len(form.columns or form.names)
    names = ",".join(_js_word(form.column_head(index)) for index in range(n))
    is_wordy = _is_wordy(form)
    axis = {
        "orient": "top",
        "title": None,
        "labelOverlap": False,
        "labelAngle": -45 if is_wordy else 0,
        "labelAlign": "left" if is_wordy else "center",
        "labelLimit": 150,
        "labelExpr": f"[{names}][toNumber(datum.value)]",
        "labelFontSize": 13,
        "ticks": False,
        "domain": False,
    }
    return {"field": "column", "type": "ordinal", "axis": axis, "scale": {"paddingInner": 0.03}}


def _is_wordy(form: ChartForm) -> bool:
    """Whether the heads of the columns stand aslant."""
    return any(len(form.column_head(index)) > 8 for index in range(len(form.columns or form.names)))


def _y(form: ChartForm) -> Json:
    lines = 2 if form.n <= INTERVALS else 1
    wide = ",".join(_js_lines(form.row_head(i), name, lines) for i, name in enumerate(form.names))
    narrow = ",".join(_js_word(form.row_head(i)) for i in range(len(form.names)))
    axis = {
        "title": None,
        "labelExpr": f"(containerSize()[0] < 560 ? [{narrow}] : [{wide}])[toNumber(datum.value)]",
        "labelFontSize": 13,
        "labelLimit": 230,
        "ticks": False,
        "domain": False,
    }
    return {"field": "row", "type": "ordinal", "axis": axis, "scale": {"paddingInner": 0.03}}


def _js_lines(head: str, name: str, count: int) -> str:
    """A Vega array of up to `count` lines; only letters that cannot end the string are let through."""
    words = name if name.startswith(head) else f"{head} · {name}"
    width = 26 if count > 1 else 32
    lines = textwrap.wrap(_clean(words), width, max_lines=count, placeholder=" …") or [_clean(head)]
    return "[" + ",".join(f"'{line}'" for line in lines) + "]"


def _js_word(words: str) -> str:
    return f"'{_clean(words)}'"


def _clean(words: str) -> str:
    return words.replace("\\", "").replace("'", "’").replace("\n", " ")


def _tooltips(form: ChartForm) -> list[Json]:
    titles = {
        "left_name": text("heatmap.col_left"),
        "right_name": text("heatmap.col_right"),
        "value": form.title,
        "interval": f"{text('heatmap.col_low')}–{text('heatmap.col_high')}",
        "why": text("heatmap.col_status"),
    }
    return tooltips(titles)


def tooltips(titles: Mapping[str, str]) -> list[Json]:
    """Tooltips of fields by their titles."""
    return [{"field": field, "type": "nominal", "title": title} for field, title in titles.items()]


def _as_given(field: str) -> Json:
    """A colour that the data hold."""
    return {"field": field, "type": "nominal", "scale": None}


def _hatch(found: Sequence[Cell], places: Json) -> list[Json]:
    """Slanted lines over the cells without evidence; none where there is no such cell."""
    if not any(cell.status == "both_silent" for cell in found):
        return []
    return [
        {
            "transform": [{"filter": "datum.status === 'both_silent'"}],
            "mark": {"type": "rule", "color": "#888888", "strokeWidth": 1.5},
            "encoding": {
                "x": {**places["x"], "bandPosition": x0},
                "y": {**places["y"], "bandPosition": y0},
                "x2": {"field": "column", "bandPosition": x1},
                "y2": {"field": "row", "bandPosition": y1},
            },
        }
        for x0, y0, x1, y1 in HATCH
    ]


def _words(places: Json, field: str, size: int, shift: int) -> Json:
    return {
        "mark": {"type": "text", "fontSize": size, "dy": shift},
        "encoding": {**places, "text": {"field": field, "type": "nominal"}, "color": _as_given("ink")},
    }


def legend_strip(low: float = 0.0, high: float = 1.0, *, is_share: bool = False) -> str:
    """The colour ramp as a strip of HTML, with the values at its ends: of D, or shares of duties met.

    Where it does not run over the whole scale, its ends are no more than the least and the most shown.
    """
    is_whole = (low, high) == (0.0, 1.0)
    kind = ("share" if is_whole else "share_stretched") if is_share else "legend" if is_whole else "stretched"
    stops = ", ".join(RAMP)
    return (
        '<div style="display:flex;align-items:center;gap:.5rem;font-size:.85rem">'
        f"<span>{_end(low, is_share)} {text(f'heatmap.{kind}_low')}</span>"
        f'<span style="flex:0 1 14rem;height:.8rem;border-radius:3px;border:1px solid #8885;'
        f'background:linear-gradient(90deg,{stops})"></span>'
        f"<span>{text(f'heatmap.{kind}_high')} {_end(high, is_share)}</span></div>"
    )


def _end(value: float, is_share: bool) -> str:
    if is_share:
        return f"{value:.0%}"
    return f"{value:.0f}" if value in (0.0, 1.0) else f"{value:.2f}"
