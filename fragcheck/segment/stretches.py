"""What is found in the rows before labels are read: contents, headings, quotations, tables, parts apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fragcheck.segment.apart import Apart
from fragcheck.segment.quotations import Quotation
from fragcheck.segment.rows import Row
from fragcheck.segment.ruled import Tables

__all__ = ["Stretches"]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of rows that are no running text of the law, or begin something without a label.

    Parameters
    ----------
    aside : mapping of int to str
        Rows that are set apart (tables of contents), with the name of their unit.
    headings : mapping of int to int
        Rows at which a heading by its type begins, with the number of its rows.
    quotations : sequence of Quotation
        Text of other laws.
    tables : Tables
        Tables that stay tables, and old versions beside the law; they interrupt no unit.
    apart : Apart
        Parts that are no part of the law.
    """

    aside: Mapping[int, str] = field(default_factory=dict)
    headings: Mapping[int, int] = field(default_factory=dict)
    quotations: Sequence[Quotation] = ()
    tables: Tables = field(default_factory=Tables)
    apart: Apart = field(default_factory=Apart)

    @property
    def starts(self) -> frozenset[int]:
        """First rows of what is set aside."""
        return frozenset(row for row in self.aside if row - 1 not in self.aside)

    @property
    def titles(self) -> Mapping[int, int]:
        """Headings by their type, in the law and apart."""
        return {**self.headings, **self.apart.headings}

    def free(self, rows: Sequence[Row]) -> list[Row]:
        """Rows in which labels of the law are looked for."""
        held = set(self.apart.rows)
        held.update(index for one in self.quotations for index in range(one.start, one.end))
        held.update(index for one in self.tables.kept for index in range(one.start, one.end))
        for cell in self.tables.superseded:
            held.update(fragment.row for fragment in cell.fragments)
        starts = self.starts
        return [
            row
            for row in rows
            if (row.index not in self.aside or row.index in starts) and row.index not in held
        ]
