"""What the screen of all pairs sees of a unit beside its words: rule or definition, class of act, principles.

The evidence models of a full comparison ask the same of each candidate (`fragcheck.align.traits`). As columns
of a vector the questions cost no pass of their own: the product of two vectors answers them.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fragcheck.records import Unit
from fragcheck.taxonomy import PACKAGED, load_taxonomy
from fragcheck.taxonomy.actions import load_actions

__all__ = ["ACT_DIMENSIONS", "PRINCIPLE_DIMENSIONS", "acts", "kinds", "principles"]

#: Two classes of act share a column, with opposite signs.
ACT_DIMENSIONS = 16
#: Tags of the packaged taxonomies; those of other taxonomies are spread over the same columns.
PRINCIPLE_DIMENSIONS = 9

Matrix = NDArray[np.float64]


def kinds(units: Sequence[Unit]) -> Matrix:
    """1 for a rule, -1 for a definition: shape (n, 1)."""
    return np.array([[1.0 if unit.definition is None else -1.0] for unit in units])


def acts(units: Sequence[Unit]) -> Matrix:
    """The class of the act: shape (n, `ACT_DIMENSIONS`), rows of length 1, or 0 where no class is known.

    The product of two rows is 1 for the same class and 0 for another, but -1 for the one other class
    whose column it shares.
    """
    found = np.zeros((len(units), ACT_DIMENSIONS))
    places = _act_places()
    for row, unit in enumerate(units):
        place = places.get(unit.requirement.action_class) if unit.requirement is not None else None
        if place is not None:
            found[row, place[0]] = place[1]
    return found


def principles(units: Sequence[Unit]) -> Matrix:
    """Probabilities of the tags: shape (n, `PRINCIPLE_DIMENSIONS`), rows of length 1, or 0 without tags."""
    found = np.zeros((len(units), PRINCIPLE_DIMENSIONS))
    for row, unit in enumerate(units):
        for name, probability in unit.probabilities:
            found[row, _principle_place(name)] += probability
        length = math.sqrt(math.fsum(value * value for value in found[row].tolist()))
        found[row] /= length or 1.0
    return found


@cache
def _act_places() -> Mapping[str, tuple[int, float]]:
    return {
        name: (index // 2 % ACT_DIMENSIONS, 1.0 - 2.0 * (index % 2))
        for index, name in enumerate(load_actions().names)
    }


@cache
def _principle_place(name: str) -> int:
    known = [entry.id for taxonomy in PACKAGED for entry in load_taxonomy(taxonomy).entries]
    return known.index(name) if name in known else zlib.crc32(name.encode()) % PRINCIPLE_DIMENSIONS
