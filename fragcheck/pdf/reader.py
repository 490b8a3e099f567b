"""One PDF to one Document, in this process."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from fragcheck.errors import EncryptedPdf, MalformedPdf, ReadLimitExceeded, UnreadableInput
from fragcheck.pdf.engine import read_glyphs
from fragcheck.pdf.footnotes import mark_footnotes
from fragcheck.pdf.fragments import fragments_of
from fragcheck.pdf.furniture import mark_furniture
from fragcheck.pdf.hyphens import mark_soft_hyphens
from fragcheck.pdf.layout import rows_in_order
from fragcheck.pdf.linetext import line_of
from fragcheck.pdf.options import ReadOptions
from fragcheck.records import Document, Line, Notice, Page, TextSource

__all__ = ["open_pdf", "read_bytes", "read_document"]


def read_bytes(path: Path) -> bytes:
    """Bytes of a file that is there and not empty.

    Raises
    ------
    UnreadableInput
        There is no such file, it is a folder, it may not be read, or it is empty.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror or error}; check the path and its permissions"
        raise UnreadableInput(msg) from error
    if not data:
        msg = f"{path} is empty (0 bytes); fetch or export the PDF again"
        raise UnreadableInput(msg)
    return data


def open_pdf(data: bytes, name: str, password: str | None) -> pypdfium2.PdfDocument:
    """Open a PDF from its bytes.

    Raises
    ------
    EncryptedPdf
        It needs a password, or another one.
    MalformedPdf
        It is no PDF, or damaged beyond use.
    """
    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            what = "is encrypted and needs a password" if password is None else "is encrypted and the password given does not open it"
            msg = f"{name} {what}; give the right one with --password"
            raise EncryptedPdf(msg) from error
        if b"%PDF-" not in data[:1024]:
            msg = f"{name} is not a PDF (no %PDF- header found); give a PDF, CSV or XLSX file"
        else:
            msg = f"{name} is damaged and cannot be opened ({error}); fetch or export the PDF again"
        raise MalformedPdf(msg) from error


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
            msg = f"{path} has {count} pages and at most {options.max_pages} are read; raise the limit with --max-pages"
            raise ReadLimitExceeded(msg)
        pages: list[Page] = []
        lines: list[Line] = []
        warnings: list[Notice] = []
        for number in range(1, count + 1):
            page, found = _read_page(pdf, number)
            pages.append(page)
            lines.extend(found)
            if page.source is TextSource.NONE:
                warnings.append(Notice("page-without-text", f"page {number} holds no text that can be read", number))
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
    finally:
        page.close()
    rows = rows_in_order(fragments_of(glyphs), glyphs.width)
    main_turn = rows[0].fragments[0].turn if rows else 0
    found = [line_of(row, number, (glyphs.width, glyphs.height), main_turn) for row in rows]
    lines = [line for line in found if line is not None]
    source = TextSource.TEXT_LAYER if lines else TextSource.NONE
    return Page(number, round(glyphs.width, 2), round(glyphs.height, 2), source), lines
