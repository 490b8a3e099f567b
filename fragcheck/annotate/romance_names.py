"""Parties as the Romance languages name them: "la mission d'appui", "os exportadores", "al datore di lavoro".

No lexicon lists every body and trade. A noun that opens a clause behind its determiner names a party where
a lexicon lists it, where it has the form of people or bodies, or where a capital makes it the name of one.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.finite_verbs import grammar_of
from fragcheck.annotate.mentions import bases_of, party_data
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.opening_types import LABEL
from fragcheck.annotate.party_names import joint_of
from fragcheck.annotate.view import TextView, squeeze

__all__ = [
    "ROMANCE",
    "dative_party",
    "inverted_party",
    "joined_parties",
    "opening_party",
    "party_at",
    "subject_end",
]

_FILE = Path(__file__).parent / "data" / "romance_names.toml"
ROMANCE = frozenset({"fr", "es", "pt", "it"})
#: Adjectives of a name at most.
_MAX_ADJECTIVES = 2
#: Parties joined to each other that are told at most.
_MAX_PARTIES = 16
#: Complements behind a subject that are passed over to find its verb.
_MAX_COMPLEMENTS = 2
#: Phrases between commas before a subject at most.
_MAX_ADVERBIALS = 4
#: Characters behind a verb that opens its clause in which its subject stands.
_INVERTED_REACH = 80
#: How far behind an impersonal verb whom it binds can stand.
_DATIVE_REACH = 40
_CAPITAL = r"[A-ZÀ-Ý][\wÀ-ÿ'’-]*"
#: Adjectives behind which a complement tells the place of a body and not its name.
_GENERAL = re.compile(r"comp[eé]tent|concern|notifi|nationa|naciona|naziona|publi|públic|pubblic|set+oria")

#: What opens a phrase of its own: "integrantes do sistema", "responsable du service".
_PLACING = re.compile(
    r"int[eé]grant|pert[ei]n|apparten|respons|result|d[eé]corr|deriv|exist|vig[eé]nt|refer|relativ|proven|titular|correspond|corrispond|constante|interessat|concern"
)


class _Names(NamedTuple):
    """The expressions of a language; the fields are those of the data file."""

    determiner: re.Pattern[str]
    before: re.Pattern[str]
    agent: re.Pattern[str]
    adjective: re.Pattern[str]
    whole: re.Pattern[str]
    complement: re.Pattern[str]
    capitals: re.Pattern[str]
    no_body: re.Pattern[str]
    dative: re.Pattern[str]
    impersonal: re.Pattern[str]
    genitive: re.Pattern[str]
    possessed: re.Pattern[str]
    authority: re.Pattern[str]
    excluded: re.Pattern[str]


@lru_cache(maxsize=4)
def _names(language: str) -> _Names:
    with _FILE.open("rb") as handle:
        data = {name: source.replace(" ", r"\s+") for name, source in tomllib.load(handle)[language].items()}
    noun = r"[^\W\d_][\w-]+"
    return _Names(
        determiner=re.compile(rf"\s*(?:{data['determiner']})"),
        before=re.compile(rf"(?:{data['before']})\s+"),
        agent=re.compile(rf"(?P<name>{data['agent']})(?![\w-])"),
        adjective=re.compile(rf"\s+(?P<word>{data['adjective']})(?![\w-])"),
        whole=re.compile(rf"(?:{data['whole']})"),
        complement=re.compile(
            rf"\s+{data['complement']}(?!(?:{data['no_complement']})(?!\w))(?P<noun>{noun})"
        ),
        capitals=re.compile(rf"(?:(?:\s+(?:{data['joint']})){{0,2}}(?:\s+|(?<=['’])){_CAPITAL}){{1,8}}"),
        no_body=re.compile(data["no_body"]),
        dative=re.compile(rf"(?<!\w)(?:{data['dative']})"),
        impersonal=re.compile(rf"(?<!\w)(?:{data['impersonal']})"),
        genitive=re.compile(rf"\s*(?:{data['genitive']})"),
        possessed=re.compile(data["possessed"]),
        authority=re.compile(rf"(?:{data['authority']})"),
        excluded=re.compile(party_data()["unlisted"][language]["excluded"]),
    )


def subject_end(view: TextView, start: int, end: int) -> tuple[int, bool] | None:
    """Where the party that opens a sentence ends, and whether it is in the plural."""
    if view.language not in ROMANCE:
        return None
    label = LABEL.match(view.folded, start, end)
    place = label.end() if label else start
    for _ in range(_MAX_ADVERBIALS):
        found = _subject_end(view, place, end)
        comma = view.folded.find(",", place, end)
        if found is not None or comma < 0:
            return found
        place = comma + 1
    return None


def _subject_end(view: TextView, place: int, end: int) -> tuple[int, bool] | None:
    names = _names(view.language)
    determiner = names.determiner.match(view.folded, place, end)
    party = _determined(view, place, end)
    if determiner is None or party is None:
        return None
    stop = party.end
    for _ in range(_MAX_COMPLEMENTS):
        of = names.complement.match(view.folded, stop, end)
        if of is None:
            break
        found = names.adjective.match(view.folded, of.end(), end)
        is_adjective = found is not None and not _is_verb(view.language, found["word"])
        stop = found.end() if found is not None and is_adjective else of.end()
    return stop, _PLURAL[view.language].match(determiner.group().strip()) is not None


_PLURAL = {
    "fr": re.compile(r"les\b|tous|toutes"),
    "es": re.compile(r"l[oa]s\b|tod[oa]s\b|dich[oa]s\b|unos"),
    "pt": re.compile(r"[oa]s\b|tod[oa]s\b"),
    "it": re.compile(r"(?:i|gli|le)\b|tutt[ie]\b"),
}


def opening_party(view: TextView, cue: Cue, opening: int) -> Party | None:
    """Who is named at the beginning of a clause, or behind its last comma, before the verb of `cue`."""
    if view.language not in ROMANCE:
        return None
    opening = max(opening, view.text.rfind("\n", opening, cue.start) + 1)  # behind a heading
    label = LABEL.match(view.folded, opening, cue.start)
    start = label.end() if label else opening
    comma = view.folded.rfind(",", start, cue.start)
    inserted = _INSERTED.search(view.folded, start, comma + 1) if comma >= 0 else None
    if inserted is not None:  # "…, l'entité et, s'il y a lieu, les testeurs informent"
        comma = view.folded.rfind(",", start, inserted.start())
    for place in (start,) if comma < 0 else (start, comma + 1):
        party = _determined(view, place, cue.start)
        if party is not None:
            return party
    return None


_INSERTED = re.compile(r"\b(?:et|ou|y|e|o|ed),\s[^,]{2,30},$")


def _determined(view: TextView, place: int, end: int) -> Party | None:
    """The party behind the determiner that stands at a place."""
    determiner = _names(view.language).determiner.match(view.folded, place, end)
    if determiner is None:
        return None
    party = party_at(view, determiner.end(), end)
    if party is not None and view.language == "pt" and determiner.group().strip() == "a":
        # "a pessoas": a preposition
        return None if view.folded[party.start : party.end].split()[0].endswith("s") else party
    return party


def inverted_party(view: TextView, cue: Cue, opening: int, closing: int) -> Party | None:
    """The subject behind a verb that opens its clause: "ficam isentas da taxa as cooperativas"."""
    label = LABEL.match(view.folded, opening, cue.start) if view.language in ROMANCE else None
    if label is None or view.folded[label.end() : cue.start].strip():
        return None
    place = cue.end
    stop = min(closing, cue.end + _INVERTED_REACH)
    while (space := view.folded.find(" ", place, stop)) >= 0:
        place = space + 1
        party = _determined(view, place, stop) if _FREE.search(view.folded[cue.start : space]) else None
        if party is not None:
            return party
    return None


#: A determiner behind a preposition opens no subject.
_FREE = re.compile(
    r"(?<![\w-])(?!(?:de|d|à|a|en|em|par|por|pour|para|per|con|com|avec|sur|sobre|su|sans|sin|sem|da|di|in|entre|et|e|y|ou|o)$)"
    r"[\w-]+,?$"
)


def dative_party(view: TextView, cue: Cue, opening: int, closing: int) -> Party | None:
    """Whom an impersonal verb binds, entitles or asks: "aos municípios cabe", "è vietato al gestore"."""
    if view.language not in ROMANCE:
        return None
    names = _names(view.language)
    if names.possessed.match(view.folded, cue.start):
        whose = names.genitive.match(view.folded, cue.end, closing)
        return party_at(view, whose.end(), closing) if whose else None
    if cue.form != "dative" and not names.impersonal.match(view.folded, cue.start):
        return None
    label = LABEL.match(view.folded, opening, cue.start)
    before = names.dative.match(view.folded, label.end() if label else opening, cue.start)
    party = party_at(view, before.end(), cue.start) if before else None
    if party is not None:
        return party
    behind = names.dative.search(view.folded, cue.end, min(closing, cue.end + _DATIVE_REACH))
    if behind is None:
        return None
    return party_at(view, behind.end(), closing)


def joined_parties(view: TextView, first: Party, end: int) -> tuple[Party, ...]:
    """A party with those joined to it: "les producteurs et les importateurs"."""
    parties = [first]
    joint = joint_of(view.language)
    while len(parties) < _MAX_PARTIES:
        gap = joint.match(view.folded, parties[-1].end, end)
        if gap is None or not gap.group().strip():
            break
        party = party_at(view, gap.end(), end)
        if party is None:
            break
        parties.append(party)
    return tuple({party.name: party for party in parties}.values())


def party_at(view: TextView, start: int, end: int) -> Party | None:
    """The party whose noun stands at a place; None where the noun names no one who can act."""
    names = _names(view.language)
    before = names.before.match(view.folded, start, end)
    place = before.end() if before else start
    lead = _singular(before.group(), view.language) + " " if before else ""
    mention = view.party_over(place)
    if mention is not None and mention.start == place and mention.end <= end:
        plain = squeeze(view.folded[place : mention.end])
        name = bases_of(view.language).get(plain, plain)
        name, stop = _extended_name(view, name, place, mention.end, end)
        return Party(lead + name, mention.label, start, stop)
    found = names.agent.match(view.folded, place, end)
    is_agent = found is not None and not names.excluded.fullmatch(found["name"])
    if not is_agent:
        found = _NOUN.match(view.text, place, end)
        is_agent = found is not None and not names.no_body.fullmatch(found.group().lower())
    if not is_agent or found is None:
        return None
    name = _singular(squeeze(found.group().lower()), view.language)
    name, stop = _extended_name(view, name, place, found.end(), end)
    role = "public_authority" if names.authority.match(name) else ""
    return Party(lead + name, role, start, stop)


_NOUN = re.compile(r"[A-ZÀ-Ý](?!\w*[A-ZÀ-Ý])[a-zà-ÿ-]{2,}(?!\w)")


def _extended_name(view: TextView, name: str, start: int, stop: int, end: int) -> tuple[str, int]:
    """A noun's name with the adjectives, complement or capitals that belong to it, and where it ends."""
    names = _names(view.language)
    if view.text[start].isupper() and not view.text[start:stop].isupper():
        capitals = names.capitals.match(view.text, stop, end)
        if capitals is not None and len(capitals.group().split()) < _MAX_CAPITALS:
            return f"{name} {squeeze(capitals.group().lower())}", capitals.end()
    adjectives = 0
    takes_complement = names.whole.fullmatch(name) is not None
    while adjectives < _MAX_ADJECTIVES:
        found = names.adjective.match(view.folded, stop, end)
        if found is None or _is_verb(view.language, found["word"]) or _PLACING.match(found["word"]):
            break
        takes_complement = takes_complement and not _GENERAL.match(found["word"])
        name, stop, adjectives = (
            f"{name} {_singular(found['word'], view.language)}",
            found.end(),
            adjectives + 1,
        )
    if not takes_complement:
        return name, stop
    for _ in range(2 if view.text[start].isupper() else 1):  # "Commission de régulation de l'énergie"
        of = names.complement.match(view.folded, stop, end)
        if of is None:
            break
        name, stop = f"{name} {squeeze(of.group())}", of.end()
        found = names.adjective.match(view.folded, stop, end)
        if found is not None and not _is_verb(view.language, found["word"]):
            name, stop = f"{name} {found['word']}", found.end()
    return name, stop


#: Words of a name in capitals at most.
_MAX_CAPITALS = 14


def _is_verb(language: str, word: str) -> bool:
    grammar = grammar_of(language)
    return word in grammar.forms or any(
        grammar.patterns[name].fullmatch(word) is not None for name in ("future", "generic")
    )


@lru_cache(maxsize=4)
def _endings(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    data = party_data()
    special = [pair for pair in data["unlisted"][language]["singular"] if pair[0] != "s$"]
    pairs = [*special, *data["singular_nouns"][language], *data["singular"][language]]
    return tuple((re.compile(ending), single) for ending, single in pairs)


def _singular(words: str, language: str) -> str:
    return " ".join(_singular_word(word, language) for word in words.split())


def _singular_word(word: str, language: str) -> str:
    for ending, single in _endings(language):
        if ending.search(word):
            return ending.sub(single, word)
    return word
