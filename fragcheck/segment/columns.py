"""Rows whose column says which unit they belong to: versions side by side, cells that a page cuts in two."""

from __future__ import annotations

import re

from fragcheck.segment.rows import Row
from fragcheck.segment.units import Builder, Unit

__all__ = ["carried_cell", "version_of"]

#: Units that are looked through for the owner of a cell.
_NEAR = 80
_ENDS = re.compile(r"[.;:!?。；：！？][)”’\"»]*$")


def version_of(builder: Builder, unit: Unit, row: Row) -> Unit:
    """Among versions of a text that stand side by side, the one in whose column a row stands.

    A page ends both versions at once, so the next page begins with the rest of the first.
    """
    if unit.level is None or not unit.level.is_version or unit.parent is None:
        return unit
    if builder.rows[unit.row].column == row.column:
        return unit
    beside = [other for other in unit.parent.children if builder.rows[other.row].column == row.column]
    return beside[-1] if beside else unit


def carried_cell(builder: Builder, index: int) -> Unit | None:
    """The unit whose cell of a table goes on at the top of the next page, None where `index` is no such row.

    A row is such where only rows of cells that were cut stand above it on its page, and the last
    row of its column on the page before does not end a sentence.
    """
    here = builder.rows[index]
    if not here.is_table or here.text[:1].isupper():
        return None
    first = index
    while first > 0 and builder.rows[first - 1].page == here.page:
        first -= 1
        if first not in builder.carried and builder.rows[first].column != here.column:
            return None
    last = next(
        (
            row
            for row in reversed(builder.rows[:first])
            if row.page < here.page - 1 or (row.is_table and row.column == here.column)
        ),
        None,
    )
    if last is None or last.page != here.page - 1:
        return None
    is_cut = all(other in builder.carried for other in range(first, index)) and not _ENDS.search(last.text)
    owner = _owner(builder, last.index) if is_cut else None
    if owner is not None:
        builder.carried.add(index)
    return owner


def _owner(builder: Builder, row: int) -> Unit | None:
    for unit in reversed(builder.units[-_NEAR:]):
        if any(fragment.row == row for fragment in (*unit.text, *unit.heading)):
            return unit
    return None
