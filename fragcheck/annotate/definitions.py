"""Definitions: the term and what it means."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fragcheck.annotate.screening import Screened
from fragcheck.annotate.view import LANGUAGES
from fragcheck.nlp import UNSPACED
from fragcheck.records import Definition

__all__ = ["find_definitions"]

_FILE = Path(__file__).parent / "data" / "definitions.toml"
_QUOTES = "\"“”„«‹‘'`「『《"
_TERM_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Rules:
    """What tells the definitions of one language; patterns that a language lacks are None."""

    forms: tuple[Screened, ...]
    announces: Screened
    listed: Screened
    never: re.Pattern[str]
    no_term: re.Pattern[str] | None
    continues: re.Pattern[str] | None


@lru_cache(maxsize=16)
def _rules(language: str) -> _Rules:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    marks = {"U": f"(?:{data['closing']})", "Q": f"(?:{data['opening']})"}

    def marked(form: str) -> str:
        for name, mark in marks.items():
            form = mark.join(re.split(rf"(?<![A-Za-z\\\[-]){name}(?![A-Za-z])", form))
        return form

    def compiled(form: str) -> re.Pattern[str]:
        return re.compile(marked(form), re.IGNORECASE)

    no_term, continues = data["no_term"].get(language), data["continues"].get(language)
    return _Rules(
        tuple(Screened(marked(form), re.IGNORECASE) for form in data[language]),
        Screened(marked(data["announces"]), re.IGNORECASE),
        Screened(marked(data["listed"]), re.IGNORECASE),
        compiled(data["no_term"]["any"]),
        compiled(no_term) if no_term else None,
        compiled(continues) if continues else None,
    )


def find_definitions(
    text: str, sentences: tuple[tuple[int, int], ...], language: str, lead_in: str = ""
) -> tuple[Definition, ...]:
    """Definitions of a provision, in order, each with its place.

    Parameters
    ----------
    text : str
    sentences : tuple of (int, int)
        Spans of its sentences; a definiens ends with its sentence, and with those
        after it that say what the term takes in or leaves out.
    language : str
        ISO 639-1; an unknown one reads as English.
    lead_in : str
        Words that introduce the text where it is an item of a list. After words
        that announce definitions, "term: definiens" is one.
    """
    known = language if language in LANGUAGES else "en"
    rules = _rules(known)
    lowered = text.lower()
    is_listed = rules.announces.found_in(lead_in.lower())
    announces = rules.announces.may_match(lowered)
    forms = tuple(form for form in rules.forms if form.may_match(lowered))
    if not (announces or is_listed or forms):
        return ()
    found: list[Definition] = []
    for start, end in sentences:
        is_listed = is_listed or (announces and rules.announces.found_in(text[start:end].lower()))
        new = _in_sentence(text, start, end, known, (*forms, rules.listed) if is_listed else forms)
        if found and not new and rules.continues and rules.continues.search(text[start:end]):
            if not text[found[-1].end : start].strip():
                found[-1] = _carried_on(found[-1], text, start, end)
            continue
        found.extend(new)
    return tuple(found)


def _in_sentence(
    text: str, start: int, end: int, language: str, forms: tuple[Screened, ...]
) -> list[Definition]:
    rules = _rules(language)
    if rules.continues and rules.continues.search(text[start:end]):
        return []
    sentence = text[start:end]
    lowered = sentence.lower()
    for form in forms:
        matches = [
            match
            for match in form.finditer(sentence, lowered)
            if _is_term(match["term"], language, is_quoted=_is_quoted(match))
        ]
        if not matches:
            continue
        stops = [match.start() for match in matches[1:]] + [end - start]
        return [_definition(text, start, match, stop) for match, stop in zip(matches, stops, strict=True)]
    return []


def _is_quoted(match: re.Match[str]) -> bool:
    before = match.string[: match.start("term")].rstrip()
    return before[-1:] != "" and before[-1] in _QUOTES


def _is_term(term: str, language: str, *, is_quoted: bool) -> bool:
    plain = term.strip()
    rules = _rules(language)
    if not plain or rules.never.match(plain):
        return False
    if rules.no_term and not is_quoted and rules.no_term.search(plain):
        return False
    return language in UNSPACED or len(plain.split()) <= _TERM_WORDS


def _definition(text: str, start: int, match: re.Match[str], stop: int) -> Definition:
    groups = match.groupdict()
    definiens = groups.get("definiens") or text[start + match.end() : start + stop]
    begin = start + match.start("term")
    return Definition(
        term=" ".join(match["term"].lower().replace("’", "'").split()).strip(" ,\"'“”‘"),
        definiens=" ".join(definiens.split()).strip(" :;,.。；，"),
        start=begin,
        end=start + (match.end() if groups.get("definiens") else stop),
    )


def _carried_on(definition: Definition, text: str, start: int, end: int) -> Definition:
    sentence = " ".join(text[start:end].split()).strip(" :;,.。；，")
    return replace(definition, definiens=f"{definition.definiens}. {sentence}", end=end)
