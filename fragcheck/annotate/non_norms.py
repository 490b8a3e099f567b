"""English sentences whose modal verb binds, forbids and permits nothing to anyone."""

from __future__ import annotations

import re

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.english_clauses import WEAK_FORMS
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.predicates import Predicate
from fragcheck.annotate.wordlists import english_words
from fragcheck.records import Modality

__all__ = ["is_no_norm", "tells_of_instrument"]

#: An instrument's entry into force, application in time and binding force bind no one.
_OWN_FORCE = re.compile(
    r"(?:it|this|the present|these) ?(?:regulations?|directive|act|law|decree|convention|decision|agreement"
    r"|order|title|articles?|sections?|chapter|measures|provisions)? (?:enter into force"
    r"|come into (?:force|effect|operation)|take effect|become effective|be effective|be binding"
    r"|apply (?:from|as of|until|as from)\b|apply$|commence\b|cease to (?:have effect|apply))"
)
_INSTRUMENT = re.compile(r"(?:this|these|the present) \w+(?: \w+)?$|$")
#: To whom and to what an instrument or a part of it applies binds no one either; what it does not apply to
#: is kept, as it frees someone.
_OWN_SCOPE = re.compile(
    r"(?:(?:this|the present|these|the) (?:regulations?|directive|act|law|decree|convention|decision|order"
    r"|agreement|title|articles?|sections?|subsections?|chapters?|parts?|measures|provisions|paragraphs?|rules)"
    r"|(?:the|these|those) (?:provisions?|obligations?|requirements?|rules|prohibitions?|exceptions?)"
    r" (?:of|in|under|laid down|set out|referred to|provided for)\b[^;]{2,90}?"
    r"|(?:paragraphs?|articles?|sections?|subsections?|points?|chapters?) [\w(][\w(),. /-]{0,50}?) apply\b"
)
#: What "is required to" reach an aim is no one's duty: "more investment is required to close the gap".
_MEANS = re.compile(
    r"\b(?:investments?|efforts?|works?|research|cooperation|collaboration|dialogue|attention|approach(?:es)?"
    r"|actions?|resources?|time|effort|progress|innovation|change|changes|expertise|leadership|partnerships?)"
    r"(?:\s(?:in|into|of|on|for|between|among|by|from|with)\b.*)?$"
)
#: Things that can do something and are permitted nothing: "such systems may process the data of persons".
_THING = re.compile(
    r"^(?:(?!\b(?:of|in|for|by)\b)[^,])*\b(?:systems?|tools?|models?|technolog(?:y|ies)|algorithms?|outputs?|risks?"
    r"|harms?|bias(?:es)?|errors?|concepts?|approaches|developments?)(?:\s(?:referred|described|mentioned|used)\b[^,]*)?$"
)


def tells_of_instrument(subject_text: str, predicate: Predicate, *, can_scope: bool) -> bool:
    """True for an instrument's own entry into force and scope, which bind no one."""
    told = f"{subject_text} {predicate.verb} {predicate.complement}"
    if predicate.is_passive and predicate.verb in ("know", "cite") and _INSTRUMENT.match(subject_text):
        return True
    if can_scope and not predicate.is_passive and _OWN_SCOPE.match(told):
        return True
    return bool(_OWN_FORCE.match(told))


def is_no_norm(
    cue: Cue, cue_text: str, agents: tuple[Party, ...], predicate: Predicate, subject_text: str
) -> bool:
    """True for "systems may fail", which permits nothing, and for weak cues without the party they need."""
    if cue.form in WEAK_FORMS:
        return not any(
            agent.role == "public_authority" or (agent.role and cue.form != "state") for agent in agents
        )
    possible = cue.modality is Modality.PERMISSION and not cue.is_negated and cue.form == "modal"
    if (
        possible
        and subject_text in english_words().pronouns
        and predicate.verb in english_words().not_deontic
    ):
        return not predicate.is_passive
    if agents or predicate.is_passive:
        return False
    if cue_text.endswith("required to") and cue_text.startswith(("is", "are")):
        return bool(_MEANS.search(subject_text))
    return possible and (predicate.verb in english_words().not_deontic or bool(_THING.search(subject_text)))
