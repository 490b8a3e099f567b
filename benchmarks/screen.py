"""How well the screen of all pairs foretells D, and the curves of its shares.

    python benchmarks/screen.py FOLDER [--pairs N] [--fit] [--json FILE]

FOLDER holds documents of any readable kind (parts of laws as tables of provisions are quick). All their
pairs, or N drawn ones, are compared in full without intervals, and screened as the batch does. Printed are
Spearman's rho with a 90 % bootstrap interval over documents (pairs share documents), and the mean absolute
difference of screen and coverage. ``--fit`` prints the points of ``fragcheck/align/data/screening.toml`` by
least squares, rising, from the probabilities that full comparisons give each unit of having a counterpart,
and what curves fitted on one half of the documents reach on the pairs of the other.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import nnls
from scipy.stats import spearmanr
from threadpoolctl import threadpool_limits

from fragcheck.align import distinct_units
from fragcheck.align.coverage import ShareCurve, screen_values, share_curves
from fragcheck.align.screening import ACROSS_SHARE, VECTOR_GRID, ScreenSide, screen_side, shares_words
from fragcheck.batch import read_source
from fragcheck.diverge import DivergenceSettings
from fragcheck.nlp.encoder import load_encoder
from fragcheck.pipeline import analyse_file, compare_sides, compared_side
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.store import default_store

DRAWS = 500
HALVES = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Best similarities of both sides' units, what full comparison says of them, and D with its coverage."""

    places: tuple[int, int]
    has_words: bool
    similarities: tuple[np.ndarray, np.ndarray]
    counterparts: tuple[np.ndarray, np.ndarray]
    value: float
    coverage: float


def best_similarities(left: ScreenSide, right: ScreenSide) -> tuple[bool, tuple[np.ndarray, np.ndarray]]:
    has_words = shares_words(left.language, right.language)
    width = left.vectors.shape[1] if has_words else left.across
    first, second = (side.vectors[:, :width].astype(np.float32) / VECTOR_GRID for side in (left, right))
    product = first @ second.T / (1.0 if has_words else ACROSS_SHARE)
    return has_words, (product.max(axis=1), product.max(axis=0))


def measured_pairs(folder: str, count: int | None) -> list[Pair]:
    encoder = RememberingEncoder(load_encoder())
    analyses = [analyse_file(entry.path, store=default_store()) for entry in read_source(folder).entries]
    analyses.sort(key=lambda analysis: analysis.document.id)
    sides = [compared_side(analysis) for analysis in analyses]
    units = [distinct_units(analysis) for analysis in analyses]
    seen = [screen_side(found, encoder, ()) for found in units]
    settings = dataclasses.replace(DivergenceSettings.default(), draws=0)
    places = [
        pair for pair in itertools.combinations(range(len(units)), 2) if units[pair[0]] and units[pair[1]]
    ]
    random.Random(0).shuffle(places)
    pairs = []
    for i, j in places[:count]:
        found = compare_sides(sides[i], sides[j], settings, encoder)
        missing = [{unit.key: 1.0 for unit in units[place]} for place in (i, j)]
        for match in (*found.matches, *found.near):
            if match.probability >= settings.match_floor:
                missing[0][match.left_key] *= 1.0 - match.probability
                missing[1][match.right_key] *= 1.0 - match.probability
        has_words, similarities = best_similarities(seen[i], seen[j])
        counterparts = tuple(1.0 - np.array(list(side.values())) for side in missing)
        components = found.overall.components
        pairs.append(
            Pair((i, j), has_words, similarities, counterparts, found.overall.value, components.coverage)
        )
    return pairs


def screened(pairs: Sequence[Pair], curves: tuple[ShareCurve, ShareCurve]) -> np.ndarray:
    values = []
    for pair in pairs:
        curve = curves[0 if pair.has_words else 1]
        covered = [np.array([curve(side * curve.scale).sum()]) for side in pair.similarities]
        totals = [np.array([float(len(side))]) for side in pair.similarities]
        values.append(screen_values(tuple(totals), tuple(covered))[0][0])
    return np.array(values)


