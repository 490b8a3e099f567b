"""The dense signal: sentence vectors of units in context, centred, exactly reproducible.

A unit is encoded sentence by sentence; headings and lead-ins are encoded apart,
once each, and added. That costs a third of encoding the unit again with all its
ancestors, and ranked expert crosswalks higher than doing so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.records import TextUnit

__all__ = ["ENCODED_LANGUAGES", "SideVectors", "centred", "embed", "normalised", "sentences", "similarities"]

#: Languages the encoder was trained on (Yang et al., 2020).
ENCODED_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
#: Sentences a unit is cut into at most; longer units are cut into as many groups of sentences.
MOST_SENTENCES = 8
#: Characters of a group of sentences, and of a heading or lead-in, that are encoded.
_LONGEST_SENTENCE = 1500
_LONGEST_CONTEXT = 400
#: Weight of the heading and of the ancestors beside the words of the unit itself.
_HEADING_WEIGHT = 0.5
_CONTEXT_WEIGHT = 0.5
#: Vectors are held as multiples of 2**-12, so that products in double precision are exact
#: whatever the order of summation, the block size or the number of threads.
_GRID = 4096.0
#: Left sentences multiplied at a time.
_BLOCK = 1024
#: How many texts the fixed reference mean counts for beside the texts of a side.
_CENTRE_WEIGHT = 60.0

_BREAK = re.compile(r"(?<=[.;:?!])\s+(?=[^\W_a-z]|[(‘“«\"])|(?<=[。；！？])|\s+(?=\([a-z0-9]{1,3}\)\s)|\n+")
_SHORTEST = 40
#: Share of capitals among the letters from which a text counts as set in capitals.
_CAPITALS_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class SideVectors:
    """Vectors of one side.

    Parameters
    ----------
    whole : ndarray, shape (n, d)
        One vector per unit.
    parts : ndarray, shape (s, d)
        One per sentence, sentences of a unit together.
    starts : ndarray of int, shape (n,)
        First sentence of each unit.
    """

    whole: NDArray[np.float64]
    parts: NDArray[np.float64]
    starts: NDArray[np.int64]


def sentences(text: str) -> list[str]:
    """Sentences of `text` by its punctuation, very short ones joined, at most `MOST_SENTENCES` groups.

    Returns
    -------
    list of str
        Never empty; all words of `text` are in it up to the length limit of a group.
    """
    found: list[str] = []
    for piece in _BREAK.split(text):
        if not piece.strip():
            continue
        if found and len(found[-1]) < _SHORTEST:
            found[-1] += " " + piece.strip()
        else:
            found.append(piece.strip())
    if len(found) > MOST_SENTENCES:
        bounds = [index * len(found) // MOST_SENTENCES for index in range(MOST_SENTENCES + 1)]
        found = [" ".join(found[low:high]) for low, high in pairwise(bounds)]
    return [piece[:_LONGEST_SENTENCE] for piece in found] or [""]


def _in_small_letters(text: str) -> str:
    """`text`, in lower case where it is set in capitals: the encoder reads capitals as names."""
    capitals = sum(map(str.isupper, text))
    return text.lower() if capitals > _CAPITALS_SHARE * sum(map(str.isalpha, text)) else text


def embed(units: Sequence[TextUnit], encoder: SentenceEncoder) -> SideVectors:
    """Vectors of one side, every distinct piece of text encoded once.

    Parameters
    ----------
    units : sequence of TextUnit
    encoder : SentenceEncoder

    Returns
    -------
    SideVectors
        Of length 1 (0 for units without words), not centred.
    """
    pieces = [sentences(unit.text) for unit in units]
    contexts = [_segments(unit.context) for unit in units]
    texts = sorted(
        {text for group in (*pieces, *contexts) for text in group}
        | {unit.heading[:_LONGEST_CONTEXT] for unit in units}
    )
    row = {text: index for index, text in enumerate(texts)}
    vectors = np.asarray(encoder.encode([_in_small_letters(text) for text in texts]), dtype=np.float64)
    headings = [row[unit.heading[:_LONGEST_CONTEXT]] for unit in units]
    around = _HEADING_WEIGHT * vectors[headings] + _CONTEXT_WEIGHT * _ancestors(contexts, vectors, row)
    sizes = np.array([len(group) for group in pieces], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    parts = vectors[[row[piece] for group in pieces for piece in group]]
    weight = np.sqrt([float(len(piece)) for group in pieces for piece in group])
    body = normalised(np.add.reduceat(parts * weight[:, None], starts, axis=0))
    return SideVectors(
        normalised(body + around), normalised(parts + np.repeat(around, sizes, axis=0)), starts
    )


def _ancestors(
    contexts: Sequence[Sequence[str]], vectors: NDArray[np.float64], row: Mapping[str, int]
) -> NDArray[np.float64]:
    """Mean vector of the segments of each context, of length 1; 0 where there are none.

    The units of an article stand in one context, so each distinct one is worked out once.
    """
    distinct = list(dict.fromkeys(tuple(segments) for segments in contexts))
    means = np.zeros((len(distinct), vectors.shape[1]))
    for index, segments in enumerate(distinct):
        if segments:
            means[index] = vectors[[row[segment] for segment in segments]].mean(axis=0)
    at = {segments: index for index, segments in enumerate(distinct)}
    return normalised(means)[[at[tuple(segments)] for segments in contexts]]


def _segments(context: str) -> list[str]:
    return [segment.strip()[:_LONGEST_CONTEXT] for segment in context.split(" > ") if segment.strip()]


def normalised(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of Euclidean length 1; rows of zeros stay."""
    length = np.sqrt(np.sum(vectors * vectors, axis=1, keepdims=True))
    return vectors / np.where(length > 1e-9, length, 1.0)


