"""Lines of a document as rows of running text, and the signs that a row begins a paragraph."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from fragcheck.records import BBox, Document, Line, LineRole
from fragcheck.segment.grammar import load_styles

__all__ = ["Layout", "Row", "body_rows", "in_hundredths", "measure"]

#: Points that a centred line starts to the right of the text below it.
_CENTRED_ABOVE = 60.0
#: Characters at the end of a row that are looked at.
_TAIL = 24
#: Fewer rows than this on all odd (or all even) pages tell nothing of their margins.
_FEW_ROWS = 5
#: Least share of the page between equal margins that a single column of text takes.
_LEAST_WIDTH = 0.6
#: Log-odds of a row of which the file says whether a paragraph begins there.
_KNOWN = {True: 4.0, False: -4.0}
#: Lines that the masthead of a gazette takes at most.
_MASTHEAD = 12
_BODY = frozenset({LineRole.BODY, LineRole.TABLE})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b\u2060]")
_HYPHEN_MARKS = str.maketrans({"\ufffe": "\u00ad", "\u0002": "\u00ad", "\t": " ", "\u00a0": " "})
#: Words that lead to the next item of a list, at the end of a row; and those that do so behind a comma only.
_LEADING = ("and", "or", "und", "oder", "et", "ou", "dan", "atau", "oraz", "lub", "или", "hoặc", "أو")
_LEADING_BEHIND_COMMA = ("y", "o", "e", "en", "of", "i", "и", "ve", "veya", "và", "و")
_ENDS = re.compile(
    r"(?:[.;:!?。；：！？؛؟]|(?<!\d)[—–]"
    rf"|[,;،]\s?(?:{'|'.join((*_LEADING, *_LEADING_BEHIND_COMMA))})"
    rf"|\b(?:{'|'.join(_LEADING)})"
    r"|[、，]\s?(?:和|或|及))(?:\s?»|[)”’\"»“」』）】])*$"
)
#: Last characters of a row that need no further look.
_STOPS = frozenset(".;:!?。；：！？؛؟")
_COMMA = re.compile(r"[,，、][”’\"»]*$")
#: Brackets of the size of the text around a raised mark; and how many characters before one decide about it.
_OPENED = re.compile(r"\s?[(\[]\s?$")
_CLOSED = re.compile(r"\s?[)\]]")
_TEN = re.compile(r"(?:\b10|\d[\s×x·]*10)$")
_NEAR = 40
#: What a row ends in that `_ENDS` finds behind a letter; words of one letter stand behind a comma there.
_JOINING = tuple(word for word in (*_LEADING, *_LEADING_BEHIND_COMMA) if len(word) > 1)
_DENSE = re.compile(r"[぀-ヿ一-鿿]")
_LEADS = re.compile(r"(?:[:：]|(?<!\d)[—–])[”’\"»]*$")
#: Last characters of what these two find.
_COMMA_LAST = frozenset(',，、”’"»')
_LEADS_LAST = frozenset(':：—–”’"»')


@dataclass(slots=True)  # not frozen: that doubles what the rows of a long document cost
class Row:
    """A row of the body: one line, or a label and its text that stand side by side.

    `text` is free of footnote marks and of struck words. `odds` are log-odds, from the
    layout and the end of the row before, that a paragraph begins here; `indent` is the
    distance in points from the left edge of its column. `begins` is known where the file says it.
    """

    index: int
    text: str
    page: int
    bbox: BBox
    size: float
    is_bold: bool = False
    is_italic: bool = False
    is_table: bool = False
    column: int = 0
    odds: float = 0.0
    indent: float = 0.0
    is_centred: bool = False
    is_after_lead: bool = False
    is_full: bool = False
    begins: bool | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Typical measures of a document: body size in points, whether the body is bold or italic."""

    size: float
    is_bold: bool
    is_italic: bool
    pitch: float


def body_rows(document: Document) -> tuple[list[Row], int]:
    """Rows of the body in reading order, and the number of lines with struck-through text.

    Headers, footers, footnotes, margins, line numbers and the masthead of a gazette are left out,
    except in a document that holds nothing else.
    """
    lines = [line for line in document.lines if line.role in _BODY]
    if not any(line.text.strip() for line in lines):
        lines = list(document.lines)
    rows: list[Row] = []
    struck = 0
    for line in lines[_masthead(lines) :]:
        struck += line.is_struck or bool(line.struck_spans)
        text = "" if line.is_struck else _kept_text(line)
        if not text:
            continue
        row = Row(
            len(rows), text, line.page, line.bbox, line.font_size, line.is_bold, line.is_italic,
            line.role is LineRole.TABLE, line.column, begins=line.begins_paragraph,
        )  # fmt: skip
        if rows and _is_beside(rows[-1], row):
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    return rows, struck


