"""The catalogue of real instruments: what they are, and where their publishers keep them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from fragcheck.catalogue.addresses import is_allowed_address
from fragcheck.catalogue.places import corpora_folder
from fragcheck.errors import CatalogueError

__all__ = ["Catalogue", "Instrument", "load_catalogue"]


def _checked_address(address: str) -> str:
    if not is_allowed_address(address):
        message = f"an https address wanted, {address!r} came"
        raise ValueError(message)
    return address


Address = Annotated[str, AfterValidator(_checked_address)]
Text = Annotated[str, Field(min_length=1, pattern=r"^\S(?s:.*\S)?$")]


class Instrument(BaseModel):
    """A law, bill, treaty, soft law or standard.

    Parameters
    ----------
    id : str
        Short name in lower case, with hyphens: ``eu-ai-act``.
    title : str
        Official title, in English where there is an official or common translation.
    short_name : str
    names : tuple of str
        Other official titles, in the languages of the texts.
    jurisdiction : str
        Country, state, union or organisation.
    kind : {"law", "bill", "soft_law", "treaty", "standard"}
    status : str
        ``in_force`` (a law that binds, or a soft law or standard in use), ``adopted``
        (not yet in force), ``proposed``, ``repealed``, ``vetoed``, ``lapsed``, ``replaced``.
    language : tuple of str
        ISO 639-1 codes of the texts at the address.
    url : str
        The publisher's page or file, https.
    pdf_url : str or None
        The publisher's PDF where `url` is a page.
    identifier : str
        ELI, CELEX, treaty series, bill number or the like; empty where there is none.
    adopted, in_force, applies, ended : date or None
        Only what is certain; None is "not recorded", never "not yet".
    licence : str
        What the publisher says of re-use, in short.
    sha256 : str or None
        Of an official copy that was verified.
    note : str
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    short_name: Text
    names: tuple[Text, ...] = ()
    jurisdiction: Text
    kind: Literal["law", "bill", "soft_law", "treaty", "standard"]
    status: Literal["in_force", "adopted", "proposed", "repealed", "vetoed", "lapsed", "replaced"]
    language: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...], Field(min_length=1)]
    url: Address
    pdf_url: Address | None = None
    identifier: str = ""
    adopted: dt.date | None = None
    in_force: dt.date | None = None
    applies: dt.date | None = None
    ended: dt.date | None = None
    licence: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _check_dates(self) -> Self:
        order = [day for day in (self.adopted, self.in_force, self.ended) if day is not None]
        if order != sorted(order):
            message = "the dates adopted, in_force and ended must follow each other"
            raise ValueError(message)
        return self

    @property
    def download_url(self) -> str:
        """Address of the PDF: `pdf_url`, or `url` where that is the file itself."""
        return self.pdf_url or self.url


class Catalogue:
    """Instruments in the order of their file; ids are unique."""

    def __init__(self, instruments: tuple[Instrument, ...]) -> None:
        self._instruments = instruments
        self._by_id = {instrument.id: instrument for instrument in instruments}

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self._instruments)

    def __len__(self) -> int:
        return len(self._instruments)

    def get(self, identifier: str) -> Instrument:
        """Instrument by its id.

        Raises
        ------
        CatalogueError
            If there is none; the message names the closest ids.
        """
        if identifier in self._by_id:
            return self._by_id[identifier]
        from difflib import get_close_matches

        close = get_close_matches(identifier, self._by_id, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "see `fragcheck corpus list`"
        message = f"catalogue: the id of an instrument wanted, {identifier!r} came; {hint}"
        raise CatalogueError(message)

    def search(self, text: str) -> tuple[Instrument, ...]:
        """Instruments that hold every word of `text`, in any case, in the order of the catalogue.

        Looks at id, titles, jurisdiction, kind, status, languages and identifier.
        """
        words = text.casefold().split()
        return tuple(each for each in self if all(word in _searched(each) for word in words))


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read and check a catalogue.

    Parameters
    ----------
    path : pathlib.Path, optional
        A TOML file of ``[[instrument]]`` tables; the shipped one by default.

    Returns
    -------
    Catalogue

    Raises
    ------
    CatalogueError
        If the file is missing or is no TOML, or an entry is wrong: the message names
        the file, the entry and the field.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Catalogue:
    return _read(corpora_folder() / "catalogue.toml")


def _read(path: Path) -> Catalogue:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path}: a catalogue in TOML wanted, it cannot be read: {error}"
        raise CatalogueError(message) from error
    entries = content.get("instrument")
    if not isinstance(entries, list) or set(content) != {"instrument"}:
        message = f"{path}: [[instrument]] tables wanted and nothing else, {sorted(content)} came"
        raise CatalogueError(message)
    seen: dict[str, Instrument] = {}
    for number, entry in enumerate(entries, start=1):
        instrument = _instrument(path, number, entry)
        if instrument.id in seen:
            message = (
                f"{path}: entry {number} ({instrument.id}): field id: the id is taken by an earlier entry"
            )
            raise CatalogueError(message)
        seen[instrument.id] = instrument
    return Catalogue(tuple(seen.values()))


def _instrument(path: Path, number: int, entry: object) -> Instrument:
    try:
        return Instrument.model_validate(entry)
    except ValidationError as error:
        name = entry.get("id", "no id") if isinstance(entry, dict) else "no table"
        faults = "; ".join(
            f"field {'.'.join(map(str, fault['loc'])) or 'dates'}: {fault['msg']}" for fault in error.errors()
        )
        message = f"{path}: entry {number} ({name}): {faults}"
        raise CatalogueError(message) from error


def _searched(instrument: Instrument) -> str:
    fields = (
        instrument.id,
        instrument.title,
        instrument.short_name,
        instrument.jurisdiction,
        instrument.kind,
        instrument.status,
        instrument.identifier,
        *instrument.language,
    )
    return " ".join(fields).casefold()
