"""Printed line numbers of bills: a column of counting numbers at the left edge, apart or glued on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fragcheck.pdf.fragments import Fragment
from fragcheck.pdf.rows import Row

__all__ = ["split_line_numbers"]

#: A page shows line numbers if so many of its rows count on, one by one.
MIN_ROWS = 8
MIN_SHARE = 0.6
#: A document shows them if so many of its pages with text do; a single page needs `LONE_ROWS`.
MIN_PAGES = 0.5
LONE_ROWS = 15
ALIGNED_PT = 4.0
_NUMBER = re.compile(r"^(\d{1,4})(?:\s+(?=\S)|$)")


@dataclass(frozen=True, slots=True)
class _Number:
    row: int
    value: int
    length: int
    x0: float
    x1: float


def split_line_numbers(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Take printed line numbers out of their rows.

    Parameters
    ----------
    pages : sequence of list of Row
        Rows of each page in reading order.

    Returns
    -------
    list of list of Row
        The same rows; where the document numbers its lines, each number is a row of its own before its line,
        with `is_line_number` set.
    """
    found = [_numbers_of(rows) for rows in pages]
    with_text = sum(1 for rows in pages if len(rows) >= MIN_ROWS)
    numbered = sum(1 for numbers in found if numbers)
    lone = len(pages) == 1 and len(found[0]) >= LONE_ROWS
    if not lone and (numbered < 2 or numbered < MIN_PAGES * with_text):
        return [list(rows) for rows in pages]
    return [_split(rows, numbers) for rows, numbers in zip(pages, found, strict=True)]


def _numbers_of(rows: list[Row]) -> list[_Number]:
    """Numbers at the left edge that count on from row to row; none where too few do."""
    numbers = [number for index, row in enumerate(rows) if (number := _number(index, row)) is not None]
    if len(numbers) < MIN_ROWS:
        return []
    best: list[_Number] = []
    for side in ("x1", "x0"):
        for anchor in sorted({round(getattr(number, side)) for number in numbers}):
            aligned = [number for number in numbers if abs(getattr(number, side) - anchor) <= ALIGNED_PT]
            if len(aligned) > len(best) and _counts_on(aligned):
                best = aligned
    enough = len(best) >= max(MIN_ROWS, MIN_SHARE * sum(1 for row in rows if not row.in_table))
    return best if enough else []


def _number(index: int, row: Row) -> _Number | None:
    first = row.fragments[0]
    match = _NUMBER.match(first.text) if first.text[:1].isdigit() else None
    if match is None or row.in_table or row.column:
        return None
    share = len(match.group(1)) / max(len(first.text), 1)
    return _Number(
        index, int(match.group(1)), len(match.group()), first.x0, first.x0 + share * (first.x1 - first.x0)
    )


def _counts_on(numbers: list[_Number]) -> bool:
    """Whether nearly every number is one more than the one above."""
    steps = [after.value - before.value for before, after in pairwise(numbers)]
    return sum(step == 1 for step in steps) >= 0.85 * len(steps)


def _split(rows: list[Row], numbers: list[_Number]) -> list[Row]:
    by_row = {number.row: number for number in numbers}
    parts: list[Row] = []
    for index, row in enumerate(rows):
        number = by_row.get(index)
        if number is None:
            parts.append(row)
            continue
        first = row.fragments[0]
        label = replace(first, text=str(number.value), x1=number.x1)
        parts.append(Row([label], row.column, is_line_number=True))
        rest = [*_remainder(first, number), *row.fragments[1:]]
        if rest:
            parts.append(Row(rest, row.column, row.marks, row.in_table))
    return parts


def _remainder(first: Fragment, number: _Number) -> list[Fragment]:
    text = first.text[number.length :]
    if not text:
        return []
    share = number.length / len(first.text)
    return [replace(first, text=text, x0=first.x0 + share * (first.x1 - first.x0), space_before=0)]
