"""Pages without text, read by Tesseract where it is installed."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

import pypdfium2

from fragcheck.pdf.render import page_png
from fragcheck.records import Line

__all__ = ["INSTALL_HINT", "OcrPage", "is_available", "read_by_ocr"]

INSTALL_HINT = "to read it install OCR: pip install 'fragcheck[ocr]' and apt-get install tesseract-ocr"
#: Resolution of the image that Tesseract gets, in dots per inch.
DPI = 300
SECONDS_PER_PAGE = 60
MAX_LANGUAGES = 4


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR makes of a page.

    Parameters
    ----------
    lines : tuple of Line
        Lines in Tesseract's reading order.
    confidence : float
        Mean confidence of the words, 0 to 1.
    """

    lines: tuple[Line, ...]
    confidence: float


@cache
def is_available() -> bool:
    """Whether both the Python binding and the program are installed."""
    return find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


@cache
def _languages() -> str:
    """Installed languages in a fixed order, English first."""
    import pytesseract

    found = [name for name in pytesseract.get_languages(config="") if name not in ("osd", "snum", "equ")]
    ordered = sorted(found, key=lambda name: (name != "eng", name))[:MAX_LANGUAGES]
    return "+".join(ordered) or "eng"


def read_by_ocr(
    pdf: pypdfium2.PdfDocument, number: int, name: str, *, seconds: float = SECONDS_PER_PAGE
) -> OcrPage | None:
    """Read a page from its image.

    Parameters
    ----------
    pdf : PdfDocument
        The open document.
    number : int
        Page number from 1.
    name : str
        How to call the file in messages.
    seconds : float
        Wall-clock time that is left for OCR; a page gets a minute of it at most.

    Returns
    -------
    OcrPage or None
        None where Tesseract finds no words, fails, or takes longer than a minute.
    """
    import pytesseract
    from PIL import Image

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    image = Image.open(io.BytesIO(page_png(pdf, number, DPI / 72, name)))
    try:
        data = pytesseract.image_to_data(
            image,
            lang=_languages(),
            output_type=pytesseract.Output.DICT,
            timeout=min(SECONDS_PER_PAGE, max(seconds, 1.0)),
        )
    except (RuntimeError, pytesseract.TesseractError, OSError):
        return None
    page = pdf[number - 1]
    scale = page.get_width() / max(image.width, 1)
    return page_of(data, number, scale)


def page_of(data: dict[str, list[Any]], number: int, scale: float) -> OcrPage | None:
    """Lines from Tesseract's table of words; `scale` is points per pixel."""
    groups: dict[tuple[int, int, int], list[int]] = {}
    for index, text in enumerate(data["text"]):
        if str(text).strip() and float(data["conf"][index]) >= 0:
            key = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
            groups.setdefault(key, []).append(index)
    if not groups:
        return None
    lines = tuple(_line(data, indices, number, scale) for indices in groups.values())
    words = [index for indices in groups.values() for index in indices]
    return OcrPage(lines, round(_mean(float(data["conf"][index]) for index in words) / 100, 4))


def _line(data: dict[str, list[Any]], indices: list[int], number: int, scale: float) -> Line:
    x0 = min(data["left"][index] for index in indices)
    y0 = min(data["top"][index] for index in indices)
    x1 = max(data["left"][index] + data["width"][index] for index in indices)
    y1 = max(data["top"][index] + data["height"][index] for index in indices)
    return Line(
        text=" ".join(str(data["text"][index]).strip() for index in indices),
        page=number,
        bbox=(round(x0 * scale, 2), round(y0 * scale, 2), round(x1 * scale, 2), round(y1 * scale, 2)),
        font_size=round(max((y1 - y0) * scale, 1.0), 1),
    )


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
