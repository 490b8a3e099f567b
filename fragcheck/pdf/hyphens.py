"""Which hyphens at the end of a line belong to the word, and which only to the line.

The file shows the same sign for both. The rest of the document tells: where the joined word occurs elsewhere,
the hyphen was the typesetter's and becomes a soft hyphen; where the hyphenated word occurs inside a line, it
stays.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache
from importlib.resources import files
from itertools import chain

from fragcheck.pdf.roles import BODY, with_text
from fragcheck.records import Line

__all__ = ["SOFT_HYPHEN", "mark_soft_hyphens"]

SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: The same for text that is ASCII and in small letters, which is found in a tenth of the time: all that is
#: neither a letter nor a hyphen becomes a space, and so do hyphens that do not stand between two letters. The
#: form feed, which no line holds, parts lines.
_LETTERS = bytes(code if 0x61 <= code <= 0x7A or code in b"-\f" else 0x20 for code in range(256))
_LOOSE = re.compile(r"-(?:(?![a-z])|(?<![a-z]-))")
#: So many words are looked for one by one; more than that are found faster by counting all words.
FEW_WORDS = 24
_ENDS = ("-", SOFT_HYPHEN)
#: Signs that keep text from being ASCII and are no part of a word.
_SIGNS = re.compile("[’‘“”„«»–—…•§]")
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
    parts: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(lines):
        if line.text.endswith(_ENDS) and len(line.text) > 2:
            cut = _HEAD.search(line.text.rsplit(maxsplit=1)[-1])
            parts[index] = (cut.group(1) if cut else "", _continuation(lines, index))
    asked = {word for head, tail in parts.values() if head and tail for word in _asked(head, tail)}
    words = _counts(lines, asked) if asked else Counter()
    for index, (head, tail) in parts.items():
        text = marked[index].text
        if head and tail and _is_soft(head, tail, words):
            marked[index] = with_text(marked[index], text[:-1] + SOFT_HYPHEN)
        elif text.endswith(SOFT_HYPHEN):
            marked[index] = with_text(marked[index], text[:-1] + "-")
    return marked


def _asked(head: str, tail: str) -> tuple[str, str, str, str]:
    """The words that tell of a hyphen: both sides joined, with it, and each side alone."""
    last, first = head.rsplit("-", 1)[-1], tail.split("-", 1)[0]
    joined, hyphenated = (last + first).casefold(), f"{last}-{first}".casefold()
    return joined, hyphenated, last.casefold(), first.casefold()


def _counts(lines: Sequence[Line], asked: Set[str]) -> Counter[str]:
    """How often the words stand in the document, those apart that a line end may cut.

    These are the first of each line, and the last before a hyphen.
    """
    texts = [line.text.replace("\f", " ") for line in lines]
    others = "\f".join([text for text in texts if not text.isascii()])
    plain = "\f".join([text for text in texts if text.isascii()]).lower().split("\f")
    rest: list[str] = []
    for text in _SIGNS.sub(" ", others).casefold().split("\f"):
        (plain if text.isascii() else rest).append(text)
    words = [_WORD.findall(text) for text in rest]
    uncut = [own[1:-1] if text.endswith(_ENDS) else own[1:] for text, own in zip(rest, words, strict=True)]
    counts = _counts_of_plain(plain, asked)
    counts.update(filter(asked.__contains__, chain.from_iterable(uncut)))
    return counts


def _counts_of_plain(texts: Sequence[str], asked: Set[str]) -> Counter[str]:
    """The same for texts that are ASCII and in small letters.

    In the text that is searched every word stands between two spaces, but for the first of each line, which
    stands behind a form feed.
    """
    parts = [part.lstrip() for part in _letters("\f".join(texts)).split("\f")]
    for index in [index for index, text in enumerate(texts) if text.endswith("-")]:
        parts[index] = parts[index].rstrip().rpartition(" ")[0]
    text = " \f".join(["", *parts, ""])
    if len(asked) > FEW_WORDS:
        return Counter(filter(asked.__contains__, text.split(" ")))
    return Counter({word: _count_of(f" {word} ", text) for word in asked})


def _count_of(word: str, text: str) -> int:
    """How often a word with a space on either side stands in a text; two of them may share a space."""
    count, place = 0, text.find(word)
    while place >= 0:
        count, place = count + 1, text.find(word, place + len(word) - 1)
    return count


def _letters(text: str) -> str:
    """ASCII text in small letters with a space for all that is part of no word."""
    parted = text.encode("ascii").translate(_LETTERS).decode("ascii")
    return _LOOSE.sub(" ", parted) if "-" in parted else parted


def _continuation(lines: Sequence[Line], index: int) -> str:
    """The first word of the line that goes on, or nothing."""
    role = lines[index].role
    for line in lines[index + 1 : index + 40]:
        if line.role is role or (role is not BODY and line.role is BODY and line.page == lines[index].page):
            match = _TAIL.match(line.text)
            return match.group() if match else ""
    return ""


def _is_soft(head: str, tail: str, words: Counter[str]) -> bool:
    last, first = head.rsplit("-", 1)[-1], tail.split("-", 1)[0]
    joined, hyphenated, before, behind = _asked(head, tail)
    if words[joined] != words[hyphenated]:
        return words[joined] > words[hyphenated]
    acronym = len(last) > 1 and last.isupper() and not first.isupper()
    if acronym or first[0].isupper() != last[-1].isupper() or before in _kept("kept_after"):
        return False
    if behind in _kept("kept_before") and len(last) >= 3:
        return False
    return not (words[before] and words[behind] and min(len(last), len(first)) >= 3)
