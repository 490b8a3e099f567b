"""Which provisions of two documents speak of the same: candidates, probabilities, matches."""

from __future__ import annotations

from fragcheck.align.candidates import align
from fragcheck.align.fields import compare_fields
from fragcheck.align.matching import MatchSettings, match_units, near_matches
from fragcheck.align.relation import relate
from fragcheck.align.units import distinct_units

__all__ = [
    "MatchSettings",
    "align",
    "compare_fields",
    "distinct_units",
    "match_units",
    "near_matches",
    "relate",
]
