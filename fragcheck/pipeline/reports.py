"""A comparison as a report: a workbook, a page, a paper, tables for programs."""

from __future__ import annotations

from collections.abc import Callable

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import InputError
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.standing import flags_of
from fragcheck.records import Comparison
from fragcheck.report import comparison_page, comparison_paper, comparison_workbook
from fragcheck.report.files import comparison_csv, comparison_parquet
from fragcheck.report.fonts import register_fonts
from fragcheck.report.together import Together
from fragcheck.synthesis import conflicts, strictest_common_set

__all__ = ["REPORTS", "check_report", "comparison_report"]

_Writer = Callable[[Comparison, DivergenceSettings, Together], bytes]

_WRITERS: dict[str, _Writer] = {
    "xlsx": comparison_workbook,
    "html": comparison_page,
    "pdf": comparison_paper,
    "csv": comparison_csv,
    "parquet": comparison_parquet,
}

#: Names of the forms. Those of ``csv`` and ``parquet`` are archives of files, one a table.
REPORTS = tuple(_WRITERS)


def check_report(form: str) -> None:
    """Raise before a long run what `comparison_report` would raise after it.

    Raises
    ------
    OptionalDependencyMissing
        Where the form needs an extra that is not installed.
    """
    if form == "pdf":
        register_fonts()


def comparison_report(comparison: Comparison, form: str) -> bytes:
    """Return a comparison as a file of the form `form`, one of `REPORTS`.

    Raises
    ------
    InputError
        For another form.
    OptionalDependencyMissing
        Where the form needs an extra that is not installed.
    """
    if form not in _WRITERS:
        raise InputError(f"a report can be {', '.join(REPORTS)}; {form} came")
    settings = settings_of(comparison.run)
    threshold = settings.match_threshold
    together = Together(
        tuple(conflicts(comparison.pairs)),
        tuple(strictest_common_set(comparison.pairs, comparison.document_ids, threshold=threshold)),
        flags_of(comparison),
    )
    return _WRITERS[form](comparison, settings, together)
