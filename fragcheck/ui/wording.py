"""Two texts side by side with the differing words marked, as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

__all__ = ["SideBySide", "mark_differences", "similarity"]

#: A word, a single ideograph or syllable block, a run of space, or any other mark.
_TOKEN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\u2e80-\u9fff\uac00-\ud7af]+|\s+|[^\w\s]")

#: Beyond this many tokens on a side, marking is slow and no longer helps to read.
TOKEN_LIMIT = 1500

#: Below this share of common tokens nearly all would be marked, which says nothing.
COMMON_FLOOR = 0.4


@dataclass(frozen=True, slots=True)
class SideBySide:
    """HTML of both sides; `is_marked` is False where single words are not marked."""

    left: str
    right: str
    is_marked: bool


def mark_differences(left: str, right: str) -> SideBySide:
    """Escape both texts and put ``<mark>`` around the words that the other lacks.

    Case and white space do not count. Nothing is marked where the texts have
    too little in common or are too long for it to help.
    """
    a, b = _TOKEN.findall(left), _TOKEN.findall(right)
    plain = SideBySide(escape(left), escape(right), is_marked=False)
    if max(len(a), len(b)) > TOKEN_LIMIT:
        return plain
    matcher = _matcher(a, b)
    if matcher.ratio() < COMMON_FLOOR:
        return plain
    marked_left, marked_right = set[int](), set[int]()
    words_a, words_b = _words(a), _words(b)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag != "equal":
            marked_left.update(words_a[i0:i1])
            marked_right.update(words_b[j0:j1])
    return SideBySide(_html(a, marked_left), _html(b, marked_right), is_marked=True)


def similarity(left: str, right: str) -> float:
    """Share of words in common, in [0, 1] (Ratcliff and Obershelp's ratio over words)."""
    return _matcher(_TOKEN.findall(left), _TOKEN.findall(right)).ratio()


def _words(tokens: Sequence[str]) -> list[int]:
    """Positions of the tokens that are not white space."""
    return [index for index, token in enumerate(tokens) if not token.isspace()]


def _matcher(a: Sequence[str], b: Sequence[str]) -> SequenceMatcher[str]:
    fold_a = [a[index].casefold() for index in _words(a)]
    fold_b = [b[index].casefold() for index in _words(b)]
    return SequenceMatcher(None, fold_a, fold_b, autojunk=False)


def _html(tokens: Sequence[str], marked: set[int]) -> str:
    """Tokens escaped, runs of marked words (and the space between them) in one ``<mark>``."""
    parts: list[str] = []
    is_open = False
    for index, token in enumerate(tokens):
        inside = index in marked or (
            is_open and token.isspace() and index + 1 < len(tokens) and index + 1 in marked
        )
        if inside and not is_open:
            parts.append("<mark>")
        if not inside and is_open:
            parts.append("</mark>")
        is_open = inside
        parts.append(escape(token))
    if is_open:
        parts.append("</mark>")
    return "".join(parts)
