"""What only says that a table goes on: its head printed again, and notes such as "continued on next page"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from fragcheck.pdf.roles import BODY, TABLE, with_role
from fragcheck.records import Line, LineRole

__all__ = ["mark_continuations"]

#: How many lines at the head and at the foot of a page are looked at.
EDGE_LINES = 4
#: Cells of one row begin within this height (points); a head has at least so many letters.
ROW_PT = 3.0
HEAD_LETTERS = 8


@cache
def _notes() -> re.Pattern[str]:
    data = tomllib.loads((files("fragcheck.pdf") / "continued.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in data["notes"]), re.IGNORECASE)


def mark_continuations(lines: Sequence[Line]) -> list[Line]:
    """Mark repeated table heads and notes of continuation as header or footer.

    Parameters
    ----------
    lines : sequence of Line
        Lines of all pages in reading order, furniture already marked.

    Returns
    -------
    list of Line
        The same lines in the same order, some with another role.
    """
    marked = list(lines)
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.role is BODY or line.role is TABLE:
            pages.setdefault(line.page, []).append(index)
    for indices in pages.values():
        for part, role in ((indices[:EDGE_LINES], LineRole.HEADER), (indices[-EDGE_LINES:], LineRole.FOOTER)):
            for index in part:
                if _notes().search(lines[index].text):
                    marked[index] = with_role(marked[index], role)
    for page, indices in pages.items():
        head = _first_row(lines, indices)
        before = _rows(lines, pages.get(page - 1, []))
        if head and tuple(lines[index].text for index in head) in before:
            for index in head:
                marked[index] = with_role(marked[index], LineRole.HEADER)
    return marked


def _first_row(lines: Sequence[Line], indices: list[int]) -> list[int]:
    """The cells of the first table row of a page, if that row is among its first lines."""
    cells = [index for index in indices[: 2 * EDGE_LINES] if lines[index].role is TABLE]
    row = [index for index in cells if abs(lines[index].bbox[1] - lines[cells[0]].bbox[1]) <= ROW_PT]
    letters = sum(character.isalpha() for index in row for character in lines[index].text)
    return row if len(row) > 1 and letters >= HEAD_LETTERS else []


def _rows(lines: Sequence[Line], indices: list[int]) -> set[tuple[str, ...]]:
    """Texts of the table rows of a page, as far as their cells begin at one height."""
    rows: dict[int, list[str]] = {}
    for index in indices:
        if lines[index].role is TABLE:
            rows.setdefault(round(lines[index].bbox[1]), []).append(lines[index].text)
    return {tuple(texts) for texts in rows.values()}
