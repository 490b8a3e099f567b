"""What the heatmap shows, as plain rows: one cell for every ordered pair of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fragcheck.records import Analysis, Comparison, Divergence, PairResult, Status
from fragcheck.report.colours import RAMP, ink_on, luminance, shade
from fragcheck.report.naming import document_names, shorten
from fragcheck.ui.texts import section, text

__all__ = [
    "MEASURES",
    "RAMP",
    "Cell",
    "cells",
    "cluster_order",
    "divergence_of",
    "document_names",
    "document_title",
    "extremes",
    "figure",
    "ink_on",
    "is_narrow",
    "is_saturated",
    "likely_from",
    "luminance",
    "pair_of",
    "principles_of",
    "shade",
    "span_of",
]

#: Measure in the address -> field of `Components`; the two without a field are read elsewhere.
MEASURES: dict[str, str] = {
    "divergence": "",
    "coverage": "coverage",
    "content": "content",
    "stringency": "stringency_abs",
    "parameters": "parameters_abs",
    "definitions": "definitions",
    "turnover": "turnover",
    "nestedness": "nestedness",
    "interoperability": "",
}

_NARROW = (0.05, 0.25)
_SATURATED = 0.9


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the row's document against the column's.

    `value` in [0, 1] or None; `status` is a status of the divergence, ``same``
    on the diagonal, ``not_applicable`` where the part does not apply. Shares are shown in percent.
    """

    row: int
    column: int
    left: str
    right: str
    value: float | None
    low: float | None
    high: float | None
    status: str
    why: str
    is_share: bool = False

    @property
    def label(self) -> str:
        """The value with its mark, as drawn in the cell."""
        if self.value is None:
            return text("marks.both_silent") if self.status == Status.BOTH_SILENT else ""
        mark = section("marks").get(self.status, "") if self.status != Status.OK else ""
        return f"{self._shown(self.value)}{mark}"

    @property
    def interval(self) -> str:
        """The interval as drawn in the cell; empty where there is none."""
        if self.value is None or self.low is None or self.high is None:
            return ""
        if self.is_share:
            return f"{self.low * 100:.0f}–{self.high:.0%}"
        return f"{figure(self.low)}–{figure(self.high)}"

    def _shown(self, value: float) -> str:
        return f"{value:.0%}" if self.is_share else figure(value)


def figure(value: float | None, decimals: int = 2) -> str:
    """The value with its decimals, ``–`` for no value; a minus sign that is one."""
    if value is None:
        return text("pair.absent")
    rounded = round(value, decimals) + 0.0  # -0.00 becomes 0.00
    return f"{rounded:.{decimals}f}".replace("-", "−")


def likely_from(comparison: Comparison) -> str:
    """The probability from which a counterpart is likely enough to be listed, in percent."""
    from fragcheck.pipeline.findings import settings_of

    return f"{settings_of(comparison.run).match_threshold:.0%}"


def document_title(analysis: Analysis, width: int = 160) -> str:
    """The document's own title, shortened; empty where it only repeats the file's name."""
    title, stem = analysis.document.title, Path(analysis.document.path).stem
    return "" if title in ("", stem) else shorten(title, width)


def principles_of(comparison: Comparison) -> tuple[str, ...]:
    """``overall`` and every principle and control point of the result, in its order."""
    if not comparison.pairs:
        return ("overall",)
    return ("overall", *(divergence.principle for divergence in comparison.pairs[0].principles))


def pair_of(comparison: Comparison, one: str, other: str) -> PairResult | None:
    """The result of two documents, in whatever order it was computed."""
    for pair in comparison.pairs:
        if {pair.left, pair.right} == {one, other}:
            return pair
    return None


def divergence_of(pair: PairResult, principle: str) -> Divergence:
    """The divergence of a pair on a principle or ``overall``; KeyError if there is none."""
    if principle == "overall":
        return pair.overall
    for divergence in pair.principles:
        if divergence.principle == principle:
            return divergence
    raise KeyError(principle)


