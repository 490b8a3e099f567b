"""The tree of units: which rows are numbers, headings and text of which unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fragcheck.records import ProvisionKind
from fragcheck.segment.grammar import Closing, Grammar, Level
from fragcheck.segment.labels import LabelReader, Reading, looks_like_heading
from fragcheck.segment.lattice import Decision, decide
from fragcheck.segment.quotations import Quotation
from fragcheck.segment.rows import Layout, Row

__all__ = ["Fragment", "Unit", "build"]

_CAPTION = re.compile(r"[（(〔【][^（）()]{1,60}[)）〕】]")
_HEADING_ROWS = 7
_SHORT = 100
#: Rank up to which named levels are divisions: parts, chapters, sections of chapters.
_DIVISION = 40
#: Odds below which a row carries on the one before it.
_WRAPPED = -1.0


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters ``start:end`` of a row."""

    row: int
    start: int
    end: int


@dataclass(slots=True)
class Unit:
    """A unit under construction; `name` is what it is called where it has no level."""

    level: Level | None
    kind: ProvisionKind
    name: str = ""
    reading: Reading | None = None
    parent: Unit | None = None
    label: list[Fragment] = field(default_factory=list)
    heading: list[Fragment] = field(default_factory=list)
    text: list[Fragment] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    is_quoted: bool = False
    row: int = 0
    text_indent: float | None = None

    @property
    def is_list(self) -> bool:
        """Whether it is an item of an enumeration."""
        return self.level is not None and self.level.is_list


class _Builder:
    def __init__(
        self,
        reader: LabelReader,
        grammar: Grammar,
        rows: Sequence[Row],
        layout: Layout,
    ) -> None:
        self.reader = reader
        self.grammar = grammar
        self.rows = rows
        self.layout = layout
        self.units: list[Unit] = []
        self.stack: list[Unit] = []
        self.taken: set[int] = set()

    def open(self, unit: Unit, depth: int) -> Unit:
        del self.stack[depth:]
        unit.parent = self.stack[-1] if self.stack else None
        if unit.parent is not None:
            unit.parent.children.append(unit)
        self.stack.append(unit)
        self.units.append(unit)
        return unit

    def current(self, row: int) -> Unit:
        if not self.stack:
            name = "preamble" if not self.units else "other"
            kind = ProvisionKind.PREAMBLE if not self.units else ProvisionKind.OTHER
            self.open(Unit(None, kind, name, row=row), 0)
        return self.stack[-1]


def build(
    reader: LabelReader,
    grammar: Grammar,
    rows: Sequence[Row],
    layout: Layout,
    *,
    aside: Mapping[int, str],
    headings: Mapping[int, int],
    quotations: Sequence[Quotation],
) -> list[Unit]:
    """Units in document order, every row of text in exactly one.

    Parameters
    ----------
    reader : LabelReader
    grammar : Grammar
    rows : sequence of Row
    layout : Layout
    aside : mapping of int to str
        Rows that are set apart before labels are read (tables of contents), with the name of their unit.
    headings : mapping of int to int
        Rows at which a heading by its type begins, with the number of its rows.
    quotations : sequence of Quotation
        Stretches of text of other laws.
    """
    builder = _Builder(reader, grammar, rows, layout)
    closings = _closings(grammar, rows, aside)
    quoted = {index: quotation for quotation in quotations for index in range(quotation.start, quotation.end)}
    starts = {row for row in aside if row - 1 not in aside}
    free = [
        row for row in rows if (row.index not in aside or row.index in starts) and row.index not in quoted
    ]
    breaks = {row: True for row in headings if row not in aside}
    breaks.update(dict.fromkeys((*closings, *starts), False))
    decisions = _by_row(decide(reader, grammar, free, breaks))
    position = 0
    while position < len(rows):
        quotation = quoted.get(position)
        if quotation is not None:
            _quotation(builder, quotation)
            position = quotation.end
            continue
        if position in aside:
            _set_aside(builder, position, aside[position])
        elif position not in builder.taken:
            _row(builder, position, decisions, closings, headings)
        position += 1
    _captions(builder)
    return builder.units


def _closings(grammar: Grammar, rows: Sequence[Row], aside: Mapping[int, str]) -> dict[int, Closing]:
    return {
        row.index: closing
        for row in rows
        if row.index not in aside and row.odds > -1.0
        for closing in grammar.closings
        if closing.pattern.search(row.text)
    }


def _by_row(decisions: Sequence[Decision]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.row, []).append(decision)
    return found


