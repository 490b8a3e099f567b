"""States of the search for labels, and the cheapest of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from fragcheck.segment.grammar import Level
from fragcheck.segment.labels import Reading
from fragcheck.segment.ordinals import Value
from fragcheck.segment.starts import Frame

__all__ = ["Beam", "Decision", "State"]

#: States kept after each row.
_WIDTH = 14


class Decision(NamedTuple):
    """A label that is taken as one. `depth` counts the open units it stands in."""

    reading: Reading | None
    row: int
    depth: int


#: The path before, and reading, row and depth of a decision.
Path = tuple["Path | None", Reading | None, int, int]


@dataclass(slots=True)  # not frozen: a search makes some 30,000 of them, in half the time
class State:
    """What is open after some rows, what numbers were last, how it came to that, and what that costs.

    `marks` are those of the frames: with `last` they decide about all further costs. `path` is the one before
    its last decision, and the parts of that, of which only those of the cheapest state become one.
    """

    cost: float
    frames: tuple[Frame, ...]
    marks: tuple[tuple[int, Value], ...]
    last: tuple[tuple[int, Value], ...]
    path: Path | None

    def decisions(self) -> list[Decision]:
        """The labels on the way to it, the first of them first."""
        found: list[Decision] = []
        path = self.path
        while path is not None:
            path, reading, row, depth = path
            found.append(Decision(reading, row, depth))
        return found[::-1]

    def seen(self, level: Level) -> Value | None:
        """The last number of a level."""
        wanted = level.index
        for index, value in self.last:
            if index == wanted:
                return value
        return None


class Beam:
    """The cheapest state of each key, and what none of the cheapest `_WIDTH` of them costs more than."""

    def __init__(self) -> None:
        self._best: dict[tuple[object, ...], State] = {}
        self._is_wide = True
        self.most = math.inf

    def offer(self, state: State) -> None:
        """Keep a state, unless it is too dear or a cheaper one has its key."""
        if state.cost > self.most:
            return
        key = (state.marks, state.last)
        other = self._best.get(key)
        if other is None or state.cost < other.cost:
            self._best[key] = state
            self._is_wide = True

    def narrow(self) -> None:
        """Find out what is too dear by now: what is offered later only lowers it."""
        if self._is_wide and len(self._best) >= _WIDTH:
            self._is_wide = False
            self.most = sorted([state.cost for state in self._best.values()])[_WIDTH - 1]

    def cheapest(self) -> list[State]:
        """The cheapest states, the cheapest first."""
        return sorted(self._best.values(), key=lambda state: state.cost)[:_WIDTH]
