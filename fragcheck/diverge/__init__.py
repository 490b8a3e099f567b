"""How far two documents are apart, who is stricter, and who already complies with whom."""

from __future__ import annotations

from fragcheck.diverge.corpus import corpus_summary
from fragcheck.diverge.interoperability import interoperability
from fragcheck.diverge.pair import diverge, pair_seed
from fragcheck.diverge.remeasure import measure_pair, remeasure
from fragcheck.diverge.sensitivity import SensitivitySettings, sensitivity
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.shares import divergence_shares
from fragcheck.diverge.strictness import strictness
from fragcheck.diverge.weights import OVERALL

__all__ = [
    "OVERALL",
    "DivergenceSettings",
    "SensitivitySettings",
    "corpus_summary",
    "diverge",
    "divergence_shares",
    "interoperability",
    "measure_pair",
    "pair_seed",
    "remeasure",
    "sensitivity",
    "strictness",
]
