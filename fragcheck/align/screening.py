"""What the screen of all pairs sees of a document: one vector and one row of weights per distinct unit.

A vector holds the dense signal (the centred vector of the unit in context, as `align` has it, along the
directions of `fragcheck.align.projection`), what else is compared of a unit (`fragcheck.align.screen_fields`)
and the lexical signal: TF-IDF over character runs, with the document frequencies of the reference provisions
alone, folded to a fixed length by signed hashing (Weinberger et al., "Feature hashing for large scale
multitask learning", 2009). One product of two such vectors is the weighted sum of all cosines. Nothing
in them depends on the other document of a pair, so a document is prepared once, whatever the corpus.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.probability import load_calibration
from fragcheck.align.projection import DENSE_DIMENSIONS, load_projection, projected
from fragcheck.align.reference import gram_frequencies
from fragcheck.align.screen_fields import ACT_DIMENSIONS, PRINCIPLE_DIMENSIONS, acts, kinds, principles
from fragcheck.align.signals import content_of
from fragcheck.align.vectors import ENCODED_LANGUAGES, centred, embed
from fragcheck.align.words import character_grams, terms
from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.records import TextUnit, Unit

__all__ = [
    "ACROSS_DIMENSIONS",
    "ACROSS_SHARE",
    "LEXICAL_DIMENSIONS",
    "SHARES",
    "VECTOR_GRID",
    "WEIGHT_GRID",
    "WIDTH",
    "ScreenSide",
    "screen_side",
    "shares_words",
]

#: Entries of a vector are whole multiples of 1 / VECTOR_GRID. Products are then multiples of its square,
#: 2**-22, and no partial sum leaves (-2, 2): all of them fit the 24 bits of single precision, so that a
#: product is exact, whatever the order of summation, the size of the blocks or the number of threads.
VECTOR_GRID = 2048
#: Weights are whole multiples of 1 / WEIGHT_GRID, for the same reason in double precision.
WEIGHT_GRID = 65536
#: Length of the lexical part of a vector.
LEXICAL_DIMENSIONS = 38
#: Length of the part that is compared across languages as well: everything but the lexical one.
ACROSS_DIMENSIONS = DENSE_DIMENSIONS + 1 + ACT_DIMENSIONS + PRINCIPLE_DIMENSIONS
#: Length of a vector.
WIDTH = ACROSS_DIMENSIONS + LEXICAL_DIMENSIONS
#: Weights of the cosines, 1 in all. Chosen on development documents (docs/batch.md).
SHARES: Mapping[str, float] = {
    "dense": 0.62,
    "kinds": 0.05,
    "acts": 0.08,
    "principles": 0.10,
    "lexical": 0.15,
}
#: What a vector has without the lexical part.
ACROSS_SHARE = 1.0 - SHARES["lexical"]

_HASH = 0x9E3779B1  # 2**32 / golden ratio: spreads the checksums over the high bits (Knuth, vol. 3, 6.4)


@dataclass(frozen=True, slots=True)
class ScreenSide:
    """A document as the screen sees it.

    Parameters
    ----------
    language : str
    vectors : ndarray of int16, shape (n, d)
        In units of 1 / `VECTOR_GRID`; the lexical part last.
    weights : ndarray of int32, shape (n, p)
        In units of 1 / `WEIGHT_GRID`; the first column, ``overall``, is 1 throughout.
    principles : tuple of str
        Names of the columns of `weights`.
    across : int
        Length of the part that is compared across languages as well.
    """

    language: str
    vectors: NDArray[np.int16]
    weights: NDArray[np.int32]
    principles: tuple[str, ...]
    across: int


def shares_words(first: str, second: str) -> bool:
    """True where words of the two languages are compared, by the rule of `compute_signals`."""
    return first == second or not ENCODED_LANGUAGES.issuperset((first, second))


def screen_side(units: Sequence[Unit], encoder: SentenceEncoder, names: Sequence[str]) -> ScreenSide:
    """Prepare a document for the screen.

    Parameters
    ----------
    units : sequence of Unit
        See `distinct_units`; may be empty.
    encoder : SentenceEncoder
        The one that the packaged calibration was made with.
    names : sequence of str
        Principles of the weights, ``overall`` left out.

    Raises
    ------
    ModelMismatch
        For another encoder.
    """
    calibration = load_calibration()
    calibration.require(encoder)
    columns = ("overall", *names)
    if not units:
        empty = np.zeros((0, WIDTH), np.int16), np.zeros((0, len(columns)), np.int32)
        return ScreenSide("", *empty, columns, ACROSS_DIMENSIONS)
    content = content_of([unit.text_unit for unit in units])
    reference = calibration.means.get(content.language, calibration.means[""])
    dense = centred(embed(content.units, encoder), reference).whole
    rows = list(content.rows)
    parts = {
        "dense": projected(dense, load_projection(encoder.sha256))[rows],
        "kinds": kinds(units),
        "acts": acts(units),
        "principles": principles(units),
        "lexical": _folded(content.units, content.language)[rows],
    }
    whole = np.hstack([math.sqrt(SHARES[name]) * part for name, part in parts.items()])
    vectors = np.rint(whole * VECTOR_GRID).astype(np.int16)
    return ScreenSide(content.language, vectors, _weights(units, names), columns, ACROSS_DIMENSIONS)


def _weights(units: Sequence[Unit], principles: Sequence[str]) -> NDArray[np.int32]:
    rows = [(1.0, *_values(dict(unit.weights), principles)) for unit in units]
    weights: NDArray[np.int32] = np.rint(np.array(rows) * WEIGHT_GRID).astype(np.int32)
    return weights


def _values(weights: Mapping[str, float], principles: Sequence[str]) -> tuple[float, ...]:
    return tuple(weights.get(name, 0.0) for name in principles)


def _folded(units: Sequence[TextUnit], language: str) -> NDArray[np.float64]:
    """Folded TF-IDF vectors of length 1, shape (n, LEXICAL_DIMENSIONS)."""
    known, total = gram_frequencies(language)
    vectors = np.zeros((len(units), LEXICAL_DIMENSIONS))
    for row, unit in enumerate(units):
        words = terms(". ".join(part for part in (unit.context, unit.heading, unit.text) if part), language)
        for gram, count in sorted(Counter(character_grams(words)).items()):
            place, sign = _place(gram)
            idf = math.log((1.0 + total) / (1.0 + known.get(gram, 0))) + 1.0
            vectors[row, place] += sign * (1.0 + math.log(count)) * idf
    lengths = np.sqrt(np.sum(vectors * vectors, axis=1, keepdims=True))
    return np.asarray(vectors / np.where(lengths > 0.0, lengths, 1.0))


@lru_cache(maxsize=262144)
def _place(gram: str) -> tuple[int, float]:
    """Column and sign of a character run: the same on every machine."""
    mixed = zlib.crc32(gram.encode()) * _HASH & 0xFFFFFFFF
    return (mixed >> 9) % LEXICAL_DIMENSIONS, 1.0 if mixed >> 31 else -1.0
