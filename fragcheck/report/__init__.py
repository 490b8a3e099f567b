"""A comparison as documents for people: writers are pure functions from records to bytes.

Names are loaded at their first use (PEP 562): who asks for one does not import what all others need.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fragcheck.report.page import comparison_page
    from fragcheck.report.paper import comparison_paper
    from fragcheck.report.workbook import comparison_workbook

__all__ = ["comparison_page", "comparison_paper", "comparison_workbook"]

_NAMES = {
    "page": ("comparison_page",),
    "paper": ("comparison_paper",),
    "workbook": ("comparison_workbook",),
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
