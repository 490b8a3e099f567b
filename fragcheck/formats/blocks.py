"""Paragraphs of files without pages, and how they become the lines that the segmenter reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from fragcheck.records import Line, LineRole

__all__ = ["Block", "BlockWriter", "is_label", "is_title", "labelled", "lines_of", "table_row"]

#: The page that lines are laid out on, in points; the segmenter reads indents and gaps, no one sees it.
_LEFT, _WIDTH, _ADVANCE = 72.0, 451.0, 5.0
_BODY_SIZE = 10.0
#: Gap between paragraphs and from line to line, in heights of a line.
_GAP, _PITCH = 2.0, 1.3
#: Points that an item stands further in than the text that introduces it.
_ITEM = 18.0
#: Deepest indent in points, so that lists of lists keep room for their text.
_DEEPEST = 250.0
_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]")
_BREAK = re.compile(r"(?<![\s/\-‐‑\u00ad]) ")
_DENSE_BREAK = re.compile(
    r"(?<![\s/\-‐‑\u00ad]) |(?<=[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60])(?=[\u3041-\u30ff\u3400-\u9fff])"
)
#: Columns of the longest heading, and how paragraphs end that are none.
_LONGEST_TITLE = 200
_ENDS = (".", ";", ":", ",", "。", "；", "：", "，", "、", "—", "–")
#: Characters of the shortest line.
_SHORTEST = 12
#: Cells that hold a number or mark and nothing else.
_LABEL = re.compile(
    r"[(（\[]?\d{1,3}[a-z]?(?:\.\d{1,3}){0,3}[)）\].°º]{0,2}"
    r"|[(（\[]?(?:[A-Za-z]{1,2}|[ivxlcIVXLC]{1,7})[)）\].°º]{1,2}|[—–•·\-‑]|[①-⑳]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph.

    `begins` is None for what follows a line break inside a paragraph; `indent` is in points.
    """

    text: str
    role: LineRole = LineRole.BODY
    size: float = _BODY_SIZE
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    indent: float = 0.0
    begins: bool | None = True
    struck: tuple[tuple[int, int], ...] = ()
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class BlockWriter:
    """Collects the runs of one paragraph; white space is folded as it is shown."""

    blocks: list[Block] = field(default_factory=list)
    _text: str = ""
    _weights: dict[str, int] = field(default_factory=dict)
    _struck: list[tuple[int, int]] = field(default_factory=list)
    _raised: list[tuple[int, int]] = field(default_factory=list)
    _is_broken: bool = False

    def add(
        self,
        words: str,
        *,
        is_bold: bool = False,
        is_italic: bool = False,
        is_struck: bool = False,
        is_raised: bool = False,
    ) -> None:
        """Append a run."""
        words = re.sub(r"[\s\u00a0]+", " ", words)
        if not self._text or self._text.endswith(" "):
            words = words.lstrip(" ")
        if not words:
            return
        start, end = len(self._text), len(self._text) + len(words)
        self._text += words
        letters = len(words.strip())
        self._weights["bold"] = self._weights.get("bold", 0) + letters * is_bold
        self._weights["italic"] = self._weights.get("italic", 0) + letters * is_italic
        if is_struck:
            self._struck.append((start, end))
        if is_raised:
            self._raised.append((start, end))

    def end_line(self, style: Block) -> None:
        """End the line; what follows may or may not begin a paragraph."""
        if self._text.strip():
            self.end(style)
            self._is_broken = True

    def end(self, style: Block) -> None:
        """End the paragraph; `style` has its role, size, indent and what it is set in as a whole."""
        text = self._text.rstrip()
        if text:
            letters = len(text.replace(" ", ""))
            bold, italic = self._weights.get("bold", 0), self._weights.get("italic", 0)
            self.blocks.append(
                replace(
                    style,
                    text=text,
                    is_bold=style.is_bold or 2 * bold > letters,
                    is_italic=style.is_italic or 2 * italic > letters,
                    begins=None if self._is_broken else True,
                    struck=_within(self._struck, len(text)),
                    raised=_within(self._raised, len(text)),
                )
            )
        self._text, self._is_broken = "", False
        self._weights, self._struck, self._raised = {}, [], []


