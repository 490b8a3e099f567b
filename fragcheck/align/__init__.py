"""Which provisions of two documents speak of the same: candidates, probabilities, matches."""

from __future__ import annotations

from fragcheck.align.candidates import align

__all__ = ["align"]
