"""Which labels are labels, and how they nest: beam search over all readings in sequence.

Every row that may begin with a label gives the choice to read it as one (in any of its
readings, continuing any open enumeration or opening a new one) or as running text. Costs are
negative log-odds: of the layout at the row, of the number in its sequence, of the nesting.
The cheapest path through the whole document wins, so an ``(i)`` is settled by what follows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fragcheck.segment.beam import Beam, Decision, State
from fragcheck.segment.costs import BACKWARDS, GAP_MOST, RESTART, softplus, step_cost
from fragcheck.segment.grammar import LIST_RANK, Grammar, Level
from fragcheck.segment.labels import LabelReader, Reading
from fragcheck.segment.ordinals import is_first
from fragcheck.segment.rows import Row
from fragcheck.segment.starts import Frame, is_bare, is_opening, odds_of_start

__all__ = ["Decision", "decide"]

#: Labels that one row may open.
_CHAIN = 5

# Costs in nats, set by hand on real layouts.
_OPEN = 0.4
_OPEN_WITHOUT_LEAD = 0.8
_SIBLING_AFTER_LEAD = 1.2
_NOT_FIRST = 3.0
_OFFSET_INDENT = 0.9
_OUTDENT = 0.7
_FREE = 0.2
_NESTED_TWICE = 3.0
_SECOND_FIRST = 1.2
_RESTART_IN_SECTION = 1.5
_BESIDE = 0.8
_AMENDED = 1.5
_NOTHING_BEFORE = 12.0
_INSET_HEADING = 8.0
#: Mark of a heading without a number.
_HEADING = (-1, ())
#: Points that an item stands further right than the heading that it is under.
_INSET = 18.0


def decide(
    reader: LabelReader,
    grammar: Grammar,
    rows: Sequence[Row],
    breaks: Mapping[int, bool],
    *,
    is_quotation: bool = False,
) -> list[Decision]:
    """The labels among `rows`, in order, with the depth at which each opens its unit.

    Parameters
    ----------
    reader : LabelReader
    grammar : Grammar
    rows : sequence of Row
        In reading order; indices may have gaps.
    breaks : mapping of int to bool
        Rows that begin something without a label: True for a heading by its type (closes what
        is set no larger), False for a formula or a table of contents (closes all).
    is_quotation : bool
        Text of another law: enumerations may begin anywhere and with any number.
    """
    search = _Search(reader, grammar, {row.index: row for row in rows}, is_quotation)
    beam = [State(0.0, (), (), (), None)]
    for row in rows:
        found = reader.in_quotation(row.index) if is_quotation else reader.at(row.index)
        if row.index in breaks and not (found and breaks[row.index]):
            beam = _all_broken(beam, row, is_heading=breaks[row.index])
        elif found:
            beam = _step(beam, row, found, search, breaks.get(row.index))
    return beam[0].decisions()


@dataclass(frozen=True, slots=True)
class _Search:
    reader: LabelReader
    grammar: Grammar
    rows: Mapping[int, Row]
    is_quotation: bool
    items: dict[int, Frame] = field(default_factory=dict)

    def item(self, reading: Reading, row: Row) -> Frame:
        """The item that a label opens: one for all states, by ``id`` of its reading, which is kept."""
        frame = self.items.get(id(reading))
        if frame is None:
            level, mark = reading.level, reading.mark
            frame = Frame(level, reading.value, reading.row, row.indent, row.size, mark, is_item=True)
            self.items[id(reading)] = frame
        return frame


def _all_broken(beam: Sequence[State], row: Row, *, is_heading: bool) -> list[State]:
    kept = Beam()
    for state in beam:
        kept.offer(_broken(state, row, is_heading=is_heading))
    return kept.cheapest()


def _broken(state: State, row: Row, *, is_heading: bool) -> State:
    frames: tuple[Frame, ...] = ()
    if is_heading:
        keep = 0
        for frame in state.frames:
            if frame.size <= row.size + 0.3 or (frame.level is not None and frame.level.is_list):
                break
            keep += 1
        frames = state.frames[:keep]
    path = state.path, None, row.index, len(frames)
    marks = state.marks[: len(frames)]
    if is_heading:
        frames = (*frames, Frame(None, (), row.index, row.indent, row.size, _HEADING))
        marks = (*marks, _HEADING)
    return State(state.cost, frames, marks, state.last, path)


def _step(
    beam: Sequence[State], row: Row, found: Sequence[Reading], search: _Search, is_heading: bool | None
) -> list[State]:
    """The cheapest states behind a row that may begin with one of the labels `found`.

    No cost is ever negative: what is too dear by its label alone is not followed.
    """
    before = search.rows.get(row.index - 1)
    chained = [bool(_following(reading, search)) for reading in found]
    usual = _start_costs(None, before, row, found)
    above, here = row.index - 1, (row.index, 0)
    kept = Beam()
    for state in beam:
        if state.cost > kept.most:
            break
        # an open unit changes the odds of a row that it begins right above, or where its text begins
        near = state.frames and (state.frames[-1].row == above or state.frames[-1].after == here)
        skipped, costs = _start_costs(state.frames[-1], before, row, found) if near else usual
        left_out = State(state.cost + skipped, state.frames, state.marks, state.last, state.path)
        kept.offer(left_out if is_heading is None else _broken(left_out, row, is_heading=is_heading))
        for reading, cost, is_chain in zip(found, costs, chained, strict=True):
            if state.cost + cost > kept.most:
                continue
            for taken in _accept(state, reading, row, search, kept.most - cost, is_chained=False):
                taken.cost += cost
                if is_chain:
                    for further in _chain(taken, reading, search, _CHAIN):
                        kept.offer(further)
                else:
                    kept.offer(taken)
        kept.narrow()
    return kept.cheapest()


def _start_costs(
    frame: Frame | None, before: Row | None, row: Row, found: Sequence[Reading]
) -> tuple[float, list[float]]:
    """Cost of taking no label where `frame` is the innermost open unit, and of taking each."""
    odds = [odds_of_start(frame, before, row, reading) + reading.odds for reading in found]
    return softplus(max(odds)), [softplus(-value) for value in odds]


def _following(reading: Reading, search: _Search) -> list[Reading]:
    """Readings of what follows a label on its row."""
    if reading.after[1] <= 0 or reading.after == (reading.row, reading.start):
        return []
    return [
        other
        for other in search.reader.at(*reading.after)
        if other.level.rank > reading.level.rank or other.level.is_list
        if other.level.name not in {"dash", "bare_number", "clause"}
    ]


def _chain(state: State, reading: Reading, search: _Search, left: int) -> Iterator[State]:
    """The state itself, and those where further labels follow on the same row."""
    usable = _following(reading, search) if left else []
    lost = 2.0 if any(other.level.is_list and is_first(other.value) for other in usable) else 0.0
    yield State(state.cost + lost, state.frames, state.marks, state.last, state.path)
    row = search.rows.get(reading.after[0])
    if row is None:
        return
    for other in usable:
        for accepted in _accept(state, other, row, search, math.inf, is_chained=True):
            yield from _chain(accepted, other, search, left - 1)


def _accept(
    state: State, reading: Reading, row: Row, search: _Search, most: float, *, is_chained: bool
) -> Iterable[State]:
    """The states that take a label, as far as they cost no more than `most`."""
    if reading.level.is_list:
        return _accept_item(state, reading, row, search, most, is_chained=is_chained)
    return _accept_named(state, reading, row, search.grammar, most)


def _accept_named(state: State, reading: Reading, row: Row, grammar: Grammar, most: float) -> Iterator[State]:
    level = reading.level
    keep = _outside(state, level, row)
    frames = state.frames[:keep]
    kept = {frame.level.name for frame in frames if frame.level}
    if level.not_under & kept:
        return
    if level.under and "*" not in level.under and not level.under & (kept or {"root"}):
        return
    cost = _sequence_cost(state, reading, frames)
    if level.restarts and not any(grammar.levels[index].name in level.restarts for index, _ in state.last):
        cost += _NOTHING_BEFORE
    if level.is_heading and any(_is_inset(frame, level, row) for frame in state.frames[keep:]):
        cost += _INSET_HEADING
    if level.is_heading and any(frame.level and frame.level.is_list for frame in state.frames):
        cost += 0.3
    if state.cost + cost > most:
        return
    reset = _reset(state, level, grammar)
    last = (*((index, value) for index, value in state.last if index not in reset and index != level.index),
            (level.index, reading.value))  # fmt: skip
    frame = Frame(level, reading.value, reading.row, row.indent, row.size, reading.mark, reading.after)
    path = state.path, reading, reading.row, len(frames)
    marks = (*state.marks[:keep], frame.mark)
    yield State(state.cost + cost, (*frames, frame), marks, tuple(sorted(last)), path)


def _outside(state: State, level: Level, row: Row) -> int:
    """How many of the open units a unit of a named level stands in."""
    keep = 0
    for frame in state.frames:
        if frame.level is None:
            if frame.size <= row.size + 0.3:
                break
        elif frame.level.rank >= level.rank:
            break
        keep += 1
    return keep


def _is_inset(frame: Frame, level: Level, row: Row) -> bool:
    """Whether a "heading" behind a lead-in stands clearly right of an open one of its rank: it is an item."""
    other = frame.level
    is_rival = other is not None and other.is_heading and other.rank == level.rank and other != level
    return is_rival and row.is_after_lead and row.indent > frame.indent + _INSET


def _reset(state: State, level: Level, grammar: Grammar) -> set[int]:
    """Levels whose numbering begins anew inside a new unit of `level`."""
    return {
        index
        for index, _ in state.last
        if (other := grammar.levels[index]).name in level.restarts
        or (
            other.rank > level.rank
            and other.numbering in {"restart", "prefixed"}
            and other.region == level.region
        )
    }


def _sequence_cost(state: State, reading: Reading, frames: tuple[Frame, ...]) -> float:
    level, value = reading.level, reading.value
    if level.numbering == "free" or not value:
        return _FREE
    if level.is_prefixed:
        parent = next((frame for frame in reversed(frames) if frame.level and frame.value), None)
        if parent is None or parent.value != value[:-1]:
            return BACKWARDS
    before = state.seen(level)
    if before is None:
        return (
            0.0
            if value[0] <= 1 or (level.is_prefixed and is_first(value))
            else min(0.5 + 0.4 * value[-1], GAP_MOST)
        )
    return step_cost(before, value)


def _accept_item(
    state: State, reading: Reading, row: Row, search: _Search, most: float, *, is_chained: bool
) -> Iterator[State]:
    level, room = reading.level, most - state.cost
    if not is_chained:
        index = level.index
        for depth, mark in enumerate(state.marks):
            if mark[0] == index:
                cost = _continue_cost(state.frames[depth], reading, row)
                if cost <= room:
                    yield _opened(state, reading, search.item(reading, row), depth, cost)
        beside = _open_in_named(state, reading, row, search) if room > _BESIDE else None
        if beside is not None and beside.cost <= most:
            yield beside
    parent = state.frames[-1] if state.frames else None
    if _may_open(level, parent, search):
        cost = _first_cost(state, parent, reading, row, search, is_chained=is_chained)
        if cost <= room:
            yield _opened(state, reading, search.item(reading, row), len(state.frames), cost)


def _open_in_named(state: State, reading: Reading, row: Row, search: _Search) -> State | None:
    """An enumeration behind another one, in the article that holds both; None where it cannot be."""
    frames, count, depth = state.frames, len(state.frames), 0
    while depth < count and frames[depth].is_item:
        depth += 1
    while depth < count and not frames[depth].is_item:
        depth += 1
    if depth == count or not _may_open(reading.level, frames[depth - 1], search):
        return None
    index = reading.level.index
    for mark in state.marks[depth:]:
        if mark[0] == index:
            return None
    outer = State(state.cost, frames[:depth], state.marks[:depth], state.last, state.path)
    cost = _first_cost(outer, frames[depth - 1], reading, row, search, is_chained=False)
    return _opened(outer, reading, search.item(reading, row), depth, cost + _BESIDE)


def _first_cost(
    state: State, parent: Frame | None, reading: Reading, row: Row, search: _Search, *, is_chained: bool
) -> float:
    """Cost of a label that opens an enumeration under `parent`."""
    level = reading.level
    cost = _open_cost(state, parent, reading, row, is_chained=is_chained)
    before = state.seen(level)
    if before is not None and reading.value == (1,) and parent is not None and is_bare(parent):
        cost += _RESTART_IN_SECTION
    elif before is not None:
        cost += min(step_cost(before, reading.value), RESTART)
    elif (not search.is_quotation or is_chained) and not is_opening(level, reading.value, parent):
        cost += _late_cost(state, parent, reading, row)
    return cost


def _late_cost(state: State, parent: Frame | None, reading: Reading, row: Row) -> float:
    """Cost of an enumeration that does not begin at its beginning.

    The first paragraph of an article may be unprinted, and an amended code shows only the
    paragraphs that change: there it costs little.
    """
    if reading.value == (reading.level.first + 1,) and parent is not None and not row.is_after_lead:
        return _SECOND_FIRST
    holder = next((frame.level for frame in reversed(state.frames) if frame.level and is_bare(frame)), None)
    if row.is_after_lead and holder is not None and holder.numbering == "free":
        return _AMENDED
    return _NOT_FIRST + min(0.3 * sum(reading.value), 2.0)


def _may_open(level: Level, parent: Frame | None, search: _Search) -> bool:
    if search.is_quotation:
        return parent is None or parent.level is None or parent.level.index != level.index
    if parent is None:
        return "root" in level.under
    if parent.level is None:
        return "root" in level.under or "*" in level.under
    if parent.level.index == level.index:
        return False
    return "*" in level.under or parent.level.name in level.under


def _continue_cost(frame: Frame, reading: Reading, row: Row) -> float:
    level, value = reading.level, reading.value
    if not value:
        cost = _FREE
    elif level.is_prefixed and frame.value[:-1] != value[:-1]:
        cost = BACKWARDS
    else:
        cost = step_cost(frame.value, value)
    if row.is_after_lead and reading.start < 2:
        cost += _SIBLING_AFTER_LEAD
    if abs(frame.indent - row.indent) > 6:
        cost += _OFFSET_INDENT
    return cost


def _open_cost(state: State, parent: Frame | None, reading: Reading, row: Row, *, is_chained: bool) -> float:
    if is_chained:
        return 0.1
    cost = _OPEN
    is_bare = parent is not None and parent.level is not None and parent.level.rank < LIST_RANK
    if not row.is_after_lead:
        cost += 0.2 if is_bare else _OPEN_WITHOUT_LEAD
    if parent is not None and row.indent < parent.indent - 3 and row.column == 0:
        cost += _OUTDENT
    if any(frame.level and frame.level.index == reading.level.index for frame in state.frames):
        cost += _NESTED_TWICE
    return cost


def _opened(state: State, reading: Reading, frame: Frame, depth: int, cost: float) -> State:
    frames = (*state.frames[:depth], frame)
    marks = (*state.marks[:depth], frame.mark)
    last = state.last
    if reading.level.numbering == "continuous":
        index = reading.level.index
        last = tuple(
            sorted((*((other, value) for other, value in last if other != index), (index, reading.value)))
        )
    return State(state.cost + cost, frames, marks, last, (state.path, reading, reading.row, depth))
