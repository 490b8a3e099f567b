"""The contents of a document as rows of a tree, and which of them a reader asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fragcheck.records import CORRECTED, Analysis, Annotation, Provision

__all__ = [
    "OutlineRow",
    "ProvisionFilter",
    "below",
    "facets",
    "kept_eids",
    "neighbours",
    "outline_rows",
    "short_label",
]

#: Characters of a label in the tree: more would be cut off by its column anyway.
_LABEL = 90


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A provision in the contents tree.

    `depth` counts from 0; `is_asked` is False for ancestors that are shown only
    because something below them is asked for.
    """

    eid: str
    depth: int
    label: str
    page: int | None
    warnings: tuple[str, ...]
    is_asked: bool
    is_corrected: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class ProvisionFilter:
    """What a provision must have. Within a field any of the values will do; all fields must hold.

    Parameters
    ----------
    words : str
        All of them must stand in eid, number, heading or text, in any order and case.
    tags : tuple of str
        Principles or control points that are on.
    types : tuple of str
        Provision types.
    roles : tuple of str
        Classes of the actor of a requirement.
    is_warned : bool
        Only provisions with a warning.
    """

    words: str = ""
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    is_warned: bool = False

    @property
    def is_open(self) -> bool:
        """True where everything passes."""
        return not (self.words.strip() or self.tags or self.types or self.roles or self.is_warned)


def warnings_by_eid(analysis: Analysis) -> dict[str, tuple[str, ...]]:
    """Messages of the warnings that concern a provision, its own ones and those of the segmentation."""
    found: dict[str, list[str]] = {}
    for notice in analysis.segmentation.warnings:
        if notice.eid is not None:
            found.setdefault(notice.eid, []).append(notice.message)
    for provision in analysis.segmentation.provisions:
        for notice in provision.warnings:
            if notice.code != CORRECTED:
                found.setdefault(provision.eid, []).append(notice.message)
    return {eid: tuple(dict.fromkeys(messages)) for eid, messages in found.items()}


def kept_eids(analysis: Analysis, wanted: ProvisionFilter) -> tuple[str, ...]:
    """Provisions that pass the filter, in document order."""
    provisions = analysis.segmentation.provisions
    if wanted.is_open:
        return tuple(provision.eid for provision in provisions)
    notes = {note.eid: note for note in analysis.annotations}
    warned = warnings_by_eid(analysis) if wanted.is_warned else {}
    words = wanted.words.casefold().split()
    return tuple(
        provision.eid
        for provision in provisions
        if (not wanted.is_warned or provision.eid in warned)
        and _says(provision, words)
        and _bears(notes.get(provision.eid), wanted)
    )


def _says(provision: Provision, words: list[str]) -> bool:
    if not words:
        return True
    said = f"{provision.eid} {provision.num} {provision.heading} {provision.text}".casefold()
    return all(word in said for word in words)


def _bears(note: Annotation | None, wanted: ProvisionFilter) -> bool:
    if not (wanted.tags or wanted.types or wanted.roles):
        return True
    if note is None:
        return False
    tags = {tag.principle for tag in (*note.tags, *note.sovereignty) if tag.is_on}
    roles = {requirement.actor_role for requirement in note.requirements}
    return (
        (not wanted.tags or bool(tags & set(wanted.tags)))
        and (not wanted.types or note.provision_type.value in wanted.types)
        and (not wanted.roles or bool(roles & set(wanted.roles)))
    )


def outline_rows(analysis: Analysis, asked: tuple[str, ...]) -> tuple[OutlineRow, ...]:
    """Rows of the tree in document order: the provisions asked for and their ancestors."""
    provisions = {provision.eid: provision for provision in analysis.segmentation.provisions}
    warned = warnings_by_eid(analysis)
    wanted = set(asked)
    shown = set(wanted)
    for eid in asked:
        shown.update(_ancestors(provisions, eid))
    depths: dict[str, int] = {}
    rows = []
    for eid, provision in provisions.items():
        depths[eid] = depths.get(provision.parent, -1) + 1 if provision.parent is not None else 0
        if eid in shown:
            rows.append(
                OutlineRow(
                    eid,
                    depths[eid],
                    short_label(provision),
                    provision.page_start,
                    warned.get(eid, ()),
                    eid in wanted,
                    any(notice.code == CORRECTED for notice in provision.warnings),
                    provision.is_quoted,
                )
            )
    return tuple(rows)


def _ancestors(provisions: Mapping[str, Provision], eid: str) -> list[str]:
    found: list[str] = []
    above = provisions[eid].parent
    while above is not None and above in provisions and above not in found:
        found.append(above)
        above = provisions[above].parent
    return found


def short_label(provision: Provision) -> str:
    """Number and heading; where there is no heading, number and the first words of the text."""
    words = provision.heading.strip() or provision.text[: _LABEL + 1]
    label = " ".join(f"{provision.num} {words}".split()) or provision.eid
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"


def neighbours(asked: tuple[str, ...], order: Mapping[str, int], eid: str) -> tuple[str, str, int]:
    """Provision before and after `eid` among those asked for, and its place there, from 1.

    A provision that is not asked for itself has place 0; its neighbours are those around it.
    An empty name stands for none.
    """
    if eid in asked:
        at = asked.index(eid)
        before = asked[at - 1] if at > 0 else ""
        after = asked[at + 1] if at + 1 < len(asked) else ""
        return before, after, at + 1
    here = order.get(eid, -1)
    before = next((one for one in reversed(asked) if order[one] < here), "")
    after = next((one for one in asked if order[one] > here), "")
    return before, after, 0


def below(analysis: Analysis, eid: str, limit: int) -> tuple[tuple[tuple[int, Provision], ...], int]:
    """Provisions under `eid` in document order with their depth under it (from 1), at most `limit`.

    The second value is how many there are in all.
    """
    depths = {eid: 0}
    found: list[tuple[int, Provision]] = []
    for provision in analysis.segmentation.provisions:
        if provision.parent in depths:
            depths[provision.eid] = depths[provision.parent] + 1
            found.append((depths[provision.eid], provision))
    return tuple(found[:limit]), len(found)


def facets(analysis: Analysis) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Principles and control points, provision types and actor roles that the document has.

    Tags stand in the taxonomy's order, types and roles with the most frequent first.
    """
    tags: dict[str, int] = {}
    types: dict[str, int] = {}
    roles: dict[str, int] = {}
    for note in analysis.annotations:
        for tag in (*note.tags, *note.sovereignty):
            tags[tag.principle] = tags.get(tag.principle, 0) + tag.is_on
        types[note.provision_type.value] = types.get(note.provision_type.value, 0) + 1
        for requirement in note.requirements:
            if requirement.actor_role:
                roles[requirement.actor_role] = roles.get(requirement.actor_role, 0) + 1
    return tuple(name for name, n in tags.items() if n), _by_count(types), _by_count(roles)


def _by_count(counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
