"""Ruling lines of a page: thin rectangles and straight strokes, from pdfium's path objects.

They underline and strike text, frame tables and part footnotes from the text above.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, repeat

import numpy as np
import pypdfium2.raw as pdfium

from fragcheck.pdf.contents import others_than_text
from fragcheck.pdf.engine import Floats, OpenPage, prototype, shown

__all__ = ["Rules", "read_rules"]

#: A line is at most this thick, and at least this long (points).
THICK_PT = 2.0
SHORT_PT = 2.0
#: Drawings with more objects or more segments than this are pictures, not ruling lines.
MAX_OBJECTS = 20_000
MAX_SEGMENTS = 2_000
MAX_RULES = 4_000
MAX_DEPTH = 4

_Matrix = tuple[float, float, float, float, float, float]
_HANDLE, _I, _P = ctypes.c_size_t, ctypes.c_int, ctypes.c_void_p
_kind = prototype(pdfium.FPDFPageObj_GetType, _I, _P)
_matrix = prototype(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
_count_in_form = prototype(pdfium.FPDFFormObj_CountObjects, _I, _P)
_object_in_form = prototype(pdfium.FPDFFormObj_GetObject, _HANDLE, _P, ctypes.c_ulong)
_count_segments = prototype(pdfium.FPDFPath_CountSegments, _I, _P)
_segment = prototype(pdfium.FPDFPath_GetPathSegment, _HANDLE, _P, _I)
_segment_kind = prototype(pdfium.FPDFPathSegment_GetType, _I, _P)
_segment_point = prototype(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_MOVE_TO, _BEZIER_TO = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Box = tuple[float, float, float, float]
#: Room for an answer of the engine, which is never asked from two threads.
_MATRIX, _POINT = array("f", [0.0] * 6), array("f", [0.0] * 2)
_MATRIX_AT, _X_AT = _MATRIX.buffer_info()[0], _POINT.buffer_info()[0]
_Y_AT = _X_AT + _POINT.itemsize


@dataclass(slots=True)
class Rules:
    """Ruling lines in points, origin top left.

    Parameters
    ----------
    horizontal, vertical : array of float, shape (n, 4)
        x0, y0, x1, y1 of each line's box.
    """

    horizontal: Floats = field(default_factory=lambda: np.zeros((0, 4)))
    vertical: Floats = field(default_factory=lambda: np.zeros((0, 4)))


def read_rules(opened: Sequence[OpenPage], counted: Sequence[bool]) -> list[Rules]:
    """Ruling lines of pages, longer than wide; none where a page is a drawing.

    Parameters
    ----------
    opened : sequence of OpenPage
        The pages.
    counted : sequence of bool
        Whether the texts of each may be counted by its text page (`others_than_text`).
    """
    found = [_boxes(page, counted=own) for page, own in zip(opened, counted, strict=True)]
    counts = [len(boxes) for boxes in found]
    if not any(counts):
        return [Rules() for _ in opened]
    raw = np.array(list(chain.from_iterable(found)), np.float64)
    pages, frames = np.repeat(np.arange(len(opened)), counts), [page.frame for page in opened]
    start, end = shown(raw[:, :2], pages, frames), shown(raw[:, 2:], pages, frames)
    placed = np.concatenate([np.minimum(start, end), np.maximum(start, end)], axis=1)
    sides = placed[:, 2:] - placed[:, :2]
    wide = sides[:, 0] >= sides[:, 1]
    bounds = [0, *accumulate(counts)]
    return [
        Rules(placed[low:high][wide[low:high]], placed[low:high][~wide[low:high]]) if low < high else Rules()
        for low, high in pairwise(bounds)
    ]


def _boxes(opened: OpenPage, *, counted: bool) -> list[_Box]:
    """Boxes of the straight lines of a page in page space; none where there are too many."""
    boxes: list[_Box] = []
    for item, matrix in _paths(opened, counted=counted):
        boxes.extend(_lines_of(item, matrix))
        if len(boxes) > MAX_RULES:
            return []
    return boxes


def _paths(opened: OpenPage, *, counted: bool) -> Iterator[tuple[int, _Matrix]]:
    """Path objects of a page and of the forms in it, with the matrix of the form."""
    if pdfium.FPDFPage_CountObjects(opened.page) > MAX_OBJECTS:
        return
    for item in others_than_text(opened, counted=counted):
        yield from _paths_in(item, _IDENTITY, 0)


def _paths_in(item: int, matrix: _Matrix, depth: int) -> Iterator[tuple[int, _Matrix]]:
    kind = _kind(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield item, matrix
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
        inner = _times(_matrix_of(item), matrix)
        for index in range(min(_count_in_form(item), MAX_OBJECTS)):
            yield from _paths_in(_object_in_form(item, index), inner, depth + 1)


def _matrix_of(item: int) -> _Matrix:
    if not _matrix(item, _MATRIX_AT):
        return _IDENTITY
    a, b, c, d, e, f = _MATRIX
    return (a, b, c, d, e, f)


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _lines_of(item: int, outer: _Matrix) -> Iterator[_Box]:
    """Boxes of the straight lines in a path: thin shapes, and the sides of rectangles that are drawn."""
    count = _count_segments(item)
    if not 2 <= count <= MAX_SEGMENTS:
        return
    matrix = _times(_matrix_of(item), outer)
    for points in _subpaths(item, count, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        if min(x1 - x0, y1 - y0) <= THICK_PT:
            if max(x1 - x0, y1 - y0) >= SHORT_PT:
                yield (x0, y0, x1, y1)
        elif _is_rectangle(points):
            yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Whether each step goes along one axis only."""
    if not 4 <= len(points) <= 5:
        return False
    steps = zip(points, [*points[1:], points[0]], strict=True)
    return all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in steps)


def _subpaths(item: int, count: int, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """Corner points of each straight-sided subpath in page space; those with curves are left out."""
    points: list[tuple[float, float]] = []
    curved = False
    a, b, c, d, e, f = matrix
    for segment in map(_segment, repeat(item), range(count)):
        kind = _segment_kind(segment)
        _segment_point(segment, _X_AT, _Y_AT)
        if kind == _MOVE_TO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        elif kind == _BEZIER_TO:
            curved = True
        x, y = _POINT
        points.append((a * x + c * y + e, b * x + d * y + f))
    if len(points) > 1 and not curved:
        yield points
