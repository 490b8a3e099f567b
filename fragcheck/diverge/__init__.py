"""How far two documents are apart, who is stricter, and who already complies with whom."""

from __future__ import annotations

from fragcheck.diverge.corpus import corpus_summary, pairs_of_one_force
from fragcheck.diverge.harmonise import harmonisation_path
from fragcheck.diverge.interoperability import interoperability
from fragcheck.diverge.pair import diverge, pair_seed
from fragcheck.diverge.profile import binding_force, concentration, coverage_profile, document_units
from fragcheck.diverge.remeasure import measure_pair, remeasure
from fragcheck.diverge.sensitivity import SensitivitySettings, sensitivity
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.shares import divergence_shares
from fragcheck.diverge.strictness import pair_strictness, strictness
from fragcheck.diverge.weights import OVERALL

__all__ = [
    "OVERALL",
    "DivergenceSettings",
    "SensitivitySettings",
    "binding_force",
    "concentration",
    "corpus_summary",
    "coverage_profile",
    "diverge",
    "divergence_shares",
    "document_units",
    "harmonisation_path",
    "interoperability",
    "measure_pair",
    "pair_seed",
    "pair_strictness",
    "pairs_of_one_force",
    "remeasure",
    "sensitivity",
    "strictness",
]
