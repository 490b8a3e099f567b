"""Texts cut into terms and into passages of about a sentence's length."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

__all__ = [
    "PASSAGE_WORDS",
    "Term",
    "passage_spans",
    "placed_terms",
    "stem",
    "term_words",
    "terms",
    "word_count",
]

#: Words after which a passage ends at the next end of a sentence or clause.
PASSAGE_WORDS = 40
#: Letters that longer words are cut to, so that forms and compounds of a word count together.
_STEM_LETTERS = 5

_HAN_KANA_HANGUL = r"\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_HAN_KANA_HANGUL}]+|(?:(?![{_HAN_KANA_HANGUL}])[^\W\d_])+")
_UNSPACED = re.compile(rf"[{_HAN_KANA_HANGUL}]")
#: Words of a text without unspaced scripts, where `_TOKEN` and `_WORD` find the same at a third of the cost.
_SPACED_TOKEN = re.compile(r"[^\W\d_]+")
_SPACED_WORD = re.compile(r"\w+")
_WORD = re.compile(rf"[{_HAN_KANA_HANGUL}]|(?:(?![{_HAN_KANA_HANGUL}])\w)+")
_BREAK = re.compile(r"(?<=[.;:!?])\s+|(?<=[。；！？])|\n+")


class Term(NamedTuple):
    """A word, a pair of neighbouring words, or a pair of neighbouring characters of an unspaced script."""

    text: str
    start: int
    end: int


def terms(text: str) -> list[Term]:
    """Terms of `text` in lower case: words and word pairs, and for CJK characters and pairs of them.

    Numbers and punctuation are no terms; a word pair may span them.

    Returns
    -------
    list of Term
        With the character range in `text`; in no particular order, the same for the same text.
    """
    return [Term(*placed) for placed in placed_terms(text)]


def placed_terms(text: str) -> list[tuple[str, int, int]]:
    """`terms` as plain tuples, for loops over whole laws."""
    if not _UNSPACED.search(text):
        spaced = [(found.group().lower(), *found.span()) for found in _SPACED_TOKEN.finditer(text)]
        return spaced + _pairs(spaced, " ")
    singles: list[tuple[str, int, int]] = []
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if _UNSPACED.match(token):
            units = [(char, start + at, start + at + 1) for at, char in enumerate(token)]
            found.extend(units)
            found.extend(_pairs(units, ""))
        else:
            singles.append((token.lower(), start, match.end()))
    found.extend(singles)
    found.extend(_pairs(singles, " "))
    return found


def term_words(text: str) -> list[str]:
    """The terms of `text` without their places, in no particular order: see `terms`."""
    if not _UNSPACED.search(text):
        spaced = [token.lower() for token in _SPACED_TOKEN.findall(text)]
        return spaced + list(map(" ".join, pairwise(spaced)))
    singles: list[str] = []
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if _UNSPACED.match(token):
            found.extend(token)
            found.extend(map("".join, pairwise(token)))
        else:
            singles.append(token.lower())
    found.extend(singles)
    found.extend(map(" ".join, pairwise(singles)))
    return found


def stem(term: str) -> str:
    """First five letters of a longer word, with a mark behind; empty for short words, pairs and CJK."""
    if len(term) <= _STEM_LETTERS or " " in term:
        return ""
    return term[:_STEM_LETTERS] + "~"


def _pairs(units: list[tuple[str, int, int]], joint: str) -> list[tuple[str, int, int]]:
    return [(left + joint + right, start, end) for (left, start, _), (right, _, end) in pairwise(units)]


def word_count(text: str) -> float:
    """Length in words; two characters of an unspaced script count as one word."""
    if not _UNSPACED.search(text):
        return float(len(_SPACED_WORD.findall(text)))
    found = _WORD.findall(text)
    unspaced = sum(1 for word in found if _UNSPACED.match(word))
    return len(found) - unspaced / 2


def passage_spans(text: str, longest: int = PASSAGE_WORDS) -> list[tuple[int, int]]:
    """Half-open character ranges of passages that end where a sentence or clause ends.

    A passage closes once the next sentence would bring it over `longest`
    words; a single longer sentence is one passage.

    Returns
    -------
    list of (int, int)
        Increasing, without overlap, each with a non-space character; empty
        for an empty text.
    """
    spans: list[tuple[int, int]] = []
    start, words = 0, 0.0
    for left, right in _sentences(text):
        length = word_count(text[left:right])
        if words and words + length > longest:
            spans.append((start, left))
            start, words = left, 0.0
        words += length
    if text[start:].strip():
        spans.append((start, len(text)))
    return [(left, right) for left, right in spans if text[left:right].strip()]


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts = [match.end() for match in _BREAK.finditer(text)]
    edges = [0, *cuts, len(text)]
    return [(left, right) for left, right in pairwise(edges) if right > left]
