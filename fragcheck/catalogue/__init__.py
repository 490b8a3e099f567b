"""The catalogue room: real instruments, their official copies, and the sample corpus.

Names are loaded at their first use (PEP 562): who asks for one does not import what all others need.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fragcheck.catalogue.download import FetchLimits, fetch
    from fragcheck.catalogue.instruments import Catalogue, Instrument, load_catalogue
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
    "fetch",
    "load_catalogue",
    "sample_paths",
    "sample_truth",
]

_NAMES = {
    "download": ("FetchLimits", "fetch"),
    "instruments": ("Catalogue", "Instrument", "load_catalogue"),
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
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
