"""Predicates of English clauses: voice, base verb, complement, agent, recipient, condition."""

from __future__ import annotations

import re
from typing import NamedTuple

from fragcheck.annotate.actions import known_verbs, whole_verb
from fragcheck.annotate.noun_phrases import Head, Party, agents_of, head_of, party_at
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb, is_participle

__all__ = [
    "EMPTY_PREDICATE",
    "Predicate",
    "by_agents",
    "clean_range",
    "mentioned_party",
    "plain_condition",
    "predicate_of",
    "read_predicate",
    "strip_dangling",
    "trailing_condition",
    "without_determiners",
]

_BE = re.compile(r"\s*(?:not\s+)?(?:to\s+)?(?:be(?:en)?|is|are)\b")
_WORD = re.compile(r"[a-z][\w'-]*")
#: Characters behind a quantity in which what looks like a condition belongs to it ("10 days after").
_BEHIND_QUANTITY = 14
#: Characters of the few words before a verb, or before the "by" of an agent, that decide about it.
_NEAR = 200
_BY = re.compile(r"\bby\s+(?=[a-z])")
_DANGLING = (
    *(" by", " for", " of", " within", " after", " at", " to", " or", " and", " in", " on", " from"),
    *(" not exceeding", " not later than"),
)


class Predicate(NamedTuple):
    """What is done: base verb with particle, its complement in active order, and who is named in it."""

    verb: str
    complement: str
    agents: tuple[Party, ...] = ()
    patients: tuple[Party, ...] = ()
    recipient: Party | None = None
    condition: str = ""
    is_passive: bool = False


EMPTY_PREDICATE = Predicate("", "")


def read_predicate(view: TextView, start: int, end: int, *, form: str, cue_text: str) -> Predicate:
    """The verb phrase in a range: voice, base verb, complement, agent, recipient, condition."""
    if form == "bare":
        verb = (
            base_verb(cue_text.rsplit(maxsplit=1)[-1], known_verbs())
            if "apply" in cue_text
            else _bare_verb(cue_text)
        )
        return predicate_of(view, verb, (start, end), is_passive=False)
    position = _skip(view, start, end, passive=form == "from")
    passive = _BE.match(view.folded, position, end)
    if passive is not None:
        position = _skip(view, passive.end(), end, passive=True)
        match = _WORD.match(view.folded, position, end)
        if match is not None and is_participle(match.group()):
            verb = base_verb(match.group(), known_verbs())
            return predicate_of(view, verb, (match.end(), end), is_passive=True)
        if match is not None and match.group() == "subject":
            return predicate_of(view, "be subject", (match.end(), end), is_passive=False)
        return predicate_of(view, "be", (position, end), is_passive=False)
    match = _WORD.match(view.folded, position, end)
    if match is None:
        return EMPTY_PREDICATE
    verb = base_verb(match.group(), known_verbs()) if form == "from" else match.group()
    return predicate_of(view, verb, (match.end(), end), is_passive=False)


def _bare_verb(cue_text: str) -> str:
    if cue_text.endswith("subject to"):
        return "be subject to"
    last = cue_text.rsplit(maxsplit=1)[-1]
    return {"liable": "be liable", "responsible": "be responsible", "accountable": "be accountable"}.get(
        last, f"be {last}"
    )


def _skip(view: TextView, start: int, end: int, *, passive: bool = False) -> int:
    """Where the verb begins: after adverbs and insertions between commas."""
    words = english_words()
    label = _ITEM.match(view.folded, start, end)
    position = label.end() if label else start
    while (match := words.skip.match(view.folded, position, end)) is not None and match.end() > position:
        position = match.end()
    while position < end and view.folded[position] in " ,":
        position += 1
    first = _WORD.match(view.folded, position, end)
    if first is None or not _begins_insertion(first.group(), view.folded[position : position + 24]):
        return position
    verb = first.group()
    if passive and (is_participle(verb) or verb.endswith("ing") or verb == "subject"):
        return position
    for comma in re.compile(r",\s*").finditer(view.folded, position, end):
        word = _WORD.match(view.folded, comma.end(), end)
        if word is not None and (word.group() in known_verbs() or word.group() == "be"):
            return comma.end()
    for word in _WORD.finditer(view.folded, position, end):
        before = view.folded[max(position, word.start() - _NEAR) : word.start()].split()
        if (
            before
            and word.group() in known_verbs()
            and before[-1] not in english_words().determiners | _BEFORE_NOUNS
        ):
            return word.start()
    return end


