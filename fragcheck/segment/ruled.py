"""Tables that stay tables: stretches of rows in a grid of cells that holds no numbered provisions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from fragcheck.records import CellBox, RuledTable
from fragcheck.segment.grammar import load_styles
from fragcheck.segment.labels import LabelReader, Reading
from fragcheck.segment.rows import Row
from fragcheck.segment.units import CellRows, Fragment

__all__ = ["TableRows", "Tables", "find_tables"]

#: Rows, and cells with words in a row, that a table has at least.
_FEWEST = 2
#: Characters behind a label from which a cell is a provision with its number and not a number alone.
_MORE = 8
#: Characters beside an identifier alone in its cell from which it is that of a provision.
_IDENTIFIED = 25
#: Points within which the columns of a table that goes on over the page begin.
_SAME_COLUMN = 6.0
#: Odds that what stands first in its cell begins something.
_FIRST = 1.0
#: Odds of a paragraph below which a row carries on the one above, and the share of such rows in shading.
_CARRIES_ON = -0.5
_SHADED = 0.4
_BAR = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows ``start:end`` of the body that one table holds, with its cells."""

    start: int
    end: int
    cells: tuple[CellRows, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the grids of a document hold.

    Parameters
    ----------
    kept : tuple of TableRows
        Tables that stay tables, in order.
    superseded : tuple of CellRows
        Cells of comparison tables beside the column of the law: its old text, and remarks.
    """

    kept: tuple[TableRows, ...] = ()
    superseded: tuple[CellRows, ...] = ()


def find_tables(
    rows: Sequence[Row], grids: Sequence[RuledTable], reader: LabelReader, taken: Set[int]
) -> Tables:
    """The tables among `rows`.

    Parameters
    ----------
    rows : sequence of Row
    grids : sequence of RuledTable
        Cells by ruling lines, as read from the pages. Rows of tables of files without pages hold
        their cells divided by bars.
    reader : LabelReader
        Tells whether cells begin with numbers of provisions: such a table is only the frame
        of its provisions and is left to them, but a column of bare numbers makes none.
    taken : set of int
        Rows that are something else already.
    """
    kept: list[TableRows] = []
    superseded: list[CellRows] = []
    for table in _joined([*_by_grid(rows, grids), *_by_bars(rows, grids)], rows):
        if any(index in taken for index in range(table.start, table.end)):
            continue
        law = _law_column(table, rows)
        if law is not None:
            superseded.extend(each for each in table.cells if each.fragments and not _covers(each, law))
        elif _is_table(table) and not _holds_provisions(table, rows, reader):
            kept.append(table)
    return Tables(tuple(_outer(kept)), tuple(superseded))


def _outer(tables: Sequence[TableRows]) -> list[TableRows]:
    """Tables without those in a cell of another one, whose words are text of that cell."""
    found: list[TableRows] = []
    for table in sorted(tables, key=lambda table: (table.start, -table.end)):
        if not found or table.start >= found[-1].end:
            found.append(table)
    return found


def _law_column(table: TableRows, rows: Sequence[Row]) -> int | None:
    """The column of the law in a table whose heads say that it sets an old text beside a new one."""
    styles = load_styles()
    filled = [each for each in table.cells if each.fragments]
    heads = {
        each.place.column: " ".join(rows[part.row].text[part.start : part.end] for part in each.fragments)
        for each in filled
        if each.place.row == filled[0].place.row
    }
    law = [column for column, head in heads.items() if styles.version_law.match(head)]
    others = [column for column, head in heads.items() if styles.version_other.match(head)]
    return law[0] if len(law) == 1 and others else None


def _covers(cell: CellRows, column: int) -> bool:
    return cell.place.column <= column < cell.place.column + cell.place.column_span


def _by_grid(rows: Sequence[Row], grids: Sequence[RuledTable]) -> Iterator[TableRows]:
    for grid in grids:
        first = bisect_right(rows, grid.page - 1, key=lambda row: row.page)
        last = bisect_right(rows, grid.page, key=lambda row: row.page)
        held: dict[CellBox, list[Fragment]] = {cell: [] for cell in grid.cells}
        indices = []
        for row in rows[first:last]:
            cell = _cell_of(row, grid.cells) if row.is_table else None
            if cell is not None:
                held[cell].append(Fragment(row.index, 0, len(row.text)))
                indices.append(row.index)
        if indices and indices[-1] - indices[0] + 1 == len(indices):
            cells = [CellRows(cell, grid.page, tuple(fragments)) for cell, fragments in held.items()]
            yield TableRows(indices[0], indices[-1] + 1, _compact(_without_shading(cells, rows)))


def _cell_of(row: Row, cells: Iterable[CellBox]) -> CellBox | None:
    x, y = (row.bbox[0] + row.bbox[2]) / 2, (row.bbox[1] + row.bbox[3]) / 2
    return next(
        (cell for cell in cells if cell.bbox[0] <= x <= cell.bbox[2] and cell.bbox[1] <= y <= cell.bbox[3]),
        None,
    )


def _without_shading(cells: Sequence[CellRows], rows: Sequence[Row]) -> list[CellRows]:
    """Cells, those put together that only the shading of each line parts.

    Word processors paint one rectangle a line or paragraph: beside a cell that spans them all, many
    of the "rows" carry on the text of the one above.
    """
    into = _carrying(cells, rows)
    for each in cells:
        if each.place.row_span == 1 or not each.fragments:
            continue
        block = range(each.place.row + 1, each.place.row + each.place.row_span)
        beside = [other for other in cells if other.place.row in block and other.fragments]
        carried = sum(rows[other.fragments[0].row].odds < _CARRIES_ON for other in beside)
        if carried >= max(_FEWEST, len(beside) * _SHADED):
            into.update(dict.fromkeys(block, each.place.row))
    merged: dict[tuple[int, int], CellRows] = {}
    for each in sorted(cells, key=lambda each: (each.place.row, each.place.column)):
        row = each.place.row
        while row in into:
            row = into[row]
        key = row, each.place.column
        merged[key] = each if key not in merged else _together(merged[key], each)
    return list(merged.values())


def _carrying(cells: Sequence[CellRows], rows: Sequence[Row]) -> dict[int, int]:
    """Rows of the grid that hold only the next line of the text above, with the row above."""
    filled: dict[int, list[CellRows]] = {}
    for each in cells:
        if each.fragments:
            filled.setdefault(each.place.row, []).append(each)
    into: dict[int, int] = {}
    lasts = {each.fragments[-1].row: each.place.row for each in cells if each.fragments}
    for row, held in sorted(filled.items()):
        first = held[0].fragments[0].row
        if len(held) == 1 and rows[first].odds < _CARRIES_ON and lasts.get(first - 1, row) < row:
            into[row] = lasts[first - 1]
    return into


def _together(upper: CellRows, lower: CellRows) -> CellRows:
    (x0, y0, x1, y1), (left, _, right, bottom) = upper.place.bbox, lower.place.bbox
    span = lower.place.row + lower.place.row_span - upper.place.row
    box = (min(x0, left), y0, max(x1, right), max(y1, bottom))
    place = replace(upper.place, bbox=box, row_span=max(upper.place.row_span, span))
    return CellRows(place, upper.page, (*upper.fragments, *lower.fragments))


def _compact(cells: Sequence[CellRows]) -> tuple[CellRows, ...]:
    """Cells without the rows and columns of the grid in which no words begin: ornaments of the frame."""
    places = [each.place for each in cells if each.fragments]
    rows = sorted({place.row for place in places})
    columns = sorted({place.column for place in places})
    kept = []
    for each in cells:
        place = each.place
        row, column = bisect_right(rows, place.row) - 1, bisect_right(columns, place.column) - 1
        if place.row not in rows or place.column not in columns:
            continue
        height = bisect_right(rows, place.row + place.row_span - 1) - 1 - row
        width = bisect_right(columns, place.column + place.column_span - 1) - 1 - column
        kept.append(replace(each, place=CellBox(row, column, place.bbox, height + 1, width + 1)))
    return tuple(sorted(kept, key=lambda each: (each.place.row, each.place.column)))


def _by_bars(rows: Sequence[Row], grids: Sequence[RuledTable]) -> Iterator[TableRows]:
    """Tables of files without pages: each line one row, its cells divided by bars."""
    pages = {grid.page for grid in grids}
    start = 0
    while start < len(rows):
        end = start
        while (
            end < len(rows)
            and rows[end].is_table
            and rows[end].page not in pages
            and rows[end].begins is not None
        ):
            end += 1
        if end > start:
            yield TableRows(start, end, tuple(_barred(rows[start:end])))
        start = max(end, start + 1)


def _barred(rows: Sequence[Row]) -> Iterator[CellRows]:
    number, column = -1, 0
    fragments: list[Fragment] = []
    for row in rows:
        if row.begins or number < 0:
            if number >= 0:
                yield CellRows(CellBox(number, column, row.bbox), None, tuple(fragments))
            number, column, fragments = number + 1, 0, []
        start = 0
        for bar in _BAR.finditer(row.text):
            if bar.start() > start:
                fragments.append(Fragment(row.index, start, bar.start()))
            yield CellRows(CellBox(number, column, row.bbox), None, tuple(fragments))
            start, column, fragments = bar.end(), column + 1, []
        if start < len(row.text):
            fragments.append(Fragment(row.index, start, len(row.text)))
    yield CellRows(CellBox(number, column, rows[-1].bbox), None, tuple(fragments))


def _joined(tables: Iterable[TableRows], rows: Sequence[Row]) -> list[TableRows]:
    """Tables with their parts on the pages that follow, where nothing stands between."""
    found: list[TableRows] = []
    for table in sorted(tables, key=lambda table: table.start):
        last = found[-1] if found else None
        if last is not None and last.end == table.start and _goes_on(last, table):
            cells, rest = _with_cut_row(last.cells, table.cells, rows)
            shift = 1 + max(each.place.row for each in cells) - min(each.place.row for each in rest)
            moved = tuple(
                replace(each, place=replace(each.place, row=each.place.row + shift)) for each in rest
            )
            found[-1] = TableRows(last.start, table.end, (*cells, *moved))
        else:
            found.append(table)
    return found


def _with_cut_row(
    upper: Sequence[CellRows], lower: Sequence[CellRows], rows: Sequence[Row]
) -> tuple[Sequence[CellRows], Sequence[CellRows]]:
    """Two parts of a table; where the page cuts a row in two, its rest has gone up to the cells above."""
    last, first = max(each.place.row for each in upper), min(each.place.row for each in lower)
    above = {each.place.column: each for each in upper if each.place.row == last}
    below = {each.place.column: each for each in lower if each.place.row == first}
    later = [each for each in lower if each.place.row > first]
    spans = any(each.place.row_span > 1 for each in (*above.values(), *below.values()))
    if (
        spans
        or not later
        or above.keys() != below.keys()
        or not _is_cut(above, below, (*upper, *later), rows)
    ):
        return upper, lower
    whole = [
        each if each.place.row < last else replace(
            each, fragments=(*each.fragments, *below[each.place.column].fragments)
        )
        for each in upper
    ]  # fmt: skip
    return whole, later


def _is_cut(
    above: Mapping[int, CellRows],
    below: Mapping[int, CellRows],
    others: Iterable[CellRows],
    rows: Sequence[Row],
) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    All of its words carry on a sentence of the cell above, or it has no words in its first column, where all
    other rows have some.
    """
    filled = [column for column, each in below.items() if each.fragments]
    if not all(above[column].fragments for column in filled):
        return False
    if all(_carries_on(above[column], below[column], rows) for column in filled):
        return True
    head = min(below)
    firsts = [each for each in others if each.place.column == head]
    return head not in filled and all(each.fragments for each in firsts)


def _carries_on(upper: CellRows, lower: CellRows, rows: Sequence[Row]) -> bool:
    """Whether a cell ends within a sentence that another one carries on in small letters."""
    ended, begun = upper.fragments[-1], lower.fragments[0]
    last = rows[ended.row].text[ended.start : ended.end].rstrip()
    first = rows[begun.row].text[begun.start : begun.end].lstrip()
    return first[:1].islower() and not last.endswith((".", ";", ":", "!", "?"))


def _goes_on(table: TableRows, other: TableRows) -> bool:
    page, following = table.cells[-1].page, other.cells[0].page
    if page is None or following != page + 1:
        return False
    lefts, others = _lefts(table, page), _lefts(other, following)
    near = [any(abs(left - right) < _SAME_COLUMN for right in lefts.values()) for left in others.values()]
    return all(near) and abs(len(lefts) - len(others)) <= 1


def _lefts(table: TableRows, page: int) -> Mapping[int, float]:
    """Left edges of the columns of a table's part on a page."""
    return {
        each.place.column: each.place.bbox[0]
        for each in table.cells
        if each.page == page and each.place.column_span == 1
    }


def _is_table(table: TableRows) -> bool:
    """Whether at least two rows have words in two columns or more."""
    filled = Counter(each.place.row for each in table.cells if each.fragments)
    return sum(count >= _FEWEST for count in filled.values()) >= _FEWEST


def _holds_provisions(table: TableRows, rows: Sequence[Row], reader: LabelReader) -> bool:
    """Whether cells begin with the label of a provision and its text."""
    columns = {each.place.column for each in table.cells if each.fragments}
    for each in table.cells:
        for index, fragment in enumerate(each.fragments):
            odds = _FIRST if index == 0 else rows[fragment.row].odds
            for reading in reader.at(fragment.row, fragment.start):
                is_number = reading.value and not (
                    reading.level.is_list and reading.level.numbering == "free"
                )
                is_likely = reading.level.odds >= 0 and reading.odds + odds > 0
                if (
                    is_number
                    and is_likely
                    and (
                        _has_text(each.fragments[index:], reading, is_list=len(columns) == _FEWEST)
                        or _is_identified(each, reading, table, min(columns))
                    )
                ):
                    return True
    return False


def _is_identified(cell: CellRows, reading: Reading, table: TableRows, first: int) -> bool:
    """Whether an identifier ("GO-1.1-001") stands alone in the first column beside what it identifies."""
    if reading.level.ordinal != "identifier" or cell.place.column != first:
        return False
    return any(
        sum(fragment.end - fragment.start for fragment in other.fragments) >= _IDENTIFIED
        for other in table.cells
        if other.place.row == cell.place.row and other is not cell
    )


def _has_text(fragments: Sequence[Fragment], reading: Reading, *, is_list: bool) -> bool:
    """Whether a cell says more than its number; in a list of two columns the text stands beside it."""
    if is_list and reading.level.is_list:
        return True
    length = sum(fragment.end - fragment.start for fragment in fragments)
    return length - (reading.end - fragments[0].start) >= _MORE
