"""Finished units as provisions: names, joined texts, context, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fragcheck.nlp.leads import lead_in
from fragcheck.records import Provision, ProvisionKind, Span, TableCell, cell_offsets, table_text
from fragcheck.segment.eids import Namer
from fragcheck.segment.flow import Joiner
from fragcheck.segment.grammar import Grammar
from fragcheck.segment.units import Fragment, Unit

__all__ = ["provisions_of"]

_BRACKETS = (("(", ")"), ("（", "）"), ("【", "】"), ("〔", "〕"))


def provisions_of(
    units: Sequence[Unit], joiner: Joiner, grammar: Grammar, language: str
) -> dict[int, Provision]:
    """Provisions in document order, by ``id`` of their unit.

    Parameters
    ----------
    units : sequence of Unit
        In document order, parents before children.
    joiner : Joiner
    grammar : Grammar
        Says which lead-ins introduce text of another law.
    language : str
        ISO 639-1 code, put into each provision.
    """
    namer = Namer()
    names: dict[int, str] = {}
    contexts: dict[int, str] = {}
    quoting: set[int] = set()
    provisions: dict[int, Provision] = {}
    for unit in units:
        parent = None if unit.parent is None else id(unit.parent)
        names[id(unit)] = namer.name(unit, names)
        label, label_spans = joiner.join(unit.label)
        heading, heading_spans = joiner.join(unit.heading)
        heading = _bare_heading(heading) if unit.level is not None else heading
        text, text_spans, cells = _words(unit, joiner)
        is_quoted = unit.is_quoted or parent in quoting
        if is_quoted or _quotes(unit, text, grammar):
            quoting.add(id(unit))
        above = "" if parent is None else contexts[parent]
        own = [part for part in (above, heading, _lead_in(unit, text, joiner)) if part]
        contexts[id(unit)] = " > ".join(own)
        provisions[id(unit)] = Provision(
            eid=names[id(unit)],
            kind=unit.kind,
            num=label,
            heading=heading,
            text=text,
            context=above,
            parent=None if parent is None else names[parent],
            spans=(*_unplaced(label_spans), *_unplaced(heading_spans), *text_spans),
            language=language,
            is_quoted=is_quoted,
            cells=cells,
        )
    return provisions


def _words(unit: Unit, joiner: Joiner) -> tuple[str, tuple[Span, ...], tuple[TableCell, ...]]:
    """Text of a unit, where it is printed, and its cells where it is a table."""
    if not unit.cells:
        return (*joiner.join(unit.text), ())
    cells: list[TableCell] = []
    places: list[tuple[Span, ...]] = []
    for each in unit.cells:
        place = each.place
        text, printed = joiner.join(each.fragments)
        bbox = None if each.page is None else place.bbox
        cells.append(
            TableCell(place.row, place.column, text, each.page, bbox, place.row_span, place.column_span)
        )
        places.append(printed)
    spans = [
        replace(span, start=span.start + offset, end=span.end + offset)
        for offset, printed in zip(cell_offsets(cells), places, strict=True)
        for span in printed
    ]
    return table_text(cells), tuple(spans), tuple(cells)


def _quotes(unit: Unit, text: str, grammar: Grammar) -> bool:
    """Whether a section introduces text of another law ("is amended to read:")."""
    is_section = unit.kind is ProvisionKind.SECTION
    return is_section and grammar.quoting is not None and grammar.quoting.search(text) is not None


def _lead_in(unit: Unit, text: str, joiner: Joiner) -> str:
    """What a unit says before its children; the last sentence of it where it is long."""
    if not unit.children or not text:
        return ""
    first = min(child.row for child in unit.children)
    lead: list[Fragment] = [fragment for fragment in unit.text if fragment.row <= first]
    said = text if len(lead) == len(unit.text) else joiner.join(lead)[0]
    return lead_in(said)


def _bare_heading(heading: str) -> str:
    """A heading without the brackets and points that set it off from number and text."""
    bare = heading.strip(" \u2003.:：—–-`´_")
    for opening, closing in _BRACKETS:
        inner = bare[1:-1]
        is_wrapped = bare.startswith(opening) and bare.endswith(closing)
        if is_wrapped and opening not in inner and closing not in inner:
            return inner.strip()
    return bare


def _unplaced(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of a number or heading: they hold no characters of the text."""
    return tuple(Span(span.page, span.bbox) for span in spans)
