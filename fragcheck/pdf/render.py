"""A page as an image."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2

from fragcheck.errors import MalformedPdf, UnreadableInput
from fragcheck.pdf.opening import open_or_mend, read_bytes

__all__ = ["MAX_PIXELS", "bitmap_size", "draw_page"]

#: Larger images are drawn at a smaller scale, so that a page of metres does not take gigabytes.
MAX_PIXELS = 40_000_000


def bitmap_size(width: float, height: float, scale: float) -> float:
    """The scale in pixels per point at which a page stays under `MAX_PIXELS`."""
    pixels = width * height * scale * scale
    return scale if pixels <= MAX_PIXELS else scale * float((MAX_PIXELS / pixels) ** 0.5)


def draw_page(path: Path, number: int, *, scale: float, password: str | None) -> bytes:
    """Draw one page in this process.

    Raises
    ------
    UnreadableInput
        There is no such page.
    MalformedPdf
        The page cannot be drawn.
    """
    pdf, _ = open_or_mend(read_bytes(path), str(path), password)
    try:
        if not 1 <= number <= len(pdf):
            msg = f"{path} has pages 1 to {len(pdf)}, page {number} was asked for"
            raise UnreadableInput(msg)
        return page_png(pdf, number, scale, str(path))
    finally:
        pdf.close()


def page_png(pdf: pypdfium2.PdfDocument, number: int, scale: float, name: str) -> bytes:
    """PNG of a page of an open document."""
    try:
        page = pdf[number - 1]
        bitmap = page.render(scale=bitmap_size(page.get_width(), page.get_height(), scale))
        image = bitmap.to_pil()
    except pypdfium2.PdfiumError as error:
        msg = f"page {number} of {name} is damaged and cannot be drawn ({error})"
        raise MalformedPdf(msg) from error
    buffer = io.BytesIO()
    image.save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()
