"""Other readings of the same pair, drawn from calibrated probabilities and error rates."""

from __future__ import annotations

import numpy as np

from fragcheck.diverge.elements import COMPONENTS, FloatArray, PairArrays
from fragcheck.diverge.settings import DivergenceSettings

__all__ = ["doubted", "draw_readings", "draw_weights"]

_FLOOR = 1e-6


def draw_readings(
    arrays: PairArrays, settings: DivergenceSettings, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Draw which matches hold and how far apart they are, with the candidates fixed.

    A match holds with its probability. All probabilities of a pair may be too high or too low
    together, for the model has not seen these two documents: in each draw they move by one amount
    on the logit scale, normal with the standard deviation ``settings.match_doubt``; certain ones
    stay. A field is misread with the error rate of its component: then the distance of another
    match of this pair stands in its place (exchangeable errors), so that differences are
    overlooked about as often as they are imagined. Matches of the same wording are read the same
    way whatever the reader's faults, so they never move.

    Returns
    -------
    is_on : (draws, m) float
        1 or 0.
    distances : (draws, m, 4) float
        Weighted, by component.
    """
    shape = settings.draws, len(arrays.rows)
    is_on = (rng.random(shape) < doubted(arrays.probability, settings, rng, draws=settings.draws)).astype(
        np.float64
    )
    distances = np.repeat(arrays.distances[None, :, :], settings.draws, axis=0)
    kind = arrays.applies[:, COMPONENTS.index("definitions")]
    for column, name in enumerate(COMPONENTS):
        error: float = getattr(settings.field_errors, name)
        open_to_error = ~arrays.is_certain & (kind == (name == "definitions"))
        pool = np.flatnonzero(open_to_error)
        if not len(pool):
            continue
        misread = (rng.random(shape) < error) & open_to_error[None, :]
        donors = arrays.distances[pool[rng.integers(len(pool), size=shape)], column]
        distances[:, :, column] = np.where(misread, donors, distances[:, :, column])
    return is_on, distances


def doubted(
    probability: FloatArray, settings: DivergenceSettings, rng: np.random.Generator, *, draws: int
) -> FloatArray:
    """Probabilities moved by one amount per draw on the logit scale, (draws, m)."""
    kept = np.clip(probability, _FLOOR, 1 - _FLOOR)
    logit = np.log(kept / (1 - kept))
    moved = logit[None, :] + settings.match_doubt * rng.standard_normal((draws, 1))
    return np.where(probability[None, :] >= 1, 1.0, 1 / (1 + np.exp(-moved)))


def draw_weights(
    arrays: PairArrays,
    weights: FloatArray,
    probabilities: FloatArray,
    settings: DivergenceSettings,
    rng: np.random.Generator,
) -> FloatArray:
    """Draw which units bear a principle: (draws, n), 1 or 0.

    Tags that are on, or off but at least ``settings.tag_floor`` probable, hold with their
    probability; the rest stay off. Two units of the same wording are read alike in every draw.
    """
    candidate = np.where((weights > 0) | (probabilities >= settings.tag_floor), probabilities, 0.0)
    lot = rng.random((settings.draws, len(weights)))
    same = np.flatnonzero(arrays.is_certain)
    lot[:, len(arrays.left) + arrays.columns[same]] = lot[:, arrays.rows[same]]
    drawn: FloatArray = (lot < candidate[None, :]).astype(np.float64)
    return drawn
