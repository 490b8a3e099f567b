"""Cue phrases of a taxonomy found in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from fragcheck.taxonomy import LANGUAGES, Taxonomy

__all__ = ["CueMatcher"]

#: Scripts written without spaces, and Korean with its particles: a cue may start and end anywhere.
_UNSPACED = frozenset(("zh", "ja", "ko"))
_WORD = re.compile(r"\w+")
_WORD_AND_STAR = re.compile(r"[\w*]+")
#: Words kept from one text to the next.
_MOST_WORDS = 100_000


class CueMatcher:
    """Finds the cue phrases of every entry of a taxonomy.

    Parameters
    ----------
    taxonomy : Taxonomy

    Attributes
    ----------
    ids : tuple of str
        Entries in the taxonomy's order.
    phrases : tuple of (str, str, str)
        Entry, language and phrase of every cue in a known language.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.ids = taxonomy.ids
        self._taxonomy = taxonomy
        self._patterns: dict[str, Mapping[str, re.Pattern[str]]] = {}
        self.phrases = tuple(
            (entry.id, language, phrase)
            for entry in taxonomy.entries
            for language in LANGUAGES
            for phrase in entry.cues.get(language, ())
        )
        #: Languages whose cues are not told by the words that they begin with.
        self._anywhere = _UNSPACED | {
            language for _, language, phrase in self.phrases if not _WORD.match(_folded(phrase))
        }
        #: By language: the first words of each entry's cues, and the entries that a word seen so far opens.
        self._first_words: dict[str, Mapping[str, re.Pattern[str]]] = {}
        self._opened: dict[str, dict[str, tuple[str, ...]]] = {}
        self._phrase_of: dict[tuple[str, str, str], int] = {}

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
        return {name: self.find_entry(name, text, language) for name in self.ids}

    def count(self, text: str, language: str) -> list[int]:
        """Number of cues of each entry in `text`, in the taxonomy's order."""
        patterns = self._of(language)
        folded = _folded(text)
        return [
            sum(1 for _ in patterns[name].finditer(folded)) if name in patterns else 0 for name in self.ids
        ]

    def find_entry(self, name: str, text: str, language: str) -> list[tuple[int, int]]:
        """Character ranges of the cues of one entry, increasing and without overlap."""
        pattern = self._of(language).get(name)
        return [match.span() for match in pattern.finditer(_folded(text))] if pattern else []

    def count_phrases(self, text: str, language: str) -> Counter[int]:
        """How often each cue phrase stands in `text`, by its position in `phrases`."""
        known = language if language in LANGUAGES else "en"
        folded = _folded(text)
        found: Counter[int] = Counter()
        for name, match in self._matches(folded, known):
            found[self._phrase(name, known, match.group())] += 1
        return found

    def _matches(self, folded: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Entry and place of every cue in a folded text, looked for where a first word of one stands."""
        patterns = self._of(language)
        if language in self._anywhere:
            yield from ((name, match) for name, own in patterns.items() for match in own.finditer(folded))
            return
        opened = self._opened.setdefault(language, {})
        if len(opened) > _MOST_WORDS:
            opened.clear()
        ends: dict[str, int] = {}
        for word in _WORD.finditer(folded):
            names = opened.get(word.group())
            if names is None:
                names = opened[word.group()] = self._opened_by(word.group(), language)
            for name in names:
                is_free = word.start() >= ends.get(name, 0)
                match = patterns[name].match(folded, word.start()) if is_free else None
                if match is not None:
                    ends[name] = match.end()
                    yield name, match

    def _opened_by(self, word: str, language: str) -> tuple[str, ...]:
        """Entries with a cue that can begin with a word."""
        if language not in self._first_words:
            self._first_words[language] = {
                name: _first_words(self._cues_of(name, language)) for name in self._of(language)
            }
        return tuple(name for name, first in self._first_words[language].items() if first.fullmatch(word))

    def _cues_of(self, name: str, language: str) -> tuple[str, ...]:
        return next(entry.cues[language] for entry in self._taxonomy.entries if entry.id == name)

    def _phrase(self, name: str, language: str, words: str) -> int:
        key = (name, language, words)
        if key not in self._phrase_of:
            own = [
                (position, phrase)
                for position, (entry, code, phrase) in enumerate(self.phrases)
                if entry == name and code == language
            ]
            # The longest phrase wins, as in the pattern that found the words.
            self._phrase_of[key] = next(
                position
                for position, phrase in sorted(own, key=lambda item: (-len(item[1]), item[1]))
                if re.fullmatch(_expression(_folded(phrase)), words)
            )
        return self._phrase_of[key]

    def _of(self, language: str) -> Mapping[str, re.Pattern[str]]:
        known = language if language in LANGUAGES else "en"
        if known not in self._patterns:
            self._patterns[known] = {
                entry.id: _pattern(entry.cues[known], known)
                for entry in self._taxonomy.entries
                if entry.cues.get(known)
            }
        return self._patterns[known]


def _folded(text: str) -> str:
    """`text` in lower case, character for character: ranges hold in both."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _pattern(phrases: tuple[str, ...], language: str) -> re.Pattern[str]:
    # Longest first, so that "cyber security" wins over "cyber" where both begin at one place.
    # Grouped by first letter, lower case: the engine then tries few phrases at each place.
    groups: dict[str, list[str]] = {}
    for phrase in sorted((_folded(phrase) for phrase in phrases), key=lambda item: (-len(item), item)):
        groups.setdefault(phrase[0], []).append(_expression(phrase[1:]))
    branches = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))
    if language in _UNSPACED:
        return re.compile(branches)
    first = "".join(re.escape(letter) for letter in sorted(groups))
    return re.compile(rf"(?<!\w)(?=[{first}])(?:{branches})(?!\w)")


def _first_words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The words that phrases begin with; a phrase that begins with no word character begins with no word."""
    firsts = {_WORD_AND_STAR.match(_folded(phrase)) for phrase in phrases}
    return re.compile("|".join(sorted({_expression(first.group()) for first in firsts if first})) or r"(?!)")


def _expression(phrase: str) -> str:
    parts = re.split(r"(\s+|\*)", phrase)
    return "".join(r"\w*" if part == "*" else r"\s+" if part.isspace() else re.escape(part) for part in parts)