def cells(comparison: Comparison, principle: str, measure: str, order: Sequence[int]) -> tuple[Cell, ...]:
    """All cells, row by row, in the given order of the documents.

    Parameters
    ----------
    comparison : Comparison
    principle : str
        Of `principles_of`. Interoperability is known for all principles together only.
    measure : str
        Of `MEASURES`.
    order : sequence of int
        Positions in ``comparison.document_ids``.
    """
    pairs = {frozenset((pair.left, pair.right)): pair for pair in comparison.pairs}
    ids = comparison.document_ids
    return tuple(
        _cell(
            row, column, (ids[i], ids[j]), _Sight(pairs.get(frozenset((ids[i], ids[j]))), principle, measure)
        )
        for row, i in enumerate(order)
        for column, j in enumerate(order)
    )


@dataclass(frozen=True, slots=True)
class _Sight:
    pair: PairResult | None
    principle: str
    measure: str


def _cell(row: int, column: int, ids: tuple[str, str], sight: _Sight) -> Cell:
    left, right = ids
    if left == right or sight.pair is None:
        return Cell(row, column, left, right, None, None, None, "same", text("status.same"))
    if sight.measure == "interoperability":
        forward = sight.pair.left == left
        found = sight.pair.left_satisfies_right if forward else sight.pair.right_satisfies_left
        status = "ok" if found.value is not None else "not_applicable"
        why = text("measure_help.interoperability") if status == "ok" else text("status.not_applicable")
        return Cell(row, column, left, right, found.value, found.low, found.high, status, why, is_share=True)
    divergence = divergence_of(sight.pair, sight.principle)
    if sight.pair.left == left:
        counts = (divergence.n_left, divergence.n_right)
    else:
        counts = (divergence.n_right, divergence.n_left)
    why = text(f"status.{divergence.status.value}", n_left=counts[0], n_right=counts[1])
    status = divergence.status.value
    if sight.measure == "divergence" or divergence.status is Status.BOTH_SILENT:
        return Cell(row, column, left, right, divergence.value, divergence.low, divergence.high, status, why)
    value = getattr(divergence.components, MEASURES[sight.measure])
    if value is None:
        status, why = "not_applicable", text("status.not_applicable")
    return Cell(row, column, left, right, value, None, None, status, why)


def cluster_order(comparison: Comparison, principle: str) -> tuple[int, ...]:
    """Positions of the documents with alike ones side by side.

    Average linkage on D with optimal leaf order (Bar-Joseph et al., 2001); a pair
    without a value counts as the mean of the others. As given for fewer than three.
    """
    n = len(comparison.document_ids)
    if n < 3:
        return tuple(range(n))
    import numpy as np
    from scipy.cluster.hierarchy import leaves_list, linkage

    values = []
    for i in range(n):
        for j in range(i + 1, n):
            pair = pair_of(comparison, comparison.document_ids[i], comparison.document_ids[j])
            values.append(divergence_of(pair, principle).value if pair else None)
    known = [value for value in values if value is not None]
    mean = sum(known) / len(known) if known else 0.0
    distances = np.array([mean if value is None else value for value in values])
    return tuple(int(leaf) for leaf in leaves_list(linkage(distances, "average", optimal_ordering=True)))


def span_of(found: Sequence[Cell], *, stretch: bool) -> tuple[float, float]:
    """Range of the colours: 0 to 1, or that of the values shown."""
    values = [cell.value for cell in found if cell.value is not None]
    if not stretch or not values or max(values) <= min(values):
        return 0.0, 1.0
    return min(values), max(values)


def is_narrow(found: Sequence[Cell]) -> bool:
    """Whether the values shown lie close together, yet not so close that their order means nothing."""
    values = [cell.value for cell in found if cell.value is not None]
    return bool(values) and _NARROW[0] < max(values) - min(values) < _NARROW[1]


def is_saturated(found: Sequence[Cell]) -> bool:
    """Whether every value shown is close to 1, as between laws of very different length."""
    values = [cell.value for cell in found if cell.value is not None]
    return bool(values) and min(values) > _SATURATED


def extremes(found: Sequence[Cell], names: Mapping[str, str]) -> tuple[str, str]:
    """The highest and the lowest pair in words, for readers who cannot see the chart."""
    valued = [cell for cell in found if cell.value is not None]
    if not valued:
        return text("heatmap.alt_none"), text("heatmap.alt_none")

    def words(cell: Cell) -> str:
        return f"{names[cell.left]} – {names[cell.right]} {cell.label}"

    highest = max(valued, key=lambda cell: (cell.value or 0.0, -cell.row, -cell.column))
    lowest = min(valued, key=lambda cell: (cell.value or 0.0, cell.row, cell.column))
    return words(highest), words(lowest)
