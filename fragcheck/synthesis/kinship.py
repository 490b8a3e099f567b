"""How likely a provision of a new version descends from one of the old."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance.Indel import normalized_similarity

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Kinship", "Row", "kinship"]

#: Below this similarity of words two provisions are no kin, unless they stand in the same place. It
#: and the two shares were chosen on four pairs of versions (docs/methods.md).
_KIN = 0.55
_KIN_IN_PLACE = 0.3
#: A provision that was much extended still holds its old words: what the shorter one's share in the
#: longer counts beside the similarity of both. Texts of few words stand in any other.
_HELD = 0.5
_FEWEST_HELD = 5
#: Parts of the score beside the words: the words above the provision, and its eid.
_PLACE = 0.3
_SAME_EID = 0.1
#: Candidates per provision whose word order is looked at.
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A provision as the redline sees it: words in normal form, and the words above it."""

    eid: str
    text: str
    words: tuple[str, ...]
    place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kinship:
    """Scores of the pairs that may be kin, and the numbers of rows of both sides."""

    scores: dict[tuple[int, int], float]
    shape: tuple[int, int]


def kinship(old: Sequence[Row], new: Sequence[Row]) -> Kinship:
    """Score the pairs of old and new rows that may be one provision at two moments.

    ``words + 0.3 place + 0.1 same eid``. `place` is the normalised indel similarity of the words above
    the two (one minus the share of words to delete or insert); `words` the mean of that of their own
    words and of the share of the shorter one's words that the longer has in order. Candidates come
    from the cosine of idf-weighted words, from identical wording and from equal eids.
    """
    pairs = _candidates(old, new)
    scores: dict[tuple[int, int], float] = {}
    for i, j in pairs:
        words = _likeness(old[i].words, new[j].words)
        place = float(normalized_similarity(old[i].place, new[j].place))
        is_same_eid = old[i].eid == new[j].eid
        if words >= _KIN or (words >= _KIN_IN_PLACE and is_same_eid and place >= _KIN):
            scores[i, j] = round(words + _PLACE * place + _SAME_EID * is_same_eid, 9)
    return Kinship(scores, (len(old), len(new)))


def _likeness(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    similarity = float(normalized_similarity(old, new))
    shorter = min(len(old), len(new))
    if shorter < _FEWEST_HELD:
        return similarity
    held = min(1.0, similarity * (len(old) + len(new)) / 2 / shorter)
    return (1 - _HELD) * similarity + _HELD * held


def _candidates(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    found = set(_by_words(old, new))
    place = {row.eid: j for j, row in enumerate(new)}
    found.update((i, place[row.eid]) for i, row in enumerate(old) if row.eid in place)
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, row in enumerate(new):
        same[row.words].append(j)
    for i, row in enumerate(old):
        # A phrase that is repeated all over ("repealed") is told apart by its place alone.
        twins = same.get(row.words, [])
        near = sorted(twins, key=lambda j: (-normalized_similarity(row.place, new[j].place), j))
        found.update((i, j) for j in near[:_CANDIDATES])
    return sorted(found)


def _by_words(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int, int]]:
    """The nearest rows of each side by cosine of idf-weighted words."""
    vocabulary: dict[str, int] = {}
    frequency: Counter[str] = Counter()
    for row in (*old, *new):
        for word in set(row.words):
            vocabulary.setdefault(word, len(vocabulary))
            frequency[word] += 1
    size = len(old) + len(new)
    idf = {word: np.log(size / count) + 1.0 for word, count in frequency.items()}
    left, right = (_matrix(rows, vocabulary, idf) for rows in (old, new))
    products = (left @ right.T).tocsr()
    return [*_nearest(products, flip=False), *_nearest(products.T.tocsr(), flip=True)]


def _matrix(rows: Sequence[Row], vocabulary: dict[str, int], idf: dict[str, float]) -> csr_array:
    from scipy.sparse import csr_array

    values, columns, starts = [], [], [0]
    for row in rows:
        counts = Counter(row.words)
        weights = np.array([count * idf[word] for word, count in counts.items()])
        norm = float(np.sqrt((weights**2).sum())) or 1.0
        values.append(weights / norm)
        columns += [vocabulary[word] for word in counts]
        starts.append(len(columns))
    data = np.concatenate(values) if values else np.zeros(0)
    return csr_array((data, columns, starts), shape=(len(rows), len(vocabulary)))


def _nearest(products: csr_array, *, flip: bool) -> list[tuple[int, int]]:
    found = []
    for i in range(products.shape[0]):
        start, end = products.indptr[i], products.indptr[i + 1]
        order = np.lexsort((products.indices[start:end], -products.data[start:end].round(9)))[:_CANDIDATES]
        near = products.indices[start:end][order].tolist()
        found += [(j, i) if flip else (i, j) for j in near]
    return found
