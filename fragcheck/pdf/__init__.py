"""PDF files to documents: lines in reading order, each with its box, its style and its role on the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from fragcheck.pdf.options import ReadOptions

if TYPE_CHECKING:
    from fragcheck.records import Document

__all__ = ["ReadOptions", "ocr_is_available", "read_pdf", "read_pdf_isolated", "render_page"]


def ocr_is_available() -> bool:
    """Whether pages without text can be read here: Tesseract and its Python binding are installed."""
    from fragcheck.pdf.ocr import is_available

    return is_available()


def read_pdf(path: str | Path, options: ReadOptions | None = None) -> Document:
    """Read a PDF in this process.

    The engine is not thread-safe: call it from one thread of a process only, or use `read_pdf_isolated`.

    Parameters
    ----------
    path : str or Path
        The file.
    options : ReadOptions, optional
        Password and limits; time and memory are not limited here.

    Returns
    -------
    Document
        Lines in reading order; furniture is marked, pages without text are noticed.

    Raises
    ------
    UnreadableInput, MalformedPdf, EncryptedPdf, ReadLimitExceeded
        The file cannot be used; the message names it and the way out.
    """
    from fragcheck.pdf.reader import read_document

    return read_document(path, options or ReadOptions())


def read_pdf_isolated(path: str | Path, options: ReadOptions | None = None) -> Document:
    """Read a PDF in a process of its own, with limits on time, memory and pages.

    A file that hangs, crashes or eats memory costs itself only. Safe to call from any thread.

    Parameters
    ----------
    path : str or Path
        The file.
    options : ReadOptions, optional
        Password and limits.

    Returns
    -------
    Document
        The same as from `read_pdf`.

    Raises
    ------
    ReadLimitExceeded
        It took more time, memory or pages than allowed.
    MalformedPdf
        It is damaged, or crashed the engine.
    UnreadableInput, EncryptedPdf
        As from `read_pdf`.
    """
    from fragcheck.isolation import run_apart
    from fragcheck.pdf.worker import task_of
    from fragcheck.records import Document
    from fragcheck.records.codec import decode

    body = run_apart(task_of("read", str(path), options or ReadOptions()))
    return decode(Document, json.loads(body))


def render_page(path: str | Path, number: int, *, scale: float = 2.0, password: str | None = None) -> bytes:
    """Draw a page as PNG, in a process of its own (safe to call from any thread).

    Parameters
    ----------
    path : str or Path
        The file.
    number : int
        Page number from 1.
    scale : float
        Pixels per point; it is lowered for very large pages.
    password : str, optional
        Password of an encrypted file.

    Returns
    -------
    bytes
        The image; the boxes of `Line` times the scale are its pixels.

    Raises
    ------
    UnreadableInput
        There is no such file or page.
    MalformedPdf, EncryptedPdf, ReadLimitExceeded
        The page cannot be drawn.
    """
    from fragcheck.isolation import run_apart
    from fragcheck.pdf.worker import task_of

    task = task_of(
        "draw", str(path), ReadOptions(password=password, timeout_s=60.0), number=number, scale=scale
    )
    return run_apart(task)
