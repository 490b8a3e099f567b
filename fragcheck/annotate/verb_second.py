"""Finite verbs of German and Dutch main clauses by their place: second, beside a party as subject.

No list holds every verb of a statute ("fügt … ein", "slaat … op"). In a main clause the finite verb stands
second: behind the subject and its relative clause, or before a subject that something else precedes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fragcheck.annotate.mentions import party_data
from fragcheck.annotate.party_names import joint_of
from fragcheck.annotate.view import TextView
from fragcheck.nlp import Phrase

__all__ = ["verb_starts"]

#: Words before a subject at most: an article and adjectives.
_DETERMINERS = 3
#: Characters of a relative clause behind the subject at most.
_RELATIVE = 400
_FORMS = {"de": r"[a-zäöüß]{2,}(?:t|e[nlr]n|en|rn|ln)", "nl": r"[a-zàâäéèëïöü]{2,}(?:t|en)"}
_ARTICLES = {
    "de": r"(?:der|die|das|ein|eine|jede[rs]?|sie|er|es)",
    "nl": r"(?:de|het|een|iedere?|elke?|hij|zij)",
}
#: What qualifies a subject behind it: "Betreiber eines Hafens", "fabrikanten van slimme thermostaten".
_ATTRIBUTES = {
    "de": re.compile(
        r"(?:\s+(?:(?:von|für|mit|im|in|am|an|auf|zur|zum|vom)\s+)?(?:(?:der|des|den|dem|einer|eines|einem|das|die)\s+)?"
        r"(?:[a-zäöüß]+e[nrsm]?\s+){0,2}[A-ZÄÖÜ][\w-]+){0,3}"
    ),
    "nl": re.compile(
        r"(?:\s+(?:van|voor|in|met|op|uit)\s+(?:(?:de|het|een|zijn|haar|hun)\s+)?(?:[a-zë]+e\s+)?[\w-]+){0,3}"
    ),
}
#: Relative pronouns that need no comma before them.
_RELATIVES = {"de": re.compile(r"(?!)"), "nl": re.compile(r"\s+(?:die|dat|waar\w+|wier|wiens|welke)\s")}
_LEAD = re.compile(r"(?:[^\W\d_]+\s+)*$")


@lru_cache(maxsize=4)
def _behind(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<verb>{_FORMS[language]})(?![\w-])")


@lru_cache(maxsize=4)
def _inverted(language: str) -> re.Pattern[str]:
    behind = rf"\s+(?:{_ARTICLES[language]}\s+(?:[a-zäöüßéë]+e[nr]?\s+)?)"
    # "beslist Onze Minister", "dragen gedeputeerde staten": some Dutch authorities have no article
    optional = "?" if language == "nl" else ""
    return re.compile(rf"(?<![\w-])(?P<verb>{_FORMS[language]})(?:{behind}){optional}\s*$")


@lru_cache(maxsize=4)
def _no_verbs(language: str) -> frozenset[str]:
    return frozenset(party_data()["no_verbs"][language].split())


def verb_starts(view: TextView, start: int, end: int) -> frozenset[int]:
    """Where finite verbs of a sentence begin that stand right beside a party as subject.

    Parameters
    ----------
    view : TextView
    start, end : int
        The range of the sentence, without its label.

    Returns
    -------
    frozenset of int
        Empty in languages whose verb has no such place.
    """
    if view.language not in _FORMS:
        return frozenset()
    parties = view.parties_in(start, end)
    if not parties:
        return frozenset()
    lead = view.folded[start : parties[0].start]
    if _opens(view, lead):
        return _behind_subject(view, parties, end)
    return _before_subject(view, start, parties[0].start)


def _opens(view: TextView, lead: str) -> bool:
    """True where only an article and adjectives stand before the first party."""
    words = lead.split()
    if len(words) > _DETERMINERS or not _LEAD.fullmatch(lead.lstrip()):
        return False
    return not any(word in _no_verbs(view.language) for word in words)


def _behind_subject(view: TextView, parties: list[Phrase], end: int) -> frozenset[int]:
    place = parties[0].end
    joint = joint_of(view.language)
    for party in parties[1:]:
        if not joint.fullmatch(view.folded, place, party.start):
            break
        place = party.end
    found = _behind(view.language).match(view.text, place, end)
    if found is None or found["verb"] in _no_verbs(view.language):
        attributes = _ATTRIBUTES[view.language].match(view.text, place, end)
        place = attributes.end() if attributes else place
        found = _behind(view.language).match(view.text, place, end)
    if view.folded[place : place + 1] == "," or _RELATIVES[view.language].match(view.folded, place):
        # the relative clause ends with its verb and a comma
        comma = view.folded.find(",", place + 1, min(end, place + _RELATIVE))
        found = _behind(view.language).match(view.text, comma + 1, end) if comma >= 0 else None
    return _start_of(view, found)


def _before_subject(view: TextView, start: int, place: int) -> frozenset[int]:
    begin = max(start, place - 60)
    found = _inverted(view.language).search(view.text[begin:place])
    if found is None or found["verb"] in _no_verbs(view.language):
        return frozenset()
    verb = begin + found.start("verb")
    return frozenset((verb,)) if view.folded[start:verb].strip() else frozenset()


def _start_of(view: TextView, found: re.Match[str] | None) -> frozenset[int]:
    if found is None or found["verb"] in _no_verbs(view.language):
        return frozenset()
    return frozenset((found.start("verb"),))
