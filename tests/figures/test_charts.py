"""Figures show the numbers that they were given, and are Vega-Lite that Altair itself finds valid."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from fragcheck.figures import dendrogram, heatmap, map_of_documents, trend_by_jurisdiction, trend_by_year

VALUES = {
    ("a", "b"): 0.1,
    ("a", "c"): 0.8,
    ("b", "c"): 0.6,
    ("a", "d"): None,
    ("b", "d"): 0.9,
    ("c", "d"): 0.7,
}


@pytest.fixture
def pairs():
    return pd.DataFrame(
        {
            "left_id": left,
            "right_id": right,
            "principle": "overall",
            "value": value,
            "low": None if value is None else value - 0.05,
            "high": None if value is None else value + 0.05,
            "status": "both_silent" if value is None else "ok",
        }
        for (left, right), value in VALUES.items()
    )


@pytest.fixture
def documents():
    return pd.DataFrame(
        {"document_id": list("abcd"), "jurisdiction": ["N", "N", "S", None], "year": [2020, 2021, 2022, 2023]}
    )


def rows(chart):
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


@pytest.mark.parametrize(
    "figure", [heatmap, dendrogram, map_of_documents, trend_by_year, trend_by_jurisdiction]
)
def test_each_figure_is_valid_and_holds_data(figure, pairs, documents):
    chart = figure(pairs, documents)  # to_dict checks it against the schema of Vega-Lite
    assert rows(chart)


def test_the_heatmap_has_both_halves_with_intervals_and_grey_for_silence(pairs, documents):
    cells = {(row["left"], row["right"]): row for row in rows(heatmap(pairs, documents))}
    assert set(cells) == set(itertools.permutations("abcd", 2))
    assert (cells["b", "a"]["label"], cells["b", "a"]["interval"]) == ("0.10", "0.05 to 0.15")
    assert (cells["a", "d"]["label"], cells["a", "d"]["status"]) == ("–", "both_silent")
    assert cells["a", "d"]["colour"] == "#e4e4e4"
    order = heatmap(pairs, documents).to_dict()["layer"][0]["encoding"]["y"]["sort"]
    assert abs(order.index("a") - order.index("b")) == 1


def test_the_tree_joins_the_nearest_first_at_their_divergence(pairs, documents):
    found = rows(dendrogram(pairs, documents))
    heights = sorted({row["at"] for row in found if "line" in row} - {0.0})
    assert heights[:2] == [pytest.approx(0.1), pytest.approx(0.7)]
    names = [row["name"] for row in found if "name" in row]
    assert sorted(names) == list("abcd")


def test_the_map_says_how_badly_it_fits(pairs, documents):
    chart = map_of_documents(pairs, documents).to_dict()
    assert chart["title"]["subtitle"].startswith("stress 0.")
    assert {row["jurisdiction"] for row in rows(map_of_documents(pairs, documents))} == {
        "N",
        "S",
        "not recorded",
    }
