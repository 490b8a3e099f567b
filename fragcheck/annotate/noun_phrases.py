"""Heads of English noun phrases, and which of them can act."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import any_of, english_words
from fragcheck.nlp import singular_noun
from fragcheck.taxonomy.roles import load_roles

__all__ = [
    "Head",
    "Party",
    "abbreviated_party",
    "agents_after_heading",
    "agents_of",
    "head_of",
    "join_parties",
    "last_agent_before",
    "party_at",
]

_WORD = re.compile(r"[^\W_](?:[\w'’/.-]*[\w'])?")
_AGENT_SUFFIX = re.compile(r"(?:er|or|ee|ist|ian|yst|man|woman)$")
#: Nouns of a coordinated noun phrase that are told at most.
_MAX_PARTIES = 64
#: How far before a head the mention that it ends can begin.
_MAX_LEAD = 24
_POSTMODIFIER = re.compile(r"(?:ed|ing|able|ible)$")
#: What ends a noun phrase at its beginning too, and what ends it behind its first word.
_CLOSING = frozenset({"and", "or", "nor", "and/or"})
_ARTICLES = frozenset({"the", "a", "an", "any", "its", "their"})
_NOUNS_IN_ING = frozenset({"notifying", "training", "reporting", "housing", "rating", "testing", "computing"})


class Party(NamedTuple):
    """Someone who acts: the law's word (lower case, singular), the class of role, and its range."""

    name: str
    role: str
    start: int
    end: int


class Head(NamedTuple):
    """The head phrase of a noun phrase: its range and its lower-case words.

    `office` is the rest of the name of an office (" of state"); it lies behind `end` and ends at `name_end`.
    """

    start: int
    end: int
    words: tuple[str, ...]
    office: str = ""
    name_end: int = 0


def head_of(view: TextView, start: int, end: int) -> Head | None:
    """Head phrase of the noun phrase at the beginning of a range: determiners off, cut at its modifiers.

    "the providers of high-risk systems" gives "providers"; None where no noun stands there.
    """
    words_of = english_words()
    lead = words_of.determiner.match(view.folded, start, end)
    position = lead.end() if lead else start
    words: list[str] = []
    first = last = position
    for match in _WORD.finditer(view.folded, position, end):
        gap = view.folded[last : match.start()] if words else view.folded[position : match.start()]
        if (words and re.search(r"[,;:()\"]", gap)) or (not words and re.search(r"[;:()]", gap)):
            break
        word = match.group()
        closes = word in words_of.stops or word in _CLOSING
        if words and not closes:
            closes = word in _ARTICLES or (
                _POSTMODIFIER.search(word) is not None
                and word not in _NOUNS_IN_ING
                and not _noun_follows(view, match.end(), end)
            )
        if closes and not _in_name(view, last - 1 if words else match.start(), match.end()):
            break
        if not words:
            first = match.start()
        words.append(word)
        last = match.end()
        if word in ("whoever", "anyone", "everyone", "nobody", "anybody"):
            break
    if not words:
        return None
    office, name_end = _office_name(view.text, last, words[-1])
    return Head(first, last, tuple(words), office, name_end)


_CAPITAL = r"(?:[A-Z][A-Za-z’'-]*[a-z][A-Za-z’'-]*|[A-Z]{2,6}(?![A-Za-z]))"
_OFFICE_NAME = re.compile(
    rf"\s+(?:of|for)\s+(?:the\s+)?{_CAPITAL}"
    rf"(?:(?:,?\s+(?:and|of|for|of the|for the))?\s+(?!(?:Act|Code|Bill)\b){_CAPITAL})*"
)


def _in_name(view: TextView, start: int, end: int) -> bool:
    """True where the name of a party goes on over a range: "board of directors", "under secretary"."""
    party = view.party_over(start)
    return party is not None and end <= party.end


def _office_name(text: str, end: int, noun: str) -> tuple[str, int]:
    """What completes the name of an office (" of state"), and its end; nothing in a text in capitals."""
    if singular_noun(noun) not in english_words().office_nouns or text[end - 1 : end].isupper():
        return "", end
    found = _OFFICE_NAME.match(text, end)
    if found is None:
        return "", end
    name = re.split(
        rf"\s+and\s+(?=(?:{'|'.join(sorted(english_words().office_nouns))})s?\b)", found.group().lower()
    )
    return " ".join(("", *name[0].split())), end + len(name[0])


def _noun_follows(view: TextView, start: int, end: int) -> bool:
    """True where a participle stands before its noun ("market monitoring authority")."""
    following = _WORD.match(view.folded, start + 1, end) if start < end else None
    if following is None:
        return False
    return any(party.start <= following.start() < party.end for party in view.parties_in(start, end))


