"""A comparison as a plain table for a terminal: one row a pair, one column a principle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from fragcheck.pipeline.standing import flags_of
from fragcheck.records import Comparison, Divergence, Flag, Status
from fragcheck.report.cautions import FLAG_WORDS
from fragcheck.taxonomy import load_taxonomy

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
        A head, two lines a pair (value, interval), a legend, and which documents are not laws in force in
        their authentic text; ends with a line feed. Documents are called after their files.
    """
    names = {
        name: _name(analysis.document.path)
        for name, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }
    columns = _columns(comparison)
    rows = [["", *columns]]
    for pair in comparison.pairs:
        values = [_value(divergence) for divergence in (pair.overall, *pair.principles)]
        intervals = [_interval(divergence) for divergence in (pair.overall, *pair.principles)]
        rows += [[names[pair.left], *values], [f"{_GAP}{names[pair.right]}", *intervals]]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([*lines, "", _LEGEND, *_points(columns), *_cautions(comparison, names)]) + "\n"


def _columns(comparison: Comparison) -> list[str]:
    return ["overall", *(divergence.principle for divergence in comparison.pairs[0].principles)]


def _points(columns: Sequence[str]) -> list[str]:
    """What the columns of control points are, whose names do not say it."""
    points = [name for name in load_taxonomy("sovereignty").ids if name in columns]
    return [f"{', '.join(points)}: control over them (sovereignty)"] if points else []


def _cautions(comparison: Comparison, names: Mapping[str, str]) -> list[str]:
    """One line for every way in which documents are not laws in force in their authentic text."""
    flags = flags_of(comparison)
    found = {flag: [names[one] for one, its_flags in flags.items() if flag in its_flags] for flag in Flag}
    lines = [f"{_GAP}{FLAG_WORDS[flag]}: {', '.join(those)}" for flag, those in found.items() if those]
    works = [f"{names[pair.left]}, {names[pair.right]}" for pair in comparison.pairs if pair.is_one_work]
    lines += [f"{_GAP}one instrument in two languages: {those}" for those in works]
    return ["Compare with care:", *lines] if lines else []


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
