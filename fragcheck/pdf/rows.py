"""Fragments of one region to rows by their baselines, raised and lowered marks put where they belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from fragcheck.pdf.fragments import Fragment

__all__ = ["Row", "rows_of"]

#: Baselines closer than this make one row (in ems of the smaller).
SAME_ROW_EM = 0.3
#: A fragment at most this much of its neighbour's size, and shifted, is a raised or lowered mark.
MARK_SIZE = 0.86
NUMBER_MARK_SIZE = 0.95
MARK_LENGTH = 12
#: A footnote's mark may stand this far to the left of its text (in ems).
LABEL_REACH_EM = 5.0
_place = attrgetter("baseline", "x0")


@dataclass(slots=True)
class Row:
    """Fragments on one baseline, from left to right."""

    fragments: list[Fragment]
    column: int = 0
    marks: list[Fragment] = field(default_factory=list)
    in_table: bool = False
    is_line_number: bool = False

    @property
    def main(self) -> Fragment:
        """Its longest fragment."""
        if len(self.fragments) == 1:
            return self.fragments[0]
        return max(self.fragments, key=_length)


def _length(fragment: Fragment) -> int:
    return len(fragment.text)


def _baseline(row: Row) -> float:
    """Baseline of its longest fragment."""
    fragments = row.fragments
    return fragments[0].baseline if len(fragments) == 1 else row.main.baseline


def rows_of(fragments: Iterable[Fragment], column: int) -> list[Row]:
    """Rows of one region from top to bottom, raised and lowered marks put into the row they belong to.

    Parameters
    ----------
    fragments : iterable of Fragment
        All fragments of the region.
    column : int
        Index of its column.
    """
    rows: list[Row] = []
    baseline, size = float("-inf"), 0.0
    for fragment in sorted(fragments, key=_place):
        if fragment.baseline - baseline <= SAME_ROW_EM * min(fragment.size, size):
            rows[-1].fragments.append(fragment)
        else:
            rows.append(Row([fragment], column))
        baseline, size = fragment.baseline, fragment.size
    rows = _with_marks(rows)
    several = [row for row in rows if len(row.fragments) > 1]
    for row in several:
        row.fragments.sort(key=lambda item: (item.x0, item.x1))
    return sorted(rows, key=_baseline) if several else rows


def _with_marks(rows: list[Row]) -> list[Row]:
    """Move small shifted fragments into the row they stand in."""
    kept: list[Row] = []
    sizes = [fragment.size for row in rows for fragment in row.fragments]
    largest = max(sizes, default=0.0)
    small = NUMBER_MARK_SIZE * largest
    if min(sizes, default=0.0) > small:
        return rows
    for index, row in enumerate(rows):
        for fragment in row.fragments:
            if fragment.size <= small and len(fragment.text) <= MARK_LENGTH:
                break
        else:
            kept.append(row)
            continue
        hosts = [rows[near] for near in (index + 1, index - 1, index + 2, index - 2) if 0 <= near < len(rows)]
        homeless = [fragment for fragment in row.fragments if not _placed(fragment, hosts)]
        if homeless:
            row.fragments[:] = homeless
            kept.append(row)
    return kept


def _placed(mark: Fragment, hosts: list[Row]) -> bool:
    if mark.count > MARK_LENGTH:
        return False
    for host in hosts:
        for fragment in host.fragments:
            if _stands_by(mark, fragment):
                host.fragments.append(mark)
                host.marks.append(mark)
                return True
    return False


def _stands_by(mark: Fragment, fragment: Fragment) -> bool:
    """Whether a small fragment overlaps the height of a larger one right beside it."""
    if mark.size > NUMBER_MARK_SIZE * fragment.size:
        return False
    raised_number = mark.text.isdigit() and mark.count <= 3 and mark.baseline < fragment.baseline
    if mark.size > MARK_SIZE * fragment.size and not raised_number:
        return False
    overlap = min(mark.y1, fragment.y1) - max(mark.y0, fragment.y0)
    if overlap < 0.4 * (mark.y1 - mark.y0):
        return False
    reach = LABEL_REACH_EM if mark.count <= 4 else 0.8
    return fragment.x0 - reach * fragment.size <= mark.x1 and mark.x0 <= fragment.x1 + 0.8 * fragment.size
