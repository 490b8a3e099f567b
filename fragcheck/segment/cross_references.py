"""Cross-references of a document: what its provisions name, resolved to its own eids and to other laws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fragcheck.catalogue.citations import cited_instrument
from fragcheck.records import Provision, Reference, Segmentation
from fragcheck.segment.citations import Citation, Path, Place
from fragcheck.segment.grammar import load_styles
from fragcheck.segment.reference_grammar import ReferenceGrammar, load_reference_grammar
from fragcheck.segment.reference_index import DocumentIndex, plain_number
from fragcheck.segment.reference_parser import find_citations

__all__ = ["find_references"]

_THAT = "="
#: Characters of a name of a law that are kept.
_LONGEST_LAW = 160


def find_references(segmentation: Segmentation) -> tuple[Reference, ...]:
    """Cross-references of a document in document order.

    Parameters
    ----------
    segmentation : Segmentation

    Returns
    -------
    tuple of Reference
        Of recitals too: those that name an article are how recitals are linked to articles.
        Languages without data yield none.

    Notes
    -----
    Relative citations ("paragraph 3", 前款) are resolved from the unit that they stand in
    outwards. Text quoted from another law is resolved within the quotation only.
    """
    index: dict[bool, DocumentIndex] = {}
    found: list[Reference] = []
    reader = _Reader({provision.eid: provision for provision in segmentation.provisions})
    for provision in segmentation.provisions:
        grammar = load_reference_grammar(provision.language or segmentation.language)
        if grammar is None or not provision.text:
            continue
        if grammar.is_first_meant not in index:
            index[grammar.is_first_meant] = DocumentIndex(
                segmentation.provisions, is_first_meant=grammar.is_first_meant
            )
        found.extend(reader.read(provision, grammar, index[grammar.is_first_meant]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Amended:
    """The law that the items of a provision amend, and the article of it if one is named."""

    law: str
    places: tuple[Place, ...] = ()


class _Reader:
    """Reads provisions in order; remembers the law and the unit named last in an article."""

    def __init__(self, provisions: Mapping[str, Provision]) -> None:
        self._provisions = provisions
        self._basic = ""
        self._law = ""
        self._last: Path = ()
        self._amended: dict[str, _Amended] = {}

    def read(
        self, provision: Provision, grammar: ReferenceGrammar, index: DocumentIndex
    ) -> Iterable[Reference]:
        """References of one provision."""
        basic = provision.eid.partition("__")[0]
        if basic != self._basic:
            self._basic, self._law, self._last = basic, "", ()
        amended = self._amended_around(provision)
        for citation in find_citations(provision.text, grammar):
            law = self._law if citation.law == _THAT else citation.law
            if law:
                self._law = law
            places = tuple(self._known(place) for place in citation.places)
            if places:
                self._last = places[-1].path
            if not law and citation.law != _THAT:
                inside = _inside(provision, citation, places, index)
                meant = None if self._is_printed(inside) else _in_amended(amended, citation, places)
                if meant is None:
                    yield inside
                    continue
                law, places = meant.law, meant.places
            if law and not provision.is_quoted and grammar.amending.search(provision.text, citation.end):
                self._amended[provision.eid] = _Amended(law, places)
            yield _outside(provision, citation, places, law, grammar)

    def _amended_around(self, provision: Provision) -> _Amended | None:
        """What the nearest unit around a provision amends; None for text that is quoted."""
        above = None if provision.is_quoted else provision.parent
        while above is not None:
            if above in self._amended:
                return self._amended[above]
            above = self._provisions[above].parent if above in self._provisions else None
        return None

    def _is_printed(self, reference: Reference) -> bool:
        """Whether a citation names text of another law that this document prints."""
        targets = [self._provisions[eid] for eid in reference.targets]
        return bool(targets) and not reference.reason and all(target.is_quoted for target in targets)

    def _known(self, place: Place) -> Place:
        """A place with "the same article" put in full."""
        head = place.path[0]
        if head.relation != "same" or head.unit is None:
            return place
        rank = head.unit.rank
        kept = tuple(step for step in self._last if step.unit is not None and step.unit.rank <= rank)
        return Place((*kept, *place.path[1:])) if kept else place


def _in_amended(amended: _Amended | None, citation: Citation, places: Sequence[Place]) -> _Amended | None:
    """What a citation names in the law that is amended; None where it means the law that it stands in.

    An article is named by its number, and what has none of its own by the article that is amended.
    """
    heads = [place.path[0] for place in places]
    if amended is None or citation.is_own or any(head.relation for head in heads):
        return None
    are_roots = [head.unit is not None and head.unit.is_root for head in heads]
    if all(are_roots) and all(head.number for head in heads):
        return _Amended(amended.law, tuple(places))
    return amended if amended.places and not any(are_roots) else None


def _reference(provision: Provision, citation: Citation) -> Reference:
    text = provision.text[citation.start : citation.end]
    return Reference(provision.eid, citation.start, citation.end, text)


def _inside(
    provision: Provision, citation: Citation, places: Sequence[Place], index: DocumentIndex
) -> Reference:
    targets: dict[str, None] = {}
    missing: list[str] = []
    for place in places:
        first = index.resolve(place.path, provision)
        last = None if place.last is None else index.resolve(place.last, provision)
        if first is None or (place.last is not None and last is None):
            missing.append(_named(place.path if first is None else place.last or place.path))
        elif last is None:
            targets[first.eid] = None
        else:
            targets.update(dict.fromkeys(index.between(first, last) or (first.eid, last.eid)))
    what = "text of another law is quoted here, and it" if provision.is_quoted else "the document"
    reason = f"{what} has no {', '.join(missing[:3])}" if missing else ""
    made = _reference(provision, citation)
    return Reference(made.eid, made.start, made.end, made.text, tuple(targets), reason=reason)


def _outside(
    provision: Provision,
    citation: Citation,
    places: Sequence[Place],
    law: str,
    grammar: ReferenceGrammar,
) -> Reference:
    made = _reference(provision, citation)
    instrument = cited_instrument(law) if law else ""
    paths = [_eid_like(path, grammar) for place in places for path in (place.path, place.last) if path]
    reason = ""
    if not law:
        reason = "no other law is named before"
    elif not instrument:
        reason = "the law is not in the catalogue"
    return Reference(
        made.eid, made.start, made.end, made.text,
        law=law[:_LONGEST_LAW], instrument=instrument, paths=tuple(dict.fromkeys(paths)), reason=reason,
    )  # fmt: skip


def _eid_like(path: Path, grammar: ReferenceGrammar) -> str:
    """A place in another law, named as eids are: kinds of bracketed numbers by their depth."""
    prefixes = load_styles().eid
    parts: list[str] = []
    depth = 0
    for step in path:
        number = plain_number(step.number.strip("()")) or (str(step.ordinal) if step.ordinal > 0 else "")
        if step.unit is not None:
            kind = step.unit.kinds[0]
            depth = grammar.depths.index(kind) + 1 if kind in grammar.depths else depth
        else:
            kind = grammar.depths[min(depth, len(grammar.depths) - 1)]
            depth += 1
        parts.append(f"{prefixes[kind]}_{number}" if number else prefixes[kind])
    return "__".join(parts)


def _named(path: Path) -> str:
    """A place in words for the reason why it was not found."""
    return " ".join(
        f"{step.unit.kinds[0].value} {step.number or step.relation or step.ordinal}"
        if step.unit is not None
        else f"({step.number})"
        for step in path
    )
