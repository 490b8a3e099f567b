"""Fit the probabilities and the reference means on the project's own reference provisions.

Pairs of made-up instruments in which provisions of one concept state the same
rule (other words, actors, quantities or languages: an expert would map them)
and all others do not. An instrument is also set against itself amended, so that
lightly changed and unchanged text is known, and against several others at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.probability import (
    Calibration,
    Model,
    absent_features,
    logits,
    pair_features,
)
from fragcheck.align.reference import ReferenceProvision, reference_digest, reference_provisions
from fragcheck.align.signals import Signals, compute_signals, content_of
from fragcheck.align.vectors import embed
from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.records import TextUnit

__all__ = ["amended", "fit", "training_pairs"]

Matrix = NDArray[np.float64]
Provisions = Sequence[ReferenceProvision]

#: Ridge penalty of the logistic fits.
_PENALTY = 1.0
_MEAN_DECIMALS = 5


def fit(encoder: SentenceEncoder) -> Calibration:
    """Fit everything anew; the result depends on the reference provisions and the encoder alone.

    Parameters
    ----------
    encoder : SentenceEncoder

    Returns
    -------
    Calibration
        Write it with `fragcheck.align.probability.write_calibration`.
    """
    provisions = reference_provisions()
    encoder = _Remembering(encoder)
    means = _means(provisions, encoder)
    cells: dict[bool, list[tuple[Signals, NDArray[np.bool_]]]] = {True: [], False: []}
    for left, right in training_pairs(provisions):
        signals, truth = _observe(left, right, encoder, means)
        cells[signals.shares_language].append((signals, truth))
    return Calibration(encoder.sha256, reference_digest(), means, _model(cells[True]), _model(cells[False]))


class _Remembering:
    """An encoder that encodes a text once, however many pairs it is in."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.name, self.sha256, self.dimension = encoder.name, encoder.sha256, encoder.dimension
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = sorted(set(texts) - self._known.keys())
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def _means(provisions: Provisions, encoder: SentenceEncoder) -> dict[str, Matrix]:
    means = {}
    for language in sorted({item.language for item in provisions}):
        units = [_unit(item) for item in provisions if item.language == language]
        means[language] = np.round(embed(units, encoder).whole.mean(axis=0), _MEAN_DECIMALS)
    means[""] = np.round(np.mean([means[name] for name in sorted(means)], axis=0), _MEAN_DECIMALS)
    return means


def _unit(item: ReferenceProvision) -> TextUnit:
    return TextUnit("", item.text, item.heading, "", item.language)


def training_pairs(provisions: Provisions) -> Iterator[tuple[Provisions, Provisions]]:
    """Pairs of sides to learn from, in a fixed order.

    Every two instruments, whole and in halves on different matters; every
    instrument against half of itself and against itself amended; mixtures of
    the instruments of a language.
    """
    names = sorted({item.instrument for item in provisions})
    sides = {name: [item for item in provisions if item.instrument == name] for name in names}
    for first, second in combinations(names, 2):
        yield sides[first], sides[second]
        yield from _unrelated(sides[first], sides[second])
    for name in names:
        yield sides[name], sides[name][::2]
        yield sides[name], amended(sides[name])
    for language in sorted({item.language for item in provisions}):
        yield from _pooled([item for item in provisions if item.language == language], provisions)


def _unrelated(left: Provisions, right: Provisions) -> Iterator[tuple[Provisions, Provisions]]:
    """Halves of two instruments that have no concept in common: everything on them is without counterpart."""
    groups = sorted({item.concept[0] for item in (*left, *right)})
    for ours in (groups[::2], groups[1::2]):
        yield (
            [item for item in left if item.concept[0] in ours],
            [item for item in right if item.concept[0] not in ours],
        )


def _pooled(own: Provisions, provisions: Provisions) -> Iterator[tuple[Provisions, Provisions]]:
    """Several instruments at once, where a provision has several counterparts or none."""
    if len({item.instrument for item in own}) > 1:
        for parts in (2, 3):
            for start in range(parts):
                yield own[start::parts], [item for index, item in enumerate(own) if index % parts != start]
    for language in sorted({item.language for item in provisions} - {own[0].language}):
        other = [item for item in provisions if item.language == language]
        if len({item.instrument for item in other}) > 1:
            yield own, other


_NUMBER = re.compile(r"\d+")


def amended(provisions: Provisions) -> list[ReferenceProvision]:
    """`provisions` as a later version: some repealed, some cut short, some numbers doubled, some kept."""
    result = []
    for index, item in enumerate(provisions):
        if index % 5 == 4:
            continue
        text = item.text
        if index % 5 in (1, 2):
            text = _NUMBER.sub(lambda found: str(2 * int(found[0])), text).replace(" shall ", " must ")
        if index % 5 == 2:
            text = text[: max(len(text) * 2 // 3, 1)]
        result.append(ReferenceProvision(item.instrument, item.language, item.concept, item.heading, text))
    return result


def _observe(
    left: Provisions, right: Provisions, encoder: SentenceEncoder, means: dict[str, Matrix]
) -> tuple[Signals, NDArray[np.bool_]]:
    contents = [content_of([_unit(item) for item in side]) for side in (left, right)]
    concepts = []
    for side, content in zip((left, right), contents, strict=True):
        named = [""] * len(content.units)
        for item, row in zip(side, content.rows, strict=True):
            named[row] = item.concept
        concepts.append(np.array(named))
    signals = compute_signals(contents[0], contents[1], encoder, means)
    return signals, concepts[0][:, None] == concepts[1][None, :]


def _model(cells: list[tuple[Signals, NDArray[np.bool_]]]) -> Model:
    features = [list(pair_features(signals)) for signals, _ in cells]
    table = np.vstack([np.column_stack([f.ravel() for f in item]) for item in features])
    pair = _logistic_fit(table, np.concatenate([truth.ravel() for _, truth in cells]))
    rows, missing = list[Matrix](), list[NDArray[np.bool_]]()
    for item, (signals, truth) in zip(features, cells, strict=True):
        rows += absent_features(signals, logits(pair, item))
        missing += [np.logical_not(truth.any(axis=axis)) for axis in (1, 0)]
    return Model(pair, _logistic_fit(np.concatenate(rows)[:, None], np.concatenate(missing)))


def _logistic_fit(features: Matrix, truth: NDArray[np.bool_]) -> tuple[float, ...]:
    """Weights of a ridge logistic regression by Newton's method, intercept first and unpenalised."""
    table = np.column_stack([np.ones(len(features)), features])
    penalty = _PENALTY * np.eye(table.shape[1])
    penalty[0, 0] = 0.0
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        expected = 1.0 / (1.0 + np.exp(-np.clip(table @ weights, -30.0, 30.0)))
        gradient = table.T @ (expected - truth) + penalty @ weights
        curvature = (table * (expected * (1.0 - expected))[:, None]).T @ table + penalty
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-10:
            break
    return tuple(round(float(weight), 4) for weight in weights)
