"""Glyphs of a page in bulk from pdfium: codes, boxes and styles as arrays.

pdfium answers one question about one character per call, and ctypes makes each call dear. The calls are
therefore driven by C loops (`map` over a prototype that takes plain integers), boxes are written straight
into an array, and what is constant inside a word (font, size, baseline, angle) is asked once per word.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

__all__ = [
    "Floats",
    "Glyphs",
    "Ints",
    "PageFrame",
    "has_bold_name",
    "has_italic_name",
    "is_visible",
    "page_frame",
    "prototype",
    "read_glyphs",
    "to_device",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: pdfium marks an end-of-line hyphen with one of these instead of the hyphen it found.
HYPHEN_MARKS = (0xFFFE, 0x02)
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC_NAMES = ("italic", "oblique")
#: Device units per point in which pdfium is asked where a page lies.
_FINE = 1000
_FORCE_BOLD = 1 << 18
_ITALIC = 1 << 6
_SPACE_SET = frozenset(
    [0x20, 0xA0, 0x85, 0x2028, 0x2029, 0x202F, 0x3000, *range(0x09, 0x0E), *range(0x2000, 0x200C)]
)
_IS_SPACE = np.isin(np.arange(0x10000), sorted(_SPACE_SET))


def prototype(function: object, restype: object, *argtypes: object) -> Callable[..., Any]:
    """A function of pdfium that takes plain integers for its handles."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(restype, *argtypes)(address)  # type: ignore[arg-type]


