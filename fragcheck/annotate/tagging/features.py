"""Features of a passage: terms, stems, concepts, sub-word vector, cues by tag, cues by phrase."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.passages import stem, term_words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = [
    "FeatureSpace",
    "SubwordEncoder",
    "concept_frequencies",
    "inverse_document_frequencies",
    "stems_of",
    "subword_means",
    "subwords_of",
    "terms_of",
]

_Term = TypeVar("_Term", str, int)


class SubwordEncoder(Protocol):
    """What the classifier asks of a sentence encoder."""

    sha256: str
    concepts_sha256: str
    dimension: int

    def subwords(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Positions in the vocabulary of the sub-words of each text."""
        ...

    def means_of(self, subwords: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        """Weighted mean of the vectors of the sub-words of each text, shape (n, dimension)."""
        ...

    def concepts_of(self, subwords: Sequence[NDArray[np.int64]]) -> list[NDArray[np.uint16]]:
        """Concepts of the sub-words of each text, as often as they stand there."""
        ...


def terms_of(text: str) -> list[str]:
    """Terms of `text`, as often as they stand there."""
    return term_words(text)


def stems_of(found: Iterable[str]) -> list[str]:
    """Stems of the words among the terms `found`."""
    return [cut for cut in map(stem, found) if cut]


def inverse_document_frequencies(texts: Sequence[Iterable[_Term]], at_least: int) -> dict[_Term, float]:
    """Smoothed idf of the terms that stand in at least `at_least` of `texts`, in increasing order.

    idf(t) = ln((1 + n) / (1 + n_t)) + 1, for n texts of which n_t hold t.
    """
    counts = Counter(term for text in texts for term in set(text))
    return {
        term: math.log((1 + len(texts)) / (1 + counts[term])) + 1
        for term in sorted(counts)
        if counts[term] >= at_least
    }


def subwords_of(encoder: SubwordEncoder, texts: Sequence[str]) -> list[NDArray[np.int64]]:
    """Sub-words of `texts`; those set in capitals, as in amending laws, are read in lower case."""
    return encoder.subwords([text.lower() if text.isupper() else text for text in texts])


def subword_means(encoder: SubwordEncoder, texts: Sequence[str]) -> NDArray[np.float64]:
    """Sub-word means of `texts`, read as `subwords_of` reads them."""
    return encoder.means_of(subwords_of(encoder, texts)).astype(np.float64)


def concept_frequencies(encoder: SubwordEncoder, texts: Sequence[str], at_least: int) -> dict[int, float]:
    """Inverse document frequencies, as of terms, of the concepts in `texts`, in increasing order."""
    found = encoder.concepts_of(subwords_of(encoder, texts))
    return inverse_document_frequencies([own.tolist() for own in found], at_least)


@dataclass(frozen=True, slots=True)
class FeatureSpace:
    """Fixed statistics that turn passages into rows of features.

    Parameters
    ----------
    idf : mapping of str to float
        Terms with their inverse document frequency.
    stems : mapping of str to float
        The same for stems.
    concepts : mapping of int to float
        The same for concepts, groups of sub-words that mean the same in whatever language.
    centre : ndarray, shape (dimension,)
        Mean sub-word vector of the training texts; taken off every vector.
    weights : mapping of str to float
        ``term_weight``, ``stem_weight``, ``concept_weight`` and ``vector_weight``, lengths of the terms',
        the stems', the concepts' and the vector's part of a row;
        ``cue_weight`` and ``phrase_weight``, of a tag's cues and of a single cue phrase.
    matchers : tuple of CueMatcher
    encoder : SubwordEncoder

    Notes
    -----
    A row is [terms | stems | concepts | vector | cues | phrases]: (1 + ln tf)·idf of terms, of stems and
    of concepts and the centred vector, each of its weight's length; cue weight·ln(1 + n) for the n cues
    of every tag; phrase weight·(1 + ln n) for a cue phrase that stands n times.
    A tag's cues together carry over to phrases that training has not met;
    single phrases let it learn that "penalty" says more than "responsible".
    """

    idf: Mapping[str, float]
    stems: Mapping[str, float]
    concepts: Mapping[int, float]
    centre: NDArray[np.float64]
    weights: Mapping[str, float]
    matchers: tuple[CueMatcher, ...]
    encoder: SubwordEncoder

    @property
    def n_terms(self) -> int:
        """Number of the first features of a row: terms, stems and concepts."""
        return len(self.idf) + len(self.stems) + len(self.concepts)

    @property
    def n_features(self) -> int:
        """Length of a row."""
        cues = sum(len(matcher.ids) + len(matcher.phrases) for matcher in self.matchers)
        return self.n_terms + len(self.centre) + cues

    def columns_of(self, tag: str) -> NDArray[np.intp]:
        """Columns that a tag is learnt from: all but the single phrases of other tags.

        Most training texts bear one tag, so the phrases of another would count
        as evidence against it; in long real provisions tags go together.
        """
        own = [entry == tag for matcher in self.matchers for entry, _, _ in matcher.phrases]
        used = np.ones(self.n_features, dtype=bool)
        used[self.n_features - len(own) :] = own
        return np.flatnonzero(used)

    def matrix(self, texts: Sequence[str], languages: Sequence[str]) -> csr_matrix:
        """Rows of `texts`, shape (n, n_features); a row depends on its text and language alone."""
        from scipy.sparse import csr_matrix, hstack

        found = [terms_of(text) for text in texts]
        subwords = subwords_of(self.encoder, texts)
        blocks = [
            _weighted(found, self.idf) * self.weights["term_weight"],
            _weighted([stems_of(own) for own in found], self.stems) * self.weights["stem_weight"],
            self._concepts(subwords) * self.weights["concept_weight"],
            csr_matrix(self._vectors(subwords) * self.weights["vector_weight"]),
            *self._cues(texts, languages),
        ]
        return csr_matrix(hstack(blocks, format="csr"))

    def _concepts(self, subwords: Sequence[NDArray[np.int64]]) -> csr_matrix:
        """`_weighted` for concepts, which are numbers: all texts at once."""
        from scipy.sparse import csr_matrix

        shape = len(subwords), len(self.concepts)
        found = self.encoder.concepts_of(subwords)
        if not self.concepts or not sum(map(len, found)):
            return csr_matrix(shape, dtype=np.float64)
        known = np.fromiter(self.concepts, dtype=np.int64)
        every = np.concatenate(found).astype(np.int64)
        columns = np.minimum(np.searchsorted(known, every), len(known) - 1)
        rows = np.repeat(np.arange(len(found)), [len(own) for own in found])
        is_known = known[columns] == every
        places, counts = np.unique(rows[is_known] * shape[1] + columns[is_known], return_counts=True)
        rows, columns = np.divmod(places, shape[1])
        values = (1 + np.log(counts)) * np.fromiter(self.concepts.values(), dtype=np.float64)[columns]
        lengths = np.sqrt(np.bincount(rows, values * values, minlength=shape[0]))
        return csr_matrix((values / lengths[rows], (rows, columns)), shape=shape)

    def _vectors(self, subwords: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
        means = self.encoder.means_of(subwords).astype(np.float64)
        has_words = np.abs(means).sum(axis=1) > 0
        centred = np.where(has_words[:, None], means - self.centre, 0.0)
        lengths = np.sqrt((centred * centred).sum(axis=1, keepdims=True))
        vectors: NDArray[np.float64] = centred / np.where(lengths > 0, lengths, 1.0)
        return vectors

    def _cues(self, texts: Sequence[str], languages: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        from scipy.sparse import csr_matrix

        starts = [0, *accumulate(len(matcher.phrases) for matcher in self.matchers)]
        entry_of = self._entries()
        totals = np.zeros((len(texts), sum(len(matcher.ids) for matcher in self.matchers)))
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
            for start, matcher in zip(starts[:-1], self.matchers, strict=True):
                for position, n in sorted(matcher.count_phrases(text, language).items()):
                    totals[row, entry_of[start + position]] += n
                    indices.append(start + position)
                    values.append(self.weights["phrase_weight"] * (1 + math.log(n)))
            ends.append(len(indices))
        phrases = csr_matrix((values, indices, ends), shape=(len(texts), starts[-1]), dtype=np.float64)
        return csr_matrix(self.weights["cue_weight"] * np.log1p(totals)), phrases

    def _entries(self) -> list[int]:
        """Column among the tags of the entry of every phrase."""
        names = [name for matcher in self.matchers for name in matcher.ids]
        return [names.index(entry) for matcher in self.matchers for entry, _, _ in matcher.phrases]


def _weighted(texts: Sequence[Sequence[str]], idf: Mapping[str, float]) -> csr_matrix:
    """Rows of (1 + ln tf)·idf, each of length 1, or 0 where no term is known."""
    from scipy.sparse import csr_matrix

    column = {term: index for index, term in enumerate(idf)}
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for found in texts:
        row = {
            column[term]: (1 + math.log(n)) * idf[term] if n > 1 else idf[term]
            for term, n in Counter(filter(column.__contains__, found)).items()
        }
        length = math.sqrt(math.fsum([value * value for value in row.values()]))
        ordered = sorted(row)
        indices += ordered
        values += [row[index] / length for index in ordered]
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(texts), len(column)), dtype=np.float64)
