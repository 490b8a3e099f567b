"""Right-to-left scripts: characters by their place on the page, lines in the order in which they are read.

pdfium turns lines of Arabic and Hebrew round, some words of them twice, and keeps no account of it. What
stands where is beyond doubt. So the characters of such lines are put in the order of their places first, from
left to right, and each finished line is turned into the order of reading, as the Unicode Bidirectional
Algorithm (UAX #9) would print it back: figures and words of other scripts keep theirs.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from fragcheck.pdf.engine import Codes, Flags, Ints, TextPages

__all__ = ["from_left_to_right", "holds_turned", "in_reading_order", "is_right_to_left"]

_RANGES = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))
#: Words and figures that are read from left to right inside a line of the other direction, by the classes of
#: their characters: L and R letters, N figures, S what stands inside numbers, E beside them, O the rest.
_LEFT_TO_RIGHT = re.compile(r"L(?:[LNOSE]*[LNE])?|E?N(?:S?N)*E?(?:[NOSE]*L(?:[LNOSE]*[LNE])?)?")
_RIGHT_TO_LEFT = re.compile(r"R(?:[RONSE]*R)?")
_NUMBER = re.compile(r"E?N(?:S?N)*E?")
_CLASSES = {"L": "L", "R": "R", "AL": "R", "NSM": "R", "EN": "N", "AN": "N", "ES": "S", "CS": "S", "ET": "E"}
#: Characters that are read from right to left: those of the scripts, and the mark that says so.
_TURNED = re.compile("[\u200f" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _RANGES) + "]")
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_ODD_SIDE = re.compile(r"[(\[{«‹](?=\s|$)|(?<!\S)[)\]}»›]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def is_right_to_left(codes: Codes) -> Flags:
    """Characters of scripts that are written from right to left."""
    found = codes >= _RANGES[0][0]
    places = np.flatnonzero(found)
    high_codes = codes[places]
    found[places] = False
    for low, high in _RANGES:
        found[places] |= (high_codes >= low) & (high_codes <= high)
    return found


def from_left_to_right(source: TextPages, codes: Codes, pages: Ints, indices: Ints, lines: Ints) -> Ints:
    """The order of characters by their places, in lines that hold a script written from right to left.

    Parameters
    ----------
    source : TextPages
        Whom to ask.
    codes, pages, indices : arrays, shape (n,)
        Characters, spaces among them, with the page of each and its index there.
    lines : array of int, shape (n,)
        Which line each stands in; it never falls.

    Returns
    -------
    array of int, shape (n,)
        Indices of the characters; other lines keep their order.
    """
    order = np.arange(len(codes))
    turned = is_right_to_left(codes)
    if not turned.any():
        return order
    chosen = np.flatnonzero(np.isin(lines, np.unique(lines[turned])))
    boxes = source.boxes(pages[chosen], indices[chosen])
    # a space without a width stands nowhere: it goes to the end, and the gap tells
    middle = np.where(boxes[:, 2] > boxes[:, 0], (boxes[:, 0] + boxes[:, 2]) / 2, np.inf)
    order[chosen] = chosen[np.lexsort((middle, lines[chosen]))]
    return order


def holds_turned(text: str) -> bool:
    """Whether a line may hold words that are written from right to left."""
    return _TURNED.search(text) is not None


def in_reading_order(text: str) -> tuple[str, list[int]]:
    """A line that stands from left to right as it is printed, in the order in which it is read.

    Returns
    -------
    tuple of (str, list of int)
        The line, and the place in it of each character of `text`.
    """
    if not holds_turned(text):
        return text, list(range(len(text)))
    classes = "".join(_CLASSES.get(unicodedata.bidirectional(char), "O") for char in text)
    if "R" not in classes:
        return text, list(range(len(text)))
    if classes.count("R") >= classes.count("L"):
        kept = [match.span() for match in _LEFT_TO_RIGHT.finditer(classes)]
        order = _turned(0, len(text), kept)
        mirrored = set(order).difference(*(range(*span) for span in kept))
    else:
        order, end = [], 0
        mirrored = set()
        for match in _RIGHT_TO_LEFT.finditer(classes):
            inside = [each.span() for each in _NUMBER.finditer(classes, match.start(), match.end())]
            order.extend(range(end, match.start()))
            order.extend(_turned(*match.span(), inside))
            mirrored.update(range(*match.span()))
            end = match.end()
        order.extend(range(end, len(text)))
    places = [0] * len(text)
    for place, index in enumerate(order):
        places[index] = place
    plain = "".join(text[index] for index in order)
    turned = "".join(
        text[index].translate(_MIRRORED) if index in mirrored else text[index] for index in order
    )
    # some files and pdfium itself have mirrored the brackets before
    return (turned if _misplaced(turned) <= _misplaced(plain) else plain), places


def _misplaced(text: str) -> int:
    """How many brackets have no partner or stand on the wrong side of a space."""
    return _unpaired(text) + len(_ODD_SIDE.findall(text))


def _unpaired(text: str) -> int:
    depth = lost = 0
    for char in text:
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            lost, depth = (lost + 1, 0) if depth == 0 else (lost, depth - 1)
    return lost + depth


def _turned(start: int, end: int, kept: list[tuple[int, int]]) -> list[int]:
    """Indices from the last to the first; those of the spans that are kept stay in their order."""
    order: list[int] = []
    for low, high in reversed(kept):
        order.extend(range(end - 1, high - 1, -1))
        order.extend(range(low, high))
        end = low
    order.extend(range(end - 1, start - 1, -1))
    return order
