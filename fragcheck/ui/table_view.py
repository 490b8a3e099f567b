"""A table of a law as an HTML table, evidence marked in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from fragcheck.records import TableCell, cell_offsets
from fragcheck.ui.reading import marked
from fragcheck.ui.texts import text

__all__ = ["table_html"]


def table_html(cells: Sequence[TableCell], spans: Sequence[tuple[int, int, str]]) -> str:
    """Safe HTML of a table.

    Parameters
    ----------
    cells : sequence of TableCell
        Row by row.
    spans : sequence of (int, int, str)
        Start and end in the `table_text` of the cells, and what the words are evidence of.
    """
    rows = []
    placed = list(zip(cells, cell_offsets(cells), strict=True))
    for _, held in groupby(placed, key=lambda pair: pair[0].row):
        parts = []
        for cell, start in held:
            inside = [
                (max(first - start, 0), last - start, name) for first, last, name in spans if last > start
            ]
            parts.append(_cell(cell, inside))
        rows.append(f"<tr>{''.join(parts)}</tr>")
    label = escape(text("document.table"))
    return (
        f'<div class="fc-scroll"><table class="fc-cells" aria-label="{label}">{"".join(rows)}</table></div>'
    )


def _cell(cell: TableCell, spans: Sequence[tuple[int, int, str]]) -> str:
    kept = [(first, min(last, len(cell.text)), name) for first, last, name in spans if first < len(cell.text)]
    span = "".join(
        f' {name}="{count}"'
        for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if count > 1
    )
    return f'<td dir="auto"{span}>{marked(cell.text, kept)}</td>'
