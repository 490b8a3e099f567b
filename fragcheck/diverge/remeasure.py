"""Measuring a pair, and measuring it again under other weights and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fragcheck.diverge.interoperability import interoperability
from fragcheck.diverge.pair import diverge, pair_seed
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.records import Gap, Match, PairResult, Unit

__all__ = ["measure_pair", "remeasure"]


def measure_pair(
    ids: tuple[str, str],
    units: tuple[Sequence[Unit], Sequence[Unit]],
    matches: tuple[Sequence[Match], Sequence[Match]],
    gaps: Sequence[Gap] = (),
    settings: DivergenceSettings | None = None,
    *,
    seed: int = 0,
    opposed: Sequence[Match] = (),
) -> PairResult:
    """Return everything that is measured of two documents.

    Parameters
    ----------
    ids : (str, str)
        Left and right. ``#2`` and the like, which tell repeated documents apart, move no draw.
    units : (sequence of Unit, sequence of Unit)
    matches : (sequence of Match, sequence of Match)
        The matches and the near misses.
    gaps : sequence of Gap
    settings : DivergenceSettings, optional
    seed : int
        Of the run.
    opposed : sequence of Match
        Candidates of opposite polarity; they are kept and enter no figure.

    Raises
    ------
    ComparisonError
        Where a match names a unit that its side does not have.
    """
    settings = settings or DivergenceSettings.default()
    first, second = (name.split("#", 1)[0] for name in ids)
    drawn = pair_seed(first, second, seed)
    candidates = (*matches[0], *matches[1])
    overall, principles = diverge(*units, candidates, settings, seed=drawn, sampling_seed=seed)
    forth, back = interoperability(*units, candidates, settings, seed=drawn)
    return PairResult(
        left=ids[0],
        right=ids[1],
        overall=overall,
        principles=principles,
        left_satisfies_right=forth,
        right_satisfies_left=back,
        matches=tuple(matches[0]),
        gaps=tuple(gaps),
        left_units=tuple(units[0]),
        right_units=tuple(units[1]),
        near=tuple(matches[1]),
        opposed=tuple(opposed),
    )


def remeasure(pair: PairResult, settings: DivergenceSettings, *, seed: int = 0) -> PairResult:
    """Return the pair under other weights and thresholds, without reading or aligning anew.

    The result is that of a run with these settings; `seed` is the run's.
    """
    found = measure_pair(
        (pair.left, pair.right),
        (pair.left_units, pair.right_units),
        (pair.matches, pair.near),
        pair.gaps,
        settings,
        seed=seed,
        opposed=pair.opposed,
    )
    return replace(found, is_one_work=pair.is_one_work)
