"""How far values and ranks hang on the choice of weights and thresholds (Monte Carlo)."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from fragcheck.diverge.elements import FloatArray, PairArrays, pair_arrays
from fragcheck.diverge.measure import measure, read_pair
from fragcheck.diverge.pair import principle_names
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import OVERALL, unit_probabilities, unit_weights
from fragcheck.errors import ComparisonError
from fragcheck.records import PairResult, Sensitivity, SensitivityPair

__all__ = ["SensitivitySettings", "sensitivity"]

_FEWEST_TO_RANK = 3


@dataclass(frozen=True, slots=True)
class SensitivitySettings:
    """What is drawn.

    Parameters
    ----------
    draws : int
    concentration : float
        Of the Dirichlet distribution around the chosen weights of content, stringency and
        parameters; the higher, the closer to them.
    match_floor : (float, float)
        Range of the uniform distribution of the probability from which a match counts.
    tag_threshold : (float, float)
        Range of the uniform distribution of the threshold of tags.
    level : float
        Coverage of the intervals.
    """

    draws: int
    concentration: float
    match_floor: tuple[float, float]
    tag_threshold: tuple[float, float]
    level: float

    def __post_init__(self) -> None:
        if self.draws < 1 or self.concentration <= 0 or not 0 <= self.level < 1:
            raise ComparisonError(
                f"draws >= 1, concentration > 0 and level in [0, 1) are wanted, {self.draws}, "
                f"{self.concentration:g} and {self.level:g} came"
            )
        for low, high in (self.match_floor, self.tag_threshold):
            if not 0 <= low <= high <= 1:
                raise ComparisonError(f"ranges within [0, 1] are wanted, {low:g} to {high:g} came")

    @classmethod
    def default(cls) -> SensitivitySettings:
        """The ranges that come with the package."""
        return _default()


@lru_cache(maxsize=1)
def _default() -> SensitivitySettings:
    content = files("fragcheck.diverge").joinpath("data", "sensitivity.toml").read_text("utf-8")
    data = tomllib.loads(content)
    for name in ("match_floor", "tag_threshold"):
        data[name] = tuple(data[name])
    return SensitivitySettings(**data)


def sensitivity(
    pairs: Sequence[PairResult],
    settings: DivergenceSettings | None = None,
    drawn: SensitivitySettings | None = None,
    *,
    seed: int = 0,
) -> tuple[Sensitivity, ...]:
    """Measure all pairs again under drawn weights and thresholds, readings and matches fixed.

    Every draw changes the weights of content, stringency and parameters, the probability from
    which a match counts and the probability from which a tag is on, for all pairs alike. The
    encoder is not drawn: another one proposes other candidates, so it takes another run.

    Parameters
    ----------
    pairs : sequence of PairResult
    settings : DivergenceSettings, optional
        The chosen settings, which the draws lie around.
    drawn : SensitivitySettings, optional
    seed : int

    Returns
    -------
    tuple of Sensitivity
        ``overall`` first. Values are equal to those of a run with the drawn settings.
    """
    settings, drawn = settings or DivergenceSettings.default(), drawn or SensitivitySettings.default()
    if not pairs:
        return ()
    lots = _draw(settings, drawn, np.random.default_rng(seed))
    units = (unit for pair in pairs for unit in (*pair.left_units, *pair.right_units))
    names = (OVERALL, *principle_names(units))
    by_pair = [_values(pair, names, settings, lots) for pair in pairs]
    return tuple(
        _summary(name, pairs, np.array([values[i] for values in by_pair]), drawn)
        for i, name in enumerate(names)
    )


@dataclass(frozen=True, slots=True)
class _Lots:
    """Drawn settings: (k, 4) weights by component, (k,) thresholds; the first are the chosen ones."""

    weights: FloatArray
    match_floors: FloatArray
    tag_thresholds: FloatArray


def _draw(settings: DivergenceSettings, drawn: SensitivitySettings, rng: np.random.Generator) -> _Lots:
    chosen = np.array([settings.weights.content, settings.weights.stringency, settings.weights.parameters])
    total = chosen.sum()
    # A weight of 0 stays 0: the Dirichlet distribution wants positive parameters.
    kept = chosen > 0
    weights = np.zeros((drawn.draws + 1, 4))
    if kept.any():
        shares = rng.dirichlet(drawn.concentration * chosen[kept] / total, size=drawn.draws)
        weights[1:, np.flatnonzero(kept)] = shares * total
    weights[0, :3] = chosen
    weights[:, 3] = settings.definition_weight
    floors = rng.uniform(*drawn.match_floor, size=drawn.draws)
    tags = rng.uniform(*drawn.tag_threshold, size=drawn.draws)
    return _Lots(
        weights,
        np.concatenate([[settings.match_floor], floors]),
        np.concatenate([[settings.tag_threshold], tags]),
    )


def _values(
    pair: PairResult, names: Sequence[str], settings: DivergenceSettings, lots: _Lots
) -> list[FloatArray]:
    """D of a pair on each principle under each lot, (k,) each; NaN where both are silent."""
    # All matches: a drawn floor may lie under the chosen one.
    all_settings = dataclasses.replace(settings, match_floor=0.0)
    arrays = pair_arrays(pair.left_units, pair.right_units, (*pair.matches, *pair.near), all_settings)
    distances = arrays.raw[None, :, :] * lots.weights[:, None, :]
    is_counted = arrays.probability[None, :] >= lots.match_floors[:, None]
    reading = read_pair(arrays, arrays.probability * is_counted, distances.sum(axis=2))
    found = []
    for name in names:
        weights = _weights(arrays, name, settings, lots)
        masses = measure(arrays, reading, weights, distances)
        with np.errstate(invalid="ignore", divide="ignore"):
            apart = masses.left_only + masses.right_only + masses.differing.sum(axis=1)
            values = np.minimum(1.0, apart / masses.total)
        is_silent = (masses.left_weight == 0) != (masses.right_weight == 0)
        found.append(np.where(is_silent, 1.0, values))
    return found


def _weights(arrays: PairArrays, name: str, settings: DivergenceSettings, lots: _Lots) -> FloatArray:
    units = (*arrays.left, *arrays.right)
    probabilities = unit_probabilities(units, name)
    if name == OVERALL:
        return np.repeat(probabilities[None, :], len(lots.tag_thresholds), axis=0)
    weights = np.where(probabilities[None, :] >= lots.tag_thresholds[:, None], probabilities[None, :], 0.0)
    weights[0] = unit_weights(units, name, settings)
    return weights


def _summary(
    name: str, pairs: Sequence[PairResult], values: FloatArray, drawn: SensitivitySettings
) -> Sensitivity:
    """`values` (pairs, k), the chosen settings first."""
    from scipy.stats import rankdata  # costs each command a quarter of a second

    # A pair that is silent under some thresholds is left out of the ranks.
    is_ranked = ~np.isnan(values).any(axis=1)
    ranks = np.full(values.shape, np.nan)
    if is_ranked.any():
        ranks[is_ranked] = rankdata(-values[is_ranked].round(9), axis=0)
    tails = [(1 - drawn.level) / 2, (1 + drawn.level) / 2]
    found = [
        SensitivityPair(
            pair.left,
            pair.right,
            _known(values[i, 0]),
            *_ends(values[i, 1:], tails),
            _known(ranks[i, 0]),
            *_ends(ranks[i, 1:], tails),
        )
        for i, pair in enumerate(pairs)
    ]
    taus = _correlations(values[is_ranked])
    mean = float(taus.mean()) if len(taus) else None
    low = float(np.quantile(taus, (1 - drawn.level) / 2)) if len(taus) else None
    return Sensitivity(name, drawn.draws, tuple(found), mean, low)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _ends(values: FloatArray, tails: Sequence[float]) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not len(known):
        return None, None
    low, high = np.quantile(known, tails)
    return float(low), float(high)


def _correlations(values: FloatArray) -> FloatArray:
    """Kendall's tau-b of each draw's ranking with that of the chosen settings."""
    if len(values) < _FEWEST_TO_RANK:
        return np.zeros(0)
    from scipy.stats import kendalltau

    rounded = values.round(9)
    # Where all pairs are tied tau is not defined.
    taus = [
        float(kendalltau(rounded[:, 0], column).statistic)
        for column in rounded[:, 1:].T
        if np.ptp(column) > 0 and np.ptp(rounded[:, 0]) > 0
    ]
    return np.array(taus, dtype=np.float64)