def party_at(view: TextView, head: Head) -> Party | None:
    """The party that a head phrase names; None where it names no one who can act."""
    name = _singular(head.words) + head.office
    if head.office.endswith(("'s", "’s")):
        return None  # "The Director of the Agency's guidance shall …"
    mention = view.party_over(head.end - 1)
    if mention is not None and mention.start >= head.start - _MAX_LEAD:
        return Party(name, mention.label, head.start, head.end)
    last = singular_noun(head.words[-1])
    words_of = english_words()
    if head.office and last in words_of.office_nouns:
        return Party(name, "public_authority", head.start, head.end)
    if last in words_of.body_nouns and _is_proper(view, head):
        return Party(name, "public_authority" if head.office else "", head.start, head.end)
    if _is_agent_noun(last):
        return Party(name, _role_of_whole(view, head.end), head.start, head.end)
    return None


def _is_proper(view: TextView, head: Head) -> bool:
    """True where the noun begins with a capital that no heading and no sentence gives it."""
    *others, last = view.text[head.start : head.end].split()
    if not last[:1].isupper() or last.isupper() or "Data" in others:
        return False
    return bool(others) or view.text[head.start - 1 : head.start] == " "


_OF_WHOM = re.compile(r"\s+of\s+(?:the\s+|an?\s+)?")


def _role_of_whole(view: TextView, start: int) -> str:
    """Role of the body that someone heads or belongs to: "the heads of central agencies"."""
    of = _OF_WHOM.match(view.folded, start)
    if of is None:
        return ""
    place = bisect_left(view.parties, (of.end(),))
    whole = view.parties[place] if place < len(view.parties) else None
    near = (
        whole is not None
        and whole.start - of.end() < 30
        and not re.search(r"[,;:.]", view.folded[of.end() : whole.start])
    )
    return whole.label if whole is not None and near else ""


def _singular(words: tuple[str, ...]) -> str:
    return " ".join((*words[:-1], singular_noun(words[-1].removesuffix("'s").rstrip("'"))))


def agents_of(view: TextView, start: int, end: int) -> tuple[Party, ...]:
    """Parties that a coordinated noun phrase names: "providers of systems and their deployers"."""
    kinds = _of_kinds(view, start, end)
    if kinds == ():
        return ()  # "Government and corporate databases": of no party
    found: list[Party] = list(kinds or ())
    position = _next_joint(view, found[-1].end, end) if found else start
    for _ in range(_MAX_PARTIES):
        if position is None or position >= end:
            break
        head = head_of(view, position, end)
        if head is None:
            break
        party = party_at(view, head)
        if party is None:
            party = _proper_name(view, head.start, end)
            if party is None and not found:
                break
            head = Head(party.start, party.end, head.words) if party else head
        if party is not None and party.name not in {other.name for other in found}:
            found.append(party)
        joint = _next_joint(view, head.name_end if head.office else head.end, end)
        if joint is None:
            break
        position = joint
    return tuple(found)


@lru_cache(maxsize=1)
def _kinds() -> re.Pattern[str]:
    kind = any_of(sorted(english_words().kinds_of_party))
    return re.compile(
        rf"(?P<kinds>(?:{kind})(?:,\s*(?:{kind})(?![\w-]))*),?\s+(?:and/or|and|or)\s+(?P<last>{kind})\s+"
        rf"(?=[a-z])(?!(?:shall|must|may|should|will|is|are)\b)"
    )


def _of_kinds(view: TextView, start: int, end: int) -> tuple[Party, ...] | None:
    """The parties of "State and local agencies", each with the noun that they share.

    None where no such adjectives stand there, none of them where the noun names no one.
    """
    lead = english_words().determiner.match(view.folded, start, end)
    kinds = _kinds().match(view.folded, lead.end() if lead else start, end)
    if kinds and lead and kinds["kinds"] == "state":
        return None  # "The State and local governments": the State is one of them
    if kinds is None:
        return None
    head = head_of(view, kinds.end(), end)
    party = party_at(view, head) if head else None
    if head is None or party is None:
        return ()
    every = [*re.split(r"\s*,\s*", kinds["kinds"]), kinds["last"]]
    return tuple(Party(f"{kind} {party.name}", party.role, kinds.start(), head.end) for kind in every)


_PROPER_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|for|on|and|the)\s+)*{_CAPITAL})+")


def _proper_name(view: TextView, start: int, end: int) -> Party | None:
    """The body whose name holds an of-phrase before its noun: "the Future of Work Task Force"."""
    found = _PROPER_NAME.match(view.text, start, end)
    if found is None or view.text[start : found.end()].isupper():
        return None
    mention = view.party_over(found.end() - 1)
    label = mention.label if mention is not None and mention.end == found.end() else None
    name = " ".join(found.group().lower().split())
    last = singular_noun(name.rsplit(" ", 1)[-1])
    if label is None and not _is_agent_noun(last):
        return None
    return Party(name, label or "", start, found.end())


