"""Tables of contents: rows that repeat the headings with their pages and are no provisions."""

from __future__ import annotations

from collections.abc import Sequence

from fragcheck.segment.grammar import load_styles
from fragcheck.segment.rows import Row

__all__ = ["contents_rows"]

#: Characters at the end of a row that hold its leader and page number.
_TAIL = 40
#: Share of rows that must end in a page number for a table without leaders.
_SHARE = 0.5
#: Rows without a page number after which a table is over.
_PATIENCE = 3
#: Rows with leaders that make a table without a heading.
_FEWEST = 3


def contents_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Indices of the rows that belong to a table of contents.

    A table is a run of rows with leaders ("..... 12"), or a heading such as "Contents"
    with rows behind it most of which end in a page number.
    """
    styles = load_styles()
    found: set[int] = set()
    position = 0
    while position < len(rows):
        is_heading = styles.contents_heading.match(rows[position].text.strip()) is not None
        end = _run(rows, position + 1 if is_heading else position, is_headed=is_heading)
        start = position + 1 if is_heading else position
        if end > start:
            found.update(range(position, end))
            position = end
        else:
            position += 1
    return frozenset(found)


def _run(rows: Sequence[Row], start: int, *, is_headed: bool) -> int:
    """End of a run of lines of a table of contents from `start`, or `start` where there is none."""
    styles = load_styles()
    if not is_headed and (
        start >= len(rows) or styles.contents_line.search(rows[start].text[-_TAIL:]) is None
    ):
        return start
    leaders = tails = misses = 0
    last = start
    for index in range(start, len(rows)):
        text = rows[index].text[-_TAIL:]
        if styles.contents_line.search(text):
            leaders, last, misses = leaders + 1, index + 1, 0
        elif is_headed and leaders == 0 and styles.contents_tail.search(text):
            tails, last, misses = tails + 1, index + 1, 0
        else:
            misses += 1
            if misses > _PATIENCE:
                break
    enough = leaders >= (1 if is_headed else _FEWEST) or (tails > 1 and tails >= _SHARE * (last - start))
    return last if enough else start
