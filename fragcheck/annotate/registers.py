"""Registers of a document: who bears which requirements, and which terms it defines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from fragcheck.records import ActorEntry, Annotation, DefinedTerm, Modality, Provision, Requirement
from fragcheck.taxonomy.roles import load_roles

__all__ = ["actors_register", "definitions_register"]


def actors_register(
    provisions: Sequence[Provision], annotations: Sequence[Annotation]
) -> tuple[ActorEntry, ...]:
    """Who bears which requirements in a document.

    Parameters
    ----------
    provisions, annotations : sequence
        Of one document, one annotation per provision in the same order.

    Returns
    -------
    tuple of ActorEntry
        Most requirements first, then by name. A requirement with several actors counts for
        each of them; one that names no one counts for the actor with the empty name.
    """
    counts: dict[str, Counter[Modality]] = {}
    actions: dict[str, Counter[str]] = {}
    roles: dict[str, Counter[str]] = {}
    places: dict[str, dict[str, None]] = {}
    for provision, annotation in zip(provisions, annotations, strict=True):
        for requirement in annotation.requirements:
            for name, role in _bearers(requirement, provision.language):
                counts.setdefault(name, Counter())[requirement.modality] += 1
                actions.setdefault(name, Counter())[requirement.action_class] += 1
                roles.setdefault(name, Counter())[role] += 1
                places.setdefault(name, {})[provision.eid] = None
    entries = [
        ActorEntry(
            name=name,
            role=_most_common(roles[name]),
            counts=tuple((modality, found[modality]) for modality in Modality if found[modality]),
            action_classes=tuple(sorted(actions[name].items(), key=lambda item: (-item[1], item[0]))),
            eids=tuple(places[name]),
        )
        for name, found in counts.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (-entry.n_requirements, entry.name)))


def definitions_register(
    provisions: Sequence[Provision], annotations: Sequence[Annotation]
) -> tuple[DefinedTerm, ...]:
    """The terms that a document defines, in the order of the alphabet.

    A term that is defined in several places has one entry for each of them; texts that
    repeat word by word are listed once.

    Parameters
    ----------
    provisions, annotations : sequence
        Of one document, one annotation per provision in the same order.
    """
    found: dict[tuple[str, str], str] = {}
    for provision, annotation in zip(provisions, annotations, strict=True):
        for definition in annotation.definitions:
            found.setdefault((definition.term, definition.definiens), provision.eid)
    terms = [DefinedTerm(term, definiens, eid) for (term, definiens), eid in found.items()]
    return tuple(sorted(terms, key=lambda entry: entry.term))


def _bearers(requirement: Requirement, language: str) -> list[tuple[str, str]]:
    """Names and roles of the actors of a requirement, one by one."""
    names: list[str] = []
    for name in requirement.actor.split(" and "):
        # "minister of science and technology" and "chief digital and information officer" are one each
        goes_on = bool(names) and (
            _ADJECTIVE.search(names[-1]) is not None
            or (_OF.search(names[-1]) is not None and not _is_office(name, language))
        )
        if goes_on:
            names[-1] = f"{names[-1]} and {name}"
        else:
            names.append(name)
    roles = requirement.actor_role.split(";")
    lexicon = _roles_of(language)
    return [
        (name, roles[0] if len(roles) == 1 and len(names) == 1 else _role_of(name, lexicon)) for name in names
    ]


#: An adjective that waits for the noun behind "and".
_ADJECTIVE = re.compile(
    r"(?:^|\s)(?!(?:official|general|professional|individual|principal|tribunal|executive|hospital"
    r"|representative|public|secretary|depositary|beneficiary|subsidiary|intermediary)$)[a-z]+(?:al|ic|ive|ary)$"
)
#: What the name of an office goes on with.
_OF = re.compile(r"\s(?:of|for)\s")


def _role_of(name: str, lexicon: Mapping[str, str]) -> str:
    """Role of a name, by the whole, by the noun before "of" or by the last word."""
    noun = _OF.split(name, maxsplit=1)[0]
    return next((lexicon[part] for part in (name, noun, noun.split(" ")[-1]) if part in lexicon), "")


@lru_cache(maxsize=16)
def _roles_of(language: str) -> dict[str, str]:
    return {term: role for term, role in load_roles().terms(language or "en") if role}


def _is_known(name: str, language: str) -> bool:
    lexicon = _roles_of(language)
    words = name.split(" ")
    return name in lexicon or words[-1] in lexicon or words[0] in lexicon


def _is_office(name: str, language: str) -> bool:
    """True for what can follow an office: another one, or a name of several words that is known."""
    if " " not in name:
        return _roles_of(language).get(name) == "public_authority"
    return name.startswith(_OFFICERS) or _is_known(name, language)


#: With what the name of an office can begin that is no term by itself.
_OFFICERS = ("chief ", "deputy ", "assistant ", "under ", "vice ", "head ", "lead ")


def _most_common(roles: Counter[str]) -> str:
    return min(roles.items(), key=lambda item: (-item[1], item[0]))[0]
