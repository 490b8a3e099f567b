"""The English word lists, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["EnglishWords", "any_of", "english_words"]

#: Words in -ly that are no adverbs.
_LY = r"(?!(?:apply|comply|supply|rely|reply|multiply|imply|family|assembly|anomaly|ally|early|fly)\b)"
_FILE = Path(__file__).parent / "data" / "english.toml"


@dataclass(frozen=True, slots=True)
class EnglishWords:
    """Word classes and expressions of English legal sentences."""

    determiners: frozenset[str]
    pronouns: frozenset[str]
    expletives: frozenset[str]
    stops: frozenset[str]
    not_agents: frozenset[str]
    agent_nouns: frozenset[str]
    bound_patients: frozenset[str]
    addressed: frozenset[str]
    office_nouns: frozenset[str]
    kinds_of_party: frozenset[str]
    body_nouns: frozenset[str]
    not_bodies: frozenset[str]
    not_deontic: frozenset[str]
    factual: frozenset[str]
    official_verbs: frozenset[str]
    duty_verbs: frozenset[str]
    authority_verbs: frozenset[str]
    plain_verbs: frozenset[str]
    noun_verbs: frozenset[str]
    object_starts: frozenset[str]
    particles: frozenset[str]
    finite: frozenset[str]
    fixed: tuple[str, ...]
    other_verbs: tuple[str, ...]
    opener: re.Pattern[str]
    initial_condition: re.Pattern[str]
    trailing_condition: re.Pattern[str]
    filler: re.Pattern[str]
    skip: re.Pattern[str]
    determiner: re.Pattern[str]
    conditions_follow: re.Pattern[str]


def any_of(words: list[str]) -> str:
    """Alternation of phrases, longest first, with any white space between their words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@lru_cache(maxsize=1)
def english_words() -> EnglishWords:
    """The English word lists of the package."""
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    return EnglishWords(
        determiners=frozenset(data["determiners"]),
        pronouns=frozenset(data["pronouns"]),
        expletives=frozenset(data["expletives"]),
        stops=frozenset(data["stops"]),
        not_agents=frozenset(data["not_agents"]),
        agent_nouns=frozenset(data["agent_nouns"]),
        bound_patients=frozenset(data["bound_patients"]),
        addressed=frozenset(data["addressed"]),
        office_nouns=frozenset(data["office_nouns"]),
        kinds_of_party=frozenset(data["kinds_of_party"]),
        not_bodies=frozenset(data["not_bodies"]),
        body_nouns=frozenset(data["body_nouns"]),
        not_deontic=frozenset(data["not_deontic"]),
        factual=frozenset(data["factual"]),
        official_verbs=frozenset(data["official_verbs"]),
        duty_verbs=frozenset(data["duty_verbs"]),
        authority_verbs=frozenset(data["authority_verbs"]),
        plain_verbs=frozenset(data["plain_verbs"]),
        noun_verbs=frozenset(data["noun_verbs"]),
        object_starts=frozenset(data["object_starts"]),
        particles=frozenset(data["particles"]),
        finite=frozenset(data["finite"]),
        fixed=tuple(sorted(data["fixed"], key=lambda words: (-len(words), words))),
        other_verbs=tuple(data["other_verbs"]),
        opener=re.compile(rf"\W*(?:{any_of(data['openers'])})\b|\W*{_LY}[a-z]+ly\b|\W*$"),
        initial_condition=re.compile(rf"\W*(?:{any_of(data['conditions_initial'])})\b"),
        trailing_condition=re.compile(rf"(?<![\w-])(?:{any_of(data['conditions_trailing'])})(?![\w-])"),
        filler=re.compile(rf"\s+(?:{any_of(data['condition_fillers'])})\b"),
        skip=re.compile(rf"\s*,?\s*(?:{any_of(data['skips'])}|{_LY}[a-z]{{2,}}ly)(?![\w-])\s*,?"),
        determiner=re.compile(rf"\s*(?:(?:{any_of(data['determiners'])})(?![\w-])\s*)+"),
        conditions_follow=re.compile(data["inherit"]["conditions"]),
    )
