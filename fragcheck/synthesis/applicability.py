"""What of a document concerns a reader: by role, sector, class of risk, territory and day.

The rule is the same for all five: a requirement is left out only where the document tells that it concerns
someone else, something else or another time. What it does not tell is kept, and counted as unknown.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from fragcheck.records import (
    Analysis,
    ApplicabilityProfile,
    Definition,
    Ground,
    Provision,
    Requirement,
)
from fragcheck.synthesis.commencement import commencement

__all__ = ["DocumentFacts", "Judgement", "Lexicon", "Standing", "document_facts", "judge", "load_lexicon"]

#: Roles that hold for everybody: a duty on them concerns every reader.
_ANYONE = frozenset(("everyone", "undertaking"))

_SPACELESS = frozenset(("zh", "ja", "ko", "th"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a document beyond its words.

    Parameters
    ----------
    territory : str
        Jurisdiction as the catalogue writes it; empty if unknown.
    begins, ended : date or None
        From when it applies, and when it ceased to; None if unknown.
    is_law : bool
        False for what is not, or no longer, in force: a bill that was vetoed, a law that was repealed.
    """

    territory: str = ""
    begins: dt.date | None = None
    ended: dt.date | None = None
    is_law: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why a requirement does not concern the reader, and what could not be told."""

    left_out: tuple[Ground, ...] = ()
    unknown: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The words behind sectors and classes of risk, and what binds inside what."""

    version: str
    sectors: Mapping[str, Mapping[str, tuple[str, ...]]]
    tiers: Mapping[str, Mapping[str, tuple[str, ...]]]
    members: Mapping[str, tuple[str, ...]]
    everywhere: frozenset[str]

    @cached_property
    def territories(self) -> tuple[str, ...]:
        """Every territory that the lexicon names, in the order of the alphabet."""
        return tuple(sorted({*self.members, *(one for inside in self.members.values() for one in inside)}))

    def named(self, ground: Ground, text: str, language: str) -> frozenset[str]:
        """Sectors or classes of risk that a text names."""
        classes = self.sectors if ground is Ground.SECTOR else self.tiers
        folded = text.casefold()
        return frozenset(
            name
            for name, words in classes.items()
            if (found := words.get(language)) and _pattern(found, language).search(folded)
        )

    def binds(self, territory: str, reader: str) -> bool:
        """Whether what `territory` enacts can bind in the territory of the reader."""
        return (
            territory == reader
            or territory in self.everywhere
            or reader.startswith(f"{territory}: ")
            or reader in self.members.get(territory, ())
        )


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    start = "" if language in _SPACELESS else r"\b"
    return re.compile(start + "(?:" + "|".join(re.escape(word) for word in words) + ")")


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    path = files("fragcheck.synthesis").joinpath("data", "applicability.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lexicon(
        raw["version"],
        _classes(raw["sectors"]),
        _classes(raw["tiers"]),
        {name: tuple(inside) for name, inside in raw["territories"].items()},
        frozenset(raw["everywhere"]["names"]),
    )


def _classes(raw: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        name: {language: tuple(words) for language, words in by_language.items()}
        for name, by_language in raw.items()
    }


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the provisions of a document tell: days by eid, and sectors and classes of risk by heading.

    `begins` is None where neither the document nor the catalogue says from when it applies.
    """

    language: str
    standing: Standing
    begins: dt.date | None
    days: Mapping[str, dt.date]
    provisions: Mapping[str, Provision]


def document_facts(analysis: Analysis, standing: Standing) -> DocumentFacts:
    """Return what a document tells of whom and when it concerns.

    A day that a provision states for itself or for others goes before that of the whole document, and the
    day in `standing` before the one that the document states for the whole of itself.
    """
    whole, days = commencement(analysis)
    return DocumentFacts(
        analysis.segmentation.language,
        standing,
        standing.begins or whole,
        days,
        {provision.eid: provision for provision in analysis.segmentation.provisions},
    )


def judge(
    item: Requirement | Definition | None,
    eid: str,
    facts: DocumentFacts,
    profile: ApplicabilityProfile,
    lexicon: Lexicon | None = None,
) -> Judgement:
    """Return whether a requirement concerns the reader.

    Parameters
    ----------
    item : Requirement, Definition or None
        Definitions concern every role, sector and class of risk.
    eid : str
        The provision that it stands in.
    facts : DocumentFacts
    profile : ApplicabilityProfile
    lexicon : Lexicon, optional
    """
    lexicon = lexicon or load_lexicon()
    verdicts: dict[Ground, bool | None] = {}
    requirement = item if isinstance(item, Requirement) else None
    for ground in profile.grounds:
        if ground is Ground.TERRITORY:
            verdicts[ground] = _in_territory(facts.standing, profile.territory, lexicon)
        elif ground is Ground.DATE:
            verdicts[ground] = _on_day(eid, facts, dt.date.fromisoformat(profile.as_of))
        elif requirement is None:
            verdicts[ground] = True
        elif ground is Ground.ROLE:
            verdicts[ground] = _for_role(requirement, profile.role)
        else:
            wanted = profile.sector if ground is Ground.SECTOR else profile.tier
            verdicts[ground] = _for_class(requirement, ground, wanted, (eid, facts), lexicon)
    return Judgement(
        tuple(ground for ground, verdict in verdicts.items() if verdict is False),
        tuple(ground for ground, verdict in verdicts.items() if verdict is None),
    )


def _for_role(requirement: Requirement, role: str) -> bool | None:
    roles = set(requirement.actor_role.split(";")) - {""}
    if not roles:
        return None
    return role in roles or bool(roles & _ANYONE)


def _for_class(
    requirement: Requirement,
    ground: Ground,
    wanted: str,
    place: tuple[str, DocumentFacts],
    lexicon: Lexicon,
) -> bool | None:
    """Its own words go before those of the headings above it; None where neither names any class."""
    eid, facts = place
    provision = facts.provisions.get(eid)
    heads = f"{provision.heading} > {provision.context}" if provision is not None else ""
    for words in (f"{requirement.actor} {requirement.condition} {requirement.text}", heads):
        named = lexicon.named(ground, words, facts.language)
        if named:
            return wanted in named
    return None


def _in_territory(standing: Standing, reader: str, lexicon: Lexicon) -> bool | None:
    return lexicon.binds(standing.territory, reader) if standing.territory else None


def _on_day(eid: str, facts: DocumentFacts, day: dt.date) -> bool | None:
    """Whether the provision applies on that day; the day of the nearest provision above it holds for it."""
    if not facts.standing.is_law and facts.standing.ended is None:
        return False
    if facts.standing.ended is not None and facts.standing.ended <= day:
        return False
    place: str | None = eid
    while place is not None:
        if place in facts.days:
            return facts.days[place] <= day
        provision = facts.provisions.get(place)
        place = provision.parent if provision is not None else None
    return None if facts.begins is None else facts.begins <= day
