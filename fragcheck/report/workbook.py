"""A comparison as an Excel workbook."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fragcheck.diverge import DivergenceSettings
from fragcheck.formats.formulas import is_formula
from fragcheck.records import Comparison
from fragcheck.report.cells import CUT, LONGEST_CELL, clean_words
from fragcheck.report.colours import RAMP
from fragcheck.report.table import Cell, Column, Table
from fragcheck.report.tables import comparison_tables
from fragcheck.report.together import Together

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["comparison_workbook", "tables_workbook"]

_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed mark, so that equal results give equal files


def comparison_workbook(comparison: Comparison, settings: DivergenceSettings, together: Together) -> bytes:
    """Return the workbook of a comparison: one sheet a table, equal bytes for equal results.

    Text of the documents is never a formula or a link, whatever it begins with.

    Parameters
    ----------
    comparison : Comparison
    settings : DivergenceSettings
        Those of the comparison.
    together : Together
        Conflicts and the strictest-common set of the comparison.
    """
    return tables_workbook(comparison_tables(comparison, settings, together))


def tables_workbook(tables: Sequence[Table]) -> bytes:
    """Return a workbook of tables with filters and frozen heads."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "Divergence of regulations", "author": "fragcheck", "created": _EPOCH})
    styles = _Styles(book)
    for table in tables:
        _write(book.add_worksheet(table.name), table, styles)
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of cells, made once a workbook."""

    def __init__(self, book: Workbook) -> None:
        top = {"valign": "top"}
        head = {"bold": True, "bg_color": RAMP[4], "font_color": "#ffffff", "valign": "vcenter"}
        self.head = book.add_format({**head, "text_wrap": True})
        self.quoted_head = book.add_format({**head, "text_wrap": True, "quote_prefix": True})
        self.text = book.add_format({**top, "text_wrap": True})
        # What begins like a formula keeps its quote mark, so that editing the cell makes none of it.
        self.quoted = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self.count = book.add_format({**top, "num_format": "0"})
        self.figure = book.add_format({**top, "num_format": "0.000"})
        self.number = book.add_format({**top, "num_format": "General"})

    def of(self, column: Column, value: Cell) -> Format:
        """The format of a value."""
        if isinstance(value, str):
            return self.quoted if is_formula(value) else self.text
        if column.kind == "count":
            return self.count
        return self.figure if value is not None and abs(value) < 10 else self.number


def _write(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    frozen = 2 if table.name == "Matrix" else 1
    sheet.freeze_panes(1, frozen)
    sheet.set_row(0, 32)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        head = _clean(column.head)
        sheet.write_string(0, place, head, styles.quoted_head if is_formula(head) else styles.head)
    for number, row in enumerate(table.rows, start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if isinstance(value, str):
                words = _clean(value)
                sheet.write_string(number, place, words, styles.of(column, words))
            elif value is not None:
                sheet.write_number(number, place, value, styles.of(column, value))
    last = len(table.rows), len(table.columns) - 1
    sheet.autofilter(0, 0, *last)
    for place, column in enumerate(table.columns):
        if column.kind == "shade" and table.rows:
            sheet.conditional_format(1, place, last[0], place, _SCALE)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


_SCALE = {
    "type": "3_color_scale",
    "min_type": "num",
    "min_value": 0,
    "min_color": RAMP[0],
    "mid_type": "num",
    "mid_value": 0.5,
    "mid_color": RAMP[1],
    "max_type": "num",
    "max_value": 1,
    "max_color": RAMP[2],
}


def _clean(text: str) -> str:
    kept = clean_words(text)
    return kept if len(kept) <= LONGEST_CELL else kept[: LONGEST_CELL - len(CUT)] + CUT
