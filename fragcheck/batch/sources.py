"""Where the documents of a batch come from: a folder, a manifest, or a query of the catalogue."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from fragcheck.batch.remote import fetch, is_url, listed, remote_file
from fragcheck.catalogue import Instrument, load_catalogue
from fragcheck.errors import FragcheckError, InputError, UnreadableInput
from fragcheck.formats import READABLE, SUFFIXES
from fragcheck.pipeline import resolve_input
from fragcheck.records import Tradition
from fragcheck.store import default_store

__all__ = ["CATALOGUE_PREFIX", "Entry", "Source", "read_source"]

#: What a query of the catalogue begins with.
CATALOGUE_PREFIX = "catalogue:"

_DOCUMENT_SUFFIXES = frozenset(f".{suffix}" for suffix in SUFFIXES)
_OPTIONAL = ("id", "jurisdiction", "kind", "year", "tradition", "language")
_LAST_YEAR = 9999
_MANIFESTS = frozenset({".csv", ".parquet"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to read, and what its source says of it.

    Parameters
    ----------
    path : Path
        Where it is.
    name : str
        The path as the source gives it, without the place of the source itself: what tables show.
    document_id : str
        Given by the source; empty: the sha256 of the file.
    jurisdiction, kind : str
    year : int or None
    tradition, language : str
        Forced where given.
    url : str
        Of a file that is elsewhere; `path` is then where its copy belongs, see `fragcheck.batch.remote`.
    """

    path: Path
    name: str
    document_id: str = ""
    jurisdiction: str = ""
    kind: str = ""
    year: int | None = None
    tradition: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Documents in the order of their names, and (name, error) of those that are known to be missing."""

    entries: tuple[Entry, ...]
    missing: tuple[tuple[str, FragcheckError], ...] = ()


def read_source(source: str, copies: Path | None = None) -> Source:
    """Return the documents that `source` names.

    Parameters
    ----------
    source : str
        A folder: all files in and below it whose names end as readable ones do, hidden ones left out.
        A manifest: a CSV or Parquet table with the column ``path`` (from the manifest's folder) and, as
        far as they are known, ``id``, ``jurisdiction``, ``kind``, ``year``, ``tradition``, ``language``.
        ``catalogue:WORDS``: the fetched copies of the entries that hold all these words.
        Folder, manifest, and the paths in it may be fsspec URLs (``s3://bucket/laws``).
    copies : Path, optional
        Folder for copies of what is elsewhere; by default one in the store of the command line.

    Raises
    ------
    InputError
        Where it holds no document, or a manifest is not as described.
    """
    if source.startswith(CATALOGUE_PREFIX):
        found = _of_catalogue(source.removeprefix(CATALOGUE_PREFIX))
    elif is_url(source) and PurePosixPath(source).suffix.lower() not in _MANIFESTS:
        found = Source(tuple(_of_remote_folder(source, copies or _copies())))
    elif Path(source).is_dir():
        found = Source(tuple(_of_folder(Path(source))))
    else:
        found = _of_manifest(source, copies or _copies())
    if not found.entries and not found.missing:
        raise InputError(f"{source}: at least one document is wanted ({READABLE}), there is none")
    return Source(tuple(sorted(found.entries, key=lambda entry: entry.name)), found.missing)


def _of_folder(folder: Path) -> Iterator[Entry]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if not is_hidden and path.suffix.lower() in _DOCUMENT_SUFFIXES and path.is_file():
            yield Entry(path.absolute(), name.as_posix())


def _copies() -> Path:
    return default_store().root / "copies"


def _of_remote_folder(url: str, copies: Path) -> Iterator[Entry]:
    for file in listed(url, copies):
        name = PurePosixPath(file.name)
        if not any(part.startswith(".") for part in name.parts) and name.suffix.lower() in _DOCUMENT_SUFFIXES:
            yield Entry(file.copy, file.name, url=file.url)


def _of_catalogue(words: str) -> Source:
    instruments = load_catalogue().search(words)
    if not instruments:
        raise InputError(
            f"{CATALOGUE_PREFIX}{words}: no entry holds these words; see `fragcheck corpus list`"
        )
    entries: list[Entry] = []
    missing: list[tuple[str, FragcheckError]] = []
    for instrument in instruments:
        try:
            entries.append(_instrument_entry(instrument, resolve_input(instrument.id)))
        except UnreadableInput as error:
            missing.append((instrument.id, error))
    return Source(tuple(entries), tuple(missing))


def _instrument_entry(instrument: Instrument, path: Path) -> Entry:
    return Entry(
        path.absolute(),
        instrument.id,
        document_id=instrument.id,
        jurisdiction=instrument.jurisdiction,
        kind=instrument.kind,
        year=instrument.adopted.year if instrument.adopted else None,
    )


def _of_manifest(source: str, copies: Path) -> Source:
    """Rows of a manifest; paths are from where it stands itself, on this machine or elsewhere."""
    manifest = Path(source)
    if is_url(source):
        remote = remote_file(source, copies)
        manifest = fetch(remote.url, remote.copy)
    base = source.rpartition("/")[0] if is_url(source) else ""
    seen: dict[str, dict[str, int]] = {"id": {}, "path": {}}
    entries: list[Entry] = []
    missing: list[tuple[str, FragcheckError]] = []
    for number, row in enumerate(_manifest_rows(manifest), start=1):
        where = f"{source}: row {number}"
        entry = _manifest_entry(row, manifest.parent, where)
        for column, value in (("id", entry.document_id), ("path", entry.name)):
            earlier = seen[column].setdefault(value, number)
            if value and earlier != number:
                raise InputError(
                    f"{where}: each {column} once is wanted, {value!r} stands in row {earlier} already"
                )
        try:
            entries.append(_placed(entry, base, copies))
        except InputError as error:
            missing.append((entry.name, error))
    return Source(tuple(entries), tuple(missing))


def _placed(entry: Entry, base: str, copies: Path) -> Entry:
    """The entry with the place of its copy, where its path, or that of the manifest, is a URL."""
    url = entry.name if is_url(entry.name) else f"{base}/{entry.name}" if base else ""
    if not url:
        return entry
    return dataclasses.replace(entry, path=remote_file(url, copies).copy, url=url)


def _manifest_rows(manifest: Path) -> list[dict[str, Any]]:
    """Rows of a manifest with lower-case column names and without empty values."""
    import pandas as pd

    readers = {
        ".csv": lambda: pd.read_csv(manifest, dtype=str, keep_default_na=False, encoding="utf-8-sig"),
        ".parquet": lambda: pd.read_parquet(manifest),
    }
    reader = readers.get(manifest.suffix.lower())
    if reader is None or not manifest.exists():
        came = "it is neither" if manifest.exists() else "there is no such file or folder"
        raise InputError(f"{manifest}: a folder, or a manifest in CSV or Parquet, is wanted; {came}")
    try:
        frame = reader()
    except (OSError, ValueError) as error:  # pandas and pyarrow derive their errors from ValueError
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"{manifest}: a manifest in CSV or Parquet is wanted, it cannot be read ({reason})"
        ) from error
    frame.columns = [str(name).strip().lower() for name in frame.columns]
    if "path" not in frame.columns:
        came = ", ".join(frame.columns)
        raise InputError(
            f"{manifest}: a manifest with the column path is wanted, {came} came; "
            f"known beside it are {', '.join(_OPTIONAL)}"
        )
    if frame.columns.has_duplicates:
        raise InputError(f"{manifest}: each column once is wanted, a name repeats")
    known = frame[[name for name in ("path", *_OPTIONAL) if name in frame.columns]]
    return [
        {str(name): value for name, value in row.items() if not pd.isna(value) and str(value).strip()}
        for row in known.to_dict("records")
    ]


def _manifest_entry(row: Mapping[str, Any], folder: Path, where: str) -> Entry:
    texts = {name: str(value).strip() for name, value in row.items()}
    if "path" not in texts:
        raise InputError(f"{where}: a path is wanted, the field is empty")
    traditions = [tradition.value for tradition in Tradition if tradition is not Tradition.TABLE]
    if texts.get("tradition", traditions[0]) not in traditions:
        raise InputError(
            f"{where}: tradition {texts['tradition']!r} is unknown; known are {', '.join(traditions)}"
        )
    language = texts.get("language", "").lower()
    if language and not (len(language) == 2 and language.isascii() and language.isalpha()):
        raise InputError(f"{where}: a language in ISO 639-1 (two letters) is wanted, {language!r} came")
    return Entry(
        (folder / texts["path"]).absolute(),
        texts["path"],
        document_id=texts.get("id", ""),
        jurisdiction=texts.get("jurisdiction", ""),
        kind=texts.get("kind", "").lower(),
        year=_year(texts.get("year", ""), where),
        tradition=texts.get("tradition", ""),
        language=language,
    )


def _year(text: str, where: str) -> int | None:
    if not text:
        return None
    digits = text.removesuffix(".0")  # a Parquet column with gaps comes as floating point
    if not digits.isdecimal() or not 1 <= int(digits) <= _LAST_YEAR:
        raise InputError(f"{where}: a year is wanted, {text!r} came")
    return int(digits)
