"""Pieces to fragments: stretches of one style on one baseline, in content order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fragcheck.pdf.characters import is_cjk
from fragcheck.pdf.directions import is_right_to_left
from fragcheck.pdf.engine import Codes, Flags, Floats, Ints
from fragcheck.pdf.even import ranges
from fragcheck.pdf.pieces import Pieces
from fragcheck.pdf.runs import BOLD, ITALIC

__all__ = ["Fragment", "fragments_of", "turned_back", "upright"]

STRUCK, UNDERLINED = 4, 8

#: A gap wider than this share of the font size parts two words where the file holds no space (in ems).
GUESSED_SPACE_EM = 0.02
MISSING_SPACE_EM = 0.09
#: Mean gap of ordinary text, its word spaces included, where the file holds no space glyphs (in ems).
USUAL_GAP_EM = 0.08
#: A gap wider than this parts two fragments: a tab stop, a table cell, a gutter (in ems).
FRAGMENT_GAP_EM = 1.3
#: Between two Han or Kana characters a space counts from this gap on (in ems): in the file, and without one.
CJK_PRINTED_SPACE_EM = 0.12
CJK_SPACE_EM = 0.6
#: Between two letters written from right to left a space that the file does not hold counts from this gap on:
#: their boxes are those of the ink.
JOINED_SPACE_EM = 0.2


#: Vertical setting reads like a page turned by three quarters: down, then leftwards.
VERTICAL_TURN = 3


@dataclass(slots=True)
class Fragment:
    """A stretch of characters of one style on one baseline.

    Parameters
    ----------
    text : str
        Its characters with the spaces between words.
    x0, y0, x1, y1 : float
        Box in upright coordinates (the text reads from left to right).
    baseline : float
        Upright y of the baseline.
    size : float
        Font size in points.
    bold, italic : bool
        Style.
    space_before : int
        Space before its first character: 0 none, 1 guessed by pdfium, 2 in the file.
    turn : int
        Quarter turns counter-clockwise by which the page has to be turned back.
    struck, underlined : bool
        Decoration.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    space_before: int
    turn: int = 0
    struck: bool = False
    underlined: bool = False

    @property
    def count(self) -> int:
        """Number of characters."""
        return len(self.text)


def upright(boxes: Floats, turn: int, width: Floats | float, height: Floats | float) -> Floats:
    """Turn boxes (n, 4) of text that reads in direction `turn` so that it reads from left to right."""
    if turn == 0:
        return boxes
    x0, y0, x1, y1 = boxes.T
    if turn == 1:
        return np.column_stack([height - y1, x0, height - y0, x1])
    if turn == 2:
        return np.column_stack([width - x1, height - y1, width - x0, height - y0])
    return np.column_stack([y0, width - x1, y1, width - x0])


def turned_back(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """The inverse of `upright` for one box."""
    u0, v0, u1, v1 = box
    if turn == 0:
        return box
    if turn == 1:
        return (v0, height - u1, v1, height - u0)
    if turn == 2:
        return (width - u1, height - v1, width - u0, height - v0)
    return (width - v1, u0, width - v0, u1)


def fragments_of(pieces: Pieces, struck: Flags, underlined: Flags) -> list[list[Fragment]]:
    """All fragments of each page, in content order within each direction of reading."""
    styles = pieces.styles + STRUCK * struck + UNDERLINED * underlined
    found: list[list[Fragment]] = [[] for _ in pieces.extents]
    angles = pieces.angles
    vertical = _vertical_pages(pieces)
    if vertical:
        angles = np.where(np.isin(pieces.pages, vertical), VERTICAL_TURN, angles)
    for turn in range(4):
        chosen = np.flatnonzero(angles == turn)
        if len(chosen):
            _add_direction(found, pieces, styles, chosen, turn)
    return found


def _vertical_pages(pieces: Pieces) -> list[int]:
    """Pages on which most characters stand below the one before: vertical East Asian setting."""
    cjk = is_cjk(pieces.codes[pieces.starts])
    if len(cjk) < 2 or not cjk.any():
        return []
    middle = (pieces.boxes[:, [0, 1]] + pieces.boxes[:, [2, 3]]) / 2
    step = np.diff(middle, axis=0) / pieces.sizes[1:, None]
    down = (np.abs(step[:, 0]) < 0.3) & (step[:, 1] > 0.4) & (step[:, 1] < 2.0) & (pieces.angles[1:] == 0)
    same = pieces.pages[1:] == pieces.pages[:-1]
    count = len(pieces.extents)
    letters = np.bincount(pieces.pages, weights=pieces.ends - pieces.starts, minlength=count)
    downward = np.bincount(pieces.pages[1:][same & down], minlength=count)
    ideographs = np.bincount(pieces.pages[cjk], minlength=count)
    return np.flatnonzero((2 * downward > letters - 1) & (ideographs > 0)).tolist()


def _add_direction(
    found: list[list[Fragment]], pieces: Pieces, all_styles: Ints, chosen: Ints, turn: int
) -> None:
    """Add the fragments that read in one direction to those of their pages."""
    pages = pieces.pages[chosen]
    width, height = np.array(pieces.extents).T[:, pages] if turn else (0.0, 0.0)
    boxes = upright(pieces.boxes.take(chosen, axis=0), turn, width, height)
    points = pieces.baselines.take(chosen, axis=0)
    baselines = upright(points[:, [0, 1, 0, 1]], turn, width, height)[:, 1] if turn else points[:, 1]
    sizes = _plausible_sizes(pieces.sizes[chosen], boxes)
    before = pieces.space_before[chosen]
    gaps = np.concatenate([[0.0], boxes[1:, 0] - boxes[:-1, 2]]) / sizes
    styles = all_styles[chosen]
    breaks = _breaks(boxes, baselines, sizes, gaps, styles)
    breaks[1:] |= pages[1:] != pages[:-1]
    starts = np.flatnonzero(breaks)
    spacing = _letter_spacing(
        gaps, starts, pieces.inner[chosen] / sizes, (pieces.ends - pieces.starts)[chosen]
    )
    first = pieces.codes[pieces.starts[chosen]]
    last = pieces.codes[pieces.ends[chosen] - 1]
    spaced = _spaced(first, last, gaps - spacing, before)
    texts = _texts(pieces, chosen, spaced & ~breaks, starts)
    style = styles[starts]
    columns = (
        np.minimum.reduceat(boxes[:, 0], starts), np.minimum.reduceat(boxes[:, 1], starts),
        np.maximum.reduceat(boxes[:, 2], starts), np.maximum.reduceat(boxes[:, 3], starts),
        baselines[starts], sizes[starts], (style & BOLD) > 0, (style & ITALIC) > 0, before[starts],
        np.full(len(starts), turn), (style & STRUCK) > 0, (style & UNDERLINED) > 0,
    )  # fmt: skip
    made = list(map(Fragment, texts, *(column.tolist() for column in columns)))
    bounds = np.searchsorted(pages[starts], np.arange(len(found) + 1)).tolist()
    for own, (low, high) in zip(found, pairwise(bounds), strict=True):
        own.extend(made[low:high])


def _plausible_sizes(sizes: Floats, boxes: Floats) -> Floats:
    """Sizes; where the file gives none that fits the box (Type 3 fonts), the height of the box."""
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 0.5)
    odd = (sizes < 0.3 * heights) | (sizes > 6 * heights)
    return np.where(odd, heights, sizes)