def _masthead(lines: Sequence[Line]) -> int:
    """How many of the first lines are the masthead of a gazette; it is furniture, printed once."""
    styles = load_styles()
    count = 0
    while count < min(len(lines), _MASTHEAD) and styles.masthead.match(lines[count].text.strip()):
        count += 1
    is_one = any(styles.masthead_first.search(line.text.strip()) for line in lines[:count])
    return count if is_one and count < len(lines) else 0


def _kept_text(line: Line) -> str:
    """Text of a line without struck words and raised footnote marks."""
    text = line.text
    dropped = list(line.struck_spans)
    if line.superscript_spans:
        dropped += [span for span in line.superscript_spans if _is_note_mark(text, span)]
    for start, end in sorted(dropped, reverse=True):
        opened = _OPENED.search(text, max(0, start - _NEAR), start)
        closed = _CLOSED.match(text, end)
        # the mark may stand between brackets of the size of the text
        first, last = (opened.start(), closed.end()) if opened and closed else (start, end)
        text = text[:first] + text[last:]
    if not (text.isascii() and text.isprintable()):
        text = _CONTROL.sub("", text.translate(_HYPHEN_MARKS))
    return (re.sub(r" {2,}", " ", text) if "  " in text else text).strip()


def _is_note_mark(text: str, span: tuple[int, int]) -> bool:
    """Whether raised characters are a mark and not an ordinal (1er, 2nd) or a power (10^25)."""
    raised = text[span[0] : span[1]].strip()
    if span[0] == 0 and raised.isdigit() and re.match(r"\s?[A-ZÀ-Ý“«]", text[span[1] : span[1] + 2]):
        return False  # the raised number of a paragraph, as Swiss laws print it
    before = text[max(0, span[0] - _NEAR) : span[0]].rstrip()
    if re.fullmatch(r"[\d*†‡§()\[\],\s]+", raised) is None:
        return False
    return not (_TEN.search(before) and raised.strip("()").isdigit())


def _is_beside(left: Row, right: Row) -> bool:
    """Whether `right` goes on in the same printed row as `left`, as text after its label does."""
    if left.page != right.page or left.column != right.column or len(left.text) > 14:
        return False
    overlap = min(left.bbox[3], right.bbox[3]) - max(left.bbox[1], right.bbox[1])
    height = min(left.bbox[3] - left.bbox[1], right.bbox[3] - right.bbox[1])
    gap = right.bbox[0] - left.bbox[2]
    return overlap > 0.6 * max(height, 1.0) and 0 <= gap < 60


def _joined(left: Row, right: Row) -> Row:
    box = (
        min(left.bbox[0], right.bbox[0]),
        min(left.bbox[1], right.bbox[1]),
        max(left.bbox[2], right.bbox[2]),
        max(left.bbox[3], right.bbox[3]),
    )
    return replace(right, index=left.index, text=f"{left.text} {right.text}", bbox=box)


def measure(rows: Sequence[Row], page_width: float = 0.0) -> tuple[list[Row], Layout]:
    """Rows with their odds of beginning a paragraph, indents and centring; and the typical measures.

    Parameters
    ----------
    rows : sequence of Row
    page_width : float
        In points; tells the right edge where all lines are short. 0 if not known.
    """
    layout = _layout(rows)
    edges = _edges(rows, page_width)
    measured: list[Row] = []
    before: Row | None = None
    for row in rows:
        left, right = edges[row.page % 2, row.column]
        measured.append(
            Row(
                row.index, row.text, row.page, row.bbox, row.size, row.is_bold, row.is_italic, row.is_table,
                row.column,
                _odds(before, row, layout, edges) if row.begins is None else _KNOWN[row.begins],
                in_hundredths(row.bbox[0] - left),
                _is_centred(row, left, right),
                before is not None and _leads(before.text),
                right - row.bbox[2] < 0.06 * max(right - left, 1.0),
                row.begins,
            )
        )  # fmt: skip
        before = row
    return measured, layout


@lru_cache(maxsize=4096)
def in_hundredths(offset: float) -> float:
    """A length in hundredths of a point, remembered: most rows of a document share a few."""
    return round(offset, 2)


def _leads(text: str) -> bool:
    """Whether a row ends in a colon or dash, which leads to what comes next."""
    return text[-1:] in _LEADS_LAST and _LEADS.search(text[-_TAIL:]) is not None


