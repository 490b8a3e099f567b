"""A comparison as documents for people: writers are pure functions from records to bytes."""

from __future__ import annotations

from fragcheck.report.page import comparison_page
from fragcheck.report.paper import comparison_paper
from fragcheck.report.workbook import comparison_workbook

__all__ = ["comparison_page", "comparison_paper", "comparison_workbook"]
