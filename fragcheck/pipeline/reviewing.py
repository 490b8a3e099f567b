"""What people settled, applied to what the machine found: pure functions of findings and reviews."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fragcheck.records import (
    REVIEWED_BY,
    Analysis,
    Annotation,
    Differences,
    Match,
    Modality,
    Parameter,
    ParameterKind,
    Provision,
    ProvisionType,
    Relation,
    Review,
    ReviewTarget,
    Stricter,
    Tag,
    Unit,
    anchor_of,
)

__all__ = [
    "INVERSE",
    "PairRulings",
    "Reviewed",
    "pair_rulings",
    "reviewed_analysis",
    "ruled_relations",
    "unit_sha256",
]

_OF_DOCUMENT = frozenset((ReviewTarget.TAG, ReviewTarget.TYPE, ReviewTarget.PARAMETER))

#: The relation as it is read from the other side.
INVERSE: Mapping[Relation, Relation] = {
    **{relation: relation for relation in Relation},
    Relation.SUBSET_OF: Relation.SUPERSET_OF,
    Relation.SUPERSET_OF: Relation.SUBSET_OF,
}

#: Force of the requirements of a provision of that type; none: it lays down no requirement.
_FORCE_OF_TYPE: Mapping[ProvisionType, Modality | None] = {
    ProvisionType.OBLIGATION: Modality.OBLIGATION,
    ProvisionType.PROHIBITION: Modality.PROHIBITION,
    ProvisionType.PERMISSION: Modality.PERMISSION,
    ProvisionType.POWER: Modality.PERMISSION,
    ProvisionType.RECOMMENDATION: Modality.RECOMMENDATION,
    ProvisionType.DEFINITION: None,
    ProvisionType.STATEMENT: None,
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An analysis with reviews applied, and the reviews whose words it does not hold."""

    analysis: Analysis
    applied: tuple[Review, ...] = ()
    lost: tuple[Review, ...] = ()


def reviewed_analysis(analysis: Analysis, reviews: Iterable[Review]) -> Reviewed:
    """Return the analysis with the reviews of tags, types and parameters in the machine's place.

    * A tag is on with probability 1 or off with 0; its `source` names the reviewer.
    * A type gives its force to the requirements that had the force of the type before; a definition
      or a statement lays down no requirement.
    * A parameter takes the values given, or is gone.

    Parameters
    ----------
    analysis : Analysis
        As the machine read it.
    reviews : iterable of Review
        One per subject. Those of other documents, of matches and relations are passed over.

    Returns
    -------
    Reviewed
        Without reviews the analysis itself.
    """
    mine = [
        each
        for each in reviews
        if each.subject.document_id == analysis.document.id and each.subject.target in _OF_DOCUMENT
    ]
    if not mine:
        return Reviewed(analysis)
    place_of = _places(analysis.segmentation.provisions)
    annotations = list(analysis.annotations)
    applied, lost = [], []
    # Parameters before types: a type may take the requirements away that hold them.
    for review in sorted(mine, key=lambda one: (one.subject.target is ReviewTarget.TYPE, one.subject.key)):
        place = place_of(review.subject.eid, review.subject.text_sha256)
        changed = None if place is None else _APPLY[review.subject.target](annotations[place], review)
        if place is None or changed is None:
            lost.append(review)
        else:
            annotations[place] = changed
            applied.append(review)
    return Reviewed(replace(analysis, annotations=tuple(annotations)), tuple(applied), tuple(lost))


def _places(provisions: Sequence[Provision]) -> Callable[[str, str], int | None]:
    """The position of a provision by its eid and words, or by its words where no other has them."""
    by_eid = {provision.eid: place for place, provision in enumerate(provisions)}
    by_words: dict[str, list[int]] = {}

    def place_of(eid: str, text_sha256: str) -> int | None:
        place = by_eid.get(eid)
        if place is not None and anchor_of(provisions[place]).text_sha256 == text_sha256:
            return place
        if not by_words:
            for index, provision in enumerate(provisions):
                by_words.setdefault(anchor_of(provision).text_sha256, []).append(index)
        found = by_words.get(text_sha256, [])
        return found[0] if len(found) == 1 else None

    return place_of


def _with_tag(annotation: Annotation, review: Review) -> Annotation | None:
    is_on = bool(json.loads(review.after)["is_on"])
    name = review.subject.name
    if all(tag.principle != name for tag in (*annotation.tags, *annotation.sovereignty)):
        return None

    def settled(tag: Tag) -> Tag:
        if tag.principle != name:
            return tag
        source = f"{REVIEWED_BY}{review.reviewer}"
        return replace(tag, probability=float(is_on), is_on=is_on, source=source)

    return replace(
        annotation,
        tags=tuple(map(settled, annotation.tags)),
        sovereignty=tuple(map(settled, annotation.sovereignty)),
    )


