"""The heatmap of a principle as cells, for every form that draws one."""

from __future__ import annotations

from dataclasses import dataclass

from fragcheck.records import Divergence, PairResult, Status
from fragcheck.report.colours import ink_on, shade
from fragcheck.report.view import View, divergences, figure_words

__all__ = ["MARKS", "HeatCell", "heat_rows", "interval_words"]

#: What stands behind a value that must be read with care.
MARKS = {Status.OK: "", Status.FEW_PROVISIONS: "†", Status.ONE_SILENT: "◐", Status.BOTH_SILENT: ""}

_BLANK = "#8080801f"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: the row's document against the column's.

    `value` is None on the diagonal and where both documents are silent or were not compared;
    `pair` counts the pairs of the comparison from 1, and is 0 where there is none.
    """

    value: float | None
    label: str
    interval: str
    colour: str
    ink: str
    pair: int
    note: str


def heat_rows(view: View, principle: str) -> tuple[tuple[HeatCell, ...], ...]:
    """Return the cells of a principle (or ``overall``), row by row in the order of the documents."""
    pairs = {
        frozenset((pair.left, pair.right)): (number, pair)
        for number, pair in enumerate(view.comparison.pairs, start=1)
    }
    ids = view.comparison.document_ids
    return tuple(
        tuple(_cell(view, principle, pairs.get(frozenset((row, column)))) for column in ids) for row in ids
    )


def _cell(view: View, principle: str, found: tuple[int, PairResult] | None) -> HeatCell:
    if found is None:
        return HeatCell(
            None, "", "", _BLANK, "inherit", 0, "the same document, or a pair that was not compared"
        )
    number, pair = found
    divergence = next(each for each in divergences(pair) if each.principle == principle)
    names = f"{view.sources[pair.left].name} / {view.sources[pair.right].name}"
    if divergence.value is None:
        return HeatCell(None, "no evidence", "", _BLANK, "inherit", number, f"{names}: both silent")
    colour = shade(divergence.value)
    return HeatCell(
        value=divergence.value,
        label=figure_words(divergence.value) + MARKS[divergence.status],
        interval=interval_words(divergence),
        colour=colour,
        ink=ink_on(colour),
        pair=number,
        note=f"{names}: {divergence.status.value.replace('_', ' ')}, "
        f"{divergence.n_left} and {divergence.n_right} requirements",
    )


def interval_words(divergence: Divergence) -> str:
    """``0.72–0.84``; empty where there is no interval."""
    if divergence.low is None or divergence.high is None:
        return ""
    return f"{divergence.low:.2f}–{divergence.high:.2f}"
