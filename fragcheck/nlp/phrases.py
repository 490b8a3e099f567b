"""Finding the phrases of a lexicon in a text, with spaCy's PhraseMatcher where words are spaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

__all__ = ["UNSPACED", "Phrase", "PhraseFinder"]

#: Languages whose lexicon terms are looked for anywhere, not at word boundaries.
UNSPACED = frozenset({"zh", "ja", "ko"})
_SPACY_LANGUAGES = frozenset({"en", "de", "fr", "es", "pt", "it", "nl", "pl"})


class Phrase(NamedTuple):
    """A phrase found: its half-open character range and its label."""

    start: int
    end: int
    label: str


class PhraseFinder:
    """Finds phrases of a lexicon, longest first, without overlaps, in any letter case.

    Parameters
    ----------
    language : str
        ISO 639-1; Chinese, Japanese and Korean terms are found anywhere in the
        text, those of other languages at word boundaries.
    phrases : iterable of (str, str)
        Phrase and label.
    """

    def __init__(self, language: str, phrases: Iterable[tuple[str, str]]) -> None:
        self._labels = {_plain(phrase): label for phrase, label in phrases}
        self._pattern: re.Pattern[str] | None = None
        self._tokenizer: Any = None
        if language in UNSPACED:
            longest_first = sorted(self._labels, key=lambda term: (-len(term), term))
            self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)
        else:
            self._build(language if language in _SPACY_LANGUAGES else "xx")

    def _build(self, language: str) -> None:
        import spacy  # 0.6 s, only where a text of spaced words is read
        from spacy.matcher import PhraseMatcher

        blank = spacy.blank(language)
        self._tokenizer = blank.tokenizer
        self._matcher = PhraseMatcher(blank.vocab, attr="LOWER")
        self._matcher.add("term", [self._tokenizer(phrase) for phrase in self._labels])

    def find(self, text: str) -> list[Phrase]:
        """Phrases of `text` in order of their start."""
        if self._pattern is not None:
            return [
                Phrase(found.start(), found.end(), self._labels[_plain(found.group())])
                for found in self._pattern.finditer(text)
            ]
        plain, places = _single_spaced(_plain_keep(text))
        doc = self._tokenizer(plain)
        spans = sorted(self._matcher(doc), key=lambda hit: (hit[1], -hit[2]))
        found_phrases: list[Phrase] = []
        last = -1
        for _, first, stop in spans:
            if first < last:
                continue
            last = stop
            span = doc[first:stop]
            start, end = span.start_char, span.end_char
            if places:
                start, end = places[start], places[end - 1] + 1
            found_phrases.append(Phrase(start, end, self._labels[span.text.lower()]))
        return found_phrases


def _single_spaced(text: str) -> tuple[str, list[int]]:
    """`text` with single spaces and where its characters stood; no places where none moved."""
    if "  " not in text:
        return text, []
    places = [at for at, char in enumerate(text) if char != " " or text[at - 1 : at] != " "]
    return "".join(text[at] for at in places), places


def _plain_keep(text: str) -> str:
    """`text` with plain apostrophes and spaces and no long runs of marks, of the same length."""
    return _LONG_MARKS.sub(_blanked, text.translate(_PLAIN))


def _blanked(run: re.Match[str]) -> str:
    return run[0][:_MARKS].ljust(len(run[0]))


#: Marks in a row that are looked at: the tokenizer takes off one by one, and reads the rest anew each time.
_MARKS = 32
_LONG_MARKS = re.compile(rf"[^\w\s]{{{_MARKS + 1},}}")
_PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "})


def _plain(phrase: str) -> str:
    return _plain_keep(phrase).lower()
