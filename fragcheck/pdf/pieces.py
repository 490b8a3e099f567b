"""Pieces of text as arrays: what they say, where they stand, how they are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fragcheck.pdf.characters import HYPHEN_MARKS, Text, is_cjk
from fragcheck.pdf.engine import Codes, Flags, Floats, Ints, shown
from fragcheck.pdf.placing import place
from fragcheck.pdf.runs import Runs, runs_of

__all__ = ["Pieces", "read_pieces"]

_HYPHEN = 0x2D
#: A space whose gap lies between these (in ems) parts two words whether pdfium guessed it or not.
PLAIN_GAP_EM = (0.1, 1.2)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Characters of some pages in content order, in pieces that nothing parts but word spaces.

    All coordinates are points with the origin at the top left corner of the page as it is shown.

    Parameters
    ----------
    codes : array of uint32, shape (n,)
        Unicode code points of the visible characters; end-of-line hyphens are ``-``.
    spaced : array of bool, shape (n,)
        Whether a space of any kind stands before each character.
    starts : array of int, shape (p,)
        First character of each piece; it ends where the next begins.
    pages : array of int, shape (p,)
        Index of the page in `extents`; it never falls.
    boxes : array of float, shape (p, 4)
        x0, y0, x1, y1 of the advance box.
    inner : array of float, shape (p,)
        What the letters and words of the piece stand apart, added up.
    space_before : array of int, shape (p,)
        0 no space; 1 a space that pdfium guessed, or of either kind where the gap leaves no doubt; 2 a space
        in the file.
    sizes : array of float, shape (p,)
        Font size in points, after the text matrix.
    baselines : array of float, shape (p, 2)
        Point of origin.
    styles : array of int, shape (p,)
        Style of the font: 1 bold, 2 italic.
    angles : array of int, shape (p,)
        Direction of reading in quarter turns counter-clockwise, 0 = upright.
    extents : tuple of (float, float)
        Width and height of each page as it is shown.
    """

    codes: Codes
    spaced: Flags
    starts: Ints
    pages: Ints
    boxes: Floats
    inner: Floats
    space_before: Ints
    sizes: Floats
    baselines: Floats
    styles: Ints
    angles: Ints
    extents: tuple[tuple[float, float], ...]

    @property
    def ends(self) -> Ints:
        """Where each piece ends: the index behind its last character."""
        return np.append(self.starts, len(self.codes))[1:]


def read_pieces(text: Text, rules: Sequence[Floats]) -> Pieces:
    """Place and style all visible characters.

    Parameters
    ----------
    text : Text
        Characters of pages that are still open.
    rules : sequence of arrays of float, shape (k, 4)
        Horizontal ruling lines of each page as it is shown; near one, each character is a piece of its own.

    Returns
    -------
    Pieces
        Arrays of length 0 where the pages hold no text.
    """
    runs = runs_of(text, rules)
    starts, boxes, inner = place(text, runs)
    run, pages = runs.of_glyphs[starts], text.pages[starts]
    before = _space_before(text, runs, starts, boxes)
    corners = (boxes[:, ::3], boxes[:, 2:0:-1])
    start, end = (shown(points, pages, text.frames) for points in corners)
    hyphens = (text.codes == HYPHEN_MARKS[0]) | (text.codes == HYPHEN_MARKS[1])
    turns = np.array([frame.turns for frame in text.frames], np.int64)
    return _sound(
        Pieces(
            codes=np.where(hyphens, np.uint32(_HYPHEN), text.codes),
            spaced=text.spaced,
            starts=starts,
            pages=pages,
            boxes=np.concatenate([np.minimum(start, end), np.maximum(start, end)], axis=1),
            inner=inner,
            space_before=before,
            sizes=runs.sizes[run],
            baselines=shown(runs.origins.take(run, axis=0), pages, text.frames),
            styles=runs.styles[run],
            angles=(runs.angles[run] - turns[pages]) % 4,
            extents=tuple((frame.width, frame.height) for frame in text.frames),
        )
    )


def _sound(pieces: Pieces) -> Pieces:
    """The pieces that have a place."""
    if np.isfinite(pieces.boxes).all():
        return pieces
    kept = np.isfinite(pieces.boxes).all(axis=1)
    lengths = pieces.ends - pieces.starts
    letters = np.repeat(kept, lengths)
    lengths = lengths[kept]
    return Pieces(
        codes=pieces.codes[letters],
        spaced=pieces.spaced[letters],
        starts=np.cumsum(lengths) - lengths,
        pages=pieces.pages[kept],
        boxes=pieces.boxes[kept],
        inner=pieces.inner[kept],
        space_before=pieces.space_before[kept],
        sizes=pieces.sizes[kept],
        baselines=pieces.baselines[kept],
        styles=pieces.styles[kept],
        angles=pieces.angles[kept],
        extents=pieces.extents,
    )


def _space_before(text: Text, runs: Runs, starts: Ints, boxes: Floats) -> Ints:
    """Kind of the space before each piece; asked only where it makes a difference.

    A space is in the file if its box has a width.
    """
    kinds = text.spaced[starts].astype(np.int64)
    if not len(kinds):
        return kinds
    ems = runs.sizes[runs.of_glyphs[starts]]
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    same_line = (np.abs(np.diff(boxes[:, 3])) < 0.01 * ems[1:]) & ~text.begins[starts[1:]]
    low, high = PLAIN_GAP_EM
    plain = same_line & (np.diff(ems) == 0.0) & (gaps > low * ems[1:]) & (gaps < high * ems[1:])
    cjk = is_cjk(text.codes[starts[1:]]) & is_cjk(text.codes[starts[1:] - 1])
    first = text.codes[starts]
    marks = (first == _HYPHEN) | (first == HYPHEN_MARKS[0]) | (first == HYPHEN_MARKS[1])
    in_doubt = np.zeros(len(text.codes), np.bool_)
    in_doubt[starts] = np.append(True, ~plain | cjk) | marks
    asked = np.flatnonzero(in_doubt[text.space_owners])
    found = text.source.boxes(text.space_pages[asked], text.space_indices[asked])
    real = np.zeros(len(text.codes), np.bool_)
    real[text.space_owners[asked[found[:, 2] > found[:, 0]]]] = True
    kinds[real[starts]] = 2
    return kinds
