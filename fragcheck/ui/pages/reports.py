"""Files about the comparison: choose one, look at it, take it along."""

from __future__ import annotations

import io
import itertools
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from fragcheck.records import Comparison
from fragcheck.report.cells import safe_cell
from fragcheck.ui import desks, seats, session
from fragcheck.ui.address import REPORTS, document_of, token
from fragcheck.ui.cells import document_names
from fragcheck.ui.jobs import Job
from fragcheck.ui.making import Made
from fragcheck.ui.parts import show_page
from fragcheck.ui.progress import comparison_or_progress, wait_for
from fragcheck.ui.report_kinds import ReportKind, file_name, kind_named
from fragcheck.ui.setline import set_line, unread_notices
from fragcheck.ui.texts import plain, section, text

__all__ = ["preview_files", "preview_sheets", "show"]

#: Rows of a sheet and characters of a text that the preview shows.
SHEET_ROWS = 100
WORDS = 6000


def show() -> None:
    """Show the choice of a report and, once it is made, what it looks like."""
    job = session.current_job()
    st.subheader(text("reports.title"), anchor=False)
    set_line(job)
    st.caption(text("reports.note"))
    comparison = comparison_or_progress(job)
    if comparison is not None:
        _Reports(job, comparison).show()
        unread_notices(job)


class _Reports:
    """The page for one finished comparison."""

    def __init__(self, job: Job, comparison: Comparison) -> None:
        self.job = job
        self.comparison = comparison
        self.names = dict(zip(comparison.document_ids, document_names(comparison.analyses), strict=True))

    def show(self) -> None:
        """The choice, then the report or the way to it."""
        first, second = st.columns([2, 3], gap="medium")
        with first:
            kind, chosen = self._choose()
        with second:
            if kind.about == "pair" and chosen[0] == chosen[1]:
                st.info(text("reports.same"))
                return
            self._result(kind, chosen)

    def _choose(self) -> tuple[ReportKind, tuple[str, ...]]:
        name = session.bound_select(
            "report", text("reports.kind"), REPORTS, lambda one: section("report_kinds")[one]
        )
        kind = kind_named(name)
        st.caption(text(f"report_help.{name}"))
        st.caption(text(f"reports.about_{kind.about}"))
        ids = self.comparison.document_ids
        tokens = {token(one): self.names[one] for one in ids}
        asked = {"set": (), "document": ("doc",), "pair": ("left", "right")}[kind.about]
        labels = {"doc": "document", "left": "from", "right": "to"}
        chosen = []
        for at, field in enumerate(asked):
            if document_of(getattr(session.current(), field), ids) is None:
                session.change(**{field: token(ids[at])})
            given = session.bound_select(
                field, text(f"reports.{labels[field]}"), tuple(tokens), tokens.__getitem__
            )
            chosen.append(document_of(given, ids) or ids[at])
        return kind, tuple(chosen)

    def _result(self, kind: ReportKind, chosen: tuple[str, ...]) -> None:
        desk = desks.reports()
        key = (self.job.set_id, self.job.started, session.profile(), kind.name, chosen)
        make = self._maker(kind, chosen)
        made = desk.find(key)
        if made is None:
            if st.button(text("reports.make"), type="primary", icon=":material/play_arrow:", key="make"):
                desk.ask(key, make)
                st.rerun()
            return
        if not made.is_finished:
            wait_for(made, text("reports.making"))
        elif made.content is None:
            st.error(text("reports.failed", reason=plain(seats.public(made.reason))), icon=":material/error:")
            if st.button(text("reports.again"), icon=":material/refresh:", key="make_again"):
                desk.ask(key, make)
                st.rerun()
        else:
            self._made(kind, chosen, made.content)

    def _maker(self, kind: ReportKind, chosen: tuple[str, ...]) -> Callable[[Made[bytes]], bytes]:
        """Made before the thread starts: a thread of its own must not ask for the session."""
        engine, comparison = session.registry().engine, self.comparison
        return lambda _: engine.report(comparison, kind, chosen)

    def _made(self, kind: ReportKind, chosen: tuple[str, ...], content: bytes) -> None:
        name = file_name(kind, tuple(self.names[one] for one in chosen))
        st.download_button(
            text("reports.download"),
            content,
            file_name=name,
            mime=kind.mime,
            type="primary",
            icon=":material/download:",
            on_click="ignore",
            key="download_report",
        )
        st.caption(text("reports.size", name=plain(name), size=_size(len(content))))
        with st.container(border=True):
            _PREVIEWS[kind.preview](content)


def _size(n: int) -> str:
    if n < 1_000_000:
        return text("reports.kilobytes", n=f"{max(1, round(n / 1000))}")
    return text("reports.megabytes", n=f"{n / 1_000_000:.1f}")


def preview_sheets(content: bytes, limit: int = SHEET_ROWS) -> dict[str, list[list[object]]]:
    """First rows of every sheet of a workbook, by the sheet's name; empty cells are empty words."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return {
            sheet.title: [
                ["" if cell is None else safe_cell(cell) for cell in row]
                for row in itertools.islice(sheet.iter_rows(values_only=True), limit)
            ]
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _tables(content: bytes) -> None:
    sheets = preview_sheets(content)
    for tab, rows in zip(st.tabs(list(sheets)), sheets.values(), strict=True):
        width = max((len(row) for row in rows), default=0)
        frame = pd.DataFrame(
            [[str(cell) for cell in row] + [""] * (width - len(row)) for row in rows],
            columns=[_column(at) for at in range(width)],
        )
        tab.dataframe(frame, hide_index=True, height=460)
    st.caption(text("reports.preview_cut", n=SHEET_ROWS))


def preview_files(content: bytes, limit: int = SHEET_ROWS) -> dict[str, pd.DataFrame]:
    """First rows of every table in an archive of CSV or Parquet files, by the table's name, in safe cells."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            held = io.BytesIO(archive.read(name))
            frame = pd.read_csv(held, nrows=limit) if name.endswith(".csv") else pd.read_parquet(held)
            found[Path(name).stem] = frame.head(limit).map(safe_cell)
    return found


def _files(content: bytes) -> None:
    tables = preview_files(content)
    for tab, frame in zip(st.tabs(list(tables)), tables.values(), strict=True):
        tab.dataframe(frame, hide_index=True, height=460)
    st.caption(text("reports.preview_cut", n=SHEET_ROWS))


def _column(index: int) -> str:
    """Name of a column as spreadsheets have it: A to Z, then AA and on."""
    head = _column(index // 26 - 1) if index >= 26 else ""
    return head + chr(ord("A") + index % 26)


def _page(content: bytes) -> None:
    """The page in a frame of another origin: nothing in it can reach the app."""
    show_page(content.decode("utf-8"), text("reports.page_alt"), key="report_page_frame")


def _paper(content: bytes) -> None:
    from fragcheck.errors import FragcheckError

    page = int(st.number_input(text("reports.paper_page"), min_value=1, value=1, key="report_page"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(content)
        try:
            image = session.registry().engine.page_image(path, page, scale=1.5, password=None)
        except FragcheckError as error:
            st.info(plain(str(error)))
            return
    st.image(image, width="stretch")


def _words(content: bytes) -> None:
    head = content[: 4 * WORDS].decode("utf-8", errors="replace")[:WORDS]
    st.code(head, language=None, height=480)
    if len(content) > len(head.encode("utf-8")):
        st.caption(text("reports.preview_words"))


_PREVIEWS: dict[str, Callable[[bytes], None]] = {
    "tables": _tables,
    "files": _files,
    "page": _page,
    "paper": _paper,
    "words": _words,
}
