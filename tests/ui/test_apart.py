"""Agreement of pairs on a log scale, profiles of documents, and the pictures of charts to take along."""

import itertools
import xml.etree.ElementTree as ET

import pytest

from fragcheck.diverge import coverage_profile, document_units
from fragcheck.ui.apart import FLOOR, agreement_words, apart_chart, apart_rows, apart_svg
from fragcheck.ui.bars_picture import BarRow, PointRow, bars_svg, points_svg
from fragcheck.ui.cells import cells, shade
from fragcheck.ui.heatmap_chart import ChartForm, letter
from fragcheck.ui.heatmap_picture import shares_drawing
from fragcheck.ui.pages.profiles import profile_cells
from fragcheck.ui.parts_chart import parts_frame, parts_svg, parts_table

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - made here


def texts_of(root):
    return [node.text for node in root.iter(f"{SVG}text")]


@pytest.fixture
def names(comparison):
    return {one: f"doc {at} <b>" for at, one in enumerate(comparison.document_ids)}


def test_pairs_by_their_agreement(comparison, names):
    rows = apart_rows(comparison, "overall", names)
    assert len(rows) == len(comparison.pairs)
    assert [row.agreement for row in rows] == sorted((row.agreement for row in rows), reverse=True)
    pair = comparison.pairs[0]
    row = next(row for row in rows if {row.left, row.right} == {pair.left, pair.right})
    assert row.agreement == pytest.approx(1 - pair.overall.value)
    assert (row.low, row.high) == pytest.approx((1 - pair.overall.high, 1 - pair.overall.low))
    assert row.low <= row.agreement <= row.high
    assert row.counterpart == pytest.approx(1 - pair.overall.components.coverage)


def test_pairs_without_a_value_are_left_out(comparison, names):
    assert apart_rows(comparison, "compute", names) == ()
    assert {row.agreement for row in apart_rows(comparison, "privacy", names)} == {0.0}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.17, "17%"),
        (0.0234, "2.3%"),
        (0.0999, "10%"),
        (0.0004, "<0.1%"),
        (0.0, "0%"),
        (None, "–"),
        (1.0, "100%"),
    ],
)
def test_agreement_in_words(value, words):
    assert agreement_words(value) == words


def test_no_agreement_stands_at_the_edge_of_the_scale(comparison, names):
    spec = apart_chart(apart_rows(comparison, "privacy", names))
    data = spec["layer"][0]["data"]["values"]
    assert {row["agreement"] for row in data} == {FLOOR}
    assert {row["shown"] for row in data} == {"0%"}


def test_points_are_placed_by_their_logarithm():
    rows = [PointRow(str(at), value, None, None, "") for at, value in enumerate((1.0, 0.1, 0.01, 0.001, 0.0))]
    root = parsed(points_svg(rows, "t", 0.001, "#000000"))
    places = [float(node.get("cx")) for node in root.iter(f"{SVG}circle")]
    steps = [one - other for one, other in itertools.pairwise(places)]
    assert steps == pytest.approx([steps[0], steps[0], steps[0], 0.0], abs=0.02)


def test_the_picture_of_pairs_holds_names_without_markup(comparison, names):
    rows = apart_rows(comparison, "overall", names)
    words = texts_of(parsed(apart_svg(rows, "a & b")))
    assert "a & b" in words
    assert {row.name for row in rows} <= set(words)


def test_bars_are_as_long_as_their_values():
    root = parsed(
        bars_svg([BarRow("x" * 90, ((0.25, "#111111"), (0.5, "#222222")), "0.75")], "t", [("p", "#111111")])
    )
    wide = [float(node.get("width")) for node in root.iter(f"{SVG}rect") if node.get("height") == "20"]
    assert wide == [140.0, 280.0]
    assert {"t", "p", "0.75"} <= set(texts_of(root))


def test_the_parts_as_picture_and_table(comparison):
    frame = parts_frame(comparison.pairs[0], ("overall", "compute"), str.upper)
    assert {"OVERALL", "COMPUTE"} <= set(texts_of(parsed(parts_svg(frame, "t"))))
    overall, compute = parts_table(frame)
    parts = [value for value in overall.values() if isinstance(value, float)]
    assert sum(parts) == pytest.approx(comparison.pairs[0].overall.value, abs=1e-3)
    assert compute["D"] == "–"


def test_a_profile_has_a_share_for_every_principle(comparison):
    units = document_units(comparison.pairs)
    found = {one: coverage_profile(one, own, ("safety", "privacy")) for one, own in units.items()}
    cells = profile_cells(found)
    assert len(cells) == 2 * len(units)
    assert (cells[0].label, cells[1].label) == ("100%", "0%")
    assert cells[0].why == "2 of 2 requirements"


@pytest.mark.parametrize("view", ["", "pair", "harmonise", "interoperability"])
def test_every_chart_can_be_taken_along_as_a_picture(app, view):
    test = app(view, opened=("fold_table", "fold_interop"))
    assert not test.exception
    labels = [each.proto.label for each in test.get("download_button")]
    assert "Picture (SVG)" in labels


def test_the_drawing_of_shares_holds_every_value_and_no_markup(comparison):
    units = document_units(comparison.pairs)
    found = {one: coverage_profile(one, own, ("safety", "privacy")) for one, own in units.items()}
    names = tuple(f"<b>law & {at}</b>" for at in range(len(found)))
    form = ChartForm(names, "t", columns=("Safety", "Privacy"), column_heads=("Safety", "Privacy"))
    shares = profile_cells(found)
    root = parsed(shares_drawing(shares, form, "What is <shown>"))
    assert root.get("aria-label") == "What is <shown>"
    words = texts_of(root)
    assert {"Safety", "Privacy", *(f"{letter(at)} · {name}" for at, name in enumerate(names))} <= set(words)
    assert sum(word.endswith("%") for word in words) == len(shares)
    said = [node.text for node in root.iter(f"{SVG}title")]
    assert said[0] == f"{names[0]} → Safety: 100% (2 of 2 requirements)"
    assert not [node for node in root.iter() if node.get("data-chosen")]
    assert {node.get("fill") for node in root.iter(f"{SVG}rect")} == {shade(1.0), shade(0.0)}


def test_a_cell_of_two_documents_says_which_they_are(comparison, names):
    ids = comparison.document_ids
    found = cells(comparison, "overall", "interoperability", tuple(range(len(ids))))
    form = ChartForm(tuple(names[one] for one in ids), "t", stretch=True)
    root = parsed(shares_drawing(found, form, "t"))
    chosen = [node.get("data-chosen") for node in root.iter(f"{SVG}g") if node.get("data-chosen")]
    assert chosen == [f"{one}|{other}" for one in ids for other in ids if one != other]
    shown = {cell.label for cell in found if cell.value is not None}
    assert shown <= set(texts_of(root))
    assert {cell.interval for cell in found if cell.interval} <= set(texts_of(root))
