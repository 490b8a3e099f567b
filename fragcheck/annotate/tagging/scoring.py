"""From provisions to calibrated probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fragcheck.annotate.tagging.features import FeatureSpace
from fragcheck.annotate.tagging.passages import passage_spans, word_count

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = [
    "CONTEXT_TAIL",
    "ScoredText",
    "calibration_error",
    "interpolated_rows",
    "passage_margins",
    "pooled",
    "probabilities",
]

#: Words of the context that are read: those nearest to the provision.
CONTEXT_TAIL = 40
#: Bins of the calibration error.
_BINS = 10


class ScoredText(NamedTuple):
    """What is scored: a text, the headings and lead-ins above it, and its language."""

    text: str
    context: str
    language: str


class _Passages(NamedTuple):
    """Features of passages and of contexts; `context_of` is each passage's context, -1 where it has none."""

    own: csr_matrix
    words: NDArray[np.float64]
    owner: NDArray[np.intp]
    above: csr_matrix
    context_of: NDArray[np.intp]


def _passages(space: FeatureSpace, items: Sequence[ScoredText]) -> _Passages:
    texts: list[str] = []
    owners: list[int] = []
    contexts: dict[tuple[str, str], int] = {}
    context_of: list[int] = []
    for position, item in enumerate(items):
        spans = passage_spans(item.text) or [(0, 0)]
        texts.extend(item.text[start:end] for start, end in spans)
        owners.extend([position] * len(spans))
        tail = _tail(item.context)
        # The provisions of an article share what stands above them: it is scored once.
        number = contexts.setdefault((tail, item.language), len(contexts)) if tail.strip() else -1
        context_of.extend([number] * len(spans))
    return _Passages(
        own=space.matrix(texts, [items[position].language for position in owners]),
        words=np.asarray([word_count(text) for text in texts], dtype=np.float64),
        owner=np.asarray(owners, dtype=np.intp),
        above=space.matrix([tail for tail, _ in contexts], [language for _, language in contexts]),
        context_of=np.asarray(context_of, dtype=np.intp),
    )


def _context_share(found: _Passages, context_words: float) -> NDArray[np.float64]:
    """Share c / (n + c) of the context of a passage of n words, shape (n, 1); 0 where it has none."""
    share = np.where(found.context_of >= 0, context_words / (context_words + found.words), 0.0)
    return share[:, None]


def interpolated_rows(
    space: FeatureSpace, items: Sequence[ScoredText], context_words: float
) -> tuple[csr_matrix, NDArray[np.intp]]:
    """Rows of features of all passages of `items`, and the position of the item that each is of.

    A passage of n words under a context becomes
    (n·text + c·context) / (n + c), c = `context_words`: the context counts as
    that many words, so it decides for list fragments and hardly for paragraphs.
    An item without text is described by its context alone, one without either has a zero row.
    """
    from scipy.sparse import csr_matrix

    found = _passages(space, items)
    share = _context_share(found, context_words)
    rows = found.own.multiply(1 - share)
    if found.above.shape[0]:
        rows = rows + found.above[found.context_of].multiply(share)
    return csr_matrix(rows), found.owner


def passage_margins(
    space: FeatureSpace,
    items: Sequence[ScoredText],
    weights: NDArray[np.float64],
    bias: NDArray[np.float64],
    context_words: float,
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Margin of every passage of `items` for every tag, and the position of the item that each is of.

    The margin of a text with its context, weighed as in `interpolated_rows`, or of the text alone, if that is
    higher: a heading or lead-in can speak for a tag and never against one that the words bear. A duty
    to keep records is one under a heading about something else as well. An item without text is scored
    by its context alone.

    Returns
    -------
    margins : ndarray, shape (n_passages, n_tags)
    owner : ndarray, shape (n_passages,)
    """
    found = _passages(space, items)
    margins = np.asarray(found.own @ weights.T) + bias
    if found.above.shape[0]:
        above = (np.asarray(found.above @ weights.T) + bias)[found.context_of]
        share = _context_share(found, context_words)
        gain = share * (above - margins)
        margins = margins + np.where(found.words[:, None] > 0, np.maximum(gain, 0.0), gain)
    return margins, found.owner


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