def _set_aside(builder: _Builder, row: int, name: str) -> None:
    last = builder.units[-1] if builder.units else None
    if last is None or last.name != name or last.level is not None:
        last = builder.open(Unit(None, ProvisionKind.OTHER, name, row=row), 0)
        builder.stack.clear()
    last.text.append(Fragment(row, 0, len(builder.rows[row].text)))


def _row(
    builder: _Builder,
    row: int,
    decisions: Mapping[int, list[Decision]],
    closings: Mapping[int, Closing],
    headings: Mapping[int, int],
) -> None:
    made = decisions.get(row, [])
    labels = [decision for decision in made if decision.reading is not None]
    if labels:
        _labelled(builder, labels, decisions)
    elif made and row in closings:
        unit = builder.open(Unit(None, ProvisionKind.OTHER, closings[row].name, row=row), 0)
        unit.text.append(Fragment(row, 0, len(builder.rows[row].text)))
    elif made:
        _headed(builder, made[0], headings[row])
    else:
        _running(builder, row)


def _headed(builder: _Builder, decision: Decision, count: int) -> None:
    unit = builder.open(Unit(None, ProvisionKind.OTHER, "heading", row=decision.row), decision.depth)
    for index in range(decision.row, decision.row + count):
        unit.heading.append(Fragment(index, 0, len(builder.rows[index].text)))
        builder.taken.add(index)


def _kind(level: Level, parent: Unit | None, grammar: Grammar) -> ProvisionKind:
    """Kind of a unit: that of its level, lowered until it is below its parent's."""
    ancestors = set()
    above = parent
    while above is not None:
        if above.level is not None:
            ancestors.add(above.level.name)
        above = above.parent
    kind = next((kind for name, kind in level.kind_under if name in ancestors), level.kind)
    if not level.is_list or parent is None or not parent.is_list or kind not in grammar.depths:
        return kind
    if parent.kind in grammar.depths:
        lowest = min(grammar.depths.index(parent.kind) + 1, len(grammar.depths) - 1)
        return grammar.depths[max(grammar.depths.index(kind), lowest)]
    return kind


def _labelled(
    builder: _Builder,
    labels: Sequence[Decision],
    decisions: Mapping[int, list[Decision]],
    *,
    is_quotation: bool = False,
) -> None:
    """Open the units of a row, and of the rows that the headings in it run into."""
    offset = labels[0].reading.start if labels[0].reading else 0
    row = labels[0].row
    unit: Unit | None = None
    queue = list(labels)
    while queue:
        decision = queue.pop(0)
        reading = decision.reading
        if reading is None:
            continue
        if unit is not None and (reading.row, reading.start) > (row, offset):
            _extend(builder, unit, (row, offset), (reading.row, reading.start))
        elif unit is None and reading.start > 0 and not is_quotation:
            _leading(builder, row, reading.start)
        parent = builder.stack[decision.depth - 1] if 0 < decision.depth <= len(builder.stack) else None
        kind = _kind(reading.level, parent, builder.grammar)
        unit = builder.open(
            Unit(reading.level, kind, reading.level.name, reading, row=reading.row), decision.depth
        )
        start = 0 if is_quotation and reading is labels[0].reading else reading.start
        label = Fragment(reading.row, start, reading.end)
        is_title = not reading.core and not reading.level.is_list and kind is ProvisionKind.PART
        (unit.heading if is_title else unit.label).append(label)
        if reading.heading:
            unit.heading.extend(_fragments(builder, (reading.row, reading.end), reading.after))
        row, offset = reading.after
        if row > reading.row:
            builder.taken.update(range(reading.row + 1, row))
            queue.extend(
                other for other in decisions.get(row, []) if other.reading and other.reading.start > 0
            )
    if unit is not None:
        _rest(builder, unit, row, offset)


def _leading(builder: _Builder, row: int, end: int) -> None:
    """What stands before the first label of a row: a quotation mark or a dash."""
    if builder.rows[row].text[:end].strip():
        builder.current(row).text.append(Fragment(row, 0, end))


def _fragments(builder: _Builder, start: tuple[int, int], end: tuple[int, int]) -> list[Fragment]:
    found = []
    for index in range(start[0], end[0] + 1):
        first = start[1] if index == start[0] else 0
        last = end[1] if index == end[0] else len(builder.rows[index].text)
        if builder.rows[index].text[first:last].strip():
            found.append(Fragment(index, first, last))
    return found


