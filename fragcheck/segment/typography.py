"""Headings that only their type sets apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fragcheck.segment.rows import Layout, Row

__all__ = ["heading_blocks"]

_MOST_ROWS = 3
_LONGEST = 160
#: Characters from which a line that ends in a full stop is a sentence and no heading.
_SENTENCE = 60
_BULLET = re.compile(r"[•·●○◦▪■□◆▶►☞※✓✔*]")
_LETTER = re.compile(r"[^\W\d_]")


def heading_blocks(rows: Sequence[Row], layout: Layout) -> dict[int, int]:
    """First rows of headings set larger or bolder than the body, each with its number of rows.

    A block of more than three rows or 160 characters is emphasised text and no heading; one
    that ends in a semicolon or comma is part of a sentence.
    """
    found: dict[int, int] = {}
    position = 0
    while position < len(rows):
        if not _is_set_apart(rows[position], layout) or rows[position].odds < 0.5:
            position += 1
            continue
        end = position + 1
        while end < len(rows) and _continues(rows[end - 1], rows[end], layout):
            end += 1
        block = rows[position:end]
        text = " ".join(row.text for row in block)
        follower = rows[end] if end < len(rows) else None
        if (
            len(block) <= _MOST_ROWS
            and len(text) <= _LONGEST
            and _is_title(text)
            and not (text[:1].islower() and rows[position].size < 1.08 * layout.size)
            and not _runs_on(block[-1], follower)
        ):
            found[rows[position].index] = len(block)
        position = end
    return found


def _is_set_apart(row: Row, layout: Layout) -> bool:
    if row.is_table:
        return False
    return row.size >= max(1.08 * layout.size, layout.size + 0.8) or (row.is_bold and not layout.is_bold)


def _continues(before: Row, row: Row, layout: Layout) -> bool:
    same = abs(row.size - before.size) < 0.4 and row.is_bold == before.is_bold and row.page == before.page
    return same and _is_set_apart(row, layout) and row.bbox[1] - before.bbox[1] < 1.8 * max(row.size, 1.0)


def _runs_on(last: Row, follower: Row | None) -> bool:
    """Whether the line goes on in the next one: emphasis at the start of a paragraph."""
    if follower is None or follower.page != last.page:
        return False
    if follower.text[:1].islower():
        return True
    if abs(follower.size - last.size) > 0.4:
        return False
    is_near = follower.bbox[1] - last.bbox[1] < 1.45 * max(last.size, 1.0)
    return is_near and last.is_full


def _is_title(text: str) -> bool:
    if _BULLET.match(text) or (len(text) > _SENTENCE and text.endswith((".", "。", "다"))):
        return False
    return len(_LETTER.findall(text)) > 1 and not text.endswith((";", ",", "；", "，"))
