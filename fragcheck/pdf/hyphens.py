"""Which hyphens at the end of a line belong to the word, and which only to the line.

The file shows the same sign for both. The rest of the document tells: where the joined word occurs elsewhere,
the hyphen was the typesetter's and becomes a soft hyphen; where the hyphenated word occurs inside a line, it
stays.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from fragcheck.records import Line, LineRole

__all__ = ["SOFT_HYPHEN", "mark_soft_hyphens"]

SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: The same for text that is ASCII and in small letters, which is found in a tenth of the time: all that is
#: neither a letter nor a hyphen becomes a space, and so do hyphens that do not stand between two letters.
_LETTERS = bytes(code if 0x61 <= code <= 0x7A or code == 0x2D else 0x20 for code in range(256))
_LOOSE = re.compile(r"-(?![a-z])|(?<![a-z])-")
_HEAD = re.compile(r"((?:[^\W\d_]+-)*[^\W\d_]+)[-\u00ad]$")
_TAIL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def _kept(side: str) -> frozenset[str]:
    """First or last parts that usually keep their hyphen where the document itself does not tell."""
    data = tomllib.loads((files("fragcheck.pdf") / "hyphens.toml").read_text("utf-8"))
    return frozenset(data[side])


def mark_soft_hyphens(lines: Sequence[Line]) -> list[Line]:
    """Put U+00AD for hyphens that only break a word at the end of a line, and drop it elsewhere.

    Parameters
    ----------
    lines : sequence of Line
        Lines of all pages in reading order, roles known.

    Returns
    -------
    list of Line
        The same lines; a real hyphen stays ``-``.
    """
    marked = list(lines)
    candidates = [
        index
        for index, line in enumerate(lines)
        if line.text[-1:] in ("-", SOFT_HYPHEN) and len(line.text) > 2
    ]
    words = _vocabulary(lines) if candidates else Counter()
    for index in candidates:
        tail = _continuation(lines, index)
        head = _HEAD.search(lines[index].text)
        if head and tail and _is_soft(head.group(1), tail, words):
            marked[index] = replace(marked[index], text=marked[index].text[:-1] + SOFT_HYPHEN)
        elif marked[index].text.endswith(SOFT_HYPHEN):
            marked[index] = replace(marked[index], text=marked[index].text[:-1] + "-")
    return marked


def _vocabulary(lines: Sequence[Line]) -> Counter[str]:
    """Words of the document, without those cut by a line end."""
    texts = [line.text.casefold() for line in lines]
    words = _plain_words("\n".join(text for text in texts if text.isascii()))
    words.update(_WORD.findall("\n".join(text for text in texts if not text.isascii())))
    for text in texts:
        if cut := _WORD.search(text):
            words[cut.group()] -= 1
        if text[-1:] in ("-", SOFT_HYPHEN):
            words.subtract(_WORD.findall(text)[1:][-1:])
    return words


def _plain_words(text: str) -> Counter[str]:
    """Words of text that is ASCII and in small letters, with their counts."""
    parted = text.encode("ascii").translate(_LETTERS).decode("ascii")
    if "-" in parted:
        parted = _LOOSE.sub(" ", parted)
    return Counter(parted.split())


def _continuation(lines: Sequence[Line], index: int) -> str:
    """The first word of the line that goes on, or nothing."""
    role = lines[index].role
    for line in lines[index + 1 : index + 40]:
        if line.role is role or (
            role is not LineRole.BODY and line.role is LineRole.BODY and line.page == lines[index].page
        ):
            match = _TAIL.match(line.text)
            return match.group() if match else ""
    return ""


def _is_soft(head: str, tail: str, words: Counter[str]) -> bool:
    last, first = head.rsplit("-", 1)[-1], tail.split("-", 1)[0]
    joined = words[(last + first).casefold()]
    hyphenated = words[f"{last}-{first}".casefold()]
    if joined != hyphenated:
        return joined > hyphenated
    acronym = len(last) > 1 and last.isupper() and not first.isupper()
    if acronym or first[0].isupper() != last[-1].isupper() or last.casefold() in _kept("kept_after"):
        return False
    if first.casefold() in _kept("kept_before") and len(last) >= 3:
        return False
    return not (words[last.casefold()] and words[first.casefold()] and min(len(last), len(first)) >= 3)
