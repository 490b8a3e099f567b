"""A document as Akoma Ntoso, with what the catalogue knows of the law."""

from __future__ import annotations

from fragcheck.catalogue import Instrument
from fragcheck.formats import AknWork, write_akn
from fragcheck.pipeline.nature import instrument_of
from fragcheck.records import Document, Segmentation

__all__ = ["akoma_ntoso"]

_COUNTRY_LENGTH = 2


def akoma_ntoso(document: Document, segmentation: Segmentation) -> bytes:
    """Return the provisions as Akoma Ntoso 3.0 in UTF-8.

    A file that is the verified copy of an instrument of the catalogue, told by its sha256, gets
    the instrument's country, date of adoption and identifier.
    """
    instrument = instrument_of(document)
    return write_akn(document, segmentation, None if instrument is None else _work(instrument))


def _work(instrument: Instrument) -> AknWork:
    """The ids of the catalogue begin with the code of the country, or of an organisation."""
    country = instrument.id.partition("-")[0]
    return AknWork(
        country=country if len(country) == _COUNTRY_LENGTH else "xx",
        date="" if instrument.adopted is None else instrument.adopted.isoformat(),
        name=instrument.id,
        number=instrument.identifier,
    )
