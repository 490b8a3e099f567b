"""Rows to lines: joined text, style, spans of raised marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from fragcheck.pdf.directions import holds_turned, in_reading_order
from fragcheck.pdf.engine import Floats
from fragcheck.pdf.fragments import (
    CJK_PRINTED_SPACE_EM,
    CJK_SPACE_EM,
    GUESSED_SPACE_EM,
    MISSING_SPACE_EM,
    Fragment,
    turned_back,
)
from fragcheck.pdf.raised import as_exponent, is_note_mark
from fragcheck.pdf.roles import BODY, TABLE
from fragcheck.pdf.rows import Row
from fragcheck.records import BBox, Line, LineRole

__all__ = ["lines_of"]

#: Size of small capitals, as shares of the size of the capitals that they stand with.
SMALL_CAPS = (0.6, 0.87)
#: Gaps before a raised mark that count as a space (in ems): without one, guessed by pdfium, in the file.
MARK_SPACE_EM = (0.3, 0.3, 0.0)
_REPLACED = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    # Symbol and Wingdings glyphs that word processors leave in the private use area
    0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF06E: "■", 0xF06F: "□", 0xF0A8: "□",
    0xF02D: "–", 0xF0E0: "→",
    0x200B: "", 0x200E: "", 0x200F: "", 0x2060: "",
}  # fmt: skip
_REPLACEABLE = re.compile(f"[{''.join(map(chr, _REPLACED))}]")


def lines_of(pages: Sequence[Sequence[Row]], sizes: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """The lines of each page; rows of which nothing visible is left have none.

    Parameters
    ----------
    pages : sequence of sequence of Row
        Rows of each page, page 1 first, their fragments from left to right. Where one reads in another
        direction than the first of its page, it is margin.
    sizes : sequence of (float, float)
        Width and height of each page in points.
    """
    boxes = _boxes(pages, sizes)
    found: list[list[Line]] = []
    for number, rows in enumerate(pages, start=1):
        main_turn = rows[0].fragments[0].turn if rows else 0
        made = [
            _line_of_one(row, number, box, main_turn)
            if len(row.fragments) == 1
            else _line_of_several(row, number, box, main_turn)
            for row, box in zip(rows, boxes, strict=False)
        ]
        found.append([line for line in made if line is not None])
    return found


def _boxes(pages: Sequence[Sequence[Row]], sizes: Sequence[tuple[float, float]]) -> Iterator[BBox]:
    """Boxes of the rows of all pages as these are shown, in hundredths of a point."""
    raw: list[BBox] = []
    for rows, size in zip(pages, sizes, strict=True):
        for row in rows:
            first = row.fragments[0]
            box = first.x0, first.y0, first.x1, first.y1
            if len(row.fragments) > 1:
                box = _box_around(row.fragments)
            raw.append(turned_back(box, first.turn, *size) if first.turn else box)
    return map(tuple, _in_hundredths(np.array(raw, np.float64)).tolist())


def _in_hundredths(values: Floats) -> Floats:
    """What `round` makes of each value with two decimals, in a tenth of its time."""
    hundredths = values * 100.0
    found: Floats = np.rint(hundredths) / 100.0
    # in the middle between two of them `round` goes by the exact value; far out, hundredths are none
    doubtful = (np.abs(hundredths - np.floor(hundredths) - 0.5) < 1e-6) | (np.abs(values) > 1e9)
    if doubtful.any():
        found[doubtful] = [round(value, 2) for value in values[doubtful].tolist()]
    return found


def _line_of_several(row: Row, page: int, box: BBox, main_turn: int) -> Line | None:
    """The line of a row with several fragments."""
    fragments = row.fragments
    text, spans = _joined(fragments)
    if not text.strip():
        return None
    text, spans = _as_read(text, spans)
    raised = _raised_spans(row, spans)
    if raised:
        text, raised = _with_exponents(text, raised)
    struck_spans = [span for span, fragment in zip(spans, fragments, strict=True) if fragment.struck]
    struck = _merged(struck_spans, gap=1) if struck_spans else ()
    bold, italic, underlined = _mostly(fragments)
    return Line(
        text=text,
        page=page,
        bbox=box,
        font_size=_main_size(fragments),
        is_bold=bold,
        is_italic=italic,
        is_struck=2 * sum([end - start for start, end in struck]) > len(text),
        is_underlined=underlined,
        role=_role(row, fragments[0].turn, main_turn),
        column=row.column,
        struck_spans=() if struck == ((0, len(text)),) else struck,
        superscript_spans=raised,
    )


def _box_around(fragments: list[Fragment]) -> tuple[float, float, float, float]:
    first, *others = fragments
    x0, y0, x1, y1 = first.x0, first.y0, first.x1, first.y1
    for fragment in others:
        x0, y0 = min(x0, fragment.x0), min(y0, fragment.y0)
        x1, y1 = max(x1, fragment.x1), max(y1, fragment.y1)
    return x0, y0, x1, y1


def _mostly(fragments: list[Fragment]) -> tuple[bool, bool, bool]:
    """Whether more than half of the characters are bold, italic, underlined."""
    total = bold = italic = underlined = 0
    for fragment in fragments:
        count = len(fragment.text)
        total += count
        bold += count * fragment.bold
        italic += count * fragment.italic
        underlined += count * fragment.underlined
    return 2 * bold > total, 2 * italic > total, 2 * underlined > total


def _line_of_one(row: Row, page: int, box: BBox, main_turn: int) -> Line | None:
    """The line of a row with one fragment, which has one style throughout: most lines are such."""
    fragment = row.fragments[0]
    text = fragment.text
    if not text.isascii():
        text = _printed(text)
        if holds_turned(text):
            text = in_reading_order(text)[0]
    if not text or text.isspace():
        return None
    return Line(
        text, page, box, _rounded(fragment.size),
        fragment.bold, fragment.italic, fragment.struck, fragment.underlined,
        _role(row, fragment.turn, main_turn),
        row.column,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _rounded(size: float) -> float:
    """A font size as lines give it; a document has few."""
    return round(size, 1)


def _as_read(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The text in the order of reading, and the spans in it."""
    if text.isascii() or not holds_turned(text):
        return text, spans
    read, places = in_reading_order(text)
    if read == text:
        return text, spans
    moved = [sorted(places[start:end]) for start, end in spans]
    return read, [(held[0], held[-1] + 1) if held else (0, 0) for held in moved]


