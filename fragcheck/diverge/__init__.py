"""How far two documents are apart, who is stricter, and who already complies with whom."""

from __future__ import annotations

from fragcheck.diverge.corpus import corpus_summary
from fragcheck.diverge.interoperability import interoperability
from fragcheck.diverge.pair import OVERALL, diverge, pair_seed
from fragcheck.diverge.settings import DivergenceSettings

__all__ = ["OVERALL", "DivergenceSettings", "corpus_summary", "diverge", "interoperability", "pair_seed"]
