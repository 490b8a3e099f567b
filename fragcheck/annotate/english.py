"""Requirements of English sentences: actor, action, condition, recipient, active and passive alike."""

from __future__ import annotations

import re
from typing import NamedTuple

from fragcheck.annotate.actions import classify_action, known_verbs, whole_verb
from fragcheck.annotate.english_clauses import Clause, main_clauses
from fragcheck.annotate.noun_phrases import Head, Party, agents_of, head_of, last_agent_before, party_at
from fragcheck.annotate.parameters import set_directions
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb, is_participle
from fragcheck.records import Modality, Requirement
from fragcheck.taxonomy.roles import load_roles

__all__ = ["EMPTY_PREDICATE", "Predicate", "compose", "join_parties", "read_english", "read_predicate"]

_BE = re.compile(r"\s*(?:not\s+)?(?:to\s+)?be(?:en)?\b")
_WORD = re.compile(r"[a-z][\w'-]*")
_BY = re.compile(r"\bby\s+(?=[a-z])")
_ONLY_IF = re.compile(
    r"\bonly\b[^.;]{0,80}?\b(?:if|where|when|with|after|on|upon|for|to the extent|in|by|under|once)\b"
)
_FAR_AS_POSSIBLE = re.compile(
    r"^\W*(?:as far as (?:possible|practicable)|to the extent possible|where possible)\b"
)
_MAX_ACTION_WORDS = 40


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


def read_english(view: TextView, start: int, end: int, antecedent: Party | None = None) -> list[Requirement]:
    """Requirements of the sentence in a range.

    Parameters
    ----------
    view : TextView
    start, end : int
    antecedent : Party or None
        Whom "it" stands for where the provision itself names no one before.
    """
    found = []
    for clause in main_clauses(view, start, end):
        requirement = _requirement(view, clause, antecedent)
        if requirement is not None:
            found.append(requirement)
    return found


def _requirement(view: TextView, clause: Clause, antecedent: Party | None) -> Requirement | None:
    cue = clause.cue
    modality, negated = cue.modality, cue.is_negated
    subject = (clause.subject_start, cue.start if not clause.shares_subject else _first_cue(view, clause))
    words = english_words()
    subject_text = squeeze(view.folded[subject[0] : subject[1]])
    if (
        re.match(r"no\b(?! later)|neither\b|nobody\b|none\b", subject_text)
        and modality is not Modality.PROHIBITION
    ):
        modality, negated = Modality.PROHIBITION, True
    if subject_text.startswith("nothing"):
        return None
    expletive = subject_text in words.expletives or not subject_text
    if cue.form == "subject":
        agents, predicate = _subject_form(view, clause, subject, expletive=expletive)
    else:
        predicate = read_predicate(
            view, cue.end, clause.end, form=cue.form, cue_text=view.folded[cue.start : cue.end]
        )
        agents, predicate = _agents(view, clause, subject, subject_text, predicate, antecedent)
    rest = view.folded[cue.end : clause.end]
    if modality is Modality.PERMISSION and not negated and _ONLY_IF.search(rest):
        modality, negated = Modality.PROHIBITION, True
    if modality is Modality.OBLIGATION and _FAR_AS_POSSIBLE.match(rest):
        modality = Modality.RECOMMENDATION
    leading = _leading_condition(view, clause)
    predicate = predicate._replace(condition="; ".join(filter(None, (leading, predicate.condition))))
    span = (clause.opening, clause.end)
    return compose(view, span, modality, negated=negated, agents=agents, predicate=predicate)


def _first_cue(view: TextView, clause: Clause) -> int:
    """End of the shared subject: the first cue after it."""
    return next((cue.start for cue in view.cues if cue.start >= clause.subject_start), clause.cue.start)


