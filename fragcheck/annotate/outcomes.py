"""Outcomes of standards: present tense and imperatives that state what is to be achieved."""

from __future__ import annotations

import re

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.english import compose
from fragcheck.annotate.noun_phrases import Party, agents_of
from fragcheck.annotate.predicates import EMPTY_PREDICATE, Predicate, read_predicate
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.nlp import base_verb, is_participle
from fragcheck.records import Modality, Requirement

__all__ = ["read_outcome"]

_COPULA = re.compile(r"\b(?:is|are|has been|have been)\b")
_WORD = re.compile(r"[a-z][\w'-]*")
_ADVERB = re.compile(r"\s*(?:[a-z]+ly|also|then|regularly)\s+")
_MIN_WORDS = 3


def read_outcome(view: TextView, start: int, end: int) -> list[Requirement]:
    """The outcome that a sentence of a standard states: "Processes are in place", "Keep an inventory".

    Returns
    -------
    list of Requirement
        One with modality outcome, or none where the text is too short or not
        in English.
    """
    if view.language != "en" or len(view.folded[start:end].split()) < _MIN_WORDS:
        return []
    first = _WORD.search(view.folded, start, end)
    if first is None:
        return []
    copula = _COPULA.search(view.folded, start, end)
    actors: tuple[Party, ...] = ()
    if copula is not None:
        predicate = _passive(view, (start, end), copula)
    elif first.group() in known_verbs():
        predicate = read_predicate(view, first.start(), end, form="modal", cue_text="")
    else:
        verb = _finite_verb(view, start, first.end(), end)
        if verb is None:
            return []
        actors = agents_of(view, start, verb)
        predicate = read_predicate(view, verb, end, form="from", cue_text="")
    return [compose(view, (start, end), Modality.OUTCOME, negated=False, agents=actors, predicate=predicate)]


def _finite_verb(view: TextView, opening: int, start: int, end: int) -> int | None:
    """Where the verb of "teams document the risks" or "a process tracks them" stands."""
    for match in _WORD.finditer(view.folded, start, end):
        if _third_person(match.group()):
            return match.start()
        if match.group() in known_verbs() and agents_of(view, opening, match.start()):
            return match.start()
    return None


def _third_person(word: str) -> bool:
    return (
        word.endswith("s")
        and base_verb(word, known_verbs()) != word
        and base_verb(word, known_verbs()) in known_verbs()
    )


def _passive(view: TextView, span: tuple[int, int], copula: re.Match[str]) -> Predicate:
    position = copula.end()
    while (adverb := _ADVERB.match(view.folded, position, span[1])) is not None:
        position = adverb.end()
    word = _WORD.search(view.folded, position, span[1])
    subject = squeeze(view.folded[span[0] : copula.start()])
    if word is None:
        return EMPTY_PREDICATE._replace(verb="be", complement=subject)
    verb = base_verb(word.group(), known_verbs()) if is_participle(word.group()) else "be"
    begin = word.end() if verb != "be" else word.start()
    predicate = read_predicate(view, begin, span[1], form="bare", cue_text=verb)
    rest = squeeze(view.folded[begin : span[1]])
    return predicate._replace(verb=verb, complement=squeeze(f"{subject} {rest}"))
