"""One PDF to one Document, in this process."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2

from fragcheck.errors import MalformedPdf, ReadLimitExceeded
from fragcheck.pdf.decoration import decorated
from fragcheck.pdf.engine import read_glyphs
from fragcheck.pdf.footnotes import mark_footnotes
from fragcheck.pdf.fragments import fragments_of
from fragcheck.pdf.furniture import mark_furniture
from fragcheck.pdf.hyphens import mark_soft_hyphens
from fragcheck.pdf.layout import rows_in_order
from fragcheck.pdf.linetext import line_of
from fragcheck.pdf.opening import open_pdf, read_bytes
from fragcheck.pdf.options import ReadOptions
from fragcheck.pdf.rules import read_rules
from fragcheck.pdf.tables import find_tables
from fragcheck.records import Document, Line, Notice, Page, TextSource

__all__ = ["read_document"]


def read_document(path: str | Path, options: ReadOptions) -> Document:
    """Read a PDF: its pages, its lines in reading order and what was odd about it."""
    file = Path(path)
    data = read_bytes(file)
    pdf = open_pdf(data, str(path), options.password)
    try:
        count = len(pdf)
        if count == 0:
            msg = f"{path} holds no pages; fetch or export the PDF again"
            raise MalformedPdf(msg)
        if count > options.max_pages:
            limit = options.max_pages
            msg = f"{path} has {count} pages and at most {limit} are read; raise the limit with --max-pages"
            raise ReadLimitExceeded(msg)
        pages: list[Page] = []
        lines: list[Line] = []
        warnings: list[Notice] = []
        for number in range(1, count + 1):
            page, found = _read_page(pdf, number)
            pages.append(page)
            lines.extend(found)
            if page.source is TextSource.NONE:
                warnings.append(
                    Notice("page-without-text", f"page {number} holds no text that can be read", number)
                )
    finally:
        pdf.close()
    marked = mark_soft_hyphens(mark_footnotes(mark_furniture(lines, [page.height for page in pages])))
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        title=file.stem,
        path=str(path),
        pages=tuple(pages),
        lines=tuple(marked),
        warnings=tuple(warnings),
    )


def _read_page(pdf: pypdfium2.PdfDocument, number: int) -> tuple[Page, list[Line]]:
    page = pdf[number - 1]
    try:
        glyphs = read_glyphs(page)
        rules = read_rules(page)
    finally:
        page.close()
    struck, underlined, used = decorated(glyphs, rules.horizontal)
    tables = find_tables(rules.horizontal[~used], rules.vertical) if len(glyphs.codes) else ()
    rows = rows_in_order(fragments_of(glyphs, struck, underlined), glyphs.width, tables)
    main_turn = rows[0].fragments[0].turn if rows else 0
    found = [line_of(row, number, (glyphs.width, glyphs.height), main_turn) for row in rows]
    lines = [line for line in found if line is not None]
    source = TextSource.TEXT_LAYER if lines else TextSource.NONE
    return Page(number, round(glyphs.width, 2), round(glyphs.height, 2), source), lines