def _extend(builder: _Builder, unit: Unit, start: tuple[int, int], end: tuple[int, int]) -> None:
    unit.text.extend(_fragments(builder, start, end))


def _rest(builder: _Builder, unit: Unit, row: int, offset: int) -> None:
    """The rest of a label's row, as heading or text, and the heading on the rows that follow."""
    builder.taken.add(row)
    text = builder.rows[row].text
    level = unit.level
    has_rest = bool(text[offset:].strip())
    forms = level.heading if level is not None else ()
    if has_rest and "rest" in forms and _rest_is_heading(builder, unit, row, offset):
        unit.heading.append(Fragment(row, offset, len(text)))
        _continued_heading(builder, unit, row)
        return
    if has_rest:
        unit.text.append(Fragment(row, offset, len(text)))
        return
    if level is not None and not unit.heading and ("line" in forms or "short" in forms):
        _following_heading(builder, unit, row, is_short_enough="short" in forms or level.rank < _DIVISION)


def _rest_is_heading(builder: _Builder, unit: Unit, row: int, offset: int) -> bool:
    here = builder.rows[row]
    rest = here.text[offset:].strip()
    level = unit.level
    if level is None or (level.rank < _DIVISION and not level.is_heading):
        return not rest.endswith((".", ";")) or len(rest) < _SHORT
    follower = builder.rows[row + 1] if row + 1 < len(builder.rows) else None
    if looks_like_heading(here, builder.layout) and len(rest) < 200:
        return follower is None or follower.odds > _WRAPPED or _same_type(here, follower)
    ends = re.search(r"[.;:,。；：，]$", rest) is not None
    return len(rest) < _SHORT and not ends and (follower is None or follower.odds > 1.0)


def _same_type(left: Row, right: Row) -> bool:
    return (
        left.is_bold == right.is_bold
        and left.is_italic == right.is_italic
        and abs(left.size - right.size) < 0.4
    )


def _continued_heading(builder: _Builder, unit: Unit, row: int) -> None:
    """Further rows of a heading that began on the row of the label."""
    here = builder.rows[row]
    if not (looks_like_heading(here, builder.layout) or here.is_centred):
        _wrapped_heading(builder, unit, row)
        return
    for index in range(row + 1, min(row + _HEADING_ROWS, len(builder.rows))):
        other = builder.rows[index]
        apart = looks_like_heading(other, builder.layout) or other.is_centred
        if (
            not apart
            or not _same_type(here, other)
            or not _is_close(builder, index)
            or _is_label(builder, index)
        ):
            return
        unit.heading.append(Fragment(index, 0, len(other.text)))
        builder.taken.add(index)


def _wrapped_heading(builder: _Builder, unit: Unit, row: int) -> None:
    """Rows that the heading of a division runs over where its type does not show it."""
    for index in range(row + 1, min(row + 3, len(builder.rows))):
        is_division = unit.level is not None and unit.level.rank < _DIVISION
        if not is_division or builder.rows[index].odds > _WRAPPED or _is_label(builder, index):
            return
        unit.heading.append(Fragment(index, 0, len(builder.rows[index].text)))
        builder.taken.add(index)


def _is_label(builder: _Builder, index: int) -> bool:
    found = builder.reader.at(index)
    return any(reading.odds + builder.rows[index].odds > 1.0 for reading in found)


def _is_close(builder: _Builder, index: int) -> bool:
    before, here = builder.rows[index - 1], builder.rows[index]
    return before.page != here.page or here.bbox[1] - before.bbox[1] < 2.1 * max(here.size, 1.0)


def _following_heading(builder: _Builder, unit: Unit, row: int, *, is_short_enough: bool) -> None:
    """The heading on the rows behind a label that stands alone."""
    first: Row | None = None
    for index in range(row + 1, min(row + 1 + _HEADING_ROWS, len(builder.rows))):
        here = builder.rows[index]
        if _is_label(builder, index):
            return
        if first is None:
            if not _opens_heading(builder, index, is_short_enough=is_short_enough):
                return
            first = here
        elif not (_same_type(first, here) and _is_set_apart(builder, here) and _is_close(builder, index)):
            return
        unit.heading.append(Fragment(index, 0, len(here.text)))
        builder.taken.add(index)


def _is_set_apart(builder: _Builder, row: Row) -> bool:
    is_italic = row.is_italic and not builder.layout.is_italic
    return looks_like_heading(row, builder.layout) or is_italic or row.is_centred


