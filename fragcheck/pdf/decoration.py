"""Which glyphs a ruling line strikes through or underlines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fragcheck.pdf.engine import Floats, Glyphs

__all__ = ["decorated"]

#: Height of a line above the baseline, in ems, where it underlines and where it strikes.
UNDER = (-0.32, 0.04)
THROUGH = (0.10, 0.50)
#: A line thicker than this share of the size is a bar, not a decoration.
THICK_EM = 0.18

Flags = npt.NDArray[np.bool_]


def decorated(glyphs: Glyphs, horizontal: Floats) -> tuple[Flags, Flags, Flags]:
    """Struck glyphs, underlined glyphs, and the lines that do either.

    Parameters
    ----------
    glyphs : Glyphs
        Glyphs of the page; only upright ones are looked at.
    horizontal : array of float, shape (n, 4)
        Horizontal ruling lines.

    Returns
    -------
    tuple of arrays of bool
        Of the lengths of the glyphs, the glyphs, and the lines.
    """
    struck = np.zeros(len(glyphs.codes), np.bool_)
    underlined = np.zeros(len(glyphs.codes), np.bool_)
    used = np.zeros(len(horizontal), np.bool_)
    if not len(horizontal) or not len(struck):
        return struck, underlined, used
    middle = (glyphs.boxes[:, 0] + glyphs.boxes[:, 2]) / 2
    order = np.argsort(glyphs.baselines[:, 1], kind="stable")
    baselines = glyphs.baselines[order, 1]
    largest = float(glyphs.sizes.max())
    for index, (x0, y0, x1, y1) in enumerate(horizontal.tolist()):
        y = (y0 + y1) / 2
        near = order[slice(*np.searchsorted(baselines, [y - largest, y + largest]))]
        near = near[(middle[near] > x0) & (middle[near] < x1) & (glyphs.angles[near] == 0)]
        sizes = glyphs.sizes[near]
        near, sizes = near[y1 - y0 <= THICK_EM * sizes], sizes[y1 - y0 <= THICK_EM * sizes]
        height = (glyphs.baselines[near, 1] - y) / sizes
        through = near[(height > THROUGH[0]) & (height < THROUGH[1])]
        under = near[(height > UNDER[0]) & (height <= UNDER[1])]
        if _spans(through, glyphs, x0, x1):
            struck[through] = True
            used[index] = True
        if _spans(under, glyphs, x0, x1):
            underlined[under] = True
            used[index] = True
    return struck, underlined, used


def _spans(chosen: npt.NDArray[np.int64], glyphs: Glyphs, x0: float, x1: float) -> bool:
    """Whether the glyphs fill most of the line: a table's rule goes on where its text has ended."""
    if not len(chosen):
        return False
    width = float(glyphs.boxes[chosen, 2].max() - glyphs.boxes[chosen, 0].min())
    return width >= 0.7 * (x1 - x0)
