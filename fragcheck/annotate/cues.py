"""Cues of deontic modality, found in the order of the text."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fragcheck.records import Modality

__all__ = ["Cue", "find_cues"]

_FILE = Path(__file__).parent / "data" / "cues.toml"


class Cue(NamedTuple):
    """A cue: its half-open character range, the modality it states and how the sentence is read."""

    start: int
    end: int
    modality: Modality
    is_negated: bool
    form: str


@lru_cache(maxsize=16)
def _table(language: str) -> tuple[re.Pattern[str], tuple[tuple[Modality, bool, str], ...]]:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    entries = data.get(language, data["en"])
    adverbs = data["adverbs"]
    pattern = "|".join(
        f"(?P<c{number}>{entry['pattern'].replace('ADV', adverbs)})" for number, entry in enumerate(entries)
    ).replace(" ", r"\s+" if language not in ("zh", "ja", "ko") else r"\s*")
    gate = data.get(f"gate_{language}" if language in data else "gate_en", "")
    readings = tuple(
        (Modality(entry["modality"]), bool(entry.get("negated", False)), str(entry.get("form", "modal")))
        for entry in entries
    )
    return re.compile(f"{gate}(?:{pattern})"), readings


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
    pattern, readings = _table(language)
    cues = []
    for match in pattern.finditer(folded):
        modality, negated, form = readings[int(str(match.lastgroup)[1:])]
        cues.append(Cue(match.start(), match.end(), modality, negated, form))
    return cues
