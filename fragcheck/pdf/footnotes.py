"""Footnotes: small print at the foot of a page or column that begins with a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from fragcheck.pdf.engine import Floats
from fragcheck.pdf.roles import BODY, with_role
from fragcheck.records import Line, LineRole

__all__ = ["mark_footnotes", "running_size"]

#: Footnotes are set at most at this share of the running text's size.
SMALL = 0.93
#: A legend at the foot without mark or rule has at most so many lines.
LEGEND_LINES = 5
#: Length of a rule above footnotes in points.
RULE_PT = (25.0, 220.0)
_NO_RULES: Floats = np.zeros((0, 4))
_MARK = re.compile(r"^(?:\(?\d{1,3}\)?|[*†‡§]{1,3}|\(\*+\)|[①-⑳]|\[\d{1,3}\])(?:\s|$|[A-Z\"“‘«(])")


def running_size(lines: Sequence[Line]) -> float:
    """Font size of most characters of the running text in points, 0 without text."""
    exact: dict[float, int] = {}
    for line in lines:
        if line.role is BODY:
            exact[line.font_size] = exact.get(line.font_size, 0) + len(line.text)
    sizes: Counter[float] = Counter()
    for size, letters in exact.items():
        sizes[round(size * 2) / 2] += letters
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 0.0


def mark_footnotes(lines: Sequence[Line], rules: Mapping[int, Floats]) -> list[Line]:
    """Give the footnote role.

    Parameters
    ----------
    lines : sequence of Line
        Lines of all pages, in reading order, furniture already marked.
    rules : mapping of int to array of float, shape (n, 4)
        Horizontal ruling lines of each page, by page number.

    Returns
    -------
    list of Line
        The same lines in the same order, some with another role.
    """
    marked = list(lines)
    size = running_size(lines)
    groups: dict[tuple[int, int], list[int]] = {}
    for index, line in enumerate(lines):
        if line.role is BODY:
            groups.setdefault((line.page, line.column), []).append(index)
    last_page = max((line.page for line in lines), default=0)
    carried = False
    for (page, _), indices in sorted(groups.items()):
        column = _Column(lines, sorted(indices, key=lambda index: lines[index].bbox[1]), size)
        notes = column.notes(rules.get(page, _NO_RULES), carried=carried)
        carried = bool(notes)
        if not notes and page != last_page:
            notes = column.legend()
        for index in notes:
            marked[index] = with_role(marked[index], LineRole.FOOTNOTE)
    return marked


class _Column:
    """The body lines of one column of a page, from top to bottom."""

    def __init__(self, lines: Sequence[Line], ordered: list[int], size: float) -> None:
        self.lines = lines
        self.ordered = ordered
        self.cut = len(ordered)
        while self.cut and self._is_small(lines[ordered[self.cut - 1]], size):
            self.cut -= 1

    @staticmethod
    def _is_small(line: Line, size: float) -> bool:
        """Small print, or a line of ornaments that stands for a rule."""
        return line.font_size <= SMALL * size or not any(character.isalnum() for character in line.text)

    def _gap(self) -> float:
        """Free space above the small print, in multiples of its size; 0 where there is none."""
        if not 0 < self.cut < len(self.ordered):
            return 0.0
        above, below = self.lines[self.ordered[self.cut - 1]], self.lines[self.ordered[self.cut]]
        return (below.bbox[1] - above.bbox[3]) / max(below.font_size, 1.0)

    def legend(self) -> list[int]:
        """A few lines of small print that stand off from the text."""
        small = self.ordered[self.cut :]
        return small if self._gap() > 1.2 and len(small) <= LEGEND_LINES else []

    def notes(self, rules: Floats, *, carried: bool) -> list[int]:
        """Indices of the footnote lines: small print at the foot, from a mark or a rule on."""
        small = self.ordered[self.cut :]
        if not small or self.cut == 0:
            return []
        if carried and self._gap() > 0.6:
            return small
        for place, index in enumerate(small):
            if self._begins(index, small[place - 1] if place else self.ordered[self.cut - 1], rules):
                return small[place:]
        return []

    def _begins(self, index: int, before: int, rules: Floats) -> bool:
        line, above = self.lines[index], self.lines[before]
        raised = bool(line.superscript_spans) and line.superscript_spans[0][0] <= 1
        ornament = not any(character.isalnum() for character in line.text)
        return raised or ornament or bool(_MARK.match(line.text)) or _ruled_off(above, line, rules)


def _ruled_off(above: Line, below: Line, rules: Floats) -> bool:
    """Whether a short rule at the left edge parts two lines."""
    for x0, y0, x1, _ in rules.tolist():
        between = above.bbox[3] - 2.0 <= y0 <= below.bbox[1] + 2.0
        if between and abs(x0 - below.bbox[0]) < 20.0 and RULE_PT[0] <= x1 - x0 <= RULE_PT[1]:
            return True
    return False