def _subject_form(
    view: TextView, clause: Clause, subject: tuple[int, int], *, expletive: bool
) -> tuple[tuple[Party, ...], Predicate]:
    """ "Scoring persons is prohibited"; "It is unlawful for a provider to sell …"."""
    if expletive:
        rest = view.folded[clause.cue.end : clause.end]
        found = re.match(r"\s*(?:,[^,]*,)?\s*(?:for\s+(?P<who>.{2,120}?)\s+)?(?:not\s+)?to\b", rest)
        if found is None:
            return (), read_predicate(view, clause.cue.end, clause.end, form="modal", cue_text="")
        agents: tuple[Party, ...] = ()
        if found["who"] is not None:
            agents = agents_of(view, clause.cue.end + found.start("who"), clause.cue.end + found.end("who"))
        predicate = read_predicate(view, clause.cue.end + found.end(), clause.end, form="modal", cue_text="")
        return agents, predicate
    return (), _nominal_predicate(view, subject, clause)


def _nominal_predicate(view: TextView, subject: tuple[int, int], clause: Clause) -> Predicate:
    lead = english_words().determiner.match(view.folded, *subject)
    start = lead.end() if lead else subject[0]
    first = _WORD.search(view.folded, start, subject[1])
    if first is None:
        return EMPTY_PREDICATE
    gerund = first.group().endswith("ing")
    head = head_of(view, subject[0], subject[1])
    verb = base_verb(first.group(), known_verbs()) if gerund else ""
    complement_start = first.end()
    if not gerund and head is not None:
        noun = head.words[-1]
        verb, complement_start = noun, head.end
        if noun in ("use", "practice", "processing", "collection", "sale", "transfer"):
            verb = base_verb(noun, known_verbs())
    condition = _conditions(view, clause.cue.end, clause.end)[0]
    predicate = _predicate(view, verb, [(complement_start, subject[1])], is_passive=False)
    trailing = "; ".join(filter(None, (predicate.condition, condition)))
    return predicate._replace(condition=trailing)


def _agents(
    view: TextView,
    clause: Clause,
    subject: tuple[int, int],
    subject_text: str,
    predicate: Predicate,
    antecedent: Party | None,
) -> tuple[tuple[Party, ...], Predicate]:
    """Who acts, and the predicate with the subject of a passive as its first object."""
    words = english_words()
    if subject_text in words.pronouns:
        resolved = _in_lead(view, clause) or last_agent_before(view, clause.opening) or antecedent
        named: tuple[Party, ...] = (resolved,) if resolved else ()
    else:
        named = agents_of(view, *subject)
    if not predicate.is_passive:
        return named, predicate
    if predicate.verb.split(" ")[0] in words.bound_patients and named and not predicate.agents:
        return named, predicate
    patient = squeeze(_without_determiners(_clean(view, *subject)))
    complement = f"{patient} {predicate.complement}".strip()
    recipient = _first_recipient(view, predicate, named, subject)
    merged = predicate._replace(
        verb=predicate.verb, complement=complement, patients=named, recipient=recipient
    )
    return predicate.agents, merged


def _in_lead(view: TextView, clause: Clause) -> Party | None:
    """Whom "it" stands for in "Where the deployer finds a fault, it shall …"."""
    lead = re.match(
        r"\W*(?:where|if|when|whenever|once|unless)\s+", view.folded[clause.opening : clause.subject_start]
    )
    if lead is None:
        return None
    mentions = view.parties_in(clause.opening + lead.end(), clause.subject_start)
    head = head_of(view, mentions[0].start, mentions[0].end) if mentions else None
    return party_at(view, head) if head else None


def _first_recipient(
    view: TextView, predicate: Predicate, named: tuple[Party, ...], subject: tuple[int, int]
) -> Party | None:
    """In a passive the patient is the recipient where the verb addresses someone."""
    head = predicate.verb.split(" ")[0]
    if named and head in english_words().addressed:
        return named[0]
    if predicate.recipient is not None and _is_addressee(view, predicate.recipient):
        return predicate.recipient
    if named:
        return named[0]
    mentioned = _mentioned(view, subject[0], subject[1])
    return mentioned or predicate.recipient


def _is_addressee(view: TextView, party: Party) -> bool:
    return bool(
        re.search(
            r"\b(?:to|upon|on)\s+(?:[\w'-]+\s+){0,3}$", view.folded[max(0, party.start - 30) : party.start]
        )
    )


