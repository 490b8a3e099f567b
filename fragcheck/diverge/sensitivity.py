"""How far values and ranks hang on the choice of weights and thresholds (Monte Carlo)."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Mapping, Sequence
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
from fragcheck.records import PairResult, Sensitivity, SensitivityPair, Unit

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
    match_floor_factor : float
        The probability from which a match counts is drawn from the chosen one divided by this to the
        chosen one times this, evenly on the logarithm.
    tag_shift : float
        The logit of every threshold of a tag is moved by a draw from the uniform distribution on
        [-tag_shift, tag_shift].
    level : float
        Coverage of the intervals.
    """

    draws: int
    concentration: float
    match_floor_factor: float
    tag_shift: float
    level: float

    def __post_init__(self) -> None:
        if self.draws < 1 or self.concentration <= 0 or not 0 <= self.level < 1:
            raise ComparisonError(
                f"draws >= 1, concentration > 0 and level in [0, 1) are wanted, {self.draws}, "
                f"{self.concentration:g} and {self.level:g} came"
            )
        if not 1 <= self.match_floor_factor < math.inf or not 0 <= self.tag_shift < math.inf:
            raise ComparisonError(
                f"match_floor_factor >= 1 and tag_shift >= 0 are wanted, {self.match_floor_factor:g} and "
                f"{self.tag_shift:g} came"
            )

    @classmethod
    def default(cls) -> SensitivitySettings:
        """The ranges that come with the package."""
        return _default()


@lru_cache(maxsize=1)
def _default() -> SensitivitySettings:
    content = files("fragcheck.diverge").joinpath("data", "sensitivity.toml").read_text("utf-8")
    return SensitivitySettings(**tomllib.loads(content))


def sensitivity(
    pairs: Sequence[PairResult],
    settings: DivergenceSettings | None = None,
    drawn: SensitivitySettings | None = None,
    *,
    seed: int = 0,
) -> tuple[Sensitivity, ...]:
    """Measure all pairs again under drawn weights and thresholds, readings and matches fixed.

    Every draw changes the weights of content, stringency and parameters, the probability from
    which a match counts and the probability from which a tag is on, for all pairs alike and on
    both sides of the chosen settings. The encoder is not drawn: another one proposes other
    candidates, so it takes another run.

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
    units = {id(unit): unit for pair in pairs for unit in (*pair.left_units, *pair.right_units)}.values()
    names = (OVERALL, *principle_names(units))
    thresholds = {
        name: _shifted(_own_threshold(tuple(units), name, settings), lots.shifts) for name in names[1:]
    }
    by_pair = [_values(pair, thresholds, settings, lots) for pair in pairs]
    return tuple(
        _summary(name, pairs, np.array([values[i] for values in by_pair]), drawn)
        for i, name in enumerate(names)
    )


@dataclass(frozen=True, slots=True)
class _Lots:
    """Drawn settings: (k, 4) weights by component, (k,) floors and shifts; the first are the chosen ones."""

    weights: FloatArray
    match_floors: FloatArray
    shifts: FloatArray


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
    reach = math.log(drawn.match_floor_factor)
    factors = np.exp(rng.uniform(-reach, reach, size=drawn.draws))
    floors = np.minimum(1.0, settings.match_floor * np.concatenate([[1.0], factors]))
    shifts = rng.uniform(-drawn.tag_shift, drawn.tag_shift, size=drawn.draws)
    return _Lots(weights, floors, np.concatenate([[0.0], shifts]))


def _own_threshold(units: Sequence[Unit], name: str, settings: DivergenceSettings) -> float:
    """Probability from which the tag is on in these units; 1 where it is on in none.

    The threshold is the tagger's and no part of a unit; any value between the likeliest unit without the
    tag and the least likely one with it says the same of them, and the middle is taken.
    """
    if settings.tag_threshold:
        return settings.tag_threshold
    probabilities, weights = unit_probabilities(units, name), unit_weights(units, name, settings)
    is_on = weights > 0
    if not is_on.any():
        return 1.0
    least = float(probabilities[is_on].min())
    below = probabilities[~is_on & (probabilities < least)]
    return (least + float(below.max(initial=0.0))) / 2


def _shifted(threshold: float, shifts: FloatArray) -> FloatArray:
    """A threshold moved by `shifts` on the logit scale, (k,) of [0, 1]."""
    # The odds times exp(shift); written so that 0 and 1 stay what they are.
    raised = threshold * np.exp(shifts)
    return np.asarray(raised / (1 - threshold + raised), dtype=np.float64)


def _values(
    pair: PairResult, thresholds: Mapping[str, FloatArray], settings: DivergenceSettings, lots: _Lots
) -> list[FloatArray]:
    """D of a pair overall and on each principle under each lot, (k,) each; NaN where both are silent."""
    # All matches: a drawn floor may lie under the chosen one.
    all_settings = dataclasses.replace(settings, match_floor=0.0)
    arrays = pair_arrays(pair.left_units, pair.right_units, (*pair.matches, *pair.near), all_settings)
    distances = arrays.raw[None, :, :] * lots.weights[:, None, :]
    is_counted = arrays.probability[None, :] >= lots.match_floors[:, None]
    reading = read_pair(arrays, arrays.probability * is_counted, distances.sum(axis=2))
    found = []
    for name in (OVERALL, *thresholds):
        weights = _weights(arrays, name, settings, thresholds.get(name, lots.shifts))
        masses = measure(arrays, reading, weights, distances)
        with np.errstate(invalid="ignore", divide="ignore"):
            apart = masses.left_only + masses.right_only + masses.differing.sum(axis=1)
            values = np.minimum(1.0, apart / masses.total)
        is_silent = (masses.left_weight == 0) != (masses.right_weight == 0)
        found.append(np.where(is_silent, 1.0, values))
    return found


def _weights(
    arrays: PairArrays, name: str, settings: DivergenceSettings, thresholds: FloatArray
) -> FloatArray:
    """Weights of the units under each threshold, (k, units); ``overall`` knows no threshold."""
    units = (*arrays.left, *arrays.right)
    probabilities = unit_probabilities(units, name)
    if name == OVERALL:
        return np.repeat(probabilities[None, :], len(thresholds), axis=0)
    weights = np.where(probabilities[None, :] >= thresholds[:, None], probabilities[None, :], 0.0)
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