def _layout(rows: Sequence[Row]) -> Layout:
    types: dict[tuple[float, bool, bool], int] = {}
    for row in rows:
        key = row.size, row.is_bold, row.is_italic
        types[key] = types.get(key, 0) + len(row.text)
    sizes: Counter[float] = Counter()
    weights: Counter[tuple[bool, bool]] = Counter()
    for (points, bold, italic), letters in types.items():
        sizes[round(points, 1)] += letters
        weights[bold, italic] += letters
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    is_bold, is_italic = weights.most_common(1)[0][0] if weights else (False, False)
    pitches = [
        pitch
        for before, after in pairwise(rows)
        if before.page == after.page and before.column == after.column
        and 0 < (pitch := after.bbox[1] - before.bbox[1]) < 4 * max(size, 1) and abs(after.size - size) < 1
    ]  # fmt: skip
    low = sorted(pitches)[: max(1, len(pitches) // 3)]
    return Layout(size, is_bold, is_italic, median(low) if low else 1.2 * size)


def _edges(rows: Iterable[Row], page_width: float) -> dict[tuple[int, int], tuple[float, float]]:
    """Left and right edge of the text block by parity of the page and column."""
    lefts: dict[tuple[int, int], list[float]] = defaultdict(list)
    rights: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in rows:
        lefts[row.page % 2, row.column].append(row.bbox[0])
        rights[row.page % 2, row.column].append(row.bbox[2])
    for (parity, column), known in list(lefts.items()):
        other = 1 - parity, column
        # A last page with a line or two does not show where its text block begins.
        if len(known) < _FEW_ROWS and len(lefts.get(other, ())) >= _FEW_ROWS:
            lefts[parity, column], rights[parity, column] = lefts[other], rights[other]
    edges = {key: (_quantile(lefts[key], 0.05), _quantile(rights[key], 0.97)) for key in lefts}
    if any(column for _, column in edges):
        return edges
    return {
        key: (left, max(right, left + _LEAST_WIDTH * (page_width - 2 * left)))
        for key, (left, right) in edges.items()
    }


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _is_centred(row: Row, left: float, right: float) -> bool:
    width = right - left
    before, after = row.bbox[0] - left, right - row.bbox[2]
    return before > 0.06 * width and after > 0.06 * width and abs(before - after) < max(0.05 * width, 6.0)


def _odds(
    before: Row | None, row: Row, layout: Layout, edges: dict[tuple[int, int], tuple[float, float]]
) -> float:
    """Log-odds that `row` begins a paragraph; weights set by hand, summed as in naive Bayes."""
    if before is None:
        return 3.0
    odds = _odds_of_end(before.text)
    odds += _odds_of_fit(before, row, edges[before.page % 2, before.column])
    if before.page == row.page and before.column == row.column:
        pitch = row.bbox[1] - before.bbox[1]
        size = max(row.size, before.size, 1.0) / max(layout.size, 1.0)
        ratio = pitch / max(layout.pitch * size, 1.0)
        odds += 2.5 if ratio > 1.3 or ratio < -2 else -0.3
        odds += 0.6 if abs(row.bbox[0] - before.bbox[0]) > 3 else -0.2
        odds += 1.5 if before.bbox[0] - row.bbox[0] > _CENTRED_ABOVE else 0.0
    elif before.page == row.page and row.column < before.column:
        odds += 2.0  # below columns that were read to their ends
    if abs(row.size - before.size) > 3:
        odds += 3.5
    elif abs(row.size - before.size) > 0.8 or row.is_bold != before.is_bold:
        odds += 1.5
    return odds


def _odds_of_end(text: str) -> float:
    last = text[-1:]
    if last in _STOPS:
        return 1.5
    may_end = not last.isalpha() or not text[-2:-1].isalpha() or text.endswith(_JOINING)
    if may_end and _ENDS.search(text[-_TAIL:]):
        return 1.5
    return 0.2 if last in _COMMA_LAST and _COMMA.search(text[-_TAIL:]) else -1.5


def _odds_of_fit(before: Row, row: Row, edge: tuple[float, float]) -> float:
    """A line that breaks although the next word would have fitted ends its paragraph."""
    left, right = edge
    characters = max(len(before.text), 1)
    advance = (before.bbox[2] - before.bbox[0]) / characters
    is_word = bool(row.text[:1].strip()) and not _is_dense(row.text)
    word = len(row.text.split(maxsplit=1)[0]) + 1 if is_word else 1
    is_inset = before.bbox[0] - left > _CENTRED_ABOVE  # a centred line ends where it is as wide as the block
    end = left + before.bbox[2] - before.bbox[0] if is_inset else before.bbox[2]
    room = right - end - word * advance
    width = max(right - left, 1.0)
    if room <= 0:
        return -1.5
    return min(2.0, 0.5 + 1.5 * math.sqrt(room / width) * 2)


def _is_dense(text: str) -> bool:
    """Scripts that break between any two characters."""
    return not text.isascii() and _DENSE.search(text[:12]) is not None
