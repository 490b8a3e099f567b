"""Cues of deontic modality, found in the order of the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fragcheck.records import Modality

__all__ = ["Cue", "find_cues"]

_FILE = Path(__file__).parent / "data" / "cues.toml"


class _Table(NamedTuple):
    """The cues of a language: where one can begin (None: anywhere), the cues, and how each is read."""

    starts: re.Pattern[str] | None
    pattern: re.Pattern[str]
    readings: tuple[tuple[Modality, bool, str], ...]


class Cue(NamedTuple):
    """A cue: its half-open character range, the modality it states and how the sentence is read.

    `subject` is where its subject begins, where that is known with the cue; else -1.
    """

    start: int
    end: int
    modality: Modality
    is_negated: bool
    form: str
    subject: int = -1


@lru_cache(maxsize=16)
def _table(language: str) -> _Table:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    entries = data.get(language, data["en"])
    adverbs = data["adverbs"]
    pattern = "|".join(
        f"(?P<c{number}>{entry['pattern'].replace('ADV', adverbs)})" for number, entry in enumerate(entries)
    ).replace(" ", r"\s+" if language not in ("zh", "ja", "ko") else r"\s*")
    opening = data["opening"].get(language if language in data else "en")
    # a class comes first: the engine then looks between words only
    starts = re.compile(rf"[^\w-](?=(?:{opening})\b)") if opening else None
    readings = tuple(
        (Modality(entry["modality"]), bool(entry.get("negated", False)), str(entry.get("form", "modal")))
        for entry in entries
    )
    return _Table(starts, re.compile(pattern), readings)


def find_cues(folded: str, language: str) -> list[Cue]:
    """Cues of modality in a text in lower case.

    Parameters
    ----------
    folded : str
        Text in lower case.
    language : str
        ISO 639-1; one without cues of its own reads as English.

    Returns
    -------
    list of Cue
        In order, without overlaps.
    """
    table = _table(language)
    cues = []
    for match in _matches(table, folded):
        modality, negated, form = table.readings[int(str(match.lastgroup)[1:])]
        cues.append(Cue(match.start(), match.end(), modality, negated, form))
    return cues


def _matches(table: _Table, folded: str) -> Iterator[re.Match[str]]:
    if table.starts is None:
        yield from table.pattern.finditer(folded)
        return
    end = 0
    for start in (0, *(before.end() for before in table.starts.finditer(folded))):
        match = table.pattern.match(folded, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match