_P, _I, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double
_unicode = prototype(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_box = prototype(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_object = prototype(pdfium.FPDFText_GetTextObject, _P, _P, _I)
_matrix = prototype(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_size = prototype(pdfium.FPDFText_GetFontSize, _D, _P, _I)
_font = prototype(pdfium.FPDFTextObj_GetFont, _P, _P)
_font_name = prototype(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)
_font_flags = prototype(pdfium.FPDFFont_GetFlags, _I, _P)
_font_weight = prototype(pdfium.FPDFFont_GetWeight, _I, _P)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The visible characters of a page in content order, spaces taken out.

    All coordinates are points with the origin at the top left corner of the page as it is shown.

    Parameters
    ----------
    codes : array of uint32, shape (n,)
        Unicode code points; end-of-line hyphens are ``-``.
    boxes : array of float, shape (n, 4)
        x0, y0, x1, y1 of the advance box.
    space_before : array of int, shape (n,)
        0 no space, 1 a space that pdfium guessed, 2 a space in the file.
    sizes : array of float, shape (n,)
        Font size in points, after the text matrix.
    baselines : array of float, shape (n, 2)
        Point of origin.
    bold, italic : array of bool, shape (n,)
        Style of the font.
    angles : array of int, shape (n,)
        Direction of reading in quarter turns counter-clockwise, 0 = upright.
    width, height : float
        Size of the page as it is shown.
    """

    codes: npt.NDArray[np.uint32]
    boxes: Floats
    space_before: Ints
    sizes: Floats
    baselines: Floats
    bold: npt.NDArray[np.bool_]
    italic: npt.NDArray[np.bool_]
    angles: Ints
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How page space lies on the page as it is shown.

    Parameters
    ----------
    matrix : array of float, shape (2, 2)
        Turn and flip.
    offset : array of float, shape (2,)
        Where the origin of page space comes to lie, in points from the top left corner.
    turns : int
        Clockwise quarter turns of the page.
    """

    matrix: Floats
    offset: Floats
    turns: int


def page_frame(page: pypdfium2.PdfPage) -> PageFrame:
    """The frame of a page, as pdfium itself would draw it (crop box and rotation included)."""
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    places = []
    for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        size = (round(width * _FINE), round(height * _FINE))
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *point, x, y)
        places.append((x.value / _FINE, y.value / _FINE))
    origin, right, up = np.array(places, np.float64)
    matrix = np.round(np.column_stack([right - origin, up - origin]) / 1000.0, 6)
    return PageFrame(matrix, origin, pdfium.FPDFPage_GetRotation(page) % 4)


def to_device(points: Floats, frame: PageFrame) -> Floats:
    """Move points (n, 2) from page space to the top-left space of the page as shown."""
    return np.asarray(points @ frame.matrix.T + frame.offset, np.float64)


def read_glyphs(page: pypdfium2.PdfPage) -> Glyphs:
    """Read all visible characters of a page.

    Returns
    -------
    Glyphs
        Arrays of length 0 where the page holds no text.
    """
    frame = page_frame(page)
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        count = max(0, textpage.count_chars())
        codes = _codes(textpage, handle, count)
        raw = np.zeros((count, 4), np.float32)
        start = raw.ctypes.data
        _drain(map(_box, repeat(handle), range(count), range(start, start + 16 * count, 16)))
        boxes = raw.astype(np.float64)
        spaces = _IS_SPACE[np.minimum(codes, 0xFFFF)]
        keep = np.flatnonzero(
            ~spaces & (codes >= 0x20) & ((codes < 0x7F) | (codes > 0x9F)) & np.isfinite(boxes).all(axis=1)
        )
        space_before = _space_before(keep, spaces, boxes)
        codes, boxes = codes[keep], boxes[keep]
        starts = _word_starts(boxes, space_before)
        styles = _Styles(handle, keep[starts], boxes[starts])
        word = np.cumsum(_flags(len(keep), starts)) - 1
    finally:
        textpage.close()
    corners = np.concatenate([to_device(boxes[:, [0, 3]], frame), to_device(boxes[:, [2, 1]], frame)], axis=1)
    placed = np.concatenate(
        [np.minimum(corners[:, :2], corners[:, 2:]), np.maximum(corners[:, :2], corners[:, 2:])], axis=1
    )
    return Glyphs(
        codes=codes,
        boxes=placed,
        space_before=space_before,
        sizes=styles.sizes[word],
        baselines=to_device(styles.origins, frame)[word],
        bold=styles.bold[word],
        italic=styles.italic[word],
        angles=(styles.angles[word] - frame.turns) % 4,
        width=width,
        height=height,
    )


def _drain(calls: Iterable[object]) -> None:
    for _ in calls:
        pass


def _flags(count: int, positions: Ints) -> npt.NDArray[np.bool_]:
    flags = np.zeros(count, np.bool_)
    flags[positions] = True
    return flags


def _codes(textpage: pypdfium2.PdfTextPage, handle: int | None, count: int) -> npt.NDArray[np.uint32]:
    """Code points by character index; surrogate pairs stand on the index of their first half."""
    buffer = np.zeros(count + 1, np.uint16)
    written = 0
    if count:
        pointer = ctypes.cast(buffer.ctypes.data, ctypes.POINTER(ctypes.c_ushort))
        written = pdfium.FPDFText_GetText(textpage, 0, count, pointer)
    if written == count + 1:
        codes = buffer[:count].astype(np.uint32)
    else:
        codes = np.fromiter(map(_unicode, repeat(handle), range(count)), np.uint32, count)
    codes[(codes == HYPHEN_MARKS[0]) | (codes == HYPHEN_MARKS[1])] = 0x2D
    high = np.flatnonzero(
        (codes[:-1] >= 0xD800) & (codes[:-1] < 0xDC00) & (codes[1:] >= 0xDC00) & (codes[1:] < 0xE000)
    )
    codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (codes[high + 1] - 0xDC00)
    codes[high + 1] = 0
    codes[
        (codes >= 0xD800) & (codes < 0xE000) | (codes > 0x10FFFF) | (codes == 0xFEFF) | (codes == 0xFFFF)
    ] = 0
    return codes


def _space_before(keep: Ints, spaces: npt.NDArray[np.bool_], boxes: Floats) -> Ints:
    """Kind of the space before each character: none, guessed by pdfium (a box without width), or real."""
    real = spaces & (boxes[:, 2] > boxes[:, 0])
    any_seen = np.concatenate([[0], np.cumsum(spaces)])
    real_seen = np.concatenate([[0], np.cumsum(real)])
    before = np.concatenate([[-1], keep[:-1]]) if len(keep) else keep
    guessed = any_seen[keep] - any_seen[before + 1] > 0
    printed = real_seen[keep] - real_seen[before + 1] > 0
    return np.where(printed, 2, np.where(guessed, 1, 0)).astype(np.int64)


def _word_starts(boxes: Floats, space_before: Ints) -> Ints:
    """Indices at which font, size or baseline may change."""
    if not len(boxes):
        return np.zeros(0, np.int64)
    height = np.maximum(boxes[:, 1] - boxes[:, 3], 1e-3)
    slack = 0.06 * np.minimum(height[1:], height[:-1])
    moved = np.abs(np.diff(boxes[:, 3])) > slack
    grown = np.abs(np.diff(height)) > slack
    jump = (boxes[1:, 0] < boxes[:-1, 0]) | (boxes[1:, 0] > boxes[:-1, 2] + 0.3 * height[1:])
    return np.flatnonzero(np.concatenate([[True], moved | grown | jump | (space_before[1:] > 0)])).astype(
        np.int64
    )


class _Styles:
    """Font, size, baseline and direction at the given character indices."""

    def __init__(self, handle: int | None, indices: Ints, boxes: Floats) -> None:
        count = len(indices)
        where = indices.tolist()
        sizes = np.fromiter(map(_size, repeat(handle), where), np.float64, count)
        matrices = np.zeros((count, 6), np.float32)
        start = matrices.ctypes.data
        _drain(map(_matrix, repeat(handle), where, range(start, start + 24 * count, 24)))
        scale = np.hypot(matrices[:, 2], matrices[:, 3]).astype(np.float64)
        self.sizes = np.round(np.abs(sizes) * np.where(scale > 0, scale, 1.0), 2)
        turns = np.arctan2(matrices[:, 1].astype(np.float64), matrices[:, 0]) / (np.pi / 2)
        self.angles = np.round(turns).astype(np.int64) % 4
        self.origins = _origins(matrices[:, 4:].astype(np.float64), self.angles, boxes)
        styles = self._font_styles(handle, where)
        self.bold = np.array([bold for bold, _ in styles], np.bool_)
        self.italic = np.array([italic for _, italic in styles], np.bool_)

    @staticmethod
    def _font_styles(handle: int | None, where: list[int]) -> list[tuple[bool, bool]]:
        known: dict[int | None, tuple[bool, bool]] = {None: (False, False)}
        styles = []
        for item in map(_object, repeat(handle), where):
            font = _font(item) if item else None
            if font not in known:
                known[font] = _font_style(font)
            styles.append(known[font])
        return styles


def _origins(starts: Floats, angles: Ints, boxes: Floats) -> Floats:
    """A point on the baseline of each word.

    The start of a text object lies on the baseline of all its glyphs, save in vertical setting: there, and
    where the start lies far from the box, the lower left corner of the box stands for it.
    """
    x, y = starts.T
    left, top, right, bottom = boxes.T
    slack = 0.5 * np.maximum(top - bottom, right - left)
    level = (angles % 2 == 0) & (y > bottom - slack) & (y < top + slack)
    upright = (angles % 2 == 1) & (x > left - slack) & (x < right + slack)
    return np.where((level | upright)[:, None], starts, boxes[:, [0, 3]])


def _font_style(font: int | None) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic, by its name, its flags and its weight."""
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


def is_visible(character: str) -> bool:
    """Whether a character leaves ink: neither a space nor a control character."""
    code = ord(character)
    return code >= 0x20 and not 0x7F <= code <= 0x9F and code not in _SPACE_SET
