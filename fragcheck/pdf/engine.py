"""What pdfium is asked, in bulk: characters, boxes, text objects, fonts.

pdfium answers one question about one character per call, and ctypes makes each call dear (0.1 to 0.4 µs, as
much as pdfium itself needs to lay a character out). So as little as possible is asked, and what is asked goes
through C loops (`map` over a function that finds its arguments ready made), straight into an array.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

__all__ = [
    "Codes",
    "Flags",
    "Floats",
    "Ints",
    "OpenPage",
    "PageFrame",
    "TextPages",
    "font_style",
    "fonts_of",
    "has_bold_name",
    "has_italic_name",
    "open_page",
    "prototype",
    "shown",
    "to_device",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC_NAMES = ("italic", "oblique")
#: Device units per point in which pdfium is asked where a page lies.
_FINE = 1000
_FORCE_BOLD = 1 << 18
_ITALIC = 1 << 6
#: Answers that are taken at once.
_SLOTS = 4096


def prototype(function: object, restype: object, *argtypes: object) -> Callable[..., Any]:
    """A function of pdfium that takes plain integers for its handles.

    Without `argtypes` it takes arguments that are ready made (`ctypes.c_void_p.from_param`) and plain
    integers for C's ``int``; that halves what a call costs. It keeps the interpreter's lock.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(restype, *argtypes)(address)  # type: ignore[arg-type]


