"""Cells of tables in Akoma Ntoso: rows of ``<td>`` that span as in HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from fragcheck.formats.akn_names import AKN, OURS, writable
from fragcheck.formats.xml_input import Element, local_name
from fragcheck.records import BBox, TableCell

__all__ = ["add_table", "read_cells"]

#: Rows or columns that one cell of a foreign file may span at most.
_MOST_SPAN = 1000
_SIDES = 4


def add_table(above: Element, cells: Sequence[TableCell]) -> None:
    """Append ``<table>`` with the cells; place in the grid, page and frame stand in our own namespace."""
    from lxml import etree

    table = etree.SubElement(above, f"{{{AKN}}}table")
    for _, held in groupby(cells, key=lambda cell: cell.row):
        row = etree.SubElement(table, f"{{{AKN}}}tr")
        for cell in held:
            made = etree.SubElement(row, f"{{{AKN}}}td")
            if cell.column_span != 1:
                made.set("colspan", str(cell.column_span))
            if cell.row_span != 1:
                made.set("rowspan", str(cell.row_span))
            made.set(f"{{{OURS}}}cell", f"{cell.row} {cell.column}")
            if cell.page is not None:
                made.set(f"{{{OURS}}}page", str(cell.page))
            if cell.bbox is not None:
                made.set(f"{{{OURS}}}box", " ".join(repr(side) for side in cell.bbox))
            etree.SubElement(made, f"{{{AKN}}}p").text = writable(cell.text)


def read_cells(element: Element, words: Callable[[Element], str]) -> tuple[TableCell, ...]:
    """Cells of the tables in an element, row by row.

    Parameters
    ----------
    element : Element
        A table, or what holds one.
    words : callable
        Gives the text of a cell.

    Returns
    -------
    tuple of TableCell
        With the places that `add_table` wrote; in files of others, places by the order of the
        cells and what they span. Empty where there is no cell.

    Raises
    ------
    ValueError
        Where a place that `add_table` wrote is damaged.
    """
    found: list[TableCell] = []
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows(_table(element))):
        column = 0
        for made in row:
            if local_name(made) not in ("td", "th"):
                continue
            while (number, column) in covered:
                column += 1
            cell = _cell(made, words(made), number, column)
            covered.update(
                (cell.row + down, cell.column + right)
                for down in range(1, cell.row_span)
                for right in range(cell.column_span)
            )
            column += cell.column_span
            found.append(cell)
    return tuple(found)


def _table(element: Element) -> Element | None:
    """The table that an element is, or that stands in its text; not one of a unit further in."""
    if local_name(element) == "table":
        return element
    text = (child for child in element if local_name(child) in ("intro", "content"))
    return next((inner for block in text for inner in block if local_name(inner) == "table"), None)


def _rows(table: Element | None) -> Iterator[Element]:
    for row in () if table is None else table.iter():
        if local_name(row) == "tr" and _nearest_table(row) is table:
            yield row


def _nearest_table(row: Element) -> Element | None:
    return next((above for above in row.iterancestors() if local_name(above) == "table"), None)


def _cell(made: Element, text: str, row: int, column: int) -> TableCell:
    place = made.get(f"{{{OURS}}}cell")
    page, box = made.get(f"{{{OURS}}}page"), made.get(f"{{{OURS}}}box")
    spans = [_span(made.get("rowspan"), is_ours=place is not None)]
    spans.append(_span(made.get("colspan"), is_ours=place is not None))
    if place is not None:
        row, column = (int(number) for number in place.split())
    return TableCell(
        row, column, text, None if page is None else int(page), None if box is None else _box(box), *spans
    )


def _span(stated: str | None, *, is_ours: bool) -> int:
    if stated is None or not stated.strip().isdecimal():
        return 1
    return int(stated) if is_ours else min(max(int(stated), 1), _MOST_SPAN)


def _box(stated: str) -> BBox:
    sides = [float(side) for side in stated.split()]
    if len(sides) != _SIDES:
        raise ValueError(f"a box of four sides wanted, {stated[:60]!r} came")
    return (sides[0], sides[1], sides[2], sides[3])
