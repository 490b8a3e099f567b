"""Odds that a row begins something, given what is open before it."""

from __future__ import annotations

import re
from typing import NamedTuple

from fragcheck.segment.grammar import DIVISION, Level
from fragcheck.segment.labels import Reading
from fragcheck.segment.ordinals import Value, is_first
from fragcheck.segment.rows import Row

__all__ = ["Frame", "is_bare", "is_opening", "odds_of_start"]

#: Odds that a row begins a paragraph where the heading before it filled its row.
_BEHIND_HEADING = 2.0
#: What a first number set further right than the line before adds, and how far that is (points).
_FIRST_INSET = 2.0
_INSET = 3.0
#: A line whose text hangs behind its label, so that the lines behind it stand further right.
_LABELLED = re.compile(r"[(（]?[^\W_]{1,4}[)）.]\s")


class Frame(NamedTuple):
    """An open unit: level, number, row and setting, and where the text behind its heading begins.

    `mark` is index of the level (-1 for none) and number: what two open units have to share to be alike.
    `is_item` tells an item of an enumeration; the search asks it far more often than it opens a unit.
    """

    level: Level | None
    value: Value
    row: int
    indent: float
    size: float
    mark: tuple[int, Value]
    after: tuple[int, int] = (-1, 0)
    is_item: bool = False


def odds_of_start(frame: Frame | None, before: Row | None, row: Row, reading: Reading) -> float:
    """Log-odds that `row` begins something with the label `reading`.

    Parameters
    ----------
    frame : Frame or None
        The innermost open unit.
    before, row : Row
        The row before, if there is one, and the row itself.
    reading : Reading

    Returns
    -------
    float
        Those of the layout, raised right behind a heading or title, and where a first number stands
        further right than the line before: a line that wraps hardly begins so.
    """
    if before is not None and before.page == row.page and before.column == row.column:
        is_inset = row.indent > before.indent + _INSET and _LABELLED.match(before.text) is None
        if is_inset and reading.level.is_list and is_first(reading.value):
            return row.odds + _FIRST_INSET
    if frame is None:
        return row.odds
    is_titled = frame.level is not None and {"rest", "line"} & set(frame.level.heading)
    is_division = frame.level is not None and frame.level.rank < DIVISION and is_titled
    is_short = before is not None and not before.is_full
    is_behind_title = is_division and frame.row == row.index - 1 and (is_short or not reading.level.is_list)
    return max(row.odds, _BEHIND_HEADING) if is_behind_title or frame.after == (row.index, 0) else row.odds


def is_bare(frame: Frame) -> bool:
    """Whether an open unit is no item of an enumeration."""
    return not frame.is_item


def is_opening(level: Level, value: Value, parent: Frame | None) -> bool:
    """Whether an enumeration of `level` under `parent` may begin with `value`."""
    if level.is_prefixed:
        return parent is not None and parent.value == value[:-1] and value[-1] == 1
    return not value or value in {(1,), (level.first,)}
