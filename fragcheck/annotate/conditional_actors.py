"""Whom a condition binds where the duty behind it names no one: "If the broker errs, the offer is void"."""

from __future__ import annotations

import re

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.noun_phrases import Party, head_of, party_at
from fragcheck.annotate.party_names import named_party
from fragcheck.annotate.predicate_lists import Clause
from fragcheck.annotate.readers import Reader
from fragcheck.annotate.view import TextView
from fragcheck.nlp import Phrase

__all__ = ["BINDABLE", "bound_in_condition", "bound_in_lead", "in_condition", "parties_in_lead"]

#: Roles that do what follows from their own act; an affected person's act binds others.
BINDABLE = frozenset(
    {
        "supplier",
        "deployer",
        "importer",
        "distributor",
        "controller",
        "processor",
        "authorised_representative",
        "undertaking",
        "conformity_body",
        "public_authority",
        "everyone",
    }
)
#: Words between the subordinator and the subject of the condition.
_ARTICLE = re.compile(r"\s*(?:[^\W\d_]{1,5}['’ ]\s*)?")


#: What someone else acts on: a request, or what is done to the subject of the condition.
_ASKED = re.compile(
    r"\s*(?:(?:does|do|has|have|had) (?:not )?)?(?:(?:so|also|later|expressly) )?"
    r"(?:request|ask|appl|object|appeal|complain|withdraw|consent|exercis|wish|oppos|claim|contest|challeng|refus|declin|opt|submit|fil|is|are|was|were|been|being)\w*"
    r"|\s*(?:has|have)\s+(?!(?:not |also |already )?\w+(?:ed|en|wn|de|nd)\b)"
)


def bound_in_lead(folded: str, parties: tuple[Party, ...], clause: Clause) -> tuple[Party, ...]:
    """Those of the parties of a leading condition who are bound by a passive that names no one.

    Parameters
    ----------
    folded : str
        The text in lower case.
    parties : tuple of Party
        Subject of the condition: "If a provider finds a fault, the service shall be suspended".
    clause : Clause
        The main clause.
    """
    if not parties or clause.shares_subject or any(party.role not in BINDABLE for party in parties):
        return ()
    opens = _OPENS.fullmatch(folded, clause.opening, parties[0].start)
    return () if opens is None or _ASKED.match(folded, parties[-1].end) else parties


_OPENS = re.compile(
    r"\W*(?:where|if|when|whenever|once|unless)\s+(?:(?:an?|the|any|each|such)\s+)?(?:(?!(?:in|under|for|at|by|on|with|to|of)\b)[\w-]+\s+){0,3}"
)


_LEAD = re.compile(r"(?:(?<=, )|(?<!\w))(?:where|if|when|whenever|once|unless)\s+")


def parties_in_lead(view: TextView, clause: Clause) -> tuple[Party, ...]:
    """Whom "it" or "they" stands for in "Where the deployer finds a fault, it shall …".

    Parameters
    ----------
    view : TextView
    clause : Clause
        The main clause.

    Returns
    -------
    tuple of Party
        The subject of the leading condition, or none.
    """
    lead = _LEAD.search(view.folded, clause.opening, clause.subject_start)
    if lead is None:
        return ()
    mentions = view.parties_in(lead.end(), clause.subject_start)
    found: list[Party] = []
    for start, end in _names(view, mentions):
        if found and not _COORDINATED.fullmatch(view.folded, found[-1].end, start):
            break
        head = head_of(view, start, end)
        party = party_at(view, head) if head else None
        if party is None:
            break
        found.append(party)
    return tuple(found)


_COORDINATED = re.compile(r",?\s*\b(?:and|or)\s+(?:(?:an?|the|any|each|its|their)\s+)?")


def _names(view: TextView, mentions: list[Phrase]) -> list[tuple[int, int]]:
    """Ranges of mentions, those that touch made one: "State agencies" is two terms and one name."""
    ranges: list[tuple[int, int]] = []
    for mention in mentions:
        if ranges and not view.folded[ranges[-1][1] : mention.start].strip():
            ranges[-1] = (ranges[-1][0], mention.end)
        else:
            ranges.append((mention.start, mention.end))
    return ranges


def bound_in_condition(view: TextView, reader: Reader, cue: Cue, opening: int) -> tuple[Party, ...]:
    """The subject of the condition that opens a sentence whose main verb is in the passive without an agent.

    Parameters
    ----------
    view : TextView
    reader : Reader
        Of the text's language.
    cue : Cue
        Of the main verb.
    opening : int
        Where the sentence begins.

    Returns
    -------
    tuple of Party
        One, or none where the condition is none, lies behind, or someone else would act on it: on what
        a person asks for, or on what is done to the subject.
    """
    if reader.condition is None or reader.asked is None:
        return ()
    lead = reader.condition.match(view.folded, opening)
    comma = view.folded.find(",", opening, cue.start)
    if lead is None or comma < 0:
        return ()
    first = next(iter(view.parties_in(lead.end(), comma)), None)
    if first is None or first.label not in BINDABLE:
        return ()
    between = _ARTICLE.fullmatch(view.folded, lead.end(), first.start)
    if between is None or reader.asked.search(view.folded, first.end, comma):
        return ()
    return (named_party(view, first),)


def in_condition(view: TextView, reader: Reader, mention: Phrase, opening: int, closing: int) -> bool:
    """True for a mention that stands in the condition of a clause between `opening` and `closing`."""
    if reader.condition_end is not None:
        ending = reader.condition_end.search(view.folded, mention.end, closing)
        return ending is not None
    if reader.condition is None:
        return False
    if reader.cases is not None and not view.folded[mention.end : closing].strip():
        return False  # "Po wypadku armator przedstawia …": right before the verb
    lead = reader.condition.search(view.folded, opening, mention.start)
    return lead is not None and "," not in view.folded[lead.start() : mention.start]
