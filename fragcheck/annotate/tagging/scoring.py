"""From provisions to calibrated probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from fragcheck.annotate.tagging.features import FeatureSpace
from fragcheck.annotate.tagging.passages import passage_spans, word_count

__all__ = ["CONTEXT_TAIL", "ScoredText", "calibration_error", "interpolated_rows", "pooled", "probabilities"]

#: Words of the context that are read: those nearest to the provision.
CONTEXT_TAIL = 40
#: Bins of the calibration error.
_BINS = 10


class ScoredText(NamedTuple):
    """What is scored: a text, the headings and lead-ins above it, and its language."""

    text: str
    context: str
    language: str


def interpolated_rows(
    space: FeatureSpace, items: Sequence[ScoredText], context_words: float
) -> tuple[csr_matrix, NDArray[np.intp]]:
    """Rows of features of all passages of `items`, and the position of the item that each is of.

    A passage of n words under a context becomes
    (n·text + c·context) / (n + c), c = `context_words`: the context counts as
    that many words, so it decides for list fragments and hardly for paragraphs.
    An item without text is scored by its context alone, one without either has a zero row.
    """
    passages: list[str] = []
    owners: list[int] = []
    for position, item in enumerate(items):
        spans = passage_spans(item.text) or [(0, 0)]
        passages.extend(item.text[start:end] for start, end in spans)
        owners.extend([position] * len(spans))
    owner = np.asarray(owners, dtype=np.intp)
    own = space.matrix(passages, [items[position].language for position in owners])
    tails = [_tail(item.context) for item in items]
    above = space.matrix(tails, [item.language for item in items])
    words = np.asarray([word_count(passage) for passage in passages])
    has_context = np.asarray([bool(tail.strip()) for tail in tails])[owner]
    share = np.where(has_context, context_words / (context_words + words), 0.0)
    rows = own.multiply((1 - share)[:, None]) + above[owner].multiply(share[:, None])
    return csr_matrix(rows), owner


def _tail(context: str) -> str:
    words = context.split()
    if len(words) > 1:
        return " ".join(words[-CONTEXT_TAIL:])
    # An unspaced script: two characters count as a word.
    return context[-2 * CONTEXT_TAIL :]


def pooled(
    margins: NDArray[np.float64], owner: NDArray[np.intp], n_items: int, n_passages: int
) -> NDArray[np.float64]:
    """Margin of each item: the mean of its `n_passages` highest passages, of all where it has fewer.

    One marked passage among many then counts, but a long text does not gain by its length alone.

    Parameters
    ----------
    margins : ndarray, shape (n, n_tags)
    owner : ndarray, shape (n,)
        Item of each passage, not decreasing; every item has at least one.
    """
    edges = np.searchsorted(owner, np.arange(n_items + 1))
    whole = np.empty((n_items, margins.shape[1]))
    for item, (start, end) in enumerate(pairwise(edges)):
        whole[item] = np.sort(margins[start:end], axis=0)[-n_passages:].mean(axis=0)
    return whole


def probabilities(
    margins: NDArray[np.float64], slope: NDArray[np.float64], offset: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Platt scaling of damped margins: 1 / (1 + exp(-(slope·asinh(margin) + offset))), to 1e-6, in [0, 1].

    asinh is linear near 0 and logarithmic far out: a passage with very many
    cues is no surer than the held-out texts can vouch for, and ranks stay apart.
    """
    return np.round(1 / (1 + np.exp(-np.clip(slope * np.arcsinh(margins) + offset, -50, 50))), 6)


def calibration_error(chances: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of equal width, in [0, 1]; 0 without texts.

    Naeini, Cooper & Hauskrecht, "Obtaining well calibrated probabilities using
    Bayesian binning" (2015).
    """
    if not len(chances):
        return 0.0
    bins = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(chances[bins == at].mean() - truth[bins == at].mean()) * (bins == at).mean()
            for at in np.unique(bins)
        )
    )
