"""Definitions: the term and what it means."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from fragcheck.annotate.view import LANGUAGES
from fragcheck.nlp import UNSPACED
from fragcheck.records import Definition

__all__ = ["find_definitions"]

_FILE = Path(__file__).parent / "data" / "definitions.toml"
_QUICK = re.compile(
    r"[\"“”„«‘'「『《]|\b(?:mean|refer|term|expression|defin|entend|intend|gilt|sinne|verstaan|consider|ilekroć)|是指|所称|とは|란|함은|:",
    re.IGNORECASE,
)
_NO_TERM = re.compile(
    r"^(?:it|this|that|which|they|he|she|by|such|paragraph\b.*|article\b.*|section\b.*|(?:by|in|through|with|any|no|other|such|these|those|all)\b.*|.*\b(?:other|technical|electronic|automated|all)|there|reference\b.*|what)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    opening, closing = data["opening"], data["closing"]
    return tuple(
        re.compile(
            re.sub(
                r"(?<![A-Za-z\\\[-])U(?![A-Za-z])",
                lambda _: closing,
                re.sub(r"(?<![A-Za-z\\\[-])Q(?![A-Za-z])", lambda _: opening, form),
            ),
            re.IGNORECASE,
        )
        for form in data[language]
    )


def find_definitions(
    text: str, sentences: tuple[tuple[int, int], ...], language: str
) -> tuple[Definition, ...]:
    """Definitions of a provision, in order, each with its place.

    Parameters
    ----------
    text : str
    sentences : tuple of (int, int)
        Spans of its sentences; a definiens ends with its sentence.
    language : str
        ISO 639-1; an unknown one reads as English.
    """
    if not _QUICK.search(text):
        return ()
    known = language if language in LANGUAGES else "en"
    found: list[Definition] = []
    for start, end in sentences:
        found.extend(_in_sentence(text, start, end, known))
    return tuple(found)


def _in_sentence(text: str, start: int, end: int, language: str) -> list[Definition]:
    for form in _forms(language):
        matches = [match for match in form.finditer(text[start:end]) if _is_term(match["term"], language)]
        if not matches:
            continue
        stops = [match.start() for match in matches[1:]] + [end - start]
        return [_definition(text, start, match, stop) for match, stop in zip(matches, stops, strict=True)]
    return []


def _is_term(term: str, language: str) -> bool:
    plain = term.strip()
    if not plain or _NO_TERM.match(plain):
        return False
    return language in UNSPACED or len(plain.split()) <= 12


def _definition(text: str, start: int, match: re.Match[str], stop: int) -> Definition:
    groups = match.groupdict()
    definiens = groups.get("definiens") or text[start + match.end() : start + stop]
    begin = start + match.start("term")
    return Definition(
        term=" ".join(match["term"].lower().replace("’", "'").split()).strip(" \"'“”‘"),
        definiens=" ".join(definiens.split()).strip(" :;,.。；，"),
        start=begin,
        end=start + (match.end() if groups.get("definiens") else stop),
    )
