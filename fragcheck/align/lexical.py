"""The lexical signal: TF-IDF cosine over words and pairs of words, and Okapi BM25.

Inverse document frequencies come from the two sides of the pair, so that a
pair's numbers depend on that pair alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

__all__ = ["Counts", "bm25", "count_terms", "tfidf_cosine", "with_pairs"]

#: Okapi BM25 parameters (Robertson & Zaragoza, 2009): saturation of repeated terms, length penalty.
_SATURATION = 1.5
_LENGTH = 0.75


@dataclass(frozen=True, slots=True)
class Counts:
    """Term counts of both sides over one vocabulary in alphabetical order.

    `left` and `right` have shapes (n, v) and (m, v).
    """

    left: csr_array
    right: csr_array


def with_pairs(words: Sequence[str]) -> list[str]:
    """`words` and their neighbouring pairs."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def count_terms(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> Counts:
    """Count the terms of two lists of texts over their joint vocabulary."""
    vocabulary = sorted({term for side in (left, right) for words in side for term in words})
    column = {term: index for index, term in enumerate(vocabulary)}
    return Counts(_matrix(left, column), _matrix(right, column))


def _matrix(texts: Sequence[Sequence[str]], column: dict[str, int]) -> csr_array:
    indptr = [0]
    indices: list[int] = []
    values: list[float] = []
    for words in texts:
        counted = sorted((column[term], count) for term, count in Counter(words).items())
        indices.extend(index for index, _ in counted)
        values.extend(float(count) for _, count in counted)
        indptr.append(len(indices))
    return csr_array(
        (np.array(values), np.array(indices, dtype=np.int64), np.array(indptr)),
        shape=(len(texts), len(column)),
    )


def tfidf_cosine(counts: Counts) -> NDArray[np.float64]:
    """Cosine of sublinear TF-IDF vectors, shape (n, m), in [0, 1].

    tf = 1 + ln(count), idf = ln((1 + N) / (1 + df)) + 1 over both sides
    (Manning, Raghavan & Schütze, 2008, ch. 6; scikit-learn's smoothed form).
    """
    total = counts.left.shape[0] + counts.right.shape[0]
    idf = (
        np.log((1.0 + total) / (1.0 + _document_frequency(counts.left) + _document_frequency(counts.right)))
        + 1.0
    )
    product = _weighted(counts.left, idf) @ _weighted(counts.right, idf).T
    return np.asarray(product.toarray(), dtype=np.float64)


def _weighted(matrix: csr_array, idf: NDArray[np.float64]) -> csr_array:
    weights = matrix.copy()
    weights.data = (1.0 + np.log(weights.data)) * idf[weights.indices]
    norms = np.sqrt(np.asarray((weights * weights).sum(axis=1)).ravel())
    weights.data /= np.repeat(np.where(norms > 0, norms, 1.0), np.diff(weights.indptr))
    return weights


def bm25(queries: csr_array, documents: csr_array) -> NDArray[np.float64]:
    """Okapi BM25 of every query against every document, shape (n, m), ≥ 0.

    A query's terms count once; idf = ln(1 + (N - df + ½) / (df + ½)) over the documents.
    """
    n_documents = documents.shape[0]
    frequency = _document_frequency(documents)
    idf = np.log1p((n_documents - frequency + 0.5) / (frequency + 0.5))
    length = np.asarray(documents.sum(axis=1)).ravel()
    norm = _SATURATION * (
        1.0 - _LENGTH + _LENGTH * length / max(float(length.mean()) if n_documents else 0.0, 1e-9)
    )
    weights = documents.copy()
    rows = np.repeat(np.arange(n_documents), np.diff(weights.indptr))
    weights.data = idf[weights.indices] * weights.data * (_SATURATION + 1.0) / (weights.data + norm[rows])
    asked = queries.copy()
    asked.data = np.ones_like(asked.data)
    return np.asarray((asked @ weights.T).toarray(), dtype=np.float64)


def _document_frequency(matrix: csr_array) -> NDArray[np.float64]:
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64)
