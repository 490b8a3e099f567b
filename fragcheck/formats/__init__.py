"""Formats other than PDF: Akoma Ntoso in and out; HTML, DOCX, text, JSON Lines in; what a file is."""

from __future__ import annotations

from fragcheck.formats.akn_meta import AknWork
from fragcheck.formats.akn_read import read_akn
from fragcheck.formats.akn_write import write_akn
from fragcheck.formats.docx_input import read_docx
from fragcheck.formats.html_input import read_html
from fragcheck.formats.jsonl_input import read_provisions
from fragcheck.formats.sniff import READABLE, SUFFIXES, FileKind, sniff
from fragcheck.formats.text_input import read_text_file

__all__ = [
    "READABLE",
    "SUFFIXES",
    "AknWork",
    "FileKind",
    "read_akn",
    "read_docx",
    "read_html",
    "read_provisions",
    "read_text_file",
    "sniff",
    "write_akn",
]