_BEFORE_NOUNS = frozenset(
    {"to", "of", "for", "in", "on", "by", "with", "and", "or", "at", "from", "without", "under", "undue"}
)


_ITEM = re.compile(r"\s*(?:[:—–]|--)[\"`'\s]*(?:\(?[a-z0-9]{1,4}[).]\s*)?(?:to\s+)?")


def _begins_insertion(word: str, text: str) -> bool:
    return word not in known_verbs() and word != "be" and bool(english_words().opener.match(text))


def predicate_of(view: TextView, base: str, span: tuple[int, int], *, is_passive: bool) -> Predicate:
    """The predicate of a base verb and of what follows it in a range."""
    start, end = span
    condition, stop = trailing_condition(view, start, end)
    agents, agent_range = by_agents(view, start, stop) if is_passive else ((), (stop, stop))
    rest = f"{clean_range(view, start, agent_range[0])} {clean_range(view, agent_range[1], stop)}"
    verb = whole_verb(base, rest)
    if " " in verb:
        particle = verb.split(" ", 1)[1]
        rest = re.sub(rf"\b{re.escape(particle)}\b", "", rest, count=1)
    if is_passive:
        rest = _COORDINATED_PARTICIPLE.sub(_active_form, rest)
    recipient = _recipient(view, base, start, stop, agent_range)
    complement = squeeze(without_determiners(rest))
    return Predicate(verb, complement, agents, (), recipient, condition, is_passive)


def clean_range(view: TextView, start: int, end: int) -> str:
    """A range in lower case without its quantities: they are compared on their own."""
    pieces, position = [], start
    for parameter in view.parameters_in(start, end):
        if position <= parameter.start and parameter.end <= end:
            pieces.append(_COMPARATOR_TAIL.sub("", view.folded[position : parameter.start]))
            position = parameter.end
    return " ".join((*pieces, view.folded[position:end]))


_COORDINATED_PARTICIPLE = re.compile(r"\b(and|or) ([a-z]+)\b")


def _active_form(match: re.Match[str]) -> str:
    word = match.group(2)
    return f"{match.group(1)} {base_verb(word, known_verbs()) if is_participle(word) else word}"


_COMPARATOR_TAIL = re.compile(
    r"(?:\s*\b(?:for|within|no later than|not later than|at least|at most|up to|more than|less than"
    r"|no longer than|a period of|a maximum of|after)\b)*\s*$"
)


def trailing_condition(view: TextView, start: int, end: int) -> tuple[str, int]:
    """Trailing condition of a verb phrase and where it begins (the end where there is none)."""
    words = english_words()
    for match in words.trailing_condition.finditer(view.folded, start, end):
        if words.filler.match(view.folded, match.end(), end) and not _long_condition(
            view.folded, match.end(), end
        ):
            continue
        quantity = view.parameter_before(match.start())
        if quantity is not None and match.start() <= quantity.end + _BEHIND_QUANTITY:
            continue
        if match.start() == start or match.end() >= end:
            continue
        colon = view.folded.find(": ", match.end(), end)
        stop = colon if colon > 0 else end
        return plain_condition(squeeze(clean_range(view, match.start(), stop))), match.start()
    return "", end


def _long_condition(folded: str, start: int, end: int) -> bool:
    """True for "where necessary to protect health", which is more than "where necessary"."""
    rest = re.split(r"[,;.]", folded[start:end])[0]
    return len(rest.split()) > 4


