"""The tree of units: which rows are numbers, headings and text of which unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from fragcheck.records import ProvisionKind
from fragcheck.segment.apart import Apart, ApartRows
from fragcheck.segment.columns import carried_cell, version_of
from fragcheck.segment.grammar import Closing, Grammar, Level, load_styles
from fragcheck.segment.headings import take_captions, take_cross_headings, take_rest
from fragcheck.segment.labels import LabelReader
from fragcheck.segment.lattice import Decision, decide
from fragcheck.segment.quotations import Quotation
from fragcheck.segment.rows import Layout, Row
from fragcheck.segment.ruled import TableRows
from fragcheck.segment.stretches import Stretches
from fragcheck.segment.units import Builder, CellRows, Fragment, Unit

__all__ = ["build"]


def build(reader: LabelReader, rows: Sequence[Row], layout: Layout, found: Stretches) -> list[Unit]:
    """Units in document order, every row of text in exactly one.

    Parameters
    ----------
    reader : LabelReader
    rows : sequence of Row
    layout : Layout
    found : Stretches
        What is found before labels are read.
    """
    grammar, apart = reader.grammar, found.apart
    builder = Builder(reader, grammar, rows, layout)
    outside = apart.rows
    closings = _closings(grammar, rows, found.aside.keys() | outside)
    breaks = {row: True for row in found.headings if row not in found.aside and row not in outside}
    breaks.update(dict.fromkeys((*closings, *found.starts), False))
    decisions = _by_row([*decide(reader, grammar, found.free(rows), breaks), *apart.decisions])
    titles = found.titles
    quoted = {quotation.start: quotation for quotation in found.quotations}
    tabled = {table.start: table for table in found.tables.kept}
    superseded = {cell.fragments[0].row: cell for cell in found.tables.superseded}
    parts = {part.start: part for part in apart.parts}
    ends = {part.end for part in apart.parts}
    position = 0
    while position < len(rows):
        if position in ends:
            _leave(builder, reader, grammar)
        if position in parts:
            _enter(builder, parts[position], apart)
        if position in quoted:
            _quotation(builder, quoted[position])
            position = quoted[position].end
        elif position in tabled:
            _table(builder, tabled[position])
            position = tabled[position].end
        else:
            if position in superseded:
                _superseded(builder, superseded[position])
            elif position in found.aside:
                _set_aside(builder, position, found.aside[position])
            elif position not in builder.taken:
                _row(builder, position, decisions, closings, titles)
            position += 1
    take_captions(builder)
    take_cross_headings(builder)
    return [unit for unit in builder.units if not _is_void(unit)]


def _enter(builder: Builder, part: ApartRows, apart: Apart) -> None:
    """Open a part that is no part of the law; labels are read by the grammar of reports there."""
    for unit in builder.units:
        if unit.kind is ProvisionKind.PREAMBLE and not any(each.level for each in builder.units):
            unit.name = "cover"
    builder.is_apart = True
    if apart.reader is not None:
        builder.reader, builder.grammar = apart.reader, apart.grammar
    unit = builder.open(Unit(None, ProvisionKind.OTHER, part.name, row=part.start), 0)
    unit.heading.append(Fragment(part.start, 0, part.title_end))
    unit.text.extend(_fragments(builder, (part.start, part.title_end), (part.start + 1, 0)))
    builder.taken.add(part.start)


def _leave(builder: Builder, reader: LabelReader, grammar: Grammar) -> None:
    builder.is_apart = False
    builder.reader, builder.grammar = reader, grammar
    builder.stack.clear()


def _closings(grammar: Grammar, rows: Sequence[Row], aside: Set[int]) -> dict[int, Closing]:
    return {
        row.index: closing
        for row in rows
        if row.index not in aside and row.odds > -1.0
        for closing in grammar.closings
        if closing.pattern.search(row.text)
    }


def _table(builder: Builder, table: TableRows) -> None:
    """A table as a unit of its own under the open one; the caption above it is its heading."""
    unit = Unit(None, ProvisionKind.TABLE, "table", row=table.start, cells=table.cells)
    last = builder.units[-1] if builder.units else None
    if last is not None and last.name == "caption" and last.text[-1].row == table.start - 1:
        unit.heading = last.text
        builder.units.pop()
    unit.text = [fragment for cell in table.cells for fragment in cell.fragments]
    builder.beside(unit)


def _superseded(builder: Builder, cell: CellRows) -> None:
    """Text beside the law in a comparison table as a quoted unit of its own."""
    unit = Unit(None, ProvisionKind.OTHER, "version", row=cell.fragments[0].row, is_quoted=True)
    unit.text = list(cell.fragments)
    builder.beside(unit)
    builder.taken.update(fragment.row for fragment in cell.fragments)


def _by_row(decisions: Sequence[Decision]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.row, []).append(decision)
    return found


def _set_aside(builder: Builder, row: int, name: str) -> None:
    last = builder.units[-1] if builder.units else None
    if last is None or last.name != name or last.level is not None:
        last = builder.open(Unit(None, ProvisionKind.OTHER, name, row=row), 0)
        builder.stack.clear()
    last.text.append(Fragment(row, 0, len(builder.rows[row].text)))


def _row(
    builder: Builder,
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
        last = builder.stack[-1] if builder.stack else None
        if last is None or last.level is not None or last.name != closings[row].name:
            last = builder.open(Unit(None, ProvisionKind.OTHER, closings[row].name, row=row), 0)
        last.text.append(Fragment(row, 0, len(builder.rows[row].text)))
    elif made:
        _headed(builder, made[0], headings[row])
    else:
        _running(builder, row)


def _headed(builder: Builder, decision: Decision, count: int) -> None:
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
    builder: Builder,
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
        unit.is_quoted = reading.level.is_superseded
        start = 0 if is_quotation and reading is labels[0].reading else reading.start
        label = Fragment(reading.row, start, reading.end)
        is_title = not reading.core and not reading.level.is_list and kind is ProvisionKind.PART
        (unit.heading if is_title else unit.label).append(label)
        if reading.heading:
            unit.heading.extend(_fragments(builder, (reading.row, reading.end), reading.after))
        row, offset = reading.after
        builder.taken.update(range(reading.row + 1, row))
        if row > reading.row and offset > 0:
            queue.extend(
                other for other in decisions.get(row, []) if other.reading and other.reading.start > 0
            )
    if unit is not None and (offset > 0 or row == labels[0].row):
        take_rest(builder, unit, row, offset)


def _leading(builder: Builder, row: int, end: int) -> None:
    """What stands before the first label of a row: a quotation mark or a dash."""
    if builder.rows[row].text[:end].strip():
        builder.current(row).text.append(Fragment(row, 0, end))


def _fragments(builder: Builder, start: tuple[int, int], end: tuple[int, int]) -> list[Fragment]:
    found = []
    for index in range(start[0], end[0] + 1):
        first = start[1] if index == start[0] else 0
        last = end[1] if index == end[0] else len(builder.rows[index].text)
        if builder.rows[index].text[first:last].strip():
            found.append(Fragment(index, first, last))
    return found


def _extend(builder: Builder, unit: Unit, start: tuple[int, int], end: tuple[int, int]) -> None:
    unit.text.extend(_fragments(builder, start, end))


def _running(builder: Builder, row: int) -> None:
    """A row of running text: it goes to the open unit, or to the one that introduced the list it follows."""
    here = builder.rows[row]
    aside = _caption(builder, here) or carried_cell(builder, row)
    if aside is not None:
        aside.text.append(Fragment(row, 0, len(here.text)))
        return
    unit = version_of(builder, builder.current(row), here)
    if unit.is_list and here.odds > 1.0:
        unit = _after_list(builder, unit, here)
    elif unit.text_indent is None and here.odds < 0.5 and here.page == builder.rows[row - 1].page:
        unit.text_indent = here.indent
    unit.text.append(Fragment(row, 0, len(here.text)))


def _caption(builder: Builder, row: Row) -> Unit | None:
    """The caption of a figure or table that a row begins or carries on; it interrupts no unit."""
    last = builder.units[-1] if builder.units else None
    is_caption = last is not None and last.name == "caption" and last.text[-1].row == row.index - 1
    if is_caption and row.odds < 0.0:
        return last
    if row.odds < 0.0 or load_styles().caption.match(row.text) is None or not builder.stack:
        return None
    caption = Unit(None, ProvisionKind.OTHER, "caption", parent=builder.stack[-1], row=row.index)
    builder.units.append(caption)
    return caption


def _after_list(builder: Builder, unit: Unit, row: Row) -> Unit:
    """The unit that a new paragraph behind an item belongs to, judged by how far it is indented."""
    hang, indent = _hanging(builder, unit), _indent_of(builder, row)
    is_below = indent > builder.rows[unit.row].indent - 3
    if row.is_centred or (is_below and _is_title(builder, unit)):
        return unit
    if indent > hang - 3:
        return _introducer(builder, unit, row) if hang < builder.rows[unit.row].indent + 3 else unit
    candidate: Unit | None = unit.parent
    while candidate is not None and candidate.is_list:
        if indent > _hanging(builder, candidate) - 3:
            break
        candidate = candidate.parent
    if candidate is None or not candidate.text:
        return unit
    _close_to(builder, candidate)
    return _introducer(builder, candidate, row) if candidate.is_list else candidate


def _is_title(builder: Builder, unit: Unit) -> bool:
    """Whether an item so far is the title on its label's row: what follows is its text."""
    said = "".join(builder.rows[part.row].text[part.start : part.end] for part in unit.text).strip()
    is_one_row = len(unit.text) == 1 and unit.text[0].row == unit.row
    return (
        is_one_row
        and said[:1].isupper()
        and not said.endswith((".", ";", ":", ",", "。", "；", " and", " or"))
    )


