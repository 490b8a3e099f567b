"""Ruled tables: pdfplumber's cell finder, fed with pdfium's ruling lines.

pdfplumber finds cells well and reads pages slowly (about 100 ms each, nearly all for characters that are
read already). Its geometry works on plain edges, so it gets ours and is loaded only where a page is ruled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fragcheck.pdf.engine import Floats
from fragcheck.records import CellBox

__all__ = ["Table", "find_tables", "outermost"]

#: Fewer lines than this make no table; more than this make a drawing.
MIN_RULES = 3
MAX_EDGES = 1_500
SNAP_PT = 3.0
#: Sides of a cell are at least this long (points); smaller ones are tick boxes and ornaments.
MIN_HEIGHT = 6.0
MIN_WIDTH = 12.0


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table.

    Parameters
    ----------
    cells : tuple of (float, float, float, float)
        Boxes of the cells, row by row from the left.
    columns : tuple of int
        Index of the column of each cell.
    boxes : tuple of CellBox
        The cells with their places in the grid.
    """

    cells: tuple[tuple[float, float, float, float], ...]
    columns: tuple[int, ...]
    boxes: tuple[CellBox, ...] = ()

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(cell[0] for cell in self.cells)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(cell[3] for cell in self.cells)

    def cell_around(self, other: Table) -> int:
        """Index of the cell that another table stands in as a whole, -1 for none."""
        if other is self:
            return -1
        x0, y0 = other.x0, min(cell[1] for cell in other.cells)
        x1, y1 = max(cell[2] for cell in other.cells), other.y1
        index = self.cell_at((x0 + x1) / 2, (y0 + y1) / 2)
        if index < 0:
            return -1
        left, top, right, bottom = self.cells[index]
        is_inside = left <= x0 and top <= y0 and x1 <= right and y1 <= bottom
        return index if is_inside else -1

    def holds(self, x0: float, x1: float, y0: float, y1: float) -> bool:
        """Whether the middle of a box lies in one of the cells."""
        return self.cell_at((x0 + x1) / 2, (y0 + y1) / 2) >= 0

    def cell_at(self, x: float, y: float) -> int:
        """Index of the cell that holds a point, -1 for none."""
        for index, (left, top, right, bottom) in enumerate(self.cells):
            if left <= x <= right and top <= y <= bottom:
                return index
        return -1


def outermost(tables: Sequence[Table]) -> list[Table]:
    """Those of some tables that stand in no cell of another one."""
    return [table for table in tables if all(other.cell_around(table) < 0 for other in tables)]


def find_tables(horizontal: Floats, vertical: Floats) -> tuple[Table, ...]:
    """Tables of at least two columns that ruling lines frame.

    Parameters
    ----------
    horizontal, vertical : array of float, shape (n, 4)
        Ruling lines of the page in points, origin top left.

    Returns
    -------
    tuple of Table
        From top to bottom.
    """
    if len(horizontal) < MIN_RULES or len(horizontal) + len(vertical) > MAX_EDGES:
        return ()
    across = [_edge(line, "h") for line in horizontal.tolist() if line[2] - line[0] >= MIN_WIDTH]
    down = [_edge(line, "v") for line in vertical.tolist() if line[3] - line[1] >= MIN_HEIGHT]
    down.extend(_implied(across))
    if len(across) < MIN_RULES or len(down) < MIN_RULES:
        return ()
    groups = _cell_groups([*across, *down])
    tables = [_table(cells) for cells in groups]
    return tuple(table for table in tables if table is not None)


def _edge(line: Sequence[float], orientation: str) -> dict[str, Any]:
    x0, top, x1, bottom = line
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": orientation, "object_type": "line",
    }  # fmt: skip


def _implied(across: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Vertical edges that are not drawn: where a horizontal line ends and the next begins, row after row."""
    joints: dict[int, list[float]] = {}
    by_height: dict[int, list[dict[str, Any]]] = {}
    for edge in across:
        by_height.setdefault(round(edge["top"]), []).append(edge)
    for row in by_height.values():
        starts = {round(edge["x0"]) for edge in row}
        for edge in row:
            if round(edge["x1"]) in starts:
                joints.setdefault(round(edge["x1"]), []).append(edge["top"])
    found: list[dict[str, Any]] = []
    for x, heights in sorted(joints.items()):
        touching = [edge for edge in across if abs(edge["x0"] - x) <= 1.5 or abs(edge["x1"] - x) <= 1.5]
        rows = sorted({round(edge["top"]) for edge in touching})
        if len(rows) >= MIN_RULES and len(heights) >= 2:
            frame = [edge["x0"] for edge in touching] + [edge["x1"] for edge in touching]
            found.extend(
                _edge((side, rows[0], side, rows[-1]), "v") for side in (min(frame), float(x), max(frame))
            )
    return found


def _cell_groups(edges: list[dict[str, Any]]) -> list[list[tuple[float, float, float, float]]]:
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged = merge_edges(
        edges,
        snap_x_tolerance=SNAP_PT,
        snap_y_tolerance=SNAP_PT,
        join_x_tolerance=SNAP_PT,
        join_y_tolerance=SNAP_PT,
    )
    crossings = edges_to_intersections(merged, x_tolerance=SNAP_PT, y_tolerance=SNAP_PT)
    return list(cells_to_tables(intersections_to_cells(crossings)))


def _table(cells: list[tuple[float, float, float, float]]) -> Table | None:
    """A table of cells in reading order, or None where there is only one column or one cell."""
    real = [cell for cell in cells if cell[2] - cell[0] >= MIN_WIDTH and cell[3] - cell[1] >= MIN_HEIGHT]
    ordered = sorted(real, key=lambda cell: (round(cell[1]), cell[0]))
    lefts = _distinct(cell[0] for cell in ordered)
    if len(ordered) < 4 or len(lefts) < 2:
        return None
    columns = tuple(bisect_left(lefts, cell[0] - SNAP_PT) for cell in ordered)
    return Table(tuple(ordered), columns, _boxes(ordered, columns, lefts))


def _boxes(
    cells: list[tuple[float, float, float, float]], columns: tuple[int, ...], lefts: list[float]
) -> tuple[CellBox, ...]:
    """Cells with their places in the grid; a cell spans the columns and rows that begin inside of it."""
    tops = _distinct(cell[1] for cell in cells)
    found = []
    for (x0, y0, x1, y1), column in zip(cells, columns, strict=True):
        row = bisect_left(tops, y0 - SNAP_PT)
        rows = bisect_left(tops, y1 - SNAP_PT) - row
        spanned = bisect_left(lefts, x1 - SNAP_PT) - column
        box = (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
        found.append(CellBox(row, column, box, max(rows, 1), max(spanned, 1)))
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))


def _distinct(values: Any) -> list[float]:  # noqa: ANN401 - any iterable of numbers
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value > kept[-1] + SNAP_PT:
            kept.append(value)
    return kept
