"""The catalogue room: real instruments, their official copies, and the sample corpus."""

from __future__ import annotations

from fragcheck.catalogue.sample import SampleTruth, sample_paths, sample_truth

__all__ = ["SampleTruth", "sample_paths", "sample_truth"]
