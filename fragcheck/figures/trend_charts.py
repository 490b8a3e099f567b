"""The fragmentation index by year and by jurisdiction, as charts with both of its intervals."""

from __future__ import annotations

import altair as alt
import pandas as pd

from fragcheck.figures.charts import INK, VALUE_TITLES, layered
from fragcheck.figures.trends import index_by_jurisdiction, index_by_year

__all__ = ["trend_by_jurisdiction", "trend_by_year"]

_KEY = "band: another sample of documents; bar: what our reading leaves open (both 90 %)"
_SAMPLE_ALONE = "band: another sample of documents (90 %)"


def trend_by_year(
    pairs: pd.DataFrame, documents: pd.DataFrame, principle: str = "overall", *, value: str = "value"
) -> alt.LayerChart:
    """Return the mean divergence of all documents up to each year, with its intervals.

    Parameters
    ----------
    pairs, documents, principle, value
        See `index_by_year`.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    InputError
        As `index_by_year`.
    """
    data = index_by_year(pairs, documents, principle, value=value)
    data["year"] = data["year"].astype(str)
    year = alt.X("year:O", title="Documents up to and including", axis=alt.Axis(labelAngle=0))
    base = alt.Chart(data).encode(x=year, tooltip=_tooltips("year", value))
    line = base.mark_line(color=INK, point=alt.OverlayMarkDef(color=INK, size=60)).encode(
        y=alt.Y("mean:Q", title=_named(value), scale=_reach(data))
    )
    band = base.mark_area(color=INK, opacity=0.15).encode(
        y=alt.Y("sampling_low:Q", scale=_reach(data)), y2="sampling_high:Q"
    )
    bars = base.mark_rule(color=INK, strokeWidth=2).encode(y=alt.Y("low:Q", scale=_reach(data)), y2="high:Q")
    title = _title("Fragmentation by year", principle, value)
    return layered(band, bars, line, width=420, height=260, title=title)


def trend_by_jurisdiction(
    pairs: pd.DataFrame, documents: pd.DataFrame, principle: str = "overall", *, value: str = "value"
) -> alt.LayerChart:
    """Return how far the documents of each jurisdiction stand from all others, with intervals.

    Parameters
    ----------
    pairs, documents, principle, value
        See `index_by_jurisdiction`.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    InputError
        As `index_by_jurisdiction`.
    """
    data = index_by_jurisdiction(pairs, documents, principle, value=value)
    order = data["jurisdiction"].tolist()
    base = alt.Chart(data).encode(
        y=alt.Y("jurisdiction:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=_tooltips("jurisdiction", value),
    )
    points = base.mark_circle(color=INK, size=90, opacity=1).encode(
        x=alt.X("mean:Q", title=_named(value), scale=_reach(data))
    )
    band = base.mark_bar(color=INK, opacity=0.15, height=14).encode(
        x=alt.X("sampling_low:Q", scale=_reach(data)), x2="sampling_high:Q"
    )
    bars = base.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("low:Q", scale=_reach(data)), x2="high:Q")
    title = _title("Distance from all others", principle, value)
    return layered(band, bars, points, width=420, height=max(60, 32 * len(order)), title=title)


def _named(value: str) -> str:
    return f"Mean {VALUE_TITLES.get(value, value)}"


def _reach(data: pd.DataFrame) -> alt.Scale:
    """From a little below the lowest end to a little over the highest, within [0, 1]."""
    columns = ("mean", "low", "high", "sampling_low", "sampling_high")
    ends = [float(end) for name in columns for end in data[name].dropna()]
    return alt.Scale(domain=[max(0.0, min(ends) - 0.03), min(1.0, max(ends) + 0.03)], nice=False)


def _tooltips(by: str, value: str) -> list[alt.Tooltip]:
    named = {"mean": _named(value), "low": "Reading, from", "high": "to"}
    sampled = {"sampling_low": "Other documents, from", "sampling_high": "to"}
    return [
        alt.Tooltip(f"{by}:N", title=by.capitalize()),
        alt.Tooltip("n_documents:Q", title="Documents"),
        alt.Tooltip("n_pairs:Q", title="Pairs"),
        *(alt.Tooltip(f"{name}:Q", title=title, format=".2f") for name, title in (named | sampled).items()),
    ]


def _title(text: str, principle: str, value: str) -> alt.TitleParams:
    key = _KEY if value == "value" else _SAMPLE_ALONE
    return alt.TitleParams(f"{text}: {principle}", subtitle=key, anchor="start", fontSize=14)
