"""The heatmap as an Altair chart: rects to click, values in them, hatch for no evidence."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from fragcheck.ui.cells import RAMP, Cell, ink_on, shade, span_of
from fragcheck.ui.texts import text

__all__ = ["SELECTION", "ChartForm", "heatmap_chart", "letter"]

#: Name of the click in the chart's state.
SELECTION = "cell"

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


def heatmap_chart(found: Sequence[Cell], form: ChartForm) -> alt.LayerChart:
    """The chart; its click selects a cell by the fields ``left`` and ``right``."""
    n = form.n
    data = _frame(found, form)
    height = 40 + len(form.names) * (76 if n <= 8 else 44 if n <= 16 else 26)
    click = alt.selection_point(
        name=SELECTION, fields=["left", "right"], on="click", clear=False, empty=False
    )
    base = alt.Chart(data).encode(x=_x(form), y=_y(form))
    rects = (
        base.mark_rect(cursor="pointer", strokeWidth=1)
        .encode(
            color=alt.Color("colour:N", scale=None),
            stroke=alt.Stroke("line:N", scale=None),
            tooltip=_tooltips(form),
        )
        .add_params(click)
    )
    layers: list[alt.Chart] = [rects, *_hatch(data, form)]
    if n <= 16:
        size = 15 if n <= 8 else 11
        layers.append(_words(base, "label", size, -7 if n <= 8 else 0))
    if n <= 8:
        layers.append(_words(base, "interval", 11, 11))
    layered = alt.layer(*layers).properties(width="container", height=height)
    drawn: alt.LayerChart = layered.configure_view(strokeWidth=0)
    return drawn


def _frame(found: Sequence[Cell], form: ChartForm) -> pd.DataFrame:
    low, high = span_of(found, stretch=form.stretch)
    rows: list[dict[str, Any]] = []
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
    return pd.DataFrame(rows)


def _x(form: ChartForm) -> alt.X:
    n = len(form.columns or form.names)
    names = ",".join(_js_word(form.column_head(index)) for index in range(n))
    is_wordy = any(len(form.column_head(index)) > 8 for index in range(n))
    axis = alt.Axis(
        orient="top",
        title=None,
        labelOverlap=False,
        labelAngle=-45 if is_wordy else 0,
        labelAlign="left" if is_wordy else "center",
        labelLimit=150,
        labelExpr=f"[{names}][toNumber(datum.value)]",
        labelFontSize=13,
        ticks=False,
        domain=False,
    )
    return alt.X("column:O", axis=axis, scale=alt.Scale(paddingInner=0.03))


def _y(form: ChartForm) -> alt.Y:
    wide = ",".join(_js_lines(form.row_head(i), name, 26) for i, name in enumerate(form.names))
    narrow = ",".join(_js_word(form.row_head(i)) for i in range(len(form.names)))
    axis = alt.Axis(
        title=None,
        labelExpr=f"(containerSize()[0] < 560 ? [{narrow}] : [{wide}])[toNumber(datum.value)]",
        labelFontSize=13,
        labelLimit=230,
        ticks=False,
        domain=False,
    )
    return alt.Y("row:O", axis=axis, scale=alt.Scale(paddingInner=0.03))


def _js_lines(head: str, name: str, width: int) -> str:
    """A Vega array of lines; only letters that cannot end the string are let through."""
    words = name if name.startswith(head) else f"{head} · {name}"
    lines = textwrap.wrap(_clean(words), width)[:2] or [_clean(head)]
    return "[" + ",".join(f"'{line}'" for line in lines) + "]"


def _js_word(words: str) -> str:
    return f"'{_clean(words)}'"


def _clean(words: str) -> str:
    return words.replace("\\", "").replace("'", "’").replace("\n", " ")


def _tooltips(form: ChartForm) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("left_name:N", title=text("heatmap.col_left")),
        alt.Tooltip("right_name:N", title=text("heatmap.col_right")),
        alt.Tooltip("value:N", title=form.title),
        alt.Tooltip("interval:N", title=f"{text('heatmap.col_low')}–{text('heatmap.col_high')}"),
        alt.Tooltip("why:N", title=text("heatmap.col_status")),
    ]


def _hatch(data: pd.DataFrame, form: ChartForm) -> list[alt.Chart]:
    """Slanted lines over the cells without evidence; none where there is no such cell."""
    silent = data[data["status"] == "both_silent"]
    if silent.empty:
        return []
    return [
        alt.Chart(silent)
        .mark_rule(color="#888888", strokeWidth=1.5)
        .encode(
            x=_at(_x(form), x0),
            y=_at(_y(form), y0),
            x2=alt.X2("column", bandPosition=x1),
            y2=alt.Y2("row", bandPosition=y1),
        )
        for x0, y0, x1, y1 in HATCH
    ]


def _at(channel: Any, place: float) -> Any:  # noqa: ANN401 - altair is untyped
    channel["bandPosition"] = place
    return channel


def _words(base: alt.Chart, field: str, size: int, shift: int) -> alt.Chart:
    words: alt.Chart = base.mark_text(fontSize=size, dy=shift).encode(
        text=f"{field}:N", color=alt.Color("ink:N", scale=None)
    )
    return words


def legend_strip(low: float = 0.0, high: float = 1.0) -> str:
    """The colour ramp as a strip of HTML, with the values at its ends."""
    stops = ", ".join(RAMP)
    return (
        '<div style="display:flex;align-items:center;gap:.5rem;font-size:.85rem">'
        f"<span>{_end(low)} {text('heatmap.legend_low')}</span>"
        f'<span style="flex:0 1 14rem;height:.8rem;border-radius:3px;border:1px solid #8885;'
        f'background:linear-gradient(90deg,{stops})"></span>'
        f"<span>{text('heatmap.legend_high')} {_end(high)}</span></div>"
    )


def _end(value: float) -> str:
    return f"{value:.0f}" if value in (0.0, 1.0) else f"{value:.2f}"
