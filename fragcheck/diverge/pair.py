"""The divergence of two documents: value, components, status and interval per principle."""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fragcheck.diverge.draws import draw_readings, draw_weights
from fragcheck.diverge.elements import FloatArray, PairArrays, pair_arrays
from fragcheck.diverge.measure import Masses, Reading, expected_reading, measure, read_pair
from fragcheck.diverge.sampling import ArticleDraws, article_draws, bootstrap_values, sampling_interval
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.shares import unit_masses
from fragcheck.diverge.weights import OVERALL, unit_probabilities, unit_weights
from fragcheck.records import Components, Divergence, Match, Status, Unit

__all__ = ["diverge", "pair_seed", "principle_names"]


def pair_seed(left_id: str, right_id: str, seed: int = 0) -> int:
    """Seed of a pair's draws, from the two document ids in either order and the run's seed."""
    first, second = sorted((left_id, right_id))
    digest = hashlib.sha256(f"{first}\n{second}\n{seed}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def diverge(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    matches: Sequence[Match],
    settings: DivergenceSettings | None = None,
    *,
    seed: int = 0,
    sampling_seed: int = 0,
) -> tuple[Divergence, tuple[Divergence, ...]]:
    r"""Divergence of a pair over all requirements, and per principle.

    D = Σ u_r d_r / Σ u_r over the distinct requirements U of both sides (DESIGN §7), in expectation
    over who is whose counterpart: a requirement without one has d_r = 1, one with a counterpart the
    weighted sum of the distances of its fields to the closest, and each match holds with its
    probability. u_r is the tag's probability where the tag is on, and 1 for ``overall``. With
    binary weights and certain, identical matches one to one, D is the Jaccard distance, which is the
    UNCTAD regulatory distance over the measures present in at least one of the two.

    Parameters
    ----------
    left_units, right_units : sequence of Unit
    matches : sequence of Match
        Each counts with its probability; those below ``settings.match_floor`` do not count.
    settings : DivergenceSettings, optional
    seed : int
        Of the draws behind ``low`` and ``high``; see `pair_seed`.
    sampling_seed : int
        Of the bootstrap over articles behind ``sampling_low`` and ``sampling_high``; it is mixed
        with the wording of each document, so that a document is redrawn alike in all its pairs.

    Returns
    -------
    overall : Divergence
    principles : tuple of Divergence
        In the order of the units' weights. Swapping the sides keeps every value and interval
        and turns the signs of ``asymmetry``, ``stringency`` and ``parameters``.

    Raises
    ------
    ComparisonError
        Where a match names a unit that its side does not have.
    """
    settings = settings or DivergenceSettings.default()
    arrays = pair_arrays(left_units, right_units, matches, settings)
    point = expected_reading(arrays)
    rng = np.random.default_rng(seed)
    drawn_on, drawn_distances = draw_readings(arrays, settings, rng)
    drawn = read_pair(arrays, drawn_on, drawn_distances.sum(axis=2))
    articles = [article_draws(units, settings.draws, sampling_seed) for units in (arrays.left, arrays.right)]
    readings = _Readings(arrays, settings, point, drawn, drawn_distances, seed, (articles[0], articles[1]))
    names = principle_names((*left_units, *right_units))
    return _divergence(readings, OVERALL), tuple(_divergence(readings, name) for name in names)


def principle_names(units: Iterable[Unit]) -> tuple[str, ...]:
    """Principles and control points that the units were tagged for, in their first order."""
    return tuple(dict.fromkeys(name for unit in units for name, _ in unit.weights))


@dataclass(frozen=True, slots=True)
class _Readings:
    """The reading that gives the value, and what is drawn for the two intervals."""

    arrays: PairArrays
    settings: DivergenceSettings
    point: Reading
    drawn: Reading
    drawn_distances: FloatArray
    seed: int
    articles: tuple[ArticleDraws, ArticleDraws]


