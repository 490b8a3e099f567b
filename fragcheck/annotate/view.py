"""A provision's text prepared once for all rules: folded, with its cues, parties and quantities."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fragcheck.annotate.cues import Cue, find_cues
from fragcheck.annotate.mentions import find_mentions
from fragcheck.annotate.parameters import find_parameters
from fragcheck.nlp import Phrase, sentence_spans
from fragcheck.records import Parameter

__all__ = ["LANGUAGES", "TextView", "fold", "squeeze", "view_of"]

#: Languages with cues, roles and actions of their own; any other one reads as English.
LANGUAGES = frozenset({"en", "de", "fr", "es", "pt", "it", "nl", "pl", "zh", "ja", "ko"})

_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\n": " ",
        "\t": " ",
        "\r": " ",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
    }
)


@dataclass(frozen=True, slots=True)
class TextView:
    """A text with what the rules look at; all offsets are those of the text."""

    text: str
    folded: str
    language: str
    sentences: tuple[tuple[int, int], ...]
    cues: tuple[Cue, ...]
    parties: tuple[Phrase, ...]
    parameters: tuple[Parameter, ...]

    def parties_in(self, start: int, end: int) -> list[Phrase]:
        """Mentions of parties that lie within a range."""
        found = []
        for place in range(bisect_left(self.parties, (start,)), len(self.parties)):
            party = self.parties[place]
            if party.start >= end:
                break
            if party.end <= end:
                found.append(party)
        return found

    def first_party_in(self, start: int, end: int) -> Phrase | None:
        """The first mention of a party that lies within a range."""
        for place in range(bisect_left(self.parties, (start,)), len(self.parties)):
            party = self.parties[place]
            if party.end <= end or party.start >= end:
                return party if party.end <= end else None
        return None

    def cues_in(self, start: int, end: int) -> tuple[Cue, ...]:
        """Cues that begin within a range."""
        return self.cues[bisect_left(self.cues, (start,)) : bisect_left(self.cues, (end,))]

    def parameters_in(self, start: int, end: int) -> tuple[Parameter, ...]:
        """Quantities that begin within a range."""
        first = bisect_left(self.parameters, start, key=_start_of)
        return self.parameters[first : bisect_left(self.parameters, end, first, key=_start_of)]

    def parameter_before(self, place: int) -> Parameter | None:
        """The last quantity that begins before a place."""
        behind = bisect_left(self.parameters, place, key=_start_of)
        return self.parameters[behind - 1] if behind else None

    def party_over(self, place: int) -> Phrase | None:
        """The mention of a party that a character belongs to."""
        behind = bisect_left(self.parties, (place + 1,))
        # a mention with the one who heads it ("委員会の長") may reach over the next
        near = self.parties[max(0, behind - 2) : behind]
        return next((party for party in reversed(near) if place < party.end), None)

    def sentence_before(self, place: int) -> tuple[int, int]:
        """The last sentence that begins before a place; (0, 0) where none does."""
        behind = bisect_left(self.sentences, (place,))
        return self.sentences[behind - 1] if behind else (0, 0)


def _start_of(parameter: Parameter) -> int:
    return parameter.start


def fold(text: str) -> str:
    """`text` in lower case with plain spaces and quotes, of the same length."""
    lower = text.translate(_PLAIN).lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_PLAIN))


#: How older Italian statutes write an accented last letter: "puo' essere", "societa'".
_APOSTROPHE = re.compile(r"[aeiouE]'(?=[\s,.;:)])")
#: In a text that quotes with the same mark, "'sistema'" has no accent.
_QUOTES = re.compile(r"(?:^|[\s(])'\w")
_ACCENTED = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù", "E": "È"}

_TRADITIONAL = Path(__file__).parent / "data" / "traditional.toml"


@lru_cache(maxsize=1)
def _simplified() -> dict[int, int]:
    with _TRADITIONAL.open("rb") as handle:
        data = tomllib.load(handle)
    return str.maketrans(data["traditional"], data["simplified"])


def squeeze(text: str) -> str:
    """`text` with single spaces and without the punctuation around it."""
    return " ".join(text.split()).strip(" ,;:.()[]\"'。，；：、—–-")


def view_of(text: str, language: str) -> TextView:
    """The view of a text; a language without rules reads as English."""
    known = language if language in LANGUAGES else "en"
    # the Chinese lexicons hold simplified characters; offsets stay those of the text
    plain = text.translate(_simplified()) if known == "zh" else text
    if known == "it" and "'" in text and not _QUOTES.search(text):
        plain = _APOSTROPHE.sub(lambda found: _ACCENTED[found.group()[0]] + " ", text)
    folded = fold(plain)
    return TextView(
        text=text,
        folded=folded,
        language=known,
        sentences=tuple(sentence_spans(text, known)),
        cues=tuple(find_cues(folded, known)),
        parties=find_mentions(plain, known),
        parameters=tuple(
            parameter
            if plain is text
            else replace(parameter, text=squeeze_spaces(text[parameter.start : parameter.end]))
            for parameter in find_parameters(plain, known)
        ),
    )


def squeeze_spaces(text: str) -> str:
    """`text` with single spaces."""
    return " ".join(text.split())
