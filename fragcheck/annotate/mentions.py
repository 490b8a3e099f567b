"""Mentions of parties in a text: terms of the lexicon, Germanic compounds, heads of East Asian bodies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from fragcheck.nlp import Phrase, PhraseFinder
from fragcheck.taxonomy.roles import load_roles

__all__ = ["base_of_compound", "bases_of", "find_mentions", "party_data"]

_FILE = Path(__file__).parent / "data" / "party_names.toml"
#: What joins the first part of "Geschäfts- und Fachbereich" to the whole word behind it.
_ELLIPSIS = re.compile(r"(?<![\w-])(?P<first>[A-ZÄÖÜ]?[\wäöüß]{2,})-,?\s+(?:und|oder|sowie|en|of)\s+$")
_MAX_ELLIPSIS = 48


class _Compounds(NamedTuple):
    """How compounds that name a party are found: by their last part, which tells the role."""

    pattern: re.Pattern[str]
    in_lower_case: re.Pattern[str]
    shared: re.Pattern[str]
    excluded: re.Pattern[str]
    roles: tuple[str, ...]


@lru_cache(maxsize=1)
def party_data() -> dict[str, Any]:
    """The data on names of parties outside English, ``data/party_names.toml``."""
    with _FILE.open("rb") as handle:
        return tomllib.load(handle)


@lru_cache(maxsize=16)
def _finder(language: str) -> PhraseFinder:
    return PhraseFinder(language, load_roles().terms(language))


@lru_cache(maxsize=16)
def bases_of(language: str) -> dict[str, str]:
    """Inflected forms of the lexicon's terms in a language, each with the term itself."""
    return load_roles().bases(language)


@lru_cache(maxsize=4)
def _compounds(language: str) -> _Compounds | None:
    data = party_data()
    heads = data["heads"].get(language)
    if heads is None:
        return None
    endings = data["endings"][language]
    parts = "|".join(f"(?P<{role}>{words})" for role, words in heads.items())
    # German nouns begin with a capital, Dutch ones need not
    first = "[A-ZÄÖÜ]" if language == "de" else r"[^\W\d_]"
    whole = rf"(?<![\w-]){first}[\w-]{{2,}}?(?:(?i:{parts}))(?:{endings})?(?![\w-])"
    return _Compounds(
        re.compile(whole),
        re.compile(whole, re.IGNORECASE),
        re.compile(rf"(?:{data['shared'][language]})(?=(?:{endings})?$)"),
        re.compile(rf"(?:{data['not_heads'][language]})\w{{0,3}}"),
        tuple(heads),
    )


@lru_cache(maxsize=4)
def _leader(language: str) -> re.Pattern[str] | None:
    words = party_data()["leaders"].get(language)
    return re.compile(words) if words else None


@lru_cache(maxsize=16)
def _never_party(language: str) -> re.Pattern[str] | None:
    words = party_data()["never_party"].get(language)
    return re.compile(words) if words else None


def find_mentions(text: str, language: str) -> tuple[Phrase, ...]:
    """Mentions of parties in a text, in order and without overlaps; labels are roles.

    Parameters
    ----------
    text : str
    language : str
        One of the languages that the lexicon of roles knows.
    """
    plain = [
        phrase for phrase in _finder(language).find(text) if phrase.label and _stands_alone(text, phrase)
    ]
    if language == "zh":
        return tuple(_without_verbs(text, plain))
    leader = _leader(language)
    if leader is not None:
        whole = plain if language == "ja" else (m for m in plain if not _goes_on(text, m.end))
        return tuple(_outermost(_with_leader(text, phrase, leader) for phrase in whole))
    if language == "de":
        plain = [phrase for phrase in plain if _is_german_noun(text[phrase.start : phrase.end])]
    for word in party_data()["capital"].get(language, ()):
        plain = [phrase for phrase in plain if text[phrase.start : phrase.end] != word]
    never = _never_party(language)
    if never is not None:
        others = [match.span() for match in never.finditer(text)]
        plain = [p for p in plain if not any(a <= p.start and p.end <= b for a, b in others)]
    compounds = _compounds(language)
    if compounds is None:
        return tuple(plain)
    found = _merged(plain, _in_compounds(text, compounds))
    return tuple(phrase._replace(start=_start_of(text, phrase.start)) for phrase in found)


