"""Where a provision can be split: the beginnings of its words, each with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["CutPoint", "cut_points", "likely_cut"]

#: A word that looks like the number of a unit: ``2.``, ``(b)``, ``(iv)``, ``③``, ``1.2.3``, ``§``.
_NUMBER = re.compile(
    r"\((?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivxl]{1,5})\)|\d{1,3}[a-z]?[.)](?!\d)|[a-z]\)|\d+(?:\.\d+)+\.?|§|[\u2460-\u2473]",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
#: In scripts without spaces a part can begin behind a mark of punctuation.
_UNSPACED = re.compile(r"(?<=[。；：，、．！？])(?=\S)")
_BEFORE = 24
_AFTER = 40

#: More would slow the box without helping: a longer provision is split twice.
_LIMIT = 1500


@dataclass(frozen=True, slots=True)
class CutPoint:
    """A place to split at.

    `at` counts the characters before it, white space not counted; `num` is the
    number that the second part would begin with, empty where it begins with none.
    """

    at: int
    label: str
    num: str
    is_sentence: bool


def cut_points(text: str) -> tuple[CutPoint, ...]:
    """All places at which `text` can be split, in its order; none before its first word."""
    starts = {match.start() for match in _WORD.finditer(text)} | {
        match.start() for match in _UNSPACED.finditer(text)
    }
    found = []
    for start in sorted(starts)[:_LIMIT]:
        before = text[:start]
        if not before.strip():
            continue
        number = _NUMBER.match(text, start)
        found.append(
            CutPoint(
                at=len("".join(before.split())),
                label=f"{_tail(before)} ‖ {_head(text[start:])}",
                num=number[0] if number else "",
                is_sentence=before.rstrip()[-1] in ".;:!?。；：！？",
            )
        )
    return tuple(found)


def likely_cut(points: tuple[CutPoint, ...]) -> int:
    """Index of the place that a reader most likely means: a number after a sentence, a number, a sentence."""
    ranked = [
        (not (point.num and point.is_sentence), not point.num, not point.is_sentence, index)
        for index, point in enumerate(points)
    ]
    return min(ranked)[-1] if ranked else 0


def _tail(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _BEFORE else f"…{plain[-_BEFORE:]}"


def _head(words: str) -> str:
    plain = " ".join(words[: _AFTER * 2].split())
    return plain if len(plain) <= _AFTER else f"{plain[:_AFTER]}…"
