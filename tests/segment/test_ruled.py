"""Ruled tables: kept as tables with their cells, unless they only frame provisions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typesetter import typeset_text

from fragcheck.records import (
    CellBox,
    Document,
    Line,
    LineRole,
    Page,
    RuledTable,
    TableCell,
    cell_offsets,
    table_text,
)
from fragcheck.segment import segment

LEFT, TOP, WIDTH, PITCH = 72.0, 300.0, 420.0, 13.0

ABOVE = """\
^CHAPTER I
^GENERAL

^Article 1
^*Fees
1.   Keepers shall pay the fees that stand here:
"""
BELOW = """\
2.   Fees shall be paid within a month.
^Article 2
^*Entry into force
This Regulation shall enter into force on 1 May 2031.
"""


def grid(rows, page=1, top=TOP, pad=6.0):
    """Lines and grid of a table: `rows` of cells, each the lines of its text."""
    width = WIDTH / max(len(row) for row in rows)
    lines, cells = [], []
    for number, row in enumerate(rows):
        height = PITCH * max(1, *(len(cell) for cell in row)) + pad
        for column, cell in enumerate(row):
            x0 = LEFT + column * width
            cells.append(CellBox(number, column, (x0, top, x0 + width, top + height)))
            for at, text in enumerate(cell):
                y0 = top + pad / 2 + at * PITCH
                box = (x0 + 2, y0, x0 + 2 + min(5.0 * len(text), width - 4), y0 + 10)
                lines.append(Line(text, page, box, 10.0, role=LineRole.TABLE, column=column))
        top += height
    return lines, RuledTable(page, tuple(cells))


def laid_out(above, rows, below="", pad=6.0):
    """A law with a table on its first page, and what follows on the second."""
    first, second = typeset_text(above), typeset_text(below or "End.")
    lines, table = grid(rows, pad=pad)
    behind = [replace(line, page=2) for line in second.lines] if below else []
    pages = (Page(1, 595.0, 842.0), Page(2, 595.0, 842.0))
    return Document(
        "0" * 64, "t", "t.pdf", language="en", pages=pages,
        lines=(*first.lines, *lines, *behind), tables=(table,),
    )  # fmt: skip


@given(st.lists(st.builds(TableCell, st.integers(0, 5), st.integers(0, 5), st.text("ab |", max_size=4))))
def test_where_cells_stand_in_the_words_of_their_table(cells):
    cells.sort(key=lambda cell: (cell.row, cell.column))
    words = table_text(cells)
    for cell, start in zip(cells, cell_offsets(cells), strict=True):
        assert words[start : start + len(cell.text)] == cell.text


FEES = [
    [["Class"], ["Machines"], ["Fee"]],
    [["A"], ["small machines that", "decide alone"], ["10"]],
    [["B"], ["all others"], []],
]


def test_a_table_keeps_its_cells_and_interrupts_nothing():
    found = segment(laid_out(ABOVE, FEES, BELOW), tradition="eu")
    units = {unit.eid: unit for unit in found.provisions}
    table = units["art_1__para_1__table_1"]
    assert table.kind == "table"
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "Class"), (0, 1, "Machines"), (0, 2, "Fee"),
        (1, 0, "A"), (1, 1, "small machines that decide alone"), (1, 2, "10"),
        (2, 0, "B"), (2, 1, "all others"), (2, 2, ""),
    ]  # fmt: skip
    assert table.text == table_text(table.cells)
    assert table.text == "Class | Machines | Fee\nA | small machines that decide alone | 10\nB | all others"
    assert table.context == "GENERAL > Fees > Keepers shall pay the fees that stand here:"
    assert {cell.page for cell in table.cells} == {1}
    assert all(before.bbox[0] < after.bbox[0] for before, after in pairwise(table.cells[:3]))
    printed = [table.text[span.start : span.end] for span in table.spans]
    assert printed[:5] == ["Class", "Machines", "Fee", "A", "small machines that"]
    assert units["art_1__para_1"].text == "Keepers shall pay the fees that stand here:"
    assert list(units)[-3:] == ["art_1__para_1__table_1", "art_1__para_2", "art_2"]


def test_a_table_goes_on_over_the_page_and_its_caption_is_its_heading():
    document = laid_out(f"{ABOVE}\nTable 1: Fees", FEES, BELOW)
    more, table = grid([[["C"], ["toys"], ["0"]], [["D"], ["tools"], ["5"]]], page=2, top=80.0)
    at = next(index for index, line in enumerate(document.lines) if line.page == 2)
    moved = [
        replace(line, bbox=(line.bbox[0], line.bbox[1] + 200, line.bbox[2], line.bbox[3] + 200))
        for line in document.lines[at:]
    ]
    document = replace(
        document, lines=(*document.lines[:at], *more, *moved), tables=(*document.tables, table)
    )
    found = [unit for unit in segment(document, tradition="eu").provisions if unit.kind == "table"]
    assert len(found) == 1
    assert found[0].heading == "Table 1: Fees"
    assert [(cell.row, cell.page) for cell in found[0].cells if cell.column == 0] == [
        (0, 1), (1, 1), (2, 1), (3, 2), (4, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        # a list whose numbers stand in a column of their own
        ([[["(a)"], ["keep records;"]], [["(b)"], ["pay fees."]]], ["art_1__para_1__point_a"]),
        # articles laid out in a box
        (
            [[["Article 2"], ["Article 3"]], [["Article 4", "Keepers shall register."], ["Article 5"]]],
            ["art_4"],
        ),
        # numbered paragraphs inside of cells
        ([[["Topic"], ["Rule"]], [["Fees"], ["2. Fees shall be paid within a month."]]], ["art_1__para_2"]),
    ],
)
def test_a_grid_that_frames_provisions_is_left_to_them(rows, wanted):
    found = segment(laid_out(ABOVE, rows), tradition="eu").provisions
    assert not [unit for unit in found if unit.kind == "table"]
    assert set(wanted) <= {unit.eid for unit in found}


@pytest.mark.parametrize(
    "rows",
    [
        # a correlation table cites articles and holds none
        [[["Directive 95"], ["This Regulation"]], [["Article 1"], ["Article 2"]], [["Article 2"], ["—"]]],
        # running numbers in a column of their own
        [[["No"], ["Name"], ["Fee"]], [["1."], ["small"], ["10"]], [["2."], ["large"], ["20"]]],
        # dates
        [[["Edition"], ["Date"]], [["First"], ["23 January 2031"]], [["Second"], ["21 January 2032"]]],
    ],
)
def test_numbers_that_are_no_labels_leave_a_table_a_table(rows):
    annex = "^CHAPTER I\n^Article 1\nKeepers shall pay.\n\n^ANNEX I\n^*Lists\nThe list reads:\n"
    found = segment(laid_out(annex, rows), tradition="eu").provisions
    assert [unit.eid for unit in found if unit.kind == "table"] == ["annex_I__table_1"]
    assert len([unit for unit in found if unit.kind == "article"]) == 1


def test_lines_that_only_shading_parts_are_one_cell():
    rows = [
        [["Principle"], ["Safety"]],
        [["Meaning"], ["Machines should function in a robust yet"]],
        [[], ["secure way throughout their life; risks"]],
        [[], ["should be managed."]],
    ]  # fmt: skip
    document = laid_out("1. Introduction\nThe principles are set out here.", rows, pad=0.0)
    grid_cells = list(document.tables[0].cells)
    tall = replace(grid_cells[2], row_span=3)
    cells = tuple(
        tall if cell == grid_cells[2] else cell for cell in grid_cells if cell.column or cell.row < 2
    )
    found = segment(replace(document, tables=(RuledTable(1, cells),)), tradition="standard").provisions
    table = next(unit for unit in found if unit.kind == "table")
    assert [cell.text for cell in table.cells] == [
        "Principle", "Safety", "Meaning",
        "Machines should function in a robust yet secure way throughout their life; risks should be managed.",
    ]  # fmt: skip


OLD_AND_NEW = [
    [["Current text"], ["Proposed text"], ["Remarks"]],
    [["Article 7", "Keepers shall pay ten."], ["Article 7", "Keepers shall pay twenty."], ["higher fee"]],
    [["Article 8", "Fees are due in a month."], ["Article 8", "Fees are due in a week."], []],
]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2)])
def test_of_two_versions_side_by_side_only_the_new_one_is_the_law(order):
    rows = [[row[column] for column in order] for row in OLD_AND_NEW]
    found = segment(laid_out("^CHAPTER I\n^Article 6\nKeepers shall register.\n", rows), tradition="eu")
    articles = [unit for unit in found.provisions if unit.kind == "article"]
    assert [(unit.eid, unit.text) for unit in articles] == [
        ("art_6", "Keepers shall register. Proposed text"),
        ("art_7", "Keepers shall pay twenty."),
        ("art_8", "Fees are due in a week."),
    ]
    quoted = [unit.text for unit in found.provisions if unit.is_quoted]
    assert sorted(quoted) == [
        "Article 7 Keepers shall pay ten.", "Article 8 Fees are due in a month.",
        "Current text", "Remarks", "higher fee",
    ]  # fmt: skip
    assert not [notice for notice in found.warnings if notice.code.startswith("number")]


@pytest.mark.parametrize(
    ("last", "first", "wanted"),
    [
        # the page cuts a sentence: the rest of the row has nothing beside it
        (
            [["C"], ["toys that"], ["0"]],
            [[""], ["move by themselves"], [""]],
            "C | toys that move by themselves | 0",
        ),
        # it cuts between two sentences of a cell: all other rows have a name
        (
            [["C"], ["Toys move."], ["0"]],
            [[""], ["They are small."], [""]],
            "C | Toys move. They are small. | 0",
        ),
        # a row of its own
        ([["C"], ["toys"], ["0"]], [["D"], ["Tools"], ["5"]], "C | toys | 0"),
    ],
)
def test_a_row_that_a_page_cuts_in_two_is_one_row(last, first, wanted):
    above, upper = grid([[["Class"], ["Machines"], ["Fee"]], [["B"], ["pens"], ["2"]], last])
    below, lower = grid([first, [["E"], ["lamps"], ["7"]]], page=2, top=80.0)
    above, below = ([line for line in lines if line.text] for lines in (above, below))
    document = typeset_text(ABOVE)
    lines = (*document.lines, *above, *below)
    pages = (*document.pages, replace(document.pages[0], number=2))
    document = replace(document, lines=lines, pages=pages, tables=(upper, lower))
    table = next(unit for unit in segment(document, tradition="eu").provisions if unit.kind == "table")
    assert table.text.split("\n")[2] == wanted
    assert table.text.split("\n")[-1] == "E | lamps | 7"
    assert [table.text[span.start : span.end] for span in table.spans][-1] == "7"


def test_identifiers_that_stand_alone_beside_what_they_identify_are_provisions():
    above = "*1. Actions to Manage Risks\n*GOVERN 1.1: Legal duties that concern generators are written down."
    rows = [
        [["Action ID"], ["Suggested Action"], ["Risks"]],
        [["GO-1.1-001"], ["Align the keeping of", "generators with the law."], ["Records"]],
        [["GO-1.1-002"], ["Review all contracts with", "those who supply data."], ["Data"]],
    ]
    found = {unit.eid: unit.text for unit in segment(laid_out(above, rows), tradition="standard").provisions}
    assert found["item_GO-1.1-001"] == "Align the keeping of generators with the law. Records"
    assert found["item_GO-1.1-002"] == "Review all contracts with those who supply data. Data"
