"""The catalogue room: real instruments, their official copies, and the sample corpus."""

from __future__ import annotations

from fragcheck.catalogue.download import FetchLimits, fetch
from fragcheck.catalogue.instruments import Catalogue, Instrument, load_catalogue
from fragcheck.catalogue.sample import (
    SampleDocument,
    SampleGap,
    SampleProvision,
    SampleRelation,
    SampleTruth,
    sample_paths,
    sample_truth,
)

__all__ = [
    "Catalogue",
    "FetchLimits",
    "Instrument",
    "SampleDocument",
    "SampleGap",
    "SampleProvision",
    "SampleRelation",
    "SampleTruth",
    "fetch",
    "load_catalogue",
    "sample_paths",
    "sample_truth",
]
