"""u_r: what each unit weighs on a principle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fragcheck.diverge.elements import FloatArray
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.records import Unit

__all__ = ["OVERALL", "unit_probabilities", "unit_weights"]

#: Name of the divergence over all requirements, tagged or not.
OVERALL = "overall"


def unit_weights(units: Sequence[Unit], principle: str, settings: DivergenceSettings) -> FloatArray:
    """Weight u of each unit, (n,): the probability of the tag where it is on, else 0; 1 for ``overall``.

    A tag is on as the tagger's threshold for the principle says, or from
    ``settings.tag_threshold`` on where that is above 0.
    """
    if principle == OVERALL:
        return np.ones(len(units), dtype=np.float64)
    if not settings.tag_threshold:
        return _column([unit.weights for unit in units], principle)
    probabilities = unit_probabilities(units, principle)
    return np.where(probabilities >= settings.tag_threshold, probabilities, 0.0)


def unit_probabilities(units: Sequence[Unit], principle: str) -> FloatArray:
    """Probability of the tag of each unit, thresholds apart, (n,); 1 for ``overall``."""
    if principle == OVERALL:
        return np.ones(len(units), dtype=np.float64)
    return _column([unit.probabilities for unit in units], principle)


def _column(tables: Sequence[tuple[tuple[str, float], ...]], principle: str) -> FloatArray:
    found = (next((value for name, value in table if name == principle), 0.0) for table in tables)
    return np.fromiter(found, np.float64, len(tables))
