"""A comparison as documents for people: writers are pure functions from records to bytes.

Names are loaded at their first use (PEP 562): who asks for one does not import what all others need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fragcheck.first_use import loaded_at_first_use

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

__getattr__, __dir__ = loaded_at_first_use(__name__, _NAMES)
