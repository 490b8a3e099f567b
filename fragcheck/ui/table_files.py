"""Tables as files to download. No cell of them is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from fragcheck.report.cells import safe_cell
from fragcheck.ui.parts import png_button
from fragcheck.ui.texts import language, speaking, text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "as_csv", "as_xlsx", "downloads", "table_of"]

Row = Mapping[str, object]


def table_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as a table for the page, in safe cells too: a reader can save it from there."""
    import pandas as pd  # .3 s of processor time: not before there is a table

    return pd.DataFrame([{name: safe_cell(value) for name, value in row.items()} for row in rows])


def as_csv(rows: Sequence[Row]) -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark, as spreadsheets like it; the columns of the first row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if rows:
        writer.writerow([safe_cell(name) for name in rows[0]])
    writer.writerows([safe_cell(row[name]) for name in rows[0]] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Row], title: str) -> bytes:
    """Rows as a workbook with one sheet, its first row fixed and filtered."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "fragcheck")
    sheet.freeze_panes = "A2"
    names = list(rows[0]) if rows else []
    head = [WriteOnlyCell(sheet, str(safe_cell(name))) for name in names]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([safe_cell(row[name]) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def downloads(name: str, rows: Callable[[], Sequence[Row]], picture: Callable[[], str] | None = None) -> None:
    """Buttons for a table as CSV and as XLSX; the files are made when they are asked for.

    `picture` makes the SVG of the chart that the table stands for; it can be had as PNG too.
    """
    spoken = language()  # the files are made in a thread of the server's

    def made(write: Callable[[Sequence[Row]], bytes]) -> bytes:
        with speaking(spoken):
            return write(rows())

    with st.container(horizontal=True):
        st.download_button(
            text("requirements.csv"),
            lambda: made(as_csv),
            file_name=f"fragcheck-{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv_{name}",
        )
        st.download_button(
            text("requirements.xlsx"),
            lambda: made(lambda found: as_xlsx(found, name)),
            file_name=f"fragcheck-{name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            key=f"xlsx_{name}",
        )
        if picture is not None:
            st.download_button(
                text("app.svg"),
                lambda: _spoken(spoken, picture).encode("utf-8"),
                file_name=f"fragcheck-{name}.svg",
                mime="image/svg+xml",
                icon=":material/image:",
                on_click="ignore",
                key=f"svg_{name}",
            )
            png_button(picture(), f"fragcheck-{name}", text("app.png"))


def _spoken(code: str, made: Callable[[], str]) -> str:
    with speaking(code):
        return made()
