"""Which share of each document has a counterpart in each other one: all pairs of two blocks at once."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.screening import ACROSS_SHARE, VECTOR_GRID, WEIGHT_GRID, ScreenSide, shares_words

__all__ = [
    "TILE_ROWS",
    "ScreenBlock",
    "ShareCurve",
    "covered_weights",
    "screen_block",
    "screen_values",
    "share_curves",
]

Floats = NDArray[np.float32]

#: Rows of the product that are held at a time.
TILE_ROWS = 512
#: A share is looked up by the product in steps of 1 / STEPS.
STEPS = 4096


@dataclass(frozen=True, slots=True)
class ShareCurve:
    """How likely a unit has a counterpart, by its best similarity in the other document.

    Parameters
    ----------
    similarities, shares : tuple of float
        Points of the curve, both rising; linear between them, level beyond its ends.
    scale : float
        A product is this times the similarity: the part without words is `ACROSS_SHARE` of a vector.
    """

    similarities: tuple[float, ...]
    shares: tuple[float, ...]
    scale: float = 1.0

    def __call__(self, products: Floats) -> NDArray[np.float64]:
        """Shares in [0, 1], in whole multiples of 1 / `WEIGHT_GRID`.

        They are looked up by the product in steps of 1 / `STEPS`: a table of whole numbers is the same
        on every machine, and a sum of products that is one last bit away would not be.
        """
        places = np.rint(np.clip(products, -1.0, 1.0).astype(np.float64) * STEPS).astype(np.intp)
        found: NDArray[np.float64] = _shares(self)[places + STEPS]
        return found


@cache
def _shares(curve: ShareCurve) -> NDArray[np.float64]:
    similarities = np.arange(-STEPS, STEPS + 1) / (STEPS * curve.scale)
    shares = np.interp(similarities, curve.similarities, curve.shares)
    return np.rint(shares * WEIGHT_GRID) / WEIGHT_GRID


@cache
def share_curves() -> tuple[ShareCurve, ShareCurve]:
    """Return the curves within a language and across two (``data/screening.toml``)."""
    data = tomllib.loads(files("fragcheck.align").joinpath("data/screening.toml").read_text(encoding="utf-8"))
    within, across = (
        ShareCurve(tuple(data[name]["similarity"]), tuple(data[name]["share"]), scale)
        for name, scale in (("within", 1.0), ("across", ACROSS_SHARE))
    )
    return within, across


@dataclass(frozen=True, slots=True)
class ScreenBlock:
    """Documents of one language, one after the other.

    Parameters
    ----------
    language : str
    vectors : ndarray of float32, shape (n, d)
        The entries of `ScreenSide.vectors` over `VECTOR_GRID`.
    weights : ndarray of float64, shape (n, p)
    starts : ndarray of int, shape (k + 1,)
        First unit of each of k documents, and n.
    across : int
        Length of the part of a vector that is compared across languages as well.
    """

    language: str
    vectors: Floats
    weights: NDArray[np.float64]
    starts: NDArray[np.int64]
    across: int


def screen_block(sides: Sequence[ScreenSide]) -> ScreenBlock:
    """Put documents of one language together; none of them may be without units."""
    sizes = [len(side.vectors) for side in sides]
    vectors = np.empty((sum(sizes), sides[0].vectors.shape[1]), np.float32)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    for side, start in zip(sides, starts, strict=False):
        np.multiply(
            side.vectors, np.float32(1.0 / VECTOR_GRID), out=vectors[start : start + len(side.vectors)]
        )
    weights = np.concatenate([side.weights for side in sides]) / float(WEIGHT_GRID)
    return ScreenBlock(sides[0].language, vectors, weights, starts, sides[0].across)


def covered_weights(
    first: ScreenBlock, second: ScreenBlock, *, tile_rows: int = TILE_ROWS
) -> NDArray[np.float64]:
    """Weight that has a counterpart, per pair of documents, direction and principle.

    A unit's best similarity in the other document is found while its tile of the product is at
    hand (a fused segment maximum, in both directions at once); no product outlives its tile.

    Parameters
    ----------
    first, second : ScreenBlock
        k and m documents. Of a block with itself only the pairs above the diagonal are filled.
    tile_rows : int
        Has no influence on the result.

    Returns
    -------
    ndarray of float64, shape (k, m, 2, p)
        ``[i, j, 0]``: weight of i that j covers; ``[i, j, 1]``: weight of j that i covers.
        Exact: equal for all block sizes, tile sizes, threads and kernels.
    """
    has_words = shares_words(first.language, second.language)
    curve = share_curves()[0 if has_words else 1]
    width = first.vectors.shape[1] if has_words else first.across
    forward, backward = _best(first, second, width, tile_rows)
    forward_share, backward_share = curve(forward), curve(backward)
    k, m = len(first.starts) - 1, len(second.starts) - 1
    covered = np.zeros((k, m, 2, first.weights.shape[1]))
    for i in range(k):
        rows = slice(first.starts[i], first.starts[i + 1])
        covered[i, :, 0] = forward_share[rows].T @ first.weights[rows]
    for j in range(m):
        columns = slice(second.starts[j], second.starts[j + 1])
        covered[:, j, 1] = backward_share[:, columns] @ second.weights[columns]
    if first is second:
        covered[np.tril_indices(k)] = 0.0
    return covered


def screen_values(
    totals: tuple[NDArray[np.float64], NDArray[np.float64]],
    covered: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the coverage screen, and which share of each side is covered; arrays of one shape.

    The screen is the coverage part of D (DESIGN §7) with the covered weight in place of matches: a
    counterpart is one element and weighs the mean of its two sides, so with A and B the covered
    weights, screen = 1 - (A + B)/2 / (total left + total right - (A + B)/2).

    Parameters
    ----------
    totals, covered : pair of ndarray
        Weight of left and right, and the part of it that has a counterpart.

    Returns
    -------
    screen, left, right : ndarray
        In [0, 1]. Where one side has no weight the screen is 1, where neither has it is NaN; the
        share of a side without weight is NaN.
    """
    left, right = totals
    shared = (covered[0] + covered[1]) / 2.0
    is_silent = (left == 0) | (right == 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        screen = np.where(is_silent, 1.0, 1.0 - shared / (left + right - shared))
        shares = [np.clip(part / total, 0.0, 1.0) for part, total in zip(covered, totals, strict=True)]
    screen = np.where((left == 0) & (right == 0), np.nan, np.clip(screen, 0.0, 1.0))
    return screen, shares[0], shares[1]


def _best(first: ScreenBlock, second: ScreenBlock, width: int, tile_rows: int) -> tuple[Floats, Floats]:
    """Best similarity of each unit of `first` in each document of `second`, and the other way round."""
    k, n = len(first.starts) - 1, len(first.vectors)
    documents, m = len(second.starts) - 1, len(second.vectors)
    forward = np.full((n, documents), -2.0, np.float32)
    backward = np.full((k, m), -2.0, np.float32)
    theirs = second.vectors[:, :width].T
    space = np.empty((min(tile_rows, n), m), np.float32)
    for low in range(0, n, tile_rows):
        high = min(low + tile_rows, n)
        begin = int(np.searchsorted(first.starts, low, side="right")) - 1
        # Of a block with itself, what stands left of the diagonal is the mirror of what is done already.
        skipped = begin if first is second else 0
        column = int(second.starts[skipped])
        product = space[: high - low, : m - column]
        np.matmul(first.vectors[low:high, :width], theirs[:, column:], out=product)
        np.maximum.reduceat(
            product, second.starts[skipped:-1] - column, axis=1, out=forward[low:high, skipped:]
        )
        for i in range(begin, int(np.searchsorted(first.starts, high))):
            rows = slice(max(first.starts[i] - low, 0), first.starts[i + 1] - low)
            part = backward[i, column:]
            np.maximum(part, product[rows].max(axis=0), out=part)
    return forward, backward
