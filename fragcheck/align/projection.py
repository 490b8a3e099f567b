"""The directions in which vectors of provisions differ most: what the screen of all pairs keeps of them.

The sentence encoder gives 512 figures a text, and provisions lie close to a plane of far fewer dimensions.
The directions are principal components of the project's own provisions, eleven languages weighing alike in
proportion to the square root of their number; ``python -m fragcheck.pipeline.projection_fit`` finds them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.vectors import normalised
from fragcheck.errors import ModelMismatch

__all__ = ["DENSE_DIMENSIONS", "PROJECTION_GRID", "load_projection", "projected"]

#: Directions that are kept.
DENSE_DIMENSIONS = 112
#: Entries are whole multiples of 1 / PROJECTION_GRID. So are the centred vectors: a projection is a multiple
#: of 2**-24 below 2 and its square one of 2**-48, both exact in double precision whatever the order of
#: summation.
PROJECTION_GRID = 4096


@cache
def load_projection(encoder_sha256: str) -> NDArray[np.float64]:
    """Return the directions as columns, shape (d, `DENSE_DIMENSIONS`), near orthonormal.

    Raises
    ------
    ModelMismatch
        Where they were found with another encoder.
    """
    place = files("fragcheck.align").joinpath("data/projection.npz")
    with place.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        entries, made_with = arrays["entries"], str(arrays["encoder_sha256"])
    if made_with != encoder_sha256:
        raise ModelMismatch(
            f"data/projection.npz: the encoder {made_with[:12]} was wanted, {encoder_sha256[:12]} came; "
            "find the directions anew: python -m fragcheck.pipeline.projection_fit"
        )
    directions: NDArray[np.float64] = entries / float(PROJECTION_GRID)
    return directions


def projected(vectors: NDArray[np.float64], directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return centred vectors, (n, d), along the directions, of length 1 again: (n, `DENSE_DIMENSIONS`).

    Rows of zeros stay. The same on every machine.
    """
    return normalised(vectors @ directions)
