"""Units under construction, and the stack they are opened on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fragcheck.records import CellBox, ProvisionKind
from fragcheck.segment.grammar import Grammar, Level
from fragcheck.segment.labels import LabelReader, Reading
from fragcheck.segment.rows import Layout, Row

__all__ = ["Builder", "CellRows", "Fragment", "Unit"]


class Fragment(NamedTuple):
    """Characters ``start:end`` of a row; a tuple, as a document has thousands of them."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellRows:
    """A cell of a table with what stands in it; `page` is None in a file without pages."""

    place: CellBox
    page: int | None
    fragments: tuple[Fragment, ...]


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
    cells: tuple[CellRows, ...] = ()
    is_apart: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it is an item of an enumeration."""
        return self.level is not None and self.level.is_list


class Builder:
    """Units in document order and the stack of those that are open."""

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
        self.carried: set[int] = set()
        self.is_apart = False

    def open(self, unit: Unit, depth: int) -> Unit:
        """Put `unit` under the `depth` outermost open units; those further in are closed.

        In a part that is no part of the law it is text that explains, whatever its label says.
        """
        if self.is_apart:
            unit.is_apart, unit.kind = True, ProvisionKind.PREAMBLE
        del self.stack[depth:]
        unit.parent = self.stack[-1] if self.stack else None
        if unit.parent is not None:
            unit.parent.children.append(unit)
        self.stack.append(unit)
        self.units.append(unit)
        return unit

    def beside(self, unit: Unit) -> Unit:
        """Put `unit` under the innermost open unit without closing it."""
        unit.is_apart = self.is_apart
        unit.parent = self.current(unit.row)
        unit.parent.children.append(unit)
        self.units.append(unit)
        return unit

    def current(self, row: int) -> Unit:
        """The innermost open unit; a preamble, or later a unit of its own, where none is open."""
        if not self.stack:
            is_first = all(unit.is_apart or unit.name == "cover" for unit in self.units)
            name = "preamble" if is_first else "other"
            kind = ProvisionKind.PREAMBLE if is_first else ProvisionKind.OTHER
            self.open(Unit(None, kind, name, row=row), 0)
        return self.stack[-1]
