"""Probabilities and thresholds from margins of texts that were held out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_threshold", "f1", "platt"]


def platt(
    margins: NDArray[np.float64], truth: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slope and offset of each tag that turn held-out margins into probabilities, see `probabilities`.

    Platt, "Probabilistic outputs for support vector machines" (1999).
    """
    from sklearn.linear_model import LogisticRegression

    slope, offset = [], []
    for margin, column in zip(np.arcsinh(margins).T, truth.T, strict=True):
        if column.all() or not column.any():
            slope.append(1.0)
            offset.append(0.0)
            continue
        regression = LogisticRegression(C=1e6, tol=1e-8, max_iter=10_000).fit(margin[:, None], column)
        slope.append(regression.coef_[0, 0])
        offset.append(regression.intercept_[0])
    return np.asarray(slope), np.asarray(offset)


def best_threshold(chances: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Probability from .10 to .90, to two digits, from which a tag is on with the best F1."""
    candidates = np.arange(0.1, 0.91, 0.01)
    scores = [f1(chances >= candidate, truth) for candidate in candidates]
    return round(float(candidates[int(np.argmax(scores))]), 2)


def f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """F1 of decisions; 0 where nothing is said and nothing true."""
    right = float((said & truth).sum())
    return 2 * right / max(float(said.sum() + truth.sum()), 1.0)
