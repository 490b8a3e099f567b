"""A table: columns with a kind and a width, and rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Cell", "Column", "Kind", "Table"]

Cell = str | int | float | None
Kind = Literal["text", "count", "figure", "shade"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how its values are shown, and its width in characters.

    `kind` is ``text``; ``count`` for whole numbers; ``figure`` for other numbers; ``shade`` for a
    figure in [0, 1] that is coloured by its size.
    """

    head: str
    kind: Kind = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A named table. Every row has a value for every column; None is an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
