"""The matrix of a set of documents as charts: a heatmap, a tree, and a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import dendrogram as tree_lines
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from fragcheck.diverge.blocs import cluster_order, distance_matrix
from fragcheck.figures.frames import Distances, distances
from fragcheck.figures.places import scaled_places
from fragcheck.report.colours import ink_on, shade

__all__ = ["INK", "VALUE_TITLES", "dendrogram", "heatmap", "layered", "map_of_documents"]

INK = "#16598f"
#: What the columns of values are called on axes and in tooltips.
VALUE_TITLES = {"value": "Divergence D", "screen": "Coverage screen"}

_NO_VALUE = "#e4e4e4"
_MOST_LABELS = 14
_NAME_WIDTH = 260


def heatmap(
    pairs: pd.DataFrame, documents: pd.DataFrame, principle: str = "overall", *, value: str = "value"
) -> alt.LayerChart:
    """Return the matrix of `principle`, documents that are alike beside each other.

    The order is that of the leaves of an average-linkage tree, see `fragcheck.diverge.blocs.cluster_order`.
    Pairs without a value are grey.

    Parameters
    ----------
    pairs, documents : pandas.DataFrame
        See `fragcheck.figures`.
    principle : str
    value : {"value", "screen"}

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    InputError
        Where a column, the principle, or all pairs of these documents are missing.
    """
    found = distances(pairs, documents, principle, value)
    order = [found.names[name] for name in cluster_order(found.ids, found.table)]
    cell = 46 if len(order) <= _MOST_LABELS else 18
    side = cell * len(order)
    data = _cells(found, value)
    axis: dict[str, Any] = {"title": None, "labelLimit": _NAME_WIDTH, "ticks": False, "domain": False}
    base = alt.Chart(data).encode(
        x=alt.X("right:N", sort=order, axis=alt.Axis(orient="bottom", labelAngle=-40, **axis)),
        y=alt.Y("left:N", sort=order, axis=alt.Axis(**axis)),
    )
    rects = base.mark_rect(stroke="white").encode(
        color=alt.Color("colour:N", scale=None),
        tooltip=[
            alt.Tooltip("left:N", title="Document"),
            alt.Tooltip("right:N", title="Other document"),
            alt.Tooltip("label:N", title=VALUE_TITLES.get(value, value)),
            alt.Tooltip("interval:N", title="90 % interval of reading"),
            alt.Tooltip("status:N", title="Status"),
        ],
    )
    layers = [rects]
    if len(order) <= _MOST_LABELS:
        layers.append(
            base.mark_text(fontSize=11).encode(text="label:N", color=alt.Color("ink:N", scale=None))
        )
    title = _title(f"{VALUE_TITLES.get(value, value)}: {principle}")
    return layered(*layers, width=side, height=side, title=title)


def _cells(found: Distances, value: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for record in found.rows.to_dict("records"):
        number = None if pd.isna(record[value]) else float(record[value])
        colour = _NO_VALUE if number is None else shade(number)
        ends = [record.get(end) for end in ("low", "high")]
        has_ends = value == "value" and not any(pd.isna(end) for end in ends)
        for left, right in ((record["left_id"], record["right_id"]), (record["right_id"], record["left_id"])):
            rows.append(
                {
                    "left": found.names[left],
                    "right": found.names[right],
                    "label": "–" if number is None else f"{number:.2f}",
                    "interval": f"{ends[0]:.2f} to {ends[1]:.2f}" if has_ends else "none",
                    "status": record.get("status") or "",
                    "colour": colour,
                    "ink": ink_on(colour),
                }
            )
    return pd.DataFrame(rows)


def dendrogram(
    pairs: pd.DataFrame, documents: pd.DataFrame, principle: str = "overall", *, value: str = "value"
) -> alt.LayerChart:
    """Return the average-linkage tree (UPGMA) of the documents; two join at their mean divergence.

    Parameters
    ----------
    pairs, documents, principle, value
        As in `heatmap`. A pair without a value stands at the mean of the others.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    InputError
        As in `heatmap`.
    """
    found = distances(pairs, documents, principle, value)
    # By id, so that the order of the rows does not show.
    ids = sorted(found.ids)
    matrix = squareform(distance_matrix(ids, found.table), checks=False)
    lines = tree_lines(linkage(matrix, method="average", optimal_ordering=True), no_plot=True)
    order = [found.names[ids[leaf]] for leaf in cast("list[int]", lines["leaves"])]
    paths = _paths(lines["dcoord"], lines["icoord"])
    leaves = pd.DataFrame({"name": order, "place": np.arange(float(len(order))), "at": 0.0})
    height = max(120, 26 * len(order))
    place = alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[-0.5, len(order) - 0.5], nice=False))
    drawn = (
        alt.Chart(paths)
        .mark_line(color=INK, strokeJoin="round")
        .encode(
            x=alt.X(
                "at:Q",
                title=VALUE_TITLES.get(value, value),
                scale=alt.Scale(
                    domain=[0, max(1e-6, float(paths["at"].max()) * 1.03)], reverse=True, nice=False
                ),
                axis=alt.Axis(grid=False),
            ),
            y=place,
            detail="line:N",
            order="step:Q",
        )
    )
    names = (
        alt.Chart(leaves)
        .mark_text(align="left", dx=6, fontSize=12, limit=_NAME_WIDTH)
        .encode(x="at:Q", y=place, text="name:N")
    )
    padding = {"right": _NAME_WIDTH, "left": 10, "top": 10, "bottom": 10}
    title = _title(f"Average linkage: {principle}")
    chart = layered(drawn, names, width=360, height=height, padding=padding, title=title)
    return cast("alt.LayerChart", chart.configure_view(strokeWidth=0))


def _paths(heights: Sequence[Sequence[float]], places: Sequence[Sequence[float]]) -> pd.DataFrame:
    """Corners of the lines of a tree; scipy puts leaf k at 10 k + 5."""
    return pd.DataFrame(
        {"line": number, "step": step, "at": float(at), "place": (float(place) - 5.0) / 10.0}
        for number, corners in enumerate(zip(heights, places, strict=True))
        for step, (at, place) in enumerate(zip(*corners, strict=True))
    )


def map_of_documents(
    pairs: pd.DataFrame, documents: pd.DataFrame, principle: str = "overall", *, value: str = "value"
) -> alt.LayerChart:
    """Return a map on which documents stand as far apart as they diverge, as well as a plane allows.

    The subtitle gives the stress of the map, see `scaled_places`: from .2 on its distances are not to be
    trusted, and most sets of laws are there. A column ``jurisdiction`` gives the colours.

    Parameters
    ----------
    pairs, documents, principle, value
        As in `heatmap`. A pair without a value stands at the mean of the others.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    InputError
        As in `heatmap`.
    """
    found = distances(pairs, documents, principle, value)
    ids = sorted(found.ids)
    places, stress = scaled_places(distance_matrix(ids, found.table))
    data = pd.DataFrame({"name": [found.names[name] for name in ids], "x": places[:, 0], "y": places[:, 1]})
    encoding: dict[str, Any] = {"color": alt.value(INK)}
    if "jurisdiction" in documents.columns and documents["jurisdiction"].notna().any():
        known = dict(zip(documents["document_id"].astype(str), documents["jurisdiction"], strict=True))
        data["jurisdiction"] = ["not recorded" if pd.isna(known[name]) else str(known[name]) for name in ids]
        encoding["color"] = alt.Color("jurisdiction:N", title="Jurisdiction")
    # One scale for both directions: a distance must not depend on its direction.
    reach = max(1e-6, 1.25 * float(np.abs(places).max()))
    axis = alt.Axis(labels=False, ticks=False, title=None, grid=True, domain=False)
    base = alt.Chart(data).encode(
        x=alt.X("x:Q", scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis),
        y=alt.Y("y:Q", scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis),
    )
    points = base.mark_circle(size=110, opacity=0.9).encode(tooltip=["name:N"], **encoding)
    names = base.mark_text(dy=-12, fontSize=11).encode(text="name:N")
    title = _title(f"Map of {VALUE_TITLES.get(value, value)}: {principle}", f"stress {stress:.2f}")
    return layered(points, names, width=460, height=460, title=title)


def layered(*charts: alt.Chart, **properties: Any) -> alt.LayerChart:  # noqa: ANN401 - Altair's own
    """Charts one over the other, with properties of the whole."""
    return cast("alt.LayerChart", alt.layer(*charts).properties(**properties))


def _title(text: str, below: str = "") -> alt.TitleParams:
    return alt.TitleParams(text, subtitle=below, anchor="start", fontSize=14)
