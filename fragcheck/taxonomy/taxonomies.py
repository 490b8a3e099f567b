"""Taxonomies of tags: data with definitions, in- and exclusions, cue phrases and sources."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fragcheck.errors import TaxonomyError

__all__ = ["LANGUAGES", "PACKAGED", "Taxonomy", "TaxonomyEntry", "load_taxonomy"]

#: Names of the taxonomies that come with the package.
PACKAGED = ("principles", "sovereignty")

#: Languages (ISO 639-1) that the packaged taxonomies hold cues for.
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "zh", "ja", "ko")

_TEXT_FIELDS = ("id", "label", "definition", "source")
_LIST_FIELDS = ("includes", "excludes")
_ENTRY_FIELDS = frozenset((*_TEXT_FIELDS, *_LIST_FIELDS, "cues"))
_FIELDS = frozenset(("name", "version", "entries"))


@dataclass(frozen=True, slots=True)
class TaxonomyEntry:
    """One tag and what it means.

    Parameters
    ----------
    id : str
        Name in records and columns: lower-case letters, digits and ``_``.
    label : str
        Words for a reader.
    definition : str
        What a provision with the tag does.
    includes, excludes : tuple of str
        What belongs to the tag, and what is near it and does not.
    cues : mapping of str to tuple of str
        Words and phrases by language (ISO 639-1). A ``*`` stands for any ending.
    source : str
        Where the tag comes from.
    """

    id: str
    label: str
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    cues: Mapping[str, tuple[str, ...]]
    source: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A named, versioned list of tags.

    `sha256` is the hash of the file's bytes, so that a result can say which
    taxonomy it was made with.
    """

    name: str
    version: str
    sha256: str
    entries: tuple[TaxonomyEntry, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the entries in the file's order."""
        return tuple(entry.id for entry in self.entries)

    def entry(self, entry_id: str) -> TaxonomyEntry:
        """The entry with this id.

        Raises
        ------
        KeyError
            Where the taxonomy has no such entry.
        """
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(f"taxonomy {self.name} has no entry {entry_id!r}; it has {', '.join(self.ids)}")


def load_taxonomy(name_or_path: str | Path) -> Taxonomy:
    """Read a taxonomy that comes with the package, or one of the user's own.

    Parameters
    ----------
    name_or_path : str or Path
        ``principles``, ``sovereignty``, or the path of a TOML file in the same form.

    Returns
    -------
    Taxonomy

    Raises
    ------
    TaxonomyError
        Where there is no such file, it is not TOML, or a field is absent, empty,
        unknown or of the wrong type; the message names file and field.
    """
    if isinstance(name_or_path, str) and name_or_path in PACKAGED:
        return _packaged(name_or_path)
    path = Path(name_or_path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TaxonomyError(
            f"a taxonomy is wanted: {' or '.join(PACKAGED)}, or the path of a TOML file; "
            f"{name_or_path!s} cannot be read ({error.strerror or error})"
        ) from error
    return parse_taxonomy(content, str(path))


@lru_cache(maxsize=len(PACKAGED))
def _packaged(name: str) -> Taxonomy:
    resource = files("fragcheck.taxonomy").joinpath("data", f"{name}.toml")
    return parse_taxonomy(resource.read_bytes(), f"{name}.toml")


def parse_taxonomy(content: bytes, where: str) -> Taxonomy:
    """Read a taxonomy from the bytes of its TOML file; `where` names it in messages.

    Raises
    ------
    TaxonomyError
        As `load_taxonomy`.
    """
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TaxonomyError(f"{where}: TOML in UTF-8 is wanted; {error}") from error
    _no_others(data, _FIELDS, where)
    entries = data.get("entries")
    if not isinstance(entries, list) or not entries:
        raise TaxonomyError(f"{where}: field 'entries': one or more [[entries]] tables are wanted")
    read = tuple(_entry(entry, f"{where}: entry {number}") for number, entry in enumerate(entries, 1))
    ids = [entry.id for entry in read]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise TaxonomyError(f"{where}: field 'id': {twice!r} stands for two entries; give each its own")
    return Taxonomy(
        name=_text(data, "name", where),
        version=_text(data, "version", where),
        sha256=hashlib.sha256(content).hexdigest(),
        entries=read,
    )


def _entry(data: object, where: str) -> TaxonomyEntry:
    if not isinstance(data, dict):
        raise TaxonomyError(f"{where}: a table is wanted, {type(data).__name__} came")
    name = _text(data, "id", where)
    where = f"{where} ({name})"
    if not name.isidentifier() or name != name.lower():
        raise TaxonomyError(f"{where}: field 'id': lower-case letters, digits and _ are wanted")
    _no_others(data, _ENTRY_FIELDS, where)
    return TaxonomyEntry(
        id=name,
        label=_text(data, "label", where),
        definition=_text(data, "definition", where),
        includes=_texts(data, "includes", where),
        excludes=_texts(data, "excludes", where),
        cues=_cues(data.get("cues"), where),
        source=_text(data, "source", where),
    )


def _cues(data: object, where: str) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(data, dict) or not data:
        raise TaxonomyError(f"{where}: field 'cues': a table of language = [phrases] is wanted")
    for language in data:
        if not (len(language) == 2 and language.isalpha() and language.islower()):
            raise TaxonomyError(f"{where}: field 'cues': {language!r} is no ISO 639-1 code such as 'en'")
    cues = {language: _texts(data, language, f"{where}: field 'cues'") for language in data}
    for language, phrases in cues.items():
        twice = sorted({phrase for phrase in phrases if phrases.count(phrase) > 1})
        if twice:
            raise TaxonomyError(f"{where}: field 'cues.{language}': {twice[0]!r} stands there twice")
    return cues


def _text(data: Mapping[str, Any], field: str, where: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value.strip():
        came = "nothing" if value is None else repr(value)
        raise TaxonomyError(f"{where}: field {field!r}: a text is wanted, {came} came")
    return value


def _texts(data: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    value = data.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip(" *") for item in value):
        raise TaxonomyError(f"{where}: field {field!r}: a list of texts is wanted, {value!r} came")
    return tuple(value)


def _no_others(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise TaxonomyError(f"{where}: field {unknown[0]!r} is unknown; known are {', '.join(sorted(known))}")
