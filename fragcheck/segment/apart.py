"""Parts of a file that are no part of the law: memoranda, reasons, financial statements, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from fragcheck.records import Tradition
from fragcheck.segment.grammar import ApartPart, Grammar, load_grammar, load_styles
from fragcheck.segment.labels import LabelReader
from fragcheck.segment.lattice import Decision, decide
from fragcheck.segment.rows import Layout, Row
from fragcheck.segment.typography import heading_blocks

__all__ = ["Apart", "ApartRows", "find_apart"]

#: Rows that a part has at least.
_FEWEST = 3
_CONTENTS = "contents"
#: Share of the rows that stand before a part behind the law.
_BEHIND = 0.3


@dataclass(frozen=True, slots=True)
class ApartRows:
    """Rows ``start:end`` of one part, named as in its eid; its heading ends at `title_end` of the first."""

    start: int
    end: int
    name: str
    title_end: int


@dataclass(frozen=True, slots=True)
class Apart:
    """The parts of a document, and how they are divided.

    Parameters
    ----------
    parts : tuple of ApartRows
    reader : LabelReader or None
        Of the grammar of reports; None where there are no parts.
    decisions : tuple of Decision
        Labels and headings in all parts, below the unit of their part.
    headings : mapping of int to int
        Rows at which a heading by its type begins, with the number of its rows.
    """

    parts: tuple[ApartRows, ...] = ()
    reader: LabelReader | None = None
    decisions: tuple[Decision, ...] = ()
    headings: Mapping[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> frozenset[int]:
        """Indices of all rows of the parts."""
        return frozenset(index for part in self.parts for index in range(part.start, part.end))

    @property
    def grammar(self) -> Grammar:
        """The grammar that parts are divided by."""
        return load_grammar(Tradition.STANDARD)


def find_apart(rows: Sequence[Row], layout: Layout, reader: LabelReader, taken: Set[int]) -> Apart:
    """The parts of a document that are no part of its law.

    Parameters
    ----------
    rows : sequence of Row
    layout : Layout
    reader : LabelReader
        Of the grammar of standards and reports, over all `rows`.
    taken : set of int
        Rows that are something else already; no part begins there.
    """
    parts = _parts(rows, taken)
    if not parts:
        return Apart()
    headings = heading_blocks(rows, layout)
    grammar = load_grammar(Tradition.STANDARD)
    decisions: list[Decision] = []
    kept: dict[int, int] = {}
    for part in parts:
        if part.name == _CONTENTS:
            continue
        inside = [row for row in rows[part.start + 1 : part.end] if row.index not in taken]
        titled = {row.index: headings[row.index] for row in inside if row.index in headings}
        found = decide(reader, grammar, inside, dict.fromkeys(titled, True))
        decisions.extend(Decision(each.reading, each.row, each.depth + 1) for each in found)
        kept.update(titled)
    return Apart(tuple(parts), reader, tuple(decisions), kept)


def _parts(rows: Sequence[Row], taken: Set[int]) -> list[ApartRows]:
    opens = load_styles().apart_opens
    found: list[ApartRows] = []
    position = 0
    while position < len(rows):
        is_free = position not in taken and not rows[position].is_table
        end = _end(rows, position) if is_free and opens.match(rows[position].text) else None
        if end is None:
            position += 1
            continue
        if found and found[-1].name == end.name and found[-1].end == end.start:
            found[-1] = replace(found[-1], name=_CONTENTS)  # its headings, printed before it
        found.append(end)
        position = end.end
    return found


def _end(rows: Sequence[Row], start: int) -> ApartRows | None:
    """The part that a row opens; None where it opens none."""
    for part in load_styles().apart:
        match = part.opens.match(rows[start].text)
        if match is None:
            continue
        end = _closed(rows, start, part)
        if end is not None and end - start >= _FEWEST:
            return ApartRows(start, end, part.name, match.end())
    return None


def _closed(rows: Sequence[Row], start: int, part: ApartPart) -> int | None:
    for index in range(start + 1, len(rows)):
        if part.closes is not None and part.closes.match(rows[index].text):
            return index
        if index > start + 1 and any(other.opens.match(rows[index].text) for other in load_styles().apart):
            return index if part.is_at_end and start > _BEHIND * len(rows) else None
    return len(rows) if part.is_at_end and start > _BEHIND * len(rows) else None
