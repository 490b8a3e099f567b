"""PDF files to documents: lines in reading order, each with its box, its style and its role on the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fragcheck.pdf.options import ReadOptions

if TYPE_CHECKING:
    from fragcheck.records import Document

__all__ = ["ReadOptions", "read_pdf"]


def read_pdf(path: str | Path, options: ReadOptions | None = None) -> Document:
    """Read a PDF in this process.

    Parameters
    ----------
    path : str or Path
        The file.
    options : ReadOptions, optional
        Password and limits; time and memory are not limited here (see `read_pdf_isolated`).

    Returns
    -------
    Document
        Lines in reading order; furniture is marked, pages without text are noticed.

    Raises
    ------
    UnreadableInput, MalformedPdf, EncryptedPdf, ReadLimitExceeded
        The file cannot be used; the message names it and the way out.
    """
    from fragcheck.pdf.reader import read_document  # noqa: PLC0415 - the engine takes 0.1 s to import

    return read_document(path, options or ReadOptions())
