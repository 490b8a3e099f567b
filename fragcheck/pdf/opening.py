"""Files to open PDFs, and why one does not open."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from fragcheck.errors import EncryptedPdf, MalformedPdf, UnreadableInput
from fragcheck.pdf.mending import Mended, is_cut_off, mended

__all__ = ["open_or_mend", "open_pdf", "read_bytes"]


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
            what = "needs a password" if password is None else "is not opened by the password given"
            msg = f"{name} is encrypted and {what}; give the right one with --password"
            raise EncryptedPdf(msg) from error
        if b"%PDF-" not in data[:1024]:
            msg = (
                f"{name} is not a PDF (no %PDF- header found); fetch it again, or rename it after what it is"
            )
        else:
            msg = f"{name} is damaged and cannot be opened ({error}); fetch or export the PDF again"
        raise MalformedPdf(msg) from error


def open_or_mend(data: bytes, name: str, password: str | None) -> tuple[pypdfium2.PdfDocument, Mended | None]:
    """Open a PDF from its bytes, or what stands before the cut of one that was cut off.

    Returns
    -------
    tuple of (PdfDocument, Mended or None)
        The second only where it had to be mended.

    Raises
    ------
    EncryptedPdf
        As from `open_pdf`.
    MalformedPdf
        It is no PDF, damaged beyond use, or no page before the cut is whole.
    """
    try:
        return open_pdf(data, name, password), None
    except MalformedPdf as error:
        if not is_cut_off(data):
            raise
        found = mended(data)
        if found is None:
            msg = (
                f"{name} is a PDF that is cut off in the middle, as by a broken download, and no page before "
                f"the cut is whole; fetch it again"
            )
            raise MalformedPdf(msg) from error
    return open_pdf(found.data, name, password), found
