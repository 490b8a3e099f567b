"""The four logistic models behind the probability of a candidate, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.traits import FEATURES
from fragcheck.errors import ModelError

__all__ = ["MODELS", "EvidenceModel", "EvidenceModels", "load_evidence", "translated_share"]

FloatArray = NDArray[np.float64]

#: Names of the models.
MODELS = ("apart", "kindred", "abroad", "translated")

_LARGEST_LOGIT = 16.0

#: Kinship from which the second model of a language situation has a say, and from which it alone has.
_KINSHIP = {"within": (0.35, 0.6), "across": (1.25, 1.5)}


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """A logistic model: intercept, and the coefficient of each feature it looks at."""

    intercept: float
    coefficients: tuple[tuple[str, float], ...]

    def logits(self, features: FloatArray) -> FloatArray:
        """Log odds of being a counterpart, (n,), from features in the order of `FEATURES`, (n, d)."""
        known = dict(self.coefficients)
        weights = np.array([known.get(name, 0.0) for name in FEATURES])
        found: FloatArray = np.clip(self.intercept + features @ weights, -_LARGEST_LOGIT, _LARGEST_LOGIT)
        return found


@dataclass(frozen=True, slots=True)
class EvidenceModels:
    """The four models, by the names in `MODELS`."""

    by_name: Mapping[str, EvidenceModel]

    def probabilities(self, features: FloatArray, related: tuple[float, float]) -> FloatArray:
        """Probability of each candidate, (n,), in [0, 1].

        Parameters
        ----------
        features : ndarray, shape (n, d)
        related : (float, float)
            The figures of `kinship`.
        """
        if not len(features):
            return np.zeros(0)
        is_foreign = features[:, FEATURES.index("is_foreign")] > 0
        within = self._blend(features, ("apart", "kindred"), _share(related[0], _KINSHIP["within"]))
        across = self._blend(features, ("abroad", "translated"), _share(related[1], _KINSHIP["across"]))
        found: FloatArray = 1.0 / (1.0 + np.exp(-np.where(is_foreign, across, within)))
        return found

    def _blend(self, features: FloatArray, names: tuple[str, str], share: float) -> FloatArray:
        first, second = (self.by_name[name].logits(features) for name in names)
        return (1.0 - share) * first + share * second


def translated_share(related: tuple[float, float]) -> float:
    """How far two documents of two languages are held for versions of one law, in [0, 1]."""
    return _share(related[1], _KINSHIP["across"])


def _share(related: float, limits: tuple[float, float]) -> float:
    return min(1.0, max(0.0, (related - limits[0]) / (limits[1] - limits[0])))


@cache
def load_evidence() -> EvidenceModels:
    """Return the packaged models.

    Raises
    ------
    ModelError
        If one of them was fitted for features that are not there.
    """
    stored = json.loads(files("fragcheck.align").joinpath("data/evidence.json").read_text("utf-8"))
    models = {}
    for name in MODELS:
        entry = stored["models"].get(name, {})
        if not entry or not set(entry["coefficients"]) <= set(FEATURES):
            raise ModelError(f"the evidence model {name} wants the features it was fitted with: fit it again")
        models[name] = EvidenceModel(entry["intercept"], tuple(entry["coefficients"].items()))
    return EvidenceModels(models)
