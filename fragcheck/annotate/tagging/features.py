"""Features of a passage: terms, sub-word vector, cue counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.passages import terms

__all__ = ["FeatureSpace", "SubwordEncoder", "inverse_document_frequencies", "subword_means"]


class SubwordEncoder(Protocol):
    """What the classifier asks of a sentence encoder."""

    sha256: str
    dimension: int

    def subword_means(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Weighted mean of the sub-word vectors of each text, shape (n, dimension)."""
        ...


def inverse_document_frequencies(texts: Sequence[str], at_least: int) -> dict[str, float]:
    """Smoothed idf of the terms that stand in at least `at_least` texts, in alphabetical order.

    idf(t) = ln((1 + n) / (1 + n_t)) + 1, for n texts of which n_t hold t.
    """
    counts = Counter(term for text in texts for term in {term.text for term in terms(text)})
    return {
        term: math.log((1 + len(texts)) / (1 + counts[term])) + 1
        for term in sorted(counts)
        if counts[term] >= at_least
    }


def subword_means(encoder: SubwordEncoder, texts: Sequence[str]) -> NDArray[np.float64]:
    """Sub-word means of `texts`; those set in capitals, as in amending laws, are read in lower case."""
    return encoder.subword_means([text.lower() if text.isupper() else text for text in texts]).astype(
        np.float64
    )


@dataclass(frozen=True, slots=True)
class FeatureSpace:
    """Fixed statistics that turn passages into rows of features.

    Parameters
    ----------
    idf : mapping of str to float
        Terms with their inverse document frequency.
    centre : ndarray, shape (dimension,)
        Mean sub-word vector of the training texts; taken off every vector.
    cue_weight : float
        Weight of a cue feature against one of the other features.
    matchers : tuple of CueMatcher
    encoder : SubwordEncoder

    Notes
    -----
    A row is [terms | vector | cues]: (1 + ln tf)·idf of the terms and the
    centred vector, each of length 1, and `cue_weight`·ln(1 + n) for the n cues
    of every tag.
    """

    idf: Mapping[str, float]
    centre: NDArray[np.float64]
    cue_weight: float
    matchers: tuple[CueMatcher, ...]
    encoder: SubwordEncoder

    @property
    def n_features(self) -> int:
        """Length of a row."""
        return len(self.idf) + len(self.centre) + sum(len(matcher.ids) for matcher in self.matchers)

    def matrix(self, texts: Sequence[str], languages: Sequence[str]) -> csr_matrix:
        """Rows of `texts`, shape (n, n_features); a row depends on its text and language alone."""
        blocks = [
            self._terms(texts),
            csr_matrix(self._vectors(texts)),
            csr_matrix(self._cues(texts, languages)),
        ]
        return csr_matrix(hstack(blocks, format="csr"))

    def _terms(self, texts: Sequence[str]) -> csr_matrix:
        column = {term: index for index, term in enumerate(self.idf)}
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            counts = Counter(term.text for term in terms(text) if term.text in column)
            row = {column[term]: (1 + math.log(n)) * self.idf[term] for term, n in counts.items()}
            length = math.sqrt(math.fsum(value * value for value in row.values()))
            for index in sorted(row):
                indices.append(index)
                values.append(row[index] / length)
            ends.append(len(indices))
        return csr_matrix((values, indices, ends), shape=(len(texts), len(column)), dtype=np.float64)

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float64]:
        means = subword_means(self.encoder, texts)
        has_words = np.abs(means).sum(axis=1) > 0
        centred = np.where(has_words[:, None], means - self.centre, 0.0)
        lengths = np.sqrt((centred * centred).sum(axis=1, keepdims=True))
        vectors: NDArray[np.float64] = centred / np.where(lengths > 0, lengths, 1.0)
        return vectors

    def _cues(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float64]:
        width = sum(len(matcher.ids) for matcher in self.matchers)
        counts = np.zeros((len(texts), width))
        for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
            counts[row] = [n for matcher in self.matchers for n in matcher.count(text, language)]
        return self.cue_weight * np.log1p(counts)
