"""The distinct requirements and definitions of a document: its elements of U (DESIGN §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from fragcheck.align.antecedents import with_antecedent
from fragcheck.align.wording import content_words, normal_form
from fragcheck.records import (
    Analysis,
    Annotation,
    Definition,
    Modality,
    Parameter,
    Provision,
    ProvisionKind,
    ProvisionType,
    Requirement,
    TextUnit,
    Unit,
)

__all__ = ["distinct_units", "provision_texts"]

#: Parts of a document that explain rules and lay none down.
_EXPLAINING = frozenset((ProvisionKind.PREAMBLE, ProvisionKind.RECITAL))

#: Force of a provision that was read as a whole, where no normative sentence was found in it.
_MODALITY_OF_TYPE: Mapping[ProvisionType, Modality] = {
    ProvisionType.OBLIGATION: Modality.OBLIGATION,
    ProvisionType.PROHIBITION: Modality.PROHIBITION,
    ProvisionType.PERMISSION: Modality.PERMISSION,
    ProvisionType.RECOMMENDATION: Modality.RECOMMENDATION,
    ProvisionType.POWER: Modality.PERMISSION,
}

#: Kinds whose entries state an outcome in standards and soft law, without a verb of duty.
_OUTCOME_KINDS = frozenset((ProvisionKind.PRINCIPLE, ProvisionKind.ITEM))

#: A text of fewer content words says nothing that could be met or compared.
_FEWEST_WORDS = 3

#: Share of capitals among the letters from which a text is set in capitals.
_MOSTLY_CAPITALS = 0.6

#: Share of quoted text from which an amending act speaks through what it quotes.
_MOSTLY_QUOTED = 0.5


def distinct_units(analysis: Analysis) -> tuple[Unit, ...]:
    """The distinct requirements and definitions of a document, in document order.

    * Recitals and preambles bear no unit, nor does a provision without a requirement or a
      definition. Where a provision was typed as normative and no normative sentence was
      found in it, its text as a whole is one unit of that force. An entry of a standard
      (a principle or an item that is typed a statement) is an outcome where its document
      has no requirement of any other kind.
    * A lead-in whose items carry requirements is none itself: it is their context.
    * Quoted text counts in an act that mostly consists of it (an amending act); elsewhere
      it is another law's.
    * A clause that goes on with the sentence of the requirement before reaches the aligner with
      what its object pronoun stands for (`fragcheck.align.antecedents`).
    * Text set in capitals reaches the aligner in lower case.
    * The same requirement (normal form of the words, its lead-in and its fields) counts
      once; the keys of its further places stand in `duplicates`.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    tuple of Unit
        Keys are ``eid#index`` with the index over requirements first, then definitions.
    """
    annotations = {annotation.eid: annotation for annotation in analysis.annotations}
    readings = _readings(analysis, annotations)
    first: dict[tuple[object, ...], Unit] = {}
    for reading in readings:
        unit = _unit(reading)
        key = _identity(reading)
        known = first.get(key)
        first[key] = unit if known is None else replace(known, duplicates=(*known.duplicates, unit.key))
    return tuple(first.values())


def provision_texts(analysis: Analysis) -> tuple[TextUnit, ...]:
    """The provisions that have words of their own, whole, in document order; keys are the eids."""
    return tuple(
        _text_unit(provision, provision.eid, provision.text)
        for provision in analysis.segmentation.provisions
        if provision.text.strip()
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A requirement or definition at its place."""

    provision: Provision
    annotation: Annotation
    index: int
    item: Requirement | Definition
    lead_in: str
    words: str


def _readings(analysis: Analysis, annotations: Mapping[str, Annotation]) -> list[_Reading]:
    provisions = analysis.segmentation.provisions
    texts = {provision.eid: provision.text for provision in provisions}
    kept = [provision for provision in provisions if provision.kind not in _EXPLAINING]
    if not _is_mostly_quoted(kept):
        kept = [provision for provision in kept if not provision.is_quoted]
    bearing_parents = {
        provision.parent
        for provision in kept
        if provision.parent and annotations.get(provision.eid) and annotations[provision.eid].requirements
    }
    found: list[_Reading] = []
    for provision in kept:
        annotation = annotations.get(provision.eid)
        if annotation is None:
            continue
        items = [*_own_requirements(provision, annotation, provision.eid in bearing_parents)]
        items += enumerate(annotation.definitions, len(annotation.requirements))
        lead_in = _open_end(texts.get(provision.parent or "", ""))
        found += [
            _Reading(provision, annotation, index, item, lead_in, _words(item, index, provision, annotation))
            for index, item in items
        ]
    if found:
        return found
    return [reading for provision in kept for reading in _outcome(provision, annotations)]