def read_predicate(view: TextView, start: int, end: int, *, form: str, cue_text: str) -> Predicate:
    """The verb phrase in a range: voice, base verb, complement, agent, recipient, condition."""
    if form == "bare":
        verb = base_verb(cue_text.split()[-1], known_verbs()) if "apply" in cue_text else _bare_verb(cue_text)
        return _predicate(view, verb, [(start, end)], is_passive=False)
    position = _skip(view, start, end)
    passive = _BE.match(view.folded, position, end)
    if passive is not None:
        position = _skip(view, passive.end(), end, passive=True)
        match = _WORD.match(view.folded, position, end)
        if match is not None and is_participle(match.group()):
            verb = base_verb(match.group(), known_verbs())
            return _predicate(view, verb, [(match.end(), end)], is_passive=True)
        return _predicate(view, "be", [(position, end)], is_passive=False)
    match = _WORD.match(view.folded, position, end)
    if match is None:
        return EMPTY_PREDICATE
    verb = base_verb(match.group(), known_verbs()) if form == "from" else match.group()
    return _predicate(view, verb, [(match.end(), end)], is_passive=False)


def _bare_verb(cue_text: str) -> str:
    last = cue_text.split()[-1]
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
    if passive and is_participle(first.group()):
        return position
    for comma in re.compile(r",\s*").finditer(view.folded, position, end):
        word = _WORD.match(view.folded, comma.end(), end)
        if word is not None and (word.group() in known_verbs() or word.group() == "be"):
            return comma.end()
    for word in _WORD.finditer(view.folded, position, end):
        before = view.folded[position : word.start()].split()
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


_ITEM = re.compile(r"\s*[:—–]\s*(?:\(?[a-z0-9]{1,4}[).]\s*)?(?:to\s+)?")


def _begins_insertion(word: str, text: str) -> bool:
    return word not in known_verbs() and word != "be" and bool(english_words().opener.match(text))


def _predicate(view: TextView, base: str, ranges: list[tuple[int, int]], *, is_passive: bool) -> Predicate:
    start, end = ranges[0]
    condition, stop = _conditions(view, start, end)
    agents, agent_range = _by_agents(view, start, stop) if is_passive else ((), (stop, stop))
    rest = f"{_clean(view, start, agent_range[0])} {_clean(view, agent_range[1], stop)}"
    verb = whole_verb(base, rest)
    if " " in verb:
        particle = verb.split(" ", 1)[1]
        rest = re.sub(rf"\b{re.escape(particle)}\b", "", rest, count=1)
    if is_passive:
        rest = _COORDINATED_PARTICIPLE.sub(_active_form, rest)
    recipient = _recipient(view, base, start, stop, agent_range)
    complement = squeeze(_without_determiners(rest))
    return Predicate(verb, complement, agents, (), recipient, condition, is_passive)


def _clean(view: TextView, start: int, end: int) -> str:
    """A range in lower case without its quantities: they are compared on their own."""
    pieces, position = [], start
    for parameter in view.parameters:
        if position <= parameter.start and parameter.end <= end:
            pieces.append(_COMPARATOR_TAIL.sub("", view.folded[position : parameter.start]))
            position = parameter.end
    return " ".join((*pieces, view.folded[position:end]))


_COORDINATED_PARTICIPLE = re.compile(r"\b(and|or) ([a-z]+)\b")


def _active_form(match: re.Match[str]) -> str:
    word = match.group(2)
    return f"{match.group(1)} {base_verb(word, known_verbs()) if is_participle(word) else word}"


_COMPARATOR_TAIL = re.compile(
    r"\s*(?:for|within|no later than|not later than|at least|at most|up to|more than|less than|no longer than|for at least"
    r"|a period of|for a period of|after|for no longer than)*\s*$"
)


def _conditions(view: TextView, start: int, end: int) -> tuple[str, int]:
    """Trailing condition of a verb phrase and where it begins (the end where there is none)."""
    words = english_words()
    for match in words.trailing_condition.finditer(view.folded, start, end):
        if words.filler.match(view.folded, match.end(), end) and not _long_condition(
            view.folded, match.end(), end
        ):
            continue
        if any(
            p.start - 2 <= match.start() <= p.end + 14 for p in view.parameters if p.start < match.start()
        ):
            continue
        if match.start() == start or match.end() >= end:
            continue
        text = squeeze(view.text[match.start() : end]).lower()
        return _plain_condition(text), match.start()
    return "", end


