"""Tables of a law as HTML: every cell, safely, with the evidence where it stands."""

from __future__ import annotations

from fragcheck.records import TableCell, table_text
from fragcheck.ui.table_view import table_html

CELLS = (
    TableCell(0, 0, "Class", column_span=2),
    TableCell(0, 2, "Fee <in euro>"),
    TableCell(1, 0, "A"),
    TableCell(1, 1, ""),
    TableCell(1, 2, "ten"),
)


def test_cells_spans_and_evidence():
    text = table_text(CELLS)
    at = text.index("ten")
    found = table_html(CELLS, [(at, at + 3, "Safety"), (0, 5, "Privacy")])
    assert '<td dir="auto" colspan="2"><mark title="Privacy">Class</mark></td>' in found
    assert '<td dir="auto">Fee &lt;in euro&gt;</td>' in found
    assert '<td dir="auto"></td><td dir="auto"><mark title="Safety">ten</mark></td>' in found
    assert found.count("<tr>") == 2


def test_a_mark_over_several_cells_marks_each():
    found = table_html(CELLS[2:], [(0, 5, "Safety")])
    assert '<mark title="Safety">A</mark>' in found
    assert '<mark title="Safety">t</mark>en' in found
