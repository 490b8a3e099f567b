"""What a document is: by the catalogue where it is a file of it, else by its own words."""

from __future__ import annotations

from dataclasses import replace

from fragcheck.catalogue import Instrument, load_catalogue
from fragcheck.records import Document, DocumentKind
from fragcheck.segment import nature_of

__all__ = ["described", "instrument_of"]


def instrument_of(document: Document) -> Instrument | None:
    """The instrument of the catalogue whose verified copy a file is, told by its sha256."""
    return next((each for each in load_catalogue() if each.sha256 == document.id), None)


def described(document: Document, language: str) -> Document:
    """The document with its title, kind, status and whether it is a translation.

    Parameters
    ----------
    document : Document
        With its lines.
    language : str
        ISO 639-1 code of its text.
    """
    nature = nature_of(document, language)
    document = replace(document, title=nature.title, kind=nature.kind, is_translation=nature.is_translation)
    instrument = instrument_of(document)
    if instrument is None:
        return document
    kind = DocumentKind(instrument.kind)
    return replace(
        document,
        # The catalogue counts orders of the executive as law or guidance, by what they bind.
        kind=document.kind if document.kind is DocumentKind.ORDER else kind,
        status=instrument.status,
        jurisdiction=document.jurisdiction or instrument.jurisdiction,
        is_translation=document.is_translation or "translation" in instrument.note.lower(),
    )
