"""From a file of any kind to a document, or to its provisions where the file has them ready."""

from __future__ import annotations

from pathlib import Path

from fragcheck.exchange import CONTROL_SUFFIXES, read_controls
from fragcheck.formats import FileKind, read_provisions, read_text_file, sniff
from fragcheck.isolation import read_apart
from fragcheck.pdf import ReadOptions, read_pdf_isolated
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.records import Document, Segmentation
from fragcheck.segment import read_table

__all__ = ["read_input"]

#: Readers that unpack archives or parse markup, each with what the file should be: they run apart.
_APART = {
    FileKind.DOCX: ("fragcheck.formats.docx_input:read_docx", "DOCX file"),
    FileKind.HTML: ("fragcheck.formats.html_input:read_html", "HTML file"),
    FileKind.XML: ("fragcheck.formats.akn_read:read_akn", "Akoma Ntoso file"),
    FileKind.XLSX: ("fragcheck.segment.tables:read_table", "XLSX workbook"),
}
_WITH_PROVISIONS = frozenset({FileKind.XML, FileKind.XLSX})


def read_input(path: Path, options: AnalysisOptions) -> tuple[Document, Segmentation | None]:
    """The document of a file, and its provisions where the file states them itself.

    Tables of provisions, Akoma Ntoso, JSON Lines of ``parse`` and control catalogues state them;
    of all other files they are still to be found. What is packed or marked up is read in a process
    of its own, within limits and without network; plain text, CSV and JSON are read in this one.

    Raises
    ------
    UnreadableInput, TableColumnsMissing, ExtractionError
        Where the file cannot be read; see `fragcheck.errors`.
    """
    kind = sniff(path)
    if kind in _APART:
        reader, what = _APART[kind]
        forced = {"language": options.language} if kind in _WITH_PROVISIONS else {}
        return read_apart(reader, path, what=what, timeout_s=options.timeout_s, **forced)
    if kind is FileKind.PDF:
        return read_pdf_isolated(path, _limits(options)), None
    if kind is FileKind.CSV:
        return read_table(path, language=options.language)
    suffix = path.suffix.lower()
    if suffix in CONTROL_SUFFIXES:
        return read_controls(path, language=options.language)
    if suffix == ".jsonl":
        return read_provisions(path, language=options.language)
    return read_text_file(path), None


def _limits(options: AnalysisOptions) -> ReadOptions:
    return ReadOptions(
        password=options.password,
        ocr=options.ocr,
        max_pages=options.max_pages,
        timeout_s=options.timeout_s,
    )
