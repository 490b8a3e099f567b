"""Registers over several documents as plain rows: requirements, definitions, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fragcheck.records import (
    Analysis,
    Definition,
    PairResult,
    Parameter,
    ParameterKind,
    Requirement,
    Stricter,
)

__all__ = [
    "DefinitionRow",
    "FigurePair",
    "FigureRow",
    "RegisterFilter",
    "RegisterRow",
    "definition_rows",
    "figure_pairs",
    "figure_rows",
    "filtered_register",
    "register_rows",
]

#: Kinds of quantities that say by when.
_WHEN = (ParameterKind.DURATION, ParameterKind.DATE)

#: Trigger of a duration that says how often rather than by when.
_REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A requirement with its place. `principles` holds the tags of its provision that are on."""

    document_id: str
    eid: str
    page: int | None
    requirement: Requirement
    principles: tuple[str, ...]

    @property
    def when(self) -> tuple[Parameter, ...]:
        """Quantities that say by when or how often."""
        return tuple(found for found in self.requirement.parameters if found.kind in _WHEN)

    @property
    def figures(self) -> tuple[Parameter, ...]:
        """All other quantities."""
        return tuple(found for found in self.requirement.parameters if found.kind not in _WHEN)

    @property
    def has_deadline(self) -> bool:
        """True where it says by when; a repetition alone is no deadline."""
        return any(found.trigger != _REPETITION for found in self.when)


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What a requirement must have. Within a field any of the values will do; empty fields do not filter.

    `due` is ``any``, ``with`` or ``without`` a deadline; all of `words` must stand in its words.
    """

    documents: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    due: str = "any"
    words: str = ""


def register_rows(analyses: Mapping[str, Analysis]) -> tuple[RegisterRow, ...]:
    """All requirements of the documents, by their ids, in the order of documents and texts."""
    rows = []
    for document_id, analysis in analyses.items():
        pages = {one.eid: one.page_start for one in analysis.segmentation.provisions}
        for note in analysis.annotations:
            tags = tuple(tag.principle for tag in (*note.tags, *note.sovereignty) if tag.is_on)
            rows += [
                RegisterRow(document_id, note.eid, pages.get(note.eid), found, tags)
                for found in note.requirements
            ]
    return tuple(rows)


def filtered_register(rows: Sequence[RegisterRow], wanted: RegisterFilter) -> tuple[RegisterRow, ...]:
    """The rows that pass, in their order."""
    words = wanted.words.casefold().split()
    return tuple(
        row
        for row in rows
        if (not wanted.documents or row.document_id in wanted.documents)
        and (not wanted.roles or row.requirement.actor_role in wanted.roles)
        and (not wanted.modalities or row.requirement.modality.value in wanted.modalities)
        and (not wanted.principles or set(row.principles) & set(wanted.principles))
        and (wanted.due == "any" or row.has_deadline == (wanted.due == "with"))
        and _says(row.requirement, words)
    )


def _says(requirement: Requirement, words: Sequence[str]) -> bool:
    if not words:
        return True
    said = f"{requirement.actor} {requirement.action} {requirement.recipient} {requirement.text}".casefold()
    return all(word in said for word in words)


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """A definition. Rows of the same `group` define the same term, or terms that were matched."""

    group: int
    document_id: str
    eid: str
    definition: Definition


def definition_rows(
    analyses: Mapping[str, Analysis], pairs: Sequence[PairResult] = ()
) -> tuple[DefinitionRow, ...]:
    """All definitions, those of one term side by side, terms in the order of the alphabet.

    Parameters
    ----------
    analyses : mapping of str to Analysis
        By document id.
    pairs : sequence of PairResult
        Definitions matched in them belong together too, in other words or languages.
    """
    found = [
        (document_id, note.eid, definition)
        for document_id, analysis in analyses.items()
        for note in analysis.annotations
        for definition in note.definitions
    ]
    leader = list(range(len(found)))

    def lead(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    first: dict[object, int] = {}
    for index, (document_id, eid, definition) in enumerate(found):
        for key in (_folded(definition.term), (document_id, eid, _folded(definition.term))):
            leader[lead(index)] = lead(first.setdefault(key, index))
    for left, right in _matched_terms(pairs):
        if left in first and right in first:
            leader[lead(first[right])] = lead(first[left])
    names: dict[int, str] = {}
    for index, (_, _, definition) in enumerate(found):
        name = names.get(lead(index), "")
        names[lead(index)] = min(name, _folded(definition.term)) if name else _folded(definition.term)
    order = {top: at for at, top in enumerate(sorted(names, key=lambda top: (names[top], top)))}
    rows = [DefinitionRow(order[lead(index)], *one) for index, one in enumerate(found)]
    return tuple(sorted(rows, key=lambda row: row.group))


def _matched_terms(pairs: Sequence[PairResult]) -> Iterable[tuple[object, object]]:
    """Keys of the definitions that are matched across documents."""
    for pair in pairs:
        left = {unit.key: unit for unit in pair.left_units}
        right = {unit.key: unit for unit in pair.right_units}
        for match in pair.matches:
            one, other = left.get(match.left_key), right.get(match.right_key)
            if one is None or other is None or one.definition is None or other.definition is None:
                continue
            yield (
                (pair.left, one.eid, _folded(one.definition.term)),
                (pair.right, other.eid, _folded(other.definition.term)),
            )


def _folded(term: str) -> str:
    return " ".join(term.casefold().strip(" '\"‘’“”„«»").split())


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A quantity with its place. `is_strictest` is None where that cannot be told.

    Rows with the same kind and trigger are compared where all documents that have
    one agree on the direction and the units can be converted.
    """

    kind: str
    trigger: str
    document_id: str
    eid: str
    page: int | None
    parameter: Parameter
    is_strictest: bool | None = None