def _is_mostly_quoted(provisions: list[Provision]) -> bool:
    quoted = sum(len(provision.text) for provision in provisions if provision.is_quoted)
    return quoted > _MOSTLY_QUOTED * sum(len(provision.text) for provision in provisions)


def _own_requirements(
    provision: Provision, annotation: Annotation, has_bearing_items: bool
) -> Iterator[tuple[int, Requirement | Definition]]:
    lead_in = _open_end(provision.text) if has_bearing_items else ""
    for index, requirement in enumerate(annotation.requirements):
        if lead_in and normal_form(requirement.text).endswith(normal_form(lead_in)[-40:]):
            continue
        yield index, requirement
    if annotation.requirements or annotation.definitions or has_bearing_items:
        return
    modality = _MODALITY_OF_TYPE.get(annotation.provision_type)
    if modality and len(content_words(provision.text)) >= _FEWEST_WORDS:
        yield 0, _whole(provision, modality)


def _whole(provision: Provision, modality: Modality) -> Requirement:
    return Requirement(
        text=provision.text,
        modality=modality,
        is_negated=modality is Modality.PROHIBITION,
        end=len(provision.text),
    )


def _outcome(provision: Provision, annotations: Mapping[str, Annotation]) -> Iterator[_Reading]:
    """Entries of a document without any requirement, read as the outcomes that it states."""
    annotation = annotations.get(provision.eid)
    is_entry = provision.kind in _OUTCOME_KINDS and len(content_words(provision.text)) >= _FEWEST_WORDS
    if annotation is not None and is_entry and annotation.provision_type is ProvisionType.STATEMENT:
        yield _Reading(provision, annotation, 0, _whole(provision, Modality.OUTCOME), "", provision.text)


def _open_end(text: str) -> str:
    """The last sentence of a text that its items go on with, or nothing where it is closed."""
    stripped = text.rstrip()
    if not stripped or stripped[-1] in ".;。；!?":
        return ""
    if stripped[-1] not in ":：—–-,，" and not stripped[-1].isalnum() and stripped[-1] not in "）)":
        return ""
    start = max(stripped.rfind(mark) for mark in (". ", "。", "; ", "；")) + 1
    return stripped[start:].strip()


def _unit(reading: _Reading) -> Unit:
    provision, annotation, item = reading.provision, reading.annotation, reading.item
    tags = (*annotation.tags, *annotation.sovereignty)
    key = f"{provision.eid}#{reading.index}"
    return Unit(
        key=key,
        eid=provision.eid,
        text_unit=_text_unit(provision, key, reading.words),
        requirement=item if isinstance(item, Requirement) else None,
        definition=item if isinstance(item, Definition) else None,
        weights=tuple((tag.principle, tag.probability if tag.is_on else 0.0) for tag in tags),
        probabilities=tuple((tag.principle, tag.probability) for tag in tags),
    )


def _text_unit(provision: Provision, key: str, text: str) -> TextUnit:
    return TextUnit(
        key=key,
        text=_plain_case(text),
        heading=_plain_case(provision.heading),
        context=" > ".join(_plain_case(part) for part in provision.context.split(" > ")),
        language=provision.language,
    )


@lru_cache(maxsize=16384)  # headings and lead-ins stand above many provisions
def _plain_case(text: str) -> str:
    """Text set in capitals (new law in a session law) as a sentence: its words are those of other laws."""
    if sum(map(str.isupper, text)) <= _MOSTLY_CAPITALS * sum(map(str.isalpha, text)):
        return text
    return text[:1] + text[1:].lower()


def _words(item: Requirement | Definition, index: int, provision: Provision, annotation: Annotation) -> str:
    if isinstance(item, Requirement):
        before = annotation.requirements[index - 1] if 0 < index < len(annotation.requirements) else None
        return with_antecedent(item, before, provision.text, provision.language)
    return provision.text[item.start : item.end].strip() or f"{item.term}: {item.definiens}"


def _identity(reading: _Reading) -> tuple[object, ...]:
    """What makes two places the same requirement: words in normal form, lead-in and fields."""
    item = reading.item
    if isinstance(item, Definition):
        return ("definition", normal_form(item.term), normal_form(item.definiens))
    return (
        "requirement",
        normal_form(reading.words),
        normal_form(reading.lead_in),
        item.modality,
        item.is_negated,
        item.actor_role,
        normal_form(item.actor),
        tuple(_quantity(parameter) for parameter in item.parameters),
    )


def _quantity(parameter: Parameter) -> tuple[object, ...]:
    return parameter.kind, parameter.value, parameter.unit, parameter.comparator
