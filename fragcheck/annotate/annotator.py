"""Annotations of provisions: requirements, definitions, type, tags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from fragcheck.annotate.lead_ins import lead_in_of
from fragcheck.annotate.present_duties import is_rulebook
from fragcheck.annotate.provision_types import provision_type_of
from fragcheck.annotate.recitals import is_numbered_recital
from fragcheck.annotate.requirements import Reading, read_text
from fragcheck.annotate.strictness import set_directions
from fragcheck.annotate.type_expressions import type_words
from fragcheck.records import (
    Annotation,
    Modality,
    Parameter,
    Provision,
    ProvisionKind,
    ProvisionType,
    Requirement,
    Segmentation,
    Tag,
    Tradition,
)

__all__ = ["Tagger", "annotate", "annotate_provisions"]

Tags = tuple[tuple[Tag, ...], tuple[Tag, ...]]
_PREAMBLE = frozenset({ProvisionKind.RECITAL, ProvisionKind.PREAMBLE})
#: Share of binding rows below which a table is read as a catalogue of controls. Laws, and the items of laws
#: that people label, lie above .5; frameworks of outcomes and of imperatives below .15.
_FEWEST_BINDING = 0.2


class Tagger(Protocol):
    """Tags provisions with principles and sovereignty control points."""

    def tag(self, provisions: Sequence[Provision]) -> list[Tags]:
        """One pair (principles, sovereignty) per provision, in order."""
        ...


def annotate(segmentation: Segmentation, tagger: Tagger) -> tuple[Annotation, ...]:
    """Annotations of a document's provisions, one per provision in the same order.

    Parameters
    ----------
    segmentation : Segmentation
    tagger : Tagger
        See `load_tagger`.
    """
    return annotate_provisions(
        segmentation.provisions, tagger, tradition=segmentation.tradition, language=segmentation.language
    )


def annotate_provisions(
    provisions: Sequence[Provision],
    tagger: Tagger,
    *,
    tradition: Tradition | None = None,
    language: str = "",
) -> tuple[Annotation, ...]:
    """Annotations of provisions, one per provision in the same order.

    Parameters
    ----------
    provisions : sequence of Provision
        Of one document: items of a list are read with the lead-in of their parent.
    tagger : Tagger
    tradition : Tradition or None
        In a standard, the present tense states an outcome.
    language : str
        ISO 639-1, of provisions that do not name theirs.

    Notes
    -----
    Recitals and preambles explain and bind no one: they get no requirements.
    An item of a list inherits actor and modality from its lead-in. Coordinated
    actors ("providers and deployers") make one requirement; its `actor` joins
    them by " and ", its `actor_role` joins their classes by ";".
    """
    by_eid = {provision.eid: provision for provision in provisions}
    tags = tagger.tag(provisions)
    parents = frozenset(provision.parent for provision in provisions if provision.parent)

    def read(tradition: Tradition | None, *, is_rulebook: bool = False) -> list[Reading]:
        return [
            _reading(
                provision,
                by_eid,
                tradition,
                language,
                has_items=provision.eid in parents,
                is_rulebook=is_rulebook,
            )
            for provision in provisions
        ]

    readings = read(tradition)
    if tradition is Tradition.TABLE and _binds_no_one(readings):
        readings = read(Tradition.STANDARD)
    elif tradition is not Tradition.STANDARD and _is_rulebook(provisions, readings):
        readings = read(tradition, is_rulebook=True)
    types = _types(provisions, readings)
    return tuple(
        _annotation(provision, reading, kind, pair, tradition)
        for provision, reading, kind, pair in zip(provisions, readings, types, tags, strict=True)
    )


def _annotation(
    provision: Provision, reading: Reading, kind: ProvisionType, tags: Tags, tradition: Tradition | None
) -> Annotation:
    requirements = _kept(provision, reading, tradition)
    principles, sovereignty = tags
    return Annotation(
        eid=provision.eid,
        provision_type=kind,
        requirements=requirements,
        definitions=reading.definitions,
        tags=principles,
        sovereignty=sovereignty,
        parameters=_unbound(reading, requirements),
    )


def _unbound(reading: Reading, requirements: tuple[Requirement, ...]) -> tuple[Parameter, ...]:
    """Quantities that stand in no requirement, settled by the words of their sentence."""
    view = reading.view
    bound = {parameter.start for requirement in requirements for parameter in requirement.parameters}
    free = (
        (span, tuple(each for each in view.parameters_in(*span) if each.start not in bound))
        for span in view.sentences
    )
    return tuple(
        parameter
        for span, parameters in free
        if parameters
        for parameter in set_directions(parameters, view.folded, span, actor_role="")
    )


def _kept(provision: Provision, reading: Reading, tradition: Tradition | None) -> tuple[Requirement, ...]:
    if provision.kind in _PREAMBLE or is_numbered_recital(reading.view):
        return ()
    if tradition is not Tradition.STANDARD:
        return reading.requirements
    # "systems may fail": in the prose of a standard, "may" without an actor says what can happen
    return tuple(r for r in reading.requirements if r.actor or r.modality is not Modality.PERMISSION)


def _reading(
    provision: Provision,
    by_eid: Mapping[str, Provision],
    tradition: Tradition | None,
    language: str,
    *,
    has_items: bool,
    is_rulebook: bool,
) -> Reading:
    lead_in = "" if provision.kind in _PREAMBLE else lead_in_of(provision, by_eid)
    return read_text(
        provision.text,
        provision.language or language,
        lead_in=lead_in,
        is_standard=_is_standard(provision, tradition),
        has_items=has_items,
        is_rulebook=is_rulebook and provision.kind not in _PREAMBLE,
    )


def _is_rulebook(provisions: Sequence[Provision], readings: Sequence[Reading]) -> bool:
    """True for rules in English that state duties in the present tense as well; recitals do not count."""
    return is_rulebook(
        [
            (reading.view, reading.stated)
            for provision, reading in zip(provisions, readings, strict=True)
            if provision.kind not in _PREAMBLE and reading.view.language == "en"
        ]
    )


def _binds_no_one(readings: Sequence[Reading]) -> bool:
    """True for a table whose rows hardly ever oblige, forbid, permit or define: a catalogue of controls.

    Imperatives do not count: catalogues are written in them.
    """
    binding = sum(
        bool(reading.stated or reading.requirements or reading.definitions) and not reading.is_bare
        for reading in readings
    )
    return binding < _FEWEST_BINDING * len(readings)


def _is_standard(provision: Provision, tradition: Tradition | None) -> bool:
    if tradition is Tradition.STANDARD:
        return provision.kind in (ProvisionKind.ITEM, ProvisionKind.PRINCIPLE, ProvisionKind.POINT)
    pattern = re.compile(type_words()["standard_id"])
    return any(
        pattern.match(label.strip(" .:")) for label in (provision.num, provision.eid) if _has_code(label)
    )


def _has_code(label: str) -> bool:
    """True for "GOVERN 1.1" and "PR.AC-1": capitals before a number; not "L0001" or "Article 9"."""
    return bool(re.match(r"[A-Z]{2}[A-Z ._-]*\d", label)) and bool(re.search(r"[ ._-]", label))


def _types(provisions: Sequence[Provision], readings: Sequence[Reading]) -> list[ProvisionType]:
    """Types in order; items that state nothing of their own take that of their parent."""
    found: dict[str, ProvisionType] = {}
    types = []
    for provision, reading in zip(provisions, readings, strict=True):
        stated = () if _names_act(reading) or _is_announced(provision, reading, found) else reading.stated
        inherited = None
        if not stated and not reading.definitions and provision.parent in found and _is_item(provision):
            inherited = found[provision.parent]
        kind = provision_type_of(provision, reading.view, stated, reading.definitions, inherited)
        found[provision.eid] = kind
        types.append(kind)
    return types


def _is_announced(provision: Provision, reading: Reading, found: Mapping[str, ProvisionType]) -> bool:
    """True for an item that a sentence of its parent announces: it is what that sentence is."""
    return reading.is_inherited and reading.view.language in ("ja", "ko") and provision.parent in found


def _names_act(reading: Reading) -> bool:
    """True for an item in the infinitive without its lead-in ("elaborar relatórios anuais;").

    An infinitive names an act; what it is to anyone stands in the lead-in. The English imperative commands.
    """
    return reading.is_bare and reading.view.language != "en"


def _is_item(provision: Provision) -> bool:
    return provision.kind in (
        ProvisionKind.POINT,
        ProvisionKind.SUBPOINT,
        ProvisionKind.ITEM,
        ProvisionKind.SUBPARAGRAPH,
    )
