"""The heatmap as a picture, small ones for every principle, and the tour of the pages."""

import xml.etree.ElementTree as ET

from fragcheck.ui.cells import cells, principles_of
from fragcheck.ui.heatmap_chart import ChartForm
from fragcheck.ui.heatmap_picture import heatmap_svg, multiples_file, multiples_svg
from fragcheck.ui.pages.heatmap import principle_rows
from fragcheck.ui.tour import STEPS

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - as above


def test_the_picture_holds_every_value_and_no_markup_of_names(comparison):
    found = cells(comparison, "overall", "divergence", range(4))
    root = parsed(heatmap_svg(found, ChartForm(("a <b>", "b & c", "x" * 90, "d"), "D · <Overall>")))
    words = [node.text for node in root.iter(f"{SVG}text")]
    assert {"D · <Overall>", "a <b> A", "b & c B"} <= set(words)
    assert [cell.label for cell in found if cell.label and cell.label not in words] == []
    assert len(list(root.iter(f"{SVG}rect"))) == 1 + 16


def test_a_cell_without_evidence_is_hatched(comparison):
    found = cells(comparison, "compute", "divergence", range(4))
    root = parsed(heatmap_svg(found, ChartForm(tuple("wxyz"), "D")))
    assert len(list(root.iter(f"{SVG}line"))) == 2 * 12


def test_small_ones_are_drawn_for_every_principle(comparison):
    names = principles_of(comparison)
    panels = [(name, cells(comparison, name, "divergence", range(4))) for name in names]
    root = parsed(multiples_svg(panels, 4, 'all "principles"'))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'all "principles"'
    assert [node.text for node in root.iter(f"{SVG}text")] == list(names)
    assert len(list(root.iter(f"{SVG}rect"))) == 16 * len(names)


def test_small_ones_can_be_taken_along_with_what_they_mean(comparison):
    names = principles_of(comparison)
    panels = [(name, cells(comparison, name, "divergence", range(4))) for name in names]
    root = parsed(multiples_file(panels, ("a <b>", "b & c", "x", "y"), "Every <principle>", ("alike", "far")))
    words = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    assert {"Every <principle>", "0 alike", "far 1", "A a <b>", "B b & c", *names} <= set(words)
    assert len(list(root.iter(f"{SVG}rect"))) == 16 * len(names) + 2
    rows = principle_rows(panels, dict(zip(comparison.document_ids, "abcd", strict=True)))
    assert len(rows) == 12 * len(names)
    assert {row["Value"] for row in rows if row["Principle"] == "compute"} == {None}


def test_the_tour_is_offered_once_and_leads_through_the_pages(app):
    test = app()
    test.button(key="tour_take").click().run()
    assert "Tour, 1 of 7" in "".join(each.value for each in test.markdown)
    for at in range(1, len(STEPS)):
        test.button(key="tour_next").click().run()
        assert not test.exception
        assert f"Tour, {at + 1} of 7" in "".join(each.value for each in test.markdown)
    assert not [button for button in test.button if button.key == "tour_next"]
    test.button(key="tour_end").click().run()
    assert "Tour," not in "".join(each.value for each in test.markdown)


def test_who_wants_no_tour_is_not_asked_again(app):
    test = app()
    test.button(key="tour_no").click().run()
    assert not [button for button in test.button if (button.key or "").startswith("tour")]


def test_the_tour_is_not_offered_on_ones_own_documents(app, home):
    own = home.save_set((home.add_file("a.pdf", b"a 0"), home.add_file("b.pdf", b"b 1")))
    test = app(set=own.id)
    assert not [button for button in test.button if (button.key or "").startswith("tour")]
