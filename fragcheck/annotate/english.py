"""Requirements of English sentences: actor, action, condition, recipient, active and passive alike."""

from __future__ import annotations

import re
from bisect import bisect_left

from fragcheck.annotate.actions import classify_action, known_verbs, settle_class
from fragcheck.annotate.conditional_actors import bound_in_lead, parties_in_lead
from fragcheck.annotate.english_clauses import WEAK_FORMS, Clause, main_clauses
from fragcheck.annotate.non_norms import is_no_norm, tells_of_instrument
from fragcheck.annotate.noun_phrases import (
    Party,
    abbreviated_party,
    agents_after_heading,
    agents_of,
    head_of,
    join_parties,
    last_agent_before,
)
from fragcheck.annotate.predicates import (
    EMPTY_PREDICATE,
    Predicate,
    by_agents,
    clean_range,
    mentioned_party,
    plain_condition,
    predicate_of,
    read_predicate,
    strip_dangling,
    trailing_condition,
    without_determiners,
)
from fragcheck.annotate.present_duties import bare_subject, is_duty_of
from fragcheck.annotate.strictness import promptness_of, set_directions
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb
from fragcheck.records import Modality, Parameter, Requirement

__all__ = ["compose", "read_english"]

_WORD = re.compile(r"[a-z][\w'-]*")
_ONLY_IF = re.compile(
    r"\bonly\b[^.;]{0,80}?\b(?:if|where|when|with|after|on|upon|for|to the extent|in|by|under|once)\b"
)
#: Words are taken whole (``++``): a long one must not be tried in every division into several.
_SHALL_ONLY_OR_NEITHER = re.compile(
    r"^(?:\W*[a-z]++){0,3}?\W+neither\b|^(?:\W*[a-z]++){0,6}?\W+only "
    r"(?:if|where|when|to the extent|insofar as|after|once|in so far as|on condition|under)\b"
)
_SHALL_ONLY = re.compile(
    r"(?:shall|must)\s+only\s+(?:be\s+)?[a-z]+\b[^.;]{0,90}?\b(?:if|where|when|in|for|with|after|on|upon|to|by|under"
    r"|once|insofar|as)\b"
)
_FAR_AS_POSSIBLE = re.compile(
    r"^\W*(?:as far as (?:possible|practicable)|to the extent possible|where possible)\b"
)
_MAX_ACTION_WORDS = 40
#: "Nothing in this Act shall be construed to …" forbids a reading, as "This Act shall not be construed to …".
_NO_ONE = re.compile(r"no\b(?! (?:later|fewer|less|more)\b)|neither\b|nobody\b|none\b|nothing\b")
_IS_REQUIRED = re.compile(r"\b(?:required|obliged|obligated|bound|compelled)\b")


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
    cue_text = view.folded[cue.start : cue.end]
    subject = _subject(view, clause)
    words = english_words()
    subject_text = squeeze(view.folded[subject[0] : subject[1]])
    if subject_text.endswith("the same"):
        return None
    if _NO_ONE.match(subject_text):
        modality, negated = _denied(modality, cue_text, form=cue.form, negated=negated)
    expletive = subject_text in words.expletives or not subject_text
    if cue.form == "present":
        subject = bare_subject(view, subject)
        subject_text = squeeze(view.folded[subject[0] : subject[1]])
    if cue.form == "subject":
        agents, predicate = _subject_form(view, clause, subject, expletive=expletive)
    else:
        begin, form = (cue.start, "from") if cue.form in ("state", "present", "act") else (cue.end, cue.form)
        predicate = read_predicate(view, begin, clause.end, form=form, cue_text=cue_text)
        agents, predicate = _agents(view, clause, subject, predicate, antecedent)
    if cue.form == "present" and not is_duty_of(subject_text, agents):
        return None
    if cue.form == "act" and not agents:
        return None
    can_scope = cue.form == "modal" and not negated
    if tells_of_instrument(subject_text, predicate, can_scope=can_scope):
        return None
    if is_no_norm(cue, cue_text, agents, predicate, subject_text) or (
        cue.form == "will" and not _opens_sentence(view, clause)
    ):
        return None
    modality, negated = _limited(view, clause, modality, negated=negated)
    leading = _leading_condition(view, clause)
    predicate = predicate._replace(condition="; ".join(filter(None, (leading, predicate.condition))))
    span = (clause.opening, clause.end)
    return compose(view, span, modality, negated=negated, agents=agents, predicate=predicate)


def _limited(view: TextView, clause: Clause, modality: Modality, *, negated: bool) -> tuple[Modality, bool]:
    """What "may only … if", "shall only be used for" and "as far as possible" make of a cue."""
    cue = clause.cue
    rest = view.folded[cue.end : clause.end]
    has_limit = "only" in view.folded[cue.start : clause.end] or "neither" in rest
    if has_limit and modality is Modality.PERMISSION and not negated and _ONLY_IF.search(rest):
        return Modality.PROHIBITION, True
    if has_limit and modality is Modality.OBLIGATION and cue.form == "modal":
        only = _SHALL_ONLY.match(view.folded, cue.start, clause.end)
        if only or _SHALL_ONLY_OR_NEITHER.search(rest):
            return Modality.PROHIBITION, True
    if modality is Modality.OBLIGATION and _FAR_AS_POSSIBLE.match(rest):
        return Modality.RECOMMENDATION, negated
    return modality, negated


