"""Sampling intervals: a bootstrap over the articles of both documents, matches fixed.

They answer another question than the measurement intervals: how far would D move if the two
laws were draws from a population of articles? That is of use where documents stand for a
corpus; for two laws as such, which are no samples, read the measurement interval.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fragcheck.diverge.elements import FloatArray, IntArray, pair_arrays
from fragcheck.diverge.measure import expected_reading
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.shares import UnitMasses, unit_masses
from fragcheck.diverge.weights import unit_weights
from fragcheck.records import PairResult, Unit

__all__ = [
    "ArticleDraws",
    "article_draws",
    "article_of",
    "bootstrap_values",
    "redrawn_values",
    "sampling_interval",
]


@dataclass(frozen=True, slots=True)
class ArticleDraws:
    """How often each article of a document was drawn.

    Parameters
    ----------
    article_of_unit : (n,) int
        Position of each unit's article.
    counts : (draws, articles) float
    """

    article_of_unit: IntArray
    counts: FloatArray


def article_of(eid: str) -> str:
    """The article, section or annex that an eid lies in: its first step (Akoma Ntoso naming)."""
    return eid.split("__", 1)[0]


def article_draws(units: Sequence[Unit], draws: int, seed: int = 0) -> ArticleDraws:
    """Draw as many articles as the document has, with replacement, `draws` times.

    The draws come from the wording of the document and the run's seed, not from its partner:
    in a matrix every pair sees the same redrawn document.
    """
    articles: dict[str, list[str]] = {}
    for unit in units:
        articles.setdefault(article_of(unit.eid), []).append(" ".join(unit.text_unit.text.split()))
    names = sorted(articles, key=lambda name: (sorted(articles[name]), name))
    place = {name: i for i, name in enumerate(names)}
    of_unit = np.array([place[article_of(unit.eid)] for unit in units], dtype=np.int64)
    if not names:
        return ArticleDraws(of_unit, np.zeros((draws, 0)))
    words = "\n".join(text for name in names for text in sorted(articles[name]))
    rng = np.random.default_rng([seed, zlib.crc32(words.encode())])
    counts = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return ArticleDraws(of_unit, counts.astype(np.float64))


def bootstrap_values(masses: UnitMasses, left: ArticleDraws, right: ArticleDraws) -> FloatArray:
    """D under each redraw, (draws,); NaN where nothing that bears the principle was drawn.

    Parameters
    ----------
    masses : UnitMasses
        Left units first, in the order of the units that `left` and `right` were drawn for.
    """
    n_left = len(left.article_of_unit)
    sums = []
    for draws, at in ((left, slice(None, n_left)), (right, slice(n_left, None))):
        size = draws.counts.shape[1]
        mass = np.bincount(draws.article_of_unit, masses.mass[at], minlength=size)
        distance = np.bincount(draws.article_of_unit, masses.parts[at].sum(axis=1), minlength=size)
        sums.append(draws.counts @ np.stack([mass, distance], axis=1))
    (mass_left, distance_left), (mass_right, distance_right) = sums[0].T, sums[1].T
    with np.errstate(invalid="ignore", divide="ignore"):
        values = (distance_left + distance_right) / (mass_left + mass_right)
    is_one_silent = (mass_left == 0) != (mass_right == 0)
    return np.minimum(1.0, np.where(is_one_silent, 1.0, values))


def sampling_interval(values: FloatArray, level: float) -> tuple[float, float] | None:
    """Central interval of the redrawn values; None where none of them has a value."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def redrawn_values(
    pairs: Sequence[PairResult], principles: Sequence[str], settings: DivergenceSettings, *, seed: int = 0
) -> dict[str, FloatArray]:
    """D of every pair under each redraw of the articles, by principle: (pairs, draws), NaN where silent.

    A document is redrawn alike in all its pairs, so a column is the matrix of one redrawn corpus.
    """
    drawn: dict[str, ArticleDraws] = {}
    columns: dict[str, list[FloatArray]] = {name: [] for name in principles}
    for pair in pairs:
        matches = (*pair.matches, *pair.near)
        arrays = pair_arrays(pair.left_units, pair.right_units, matches, settings)
        reading = expected_reading(arrays)
        ids = (pair.right, pair.left) if arrays.is_flipped else (pair.left, pair.right)
        for name, units in zip(ids, (arrays.left, arrays.right), strict=True):
            if name not in drawn:
                drawn[name] = article_draws(units, settings.draws, seed)
        for principle in principles:
            weights = unit_weights((*arrays.left, *arrays.right), principle, settings)
            masses = unit_masses(arrays, reading, weights)
            columns[principle].append(bootstrap_values(masses, drawn[ids[0]], drawn[ids[1]]))
    return {name: np.array(values).reshape(len(pairs), -1) for name, values in columns.items()}
