"""From a file of any kind to a document, or to its provisions where the file has them ready."""

from __future__ import annotations

from pathlib import Path

from fragcheck.exchange import CONTROL_SUFFIXES, read_controls
from fragcheck.formats import (
    FileKind,
    read_akn,
    read_docx,
    read_html,
    read_provisions,
    read_text_file,
    sniff,
)
from fragcheck.pdf import ReadOptions, read_pdf_isolated
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.records import Document, Segmentation
from fragcheck.segment import read_table

__all__ = ["read_input"]

_WITHOUT_PAGES = {FileKind.DOCX: read_docx, FileKind.HTML: read_html, FileKind.TEXT: read_text_file}


def read_input(path: Path, options: AnalysisOptions) -> tuple[Document, Segmentation | None]:
    """The document of a file, and its provisions where the file states them itself.

    Tables of provisions, Akoma Ntoso, JSON Lines of ``parse`` and control catalogues state them;
    of all other files they are still to be found.

    Raises
    ------
    UnreadableInput, TableColumnsMissing, ExtractionError
        Where the file cannot be read; see `fragcheck.errors`.
    """
    kind = sniff(path)
    if kind is FileKind.TEXT and path.suffix.lower() in CONTROL_SUFFIXES:
        return read_controls(path, language=options.language)
    if kind is FileKind.TEXT and path.suffix.lower() == ".jsonl":
        return read_provisions(path, language=options.language)
    if kind in (FileKind.CSV, FileKind.XLSX):
        return read_table(path, language=options.language)
    if kind is FileKind.XML:
        return read_akn(path, language=options.language)
    if kind in _WITHOUT_PAGES:
        return _WITHOUT_PAGES[kind](path), None
    limits = ReadOptions(
        password=options.password,
        ocr=options.ocr,
        max_pages=options.max_pages,
        timeout_s=options.timeout_s,
    )
    return read_pdf_isolated(path, limits), None