def centred(vectors: SideVectors, reference: NDArray[np.float64]) -> SideVectors:
    """`vectors` minus a mean of their side and the reference, on the grid.

    Parameters
    ----------
    vectors : SideVectors
    reference : ndarray, shape (d,)
        Mean vector of fixed provisions; it counts for 60 texts, so that a side
        of one provision is centred as well.

    Notes
    -----
    Centring takes out what all provisions share and sharpens the cosine (Mu &
    Viswanath, "All-but-the-top", 2018).
    """
    return SideVectors(_gridded(vectors.whole, reference), _gridded(vectors.parts, reference), vectors.starts)


def similarities(left: SideVectors, right: SideVectors) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cosines of the units, and of their best sentences.

    Parameters
    ----------
    left, right : SideVectors
        n and m units, centred.

    Returns
    -------
    whole : ndarray, shape (n, m)
        Cosine of the unit vectors, in [-1, 1].
    parts : ndarray, shape (n, m)
        Mean over the sentences of one unit of the best cosine in the other,
        averaged over both directions, in [-1, 1].
    """
    return left.whole @ right.whole.T, _best_sentences(left, right)


def _best_sentences(left: SideVectors, right: SideVectors) -> NDArray[np.float64]:
    ours, theirs = left.parts, right.parts
    left_sizes = np.diff(np.append(left.starts, len(ours)))
    right_sizes = np.diff(np.append(right.starts, len(theirs)))
    result = np.empty((len(left.starts), len(right.starts)))
    first = 0
    while first < len(left.starts):
        last = max(first + 1, int(np.searchsorted(left.starts, left.starts[first] + _BLOCK)))
        begin = left.starts[first]
        end = left.starts[last] if last < len(left.starts) else len(ours)
        product = ours[begin:end] @ theirs.T
        offsets = left.starts[first:last] - begin
        forward = np.add.reduceat(np.maximum.reduceat(product, right.starts, axis=1), offsets, axis=0)
        backward = np.add.reduceat(np.maximum.reduceat(product, offsets, axis=0), right.starts, axis=1)
        result[first:last] = (forward / left_sizes[first:last, None] + backward / right_sizes) / 2.0
        first = last
    return result


def _gridded(vectors: NDArray[np.float64], reference: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = (vectors.sum(axis=0) + _CENTRE_WEIGHT * reference) / (len(vectors) + _CENTRE_WEIGHT)
    has_words = np.any(vectors != 0.0, axis=1, keepdims=True)
    return np.rint(normalised(np.where(has_words, vectors - mean, 0.0)) * _GRID) / _GRID