def _divergence(readings: _Readings, principle: str) -> Divergence:
    arrays, settings = readings.arrays, readings.settings
    units = (*arrays.left, *arrays.right)
    weights = unit_weights(units, principle, settings)
    probabilities = unit_probabilities(units, principle)
    masses = measure(arrays, readings.point, weights[None, :], arrays.distances[None, :, :])
    n_first = int(np.count_nonzero(weights[: len(arrays.left)]))
    n_second = int(np.count_nonzero(weights[len(arrays.left) :]))
    n_left, n_right = (n_second, n_first) if arrays.is_flipped else (n_first, n_second)
    status = _status(n_left, n_right, settings)
    if status is Status.BOTH_SILENT:
        return Divergence(principle, None, None, None, status, n_left, n_right)
    components = _components(masses, -1.0 if arrays.is_flipped else 1.0)
    value = _sum_of(components)
    low, high = value, value
    if settings.draws:
        rng = np.random.default_rng([readings.seed, zlib.crc32(principle.encode())])
        drawn = draw_weights(arrays, weights, probabilities, settings, rng)
        low, high = _interval(
            measure(arrays, readings.drawn, drawn, readings.drawn_distances), settings.level
        )
    found = Divergence(
        principle, value, min(low, value), max(high, value), status, n_left, n_right, components
    )
    return _with_sampling(found, readings, weights)


def _with_sampling(found: Divergence, readings: _Readings, weights: FloatArray) -> Divergence:
    """The divergence with its sampling interval; of a side that is silent nothing can be drawn."""
    if not readings.settings.draws or found.status is Status.ONE_SILENT:
        return found
    masses = unit_masses(readings.arrays, readings.point, weights)
    values = bootstrap_values(masses, *readings.articles)
    interval = sampling_interval(values, readings.settings.level)
    if interval is None:
        return found
    return replace(found, sampling_low=interval[0], sampling_high=interval[1])


def _status(n_left: int, n_right: int, settings: DivergenceSettings) -> Status:
    if not n_left and not n_right:
        return Status.BOTH_SILENT
    if not n_left or not n_right:
        return Status.ONE_SILENT
    few = min(n_left, n_right) < settings.few_provisions
    return Status.FEW_PROVISIONS if few else Status.OK


def _components(masses: Masses, sign: float) -> Components:
    """Components of the single reading in `masses`; `sign` -1 turns the sides."""
    if masses.left_weight[0] == 0 or masses.right_weight[0] == 0:
        # One side is silent: nothing on it can be a counterpart on this principle.
        lacking = 1.0 if masses.left_weight[0] == 0 else -1.0
        return Components(coverage=1.0, asymmetry=sign * lacking, turnover=0.0, nestedness=1.0)
    total, shared = float(masses.total[0]), float(masses.shared[0])
    left_only, right_only = float(masses.left_only[0]), float(masses.right_only[0])
    parts = masses.differing[0] / total
    net = sign * masses.signed[0] / total + 0.0
    has = masses.applying[0] > 0
    coverage = (left_only + right_only) / total
    turnover = _turnover(shared, left_only, right_only)
    covered_left = min(1.0, float(masses.left_matched[0] / masses.left_weight[0]))
    covered_right = min(1.0, float(masses.right_matched[0] / masses.right_weight[0]))
    content, stringency, parameters, definitions = (
        float(part) if applies else None for part, applies in zip(parts, has, strict=True)
    )
    return Components(
        coverage=coverage,
        asymmetry=sign * (covered_left - covered_right) + 0.0,
        content=content,
        stringency=float(net[0]) if has[1] else None,
        parameters=float(net[1]) if has[2] else None,
        definitions=definitions,
        stringency_abs=stringency,
        parameters_abs=parameters,
        turnover=turnover,
        nestedness=coverage - turnover,
    )


def _turnover(shared: float, left_only: float, right_only: float) -> float:
    """Baselga's turnover part of Jaccard dissimilarity: 2 min(b, c) / (a + 2 min(b, c)).

    Baselga, Methods in Ecology and Evolution 3 (2012) 223-232.
    """
    replaced = 2 * min(left_only, right_only)
    return replaced / (shared + replaced) if replaced else 0.0


def _sum_of(components: Components) -> float:
    parts = (
        components.coverage,
        components.content,
        components.stringency_abs,
        components.parameters_abs,
        components.definitions,
    )
    return min(1.0, math.fsum(part for part in parts if part is not None))


def _interval(masses: Masses, level: float) -> tuple[float, float]:
    """Central interval of D over the drawn readings; (1, 0) where no reading bears the principle."""
    with np.errstate(invalid="ignore", divide="ignore"):
        values = (masses.left_only + masses.right_only + masses.differing.sum(axis=1)) / masses.total
    is_silent = (masses.left_weight == 0) | (masses.right_weight == 0)
    values = np.where(is_silent, 1.0, values)[masses.total > 0]
    if not len(values):
        return 1.0, 0.0
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
