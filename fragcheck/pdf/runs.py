"""Runs: stretches of characters of one text object on one line, which share font, size and baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from fragcheck.pdf.characters import Text, is_cjk
from fragcheck.pdf.engine import Flags, Floats, Ints, PageFrame, font_style, fonts_of, shown

__all__ = ["BOLD", "ITALIC", "Runs", "runs_of"]

BOLD, ITALIC = 1, 2
_Number = TypeVar("_Number", np.int64, np.float64)
#: How far above and below its box (in ems) a rule may lie that underlines or strikes a run.
RULE_REACH_EM = 0.3
#: A run is level if its text matrix turns by less than the first of these, and the boxes at its ends differ
#: in height by less than the second (in ems).
LEVEL = 0.002
OVERSHOOT = 0.35
#: An advance box is higher than the lowest of its font by less than this share, but for single letters.
#: One in so many boxes of a font may be lower than that.
STEADY = 0.05
ODD_SIGNS = 100


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of some pages in content order; coordinates are those of page space, origin bottom left.

    Parameters
    ----------
    of_glyphs : array of int, shape (n,)
        Index of the run of each character.
    starts, ends : array of int, shape (r,)
        First and last character.
    first, last : array of float, shape (r, 4)
        Their boxes: left, top, right, bottom.
    faces : array of int, shape (r,)
        Font in a size before the text matrix, counted from 0: pdfium rounds boxes at that size.
    sizes : array of float, shape (r,)
        Font size in points, after the text matrix.
    angles : array of int, shape (r,)
        Direction in quarter turns counter-clockwise.
    styles : array of int, shape (r,)
        1 bold, 2 italic.
    origins : array of float, shape (r, 2)
        A point on the baseline.
    ems : array of float, shape (r,)
        Size along the line in points; what widths are multiples of.
    is_level : array of bool, shape (r,)
        Whether its characters stand upright beside each other, so that the boxes between follow from widths.
    """

    of_glyphs: Ints
    starts: Ints
    ends: Ints
    first: Floats
    last: Floats
    faces: Ints
    sizes: Floats
    angles: Ints
    styles: Ints
    origins: Floats
    ems: Floats
    is_level: Flags


def runs_of(text: Text, rules: Sequence[Floats]) -> Runs:
    """The runs of some pages.

    Parameters
    ----------
    text : Text
        Their characters.
    rules : sequence of arrays of float, shape (k, 4)
        Horizontal ruling lines of each page as it is shown; runs near one are not level, so that it is known
        exactly which characters it strikes.
    """
    objects, begins = text.objects, text.begins.copy()
    begins[1:] |= objects[1:] != objects[:-1]
    begins |= objects == 0
    starts = np.flatnonzero(begins)
    ends = np.concatenate([starts, [len(begins)]])[1:] - 1
    pages, source = text.pages[starts], text.source
    first = source.boxes(pages, text.indices[starts])
    last = first.copy()
    longer = ends > starts
    last[longer] = source.boxes(pages[longer], text.indices[ends[longer]])
    fonts, styles = _fonts(objects[starts])
    differs = text.begins[starts] | _differs(first, last, fonts)
    like, own = np.cumsum(differs) - 1, np.flatnonzero(differs)
    matrices = source.matrices(pages[own], text.indices[starts[own]]).take(like, axis=0)
    sizes = source.sizes(pages[own], text.indices[starts[own]])[like]
    scale = np.hypot(matrices[:, 2], matrices[:, 3])
    angles = np.round(np.arctan2(matrices[:, 1], matrices[:, 0]) / (np.pi / 2)).astype(np.int64) % 4
    of_glyphs = np.cumsum(begins) - 1
    ems = matrices[:, 0] * sizes
    faces = _faces(fonts, sizes)
    is_level = _is_level(first, last, matrices, ems)
    is_level &= _is_steady(first, last, np.abs(sizes) * scale, faces)
    is_level &= ~_near_rules(first, last, pages, rules, text.frames)
    is_level &= ~text.reordered[starts]
    is_level[of_glyphs[_parted_cjk(text)]] = False
    return Runs(
        of_glyphs=of_glyphs,
        starts=starts,
        ends=ends,
        first=first,
        last=last,
        faces=faces,
        sizes=np.round(np.abs(sizes) * np.where(scale > 0, scale, 1.0), 2),
        angles=angles,
        styles=styles,
        origins=_origins(matrices[:, 4:], angles, first),
        ems=ems,
        is_level=is_level,
    )


def _differs(first: Floats, last: Floats, fonts: Ints) -> Flags:
    """Whether a run of a line is set otherwise than the one before.

    It is set like it if it stands beside it in the same font, in a box of the same height at the same height.
    """
    differs = np.ones(len(fonts), np.bool_)
    height = first[1:, 1] - first[1:, 3]
    gap = first[1:, 0] - last[:-1, 2]
    with np.errstate(invalid="ignore"):
        differs[1:] = (
            (fonts[1:] != fonts[:-1])
            | (first[1:, 1] != first[:-1, 1])
            | (first[1:, 3] != first[:-1, 3])
            | ~((gap > -0.3 * height) & (gap < 3.0 * height))
        )
    return differs


