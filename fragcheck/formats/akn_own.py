"""What fragcheck wrote into an Akoma Ntoso document of its own: places, warnings, tradition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fragcheck.errors import UnreadableInput
from fragcheck.formats.akn_names import OURS, from_xml_id
from fragcheck.formats.xml_input import Element
from fragcheck.records import DocumentKind, Notice, Provision, Span, Tradition

__all__ = ["OwnBlock", "own_block"]

_SIDES = 4


@dataclass(frozen=True, slots=True)
class OwnBlock:
    """The ``<proprietary>`` block of a document that fragcheck wrote."""

    sha256: str
    title: str
    language: str
    jurisdiction: str
    kind: DocumentKind
    status: str
    is_translation: bool
    tradition: Tradition
    is_forced: bool
    scores: tuple[tuple[str, float], ...]
    document_warnings: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    places: dict[str, tuple[tuple[Span, ...], tuple[Notice, ...]]]

    def completed(self, provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
        """Provisions with their places and warnings."""
        return tuple(
            replace(provision, spans=spans, warnings=notices)
            for provision in provisions
            for spans, notices in [self.places.get(provision.eid, ((), ()))]
        )


def own_block(root: Element, name: str) -> OwnBlock | None:
    """What the block of a document says; None for a document of others.

    Raises
    ------
    UnreadableInput
        Where the block is there and damaged.
    """
    source = next(iter(root.iter(f"{{{OURS}}}source")), None)
    if source is None:
        return None
    try:
        return _read(source, source.getparent())
    except (KeyError, ValueError) as error:
        raise UnreadableInput(
            f"{name}: its <proprietary> block of fragcheck is damaged ({error}); "
            "remove the block, or write the file again with fragcheck parse --format akn"
        ) from error


def _read(source: Element, block: Element) -> OwnBlock:
    notices = [(made.get("of"), _notice(made)) for made in block.iterchildren(f"{{{OURS}}}notice")]
    return OwnBlock(
        sha256=source.attrib["sha256"],
        title=source.attrib["title"],
        language=source.attrib["language"],
        jurisdiction=source.get("jurisdiction", ""),
        kind=DocumentKind(source.attrib["kind"]),
        status=source.get("status", ""),
        is_translation=source.get("translation") == "true",
        tradition=Tradition(source.attrib["tradition"]),
        is_forced=source.get("forced") == "true",
        scores=tuple(
            (made.attrib["tradition"], float(made.attrib["value"]))
            for made in block.iterchildren(f"{{{OURS}}}score")
        ),
        document_warnings=tuple(notice for owner, notice in notices if owner == "document"),
        warnings=tuple(notice for owner, notice in notices if owner == "segmentation"),
        places={
            from_xml_id(made.attrib["href"][1:]): (
                tuple(_span(place) for place in made.iterchildren(f"{{{OURS}}}span")),
                tuple(_notice(notice) for notice in made.iterchildren(f"{{{OURS}}}notice")),
            )
            for made in block.iterchildren(f"{{{OURS}}}provision")
        },
    )


def _span(made: Element) -> Span:
    sides = [float(side) for side in made.attrib["box"].split()]
    if len(sides) != _SIDES:
        raise ValueError(f"a box of four sides wanted, {made.attrib['box'][:60]!r} came")
    start, end = (int(place) for place in made.get("chars", "0 0").split())
    return Span(int(made.attrib["page"]), (sides[0], sides[1], sides[2], sides[3]), start, end)


def _notice(made: Element) -> Notice:
    page, href = made.get("page"), made.get("href")
    return Notice(
        made.attrib["code"],
        made.text or "",
        page=None if page is None else int(page),
        eid=None if href is None else from_xml_id(href[1:]),
    )
