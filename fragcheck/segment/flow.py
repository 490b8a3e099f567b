"""Fragments of rows joined to running text, and where each character of it is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from fragcheck.records import BBox, Span
from fragcheck.segment.rows import Row, in_hundredths
from fragcheck.segment.units import Fragment

__all__ = ["Joiner"]

#: Characters of the longest word that a line end is taken to cut.
_LONGEST_WORD = 40
_HYPHENS = ("-", "‐")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+)[-‐]$")
_HEAD = re.compile(r"([^\W\d_]+)")
_DENSE = re.compile(r"[　-ヿ㐀-鿿！-｠豈-﫿]")


class Joiner:
    """Joins the rows of one document.

    Parameters
    ----------
    rows : sequence of Row
    language : str
        Chinese and Japanese are joined without spaces.

    Notes
    -----
    A hyphen at the end of a row is dropped where the document writes the word without it
    elsewhere, kept where it writes it with one; where it writes neither, it is dropped before
    a small letter, unless what stands before it is itself a word of the document that is not
    found joined with anything (then the compound is kept).
    """

    def __init__(self, rows: Sequence[Row], language: str) -> None:
        self._rows = rows
        self._is_dense = language in {"zh", "ja"}

    @cached_property
    def _words(self) -> Counter[str]:
        """Words of the document, but for those that a line end may have cut."""
        found: Counter[str] = Counter()
        for row in self._rows:
            words = _WORD.findall(row.text)
            found.update(words[:-1] if row.text.endswith(("-", "‐", "\u00ad")) else words)
        return _folded(found)

    def join(self, fragments: Iterable[Fragment]) -> tuple[str, tuple[Span, ...]]:
        """Text of the fragments, and a span for each row with its characters of that text."""
        pieces: list[str] = []
        spans: list[Span] = []
        length = 0
        for fragment in fragments:
            row = self._rows[fragment.row]
            piece = row.text[fragment.start : fragment.end].strip()
            if not piece:
                continue
            if pieces:
                last, glue = self._glued(pieces[-1], piece)
                if len(last) < len(pieces[-1]):
                    spans[-1] = _within(spans[-1], length - 1)
                length += len(last) - len(pieces[-1]) + len(glue)
                pieces[-1] = last + glue
            spans.append(Span(row.page, _part_of(row, fragment), length, length + len(piece)))
            pieces.append(piece)
            length += len(piece)
        text = "".join(pieces).rstrip("\u00ad")
        if len(text) < length:
            spans = [_within(span, len(text)) for span in spans]
        return text, tuple(spans)

    def _glued(self, text: str, piece: str) -> tuple[str, str]:
        """Text so far, without a hyphen that only the end of the line put there; and what to put between."""
        if text.endswith("\u00ad"):
            return text[:-1], ""
        tail = _TAIL.search(text[-_LONGEST_WORD:]) if text.endswith(_HYPHENS) else None
        head = _HEAD.match(piece)
        if tail and head:
            return (text[:-1] if self._is_broken(tail[1], head[1]) else text), ""
        if text.endswith(("/", "-", "‐")) and not text.endswith((" -", " /")) and len(text) > 1:
            return text, ""
        if self._is_dense and _DENSE.match(text[-1]) and _DENSE.match(piece[0]):
            return text, ""
        return text, " "

    def _is_broken(self, tail: str, head: str) -> bool:
        """Whether `tail` and `head` are two halves of a word and not of a compound."""
        whole, compound = (tail + head).casefold(), f"{tail}-{head}".casefold()
        joined, hyphened = self._words[whole], self._words[compound]
        if joined or hyphened:
            return joined >= hyphened
        if head[0].isupper():
            return False
        return not (self._words[tail.casefold()] and self._words[head.casefold()])


def _folded(words: Counter[str]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for word, count in words.items():
        folded[word.casefold()] += count
    return folded


def _part_of(row: Row, fragment: Fragment) -> BBox:
    """Box of a part of a row, its sides by share of the characters."""
    count = max(len(row.text), 1)
    x0, y0, x1, y1 = row.bbox
    if fragment.start == 0 and fragment.end >= count:
        return in_hundredths(x0), y0, in_hundredths(x1), y1
    width = x1 - x0
    return (
        round(x0 + width * fragment.start / count, 2),
        y0,
        round(x0 + width * min(fragment.end, count) / count, 2),
        y1,
    )


def _within(span: Span, length: int) -> Span:
    return Span(span.page, span.bbox, min(span.start, length), min(span.end, length))