def _without_verbs(text: str, mentions: list[Phrase]) -> Iterable[Phrase]:
    """Mentions without the verb "to organise", which is the noun as well: "部门组织评估"."""
    ends = {mention.end for mention in mentions}
    return (m for m in mentions if not (m.start in ends and text[m.start : m.end] == "组织"))


def _stands_alone(text: str, phrase: Phrase) -> bool:
    """False for a part of a hyphenated word."""
    return text[phrase.start - 1 : phrase.start] != "-" and text[phrase.end : phrase.end + 1] != "-"


def _is_german_noun(words: str) -> bool:
    """False for a verb of the same form: "zu schulen", "stellen"."""
    last = words.rsplit(maxsplit=1)[-1]
    return last[:1].isupper() or words.lower() in party_data()["lower_case"]["de"]


#: What can stand behind a Korean noun; anything else makes another word of it ("간호사중앙회").
_KOREAN_END = re.compile(
    r"(?![가-힣])|은|는|이|가|을|를|에|의|와|과|도|로|으로|만|부터|까지|나|이나|라|등|들|께|보다|마다|중(?![가-힣])|간(?![가-힣])|별|인|임|된|측|하"
)


def _goes_on(text: str, end: int) -> bool:
    """True where a Korean word goes on behind what looks like the name of a party."""
    return _KOREAN_END.match(text, end) is None


def _outermost(mentions: Iterable[Phrase]) -> Iterable[Phrase]:
    """Mentions without those inside the one before them: "薬局の管理者" holds "管理者"."""
    end = 0
    for mention in mentions:
        if mention.end > end:
            end = mention.end
            yield mention


def _with_leader(text: str, phrase: Phrase, leader: re.Pattern[str]) -> Phrase:
    """The one who heads a body: "委員会の長"."""
    found = leader.match(text, phrase.end)
    return phrase if found is None else phrase._replace(end=found.end())


def _in_compounds(text: str, compounds: _Compounds) -> Iterable[Phrase]:
    for found in compounds.pattern.finditer(text):
        if compounds.excluded.fullmatch(found.group().lower()):
            continue
        yield Phrase(found.start(), found.end(), str(found.lastgroup))


def _start_of(text: str, start: int) -> int:
    """Where a compound begins, with the first part of "Geschäfts- und Fachbereich"."""
    ellipsis = _ELLIPSIS.search(text, max(0, start - _MAX_ELLIPSIS), start)
    return start if ellipsis is None else ellipsis.start()


def _merged(terms: list[Phrase], others: Iterable[Phrase]) -> list[Phrase]:
    """Terms and compounds in order; where both name the same party, the longer range."""
    kept = list(terms)
    for other in others:
        inside = [term for term in kept if term.start < other.end and other.start < term.end]
        if any(term.start < other.start or term.end > other.end for term in inside):
            continue
        label = inside[-1].label if inside else other.label
        kept = [term for term in kept if term not in inside]
        kept.append(other._replace(label=label))
    return sorted(kept)


def base_of_compound(name: str, language: str) -> str:
    """A compound in lower case without the ending of its last part, both parts of an ellipsis parted.

    Returns
    -------
    str
        "kontrollinstanzen" gives "kontrollinstanz", "geschäfts- und fachbereichen" gives
        "geschäftsbereich and fachbereich"; any other name as it is.
    """
    compounds = _compounds(language)
    if compounds is None:
        return name
    last = name.rsplit(" ", 1)[-1]
    known = bases_of(language).get(last)
    whole = compounds.in_lower_case.fullmatch(known or last)
    single = known or (last if whole is None else last[: whole.end(str(whole.lastgroup))])
    ellipsis = _ELLIPSIS.search(name, 0, len(name) - len(last))
    if ellipsis is None:
        return single
    shared = compounds.shared.search(single) if whole is None else None
    head = shared.group() if shared else whole.group(str(whole.lastgroup)) if whole else ""
    return f"{ellipsis['first']}{head} and {single}" if head else single
