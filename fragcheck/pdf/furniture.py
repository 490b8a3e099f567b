"""Running heads, running feet and page numbers, found by their place and their return on other pages.

A line is furniture if the same words stand at the same place one or two pages on (odd and even pages may
differ), with every number in it either the same or grown by as much as the page number. Only the outermost
lines of a page are asked, from the edge inwards, so that a repeated line amid the text stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fragcheck.pdf.roles import BODY, with_role
from fragcheck.records import Line, LineRole
from fragcheck.records.quick import quickly_made

__all__ = ["mark_furniture"]

#: Shares of the page height in which heads and feet are looked for, and how many rows of each at most.
HEAD_ZONE = 0.17
FOOT_ZONE = 0.20
ZONE_ROWS = 8
#: Lines at the same place differ by at most this (points); long lines may move further.
PLACE_PT = 8.0
LONG_LINE = 40
_NUMBER = re.compile(r"(\d+)")
_ROMAN = re.compile(r"^[\W_]*([ivxlc]{1,7})[\W_]*$", re.IGNORECASE)
_ONLY_NUMBER = re.compile(
    r"^[\W_]*(?:(?:page|p\.|seite|página|pagina)\s*)?\d{1,4}(?:\s*(?:/|of|de|sur|von|di)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@quickly_made
@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of its page, ready to be compared with other pages."""

    index: int
    page: int
    words: str
    numbers: tuple[int, ...]
    y0: float
    size: float


