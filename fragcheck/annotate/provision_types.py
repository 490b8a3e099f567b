"""The one main normative force of a provision."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from fragcheck.annotate.screening import Screened
from fragcheck.annotate.view import TextView
from fragcheck.records import Definition, Modality, Provision, ProvisionKind, ProvisionType, Requirement

__all__ = ["is_enacting_formula", "provision_type_of", "type_words"]

_FILE = Path(__file__).parent / "data" / "provision_types.toml"
_BY_MODALITY = {
    Modality.OBLIGATION: ProvisionType.OBLIGATION,
    Modality.PROHIBITION: ProvisionType.PROHIBITION,
    Modality.PERMISSION: ProvisionType.PERMISSION,
    Modality.RECOMMENDATION: ProvisionType.RECOMMENDATION,
    Modality.OUTCOME: ProvisionType.STATEMENT,
}
_SETS_UP = re.compile(r"(?:establish|set up|create|appoint|designate|convene|compose|chair)\b")
_DEEMING = re.compile(r"(?:deem|presume)\b")
#: Roles beside which an authority still acts as one ("the counsel or other persons").
_UNREGULATED = frozenset({"public_authority", "everyone", "undertaking"})
_SHORT_TITLE = re.compile(r"\bmay be cited as\b|\bshort title\b")
#: Words of a heading at most.
_HEADING = 7
_PREAMBLE = frozenset({ProvisionKind.RECITAL, ProvisionKind.PREAMBLE})


@lru_cache(maxsize=1)
def type_words() -> dict[str, Any]:
    """The expressions of provision types, as the data file gives them."""
    with _FILE.open("rb") as handle:
        return tomllib.load(handle)


@lru_cache(maxsize=16)
def _procedure(language: str) -> Screened:
    data = type_words()
    if language != "en":
        return Screened(data[f"{language}_procedure"])
    return Screened(
        part.replace("INSTRUMENT", data["instrument"]).replace("PORTION", data["portion"])
        for part in data["procedure"]
    )


@lru_cache(maxsize=64)
def _words(name: str) -> Screened:
    return Screened(type_words()[name])


def is_enacting_formula(sentence: str) -> bool:
    """True for "Be it enacted by the General Assembly …" and its like in other languages, in lower case."""
    return _words("enacts").found_in(sentence)


def provision_type_of(
    provision: Provision,
    view: TextView,
    requirements: Sequence[Requirement],
    definitions: Sequence[Definition],
    inherited: ProvisionType | None,
) -> ProvisionType:
    """Main normative force of a provision, by the conventions of the taxonomy.

    Parameters
    ----------
    provision : Provision
    view : TextView
        Of its text.
    requirements, definitions
        What was found in it.
    inherited : ProvisionType or None
        Type of its lead-in where it is an item that states nothing of its own.
    """
    if provision.kind in _PREAMBLE:
        return ProvisionType.STATEMENT
    if len(requirements) > 1 and requirements[0].action.startswith("cite "):
        requirements = requirements[1:]  # a short title before what the text is about
    first = requirements[0] if requirements else None
    if _words("aim").found_in(view.folded):
        return ProvisionType.STATEMENT
    before = view.folded[: definitions[0].start] if definitions else ""
    defines = definitions and (first is None or definitions[0].start <= first.start)
    if defines or _words("definitions_open").found_in(before):
        is_procedure = _procedure(view.language).found_in(before) or _words("amends").found_in(view.folded)
        return ProvisionType.PROCEDURE if is_procedure else ProvisionType.DEFINITION
    if inherited is not None and not _words("part_applies").found_in(view.folded):
        return inherited
    if first is None:
        return _without_requirement(provision, view)
    return _by_requirement(provision, view, requirements)


def _without_requirement(provision: Provision, view: TextView) -> ProvisionType:
    if provision.kind is ProvisionKind.DEFINITION or _words("definitions_follow").found_in(view.folded):
        return ProvisionType.DEFINITION
    if is_enacting_formula(_opening(view)):
        return ProvisionType.STATEMENT
    if _procedure(view.language).found_in(view.folded) or _words("part_applies").found_in(view.folded):
        return ProvisionType.PROCEDURE
    for name, kind in (("asks", ProvisionType.RECOMMENDATION), ("nominal_duty", ProvisionType.OBLIGATION)):
        if _words(name).found_in(view.folded):
            return kind
    is_power = _words("sets_up").found_in(_opening(view)) or _opens_with_authority(view)
    return ProvisionType.POWER if is_power else ProvisionType.STATEMENT


def _opens_with_authority(view: TextView) -> bool:
    """True for "网信部门会同 …": other traditions give authorities their tasks in the present tense."""
    first = view.parties[0] if view.parties else None
    return (
        view.language != "en" and first is not None and first.start < 2 and first.label == "public_authority"
    )


def _by_requirement(
    provision: Provision, view: TextView, requirements: Sequence[Requirement]
) -> ProvisionType:
    first, *others = requirements
    sentence = view.folded[first.start : first.end]
    by_words = _by_opening(view, first) or _by_words(view, first, sentence)
    if by_words is not None:
        return by_words
    if first.modality is Modality.RECOMMENDATION or _asks(first):
        return ProvisionType.STATEMENT if _explains(view, first) else ProvisionType.RECOMMENDATION
    listed_task = not first.actor and _words("authority_infinitive").found_in(sentence)
    if listed_task or _is_power(sentence, first) or _frees_authority(view, first, others):
        return ProvisionType.POWER
    principled = f"{provision.heading} {provision.context}".lower()
    if not first.actor and _words("principle_heading").found_in(principled):
        return ProvisionType.STATEMENT
    return _BY_MODALITY[first.modality]


def _by_words(view: TextView, first: Requirement, sentence: str) -> ProvisionType | None:
    """Procedure and definitions, whatever modal verb they are told with."""
    if _is_procedure(view, first, sentence):
        return ProvisionType.PROCEDURE
    return ProvisionType.DEFINITION if _words("defines_term").found_in(sentence) else None


def _asks(first: Requirement) -> bool:
    """True for a question of a checklist, which recommends what it asks for."""
    return first.modality is Modality.OUTCOME and "?" in first.text.replace("？", "?")[-20:]


def _by_opening(view: TextView, first: Requirement) -> ProvisionType | None:
    """What the first sentence settles where the first requirement comes after it, or a body is set up."""
    opening = _opening(view)
    is_later = first.start >= view.folded.find(opening) + len(opening)
    if is_later and _procedure(view.language).found_in(opening):
        return ProvisionType.PROCEDURE
    if _words("sets_up").found_in(opening) or (is_later and _opens_with_authority(view)):
        return ProvisionType.POWER
    return None


def _opening(view: TextView) -> str:
    """The first sentence that is no heading or short title ("SEC. 3. Establishment.")."""
    for start, end in view.sentences:
        words = view.folded[start:end]
        is_heading = len(words.split()) <= _HEADING and not any(start <= c.start < end for c in view.cues)
        if not is_heading and not _SHORT_TITLE.search(words):
            return words
    return view.folded[slice(*view.sentences[0])] if view.sentences else ""


def _explains(view: TextView, first: Requirement) -> bool:
    """True for a recital that stands without its kind, and for rules that "should apply"."""
    if _words("recital").found_in(view.folded):
        return True
    return view.language == "en" and not first.actor and bool(_words("applies").pattern.match(first.action))


def _frees_authority(view: TextView, first: Requirement, others: Sequence[Requirement]) -> bool:
    """True where what no one is named for is an authority's to do: "The licence may be revoked"."""
    if _words("authority_granted").found_in(view.folded[first.start : first.end]):
        return True
    if first.modality is not Modality.PERMISSION or first.actor or first.is_negated:
        return False
    end = next((end for start, end in view.sentences if start <= first.start < end), first.end)
    joined = any(r.start < end and r.actor_role == "public_authority" for r in others)
    joined = joined and _words("done_to").found_in(view.folded[first.start : first.end])
    return joined or bool(_words("authority_acts").pattern.match(first.action))


