"""Mentions that are neither subject nor agent of the verb: of a preposition, a relative, a participle."""

from __future__ import annotations

import re

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.finite_verbs import INDICATIVE, grammar_of
from fragcheck.annotate.party_names import joint_of
from fragcheck.annotate.view import TextView
from fragcheck.nlp import Phrase

__all__ = ["in_relative_clause", "of_other_participle", "opens_with", "without_oblique"]

_WORD = re.compile(r"[^\W\d_]+")
#: Words between the agent and the participle of "die vom Anbieter bereitgestellten Unterlagen".
_ATTRIBUTE = re.compile(r"\s+(?:[a-zäöüß]+\s+){0,3}?[a-zäöüß]{3,}(?:t|en)(?:e|en|er|es|em)\s+[A-ZÄÖÜ]")
#: Characters between a relative pronoun and a party of its clause at most.
_RELATIVE_REACH = 200
#: Characters before an agent in which a participle can claim it.
_FARTHEST = 1000
#: Words that an agent has before it: "par", "les", an adjective.
_BY_WORDS = 3


def of_other_participle(view: TextView, cue: Cue, agent: Phrase, opening: int, *, is_passive: bool) -> bool:
    """True where the agent behind a word for "by" acts in a participle that qualifies a noun.

    Parameters
    ----------
    view : TextView
    cue : Cue
        Of the main verb.
    agent : Phrase
    opening : int
        Where the clause begins.
    is_passive : bool
        Whether the main verb is in the passive, so that an agent of its own can follow it.
    """
    if view.language == "de":
        return _ATTRIBUTE.match(view.text, agent.end) is not None
    if view.language not in INDICATIVE:
        return False
    if agent.start < cue.start:  # "les documents fournis par le fabricant sont conservés"
        return len(view.folded[opening : agent.start].split()) > _BY_WORDS
    participle = grammar_of(view.language).patterns["participle"]
    begin = max(cue.end, agent.start - _FARTHEST)
    words = [word.group() for word in _WORD.finditer(view.folded, begin, agent.start)]
    places = [place for place, word in enumerate(words) if participle.fullmatch(word)]
    if not places or places[-1] < len(words) - _BY_WORDS - 1:
        return False
    # the verb's own participle comes first, and no noun stands between it and a coordinated one
    return not is_passive or (len(places) > 1 and places[-1] - places[0] > len(places) + 1)


def without_oblique(
    view: TextView, oblique: re.Pattern[str], before: list[Phrase], opening: int
) -> list[Phrase]:
    """Mentions without those behind a preposition and those joined to them ("an den Rat und die Leitung")."""
    kept: list[Phrase] = []
    last: Phrase | None = None
    for mention in before:
        gap = view.folded[last.end : mention.start] if last is not None else ""
        joined = last is not None and joint_of(view.language).fullmatch(gap) is not None and "," not in gap
        if joined or oblique.search(view.folded[max(opening, mention.start - 28) : mention.start]):
            last = mention
        else:
            kept.append(mention)
            last = None
    return kept


def in_relative_clause(view: TextView, relative: re.Pattern[str], mention: Phrase, opening: int) -> bool:
    """True for a mention in a relative clause ("conteúdos que retratem pessoas")."""
    comma = view.folded.rfind(",", opening, mention.start)
    begin = max(opening, comma, mention.start - _RELATIVE_REACH)
    return relative.search(view.folded, begin, mention.start) is not None


def opens_with(view: TextView, mention: Phrase, opening: int) -> bool:
    """True for a mention at the beginning of its sentence, behind an article at most."""
    return len(view.folded[opening : mention.start].split()) <= 1
