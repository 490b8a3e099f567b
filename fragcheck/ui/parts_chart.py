"""What D is made of, for every principle, as stacked bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import altair as alt
import pandas as pd

from fragcheck.records import PairResult
from fragcheck.ui.bars_picture import BarRow, bars_svg
from fragcheck.ui.cells import divergence_of, figure
from fragcheck.ui.pairing import PARTS, part_rows
from fragcheck.ui.table_files import Row
from fragcheck.ui.texts import text

__all__ = ["parts_chart", "parts_frame", "parts_legend", "parts_svg", "parts_table"]

#: Okabe and Ito's colours (2008), told apart by all; in the order of `PARTS`.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")


def parts_frame(pair: PairResult, principles: Sequence[str], names: Callable[[str], str]) -> pd.DataFrame:
    """One row for each principle and part: value, and D with its status in words."""
    rows = []
    for principle in principles:
        divergence = divergence_of(pair, principle)
        why = text(f"status.{divergence.status.value}", n_left=divergence.n_left, n_right=divergence.n_right)
        for place, part in enumerate(part_rows(pair, principle)):
            rows.append(
                {
                    "principle": names(principle),
                    "part": text(f"measures.{part.part}"),
                    "place": place,
                    "value": part.value or 0.0,
                    "shown": figure(part.value),
                    "total": figure(divergence.value),
                    "end": divergence.value or 0.0,
                    "why": why,
                }
            )
    return pd.DataFrame(rows)


def parts_chart(frame: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Stacked bars from 0 to 1 with D written behind each."""
    order = list(dict.fromkeys(frame["principle"]))
    y = alt.Y(
        "principle:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelOverlap=False),
    )
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 1.08]), axis=alt.Axis(values=[0, 0.5, 1]))
    bars = (
        alt.Chart(frame)
        .mark_bar(height={"band": 0.7})
        .encode(
            x=x,
            y=y,
            order=alt.Order("place:Q"),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=[text(f"measures.{part}") for part in PARTS], range=list(COLOURS)),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("principle:N", title=text("pair.principle")),
                alt.Tooltip("part:N", title=text("pair.col_part")),
                alt.Tooltip("shown:N", title=text("pair.col_value")),
                alt.Tooltip("total:N", title="D"),
                alt.Tooltip("why:N", title=text("heatmap.col_status")),
            ],
        )
    )
    ends = frame.drop_duplicates("principle")
    words = (
        alt.Chart(ends)
        .mark_text(align="left", dx=4, color="#888888")
        .encode(x=alt.X("end:Q"), y=y, text="total:N")
    )
    return alt.layer(bars, words).properties(width="container", height=30 * len(order) + 40)


def parts_svg(frame: pd.DataFrame, title: str) -> str:
    """The same bars as a file of its own."""
    rows = []
    for name in dict.fromkeys(frame["principle"]):
        own = frame[frame["principle"] == name]
        parts = tuple(zip(own["value"].tolist(), COLOURS, strict=True))
        rows.append(BarRow(str(name), parts, str(own["total"].iloc[0])))
    legend = [(text(f"measures.{part}"), colour) for part, colour in zip(PARTS, COLOURS, strict=True)]
    return bars_svg(rows, title, legend)


def parts_table(frame: pd.DataFrame) -> list[Row]:
    """One row for each principle: its parts, D, and what it rests on."""
    rows: list[Row] = []
    for name, own in frame.groupby("principle", sort=False):
        values = zip(own["part"].tolist(), own["value"].tolist(), strict=True)
        row: dict[str, object] = {text("pair.principle"): name}
        row.update((part, round(value, 4)) for part, value in values)
        rows.append({**row, "D": own["total"].iloc[0], text("heatmap.col_status"): own["why"].iloc[0]})
    return rows


def parts_legend() -> str:
    """The colours of the parts as HTML that wraps on narrow screens."""
    items = "".join(
        '<span style="display:inline-flex;align-items:center;gap:.35rem;margin-right:1rem">'
        f'<span style="width:.8rem;height:.8rem;border-radius:2px;background:{colour}"></span>'
        f"{escape(text(f'measures.{part}'))}</span>"
        for part, colour in zip(PARTS, COLOURS, strict=True)
    )
    return f'<div style="font-size:.88rem">{items}</div>'
