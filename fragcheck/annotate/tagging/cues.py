"""Cue phrases of a taxonomy found in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fragcheck.taxonomy import LANGUAGES, Taxonomy

__all__ = ["CueMatcher"]

#: Scripts written without spaces, and Korean with its particles: a cue may start and end anywhere.
_UNSPACED = frozenset(("zh", "ja", "ko"))


class CueMatcher:
    """Finds the cue phrases of every entry of a taxonomy.

    Parameters
    ----------
    taxonomy : Taxonomy
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.ids = taxonomy.ids
        self._taxonomy = taxonomy
        self._patterns: dict[str, Mapping[str, re.Pattern[str]]] = {}

    def find(self, text: str, language: str) -> dict[str, list[tuple[int, int]]]:
        """Where the cues of each entry stand in `text`.

        Parameters
        ----------
        text : str
        language : str
            ISO 639-1; a language without cues is read with the English ones.

        Returns
        -------
        dict of str to list of (int, int)
            For every entry, in the taxonomy's order, the character ranges of its
            cues: increasing, without overlap.
        """
        patterns = self._of(language)
        return {
            name: [match.span() for match in patterns[name].finditer(text)] if name in patterns else []
            for name in self.ids
        }

    def _of(self, language: str) -> Mapping[str, re.Pattern[str]]:
        known = language if language in LANGUAGES else "en"
        if known not in self._patterns:
            self._patterns[known] = {
                entry.id: _pattern(entry.cues[known], known)
                for entry in self._taxonomy.entries
                if entry.cues.get(known)
            }
        return self._patterns[known]


def _pattern(phrases: tuple[str, ...], language: str) -> re.Pattern[str]:
    # Longest first, so that "cyber security" wins over "cyber" where both begin at one place.
    alternatives = "|".join(_expression(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p)))
    edge = "" if language in _UNSPACED else r"\b"
    return re.compile(f"{edge}(?:{alternatives}){edge}", re.IGNORECASE)


def _expression(phrase: str) -> str:
    words = [r"\w*".join(map(re.escape, word.split("*"))) for word in phrase.split()]
    return r"\s+".join(words)
