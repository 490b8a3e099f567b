"""The tables of pairs and of the corpus: the screen of all pairs, and D of those compared in full."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fragcheck.batch.schema import TABLES
from fragcheck.batch.screen import Screen
from fragcheck.batch.tables import TableWriter

__all__ = ["CorpusTally", "FullRows", "most_alike", "write_pairs"]

Row = Mapping[str, Any]
#: Rows of a pair compared in full, one per principle, by positions of the documents; None: not compared.
FullRows = Callable[[int, int], Sequence[Row] | None]

_NUMBERS = tuple(
    name
    for name, kind, _ in TABLES["pairs"].columns
    if kind in {"number", "whole"}  # of a full comparison, all of them
)


@dataclass(slots=True)
class CorpusTally:
    """Sums behind the table of the corpus, filled while pairs are written in their order."""

    principles: tuple[str, ...]
    n_documents: int
    screens: list[list[float]] = field(default_factory=list)
    full: dict[str, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    seen: dict[str, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.screens = [[] for _ in self.principles]

    def add_screens(self, screens: NDArray[np.float64]) -> None:
        """Add screens of shape (m, p); NaN has no value."""
        for column in range(len(self.principles)):
            values = screens[:, column]
            known = values[~np.isnan(values)]
            self.screens[column] += [float(len(known)), math.fsum(known)] if len(known) else []

    def add_full(self, places: tuple[int, int], row: Row, screen: float) -> None:
        """Add a pair compared in full, on one principle."""
        if row["value"] is not None:
            found = (screen, row["value"], row["low"], row["high"])
            self.full.setdefault(row["principle"], []).append(found)
            self.seen.setdefault(row["principle"], set()).update(places)

    def rows(self) -> list[dict[str, Any]]:
        """Rows of the table ``corpus``."""
        return [*map(self._screen_row, range(len(self.principles))), *map(self._full_row, self.principles)]

    def _screen_row(self, column: int) -> dict[str, Any]:
        sums = self.screens[column]
        n_pairs = int(sum(sums[::2]))
        return {
            "basis": "screen",
            "principle": self.principles[column],
            # A pair has no screen where both are silent; one document that is not pairs with all others.
            "n_documents": self.n_documents if n_pairs else 0,
            "n_pairs": n_pairs,
            "mean": math.fsum(sums[1::2]) / n_pairs if n_pairs else None,
        }

    def _full_row(self, principle: str) -> dict[str, Any]:
        found = self.full.get(principle, [])
        mean, low, high = (_mean([row[place] for row in found]) for place in (1, 2, 3))
        return {
            "basis": "full",
            "principle": principle,
            "n_documents": len(self.seen.get(principle, ())),
            "n_pairs": len(found),
            "mean": mean,
            "low": low,
            "high": high,
            "rank_correlation": _rank_correlation([row[:2] for row in found]),
        }


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rho; None below 3 pairs or where one of the two does not vary."""
    first, second = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    if len(pairs) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    from scipy.stats import spearmanr

    return float(spearmanr(first, second).statistic)


def most_alike(screen: Screen, count: int) -> list[tuple[int, int]]:
    """The `count` pairs with the lowest screen overall, in the order of the table; first ones of equals."""
    kept: list[tuple[float, int, int]] = []
    for left in range(len(screen.totals)):
        values = screen.values(left)[0][:, 0]
        kept += [
            (value, left, left + 1 + place)
            for place, value in enumerate(values.tolist())
            if not math.isnan(value)
        ]
        if len(kept) > 4 * count + 1000:
            kept = sorted(kept)[:count]
    return sorted((left, right) for _, left, right in sorted(kept)[:count])


def write_pairs(
    writer: TableWriter, screen: Screen, ids: Sequence[str], languages: Sequence[str], full: FullRows
) -> CorpusTally:
    """Write one row per pair and principle, by left and then right document.

    Parameters
    ----------
    writer : TableWriter
    screen : Screen
    ids, languages : sequence of str
        Of the documents, in ascending order of the ids.
    full : callable

    Returns
    -------
    CorpusTally
    """
    names = pa.array(ids, pa.string()), pa.array(screen.principles, pa.string())
    tally = CorpusTally(screen.principles, len(ids))
    for left in range(len(ids) - 1):
        values = screen.values(left)
        tally.add_screens(values[0])
        rights = range(left + 1, len(ids))
        found = {right: rows for right in rights if (rows := full(left, right)) is not None}
        for right, rows in found.items():
            for row in rows:
                column = screen.principles.index(row["principle"])
                tally.add_full((left, right), row, float(values[0][right - left - 1, column]))
        same = [languages[left] == languages[right] for right in rights]
        writer.write(_table(names, left, values, same, found))
    return tally


def _table(
    names: tuple[pa.Array, pa.Array],
    left: int,
    values: tuple[NDArray[np.float64], ...],
    same: Sequence[bool],
    found: Mapping[int, Sequence[Row]],
) -> pa.Table:
    """Rows of one left document with all right ones."""
    ids, principles = names
    m, depth = values[0].shape
    repeated = np.arange(left + 1, left + 1 + m, dtype=np.int32).repeat(depth)
    columns: dict[str, Any] = {
        "left_id": _dictionary(np.full(m * depth, left, np.int32), ids),
        "right_id": _dictionary(repeated, ids),
        "principle": _dictionary(np.tile(np.arange(depth, dtype=np.int32), m), principles),
        "is_same_language": pa.array(np.repeat(np.array(same, dtype=bool), depth)),
    }
    for name, part in zip(("screen", "left_covered", "right_covered"), values, strict=True):
        flat = part.ravel().astype(np.float32)
        columns[name] = pa.array(flat, mask=np.isnan(flat))
    columns["is_full"] = pa.array(np.isin(repeated, list(found)))
    if found:
        columns |= _full_columns(principles.to_pylist(), left, m, found)
    return pa.table(columns)


def _full_columns(
    principles: Sequence[str], left: int, m: int, found: Mapping[int, Sequence[Row]]
) -> dict[str, pa.Array]:
    depth = len(principles)
    cells: dict[int, Row] = {
        (right - left - 1) * depth + principles.index(row["principle"]): row
        for right, rows in found.items()
        for row in rows
    }
    places = range(m * depth)
    types = TABLES["pairs"].arrow()
    return {
        name: pa.array([cells[place].get(name) if place in cells else None for place in places]).cast(
            types.field(name).type
        )
        for name in (*_NUMBERS, "status")
    }


def _dictionary(indices: NDArray[np.int32], names: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), names)
