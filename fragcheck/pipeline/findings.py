"""What `compare` prints beside the divergences: who is stricter, what moves the ranks."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from fragcheck.diverge import DivergenceSettings, pair_strictness, sensitivity
from fragcheck.pipeline.figures import figure, figures
from fragcheck.records import Comparison, Interoperability, PairResult, Residual, RunInfo, Sensitivity
from fragcheck.records.codec import decode

__all__ = ["duties_json", "sensitivity_json", "settings_of", "strictness_json"]

Json = dict[str, Any]

#: Characters of a title that a sentence quotes.
_TITLE = 60


def settings_of(run: RunInfo) -> DivergenceSettings:
    """The weights and thresholds that a run was measured with."""
    return decode(DivergenceSettings, json.loads(dict(run.settings)["divergence"]))


def strictness_json(pair: PairResult, names: tuple[str, str], settings: DivergenceSettings) -> Json:
    """Who is stricter, by principle and ``overall``, each in one sentence; silent pairs are left out."""
    left, right = (textwrap.shorten(name, _TITLE, placeholder="…") or "the document" for name in names)
    found: Json = {}
    for divergence in (pair.overall, *pair.principles):
        if divergence.value is None:
            continue
        verdict = pair_strictness(pair, settings, principle=divergence.principle, names=(left, right))
        found[divergence.principle] = {
            "stricter": None if verdict.stricter is None else verdict.stricter.value,
            "likelihood": figure(verdict.likelihood),
            "net": figure(verdict.net),
            "n_shared": verdict.n_shared,
            "n_left_stricter": verdict.n_left_stricter,
            "n_right_stricter": verdict.n_right_stricter,
            "sentence": verdict.sentence,
            "left": verdict.left,
            "right": verdict.right,
        }
    return found


def duties_json(result: Interoperability) -> list[Json]:
    """The residual duties of one direction, each with what it lacks."""
    return [_duty(duty) for duty in result.duties]


def _duty(duty: Residual) -> Json:
    return {
        "eid": duty.eid,
        "key": duty.key,
        "weight": figure(duty.weight),
        "reasons": list(duty.reasons),
        "counterpart": duty.counterpart_eid,
        "counterpart_key": duty.counterpart_key,
    }


def sensitivity_json(comparison: Comparison) -> Json:
    """How values and ranks move with weights and thresholds, by principle."""
    found = sensitivity(comparison.pairs, settings_of(comparison.run), seed=comparison.run.seed)
    return {one.principle: _sensitivity(one) for one in found}


def _sensitivity(one: Sensitivity) -> Json:
    names = ("value", "low", "high", "rank", "rank_low", "rank_high")
    return {
        "draws": one.draws,
        "rank_correlation": figure(one.rank_correlation),
        "rank_correlation_low": figure(one.rank_correlation_low),
        "pairs": [{"left": pair.left, "right": pair.right, **figures(pair, names)} for pair in one.pairs],
    }
