"""Formats other than PDF: Akoma Ntoso in and out; what kind of file a file is."""

from __future__ import annotations

from fragcheck.formats.akn_meta import AknWork
from fragcheck.formats.akn_read import read_akn
from fragcheck.formats.akn_write import write_akn
from fragcheck.formats.sniff import READABLE, FileKind, sniff

__all__ = ["READABLE", "AknWork", "FileKind", "read_akn", "sniff", "write_akn"]