def _breaks(boxes: Floats, baselines: Floats, sizes: Floats, gaps: Floats, styles: Ints) -> Flags:
    breaks = np.ones(len(sizes), np.bool_)
    breaks[1:] = (
        (np.abs(np.diff(baselines)) > 0.12 * np.minimum(sizes[1:], sizes[:-1]))
        | (np.abs(np.diff(sizes)) > 0.06 * sizes[1:])
        | (gaps[1:] > FRAGMENT_GAP_EM)
        | (boxes[1:, 0] < boxes[:-1, 0] - 0.3 * sizes[1:])
        | (np.diff(styles) != 0)
    )
    return breaks


def _letter_spacing(gaps: Floats, starts: Ints, inner: Floats, letters: Ints) -> Floats:
    """By how much the letters of each fragment are set apart, in ems (0 in ordinary text)."""
    apart = np.clip(gaps, 0.0, 0.4)
    apart[starts] = 0.0
    counts = np.diff(np.concatenate([starts, [len(gaps)]]))
    means = np.add.reduceat(apart + inner, starts) / np.maximum(np.add.reduceat(letters, starts) - 1, 1)
    return np.repeat(np.maximum(means - USUAL_GAP_EM, 0.0), counts)


def _spaced(first: Codes, last: Codes, gaps: Floats, before: Ints) -> Flags:
    """Whether a space stands before each piece, by what the file holds and by the gap."""
    spaced: Flags = (before == 2) | ((before == 1) & (gaps > GUESSED_SPACE_EM)) | (gaps > MISSING_SPACE_EM)
    turned = np.append(False, is_right_to_left(first)[1:] & is_right_to_left(last)[:-1])
    if turned.any():
        spaced = np.where(turned, (before > 0) | (gaps > JOINED_SPACE_EM), spaced)
    both = np.concatenate([[False], is_cjk(first)[1:] & is_cjk(last)[:-1]])
    if not both.any():
        return spaced
    wide = gaps > np.where(before == 2, CJK_PRINTED_SPACE_EM, CJK_SPACE_EM)
    return np.where(both, wide, spaced)


def _texts(pieces: Pieces, chosen: Ints, spaced: Flags, fragments: Ints) -> list[str]:
    """Text of each fragment: the characters of its pieces with the spaces put in.

    `spaced` says which of the chosen pieces have a space before them, `fragments` which begin a fragment.
    """
    lengths = (pieces.ends - pieces.starts)[chosen]
    letters = ranges(pieces.starts[chosen], lengths)
    firsts = np.cumsum(lengths) - lengths
    with_space = pieces.spaced[letters]
    with_space[firsts] = spaced
    places = np.arange(len(letters)) + np.cumsum(with_space)
    out = np.full(int(places[-1]) + 1, 0x20, np.uint32)
    out[places] = pieces.codes[letters]
    text = out.astype("<u4").tobytes().decode("utf-32-le", "replace")
    # no space stands before the first letter of a fragment
    return [text[start:end] for start, end in pairwise([*places[firsts[fragments]].tolist(), len(text)])]
