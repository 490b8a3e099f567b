"""Expressions that are searched only where the words stand that a match must hold.

Most expressions of the word lists match in few provisions, and a regular expression takes far longer to
fail than it takes to see that "repealed" stands nowhere in a sentence. `needed_words` reads such words
from the expression itself, so that no list of them has to be kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

__all__ = ["Screened", "needed_words"]

Words = frozenset[str]
_QUANTIFIER = re.compile(r"([*+?])[?+]?|\{(\d*)(?:,\d*)?\}\??")
_GROUP = re.compile(r"\(\?(?:(?P<named>P<\w+>)|(?P<plain>[a-z]*(?:-[a-z]+)?:)|(?P<around><?[=!]))")
_ZERO_WIDTH = frozenset("bBAZ")
#: What hardly a sentence lacks: a quotation mark tells more than these.
_EVERYWHERE = frozenset(
    {
        "",
        ".",
        ",",
        "a",
        "an",
        "and",
        "any",
        "are",
        "be",
        "by",
        "for",
        "in",
        "is",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
    }
)
#: Members of a class that stand for more than one character: a range, \w.
_OPEN_CLASS = re.compile(r"\\[a-zA-Z]|[^\\]-.")


class _Lazy:
    """An expression that is compiled when it is first needed: most alternatives never are."""

    __slots__ = ("_compiled", "_flags", "_source", "words")

    def __init__(self, source: str, flags: int) -> None:
        self.words = tuple(sorted(needed_words(source)))
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled


class Screened:
    """An expression, or several of which any may match, with the words that a match must hold.

    Parameters
    ----------
    expressions : str or iterable of str
        In the dialect of `re`, without back references and conditions.
    flags : int
        Of `re`.

    Raises
    ------
    ValueError
        Where an expression has a construct that `needed_words` does not read.
    """

    __slots__ = ("_parts", "_whole")

    def __init__(self, expressions: str | Iterable[str], flags: int = 0) -> None:
        given = [expressions] if isinstance(expressions, str) else list(expressions)
        self._whole = _Lazy("|".join(f"(?:{expression})" for expression in given), flags)
        sources = [part for expression in given for part in _Reader(expression).branches()]
        self._parts = (
            (self._whole,) if len(sources) == 1 else tuple(_Lazy(source, flags) for source in sources)
        )

    @property
    def pattern(self) -> re.Pattern[str]:
        """The whole expression."""
        return self._whole.pattern

    def found_in(self, lowered: str) -> bool:
        """True where the expression matches somewhere in a text in lower case."""
        for part in self._parts:
            if not part.words and part.pattern.search(lowered):
                return True
            for word in part.words:
                if word in lowered:
                    if part.pattern.search(lowered):
                        return True
                    break
        return False

    def may_match(self, lowered: str) -> bool:
        """False where the expression matches nowhere in a text that reads so in lower case."""
        for part in self._parts:
            if not part.words:
                return True
            for word in part.words:
                if word in lowered:
                    return True
        return False

    def finditer(self, text: str, lowered: str) -> Iterable[re.Match[str]]:
        """Matches in a text that reads `lowered` in lower case, in order and without overlaps."""
        return self.pattern.finditer(text) if self.may_match(lowered) else ()


def needed_words(expression: str) -> Words:
    r"""Lower-case words of which every match of an expression, or what stands right behind it, holds one.

    Parameters
    ----------
    expression : str
        In the dialect of `re`, without back references and conditions.

    Returns
    -------
    frozenset of str
        Empty where no words can be named: the expression may then match anywhere.

    Examples
    --------
    >>> sorted(needed_words(r"\b(?:is|are) (?:hereby )?(?:repealed|amended)\b|short titles?"))
    ['amended', 'repealed', 'short title']
    """
    return _Reader(expression).alternatives() or frozenset()


class _Reader:
    """Reads an expression from left to right; `None` stands for "no words can be named"."""

    def __init__(self, expression: str) -> None:
        self._text = expression
        self._at = 0

    def branches(self) -> list[str]:
        """The alternatives of the whole expression."""
        borders = [-1]
        while self._at < len(self._text):
            self._sequence()
            borders.append(self._at)
            self._at += 1
        return [self._text[left + 1 : right] for left, right in pairwise(borders)]

    def alternatives(self) -> Words | None:
        """Words of the alternatives up to a closing bracket or the end."""
        found = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            found.append(self._sequence())
        known = [words for words in found if words is not None]
        return frozenset().union(*known) if len(known) == len(found) else None

    def _sequence(self) -> Words | None:
        candidates: list[Words] = []
        run = ""
        while self._peek() not in ("", "|", ")"):
            literal, words, is_zero_width = self._atom()
            least, is_repeated = self._least()
            if is_zero_width:
                candidates += [words] if words else []
                continue
            if literal and least:
                run += literal
            if not literal or is_repeated:
                candidates += [frozenset({run})] if run else []
                run = ""
            if words and least:
                candidates.append(words)
        candidates += [frozenset({run})] if run else []
        return max(candidates, key=_selectivity, default=None)

    def _atom(self) -> tuple[str, Words | None, bool]:
        """A literal, or the words of a class or group, and whether it takes no characters."""
        char = self._peek()
        if char == "(":
            return self._group()
        if char == "[":
            return "", self._class(), False
        self._at += 1
        if char in "^$.":
            return "", None, char != "."
        return self._escape() if char == "\\" else (char.lower(), None, False)

    def _escape(self) -> tuple[str, Words | None, bool]:
        escaped = self._text[self._at]
        self._at += 1
        if escaped in "xuN" or escaped.isdigit():
            raise ValueError(f"\\{escaped} cannot be screened for in {self._text!r}: write the character")
        if escaped.isalnum():
            return "", None, escaped in _ZERO_WIDTH
        return escaped.lower(), None, False

    def _group(self) -> tuple[str, Words | None, bool]:
        opening = _GROUP.match(self._text, self._at)
        if opening is None and self._text.startswith("(?", self._at):
            raise ValueError(f"a construct of {self._text!r} cannot be screened for at {self._at}")
        self._at = opening.end() if opening else self._at + 1
        words = self.alternatives()
        self._at += 1
        around = opening["around"] if opening else None
        return "", None if around not in (None, "=") else words, around is not None

    def _class(self) -> Words | None:
        start = self._at + 1
        end = start + (self._text[start : start + 1] == "^")
        end += self._text[end : end + 1] == "]"
        while self._text[end] != "]":
            end += 2 if self._text[end] == "\\" else 1
        self._at = end + 1
        members = self._text[start:end]
        if members.startswith("^") or _OPEN_CLASS.search(members):
            return None
        return frozenset(members.replace("\\", "").lower())

    def _least(self) -> tuple[int, bool]:
        """How often the atom before stands at least, and whether it is followed by a quantifier."""
        found = _QUANTIFIER.match(self._text, self._at)
        if found is None:
            return 1, False
        self._at = found.end()
        if found[1]:
            return int(found[1] == "+"), True
        return int(found[2] or 0), True

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]


def _selectivity(words: Words) -> tuple[int, int]:
    """How seldom words are likely to stand in a text: the shortest decides; a CJK character is long."""
    return min(0 if word.strip() in _EVERYWHERE else len(word.encode()) for word in words), -len(words)
