"""Fragments to rows in reading order: columns by their gutters, rows by their baselines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

from fragcheck.pdf.fragments import FRAGMENT_GAP_EM, Fragment
from fragcheck.pdf.rows import Row, rows_of
from fragcheck.pdf.tables import Table, outermost

__all__ = ["rows_in_order"]

#: What a column of running text has to hold: rows, characters in its median row, share of the page width.
COLUMN_ROWS = 3
COLUMN_CHARS = 12
COLUMN_WIDTH = 0.14
#: Left edges within this many points belong to one column edge.
EDGE_PT = 3.0
#: Pieces within this many points of the baseline of a line across the edge belong to that line.
ACROSS_PT = 2.0
#: Characters that a number hanging in the gutter may hold, and how far left of its text it may stand.
LABEL_CHARS = 6
LABEL_COLUMN_PT = 45.0
#: A column is silent where it leaves at least so many lines free.
SILENT_LINES = 3.0
#: All columns are silent for at least so many lines where a figure stands across them.
FIGURE_LINES = 8.0
#: A heading behind running text leaves at least so many lines free above it.
BLOCK_LINES = 1.5
#: Share of its column that a heading between two blocks leaves free.
HEADING_ROOM = 0.15
#: Share of the lines of the shorter column that have a line of the other one beside them.
BESIDE = 0.3
#: Share of its height by which a line overlaps one that stands beside it.
OVERLAP = 0.15
#: Bounds that keep the search for columns cheap on pages of scattered glyphs.
MAX_DEPTH = 6
MAX_EDGES = 24
MAX_CHUNKS = 2500


def rows_in_order(fragments: Sequence[Fragment], width: float, tables: Sequence[Table] = ()) -> list[Row]:
    """Rows of a page: the main direction of reading first, then text in other directions.

    Parameters
    ----------
    fragments : sequence of Fragment
        In content order within a direction.
    width : float
        Width of the page in points.
    tables : sequence of Table
        Ruled tables: their cells are read row by row, each cell from top to bottom.

    Returns
    -------
    list of Row
        In reading order, with the index of their column.
    """
    parts: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        parts.setdefault(fragment.turn, []).append(fragment)
    rows: list[Row] = []
    for turn, chosen in sorted(parts.items(), key=_weight):
        rows.extend(_around_tables(chosen, tables if turn == 0 else (), partial(_in_columns, width=width)))
    return rows


def _weight(part: tuple[int, list[Fragment]]) -> tuple[int, int]:
    """Directions of reading by how much of the text reads in them, most of it first."""
    turn, fragments = part
    return -sum([len(fragment.text) for fragment in fragments]), turn


def _around_tables(
    fragments: list[Fragment], tables: Sequence[Table], plain: Callable[[list[Fragment]], list[Row]]
) -> list[Row]:
    """What stands above a table, its cells, then what stands below; `plain` reads what is in no table."""
    rows: list[Row] = []
    rest = fragments
    for table in sorted(outermost(tables), key=lambda table: (table.y1, table.x0)):
        inside = [
            fragment for fragment in rest if table.holds(fragment.x0, fragment.x1, fragment.y0, fragment.y1)
        ]
        taken = {id(fragment) for fragment in inside}
        rest = [fragment for fragment in rest if id(fragment) not in taken]
        above = [fragment for fragment in rest if fragment.baseline < table.y1]
        rest = [fragment for fragment in rest if fragment.baseline >= table.y1]
        rows.extend(plain(above))
        rows.extend(_cell_rows(inside, table, [other for other in tables if table.cell_around(other) >= 0]))
    return [*rows, *plain(rest)]


def _in_columns(fragments: list[Fragment], width: float) -> list[Row]:
    if not _may_hold_columns(fragments, width):
        return rows_of(fragments, 0)
    return [
        row
        for column, part in _regions(_chunks(fragments), width, 0, 0)
        for row in rows_of(_fragments(part), column)
    ]


def _may_hold_columns(fragments: list[Fragment], width: float) -> bool:
    """Whether text begins often enough where `_best_split` looks for a column; on most pages it does not."""
    starts = [fragment.x0 for fragment in fragments]
    if len(starts) < 2 * COLUMN_ROWS:
        return False
    first = min(starts) + COLUMN_WIDTH * width - 1.0
    last = max([fragment.x1 for fragment in fragments]) - COLUMN_WIDTH * width + EDGE_PT
    # one bucket more on either side, as neighbours count too
    inner = [start for start in starts if first - 2 * EDGE_PT <= start <= last + 2 * EDGE_PT]
    counts = Counter([round(start / EDGE_PT) for start in inner])
    near = [counts[bucket - 1] + seen + counts[bucket + 1] for bucket, seen in counts.items()]
    return max(near, default=0) >= COLUMN_ROWS


def _cell_rows(fragments: list[Fragment], table: Table, inner: Sequence[Table]) -> list[Row]:
    """Rows of a table cell by cell, those of `inner` tables in the cell that holds them."""
    cells: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        cells.setdefault(
            table.cell_at((fragment.x0 + fragment.x1) / 2, (fragment.y0 + fragment.y1) / 2), []
        ).append(fragment)
    rows: list[Row] = []
    for index, held in sorted(cells.items()):
        own = [other for other in inner if table.cell_around(other) == index]
        for row in _around_tables(held, own, partial(rows_of, column=table.columns[index])):
            row.in_table = True
            rows.append(row)
    return rows


@dataclass(slots=True)
class _Chunk:
    """Fragments that follow each other on one baseline without a wide gap."""

    fragments: list[Fragment]
    x0: float
    x1: float
    y0: float
    y1: float
    baseline: float
    count: int


def _chunks(fragments: Sequence[Fragment]) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    last: _Chunk | None = None
    for fragment in fragments:
        x0, baseline = fragment.x0, fragment.baseline
        if last is not None and _follows(last, fragment, x0, baseline):
            last.fragments.append(fragment)
            last.x1, last.count = max(last.x1, fragment.x1), last.count + len(fragment.text)
            last.y0, last.y1 = min(last.y0, fragment.y0), max(last.y1, fragment.y1)
        else:
            last = _Chunk([fragment], x0, fragment.x1, fragment.y0, fragment.y1, baseline, len(fragment.text))
            chunks.append(last)
    return chunks


def _follows(chunk: _Chunk, fragment: Fragment, x0: float, baseline: float) -> bool:
    size = max(fragment.size, chunk.fragments[-1].size)
    if abs(baseline - chunk.baseline) >= 0.6 * size:
        return False
    return -0.5 * size < x0 - chunk.x1 < FRAGMENT_GAP_EM * size


def _regions(chunks: list[_Chunk], width: float, column: int, depth: int) -> list[tuple[int, list[_Chunk]]]:
    """Parts of a page in reading order, each with its column; full-width lines split bands of columns."""
    split = (
        _best_split(chunks, width)
        if depth < MAX_DEPTH and 2 * COLUMN_ROWS <= len(chunks) <= MAX_CHUNKS
        else None
    )
    if split is None:
        return [(column, chunks)]
    edge, bands = split
    parts: list[tuple[int, list[_Chunk]]] = []
    rest = sorted(chunks, key=lambda chunk: chunk.baseline)
    for band in bands:
        inside = {id(chunk) for chunk in band}
        top = min(chunk.baseline for chunk in band)
        above = [chunk for chunk in rest if id(chunk) not in inside and chunk.baseline < top]
        rest = [chunk for chunk in rest if id(chunk) not in inside and chunk.baseline >= top]
        if above:
            parts.extend(_regions(above, width, column, depth + 1))
        left = _regions([chunk for chunk in band if chunk.x0 < edge - EDGE_PT], width, column, depth + 1)
        after = 1 + max(index for index, _ in left)
        right = _regions([chunk for chunk in band if chunk.x0 >= edge - EDGE_PT], width, after, depth + 1)
        parts.extend(_around_figures(band, [*left, *right]))
    if rest:
        parts.extend(_regions(rest, width, column, depth + 1))
    return parts


def _around_figures(
    band: Sequence[_Chunk], columns: list[tuple[int, list[_Chunk]]]
) -> list[tuple[int, list[_Chunk]]]:
    """Columns cut where a figure across all of them leaves them silent: what is above it is read first."""
    height = median(chunk.y1 - chunk.y0 for chunk in band)
    ordered = sorted(band, key=lambda chunk: chunk.y0)
    cuts, end = [float("-inf")], ordered[0].y1
    for chunk in ordered:
        if chunk.y0 - end >= FIGURE_LINES * height:
            cuts.append(chunk.y0)
        end = max(end, chunk.y1)
    if len(cuts) == 1:
        return columns
    bounds = [*cuts, float("inf")]
    cut = [
        (column, [chunk for chunk in chunks if low <= chunk.y0 < high])
        for low, high in pairwise(bounds)
        for column, chunks in columns
    ]
    return [(column, chunks) for column, chunks in cut if chunks]


def _best_split(chunks: list[_Chunk], width: float) -> tuple[float, list[list[_Chunk]]] | None:
    """The left edge of a column that parts most text, with the bands in which it does."""
    counts = Counter([round(chunk.x0 / EDGE_PT) for chunk in chunks])
    edges = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_EDGES])
    ordered = sorted(chunks, key=lambda chunk: chunk.baseline)
    ends = sorted(chunk.x1 for chunk in chunks)
    # a column on either side has to find room there
    first = min(chunk.x0 for chunk in chunks) + COLUMN_WIDTH * width - 1.0
    last = ends[-1] - COLUMN_WIDTH * width + EDGE_PT
    best: tuple[float, float, list[list[_Chunk]]] | None = None
    for bucket, seen in sorted(edges.items()):
        if seen + counts[bucket + 1] + counts[bucket - 1] < COLUMN_ROWS:
            continue
        edge = bucket * EDGE_PT
        if not first <= edge <= last or bisect_right(ends, edge + 1.0) < COLUMN_ROWS:
            continue
        bands = _columned(ordered, edge, width)
        score = sum(_parted(band, edge) for band in bands)
        if bands and (best is None or score > best[0]):
            best = (score, edge, bands)
    if best is None:
        return None
    _, edge, bands = best
    moved = _edge_of_labels(bands, edge)
    return (edge, bands) if moved == edge else (moved, _columned(ordered, moved, width) or bands)


def _columned(ordered: list[_Chunk], edge: float, width: float) -> list[list[_Chunk]]:
    """The bands in which an edge parts two columns of running text."""
    runs = [part for band in _bands(ordered, edge) for part in _parts(band, edge)]
    return [band for band in runs if _is_band(band, edge, width)]


def _edge_of_labels(bands: Sequence[list[_Chunk]], edge: float) -> float:
    """The edge moved left of numbers that hang in the gutter beside the text of the right column."""
    text_end = 0.0
    hanging: list[_Chunk] = []
    for band in bands:
        left = [chunk for chunk in band if chunk.x0 < edge - EDGE_PT]
        text_end = max(text_end, _common_end(left))
        hanging.extend(chunk for chunk in left if chunk.count <= LABEL_CHARS)
    labels = [chunk for chunk in hanging if chunk.x0 > text_end and edge - chunk.x0 < LABEL_COLUMN_PT]
    if not labels:
        return edge
    moved = min(chunk.x0 for chunk in labels)
    is_crossed = any(
        chunk.x0 < moved - EDGE_PT and chunk.x1 > moved + 1.0 for band in bands for chunk in band
    )
    return edge if is_crossed else moved


def _common_end(chunks: Sequence[_Chunk]) -> float:
    """Where the lines of running text among the chunks end at the right, the odd long one apart."""
    ends = sorted(chunk.x1 for chunk in chunks if chunk.count > COLUMN_CHARS)
    return ends[int(0.9 * (len(ends) - 1))] if ends else 0.0


def _bands(ordered: list[_Chunk], edge: float) -> Iterable[list[_Chunk]]:
    """Runs of chunks, from top to bottom, none of which crosses the edge."""
    across = [chunk.baseline for chunk in ordered if chunk.x0 < edge - EDGE_PT and chunk.x1 > edge + 1.0]
    band: list[_Chunk] = []
    for chunk in ordered:
        place = bisect_left(across, chunk.baseline - ACROSS_PT)
        if place < len(across) and across[place] <= chunk.baseline + ACROSS_PT:
            if band:
                yield band
            band = []
        else:
            band.append(chunk)
    if band:
        yield band


def _parts(band: list[_Chunk], edge: float) -> list[list[_Chunk]]:
    """A band cut where a heading at the left stands alone above two columns that begin side by side.

    Tables without rules (two versions of a text side by side) come block by block, each under its heading.
    """
    left = [chunk for chunk in band if chunk.x0 < edge - EDGE_PT]
    right = [chunk for chunk in band if chunk.x0 >= edge - EDGE_PT]
    cuts: list[float] = []
    for above, below in pairwise(right):
        pairs = [chunk for chunk in left if abs(chunk.baseline - below.baseline) <= ACROSS_PT]
        alone = [chunk for chunk in left if above.y1 < chunk.y0 and chunk.y1 <= below.y0]
        if pairs and below.y0 - above.y1 >= SILENT_LINES * (below.y1 - below.y0):
            cuts.extend(_heading_above(alone, left, edge))
    if right:
        cuts.extend(_last_heading(left, edge, max(chunk.y1 for chunk in right)))
    bounds = [float("-inf"), *cuts, float("inf")]
    return [[chunk for chunk in band if low <= chunk.baseline < high] for low, high in pairwise(bounds)]


def _heading_above(alone: list[_Chunk], left: list[_Chunk], edge: float) -> list[float]:
    """Baseline of the heading among lines that stand alone at the left, behind the rest of a version."""
    ordered = sorted(alone, key=lambda chunk: chunk.y0)
    for index, first in enumerate(ordered):
        end = max((chunk.y1 for chunk in left if chunk.baseline < first.baseline), default=float("-inf"))
        room = (BLOCK_LINES if index else 0.5) * (first.y1 - first.y0)
        if first.y0 - end >= room and _is_heading(ordered[index:], edge):
            return [first.baseline]
    return []


def _is_heading(chunks: Sequence[_Chunk], edge: float) -> bool:
    """Whether lines of the left column are no running text: all of them short, or all bold."""
    if all(fragment.bold for chunk in chunks for fragment in chunk.fragments):
        return True
    return all(chunk.x1 < edge - HEADING_ROOM * (edge - chunk.x0) for chunk in chunks)


def _last_heading(left: list[_Chunk], edge: float, end: float) -> list[float]:
    """Baseline of headings that stand alone below both columns, set off from the left one."""
    below = [chunk for chunk in left if chunk.y0 > end]
    if not below or not _is_heading(below, edge):
        return []
    first = min(below, key=lambda chunk: chunk.y0)
    above = max((chunk.y1 for chunk in left if chunk.baseline < first.baseline), default=float("-inf"))
    return [first.baseline] if first.y0 - above >= SILENT_LINES * (first.y1 - first.y0) else []


def _parted(band: list[_Chunk], edge: float) -> float:
    left = sum(chunk.count for chunk in band if chunk.x0 < edge - EDGE_PT)
    return min(left, sum(chunk.count for chunk in band) - left)


def _is_band(band: list[_Chunk], edge: float, width: float) -> bool:
    left = [chunk for chunk in band if chunk.x0 < edge - EDGE_PT]
    right = [chunk for chunk in band if chunk.x0 >= edge - EDGE_PT]
    if not (_is_column(left, width) and _is_column(right, width)):
        return False
    top = max(min(chunk.y0 for chunk in left), min(chunk.y0 for chunk in right))
    bottom = min(max(chunk.y1 for chunk in left), max(chunk.y1 for chunk in right))
    height = median(chunk.y1 - chunk.y0 for chunk in band)
    return bottom - top >= 2 * height and _stand_beside(left, right)


def _stand_beside(left: list[_Chunk], right: list[_Chunk]) -> bool:
    """Whether lines of both sides stand at the same heights, and not headings between entries of a list."""
    few, many = sorted((left, right), key=len)
    ordered = sorted(many, key=lambda chunk: chunk.y0)
    tops = [chunk.y0 for chunk in ordered]
    beside = 0
    for chunk in few:
        slack = OVERLAP * (chunk.y1 - chunk.y0)
        place = bisect_right(tops, chunk.y1 - slack)
        beside += any(other.y1 > chunk.y0 + slack for other in ordered[max(place - 2, 0) : place])
    return beside >= BESIDE * len(few)


def _is_column(chunks: list[_Chunk], width: float) -> bool:
    """Whether the chunks are running text: enough rows, of enough characters, wide enough."""
    if len(chunks) < COLUMN_ROWS:
        return False
    lines: Counter[int] = Counter()
    spans: dict[int, tuple[float, float]] = {}
    for chunk in chunks:
        row = round(chunk.baseline / 4)
        lines[row] += chunk.count
        low, high = spans.get(row, (chunk.x0, chunk.x1))
        spans[row] = (min(low, chunk.x0), max(high, chunk.x1))
    if len(lines) < COLUMN_ROWS or median(lines.values()) < COLUMN_CHARS:
        return False
    return median(high - low for low, high in spans.values()) >= COLUMN_WIDTH * width


def _fragments(chunks: Sequence[_Chunk]) -> list[Fragment]:
    return [fragment for chunk in chunks for fragment in chunk.fragments]
