"""Calibrated probability that an expert would map a pair, and that a unit has no counterpart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["Calibrator", "load_calibrator"]


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Logistic model over absolute similarities.

    Parameters
    ----------
    intercept : float
    lexical, whole, parts : float
        Weights of the TF-IDF cosine, the cosine of the units and that of their best sentences.
    """

    intercept: float
    lexical: float
    whole: float
    parts: float

    def probability(
        self, lexical: NDArray[np.float64], whole: NDArray[np.float64], parts: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Probability of an expert mapping, same shape as the arguments, in [0, 1]."""
        logit = self.intercept + self.lexical * lexical + self.whole * whole + self.parts * parts
        return 1.0 / (1.0 + np.exp(-logit))


@lru_cache(maxsize=1)
def load_calibrator() -> Calibrator:
    """The model that ships with the package (``data/calibrator.json``)."""
    data = files("fragcheck.align").joinpath("data/calibrator.json").read_text(encoding="utf-8")
    return Calibrator(**json.loads(data)["weights"])