def mark_furniture(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """Give header, footer and page number roles.

    Parameters
    ----------
    lines : sequence of Line
        Lines of all pages.
    heights : sequence of float
        Heights of the pages in points, page 1 first.

    Returns
    -------
    list of Line
        The same lines in the same order, some with another role.
    """
    marked = list(lines)
    heads, feet = _zones(lines, heights)
    for zone, role in ((heads, LineRole.HEADER), (feet, LineRole.FOOTER)):
        for edge in _recurring(zone):
            line = marked[edge.index]
            marked[edge.index] = with_role(line, LineRole.PAGE_NUMBER if _is_page_number(line.text) else role)
    if len(heights) == 1:
        _mark_single_page(marked, feet.get(1, []), heights[0])
    return marked


def _zones(
    lines: Sequence[Line], heights: Sequence[float]
) -> tuple[dict[int, list[_Edge]], dict[int, list[_Edge]]]:
    """Per page the outermost lines, from the edge inwards: at the top, at the bottom."""
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.role is BODY:
            by_page.setdefault(line.page, []).append(index)
    tops = [line.bbox[1] for line in lines]
    heads: dict[int, list[_Edge]] = {}
    feet: dict[int, list[_Edge]] = {}
    for page, indices in by_page.items():
        ordered = sorted(indices, key=tops.__getitem__)
        top, bottom = HEAD_ZONE * heights[page - 1], (1 - FOOT_ZONE) * heights[page - 1]
        upper = [index for index in ordered[:ZONE_ROWS] if lines[index].bbox[1] < top]
        lower = [index for index in reversed(ordered[-ZONE_ROWS:]) if lines[index].bbox[1] > bottom]
        heads[page] = [_edge(lines[index], index) for index in upper]
        feet[page] = [_edge(lines[index], index) for index in lower]
    return heads, feet


def _edge(line: Line, index: int) -> _Edge:
    words, numbers = _skeleton(line.text)
    return _Edge(index, line.page, words, numbers, line.bbox[1], line.font_size)


def _skeleton(text: str) -> tuple[str, tuple[int, ...]]:
    """Words with numbers taken out, and the numbers; a lone Roman figure counts as a number."""
    roman = _ROMAN.match(text)
    if roman:
        return "#", (_roman_value(roman.group(1).lower()),)
    parts = _NUMBER.split(text)
    if len(parts) == 1:
        return " ".join(text.casefold().split()), ()
    words = " ".join("#".join(parts[::2]).casefold().split())
    return words, tuple([int(number[:9]) for number in parts[1::2]])


def _roman_value(figure: str) -> int:
    total = 0
    for mark, after in zip(figure, [*figure[1:], ""], strict=True):
        value = _ROMAN_VALUES[mark]
        total += -value if after and _ROMAN_VALUES[after] > value else value
    return total


def _recurring(zone: dict[int, list[_Edge]]) -> list[_Edge]:
    """Lines that return on a near page, peeled from the edge inwards; then others at the places so found."""
    found: list[_Edge] = []
    places: Counter[tuple[int, float]] = Counter()
    by_words: dict[int, dict[str, list[_Edge]]] = {page: {} for page in zone}
    for page, edges in zone.items():
        for edge in edges:
            by_words[page].setdefault(edge.words, []).append(edge)
    for _, edges in sorted(zone.items()):
        for edge in edges:
            if not _recurs(edge, by_words):
                break
            found.append(edge)
            places[_place(edge)] += 1
    found.extend(_counted_on(zone, found))
    known = {edge.index for edge in found}
    half = max(3, len(zone) / 2)
    for _, edges in sorted(zone.items()):
        for edge in edges:
            if edge.index not in known and places[_place(edge)] < half:
                break
            if edge.index not in known:
                found.append(edge)
    return found


def _recurs(edge: _Edge, by_words: dict[int, dict[str, list[_Edge]]]) -> bool:
    """Whether the line returns on most near pages, or on most of those of its side of the sheet.

    `by_words` holds the lines of each page by their words.
    """
    near = hits = same_side = same_side_hits = 0
    for step in (-4, -3, -2, -1, 1, 2, 3, 4):
        lines = by_words.get(edge.page + step)
        if lines is None:
            continue
        near += 1
        same_side += step % 2 == 0
        for other in lines.get(edge.words, ()):
            if _returns(edge, other):
                hits += 1
                same_side_hits += step % 2 == 0
                break
    return hits > 0 and (2 * hits >= near or 4 * same_side_hits >= 3 * max(same_side, 1))


def _counted_on(zone: dict[int, list[_Edge]], found: list[_Edge]) -> list[_Edge]:
    """Lone numbers at the edge that fit the page numbers of the other pages."""
    known = {edge.index for edge in found}
    offsets = Counter(number - edge.page for edge in found for number in edge.numbers)
    fitting = {offset for offset, count in offsets.items() if count >= max(3, len(zone) / 2)}
    outermost = [edges[0] for _, edges in sorted(zone.items()) if edges and edges[0].index not in known]
    return [
        edge
        for edge in outermost
        if len(edge.numbers) == 1
        and not any(map(str.isalpha, edge.words))
        and edge.numbers[0] - edge.page in fitting
    ]


def _place(edge: _Edge) -> tuple[int, float]:
    return round(edge.y0 / 3), round(edge.size)


def _returns(edge: _Edge, other: _Edge) -> bool:
    """Whether a line of the same words is the same line on another page."""
    if len(edge.numbers) != len(other.numbers):
        return False
    if abs(edge.y0 - other.y0) > PLACE_PT and len(edge.words) < LONG_LINE:
        return False
    if edge.numbers == other.numbers:
        return True
    step = other.page - edge.page
    return all(
        after in (before, before + step) for before, after in zip(edge.numbers, other.numbers, strict=True)
    )


def _is_page_number(text: str) -> bool:
    return bool(_ONLY_NUMBER.match(text) or _ROMAN.match(text))


def _mark_single_page(marked: list[Line], feet: list[_Edge], height: float) -> None:
    """A lone number at the very bottom of the only page is its page number."""
    if feet and feet[0].y0 > 0.9 * height and _ONLY_NUMBER.match(marked[feet[0].index].text):
        marked[feet[0].index] = with_role(marked[feet[0].index], LineRole.PAGE_NUMBER)
