"""The lexical signal: TF-IDF cosine over characters of words, and Okapi BM25 over words.

Document frequencies come from the two sides of the pair together with fixed
reference provisions, so that a pair's numbers depend on that pair alone and a
short document still has usable ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Counts", "count_terms", "okapi", "tfidf_cosine"]

#: Okapi BM25 parameters (Robertson & Zaragoza, 2009): saturation of repeated terms, length penalty.
_SATURATION = 1.5
_LENGTH = 0.75


@dataclass(frozen=True, slots=True)
class Counts:
    """Term counts of both sides over one vocabulary in alphabetical order.

    Parameters
    ----------
    left, right : sparse array, shapes (n, v) and (m, v)
    frequency : ndarray, shape (v,)
        Texts that hold the term, of both sides and the reference.
    total : int
        Number of those texts.
    """

    left: csr_array
    right: csr_array
    frequency: NDArray[np.float64]
    total: int


def count_terms(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], *references: tuple[Mapping[str, int], int]
) -> Counts:
    """Count the terms of two lists of texts over their joint vocabulary.

    Parameters
    ----------
    left, right : sequence of sequences of str
    *references : (mapping of str to int, int)
        Of further texts: in how many each term stands, and how many there are.
    """
    vocabulary = sorted(set().union(*left, *right))
    column = {term: index for index, term in enumerate(vocabulary)}
    first, second = _matrix(left, column), _matrix(right, column)
    frequency = np.zeros(len(vocabulary))
    for matrix in (first, second):
        frequency += np.bincount(matrix.indices, minlength=len(vocabulary))
    total = len(left) + len(right)
    for known, count in references:
        frequency += np.fromiter((known.get(term, 0) for term in vocabulary), np.float64, len(vocabulary))
        total += count
    return Counts(first, second, frequency, total)


def _matrix(texts: Sequence[Sequence[str]], column: Mapping[str, int]) -> csr_array:
    """Counts with the columns of each row in rising order: sums over a row have one order."""
    from scipy.sparse import csr_array

    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    terms = chain.from_iterable(texts)
    columns = np.fromiter(map(column.__getitem__, terms), np.int64, int(lengths.sum()))
    rows = np.repeat(np.arange(len(texts)), lengths)
    cells, counts = np.unique(rows * max(len(column), 1) + columns, return_counts=True)
    filled, indices = np.divmod(cells, max(len(column), 1))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(filled, minlength=len(texts)))])
    return csr_array((counts.astype(np.float64), indices, indptr), shape=(len(texts), len(column)))


def tfidf_cosine(counts: Counts) -> NDArray[np.float64]:
    """Cosine of sublinear TF-IDF vectors, shape (n, m), in [0, 1].

    tf = 1 + ln(count), idf = ln((1 + N) / (1 + df)) + 1 (Manning, Raghavan &
    Schütze, 2008, ch. 6; scikit-learn's smoothed form).
    """
    idf = np.log((1.0 + counts.total) / (1.0 + counts.frequency)) + 1.0
    product = _weighted(counts.left, idf) @ _weighted(counts.right, idf).T
    return np.asarray(product.toarray(), dtype=np.float64)


def _weighted(matrix: csr_array, idf: NDArray[np.float64]) -> csr_array:
    weights = matrix.copy()
    weights.data = (1.0 + np.log(weights.data)) * idf[weights.indices]
    norms = np.sqrt(np.asarray((weights * weights).sum(axis=1)).ravel())
    weights.data /= np.repeat(np.where(norms > 0, norms, 1.0), np.diff(weights.indptr))
    return weights


def okapi(counts: Counts) -> NDArray[np.float64]:
    """Okapi BM25 in both directions as one symmetric score, shape (n, m), ≥ 0.

    With b(x, y) the BM25 of the distinct terms of x in y, the score is
    √(b(l, r) · b(r, l)) / (b(l, l) · b(r, r))^¼: half of the way from plain
    BM25, where long texts win, to a cosine, where they lose.
    idf = ln(1 + (N - df + ½) / (df + ½)); lengths are against the mean of their side.
    """
    idf = np.log1p((counts.total - counts.frequency + 0.5) / (counts.frequency + 0.5))
    left, right = _saturated(counts.left, idf), _saturated(counts.right, idf)
    forward = np.asarray((_presence(counts.left) @ right.T).toarray(), dtype=np.float64)
    backward = np.asarray((left @ _presence(counts.right).T).toarray(), dtype=np.float64)
    own_left = np.asarray(left.sum(axis=1), dtype=np.float64).ravel()
    own_right = np.asarray(right.sum(axis=1), dtype=np.float64).ravel()
    own = np.sqrt(np.sqrt(own_left[:, None] * own_right[None, :]))
    result: NDArray[np.float64] = np.sqrt(forward * backward) / np.where(own > 0, own, 1.0)
    return result


def _saturated(matrix: csr_array, idf: NDArray[np.float64]) -> csr_array:
    length = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    mean = float(length.mean()) if len(length) else 0.0
    norm = _SATURATION * (1.0 - _LENGTH + _LENGTH * length / (mean if mean > 0 else 1.0))
    weights = matrix.copy()
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    weights.data = idf[weights.indices] * weights.data * (_SATURATION + 1.0) / (weights.data + norm[rows])
    return weights


def _presence(matrix: csr_array) -> csr_array:
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    return present
