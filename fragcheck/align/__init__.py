"""Which provisions of two documents speak of the same: candidates, probabilities, matches."""

from __future__ import annotations

from fragcheck.align.candidates import align
from fragcheck.align.matching import match_units
from fragcheck.align.relation import relate
from fragcheck.align.units import distinct_units

__all__ = ["align", "distinct_units", "match_units", "relate"]
