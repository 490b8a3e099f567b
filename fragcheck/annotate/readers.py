"""Readers of the other languages: their word order, particles and clauses, by ``data/readers.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fragcheck.nlp import UNSPACED

__all__ = ["Reader", "reader_of"]

_FILE = Path(__file__).parent / "data" / "readers.toml"
_ITEM_LABEL = r"\W*(?:[(\[]?(?:[a-z]|[ivx]{1,5}|\d{1,3})[)\].]\s*)?(?:[ivx]{1,5}\s[–-]\s)?"


class Reader(NamedTuple):
    """How the sentences of a language are read; the fields are those of the data file."""

    verb: str
    subject: re.Pattern[str] | None
    agent: re.Pattern[str]
    passive: re.Pattern[str] | None
    gerundive: re.Pattern[str] | None
    oblique: re.Pattern[str] | None
    condition: re.Pattern[str] | None
    condition_end: re.Pattern[str] | None
    relative: re.Pattern[str] | None
    bound: re.Pattern[str] | None
    pronoun: re.Pattern[str] | None
    adnominal: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    infinitive: re.Pattern[str] | None
    purpose: re.Pattern[str] | None
    subordinate: re.Pattern[str] | None
    dative: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    adnominal_mark: re.Pattern[str] | None
    sets_up: re.Pattern[str] | None
    asked: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    only: re.Pattern[str] | None
    unmarked: re.Pattern[str] | None
    cases: re.Pattern[str] | None
    stative: re.Pattern[str] | None
    suffers: re.Pattern[str] | None


@lru_cache(maxsize=16)
def reader_of(language: str) -> Reader:
    """The reader of a language other than English."""
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)[language]
    agent = data["agent"]
    words = data.get("agent_words", r"(?:\s+[\w'’]+)?")
    # a postposition in Japanese and Korean
    behind = "" if data["verb"] == "before" else "$"
    frame = (
        rf"(?:{agent})\s?{behind}" if language in UNSPACED else rf"\b(?i:{agent}){words}\s*(?:[ldLD]['’])?$"
    )
    return Reader(
        verb=data["verb"],
        subject=re.compile(data["subject"]) if data.get("subject") else None,
        agent=re.compile(frame),
        passive=re.compile(rf"(?<!\w)(?:{data['passive']})(?!\w)") if data.get("passive") else None,
        gerundive=re.compile(data["gerundive"]) if data.get("gerundive") else None,
        oblique=_oblique(data.get("prepositions", "")),
        condition=re.compile(rf"(?<!\w)(?:{data['condition']})(?!\w)") if data.get("condition") else None,
        condition_end=re.compile(data["condition_end"]) if data.get("condition_end") else None,
        relative=re.compile(rf"\b(?:{data['relative']})\s+(?:\w+\s+)?$") if data.get("relative") else None,
        pronoun=re.compile(rf"(?<!\w)(?:{data['pronoun']})\s+(?:\w+\s+)?$") if data.get("pronoun") else None,
        bound=re.compile(rf"(?<!\w)(?:{data['bound']})") if data.get("bound") else None,
        adnominal=re.compile(data["adnominal"]) if data.get("adnominal") else None,
        denied=re.compile(rf"\W*(?:{data['denied']})(?!\w)") if data.get("denied") else None,
        infinitive=re.compile(rf"{_ITEM_LABEL}(?P<verb>{data['infinitive']})(?!\w)")
        if data.get("infinitive")
        else None,
        purpose=re.compile(rf"(?<!\w)(?:{data['purpose']})(?!\w)") if data.get("purpose") else None,
        subordinate=re.compile(data["subordinate"]) if data.get("subordinate") else None,
        dative=re.compile(rf"{_ITEM_LABEL}(?:{data['dative']})\s*") if data.get("dative") else None,
        inside=re.compile(data["inside"]) if data.get("inside") else None,
        adnominal_mark=re.compile(data["adnominal_mark"]) if data.get("adnominal_mark") else None,
        sets_up=re.compile(data["sets_up"]) if data.get("sets_up") else None,
        asked=re.compile(data["asked"]) if data.get("asked") else None,
        unmarked=re.compile(rf"(?<!\w)(?:{data['unmarked']})(?!\w)") if data.get("unmarked") else None,
        cases=re.compile(data["cases"]) if data.get("cases") else None,
        needs=re.compile(data["needs"]) if data.get("needs") else None,
        only=re.compile(rf"\W*(?:{data['only']})(?!\w)") if data.get("only") else None,
        stative=re.compile(data["stative"]) if data.get("stative") else None,
        suffers=re.compile(data["suffers"]) if data.get("suffers") else None,
    )


def _oblique(prepositions: str) -> re.Pattern[str] | None:
    """What stands before a party that is no subject: "aux", "von den", "de l'"."""
    if not prepositions:
        return None
    articles = r"(?:l['’]|\w{1,5}\s+(?:l['’])?)?"
    return re.compile(rf"(?<!\w)(?:{prepositions})\s+{articles}(?:tou\w+\s+(?:les\s+)?)?$")