def _opens_heading(builder: _Builder, index: int, *, is_short_enough: bool) -> bool:
    here = builder.rows[index]
    if _is_set_apart(builder, here):
        return True
    follower = builder.rows[index + 1] if index + 1 < len(builder.rows) else None
    if (
        not is_short_enough
        or len(here.text) > _SHORT
        or re.search(r"[.;:,]$", here.text)
        or here.text[:1].islower()
    ):
        return False
    return follower is not None and (follower.odds > 1.5 or _is_label(builder, index + 1))


def _running(builder: _Builder, row: int) -> None:
    """A row of running text: it goes to the open unit, or to the one that introduced the list it follows."""
    here = builder.rows[row]
    unit = builder.current(row)
    if unit.is_list and here.odds > 1.0:
        unit = _after_list(builder, unit, here)
    elif unit.text_indent is None and here.odds < 0.5 and here.page == builder.rows[row - 1].page:
        unit.text_indent = here.indent
    unit.text.append(Fragment(row, 0, len(here.text)))


def _after_list(builder: _Builder, unit: Unit, row: Row) -> Unit:
    """The unit that a new paragraph behind an item belongs to, judged by how far it is indented."""
    hang = _hanging(builder, unit)
    if hang is None or row.indent > hang - 3 or row.is_centred:
        return unit
    candidate: Unit | None = unit.parent
    while candidate is not None and candidate.is_list:
        indent = _hanging(builder, candidate)
        if indent is None or row.indent > indent - 3:
            break
        candidate = candidate.parent
    if candidate is None or not candidate.text:
        return unit
    while builder.stack and builder.stack[-1] is not candidate:
        builder.stack.pop()
    return candidate


def _hanging(builder: _Builder, unit: Unit) -> float | None:
    """Indent of the text of an item: its own, that of its kind elsewhere, or that of its label."""
    if unit.text_indent is not None:
        return unit.text_indent
    label = builder.rows[unit.row].indent
    for other in reversed(builder.units[-60:]):
        if other.level is unit.level and other.text_indent is not None:
            return label + other.text_indent - builder.rows[other.row].indent
    return label


def _quotation(builder: _Builder, quotation: Quotation) -> None:
    """Units of a stretch of another law, inside the unit that quotes it."""
    rows = [builder.rows[index] for index in range(quotation.start, quotation.end)]
    decisions = _by_row(decide(builder.reader, builder.grammar, rows, {}, is_quotation=True))
    base = len(builder.stack)
    host = builder.current(quotation.start)
    base = max(base, 1)
    first = len(builder.units)
    for row in rows:
        if row.index in builder.taken:
            continue
        made = [
            Decision(decision.reading, decision.row, decision.depth + base)
            for decision in decisions.get(row.index, [])
        ]
        if made:
            _labelled(builder, made, decisions, is_quotation=True)
        elif row.index == quotation.start or builder.stack[-1] is host:
            builder.open(Unit(None, ProvisionKind.SUBPARAGRAPH, "quotation", row=row.index), base)
            builder.stack[-1].text.append(Fragment(row.index, 0, len(row.text)))
        else:
            builder.stack[-1].text.append(Fragment(row.index, 0, len(row.text)))
    for unit in builder.units[first:]:
        unit.is_quoted = True
    del builder.stack[base:]


def _captions(builder: _Builder) -> None:
    """Headings on the row before the label: "（目的）" or a bold line before "1."."""
    holders = {fragment.row: unit for unit in builder.units for fragment in unit.text}
    for unit in builder.units:
        forms = unit.level.heading if unit.level else ()
        if unit.heading or not ({"caption", "before_line"} & set(forms)):
            continue
        row = unit.row - 1
        while row in holders and holders[row].text[-1] == Fragment(row, 0, len(builder.rows[row].text)):
            if not _is_caption(builder, builder.rows[row], forms):
                break
            unit.heading.insert(0, holders[row].text.pop())
            row -= 1
    builder.units[:] = [unit for unit in builder.units if not _is_void(unit)]


def _is_caption(builder: _Builder, row: Row, forms: Sequence[str]) -> bool:
    if "caption" in forms and _CAPTION.fullmatch(row.text):
        return True
    if "before_line" not in forms or row.text.endswith((".", ";", ":", ",", "—")):
        return False
    is_apart = looks_like_heading(row, builder.layout) or (row.is_italic and not builder.layout.is_italic)
    return is_apart and len(row.text) < _SHORT


def _is_void(unit: Unit) -> bool:
    return not (unit.label or unit.heading or unit.text or unit.children)