# handles come as integers and go as pointers: ctypes takes an integer for a pointer in two thirds of the time
_HANDLE, _POINTER, _I = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int
_text = prototype(pdfium.FPDFText_GetText, _I, _POINTER, _I, _I, _POINTER)
_unicode = prototype(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_box = prototype(pdfium.FPDFText_GetLooseCharBox, _I)
_origin = prototype(pdfium.FPDFText_GetCharOrigin, _I)
_object = prototype(pdfium.FPDFText_GetTextObject, _HANDLE)
_matrix = prototype(pdfium.FPDFText_GetMatrix, _I)
_size = prototype(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_font = prototype(pdfium.FPDFTextObj_GetFont, _HANDLE, _POINTER)
_font_name = prototype(pdfium.FPDFFont_GetBaseFontName, _HANDLE, _POINTER, _POINTER, ctypes.c_size_t)
_font_flags = prototype(pdfium.FPDFFont_GetFlags, _I, _POINTER)
_font_weight = prototype(pdfium.FPDFFont_GetWeight, _I, _POINTER)
_drain = deque[object](maxlen=0).extend


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How page space lies on the page as it is shown.

    Parameters
    ----------
    matrix : tuple of four floats
        Turn and flip, row by row.
    offset : (float, float)
        Where the origin of page space comes to lie, in points from the top left corner.
    turns : int
        Clockwise quarter turns of the page.
    width, height : float
        Size of the page as it is shown.
    """

    matrix: tuple[float, float, float, float]
    offset: tuple[float, float]
    turns: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that is held open together with its text.

    Parameters
    ----------
    page, textpage
        Handles of pdfium.
    frame : PageFrame
        How it is shown.
    codes : array of uint32, shape (n,)
        Unicode code points by the index of their character as pdfium gives them; 0 for none.
    """

    page: Any
    textpage: Any
    frame: PageFrame
    codes: Codes

    def close(self) -> None:
        """Give the handles back."""
        pdfium.FPDFText_ClosePage(self.textpage)
        pdfium.FPDF_ClosePage(self.page)


def open_page(pdf: pypdfium2.PdfDocument, index: int) -> OpenPage:
    """A page, counted from 0, with its text page; it has to be closed, and before the document.

    The pages of pypdfium2, which close themselves, add a twentieth to what pdfium takes for short pages.

    Raises
    ------
    pypdfium2.PdfiumError
        It is damaged.
    """
    page = pdfium.FPDF_LoadPage(pdf, index)
    if not page:
        msg = "Failed to load page."
        raise pypdfium2.PdfiumError(msg)
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        pdfium.FPDF_ClosePage(page)
        msg = "Failed to load text page."
        raise pypdfium2.PdfiumError(msg)
    return OpenPage(
        page, textpage, _frame(page), _codes(textpage, max(0, pdfium.FPDFText_CountChars(textpage)))
    )


def _frame(page: Any) -> PageFrame:  # noqa: ANN401 - a handle of ctypes
    """The frame of a page, as pdfium itself would draw it (crop box and rotation included)."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    size = (round(width * _FINE), round(height * _FINE))
    x, y = ctypes.c_int(), ctypes.c_int()
    places = []
    for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *point, x, y)
        places.append((x.value / _FINE, y.value / _FINE))
    origin, right, up = places
    return PageFrame(
        matrix=(
            round((right[0] - origin[0]) / 1000.0, 6), round((up[0] - origin[0]) / 1000.0, 6),
            round((right[1] - origin[1]) / 1000.0, 6), round((up[1] - origin[1]) / 1000.0, 6),
        ),
        offset=origin,
        turns=pdfium.FPDFPage_GetRotation(page) % 4,
        width=width,
        height=height,
    )  # fmt: skip


def to_device(points: Floats, frame: PageFrame) -> Floats:
    """Move points (n, 2) from page space to the top-left space of the page as shown."""
    a, b, c, d = frame.matrix
    (x, y), (left, top) = points.T, frame.offset
    # products of many short rows are slow
    return np.stack([a * x + b * y + left, c * x + d * y + top], axis=1)


def shown(points: Floats, pages: Ints, frames: Sequence[PageFrame]) -> Floats:
    """Points (n, 2) of several pages as these are shown."""
    if all(frame == frames[0] for frame in frames):
        return to_device(points, frames[0])
    bounds = np.searchsorted(pages, np.arange(len(frames) + 1)).tolist()
    parts = [to_device(points[bounds[page] : bounds[page + 1]], frame) for page, frame in enumerate(frames)]
    return np.concatenate(parts)


def _codes(textpage: Any, count: int) -> Codes:  # noqa: ANN401 - a handle of ctypes
    """Code points by character index; surrogate pairs stand on the index of their first half."""
    buffer = np.zeros(count + 1, np.uint16)
    written = 0
    if count:
        written = _text(textpage, 0, count, buffer.ctypes.data)
    if written == count + 1:
        codes = buffer[:count].astype(np.uint32)
    else:
        handle = _ready(textpage)
        codes = np.fromiter(map(_unicode, repeat(handle), range(count)), np.uint32, count)
    if not count or codes.max() < 0xD800:
        return codes
    high = np.flatnonzero(
        (codes[:-1] >= 0xD800) & (codes[:-1] < 0xDC00) & (codes[1:] >= 0xDC00) & (codes[1:] < 0xE000)
    )
    codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (codes[high + 1] - 0xDC00)
    codes[high + 1] = 0
    codes[
        (codes >= 0xD800) & (codes < 0xE000) | (codes > 0x10FFFF) | (codes == 0xFEFF) | (codes == 0xFFFF)
    ] = 0
    return codes


def _ready(handle: object) -> Any:  # noqa: ANN401 - ctypes has no public name for it
    """A handle as an argument that needs no further conversion."""
    return ctypes.c_void_p.from_param(ctypes.cast(handle, ctypes.c_void_p).value)  # type: ignore[arg-type]


@cache
def _slots(width: int) -> tuple[npt.NDArray[np.float32], list[Any]]:
    """Room for answers of `width` numbers, and the arguments that point to it."""
    room = np.zeros((_SLOTS, width), np.float32)
    start, step = room.ctypes.data, 4 * width
    return room, [ctypes.c_void_p.from_param(start + step * index) for index in range(_SLOTS)]


@cache
def _points() -> tuple[Floats, tuple[list[Any], list[Any]]]:
    """Room for points, and the arguments that point to their two numbers."""
    room = np.zeros((_SLOTS, 2), np.float64)
    start = room.ctypes.data
    x, y = (
        [ctypes.c_void_p.from_param(start + offset + 16 * index) for index in range(_SLOTS)]
        for offset in (0, 8)
    )
    return room, (x, y)


class TextPages:
    """Text pages that are open together, asked about many of their characters at once.

    Parameters
    ----------
    opened : sequence of OpenPage
        Pages of one document. As long as all of them are open, no two objects or fonts share a handle.
    """

    def __init__(self, opened: Sequence[OpenPage]) -> None:
        self._handles = np.array([_ready(page.textpage) for page in opened], np.object_)

    def objects(self, pages: Ints, indices: Ints) -> Ints:
        """Handles of the text objects of the characters at `indices` of the pages; 0 for none."""
        return np.fromiter(map(_object, *self._arguments(pages, indices)), np.int64, len(indices))

    def sizes(self, pages: Ints, indices: Ints) -> Floats:
        """Font sizes before the text matrix."""
        return np.fromiter(map(_size, *self._arguments(pages, indices)), np.float64, len(indices))

    def boxes(self, pages: Ints, indices: Ints) -> Floats:
        """Advance boxes in page space, shape (n, 4): left, top, right, bottom."""
        return self._written(_box, 4, pages, indices)

    def matrices(self, pages: Ints, indices: Ints) -> Floats:
        """Text matrices, shape (n, 6)."""
        return self._written(_matrix, 6, pages, indices)

    def origins(self, pages: Ints, indices: Ints) -> Floats:
        """Points of origin in page space, shape (n, 2): where the characters begin on their baselines."""
        room, addresses = _points()
        found = np.zeros((len(indices), 2), np.float64)
        for start in range(0, len(indices), _SLOTS):
            part = slice(start, start + _SLOTS)
            count = len(indices[part])
            room[:count] = 0.0
            _drain(map(_origin, *self._arguments(pages[part], indices[part]), *addresses))
            found[part] = room[:count]
        return found

    def _arguments(self, pages: Ints, indices: Ints) -> tuple[list[Any], list[int]]:
        return self._handles[pages].tolist(), indices.tolist()

    def _written(self, function: Callable[..., Any], width: int, pages: Ints, indices: Ints) -> Floats:
        """Answers that pdfium writes to an address; zeros where it gives none."""
        room, addresses = _slots(width)
        found = np.zeros((len(indices), width), np.float64)
        for start in range(0, len(indices), _SLOTS):
            part = slice(start, start + _SLOTS)
            count = len(indices[part])
            room[:count] = 0.0
            _drain(map(function, *self._arguments(pages[part], indices[part]), addresses))
            found[part] = room[:count]
        return found


def fonts_of(objects: Ints) -> Ints:
    """Handles of the fonts of text objects; 0 for none."""
    return np.fromiter(map(_font, objects.tolist()), np.int64, len(objects))


def font_style(font: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic, by its name, its flags and its weight."""
    if not font:
        return False, False
    buffer = ctypes.create_string_buffer(256)
    _font_name(font, ctypes.addressof(buffer), 256)
    name = buffer.value.decode("utf-8", "replace").lower()
    flags = max(0, _font_flags(font))
    bold = has_bold_name(name) or bool(flags & _FORCE_BOLD) or _font_weight(font) >= 600
    return bold, has_italic_name(name) or bool(flags & _ITALIC)


def has_bold_name(name: str) -> bool:
    """Whether a font is bold by its name."""
    return any(word in name.lower() for word in _BOLD_NAMES)


def has_italic_name(name: str) -> bool:
    """Whether a font is italic by its name."""
    return any(word in name.lower() for word in _ITALIC_NAMES)
