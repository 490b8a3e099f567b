"""Which pieces of text a ruling line strikes through or underlines."""

from __future__ import annotations

import numpy as np

from fragcheck.pdf.engine import Flags, Floats
from fragcheck.pdf.pieces import Pieces

__all__ = ["decorated"]

#: Height of a line above the baseline, in ems, where it underlines and where it strikes.
UNDER = (-0.32, 0.04)
THROUGH = (0.10, 0.50)
#: A line thicker than this share of the size is a bar, not a decoration.
THICK_EM = 0.18


def decorated(pieces: Pieces, part: slice, horizontal: Floats) -> tuple[Flags, Flags, Flags]:
    """Struck pieces, underlined pieces, and the lines that do either.

    Parameters
    ----------
    pieces : Pieces
        Pieces of text; only upright ones are looked at.
    part : slice
        Those of the page.
    horizontal : array of float, shape (n, 4)
        Horizontal ruling lines of the page.

    Returns
    -------
    tuple of arrays of bool
        Of the lengths of the part, the part, and the lines.
    """
    boxes, sizes, baselines = pieces.boxes[part], pieces.sizes[part], pieces.baselines[part, 1]
    struck, underlined = np.zeros((2, len(boxes)), np.bool_)
    used = np.zeros(len(horizontal), np.bool_)
    upright = np.flatnonzero(pieces.angles[part] == 0)
    order = upright[np.argsort(baselines[upright], kind="stable")]
    if not len(order):
        return struck, underlined, used
    largest = float(sizes.max())
    y = (horizontal[:, 1] + horizontal[:, 3]) / 2
    first = np.searchsorted(baselines[order], y - largest)
    last = np.searchsorted(baselines[order], y + largest)
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    for index in np.flatnonzero(last > first).tolist():
        x0, y0, x1, y1 = horizontal[index].tolist()
        near = order[first[index] : last[index]]
        near = near[(middle[near] > x0) & (middle[near] < x1) & (y1 - y0 <= THICK_EM * sizes[near])]
        if not len(near):
            continue
        height = (baselines[near] - y[index]) / sizes[near]
        through = near[(height > THROUGH[0]) & (height < THROUGH[1])]
        under = near[(height > UNDER[0]) & (height <= UNDER[1])]
        for chosen, marked in ((through, struck), (under, underlined)):
            if _fills(boxes[chosen], x0, x1):
                marked[chosen] = True
                used[index] = True
    return struck, underlined, used


def _fills(boxes: Floats, x0: float, x1: float) -> bool:
    """Whether the text fills most of the line: a table's rule goes on where its text has ended."""
    return len(boxes) > 0 and float(boxes[:, 2].max() - boxes[:, 0].min()) >= 0.7 * (x1 - x0)
