"""Files to open PDFs, and why one does not open."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from fragcheck.errors import EncryptedPdf, MalformedPdf, UnreadableInput

__all__ = ["open_pdf", "read_bytes"]


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