def _indent_of(builder: Builder, row: Row) -> float:
    """How far a paragraph is indented: that of its second line, where only the first is set further in."""
    follower = builder.rows[row.index + 1] if row.index + 1 < len(builder.rows) else None
    if follower is None or follower.odds > -1.0 or follower.page != row.page or follower.column != row.column:
        return row.indent
    return min(row.indent, follower.indent)


def _close_to(builder: Builder, unit: Unit) -> None:
    while builder.stack and builder.stack[-1] is not unit:
        builder.stack.pop()


def _introducer(builder: Builder, unit: Unit, row: Row) -> Unit:
    """The unit that introduced a list of fragments, behind which a new sentence begins.

    Where indents say nothing, items in small letters of which the last ends in a full stop
    are a list, and a capital behind it begins what follows the list.
    """
    before = builder.rows[row.index - 1].text
    if not (row.text[0].isupper() and before.endswith(".") and _is_fragment(builder, unit)):
        return unit
    candidate: Unit | None = unit
    while candidate is not None and candidate.is_list and _is_fragment(builder, candidate):
        candidate = candidate.parent
    if candidate is None or not candidate.text:
        return unit
    _close_to(builder, candidate)
    return candidate


def _is_fragment(builder: Builder, unit: Unit) -> bool:
    """Whether an item is part of a sentence: it begins in small letters, or the one before ends in ";"."""
    if not unit.text:
        return False
    first = unit.text[0]
    if builder.rows[first.row].text[first.start : first.end].strip()[:1].islower():
        return True
    siblings = unit.parent.children if unit.parent is not None else []
    before = next((each for each in reversed(siblings) if each.row < unit.row and each.text), None)
    if before is None or before.level is not unit.level:
        return False
    last = before.text[-1]
    return builder.rows[last.row].text[last.start : last.end].rstrip(" »”’").endswith((";", "；"))


def _hanging(builder: Builder, unit: Unit) -> float:
    """Indent of the text of an item: its own, that of its kind elsewhere, or that of its label."""
    if unit.text_indent is not None:
        return unit.text_indent
    label = builder.rows[unit.row].indent
    for other in reversed(builder.units[-60:]):
        if other.level is unit.level and other.text_indent is not None:
            return label + other.text_indent - builder.rows[other.row].indent
    return label


def _quotation(builder: Builder, quotation: Quotation) -> None:
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


def _is_void(unit: Unit) -> bool:
    return not (unit.label or unit.heading or unit.text or unit.children)
