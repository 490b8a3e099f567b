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
#: What numbers of headings begin with; rows before a table that may be a cover.
_FIGURES = "0123456789§"
_COVER = 8


def contents_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Indices of the rows that belong to a table of contents.

    A table is a run of rows with leaders ("..... 12"), or a heading such as "Contents"
    with rows behind it most of which end in a page number or are printed again further on.
    """
    styles = load_styles()
    found: set[int] = set()
    keys: list[str] = []
    printed: list[str] = []
    position = 0
    while position < len(rows):
        text = rows[position].text.strip()
        is_heading = styles.contents_heading.match(text) is not None
        if is_heading or (text.endswith(":") and _leads(rows, position)):
            keys = keys or [_key(row.text) for row in rows]
            printed = printed or [_whole_key(row.text) for row in rows]
            end = _repeated(keys, printed, position + 1)
            if end > position + 1:
                found.update(range(position + (0 if is_heading else 1), end))
                position = end
                continue
        if not (is_heading or _is_led(rows[position].text[-_TAIL:])):
            position += 1
            continue
        start = position + 1 if is_heading else position
        end = _run(rows, start, is_headed=is_heading)
        if end > start:
            found.update(range(position, end))
            position = end
        else:
            position += 1
    return frozenset(found)


def _leads(rows: Sequence[Row], position: int) -> bool:
    """Whether a row ends a sentence that introduces a table of contents; it may begin on the row before."""
    said = " ".join(row.text.strip() for row in rows[max(position - 1, 0) : position + 1])
    return load_styles().contents_lead.search(said) is not None


def _key(text: str) -> str:
    """Letters and figures of a row, without the page number that a table of contents puts behind it."""
    return _letters(load_styles().contents_tail.sub("", text))


def _whole_key(text: str) -> str:
    """The key of a row; a last figure stays where the row may end in its own number ("Part 2")."""
    whole = _letters(text)
    return _key(text) if whole.startswith(tuple(_FIGURES)) else whole


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _repeated(keys: Sequence[str], printed: Sequence[str], start: int) -> int:
    """End of a run of rows from `start` that are headings printed again further on; `start` for none.

    The run ends where the first of the headings comes again, or what stands on the cover before the table.
    """
    bare = [_bare(key) for key in keys[start:]]
    counts = Counter(bare)
    later = sorted(set(bare))
    last_at = {form: start + offset for offset, form in enumerate(bare)}
    hits = misses = 0
    last = start
    opening = _Opening(printed[max(start - _COVER, 0) : start - 1], printed[start : start + 2])
    for index in range(start, len(keys)):
        key = keys[index]
        after = keys[index + 1] if index + 1 < len(keys) else ""
        goes_on = after.startswith(tuple(_FIGURES)) and last_at.get(_bare(after), 0) > index + 1
        if index > start + 1 and opening.comes_again(printed[index : index + 2], goes_on=goes_on):
            break
        if _is_printed_again(key, counts, later):
            hits, last, misses = hits + 1, index + 1, 0
            opening.see(printed[index])
        else:
            misses += 1
            if misses > _PATIENCE:
                break
    return last if hits >= _FEWEST and hits >= _REPEATED * (last - start) else start


class _Opening:
    """What the text behind a table of contents opens with: the cover's title, or the first of its headings.

    A heading without a number may stand over several parts: then one with a number follows that is still to
    come again.
    """

    def __init__(self, cover: Sequence[str], first: Sequence[str]) -> None:
        self._cover = frozenset(key for key in cover if _is_telling(key))
        self._first = list(first)
        self._numbered: list[str] = []
        self._plain: list[str] = []

    def see(self, key: str) -> None:
        """Keep a heading of the table."""
        if _is_telling(key):
            (self._numbered if key.startswith(tuple(_FIGURES)) else self._plain).append(key)

    def comes_again(self, keys: Sequence[str], *, goes_on: bool) -> bool:
        """Whether the rows with these keys open the text; `goes_on` where the next still comes again."""
        key = keys[0]
        if key in self._cover or (len(keys) > 1 and all(map(_is_same, keys, self._first))):
            return True
        if not _is_telling(key):
            return False
        if any(_is_same(key, other) for other in self._numbered[:2]):
            return True
        return not goes_on and any(_is_same(key, other) for other in self._plain[:2])


def _is_same(key: str, other: str) -> bool:
    """Whether two rows hold one heading, its page number and text behind it apart.

    "Chapter ii" is no more of "chapter i".
    """
    short, long = sorted((key, other), key=len)
    rest = long[len(short) :]
    is_page = rest.isdigit() and not short.endswith(tuple(_FIGURES))
    return long.startswith(short) and (not rest or is_page or len(rest) >= _LONG_KEY)


def _is_telling(key: str) -> bool:
    """Whether a heading is long enough for its repetition to mean something."""
    return len(key) >= (_LONG_KEY if key.isascii() else _LONG_KEY // 2)


def _bare(key: str) -> str:
    return key.lstrip(_FIGURES)


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
    """End of a run of lines of a table of contents from `start`, or `start` where there is none.

    One that `is_headed` need not begin with a leader.
    """
    styles = load_styles()
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
