"""What D is made of, for every principle, as stacked bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from fragcheck.records import PairResult
from fragcheck.ui.bars_picture import BarRow, bars_svg
from fragcheck.ui.cells import divergence_of, figure
from fragcheck.ui.heatmap_chart import Json, tooltips
from fragcheck.ui.pairing import PARTS, part_rows
from fragcheck.ui.table_files import Row
from fragcheck.ui.texts import text

__all__ = ["parts_chart", "parts_frame", "parts_legend", "parts_svg", "parts_table"]

#: Okabe and Ito's colours (2008), told apart by all; in the order of `PARTS`.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")


def parts_frame(pair: PairResult, principles: Sequence[str], names: Callable[[str], str]) -> list[Json]:
    """One row for each principle and part: value, and D with its status in words."""
    rows: list[Json] = []
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
    return rows


def parts_chart(frame: Sequence[Json]) -> Json:
    """Stacked bars from 0 to 1 with D written behind each, as a Vega-Lite specification."""
    order = list(dict.fromkeys(row["principle"] for row in frame))
    y = {
        "field": "principle",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelLimit": 150, "labelOverlap": False},
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1.08]},
        "axis": {"values": [0, 0.5, 1]},
    }
    bars = {
        "data": {"values": list(frame)},
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "encoding": {
            "x": x,
            "y": y,
            "order": {"field": "place", "type": "quantitative"},
            "color": _part_colours(),
            "tooltip": _part_tooltips(),
        },
    }
    words = {
        "data": {"values": [own[0] for _, own in _by_principle(frame)]},
        "mark": {"type": "text", "align": "left", "dx": 4, "color": "#888888"},
        "encoding": {
            "x": {"field": "end", "type": "quantitative"},
            "y": y,
            "text": {"field": "total", "type": "nominal"},
        },
    }
    return {"width": "container", "height": 30 * len(order) + 40, "layer": [bars, words]}


def _part_colours() -> Json:
    names = [text(f"measures.{part}") for part in PARTS]
    return {
        "field": "part",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": list(COLOURS)},
    }


def _part_tooltips() -> list[Json]:
    titles = {
        "principle": text("pair.principle"),
        "part": text("pair.col_part"),
        "shown": text("pair.col_value"),
        "total": "D",
        "why": text("heatmap.col_status"),
    }
    return tooltips(titles)


def _by_principle(frame: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    """The rows of each principle, which stand together."""
    return [(name, list(own)) for name, own in groupby(frame, key=lambda row: str(row["principle"]))]


def parts_svg(frame: Sequence[Json], title: str) -> str:
    """The same bars as a file of its own."""
    rows = [
        BarRow(
            name,
            tuple(zip([row["value"] for row in own], COLOURS, strict=True)),
            str(own[0]["total"]),
        )
        for name, own in _by_principle(frame)
    ]
    legend = [(text(f"measures.{part}"), colour) for part, colour in zip(PARTS, COLOURS, strict=True)]
    return bars_svg(rows, title, legend)


def parts_table(frame: Sequence[Json]) -> list[Row]:
    """One row for each principle: its parts, D, and what it rests on."""
    return [
        {
            text("pair.principle"): name,
            **{row["part"]: round(row["value"], 4) for row in own},
            "D": own[0]["total"],
            text("heatmap.col_status"): own[0]["why"],
        }
        for name, own in _by_principle(frame)
    ]


def parts_legend() -> str:
    """The colours of the parts as HTML that wraps on narrow screens."""
    items = "".join(
        '<span style="display:inline-flex;align-items:center;gap:.35rem;margin-right:1rem">'
        f'<span style="width:.8rem;height:.8rem;border-radius:2px;background:{colour}"></span>'
        f"{escape(text(f'measures.{part}'))}</span>"
        for part, colour in zip(PARTS, COLOURS, strict=True)
    )
    return f'<div style="font-size:.88rem">{items}</div>'
