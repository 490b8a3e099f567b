"""Metadata of an Akoma Ntoso document: the FRBR levels, and what only fragcheck says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fragcheck.formats.akn_names import AKN, OURS, load_vocabulary, to_xml_id, writable
from fragcheck.formats.xml_input import Element
from fragcheck.records import Document, Notice, Provision, Segmentation
from fragcheck.version import __version__

__all__ = ["UNKNOWN_DATE", "AknWork", "add_meta"]

#: The schema wants a date; this one, named "unknown", says that none is known.
UNKNOWN_DATE = "0001-01-01"
_NAME = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class AknWork:
    """What is known of a law as such, whatever its language and file.

    Parameters
    ----------
    country : str
        ISO 3166-1 code in lower case, or ``eu``; ``xx`` where it is not known.
    date : str
        Of its adoption, ``YYYY-MM-DD``; empty where it is not known.
    name : str
        Short name for its address; made of the document's hash where it is empty.
    number : str
        Official number or identifier.
    """

    country: str = "xx"
    date: str = ""
    name: str = ""
    number: str = ""


def add_meta(
    above: Element,
    document: Document,
    segmentation: Segmentation | None,
    work: AknWork,
    *,
    component: str = "",
) -> None:
    """Append ``<meta>`` to a document element.

    Parameters
    ----------
    above : Element
    document : Document
    segmentation : Segmentation or None
        None for a part of a document: its places stand with the whole.
    work : AknWork
    component : str
        eId of an attachment; empty for the whole.
    """
    meta = _sub(above, "meta")
    _identification(meta, document, work, component)
    if segmentation is None:
        return
    references = _sub(meta, "references", source="#fragcheck")
    _sub(
        references, "TLCOrganization", eId="fragcheck", showAs=f"fragcheck {__version__}",
        href="/akn/ontology/organization/fragcheck",
    )  # fmt: skip
    _sub(
        references, "TLCOrganization", eId="issuer", showAs=document.jurisdiction or "unknown",
        href=f"/akn/ontology/organization/{work.country}/issuer",
    )  # fmt: skip
    _proprietary(meta, document, segmentation)


def _identification(meta: Element, document: Document, work: AknWork, component: str) -> None:
    vocabulary = load_vocabulary()
    language = vocabulary.language.get(document.language, "und")
    date, date_name = (work.date, "adoption") if work.date else (UNKNOWN_DATE, "unknown")
    name = _NAME.sub("-", work.name.lower()).strip("-") or document.id[:16] or "document"
    uri = f"/akn/{work.country}/act/{date}/{name}"
    spoken = f"{uri}/{language}@{date}"
    part = f"/!{component}" if component else "/!main"
    identification = _sub(meta, "identification", source="#fragcheck")
    levels = (("FRBRWork", uri, ""), ("FRBRExpression", spoken, ""), ("FRBRManifestation", spoken, ".xml"))
    for level, address, suffix in levels:
        made = _sub(identification, level)
        _sub(made, "FRBRthis", value=f"{address}{part}{suffix}")
        _sub(made, "FRBRuri", value=f"{address}{suffix}")
        if level == "FRBRWork" and document.title:
            _sub(made, "FRBRalias", name="title", value=writable(document.title))
        _sub(made, "FRBRdate", date=date, name=date_name)
        author = "#fragcheck" if level == "FRBRManifestation" else "#issuer"
        _sub(made, "FRBRauthor", href=author)
        if level == "FRBRWork":
            _sub(made, "FRBRcountry", value=work.country)
            if work.number:
                _sub(made, "FRBRnumber", value=work.number)
            _sub(made, "FRBRname", value=name)
        elif level == "FRBRExpression":
            _sub(made, "FRBRlanguage", language=language)


def _proprietary(meta: Element, document: Document, segmentation: Segmentation) -> None:
    """Where each provision is printed, warnings, and how the provisions were found."""
    block = _sub(meta, "proprietary", source="#fragcheck")
    source = _own(
        block, "source", sha256=document.id, title=document.title, language=segmentation.language,
        tradition=segmentation.tradition.value, kind=document.kind.value,
    )  # fmt: skip
    if document.jurisdiction:
        source.set("jurisdiction", writable(document.jurisdiction))
    if document.status:
        source.set("status", writable(document.status))
    if document.is_translation:
        source.set("translation", "true")
    if segmentation.is_forced:
        source.set("forced", "true")
    for name, score in segmentation.tradition_scores:
        _own(block, "score", tradition=name, value=repr(score))
    for owner, notices in (("document", document.warnings), ("segmentation", segmentation.warnings)):
        for notice in notices:
            _notice(block, notice, owner=owner)
    for provision in segmentation.provisions:
        if provision.spans or provision.warnings:
            _places(_own(block, "provision", href=f"#{to_xml_id(provision.eid)}"), provision)


def _places(made: Element, provision: Provision) -> None:
    for span in provision.spans:
        box = " ".join(repr(side) for side in span.bbox)
        place = _own(made, "span", page=str(span.page), box=box)
        if span.start or span.end:
            place.set("chars", f"{span.start} {span.end}")
    for notice in provision.warnings:
        _notice(made, notice)


def _notice(above: Element, notice: Notice, owner: str = "") -> None:
    made = _own(above, "notice", code=notice.code)
    made.text = writable(notice.message)
    if owner:
        made.set("of", owner)
    if notice.page is not None:
        made.set("page", str(notice.page))
    if notice.eid is not None:
        made.set("href", f"#{to_xml_id(notice.eid)}")


def _sub(above: Element, tag: str, **attributes: str) -> Element:
    from lxml import etree

    return etree.SubElement(above, f"{{{AKN}}}{tag}", **attributes)


def _own(above: Element, tag: str, **attributes: str) -> Element:
    from lxml import etree

    return etree.SubElement(
        above, f"{{{OURS}}}{tag}", **{key: writable(value) for key, value in attributes.items()}
    )
