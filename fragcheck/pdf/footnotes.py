"""Footnotes: small print at the foot of a page or column that begins with a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fragcheck.records import Line, LineRole

__all__ = ["mark_footnotes", "running_size"]

#: Footnotes are set at most at this share of the running text's size.
SMALL = 0.93
_MARK = re.compile(r"^(?:\(?\d{1,3}\)?|[*†‡§]{1,3}|\(\*+\)|[①-⑳]|\[\d{1,3}\])(?:\s|$|[A-Z\"“‘«(])")


def running_size(lines: Sequence[Line]) -> float:
    """Font size of most characters of the running text in points, 0 without text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.role is LineRole.BODY:
            sizes[round(line.font_size * 2) / 2] += len(line.text)
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 0.0


def mark_footnotes(lines: Sequence[Line]) -> list[Line]:
    """Give the footnote role.

    Parameters
    ----------
    lines : sequence of Line
        Lines of all pages, in reading order, furniture already marked.

    Returns
    -------
    list of Line
        The same lines in the same order, some with another role.
    """
    marked = list(lines)
    size = running_size(lines)
    groups: dict[tuple[int, int], list[int]] = {}
    for index, line in enumerate(lines):
        if line.role is LineRole.BODY:
            groups.setdefault((line.page, line.column), []).append(index)
    carried = False
    for _, indices in sorted(groups.items()):
        notes = _notes(lines, indices, size, carried=carried)
        carried = bool(notes)
        for index in notes:
            marked[index] = replace(marked[index], role=LineRole.FOOTNOTE)
    return marked


def _notes(lines: Sequence[Line], indices: list[int], size: float, *, carried: bool) -> list[int]:
    """Indices of the footnote lines of one column."""
    ordered = sorted(indices, key=lambda index: lines[index].bbox[1])
    cut = len(ordered)
    while cut and lines[ordered[cut - 1]].font_size <= SMALL * size:
        cut -= 1
    small = ordered[cut:]
    if not small or cut == 0:
        return []
    if carried and _parted(lines, ordered, cut):
        return small
    for place, index in enumerate(small):
        if _begins_note(lines[index]):
            return small[place:]
    return []


def _begins_note(line: Line) -> bool:
    raised = bool(line.superscript_spans) and line.superscript_spans[0][0] <= 1
    return raised or bool(_MARK.match(line.text))


def _parted(lines: Sequence[Line], ordered: list[int], cut: int) -> bool:
    """Whether the small print stands off from the text above by more than a line."""
    above, below = lines[ordered[cut - 1]], lines[ordered[cut]]
    return below.bbox[1] - above.bbox[3] > 0.6 * below.font_size