def _opens_sentence(view: TextView, clause: Clause) -> bool:
    """False for "the measures, if any, the agency will take", which is no sentence."""
    lead = view.folded[clause.opening : clause.subject_start]
    return not lead.strip(" ,") or bool(english_words().opener.match(lead))


def _leading_condition(view: TextView, clause: Clause) -> str:
    lead = view.folded[clause.opening : clause.subject_start]
    if clause.shares_subject or not english_words().initial_condition.match(lead):
        return ""
    if english_words().filler.match(f" {squeeze(lead).split(' ', 1)[-1]}") and len(lead.split()) < 4:
        return ""
    return plain_condition(squeeze(clean_range(view, clause.opening, clause.subject_start)))


def _denied(modality: Modality, cue_text: str, *, form: str, negated: bool) -> tuple[Modality, bool]:
    """What a denied subject makes of a cue: "no one shall" forbids, "no one shall not" demands."""
    if modality is Modality.RECOMMENDATION:
        return modality, not negated
    if modality is Modality.PROHIBITION:
        return (Modality.PERMISSION if form == "subject" else Modality.OBLIGATION), False
    if modality is Modality.OBLIGATION and _IS_REQUIRED.search(cue_text):
        return Modality.PERMISSION, True
    return Modality.PROHIBITION, True


def _subject(view: TextView, clause: Clause) -> tuple[int, int]:
    """Range of the subject, behind a heading: "(b) Ban on scoring: No person shall …"."""
    end = _first_cue(view, clause) if clause.shares_subject else clause.cue.start
    if clause.cue.subject >= 0:
        return clause.cue.subject, end
    start = max(clause.subject_start, end - _MAX_SUBJECT)
    colon = view.folded.rfind(": ", start, end)
    is_weak = clause.cue.form in WEAK_FORMS
    if colon >= 0 and not is_weak and _ONLY_LABEL.fullmatch(view.folded, colon + 2, end):
        return start, colon  # "Covered employers: (a) shall …"
    return (colon + 2 if colon >= 0 else start), end


def _first_cue(view: TextView, clause: Clause) -> int:
    """End of the shared subject: the first cue after it."""
    place = bisect_left(view.cues, (clause.subject_start,))
    return view.cues[place].start if place < len(view.cues) else clause.cue.start


_ONLY_LABEL = re.compile(r"\s*(?:\(?[a-z\d]{1,4}[).]\s*)?")
#: Characters of a subject that are read at most: each clause that shares it reads it.
_MAX_SUBJECT = 4000
#: Characters of the determiner before a party at most.
_DETERMINER = 12
_FOR_WHOM = re.compile(r"\s*(?:,[^,]*,)?\s*(?:(?:for|of|upon|on)\s+(?P<who>.{2,120}?)\s+)?(?:not\s+)?to\b")


def _subject_form(
    view: TextView, clause: Clause, subject: tuple[int, int], *, expletive: bool
) -> tuple[tuple[Party, ...], Predicate]:
    """Reads "Scoring persons is prohibited" and "It is unlawful for a provider to sell …"."""
    if expletive:
        rest = view.folded[clause.cue.end : clause.end]
        found = _FOR_WHOM.match(rest)
        if found is None:
            return _that_clause(view, clause, rest)
        agents: tuple[Party, ...] = ()
        if found["who"] is not None:
            agents = agents_of(view, clause.cue.end + found.start("who"), clause.cue.end + found.end("who"))
        predicate = read_predicate(view, clause.cue.end + found.end(), clause.end, form="modal", cue_text="")
        return agents, predicate
    agents, _ = by_agents(view, *subject)
    return agents, _nominal_predicate(view, subject, clause)


def _that_clause(view: TextView, clause: Clause, rest: str) -> tuple[tuple[Party, ...], Predicate]:
    """Reads "It is recommended that firms test their models"."""
    that = re.match(r"\s*,?\s*that\s+", rest)
    begin = clause.cue.end + (that.end() if that else 0)
    mention = next(iter(view.parties_in(begin, clause.end)), None) if that else None
    agents: tuple[Party, ...] = ()
    if mention is not None and mention.start - begin < _DETERMINER:
        agents, begin = agents_of(view, begin, mention.end), mention.end
    return agents, read_predicate(view, begin, clause.end, form="modal", cue_text="")


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
    condition = trailing_condition(view, clause.cue.end, clause.end)[0]
    predicate = predicate_of(view, verb, (complement_start, subject[1]), is_passive=False)
    trailing = "; ".join(filter(None, (predicate.condition, condition)))
    return predicate._replace(condition=trailing)