def _within(spans: Iterable[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    return tuple((start, min(end, length)) for start, end in spans if start < length)


def is_label(text: str) -> bool:
    """Whether a text is a number or mark and nothing else: (a), 1.2, iv., —."""
    return _LABEL.fullmatch(text.strip()) is not None


def labelled(label: str, blocks: Sequence[Block]) -> list[Block]:
    """Blocks with a label before the text of the first, as one line reads; the others are further in."""
    if not blocks:
        return [Block(label)]
    first = blocks[0]
    shift = len(label) + 1
    return [
        replace(
            first,
            text=f"{label} {first.text}",
            struck=tuple((start + shift, end + shift) for start, end in first.struck),
            raised=tuple((start + shift, end + shift) for start, end in first.raised),
        ),
        *(replace(block, indent=block.indent + _ITEM) for block in blocks[1:]),
    ]


def table_row(cells: Sequence[Sequence[Block]]) -> list[Block]:
    """Blocks of a row of a table.

    A row of one cell is running text, one of a label and a cell is an item (as publishers set
    lists in tables); any other is one line of a table, its cells, empty ones too, divided by ``|``.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) == 1:
        return list(filled[0])
    if len(filled) == 2 and len(filled[0]) == 1 and is_label(filled[0][0].text):
        item = [replace(block, indent=block.indent + _ITEM) for block in filled[1]]
        return labelled(filled[0][0].text, item)
    if not filled:
        return []
    text = " | ".join(" ".join(block.text for block in cell) for cell in cells)
    is_bold = all(block.is_bold for cell in filled for block in cell)
    return [Block(text, LineRole.TABLE, is_bold=is_bold, indent=filled[0][0].indent)]


def lines_of(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Lines of paragraphs, broken as on a page, with what the file says of where paragraphs begin.

    Lines end at spaces only, and never behind a hyphen or slash, so that joining them with
    spaces gives the text again. All stand on one endless page.
    """
    lines: list[Line] = []
    top = _LEFT
    for block in blocks:
        indent = 0.0 if block.is_centred else min(block.indent, _DEEPEST)
        room = int((_WIDTH - indent) / (_ADVANCE * block.size / _BODY_SIZE))
        pieces = [(0, len(block.text))] if is_title(block.text) else _pieces(block.text, room)
        for at, (start, end) in enumerate(pieces):
            words = block.text[start:end]
            width = min(_columns(words) * _ADVANCE * block.size / _BODY_SIZE, _WIDTH)
            left = _LEFT + ((_WIDTH - width) / 2 if block.is_centred else indent)
            is_first = at == 0
            top += block.size * (_GAP if is_first and block.begins else _PITCH)
            lines.append(
                Line(
                    text=words,
                    page=1,
                    bbox=(left, top, left + width, top + block.size),
                    font_size=block.size,
                    is_bold=block.is_bold,
                    is_italic=block.is_italic,
                    is_struck=bool(block.struck) and _covers(block.struck, start, end),
                    role=block.role,
                    struck_spans=_inside(block.struck, start, end),
                    superscript_spans=_inside(block.raised, start, end),
                    begins_paragraph=block.begins if is_first else False,
                )
            )
    return tuple(lines)


def is_title(text: str) -> bool:
    """Whether a paragraph may be a heading, which is easier told by one line: short, and no sentence."""
    return _columns(text) <= _LONGEST_TITLE and not text.endswith(_ENDS)


def _columns(words: str) -> int:
    return len(words) + len(_DENSE.findall(words))


def _pieces(text: str, room: int) -> list[tuple[int, int]]:
    """Ranges of lines of at most `room` columns, as far as there are places to break at."""
    breaks = [(match.start(), match.end()) for match in _breaks(text)]
    pieces: list[tuple[int, int]] = []
    start, last = 0, (0, 0)
    for at in (*breaks, (len(text), len(text))):
        if _columns(text[start : at[0]]) > room and last[1] > start:
            pieces.append((start, last[0]))
            start = last[1]
        last = at
    pieces.append((start, len(text)))
    return pieces


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """Where a line may end: at spaces, and in Chinese and Japanese between any two characters.

    Not behind a short label, which would then stand alone.
    """
    is_dense = 2 * len(_UNSPACED.findall(text)) > len(text)
    for match in (_DENSE_BREAK if is_dense else _BREAK).finditer(text):
        if match.start() > _SHORTEST:
            yield match


def _inside(spans: Iterable[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if first < end and last > start
    )


def _covers(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
