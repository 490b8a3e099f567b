"""Scores of a tagger against labelled provisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fragcheck.annotate.tagging.scoring import ScoredText, calibration_error
from fragcheck.annotate.tagging.tagger import PrincipleTagger
from fragcheck.annotate.tagging.train import Example
from fragcheck.records.annotation import UNSURE

__all__ = ["TagScore", "evaluate_tagger"]


class TagScore(NamedTuple):
    """How one tag fares: counts, scores in [0, 1]; NaN where there is nothing to measure."""

    tag: str
    positives: int
    average_precision: float
    precision: float
    recall: float
    f1: float
    calibration_error: float
    share_unsure: float


def evaluate_tagger(tagger: PrincipleTagger, examples: Sequence[Example]) -> tuple[TagScore, ...]:
    """Scores of every tag of `tagger` on labelled provisions, in the model's order.

    Precision, recall and F1 are those of the tags that are on; average
    precision and calibration error those of the probabilities.
    """
    from sklearn.metrics import average_precision_score

    chances = tagger.probabilities([ScoredText(item.text, item.context, item.language) for item in examples])
    scores = []
    for column, (name, threshold) in enumerate(tagger.thresholds.items()):
        chance = chances[:, column]
        truth = np.asarray([name in item.tags for item in examples])
        said = chance >= threshold
        right = int((said & truth).sum())
        scores.append(
            TagScore(
                name,
                int(truth.sum()),
                float(average_precision_score(truth, chance)) if truth.any() else float("nan"),
                right / int(said.sum()) if said.any() else float("nan"),
                right / int(truth.sum()) if truth.any() else float("nan"),
                2 * right / int(said.sum() + truth.sum()) if said.any() or truth.any() else float("nan"),
                calibration_error(chance, truth),
                float(((chance >= UNSURE[0]) & (chance <= UNSURE[1])).mean()),
            )
        )
    return tuple(scores)
