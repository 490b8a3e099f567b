"""A comparison as a plain table for a terminal: one row a pair, one column a principle."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from fragcheck.records import Comparison, Divergence, Status

__all__ = ["comparison_table"]

#: What stands behind a value that must be read with care.
_MARKS = {Status.OK: "", Status.FEW_PROVISIONS: "+", Status.ONE_SILENT: "*"}
_LEGEND = "D in [0, 1], 90 % interval below   + few provisions   * one side silent   - no evidence"
_GAP = "  "
_NAME_WIDTH = 32


def comparison_table(comparison: Comparison) -> str:
    """Return the divergence of all pairs as lines of text.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    str
        A head, two lines a pair (value, interval) and a legend; ends with a line feed.
        Documents are called after their files.
    """
    names = {
        name: _name(analysis.document.path)
        for name, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }
    rows = [["", *_columns(comparison)]]
    for pair in comparison.pairs:
        values = [_value(divergence) for divergence in (pair.overall, *pair.principles)]
        intervals = [_interval(divergence) for divergence in (pair.overall, *pair.principles)]
        rows += [[names[pair.left], *values], [f"{_GAP}{names[pair.right]}", *intervals]]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([*lines, "", _LEGEND]) + "\n"


def _columns(comparison: Comparison) -> list[str]:
    first = comparison.pairs[0]
    return ["overall", *(divergence.principle for divergence in first.principles)]


def _name(path: str) -> str:
    stem = Path(path).stem
    return stem if len(stem) <= _NAME_WIDTH else stem[: _NAME_WIDTH - 3] + "..."


def _value(divergence: Divergence) -> str:
    if divergence.value is None:
        return "-"
    return f"{divergence.value:.2f}{_MARKS.get(divergence.status, '')}"


def _interval(divergence: Divergence) -> str:
    if divergence.value is None or divergence.low is None or divergence.high is None:
        return ""
    return f"{divergence.low:.2f}-{divergence.high:.2f}"


def _line(row: list[str], widths: list[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return _GAP.join(cells).rstrip()