def plain_condition(text: str) -> str:
    """A condition with the one of several equal wordings: "before" for "prior to"."""
    plain = re.sub(r"\bprior to\b", "before", re.sub(r"\s+", " ", text))
    return strip_dangling(re.sub(r"\bpursuant to\b", "in accordance with", plain))


def by_agents(view: TextView, start: int, end: int) -> tuple[tuple[Party, ...], tuple[int, int]]:
    """The agents that "by …" names in a range and where they stand; none and the end where it names none."""
    for match in _BY.finditer(view.folded, start, end):
        agents = agents_of(view, match.end(), end)
        if agents and not _belongs_to_participle(
            view.folded[max(start, match.start() - _NEAR) : match.start()]
        ):
            return agents, (match.start(), agents[-1].end)
    return (), (end, end)


def _is_noun_phrase(view: TextView, start: int, head: Head) -> bool:
    """False for the infinitive of "to deceive consumers"."""
    party = view.party_over(head.start)
    if head.start > start or (party is not None and party.start == head.start):
        return True
    return head.words[0] not in _VERBS_NOT_NOUNS and bool(_ADJECTIVE.search(head.words[0]))


def _belongs_to_participle(before: str) -> bool:
    """True for "to the body designated by the State": the agent is that of a later participle."""
    words = before.split()
    for index in range(1, len(words)):
        word = words[index]
        if len(words) - index > 5 or not is_participle(word):
            continue
        previous = words[index - 1]
        if previous not in english_words().determiners | {"and", "or"} and not previous.endswith(("ly", ",")):
            return True
    return False


_VERBS_NOT_NOUNS = frozenset(
    {"support", "protect", "inform", "help", "assist", "enable", "allow", "provide", "assess", "make"}
)
_ADJECTIVE = re.compile(r"(?:al|ed|ent|ant|ic|(?<!e)ive|ous|able|ible|y|ary|ior|er|ing)$")
_TO = re.compile(r"\b(?:to|with|upon|towards|on|from)\s+(?=[a-z])")


def _recipient(
    view: TextView, base: str, start: int, stop: int, agent_range: tuple[int, int]
) -> Party | None:
    """Towards whom: the object of an addressing verb, else "to …", else the first party named."""
    if base in english_words().addressed:
        head = head_of(view, start, stop)
        party = party_at(view, head) if head else None
        if party is not None:
            return party
    for match in _TO.finditer(view.folded, start, stop):
        if agent_range[0] <= match.start() < agent_range[1] or view.folded[
            match.start() : match.start() + 2
        ] not in ("to", "up"):
            continue
        head = head_of(view, match.end(), stop)
        party = party_at(view, head) if head else None
        if head is not None and party is not None and party.role and _is_noun_phrase(view, match.end(), head):
            return party
    return mentioned_party(view, start, agent_range[0]) or mentioned_party(view, agent_range[1], stop)


def mentioned_party(view: TextView, start: int, end: int) -> Party | None:
    """The first party with a role of its own that is named in a range, else the first of any role."""
    for mention in view.parties_in(start, end):
        head = head_of(view, mention.start, min(mention.end, end))
        if head is not None and mention.label not in ("undertaking", "everyone"):
            return party_at(view, head)
    for mention in view.parties_in(start, end):
        head = head_of(view, mention.start, min(mention.end, end))
        if head is not None:
            return party_at(view, head)
    return None


def without_determiners(text: str) -> str:
    """`text` without articles and possessives."""
    return re.sub(r"\b(?:the|an?|any|such|its|their|each|every)\s+", "", text)


def strip_dangling(text: str) -> str:
    """`text` without the prepositions that are left where a quantity was taken out."""
    while text.endswith(_DANGLING):
        text = text.removesuffix(next(words for words in _DANGLING if text.endswith(words)))
    return text
