"""Inflection of English verbs and nouns: the little that legal sentences need."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["base_verb", "is_participle", "singular_noun"]

_FILE = Path(__file__).parent / "data" / "english.toml"
#: Words in -ed or -en that are no participles where they follow "be".
_NOT_PARTICIPLES = frozenset(
    {"indeed", "then", "often", "when", "even", "open", "hundred", "seven", "ten", "eleven"}
)
_PLURALS = {"children": "child", "people": "person", "bodies": "body", "men": "man", "women": "woman"}


class _Tables(NamedTuple):
    irregular: dict[str, str]
    silent_e: tuple[str, ...]
    no_silent_e: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    forms = {**data["irregular"], **data["gerund"]}
    return _Tables(forms, tuple(data["silent_e"]), frozenset(data["no_silent_e"]))


@lru_cache(maxsize=1)
def _irregular_participles() -> frozenset[str]:
    return frozenset(form for form in _tables().irregular if not form.endswith("ing"))


@lru_cache(maxsize=8192)
def base_verb(word: str, known: frozenset[str] = frozenset()) -> str:
    """Base form of an English verb form in lower case.

    Parameters
    ----------
    word : str
        ``"notified"``, ``"keeping"``, ``"carries"``, or a base form.
    known : frozenset of str
        Base verbs that are preferred among the possible ones.

    Returns
    -------
    str
        ``"notify"``, ``"keep"``, ``"carry"``; `word` itself where no rule fits.
    """
    irregular = _tables().irregular
    if word in irregular:
        return irregular[word]
    stem = None if word in known else _stem(word)
    if stem is None:
        return word
    if word.endswith("ied"):
        return stem[:-1] + "y"
    for candidate in (stem + "e", stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
        if candidate in known:
            return candidate
    return _guess(stem)


def _stem(word: str) -> str | None:
    """What stands before -ed, -ing or -s; None where the word has no such ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    if word.endswith("es") and word[-3:-2] in "sxzh":
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return None


def _guess(stem: str) -> str:
    tables = _tables()
    if stem in tables.no_silent_e or stem.endswith(("y", "w", "ss", "sh", "ch", "x")):
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith(tables.silent_e) and not stem.endswith(("ain", "eat", "oin", "ert", "oor")):
        return stem + "e"
    return stem


def is_participle(word: str) -> bool:
    """True where a lower-case word can be the past participle after a form of "be"."""
    if word in _NOT_PARTICIPLES:
        return False
    return word.endswith("ed") or word in _irregular_participles()


@lru_cache(maxsize=8192)
def singular_noun(word: str) -> str:
    """Singular of an English noun in lower case; `word` itself where it is no plural."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "ops")):
        return word[:-1]
    return word