def _is_agent_noun(noun: str) -> bool:
    """True for a noun of someone who acts, by the list or by its ending ("Officer")."""
    words_of = english_words()
    if noun in words_of.not_agents:
        return False
    return noun in words_of.agent_nouns or (len(noun) > 4 and _AGENT_SUFFIX.search(noun) is not None)


_ABBREVIATION = re.compile(r"\s*(?:[Tt]he\s+)?(?P<name>[A-Z][A-Za-z]{0,4}[A-Z]{1,5})\s*")
#: A capitalised article inside what looks like a subject: a heading stands before it, without a full stop.
_ARTICLE_ANEW = re.compile(r"(?<=[a-z0-9)\s]\s)(?:The|An?|Each|Every|Any)\s+(?=\w)")


def abbreviated_party(view: TextView, start: int, end: int) -> tuple[Party, ...]:
    """The body that an abbreviation names by itself, as all of a subject: "NHTSA shall"; else none."""
    found = _ABBREVIATION.fullmatch(view.text, start, end)
    if found is None or found["name"].lower() in english_words().not_bodies:
        return ()
    return (Party(found["name"].lower(), "", found.start("name"), found.end("name")),)


def agents_after_heading(view: TextView, start: int, end: int) -> tuple[Party, ...]:
    """Parties behind a heading that runs into its sentence: "Public engagement The Authority must …"."""
    places = [found.start() for found in _ARTICLE_ANEW.finditer(view.text, start, end)]
    return agents_of(view, places[-1], end) if places else ()


#: Subjects before a pronoun that are tried at most: what it stands for is not named farther back.
_MAX_SUBJECTS = 24
_JOINT = re.compile(
    r"\s*(?:,\s*(?:and|or|nor)\b,?|,|\band/or\b|\band\b|\bor\b|\bnor\b|/)"
    r",?\s*(?:(?:where|if) (?:applicable|relevant|appropriate|necessary|required),?\s*)?"
)


_BARE_SINGULAR = re.compile(
    r"(?!(?:the|an?|any|each|every|its|their|all|such|other|where)\b)[a-z-]*[a-rt-z](?:\s*$|\s+(?=shall|must|may|should|will|is\b|who|that))"
)


def _next_joint(view: TextView, start: int, end: int) -> int | None:
    """Where the next coordinated noun begins, right after the head or after its short of-phrase."""
    joint = _JOINT.match(view.folded, start, end)
    is_modified = joint is None
    if joint is None:
        modifier = re.compile(r"\s*(?:of|in|for|using)\s[^,;:]{1,60}?(?=,?\s(?:and|or)\s)").match(
            view.folded, start, end
        )
        joint = _JOINT.match(view.folded, modifier.end(), end) if modifier else None
        # "the head of a department or agency": a bare singular goes on with the of-phrase
        if joint is None or _BARE_SINGULAR.match(view.folded, joint.end(), end):
            return None
    following = head_of(view, joint.end(), end)
    if following is None:
        return None
    direct = view.party_over(following.end - 1) is not None
    direct = direct or singular_noun(following.words[-1]) in english_words().agent_nouns
    direct = direct or (not is_modified and party_at(view, following) is not None)
    direct = direct or (not is_modified and _proper_name(view, following.start, end) is not None)
    return joint.end() if direct else None


def last_agent_before(view: TextView, end: int) -> Party | None:
    """The last party mentioned as a subject before a place: what "it" and "they" stand for."""
    place = bisect_left(view.cues, (end,))
    for _ in range(_MAX_SUBJECTS):
        while place and view.cues[place - 1].end > end:
            place -= 1
        before = bisect_left(view.parties, (view.cues[place - 1].start,)) if place else 0
        if not before:
            return None
        # cues of the sentences behind the last mention have no one named before them
        _, sentence_end = view.sentence_before(view.parties[before - 1].start + 1)
        place = min(place, bisect_left(view.cues, (sentence_end,)))
        if not place:
            return None
        place -= 1
        cue = view.cues[place]
        mention = view.first_party_in(view.sentence_before(cue.start + 1)[0], cue.start)
        head = head_of(view, mention.start, cue.start) if mention else None
        party = party_at(view, head) if head else None
        if party:
            return party
    return None


def join_parties(parties: tuple[Party, ...]) -> tuple[str, str]:
    """Names joined by " and ", roles joined by ";" in the order of the lexicon, each once."""
    order = load_roles().names
    roles = sorted({party.role for party in parties if party.role}, key=order.index)
    return " and ".join(party.name for party in parties), ";".join(roles)