def rho(pairs: Sequence[Pair], screens: np.ndarray) -> tuple[float, float, float]:
    """Spearman's rho of screen and D, with its 90 % interval over redrawn documents."""
    values = np.array([pair.value for pair in pairs])
    places = np.array([pair.places for pair in pairs])
    rng, drawn = np.random.default_rng(0), []
    for _ in range(DRAWS):
        counts = np.bincount(rng.integers(0, places.max() + 1, places.max() + 1), minlength=places.max() + 1)
        times = counts[places[:, 0]] * counts[places[:, 1]]
        drawn.append(spearmanr(np.repeat(screens, times), np.repeat(values, times)).statistic)
    return float(spearmanr(screens, values).statistic), *(
        float(end) for end in np.nanquantile(drawn, [0.05, 0.95])
    )


def fitted(pairs: Sequence[Pair]) -> tuple[ShareCurve, ShareCurve]:
    """Rising points by least squares, at the similarities of the curves that are packaged."""
    curves = []
    for curve, has_words in zip(share_curves(), (True, False), strict=True):
        chosen = [pair for pair in pairs if pair.has_words is has_words]
        at = curve.similarities
        if not chosen:
            curves.append(curve)
            continue
        x = np.concatenate([side for pair in chosen for side in pair.similarities])
        y = np.concatenate([side for pair in chosen for side in pair.counterparts])
        # The last point is set: the same words are a counterpart.
        steps = np.stack([np.clip((x - a) / (b - a), 0, 1) for a, b in itertools.pairwise(at[:-1])], axis=1)
        shares = np.minimum(np.concatenate([[0.0], np.cumsum(nnls(steps, y)[0])]), 1.0)
        curves.append(ShareCurve(at, (*shares.tolist(), 1.0), curve.scale))
    return curves[0], curves[1]


def held_out(pairs: Sequence[Pair]) -> float:
    """Mean rho on pairs of one half of the documents with curves fitted on those of the other."""
    count = 1 + max(max(pair.places) for pair in pairs)
    found = []
    for seed in range(HALVES):
        half = np.random.default_rng(seed).permutation(count) < count // 2
        ours = [pair for pair in pairs if half[list(pair.places)].all()]
        theirs = [pair for pair in pairs if not half[list(pair.places)].any()]
        screens = screened(theirs, fitted(ours))
        found.append(spearmanr(screens, [pair.value for pair in theirs]).statistic)
    return float(np.mean(found))


def figures(pairs: Sequence[Pair]) -> dict[str, object]:
    screens = screened(pairs, share_curves())
    coverage = np.array([pair.coverage for pair in pairs])
    result: dict[str, object] = {"pairs": len(pairs)}
    for name, chosen in (("all", (True, False)), ("within a language", (True,)), ("across", (False,))):
        places = [k for k, pair in enumerate(pairs) if pair.has_words in chosen]
        if len(places) > 2:
            value, low, high = rho([pairs[k] for k in places], screens[places])
            result[f"rho, {name}"] = [round(value, 3), round(low, 3), round(high, 3)]
    result["mean absolute difference of screen and coverage"] = round(
        float(np.abs(screens - coverage).mean()), 4
    )
    result["mean difference"] = round(float((screens - coverage).mean()), 4)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("--pairs", type=int)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with threadpool_limits(1):
        pairs = measured_pairs(arguments.folder, arguments.pairs)
        result = figures(pairs)
        if arguments.fit:
            for name, curve in zip(("within", "across"), fitted(pairs), strict=True):
                result[f"fitted {name}"] = [round(share, 3) for share in curve.shares]
            result["rho, curves of the other half"] = round(held_out(pairs), 3)
    for name, value in result.items():
        print(f"{name:<50} {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