def _agents(
    view: TextView,
    clause: Clause,
    subject: tuple[int, int],
    predicate: Predicate,
    antecedent: Party | None,
) -> tuple[tuple[Party, ...], Predicate]:
    """Who acts, and the predicate with the subject of a passive as its first object."""
    words = english_words()
    pronoun = squeeze(view.folded[subject[0] : subject[1]])
    if pronoun == "it" and _IS_SO.match(f"{predicate.verb} {predicate.complement}"):
        return (), predicate  # "it should be possible to …"
    if pronoun in words.pronouns:
        earlier = last_agent_before(view, clause.opening) or antecedent
        named = parties_in_lead(view, clause) or ((earlier,) if earlier else ())
    else:
        named = agents_of(view, *subject) or agents_after_heading(view, *subject)
        lists_tasks = not named and (clause.cue.form == "to" or predicate.verb in ("be", "include"))
        of = _FUNCTIONS.match(view.folded, *subject) if lists_tasks else None
        named = agents_of(view, of.end(), subject[1]) if of else named
    if clause.cue.form == "bare" and clause.cue.is_negated and not named:
        named = _freed(view, clause)
    if not named and not predicate.is_passive and _acts(clause, predicate):
        named = abbreviated_party(view, *subject)
    if not predicate.is_passive or _ENTITLES.search(view.folded, clause.cue.start, clause.cue.end):
        return named, predicate
    if (
        not predicate.agents and predicate.verb not in _FICTIONS
    ):  # "The use by a bank of such scores shall be recorded"
        predicate = predicate._replace(agents=by_agents(view, *subject)[0])
    if predicate.verb.split(" ")[0] in words.bound_patients and named and not predicate.agents:
        return named, predicate
    patient = squeeze(without_determiners(clean_range(view, *subject)))
    complement = f"{patient} {predicate.complement}".strip()
    recipient = _first_recipient(view, predicate, named, subject)
    merged = predicate._replace(
        verb=predicate.verb, complement=complement, patients=named, recipient=recipient
    )
    agents = predicate.agents or bound_in_lead(view.folded, parties_in_lead(view, clause), clause)
    return agents, merged


#: "The functions of the Commission shall be to advise …": whose they are has the task.
_FUNCTIONS = re.compile(
    r"\s*the\s+(?:(?:main|principal|general|specific)\s+)?(?:functions?|duties|tasks?|powers|mandate|responsibilities)\s+"
    r"(?:of|conferred\s+(?:up)?on|vested\s+in|assigned\s+to)\s+"
)


def _freed(view: TextView, clause: Clause) -> tuple[Party, ...]:
    """Whom an exemption names: "this section does not apply to a public library"."""
    to = _APPLIES_TO.match(view.folded, clause.cue.end, clause.end)
    if to is None or "apply" not in view.folded[clause.cue.start : clause.cue.end]:
        return ()
    return agents_of(view, to.end(), clause.end)


_APPLIES_TO = re.compile(r"\s*to\s+(?=(?:an?|any)\s)")


def _acts(clause: Clause, predicate: Predicate) -> bool:
    """True where a subject that no one knows does something: no weak cue, and a verb of action."""
    return clause.cue.form == "modal" and predicate.verb not in english_words().not_deontic


_IS_SO = re.compile(
    r"be (?:possible|necessary|clear|sufficient|easy|appropriate|noted|recalled|understood|ensured)\b"
)
#: What a law takes something for is done by no one: "a violation by a platform shall be treated as …".
_FICTIONS = frozenset({"treat", "regard", "deem", "consider", "construe", "presume"})
#: "An affected person is entitled to be told": whom the passive serves has the right.
_ENTITLES = re.compile(r"\b(?:entitled|rights?|eligible)\b")


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
    mentioned = mentioned_party(view, subject[0], subject[1])
    return mentioned or predicate.recipient


def _is_addressee(view: TextView, party: Party) -> bool:
    return bool(
        re.search(
            r"\b(?:to|upon|on)\s+(?:[\w'-]+\s+){0,3}$", view.folded[max(0, party.start - 30) : party.start]
        )
    )


def _action_class(predicate: Predicate, recipient: Party | None, parameters: tuple[Parameter, ...]) -> str:
    name = classify_action(predicate.verb, predicate.complement) if predicate.verb else ""
    return settle_class(predicate.verb, name, recipient.role if recipient else "", parameters)


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
    action = strip_dangling(" ".join(words))
    raw = view.text[span[0] : span[1]]
    start = span[0] + len(raw) - len(raw.lstrip(" ,;\n\t"))
    parameters = set_directions(
        view.parameters_in(start, span[1]),
        view.folded,
        (start, span[1]),
        actor_role=role,
    )
    return Requirement(
        text=view.text[start : span[1]].rstrip(),
        modality=modality,
        is_negated=negated,
        actor=actor,
        actor_role=role,
        action=action,
        action_class=_action_class(predicate, recipient, parameters),
        condition=predicate.condition,
        recipient=recipient.name if recipient else "",
        recipient_role=recipient.role if recipient else "",
        parameters=parameters,
        start=start,
        end=start + len(view.text[start : span[1]].rstrip()),
        promptness=promptness_of(view.folded[start : span[1]], view.language),
    )
