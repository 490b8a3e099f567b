"""Duties in the English present tense, as rules of supervisors state them: "The board approves the policy".

One sentence cannot tell them from a report on facts; a document can. A rulebook binds in other words as
well ("shall", "must") and comes back to what bound parties do in the present tense. In one, any verb of
action behind a bound party is read, else the few verbs of ``cues.toml`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.english_clauses import WEAK_FORMS
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb, singular_noun
from fragcheck.records import Modality, Requirement

__all__ = ["bare_subject", "is_duty_of", "is_rulebook", "states_present_duty", "with_present_cues"]

#: Roles whose present tense tells what they do, or what a rule grants them, and no duty.
_UNBOUND = frozenset({"", "everyone", "affected_person", "public_authority"})
#: Present duties that a rulebook holds at least, and the share of its provisions that bind in any words.
_FEWEST_PRESENT = 3
_FEWEST_BINDING = 0.3
_VERB = re.compile(r"\s+(?:(?:[a-z]+ly|also|then|thereby)\s+)*(?P<verb>[a-z]+(?:-[a-z]+)?)(?![\w'-])")
_PRONOUN = re.compile(r"(?<![\w'-])(?:it|they)(?![\w'-])")
_JOINT = re.compile(r"(?<=\w),?\s+and(?=\s)")
_PLURAL = re.compile(r"[^s]s$|directors$")

_SOMEONE = re.compile(r"(?:the|each|every)\s(?P<name>[\w' -]+)")
#: "In doing so it considers …": what may stand before a subject without a comma.
_LINKED = re.compile(r"(?:in (?:doing so|so doing)|thereby|hereby|to this end|for this purpose)\s+")
_ADVERBS = re.compile(r"(?:\s+(?:[a-z]+ly|also|then|thereby))+\s*$")


def bare_subject(view: TextView, subject: tuple[int, int]) -> tuple[int, int]:
    """The range of a subject without "In doing so" before it and "regularly" behind it."""
    linked = _LINKED.search(view.folded, *subject)
    start = linked.end() if linked and not view.folded[subject[0] : linked.start()].strip() else subject[0]
    adverbs = _ADVERBS.search(view.folded, start, subject[1])
    return start, adverbs.start() if adverbs else subject[1]


def is_duty_of(subject_text: str, agents: Sequence[Party]) -> bool:
    """True where a present tense behind a subject can be a duty: of "the board", "each bank", "it".

    Parameters
    ----------
    subject_text : str
        Lower case, without adverbs.
    agents : sequence of Party
        Whom the subject names or stands for.
    """
    named = len(agents) == 1 and agents[0].role not in _UNBOUND
    if subject_text in english_words().pronouns:
        return named
    someone = _SOMEONE.fullmatch(subject_text)
    if not named or someone is None:
        return False
    own = someone["name"].removesuffix("'s").split()
    if any(_is_third_person(word) for word in own[1:-1]):
        return False  # "the guide helps organisations assess …"
    return " ".join((*own[:-1], singular_noun(own[-1]))).endswith(agents[0].name)


def _is_third_person(word: str) -> bool:
    """True for a verb form that no noun of a name is taken for."""
    return word in ("helps", "lets", "makes", "enables", "allows", "assists", "supports", "encourages")


def with_present_cues(view: TextView) -> TextView:
    """The view with a cue for each verb of action in the present tense right behind its subject.

    A subject is a bound party or a pronoun; behind a first such verb one that is joined to it counts too.
    """
    taken = {cue.start for cue in view.cues}
    found: list[Cue] = []
    for start, end in view.sentences:
        first = None
        for at, is_plural in _subject_ends(view, start, end):
            cue = _cue(view, at, end, is_plural=is_plural)
            if cue is not None:
                found.append(cue)
                first = (cue, is_plural) if first is None else first
        if first is not None:
            joints = (joint.end() for joint in _JOINT.finditer(view.folded, first[0].end, end))
            joined = (_cue(view, at, end, is_plural=first[1]) for at in joints)
            found += [cue for cue in joined if cue is not None]
    own = {cue.start: cue for cue in found if cue.start not in taken}
    return replace(view, cues=tuple(sorted((*view.cues, *own.values())))) if own else view


def _subject_ends(view: TextView, start: int, end: int) -> Iterable[tuple[int, bool]]:
    for party in view.parties_in(start, end):
        if party.label not in _UNBOUND:
            name = view.folded[party.start : party.end]
            yield party.end, bool(_PLURAL.search(name)) and " of " not in name
    for pronoun in _PRONOUN.finditer(view.folded, start, end):
        yield pronoun.end(), pronoun.group() == "they"


def _cue(view: TextView, at: int, end: int, *, is_plural: bool) -> Cue | None:
    found = _VERB.match(view.folded, at, end)
    if found is None:
        return None
    word = found["verb"]
    base = base_verb(word, known_verbs())
    agrees = word == base if is_plural else word != base and word.endswith("s")
    if not agrees or base not in known_verbs() or base in _facts():
        return None
    return Cue(found.start("verb"), found.end("verb"), Modality.OBLIGATION, False, "present")


def _facts() -> frozenset[str]:
    """Verbs that tell what something is or how it comes about, whoever their subject is."""
    return english_words().not_deontic | english_words().factual


def states_present_duty(view: TextView, requirement: Requirement) -> bool:
    """True where nothing but a verb in the present tense right behind a bound party binds.

    An item that takes actor and modality from its lead-in has no such verb of its own.
    """
    start, end = requirement.start, requirement.end
    own = view.cues_in(start, end)
    if requirement.actor_role in _UNBOUND or any(cue.form not in WEAK_FORMS for cue in own):
        return False
    verbs = {cue.start for cue in own if cue.form == "present"}
    behind = (_VERB.match(view.folded, party.end, end) for party in view.parties_in(start, end))
    return any(found is not None and found.start("verb") in verbs for found in behind)


def is_rulebook(found: Sequence[tuple[TextView, Sequence[Requirement]]]) -> bool:
    """True for a document that binds in words of duty and in the present tense of bound parties.

    Parameters
    ----------
    found : sequence of (TextView, sequence of Requirement)
        One per provision that binds by itself: recitals left out.
    """
    present = sum(states_present_duty(view, own) for view, some in found for own in some)
    binding = sum(bool(some) for _, some in found)
    return present >= _FEWEST_PRESENT and binding >= _FEWEST_BINDING * len(found)
