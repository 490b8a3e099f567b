"""A document as Akoma Ntoso, with what the catalogue knows of the law."""

from __future__ import annotations

import dataclasses

from fragcheck.catalogue import Instrument, load_catalogue
from fragcheck.formats import AknWork, write_akn
from fragcheck.records import Document, DocumentKind, Segmentation

__all__ = ["akoma_ntoso"]

_KINDS = {
    "law": DocumentKind.LAW,
    "bill": DocumentKind.BILL,
    "treaty": DocumentKind.TREATY,
    "soft_law": DocumentKind.SOFT_LAW,
    "standard": DocumentKind.SOFT_LAW,
}
_COUNTRY_LENGTH = 2


def akoma_ntoso(document: Document, segmentation: Segmentation) -> bytes:
    """Return the provisions as Akoma Ntoso 3.0 in UTF-8.

    A file that is the verified copy of an instrument of the catalogue, told by its sha256, gets
    the instrument's jurisdiction, date of adoption, identifier and legal nature.
    """
    instrument = next((each for each in load_catalogue() if each.sha256 == document.id), None)
    if instrument is None:
        return write_akn(document, segmentation)
    known = dataclasses.replace(document, jurisdiction=instrument.jurisdiction, kind=_KINDS[instrument.kind])
    return write_akn(known, segmentation, _work(instrument))


def _work(instrument: Instrument) -> AknWork:
    """The ids of the catalogue begin with the code of the country, or of an organisation."""
    country = instrument.id.partition("-")[0]
    return AknWork(
        country=country if len(country) == _COUNTRY_LENGTH else "xx",
        date="" if instrument.adopted is None else instrument.adopted.isoformat(),
        name=instrument.id,
        number=instrument.identifier,
    )
