"""The catalogue room: real instruments, their official copies, and the sample corpus.

Names are loaded at their first use (PEP 562): who asks for one does not import what all others need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fragcheck.first_use import loaded_at_first_use

if TYPE_CHECKING:
    from fragcheck.catalogue.commencing import commencing_as
    from fragcheck.catalogue.download import FetchLimits, fetch
    from fragcheck.catalogue.instruments import Catalogue, Instrument, load_catalogue
    from fragcheck.catalogue.recognition import recognised
    from fragcheck.catalogue.sample import (
        SampleDocument,
        SampleGap,
        SampleProvision,
        SampleRelation,
        SampleTruth,
        sample_truth,
    )
    from fragcheck.catalogue.sample_files import sample_paths

__all__ = [
    "Catalogue",
    "FetchLimits",
    "Instrument",
    "SampleDocument",
    "SampleGap",
    "SampleProvision",
    "SampleRelation",
    "SampleTruth",
    "commencing_as",
    "fetch",
    "load_catalogue",
    "recognised",
    "sample_paths",
    "sample_truth",
]

_NAMES = {
    "commencing": ("commencing_as",),
    "download": ("FetchLimits", "fetch"),
    "instruments": ("Catalogue", "Instrument", "load_catalogue"),
    "recognition": ("recognised",),
    "sample": (
        "SampleDocument",
        "SampleGap",
        "SampleProvision",
        "SampleRelation",
        "SampleTruth",
        "sample_truth",
    ),
    "sample_files": ("sample_paths",),
}

__getattr__, __dir__ = loaded_at_first_use(__name__, _NAMES)
