"""Which objects of a page are no text, without asking each of its many texts.

A page of the Official Journal holds a thousand texts and four rules. pdfium says in one call how many
stretches of its text page stand in one text object each, so that it is known how many objects of the page can
be anything else. These mostly stand at the head or the foot of the page, first or last: as soon as all of
them are found, no more is asked.
"""

from __future__ import annotations

import ctypes
import re
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from fragcheck.pdf.engine import OpenPage, prototype
from fragcheck.pdf.names import beginning_with, names_in

__all__ = ["others_than_text", "shows_text_in_forms"]

#: Objects that are asked first at either end of the page, twice as many each time after.
_STEP = 8
#: Bytes before and behind its type in which the dictionary of a form stands, or it is taken to show text.
_HEAD = 4096
_HANDLE, _I, _P = ctypes.c_size_t, ctypes.c_int, ctypes.c_void_p
_object = prototype(pdfium.FPDFPage_GetObject, _HANDLE)
_kind = prototype(pdfium.FPDFPageObj_GetType, _I, _P)
#: Beginnings of the name of a form in which a letter is written as its number.
_ESCAPED = (b"#46", b"F#", b"Fo#", b"For#")
_OWN_RESOURCES = re.compile(rb"/Resources\s*<<")


def shows_text_in_forms(data: bytes) -> bool:
    """Whether a form of the file may show text: one does that has fonts, or whose fonts stand elsewhere.

    A form is a stream, so that its dictionary stands unpacked in the file. Its name may be written with
    escapes.

    Parameters
    ----------
    data : bytes
        The file.
    """
    names = names_in(data)
    if any(len(beginning_with(data, names, form)) for form in _ESCAPED):
        return True
    for place in beginning_with(data, names, b"Form").tolist():
        start = data.rfind(b"obj", max(0, place - _HEAD), place)
        end = data.find(b"stream", place, place + _HEAD)
        head = data[max(start, 0) : end]
        if min(start, end) < 0 or b"/Font" in head or not _OWN_RESOURCES.search(head):
            return True
    return False


def others_than_text(opened: OpenPage, *, counted: bool) -> list[int]:
    """Handles of the objects of a page that are no text, in their order.

    Parameters
    ----------
    opened : OpenPage
        The page.
    counted : bool
        Whether its texts may be counted by its text page: no form of the file shows text, and no words that
        are read from right to left are on the page, where pdfium moves characters out of their objects.
    """
    count = pdfium.FPDFPage_CountObjects(opened.page)
    page = ctypes.c_void_p.from_param(ctypes.cast(opened.page, ctypes.c_void_p).value)
    # a rectangle for each stretch of the text page in one object: so many texts there are at least
    left = count - (max(0, pdfium.FPDFText_CountRects(opened.textpage, 0, -1)) if counted else 0)
    head: list[int] = []
    foot: list[int] = []
    low, high, step = 0, count, _STEP
    while left > 0 and low < high:
        # where half of them may be no text, all are asked
        step = count if 2 * left >= high - low else 2 * step
        middle = min(low + step, high)
        above = _without_texts(page, low, middle)
        low, high, end = middle, max(high - step, middle), high
        below = _without_texts(page, high, end)
        head, foot = [*head, *above], [*below, *foot]
        left -= len(above) + len(below)
    return [*head, *foot]


def _without_texts(page: Any, start: int, end: int) -> list[int]:  # noqa: ANN401 - an argument of ctypes
    """Handles of the objects from `start` to `end` of a page that are no text."""
    handles = list(map(_object, repeat(page), range(start, end)))
    kinds = bytes(map(_kind, handles))
    if kinds.count(pdfium.FPDF_PAGEOBJ_TEXT) == len(kinds):
        return []
    return [handle for handle, kind in zip(handles, kinds, strict=True) if kind != pdfium.FPDF_PAGEOBJ_TEXT]