def _role(row: Row, turn: int, main_turn: int) -> LineRole:
    if turn != main_turn:
        return LineRole.MARGIN
    return TABLE if row.in_table else LineRole.LINE_NUMBER if row.is_line_number else BODY


def _printed(text: str) -> str:
    """The text with ligatures taken apart and the glyphs of symbol fonts replaced."""
    if text.isascii() or _REPLACEABLE.search(text) is None:
        return text
    return text.translate(_REPLACED)


def _main_size(fragments: list[Fragment]) -> float:
    """Size of most characters; small capitals count with the size of the capitals beside them."""
    sizes_of_all = [fragment.size for fragment in fragments]
    highest = max(sizes_of_all)
    if min(sizes_of_all) == highest:
        return _rounded(highest)
    largest = fragments[sizes_of_all.index(highest)]
    sizes: dict[float, int] = {}
    for fragment in fragments:
        is_small_caps = (
            SMALL_CAPS[0] < fragment.size / highest < SMALL_CAPS[1]
            and abs(fragment.baseline - largest.baseline) < 0.05 * highest
            and fragment.text.upper() == fragment.text != fragment.text.lower()
        )
        size = _rounded(highest if is_small_caps else fragment.size)
        sizes[size] = sizes.get(size, 0) + len(fragment.text)
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0]


def _raised_spans(row: Row, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    main = row.main
    above = [index for index, fragment in enumerate(row.fragments) if fragment.baseline < main.baseline]
    if not above:
        return ()
    marks = {id(mark) for mark in row.marks}
    raised = [
        spans[index]
        for index in above
        if id(row.fragments[index]) in marks or _is_raised(row.fragments[index], main)
    ]
    return _merged(raised)


def _with_exponents(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Powers of ten written as such, and the spans that are left: marks of notes."""
    notes: list[tuple[int, int]] = []
    for start, end in spans:
        power = as_exponent(text[:start], text[start:end])
        if power is not None:
            text = text[:start] + power + text[end:]
        elif is_note_mark(text[:start], text[start:end]):
            notes.append((start, end))
    return text, tuple(notes)


def _is_raised(fragment: Fragment, main: Fragment) -> bool:
    return fragment.size <= 0.86 * main.size and fragment.baseline < main.baseline - 0.12 * main.size


def _joined(fragments: list[Fragment]) -> tuple[str, list[tuple[int, int]]]:
    """Text of the row, and the range of each fragment in it (empty where it repeats another one)."""
    text = ""
    spans: list[tuple[int, int]] = []
    last: Fragment | None = None
    for fragment in fragments:
        piece = fragment.text
        if not piece.isascii():
            piece = _printed(piece)
        if last is not None and _repeats(fragment, last):
            spans.append((len(text), len(text)))
            continue
        if last is not None and text and piece and _space_between(last, fragment):
            text += " "
        spans.append((len(text), len(text) + len(piece)))
        text += piece
        last = fragment
    return text, spans


def _repeats(fragment: Fragment, last: Fragment) -> bool:
    """Whether the same text is painted a second time on the same place (shadows, fake bold)."""
    return fragment.text == last.text and abs(fragment.x0 - last.x0) < 0.3 * last.size


def _space_between(last: Fragment, fragment: Fragment) -> bool:
    gap = (fragment.x0 - last.x1) / min(last.size, fragment.size)
    if fragment.text == "-" and fragment.space_before < 2:
        return gap > 0.5
    if _is_cjk(last.text[-1:]) and _is_cjk(fragment.text[:1]):
        return gap > (CJK_PRINTED_SPACE_EM if fragment.space_before == 2 else CJK_SPACE_EM)
    raised = fragment.size <= 0.86 * last.size and fragment.baseline < last.baseline - 0.12 * last.size
    floors = MARK_SPACE_EM if raised else (MISSING_SPACE_EM, GUESSED_SPACE_EM, -0.05)
    return gap > floors[fragment.space_before]


def _is_cjk(character: str) -> bool:
    return bool(character) and (
        "\u2e80" <= character <= "\u312f"
        or "\u3190" <= character <= "\ua4cf"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uff60"
    )


def _merged(spans: list[tuple[int, int]], gap: int = 0) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted([span for span in spans if span[1] > span[0]]):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