def figure_rows(
    analyses: Mapping[str, Analysis], to_base: Callable[[Parameter], tuple[str, float]]
) -> tuple[FigureRow, ...]:
    """All quantities of requirements by kind and trigger, with the strictest of a group marked.

    Parameters
    ----------
    analyses : mapping of str to Analysis
        By document id.
    to_base : callable
        Family of a quantity's unit, and its value in the base unit of that family.
    """
    groups: dict[tuple[str, str], list[FigureRow]] = {}
    for row in register_rows(analyses):
        for found in row.requirement.parameters:
            trigger = " ".join(found.trigger.casefold().split())
            one = FigureRow(found.kind.value, trigger, row.document_id, row.eid, row.page, found)
            groups.setdefault((one.kind, trigger), []).append(one)
    order = [kind.value for kind in ParameterKind]
    rows: list[FigureRow] = []
    for key in sorted(groups, key=lambda key: (order.index(key[0]), not key[1], key[1])):
        rows += _ranked(groups[key], to_base)
    return tuple(rows)


def _ranked(group: list[FigureRow], to_base: Callable[[Parameter], tuple[str, float]]) -> list[FigureRow]:
    """The rows of one kind and trigger; only those of a named trigger are about the same thing."""
    directions = {row.parameter.stricter for row in group}
    families = {to_base(row.parameter)[0] for row in group}
    several = len({row.document_id for row in group}) > 1
    is_known = directions in ({Stricter.HIGHER}, {Stricter.LOWER})
    if not (several and is_known and len(families) == 1 and group[0].trigger):
        return group
    values = [to_base(row.parameter)[1] for row in group]
    best = max(values) if directions == {Stricter.HIGHER} else min(values)
    return [
        FigureRow(
            row.kind,
            row.trigger,
            row.document_id,
            row.eid,
            row.page,
            row.parameter,
            is_strictest=value == best,
        )
        for row, value in zip(group, values, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class FigurePair:
    """Two quantities of requirements that correspond.

    `stricter` is the id of the stricter document, empty where neither is or it cannot be told.
    """

    kind: str
    left: str
    left_eid: str
    left_words: str
    right: str
    right_eid: str
    right_words: str
    distance: float
    stricter: str
    action: str


def figure_pairs(pairs: Sequence[PairResult]) -> tuple[FigurePair, ...]:
    """Quantities of matched requirements that both sides have, the most different first."""
    found = []
    for pair in pairs:
        units = {unit.key: unit for unit in pair.left_units}
        for match in pair.matches:
            unit = units.get(match.left_key)
            action = unit.requirement.action if unit is not None and unit.requirement is not None else ""
            found += [
                FigurePair(
                    one.kind,
                    pair.left,
                    match.left,
                    one.left,
                    pair.right,
                    match.right,
                    one.right,
                    one.distance,
                    pair.left if one.signed > 0 else pair.right if one.signed < 0 else "",
                    action,
                )
                for one in match.differences.parameter_pairs
                if one.left and one.right
            ]
    return tuple(sorted(found, key=lambda one: (-one.distance, one.kind, one.left_words)))
