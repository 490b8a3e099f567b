"""From a file of any kind to a document, or to its provisions where the file has them ready."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from fragcheck.exchange import CONTROL_SUFFIXES, read_controls
from fragcheck.formats import FileKind, read_provisions, read_text_file, sniff
from fragcheck.isolation import read_apart
from fragcheck.pdf import ReadOptions, read_pdf_isolated
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.records import Document, Notice, Provision, Segmentation
from fragcheck.segment import read_table

__all__ = ["HERE_BYTES", "read_input"]

#: Readers that unpack archives or parse markup, each with what the file should be: they run apart.
_APART = {
    FileKind.DOCX: ("fragcheck.formats.docx_input:read_docx", "DOCX file"),
    FileKind.HTML: ("fragcheck.formats.html_input:read_html", "HTML file"),
    FileKind.XML: ("fragcheck.formats.akn_read:read_akn", "Akoma Ntoso file"),
    FileKind.XLSX: ("fragcheck.segment.tables:read_table", "XLSX workbook"),
}
_TABLE = ("fragcheck.segment.tables:read_table", "table of provisions")
_CONTROLS = ("fragcheck.exchange.controls:read_controls", "control catalogue")
_LINES = ("fragcheck.formats.jsonl_input:read_provisions", "file of JSON Lines")
_TEXT = ("fragcheck.formats.text_input:read_text_file", "text file")
#: Readers that give provisions, and want to know their language.
_WITH_PROVISIONS = frozenset({_APART[FileKind.XML][0], _TABLE[0], _CONTROLS[0], _LINES[0]})
#: Bytes up to which text, tables, JSON and JSON Lines are read in this process: their readers are linear, and
#: take two seconds at most for so much, whatever it holds (`tests/pipeline/test_plain_files.py`). YAML stands
#: for more than it says, and is always read apart.
HERE_BYTES = 256 << 10
_YAML = frozenset({".yaml", ".yml"})
#: White space that sets nothing apart. Expressions with blanks on both sides of an optional part take a time
#: that grows with the square of such a run, or its cube.
_LONG_BLANK = re.compile(r"\s{17,}")


def read_input(path: Path, options: AnalysisOptions) -> tuple[Document, Segmentation | None]:
    """The document of a file, and its provisions where the file states them itself.

    Tables of provisions, Akoma Ntoso, JSON Lines of ``parse`` and control catalogues state them;
    of all other files they are still to be found. Their texts stand as the file has them, but for runs of
    more than 16 blanks: one blank is left, and the provision says so. All are read in a process of their
    own, within limits and without network, but for small files of plain text, CSV and JSON.

    Raises
    ------
    UnreadableInput, TableColumnsMissing, ExtractionError
        Where the file cannot be read; see `fragcheck.errors`.
    """
    kind = sniff(path)
    if kind is FileKind.PDF:
        return read_pdf_isolated(path, _limits(options)), None
    reader, what = _reader(kind, path.suffix.lower())
    forced = {"language": options.language} if reader in _WITH_PROVISIONS else {}
    if kind in _APART or path.suffix.lower() in _YAML or path.stat().st_size > HERE_BYTES:
        document, segmentation = read_apart(reader, path, what=what, timeout_s=options.timeout_s, **forced)
    else:
        found = _HERE[reader](path, **forced)
        document, segmentation = found if isinstance(found, tuple) else (found, None)
    return document, None if segmentation is None else _with_short_blanks(segmentation)


def _with_short_blanks(segmentation: Segmentation) -> Segmentation:
    provisions = tuple(_shortened(provision) for provision in segmentation.provisions)
    return dataclasses.replace(segmentation, provisions=provisions)


def _shortened(provision: Provision) -> Provision:
    """The provision itself; with one blank, and a warning, for each long blank in its texts."""
    texts = (provision.num, provision.heading, provision.text, provision.context)
    runs = [len(run) for text in texts for run in _LONG_BLANK.findall(text)]
    if not runs:
        return provision
    num, heading, words, context = (_LONG_BLANK.sub(" ", text) for text in texts)
    told = Notice("long-blank", f"runs of up to {max(runs)} blanks were read as one", eid=provision.eid)
    warnings = (*provision.warnings, told)
    return dataclasses.replace(
        provision, num=num, heading=heading, text=words, context=context, warnings=warnings
    )


def _reader(kind: FileKind, suffix: str) -> tuple[str, str]:
    """Who reads a file that is no PDF, as ``module:function``, and what the file should be."""
    if kind in _APART:
        return _APART[kind]
    if kind is FileKind.CSV:
        return _TABLE
    if suffix in CONTROL_SUFFIXES:
        return _CONTROLS
    return _LINES if suffix == ".jsonl" else _TEXT


_HERE: Mapping[str, Callable[..., Document | tuple[Document, Segmentation]]] = {
    _TABLE[0]: read_table,
    _CONTROLS[0]: read_controls,
    _LINES[0]: read_provisions,
    _TEXT[0]: read_text_file,
}


def _limits(options: AnalysisOptions) -> ReadOptions:
    return ReadOptions(
        password=options.password,
        ocr=options.ocr,
        max_pages=options.max_pages,
        timeout_s=options.timeout_s,
    )
