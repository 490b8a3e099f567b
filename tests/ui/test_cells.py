import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_made import TITLES, made_analysis, made_comparison

from fragcheck.records import Comparison, RunInfo
from fragcheck.ui.cells import (
    MEASURES,
    RAMP,
    Cell,
    cells,
    cluster_order,
    document_names,
    document_title,
    extremes,
    figure,
    ink_on,
    is_narrow,
    is_saturated,
    luminance,
    pair_of,
    principles_of,
    shade,
    span_of,
)

GIVEN = (0, 1, 2, 3)


def cell_at(found, row, column):
    return next(cell for cell in found if (cell.row, cell.column) == (row, column))


def test_every_ordered_pair_has_a_cell_and_divergence_is_symmetric(comparison):
    found = cells(comparison, "overall", "divergence", GIVEN)
    assert len(found) == 16
    for cell in found:
        mirror = cell_at(found, cell.column, cell.row)
        assert (cell.value, cell.low, cell.high) == (mirror.value, mirror.low, mirror.high)
    assert all(cell_at(found, i, i).status == "same" for i in GIVEN)


@pytest.mark.parametrize(
    ("principle", "label", "why"),
    [
        ("safety", "0.35", "3 and 2"),
        ("fairness", "0.35†", "Few provisions"),
        ("privacy", "1.00◐", "Only one"),
        ("compute", "none", "no evidence"),
    ],
)
def test_cells_mark_what_they_rest_on(comparison, principle, label, why):
    cell = cell_at(cells(comparison, principle, "divergence", GIVEN), 0, 1)
    assert cell.label == label
    assert why in cell.why


def test_counts_follow_the_side(comparison):
    found = cells(comparison, "safety", "divergence", GIVEN)
    assert "3 and 2" in cell_at(found, 0, 1).why
    assert "2 and 3" in cell_at(found, 1, 0).why


def test_interoperability_is_read_by_row(comparison):
    found = cells(comparison, "overall", "interoperability", GIVEN)
    assert cell_at(found, 0, 1).value == 0.5
    assert cell_at(found, 0, 1).interval == "40–60%"
    assert cell_at(found, 1, 0).value is None
    assert cell_at(found, 1, 0).status == "not_applicable"


def test_a_part_that_does_not_apply_has_no_value(comparison):
    cell = cell_at(cells(comparison, "privacy", "content", GIVEN), 0, 1)
    assert (cell.value, cell.status, cell.label) == (None, "not_applicable", "")


@pytest.mark.parametrize("measure", [name for name in MEASURES if name != "divergence"])
def test_parts_carry_no_interval_of_the_whole(comparison, measure):
    cell = cell_at(cells(comparison, "safety", measure, GIVEN), 0, 1)
    assert cell.value is not None
    assert bool(cell.interval) == (measure == "interoperability")


def test_order_moves_rows_and_columns_alike(comparison):
    found = cells(comparison, "overall", "divergence", (3, 0, 1, 2))
    assert cell_at(found, 0, 1).left == comparison.document_ids[3]
    assert cell_at(found, 0, 1).right == comparison.document_ids[0]


def test_cluster_order_is_a_permutation_even_without_values(comparison):
    for principle in ("overall", "compute"):
        assert sorted(cluster_order(comparison, principle)) == [0, 1, 2, 3]
    two = made_comparison(tuple(made_analysis(index) for index in range(2)))
    assert cluster_order(two, "overall") == (0, 1)


def test_names_follow_the_file_and_are_short_and_distinct():
    long = made_analysis(0, name="/x/a-very_long--name " + "of a regulation " * 5 + ".pdf")
    names = document_names([made_analysis(1), made_analysis(1), long])
    assert names[:2] == ("doc1 (1)", "doc1 (2)")
    assert names[2] == "a very long name of a regulation of a…"


def test_titles_stand_beside_the_name_unless_they_repeat_it():
    assert document_title(made_analysis(0)) == TITLES[0]
    assert document_title(made_analysis(0, name=f"{TITLES[0]}.pdf")) == ""


def test_principles_of_the_result(comparison):
    assert principles_of(comparison)[:2] == ("overall", "safety")
    assert principles_of(Comparison(RunInfo("0", 0), (), (), ())) == ("overall",)


def test_a_pair_is_found_from_both_sides(comparison):
    a, b, *_ = comparison.document_ids
    assert pair_of(comparison, b, a) is pair_of(comparison, a, b)
    assert pair_of(comparison, a, a) is None


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (0.0, "0.00"), (-0.001, "0.00"), (-0.25, "−0.25"), (0.996, "1.00")]
)
def test_figures(value, words):
    assert figure(value) == words


@given(st.floats(0, 1), st.floats(0, 1))
def test_darker_is_more_and_the_ink_stands_out(one, other):
    low, high = sorted((one, other))
    assert luminance(shade(low)) >= luminance(shade(high)) - 0.01
    light, dark = sorted((luminance(ink_on(shade(low))), luminance(shade(low))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_shades_at_the_ends_and_of_an_empty_range():
    assert (shade(0), shade(1), shade(7), shade(0.5, 1, 1)) == (RAMP[0], RAMP[-1], RAMP[-1], RAMP[0])


def test_stretched_colours_span_the_values_shown(comparison):
    found = cells(comparison, "overall", "divergence", GIVEN)
    assert span_of(found, stretch=True) == (0.35, 0.95)
    assert span_of(found, stretch=False) == (0.0, 1.0)
    assert span_of(cells(comparison, "compute", "divergence", GIVEN), stretch=True) == (0.0, 1.0)


def test_extremes_in_words(comparison):
    names = dict(zip(comparison.document_ids, "ABCD", strict=True))
    found = cells(comparison, "overall", "divergence", GIVEN)
    assert extremes(found, names) == ("C – D 0.95", "A – B 0.35")
    assert extremes(cells(comparison, "compute", "divergence", GIVEN), names) == ("no value", "no value")


@pytest.mark.parametrize(
    ("values", "narrow", "saturated"),
    [
        ((0.35, 0.95), False, False),
        ((0.5, 0.6, None), True, False),
        ((0.91, 0.99), True, True),
        ((0.97, 0.98), False, True),
        ((None,), False, False),
    ],
)
def test_views_whose_values_lie_close_together(values, narrow, saturated):
    found = [Cell(0, 1, "a", "b", value, None, None, "ok", "") for value in values]
    assert (is_narrow(found), is_saturated(found)) == (narrow, saturated)
