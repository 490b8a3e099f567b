"""Tables of contents: rows that repeat the headings with their pages and are no provisions."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from fragcheck.segment.grammar import load_styles
from fragcheck.segment.rows import Row

__all__ = ["contents_rows"]

#: Characters at the end of a row that hold its leader and page number.
_TAIL = 40
#: Marks that leaders are made of, and how many a leader has at least.
_LEADERS = ".…·․"
_FEWEST_MARKS = 2
#: Share of rows that must end in a page number for a table without leaders.
_SHARE = 0.5
#: Rows without a page number after which a table is over.
_PATIENCE = 3
#: Rows with leaders that make a table without a heading.
_FEWEST = 3
#: Share of rows that must be printed again for a table without page numbers; letters of a heading that tell.
_REPEATED = 0.6
_LONG_KEY = 6


def contents_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Indices of the rows that belong to a table of contents.

    A table is a run of rows with leaders ("..... 12"), or a heading such as "Contents"
    with rows behind it most of which end in a page number or are printed again further on.
    """
    styles = load_styles()
    found: set[int] = set()
    keys: list[str] = []
    position = 0
    while position < len(rows):
        text = rows[position].text.strip()
        is_heading = styles.contents_heading.match(text) is not None
        if is_heading or (text.endswith(":") and styles.contents_lead.search(text)):
            keys = keys or [_key(row.text) for row in rows]
            end = _repeated(keys, position + 1)
            if end > position + 1:
                found.update(range(position + (0 if is_heading else 1), end))
                position = end
                continue
        end = _run(rows, position + 1 if is_heading else position, is_headed=is_heading)
        start = position + 1 if is_heading else position
        if end > start:
            found.update(range(position, end))
            position = end
        else:
            position += 1
    return frozenset(found)


def _key(text: str) -> str:
    """Letters and figures of a row, without the page number that a table of contents puts behind it."""
    plain = load_styles().contents_tail.sub("", text)
    return "".join(char for char in plain.casefold() if char.isalnum())


def _repeated(keys: Sequence[str], start: int) -> int:
    """End of a run of rows from `start` that are headings printed again further on; `start` for none.

    The run ends where the first of the headings comes again.
    """
    bare = [_bare(key) for key in keys[start:]]
    counts = Counter(bare)
    later = sorted(set(bare))
    hits = misses = 0
    last = start
    seen: list[str] = []
    first = keys[start : start + 2]
    for index in range(start, len(keys)):
        key = keys[index]
        if index > start + 1 and keys[index : index + 2] == first:
            break
        if _is_telling(key) and any(key.startswith(other) or other.startswith(key) for other in seen[:2]):
            break
        if _is_printed_again(key, counts, later):
            hits, last, misses = hits + 1, index + 1, 0
            seen.extend([key] if _is_telling(key) else [])
        else:
            misses += 1
            if misses > _PATIENCE:
                break
    return last if hits >= _FEWEST and hits >= _REPEATED * (last - start) else start


def _is_telling(key: str) -> bool:
    """Whether a heading is long enough for its repetition to mean something."""
    return len(key) >= (_LONG_KEY if key.isascii() else _LONG_KEY // 2)


def _bare(key: str) -> str:
    return key.lstrip("0123456789§")


def _is_printed_again(key: str, counts: Mapping[str, int], later: Sequence[str]) -> bool:
    """Whether a heading stands again in a row of its own, whatever its number, or runs into another row."""
    form = _bare(key)
    if counts[form] > 1:
        return True
    place = bisect_left(later, form)
    if _is_telling(form) and any(other.startswith(form) for other in later[place + 1 : place + 2]):
        return True
    return any(_is_telling(other) and form.startswith(other) for other in later[max(place - 2, 0) : place])


def _is_led(tail: str) -> bool:
    """Whether a row ends in a leader, with or without a page number; few rows hold enough of its marks."""
    if max(map(tail.count, _LEADERS)) < _FEWEST_MARKS:
        return False
    return load_styles().contents_line.search(tail) is not None


def _run(rows: Sequence[Row], start: int, *, is_headed: bool) -> int:
    """End of a run of lines of a table of contents from `start`, or `start` where there is none."""
    styles = load_styles()
    if not is_headed and (start >= len(rows) or not _is_led(rows[start].text[-_TAIL:])):
        return start
    leaders = tails = misses = 0
    last = start
    for index in range(start, len(rows)):
        text = rows[index].text[-_TAIL:]
        if _is_led(text):
            leaders, last, misses = leaders + 1, index + 1, 0
        elif is_headed and leaders == 0 and styles.contents_tail.search(text):
            tails, last, misses = tails + 1, index + 1, 0
        else:
            misses += 1
            if misses > _PATIENCE:
                break
    enough = leaders >= (1 if is_headed else _FEWEST) or (tails > 1 and tails >= _SHARE * (last - start))
    return last if enough else start
