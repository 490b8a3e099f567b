"""What a document is: by the catalogue where it is one of its instruments, else by its own words."""

from __future__ import annotations

from dataclasses import replace

from fragcheck.catalogue import Instrument, commencing_as, load_catalogue, recognised
from fragcheck.records import Document, DocumentKind
from fragcheck.segment import Nature, nature_of

__all__ = ["described", "instrument_of"]

#: What the catalogue counts orders of the executive as, by what they bind.
_ORDERS = frozenset({"law", "soft_law"})


def instrument_of(document: Document) -> Instrument | None:
    """The instrument of the catalogue that a described document is a copy of; None where it is none."""
    if document.instrument:
        return load_catalogue().get(document.instrument)
    return _verified(document)


def described(document: Document, language: str) -> Document:
    """The document with its title, kind, status, instrument and whether it is a translation.

    Parameters
    ----------
    document : Document
        With its lines.
    language : str
        ISO 639-1 code of its text.
    """
    nature = nature_of(document, language)
    document = replace(document, title=nature.title, kind=nature.kind, is_translation=nature.is_translation)
    instrument = _verified(document)
    if instrument is None:
        instrument = recognised(nature.title, nature.opening) or _commencing(nature)
        if instrument is None or not _agrees(instrument, nature.kind):
            return document
    return replace(
        document,
        kind=document.kind if document.kind is DocumentKind.ORDER else DocumentKind(instrument.kind),
        status=instrument.status,
        instrument=instrument.id,
        jurisdiction=document.jurisdiction or instrument.jurisdiction,
        is_translation=document.is_translation or "translation" in instrument.note.lower(),
    )


def _commencing(nature: Nature) -> Instrument | None:
    """The law that a text without the number of one is by its name, country and first day."""
    return commencing_as(nature.title if nature.has_title else "", nature.opening, nature.closing)


def _verified(document: Document) -> Instrument | None:
    return next((each for each in load_catalogue() if each.sha256 == document.id), None)


def _agrees(instrument: Instrument, kind: DocumentKind) -> bool:
    """A draft bears the name of the law that it became, and is none: its own words decide."""
    if kind is DocumentKind.ORDER:
        return instrument.kind in _ORDERS
    return kind is DocumentKind.UNKNOWN or kind.value == instrument.kind