def _with_type(annotation: Annotation, review: Review) -> Annotation:
    after = ProvisionType(json.loads(review.after)["provision_type"])
    marked = (*annotation.reviewed, ("type", review.reviewer))
    changed = replace(annotation, provision_type=after, reviewed=marked)
    if after is annotation.provision_type or after not in _FORCE_OF_TYPE:
        return changed
    force, earlier = _FORCE_OF_TYPE[after], _FORCE_OF_TYPE.get(annotation.provision_type)
    if force is None:
        return replace(changed, requirements=())
    requirements = tuple(
        replace(each, modality=force, is_negated=_is_negated(each.is_negated, each.modality, force))
        if each.modality is earlier
        else each
        for each in annotation.requirements
    )
    return replace(changed, requirements=requirements)


def _is_negated(was: bool, before: Modality, after: Modality) -> bool:
    """A prohibition denies the act; what was a prohibition and is none any more does not."""
    if after is Modality.PROHIBITION:
        return True
    return was and before is not Modality.PROHIBITION


def _with_parameter(annotation: Annotation, review: Review) -> Annotation | None:
    start, end = (int(part) for part in review.subject.name.split("-"))
    values = json.loads(review.after)
    found = False

    def settled(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        nonlocal found
        kept: list[Parameter] = []
        for each in parameters:
            if (each.start, each.end) != (start, end):
                kept.append(each)
                continue
            found = True
            if values is not None:
                kept.append(replace(each, **_typed(values)))
        return tuple(kept)

    changed = replace(
        annotation,
        requirements=tuple(
            replace(each, parameters=settled(each.parameters)) for each in annotation.requirements
        ),
        parameters=settled(annotation.parameters),
        reviewed=(*annotation.reviewed, (f"parameter {review.subject.name}", review.reviewer)),
    )
    return changed if found else None


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a reviewed parameter as the record has them."""
    kinds: dict[str, Callable[[Any], Any]] = {"kind": ParameterKind, "stricter": Stricter, "value": float}
    return {name: kinds.get(name, str)(value) for name, value in values.items()}


_APPLY: Mapping[ReviewTarget, Callable[[Annotation, Review], Annotation | None]] = {
    ReviewTarget.TAG: _with_tag,
    ReviewTarget.TYPE: _with_type,
    ReviewTarget.PARAMETER: _with_parameter,
}


@dataclass(frozen=True, slots=True)
class PairRulings:
    """What people settled of the matches of a pair, by (left key, right key).

    `matches` says whether the two are counterparts, `relations` how they stand to each other, read
    from left to right. `reviewed` names what of it was settled, and by whom.
    """

    matches: Mapping[tuple[str, str], bool]
    relations: Mapping[tuple[str, str], Relation]
    reviewed: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    applied: tuple[Review, ...] = ()
    lost: tuple[Review, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.matches or self.relations)

    @property
    def digest(self) -> str:
        """sha256, in hex, of everything that the rulings say; empty where they say nothing."""
        if not self:
            return ""
        content = [
            sorted((*pair, is_match) for pair, is_match in self.matches.items()),
            sorted((*pair, relation.value) for pair, relation in self.relations.items()),
            sorted((*pair, *map(list, marks)) for pair, marks in self.reviewed.items()),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def pair_rulings(
    documents: tuple[str, str], units: tuple[Sequence[Unit], Sequence[Unit]], reviews: Iterable[Review]
) -> PairRulings:
    """Return what reviews of matches and relations say of a pair.

    A relation `none` and a rejected match say the same: the two are no counterparts.

    Parameters
    ----------
    documents : (str, str)
        sha256 of the left and the right document.
    units : (sequence of Unit, sequence of Unit)
    reviews : iterable of Review
        One per subject; those of other pairs are passed over. Later ones win where a match and a
        relation contradict each other.
    """
    matches: dict[tuple[str, str], bool] = {}
    relations: dict[tuple[str, str], Relation] = {}
    reviewed: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    applied, lost = [], []
    finders = _unit_finder(units[0]), _unit_finder(units[1])
    for review in sorted(reviews, key=lambda one: (one.made_at, one.subject.key)):
        subject = review.subject
        if subject.target not in (ReviewTarget.MATCH, ReviewTarget.RELATION):
            continue
        sides = (subject.document_id, subject.other_document_id)
        if sides not in (documents, documents[::-1]):
            continue
        is_flipped = sides != documents
        pair = _pair_of(review, finders[::-1] if is_flipped else finders)
        if pair is None:
            lost.append(review)
            continue
        applied.append(review)
        placed = pair[::-1] if is_flipped else pair
        after = json.loads(review.after)
        if subject.target is ReviewTarget.RELATION:
            relation = Relation(after["relation"])
            relations[placed] = INVERSE[relation] if is_flipped else relation
            if relation is Relation.NONE:
                matches[placed] = False
        else:
            matches[placed] = bool(after["is_match"])
            _enter_instead(after, is_flipped=is_flipped, matches=matches, reviewed=reviewed, review=review)
        reviewed[placed] = (*reviewed.get(placed, ()), (subject.target.value, review.reviewer))
    return PairRulings(matches, relations, reviewed, tuple(applied), tuple(lost))


def _enter_instead(
    after: Mapping[str, Any],
    *,
    is_flipped: bool,
    matches: dict[tuple[str, str], bool],
    reviewed: dict[tuple[str, str], tuple[tuple[str, str], ...]],
    review: Review,
) -> None:
    """The pair that a changed match puts in the place of the one found."""
    if "instead" not in after:
        return
    first, second = after["instead"]
    pair = (second, first) if is_flipped else (first, second)
    matches[pair] = True
    reviewed[pair] = (*reviewed.get(pair, ()), (ReviewTarget.MATCH.value, review.reviewer))


FindUnit = Callable[[str, str, str], str | None]


def _unit_finder(units: Sequence[Unit]) -> FindUnit:
    """The key of a unit by key and words; by words alone where its key is another's now."""
    by_key = {key: unit for unit in units for key in (unit.key, *unit.duplicates)}

    def find(key: str, eid: str, text_sha256: str) -> str | None:
        unit = by_key.get(key)
        if unit is not None and unit_sha256(unit) == text_sha256:
            return unit.key
        same = [each for each in units if unit_sha256(each) == text_sha256]
        near = [each for each in same if each.eid == eid] or same
        return near[0].key if len(near) == 1 else None

    return find


def _pair_of(review: Review, finders: tuple[FindUnit, FindUnit]) -> tuple[str, str] | None:
    subject = review.subject
    first = finders[0](subject.name, subject.eid, subject.text_sha256)
    second = finders[1](subject.other_name, subject.other_eid, subject.other_text_sha256)
    return None if first is None or second is None else (first, second)


def unit_sha256(unit: Unit) -> str:
    """sha256, in hex, of the words of a unit without white space."""
    return hashlib.sha256("".join(unit.text_unit.text.split()).encode()).hexdigest()


def ruled_relations(matches: Iterable[Match], rulings: PairRulings) -> tuple[Match, ...]:
    """Return the matches with the relations that people settled, and marked where they settled anything.

    ``equal`` leaves no field that differs; ``contrary`` makes the polarity opposite (of definitions: the
    meanings wholly apart), and any other relation takes an opposite polarity away. All else keeps the
    fields that the machine compared.
    """
    return tuple(_settled_match(match, rulings) for match in matches)


def _settled_match(match: Match, rulings: PairRulings) -> Match:
    pair = match.left_key, match.right_key
    marked = replace(match, reviewed=rulings.reviewed.get(pair, ()))
    relation = rulings.relations.get(pair)
    if relation is None or relation in (match.relation, Relation.NONE):
        return marked
    names = ", ".join(name for what, name in marked.reviewed if what == ReviewTarget.RELATION.value)
    words = relation.value.replace("_", " ")
    found = match.differences
    differs = tuple(name for name in match.differs if name != "polarity")
    if relation is Relation.EQUAL:
        differs, found = (), _without_distances(found)
    elif relation is Relation.CONTRARY:
        differs = ("polarity", *differs)
        found = replace(found, polarity=1.0, definition=None if found.definition is None else 1.0)
    else:
        found = replace(found, polarity=0.0)
    return replace(
        marked,
        relation=relation,
        differs=differs,
        differences=found,
        rationale=f"Reviewed by {names}: {words}. The machine said: {match.rationale}",
    )


def _without_distances(found: Differences) -> Differences:
    """The fields that apply, each without any distance."""
    return Differences(
        actor=_still(found.actor),
        action=_still(found.action),
        condition=_still(found.condition),
        recipient=_still(found.recipient),
        parameters=_still(found.parameters),
        definition=_still(found.definition),
    )


def _still(distance: float | None) -> float | None:
    return None if distance is None else 0.0
