"""Numbers below a million in words: "two hundred and fifty", "achtundvierzig", "quarante-huit"."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["SpelledNumbers", "spelled_numbers"]

_FILE = Path(__file__).parent / "data" / "number_words.toml"


def _any(words: list[str]) -> str:
    """Alternation of words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _beginning(words: list[str]) -> str:
    """Alternation of words by their first letter, so that most places are left at a glance."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{_any(rest)})" for first, rest in sorted(rests.items()))


class SpelledNumbers:
    """Spelled numbers of one language.

    Attributes
    ----------
    pattern : str
        Regular expression, without groups and word borders, of a whole number in words.
    beginning : str
        Regular expression of the first word of such a number: cheap to look for.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._values: dict[str, int] = {**data["units"], **data["tens"]}
        self._hundreds: dict[str, int] = data["hundreds"]
        self._thousand = frozenset(data["thousand"])
        small = [word for word, value in data["units"].items() if value <= data["last"]]
        tens, joint, gap = _any(list(data["tens"])), data["joint"], data["gap"]
        if data["order"] == "tens_units":
            compound = rf"(?:{tens})(?:{joint}(?:{_any(small)}))?"
        else:
            compound = rf"(?:(?:{_any(small)}){joint})?(?:{tens})"
        below = rf"(?:{compound}|{_any(list(data['units']))})"
        hundred = rf"(?:{below}{gap})?(?:{_any(list(self._hundreds))})(?:{gap}{below})?"
        part = rf"(?:{hundred}|{below})"
        thousand = _any(data["thousand"])
        self.pattern = rf"(?:(?:{part}{gap})?(?:{thousand})(?:{gap}{part})?|{part})"
        words = [*self._values, *self._hundreds, *self._thousand]
        self.beginning = _beginning(words)
        self._token = re.compile(_any(words))

    def value(self, words: str) -> float | None:
        """Value of a number in lower-case words that `pattern` matches; None where it holds none."""
        total, current, found = 0, 0, False
        for token in self._token.findall(words):
            found = True
            if token in self._values:
                current += self._values[token]
            elif token in self._thousand:
                total, current = total + (current or 1) * 1000, 0
            else:
                hundred = self._hundreds[token]
                current = current * 100 if hundred == 100 and current else current + hundred
        return float(total + current) if found else None


@lru_cache(maxsize=16)
def spelled_numbers(language: str) -> SpelledNumbers:
    """The spelled numbers of a language; one without words of its own reads as English."""
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    return SpelledNumbers(data.get(language, data["en"]))