def _fonts(objects: Ints) -> tuple[Ints, Ints]:
    """Fonts counted from 0, and their styles, of text objects."""
    handles, fonts = _numbered(fonts_of(objects))
    styles = [BOLD * bold + ITALIC * italic for bold, italic in map(font_style, handles.tolist())]
    return fonts, np.array(styles, np.int64)[fonts]


def _faces(fonts: Ints, sizes: Floats) -> Ints:
    """Fonts in one size each, counted from 0."""
    distinct, kinds = _numbered(np.round(sizes, 3))
    return _numbered(fonts * len(distinct) + kinds)[1]


def _numbered(values: npt.NDArray[_Number]) -> tuple[npt.NDArray[_Number], Ints]:
    """Distinct values, and the index of each: `np.unique` for arrays in which neighbours are mostly equal."""
    begins = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
    distinct, kinds = np.unique(values[begins], return_inverse=True)
    lengths = np.diff(np.append(begins, len(values)))
    return distinct, np.repeat(kinds, lengths).astype(np.int64, copy=False)


def _is_level(first: Floats, last: Floats, matrices: Floats, ems: Floats) -> Flags:
    """Whether runs are set upright along one baseline."""
    with np.errstate(invalid="ignore"):
        return np.asarray(
            (ems > 0)
            & (np.abs(matrices[:, 1]) <= LEVEL * matrices[:, 0])
            & (np.abs(first[:, 1] - last[:, 1]) <= OVERSHOOT * ems)
            & (np.abs(first[:, 3] - last[:, 3]) <= OVERSHOOT * ems)
            & (first[:, 0] <= last[:, 0])
            & (first[:, 2] >= first[:, 0])
        )


def _is_steady(first: Floats, last: Floats, sizes: Floats, faces: Ints) -> Flags:
    """Whether runs are set in a font most of whose boxes are about as high as the lowest.

    An advance box is that of the font's metrics, and larger only where a letter overshoots it. For a font
    without metrics pdfium gives the boxes of the ink, from which no widths follow. One box in a hundred may
    be lower: pdfium gives those of some signs otherwise.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        heights = (np.stack([first[:, 1] - first[:, 3], last[:, 1] - last[:, 3]]) / sizes).ravel()
    owners = np.tile(faces, 2)
    counts = np.bincount(owners)
    order = np.lexsort((heights, owners))
    lowest = heights[order[np.cumsum(counts) - counts + counts // ODD_SIGNS]]
    usual = np.bincount(owners, weights=heights <= (1.0 + STEADY) * lowest[owners], minlength=len(counts))
    return np.asarray((2 * usual >= counts)[faces] & (lowest[faces] > 0))


def _near_rules(
    first: Floats, last: Floats, pages: Ints, rules: Sequence[Floats], frames: Sequence[PageFrame]
) -> Flags:
    """Whether a horizontal rule runs through or right below each run."""
    near = np.zeros(len(pages), np.bool_)
    if not any(map(len, rules)):
        return near
    bounds = np.searchsorted(pages, np.arange(len(frames) + 1))
    starts, ends = (shown(points, pages, frames) for points in (first[:, :2], last[:, 2:]))
    for page, lines in enumerate(rules):
        chosen = slice(bounds[page], bounds[page + 1])
        if not len(lines) or bounds[page] == bounds[page + 1]:
            continue
        start, end = starts[chosen], ends[chosen]
        reach = RULE_REACH_EM * (end[:, 1] - start[:, 1])
        x0, y0, x1, y1 = lines.T
        near[chosen] = (
            (x0 < end[:, :1]) & (x1 > start[:, :1])
            & (y1 > (start[:, 1] - reach)[:, None]) & (y0 < (end[:, 1] + reach)[:, None])
        ).any(axis=1)  # fmt: skip
    return near


def _parted_cjk(text: Text) -> Ints:
    """Ideographs behind a space behind an ideograph: only the gap tells whether that space is one."""
    cjk = is_cjk(text.codes)
    if not cjk.any():
        return np.zeros(0, np.int64)
    return np.flatnonzero(text.spaced[1:] & cjk[1:] & cjk[:-1]) + 1


def _origins(starts: Floats, angles: Ints, boxes: Floats) -> Floats:
    """A point on the baseline of each run.

    The start of a text object lies on the baseline of all its glyphs, save in vertical setting: there, and
    where the start lies far from the box, the lower left corner of the box stands for it.
    """
    x, y = starts.T
    left, top, right, bottom = boxes.T
    slack = 0.5 * np.maximum(top - bottom, right - left)
    level = (angles % 2 == 0) & (y > bottom - slack) & (y < top + slack)
    upright = (angles % 2 == 1) & (x > left - slack) & (x < right + slack)
    return np.where((level | upright)[:, None], starts, boxes[:, ::3])
