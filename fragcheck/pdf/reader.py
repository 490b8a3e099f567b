"""One PDF to one Document, in this process."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from fragcheck.errors import MalformedPdf, ReadLimitExceeded
from fragcheck.pdf import ocr
from fragcheck.pdf.active import active_content
from fragcheck.pdf.characters import text_of
from fragcheck.pdf.contents import shows_text_in_forms
from fragcheck.pdf.continued import mark_continuations
from fragcheck.pdf.decoration import decorated
from fragcheck.pdf.engine import Floats, OpenPage, open_page
from fragcheck.pdf.fallback import fallback_pages, pieces_of
from fragcheck.pdf.footnotes import mark_footnotes
from fragcheck.pdf.fragments import fragments_of
from fragcheck.pdf.furniture import mark_furniture
from fragcheck.pdf.hyphens import mark_soft_hyphens
from fragcheck.pdf.layout import rows_in_order
from fragcheck.pdf.linenumbers import split_line_numbers
from fragcheck.pdf.linetext import lines_of
from fragcheck.pdf.mending import Mended, is_cut_off
from fragcheck.pdf.opening import open_or_mend, read_bytes
from fragcheck.pdf.options import ReadOptions
from fragcheck.pdf.pieces import Pieces, read_pieces
from fragcheck.pdf.rows import Row
from fragcheck.pdf.rules import Rules, read_rules
from fragcheck.pdf.tables import Table, find_tables, outermost
from fragcheck.pdf.titles import title_of
from fragcheck.records import Document, Line, Notice, Page, RuledTable, TextSource
from fragcheck.records.collector import without_collector

__all__ = ["read_document"]

#: Pages that are open together: enough for long arrays, few enough for the memory.
PAGES_AT_ONCE = 16
#: Share of the time for a file that OCR may take: what is read by then is better than nothing.
OCR_SHARE = 0.6


@dataclass(slots=True)
class _PageRows:
    """What is found on a page before the document as a whole is looked at."""

    number: int
    width: float = 0.0
    height: float = 0.0
    rows: list[Row] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    tables: tuple[Table, ...] = ()
    is_blank: bool = False
    damage: str = ""


@without_collector()
def read_document(path: str | Path, options: ReadOptions) -> Document:
    """Read a PDF: its pages, its lines in reading order and what was odd about it."""
    file = Path(path)
    data = read_bytes(file)
    try:
        pdf, mended = open_or_mend(data, str(path), options.password)
    except MalformedPdf as error:
        return _read_repaired(data, path, options, error)
    try:
        _check_pages(len(pdf), str(path), options)
        texts_in_forms = shows_text_in_forms(mended.data if mended else data)
        found = _pages(pdf, mended.lost if mended else frozenset(), texts_in_forms=texts_in_forms)
        if all(page.damage for page in found):
            msg = f"{path} is damaged: none of its {len(found)} pages loads; fetch or export the PDF again"
            raise MalformedPdf(msg)
        pages, lines, warnings = _lines_of(pdf, found, str(path), options)
        warnings[:0] = _notices_of_cut(data, mended)
        metadata = _metadata(pdf)
        warnings.extend(active_content(pdf, data))
    finally:
        pdf.close()
    tables = tuple(RuledTable(page.number, table.boxes) for page in found for table in page.tables)
    parts = Document(
        "", "", str(path), pages=tuple(pages), warnings=tuple(warnings), metadata=metadata, tables=tables
    )
    return _finished(parts, data, lines, {page.number: page.rules.horizontal for page in found})


def _finished(parts: Document, data: bytes, lines: list[Line], rules: dict[int, Floats]) -> Document:
    """The document with the roles of its lines, its title and its identity."""
    marked = mark_continuations(mark_furniture(lines, [page.height for page in parts.pages]))
    marked = mark_soft_hyphens(mark_footnotes(marked, rules))
    stated = dict(parts.metadata).get("Title", "")
    title = title_of(stated, _trusted(parts.pages, marked), Path(parts.path).stem)
    return replace(parts, id=hashlib.sha256(data).hexdigest(), title=title, lines=tuple(marked))


def _read_repaired(data: bytes, path: str | Path, options: ReadOptions, error: MalformedPdf) -> Document:
    """Read by pdfplumber what pdfium does not open; the first error stands where that fails too."""
    with fallback_pages(data, options.password) as sources:
        if sources is None or (not sources and is_cut_off(data)):
            raise error
        _check_pages(len(sources), str(path), options)
        found = [_PageRows(number) for number in range(1, len(sources) + 1)]
        for page, source in zip(found, sources, strict=True):
            _find_rows([page], pieces_of(source))
    pages, lines, warnings = _lines_of(None, found, str(path), options)
    message = "the file is damaged and was repaired: lines may be missing, and pages cannot be drawn"
    notices = (Notice("file-repaired", message), *warnings)
    return _finished(Document("", "", str(path), pages=tuple(pages), warnings=notices), data, lines, {})


def _trusted(pages: Sequence[Page], lines: Sequence[Line]) -> list[Line]:
    """Lines with a text layer; those by OCR only where there are no others."""
    layered = {page.number for page in pages if page.source is TextSource.TEXT_LAYER}
    return [line for line in lines if line.page in layered] or list(lines)


def _check_pages(count: int, name: str, options: ReadOptions) -> None:
    if count == 0:
        msg = f"{name} holds no pages; fetch or export the PDF again"
        raise MalformedPdf(msg)
    if count > options.max_pages:
        limit = options.max_pages
        msg = f"{name} has {count} pages and at most {limit} are read; raise the limit with --max-pages"
        raise ReadLimitExceeded(msg)


def _metadata(pdf: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    """Title, author, dates and the like, as far as the file states them."""
    try:
        stated = pdf.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ()
    return tuple(
        sorted((str(key), " ".join(str(value).replace("\x00", "").split())) for key, value in stated.items())
    )


def _notices_of_cut(data: bytes, mended: Mended | None) -> list[Notice]:
    if mended is not None:
        return [Notice("file-cut-off", mended.message)]
    if not is_cut_off(data):
        return []
    message = (
        "the file lacks its end, as after a broken download: what was found in it was read; fetch it again"
    )
    return [Notice("file-cut-off", message)]


def _pages(pdf: pypdfium2.PdfDocument, lost: Set[int], *, texts_in_forms: bool) -> list[_PageRows]:
    """Rows of all pages; some pages are held open at a time, so that their characters are read in bulk.

    Pages that are `lost` are not opened.
    """
    found = [
        _PageRows(number, damage="its text or fonts stood behind the cut" if number in lost else "")
        for number in range(1, len(pdf) + 1)
    ]
    for start in range(0, len(found), PAGES_AT_ONCE):
        opened: list[tuple[_PageRows, OpenPage]] = []
        try:
            for page in found[start : start + PAGES_AT_ONCE]:
                handle = _opened(pdf, page)
                if handle is not None:
                    opened.append((page, handle))
            if opened:
                pages, handles = zip(*opened, strict=True)
                _read_together(pages, handles, texts_in_forms=texts_in_forms)
        finally:
            for _, handle in opened:
                handle.close()
    return found


def _opened(pdf: pypdfium2.PdfDocument, found: _PageRows) -> OpenPage | None:
    """The page with its text; None where it is damaged."""
    if found.damage:
        return None
    try:
        return open_page(pdf, found.number - 1)
    except pypdfium2.PdfiumError as error:
        found.damage = str(error)
        return None


def _read_together(found: Sequence[_PageRows], opened: Sequence[OpenPage], *, texts_in_forms: bool) -> None:
    """Read pages that are open together."""
    text = text_of(opened)
    bounds = np.searchsorted(text.pages, np.arange(len(opened) + 1)).tolist()
    counted = [
        not texts_in_forms and start < end and not text.reordered[start] for start, end in pairwise(bounds)
    ]
    for page, rules in zip(found, read_rules(opened, counted), strict=True):
        page.rules = rules
    for page, handle, (start, end) in zip(found, opened, pairwise(bounds), strict=True):
        page.is_blank = start == end and pdfium.FPDFPage_CountObjects(handle.page) == 0
    _find_rows(found, read_pieces(text, [page.rules.horizontal for page in found]))


def _find_rows(found: Sequence[_PageRows], pieces: Pieces) -> None:
    """Rows of pages from their text and rules; rules that decorate text frame no tables."""
    struck, underlined, used = decorated(pieces, [page.rules.horizontal for page in found])
    for page, decorating in zip(found, used, strict=True):
        if decorating.any():
            page.rules = Rules(page.rules.horizontal[~decorating], page.rules.vertical)
    fragments = fragments_of(pieces, struck, underlined)
    for page, own, (page.width, page.height) in zip(found, fragments, pieces.extents, strict=True):
        page.tables = find_tables(page.rules.horizontal, page.rules.vertical) if own else ()
        page.rows = rows_in_order(own, page.width, page.tables)


def _lines_of(
    pdf: pypdfium2.PdfDocument | None, found: Sequence[_PageRows], name: str, options: ReadOptions
) -> tuple[list[Page], list[Line], list[Notice]]:
    pages: list[Page] = []
    lines: list[Line] = []
    warnings: list[Notice] = []
    ocr_ends = time.monotonic() + OCR_SHARE * options.timeout_s
    rows = split_line_numbers([page.rows for page in found])
    layered = lines_of(rows, [(page.width, page.height) for page in found])
    for page, text in zip(found, layered, strict=True):
        source, confidence, own = TextSource.TEXT_LAYER, None, text
        if not own:
            source, confidence, own, notice = _without_text(pdf, page, name, options, ocr_ends)
            warnings.append(notice)
        nested = len(page.tables) - len(outermost(page.tables))
        if nested:
            message = f"page {page.number} holds {nested} table(s) within a cell of another one"
            warnings.append(Notice("nested-table", message, page.number))
        lines.extend(own)
        pages.append(Page(page.number, round(page.width, 2), round(page.height, 2), source, confidence))
    return pages, lines, warnings


def _without_text(
    pdf: pypdfium2.PdfDocument | None, page: _PageRows, name: str, options: ReadOptions, ocr_ends: float
) -> tuple[TextSource, float | None, list[Line], Notice]:
    """A page without text: blank, damaged, read by OCR, or unread."""
    number = page.number
    if page.damage:
        message = f"page {number} is damaged and cannot be read ({page.damage})"
        return TextSource.NONE, None, [], Notice("page-damaged", message, number)
    if page.is_blank:
        return TextSource.TEXT_LAYER, None, [], Notice("page-blank", f"page {number} is blank", number)
    seconds = ocr_ends - time.monotonic()
    if pdf is not None and options.ocr == "auto" and ocr.is_available() and seconds > 0:
        result = ocr.read_by_ocr(pdf, number, name, seconds=seconds)
        if result is not None:
            message = f"page {number} was read by OCR (mean confidence {result.confidence:.0%})"
            return (
                TextSource.OCR,
                result.confidence,
                list(result.lines),
                Notice("page-read-by-ocr", message, number),
            )
        message = f"page {number} holds no text, and OCR finds none in its image"
    elif options.ocr == "auto" and seconds <= 0:
        message = f"page {number} holds no text, and the time for OCR went to pages before; raise --timeout"
    elif options.ocr == "auto":
        message = f"page {number} holds no text; {ocr.INSTALL_HINT}"
    else:
        message = f"page {number} holds no text, and OCR is switched off"
    return TextSource.NONE, None, [], Notice("page-without-text", message, number)