def _is_procedure(view: TextView, first: Requirement, sentence: str) -> bool:
    sentence = sentence.split(": ", 1)[0] if first.modality is Modality.PROHIBITION else sentence
    if _words("procedure_always").found_in(sentence) or _words("amends").found_in(sentence):
        return True
    if view.language == "en" and _DEEMING.match(first.action):
        return True
    return not first.actor_role and _procedure(view.language).found_in(sentence)


def _is_power(sentence: str, first: Requirement) -> bool:
    """An authority acts as one, or a sanction is laid down that one imposes."""
    if "public_authority" in first.actor_role and _UNREGULATED.issuperset(first.actor_role.split(";")):
        return not _is_user(sentence, first)
    if not first.actor_role and _words("set_up").found_in(sentence):
        return True
    if not first.actor and _SETS_UP.match(first.action) and _words("public_office").found_in(first.action):
        return True
    is_sanction = not first.actor and first.action_class == "sanction"
    return is_sanction and _words("sanction_cue").found_in(sentence)


def _is_user(sentence: str, first: Requirement) -> bool:
    """A public body that deploys systems or handles data is bound as anyone is."""
    forbidden = first.modality is Modality.PROHIBITION and not _words("acts_as_such").found_in(first.actor)
    return forbidden or _words("regulated_user").found_in(sentence)