def _long_condition(folded: str, start: int, end: int) -> bool:
    """ "where necessary to protect health" is more than "where necessary"."""
    rest = re.split(r"[,;.]", folded[start:end])[0]
    return len(rest.split()) > 4


def _plain_condition(text: str) -> str:
    return re.sub(r"\bprior to\b", "before", re.sub(r"\s+", " ", text))


def _leading_condition(view: TextView, clause: Clause) -> str:
    lead = view.folded[clause.opening : clause.subject_start]
    if clause.shares_subject or not english_words().initial_condition.match(lead):
        return ""
    if english_words().filler.match(f" {squeeze(lead).split(' ', 1)[-1]}") and len(lead.split()) < 4:
        return ""
    return _plain_condition(squeeze(lead))


def _by_agents(view: TextView, start: int, end: int) -> tuple[tuple[Party, ...], tuple[int, int]]:
    for match in _BY.finditer(view.folded, start, end):
        agents = agents_of(view, match.end(), end)
        if agents and not _belongs_to_participle(view.folded[start : match.start()]):
            return agents, (match.start(), agents[-1].end)
    return (), (end, end)


def _is_noun_phrase(view: TextView, start: int, head: Head) -> bool:
    """False for the infinitive of "to deceive consumers"."""
    if head.start > start or any(party.start == head.start for party in view.parties):
        return True
    return head.words[0] not in _VERBS_NOT_NOUNS and bool(_ADJECTIVE.search(head.words[0]))


def _belongs_to_participle(before: str) -> bool:
    """ "to the body designated by the State": the agent is that of a later participle."""
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
    return _mentioned(view, start, agent_range[0]) or _mentioned(view, agent_range[1], stop)


def _mentioned(view: TextView, start: int, end: int) -> Party | None:
    for mention in view.parties_in(start, end):
        head = head_of(view, mention.start, min(mention.end, end))
        if head is not None and mention.label not in ("undertaking", "everyone"):
            return party_at(view, head)
    for mention in view.parties_in(start, end):
        head = head_of(view, mention.start, min(mention.end, end))
        if head is not None:
            return party_at(view, head)
    return None


def _without_determiners(text: str) -> str:
    return re.sub(r"\b(?:the|an?|any|such|its|their|each|every)\s+", "", text)


def join_parties(parties: tuple[Party, ...]) -> tuple[str, str]:
    """Names joined by " and ", roles joined by ";" in the order of the lexicon, each once."""
    order = load_roles().names
    roles = sorted({party.role for party in parties if party.role}, key=order.index)
    return " and ".join(party.name for party in parties), ";".join(roles)


_DANGLING = re.compile(
    r"(?:\s(?:by|for|of|within|after|at|to|or|and|in|not exceeding|on|from|not later than))+$"
)


def compose(
    view: TextView,
    span: tuple[int, int],
    modality: Modality,
    *,
    negated: bool,
    agents: tuple[Party, ...],
    predicate: Predicate,
) -> Requirement:
    """The record of a requirement in a range of the text."""
    actor, role = join_parties(agents)
    recipient = predicate.recipient
    if recipient is not None and recipient.name == actor:
        recipient = None
    words = f"{predicate.verb} {predicate.complement}".split()[:_MAX_ACTION_WORDS]
    action = _DANGLING.sub("", " ".join(words))
    raw = view.text[span[0] : span[1]]
    start = span[0] + len(raw) - len(raw.lstrip(" ,;\n\t"))
    return Requirement(
        text=view.text[start : span[1]].rstrip(),
        modality=modality,
        is_negated=negated,
        actor=actor,
        actor_role=role,
        action=action,
        action_class=classify_action(predicate.verb, predicate.complement) if predicate.verb else "",
        condition=predicate.condition,
        recipient=recipient.name if recipient else "",
        recipient_role=recipient.role if recipient else "",
        parameters=set_directions(
            view.parameters, view.text, (start, span[1]), modality=modality.value, actor_role=role
        ),
        start=start,
        end=start + len(view.text[start : span[1]].rstrip()),
    )
