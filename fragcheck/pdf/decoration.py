"""Which pieces of text a ruling line strikes through or underlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fragcheck.pdf.engine import Flags, Floats, Ints
from fragcheck.pdf.even import ranges
from fragcheck.pdf.pieces import Pieces

__all__ = ["decorated"]

#: Height of a line above the baseline, in ems, where it underlines and where it strikes.
UNDER = (-0.32, 0.04)
THROUGH = (0.10, 0.50)
#: A line thicker than this share of the size is a bar, not a decoration.
THICK_EM = 0.18
#: Share of a line that the text fills which it decorates: a table's rule goes on where its text has ended.
FILLED = 0.7
#: Pages are searched one below another, so many points apart; what lies further out than this is on none.
_PAGE_PT = 1e6
_FAR_PT = 1e5
#: Pairs of a line and a piece near it that are looked at together.
_PAIRS = 1 << 20


def decorated(pieces: Pieces, rules: Sequence[Floats]) -> tuple[Flags, Flags, list[Flags]]:
    """Struck pieces, underlined pieces, and the lines of each page that do either.

    Parameters
    ----------
    pieces : Pieces
        Pieces of text; only upright ones are looked at.
    rules : sequence of arrays of float, shape (n, 4)
        Horizontal ruling lines of each page.

    Returns
    -------
    tuple of array of bool, array of bool, list of arrays of bool
        Of the lengths of the pieces, the pieces, and the lines of each page.
    """
    struck, underlined = np.zeros((2, len(pieces.starts)), np.bool_)
    lines = np.concatenate(rules)
    used = np.zeros(len(lines), np.bool_)
    x0, y0, x1, y1 = lines.T
    y, baselines = (y0 + y1) / 2, pieces.baselines[:, 1]
    middle = (pieces.boxes[:, 0] + pieces.boxes[:, 2]) / 2
    order, first, counts = _near(pieces, y, np.repeat(np.arange(len(rules)), list(map(len, rules))))
    asked = np.flatnonzero(counts)
    parts = np.flatnonzero(np.diff(np.cumsum(counts[asked]) // _PAIRS)) + 1
    for chosen in np.split(asked, parts) if len(asked) else ():
        line, piece = np.repeat(chosen, counts[chosen]), order[ranges(first[chosen], counts[chosen])]
        beside = (middle[piece] > x0[line]) & (middle[piece] < x1[line])
        beside &= (y1 - y0)[line] <= THICK_EM * pieces.sizes[piece]
        line, piece = line[beside], piece[beside]
        height = (baselines[piece] - y[line]) / pieces.sizes[piece]
        for marked, inside in (
            (struck, (height > THROUGH[0]) & (height < THROUGH[1])),
            (underlined, (height > UNDER[0]) & (height <= UNDER[1])),
        ):
            filled = _filled(line[inside], pieces.boxes[piece[inside]], x1 - x0)
            marked[piece[inside][filled]] = True
            used[line[inside][filled]] = True
    return struck, underlined, np.split(used, np.cumsum(list(map(len, rules)))[:-1])


def _near(pieces: Pieces, y: Floats, pages: Ints) -> tuple[Ints, Ints, Ints]:
    """Which pieces may be decorated by each line at height `y` of one of the `pages`, and some more.

    The first array orders pieces from top to bottom; the others say where in it those of each line begin, and
    how many they are.
    """
    baselines = pieces.baselines[:, 1]
    upright = np.flatnonzero((pieces.angles == 0) & np.isfinite(baselines))
    if not len(upright) or not len(y):
        return upright, np.zeros(len(y), np.int64), np.zeros(len(y), np.int64)
    heights = _PAGE_PT * pieces.pages[upright] + np.clip(baselines[upright], -_FAR_PT, _FAR_PT)
    ordered = np.argsort(heights, kind="stable")
    heights, reach = heights[ordered], min(float(pieces.sizes.max()), 2 * _FAR_PT)
    own = _PAGE_PT * pages + np.clip(y, -_FAR_PT, _FAR_PT)
    first, last = np.searchsorted(heights, own - reach), np.searchsorted(heights, own + reach)
    return upright[ordered], first, last - first


def _filled(lines: Ints, boxes: Floats, lengths: Floats) -> Flags:
    """Which boxes are those of a line that they fill; `lines` says which line each belongs to, in order."""
    if not len(lines):
        return np.zeros(0, np.bool_)
    begins = np.flatnonzero(np.diff(lines, prepend=-1))
    across = np.maximum.reduceat(boxes[:, 2], begins) - np.minimum.reduceat(boxes[:, 0], begins)
    return np.repeat(across >= FILLED * lengths[lines[begins]], np.diff(np.append(begins, len(lines))))
