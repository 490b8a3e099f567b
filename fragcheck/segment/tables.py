"""Tables of provisions: CSV and XLSX files that already are one provision a row."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from fragcheck.errors import TableColumnsMissing, UnreadableInput
from fragcheck.records import (
    Document,
    Notice,
    Provision,
    ProvisionKind,
    Segmentation,
    Tradition,
)
from fragcheck.segment.languages import row_languages

__all__ = ["read_table"]

#: Beginning of a ZIP archive, such as an XLSX workbook, whatever its name ends in.
_ZIP = b"PK\x03\x04"
_REQUIRED = ("id", "text")
_OPTIONAL = ("parent", "heading", "context")
# One cell may hold a whole annex; the csv module's own limit is 131,072 characters.
_FIELD_LIMIT = 10_000_000
#: Bytes of the largest table, and of what a workbook may unpack to; a table of 50,000 provisions has 40 MB.
_MOST_BYTES = 64 << 20
_MOST_UNPACKED = 512 << 20

#: Ancestors that a row's context is made of at most, the nearest; laws have a dozen levels.
_MOST_ANCESTORS = 50
#: Characters of all contexts that are made of the rows, as a parent's words are repeated in every child.
_MOST_CONTEXT = 64 << 20

Row = dict[str, str]


def read_table(path: Path, *, language: str | None = None) -> tuple[Document, Segmentation]:
    """Return the document and the provisions of a table, one provision a row.

    Parameters
    ----------
    path : Path
        A ``.csv`` (UTF-8, or Windows-1252 with a notice) or ``.xlsx`` file (first sheet)
        with the columns ``id`` and ``text`` and, optionally, ``parent``, ``heading`` and
        ``context`` (headings and lead-ins of all ancestors, outermost first, joined by
        ``" > "``).
    language : str or None
        ISO 639-1 code; None detects it from the texts.

    Returns
    -------
    Document, Segmentation
        The provisions keep the ids of the rows as eids, in the order of the rows.

    Raises
    ------
    UnreadableInput
        If the file is not there, is empty, or is not a table.
    TableColumnsMissing
        If a required column is missing.
    """
    data = _bytes_of(path)
    notices: list[Notice] = []
    rows = list(
        _xlsx_rows(path, data)
        if data.startswith(_ZIP) or path.suffix.lower() == ".xlsx"
        else _csv_rows(path, data, notices)
    )
    if not rows:
        raise UnreadableInput(f"{path.name}: rows of provisions wanted, none came below the column names")
    eids = _unique_ids(rows, notices)
    languages = [language] * len(rows) if language else row_languages([row["text"] for row in rows])
    language = language or _most_frequent(languages)
    provisions = _provisions(path.name, rows, eids, languages)
    digest = hashlib.sha256(data).hexdigest()
    document = Document(
        id=digest,
        title=path.stem,
        path=str(path),
        language=language,
        warnings=tuple(notices),
    )
    segmentation = Segmentation(digest, provisions, Tradition.TABLE, language, warnings=tuple(notices))
    return document, segmentation


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise UnreadableInput(f"{path.name}: the file cannot be opened ({error.strerror})") from error
    if size > _MOST_BYTES:
        raise UnreadableInput(
            f"{path.name}: a table of at most {_MOST_BYTES >> 20} MB wanted, {size >> 20} MB came; divide it"
        )
    if not data.strip():
        raise UnreadableInput(f"{path.name}: a table of provisions wanted, the file is empty")
    return data


def _check_columns(path: Path, names: list[str]) -> None:
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        came = ", ".join(name for name in names if name) or "none"
        raise TableColumnsMissing(
            f"{path.name}: the columns id and text are wanted, {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing (columns found: {came[:200]}); "
            "name them in the first row"
        )


def _csv_rows(path: Path, data: bytes, notices: list[Notice]) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        notices.append(Notice("table-encoding", "The table is not UTF-8; it was read as Windows-1252."))
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.DictReader(io.StringIO(text.replace("\x00", ""), newline=""))
        reader.fieldnames = names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        _check_columns(path, names)
        for row in reader:
            yield _clean(row)
    except csv.Error as error:
        raise UnreadableInput(f"{path.name}: the table breaks off ({error})") from error


def _xlsx_rows(path: Path, data: bytes) -> Iterator[Row]:
    import openpyxl  # slow to load, and most inputs are PDFs

    _check_unpacked(path, data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableInput(
            f"{path.name}: an XLSX workbook wanted, the file is not one ({error})"
        ) from error
    with contextlib.closing(book):
        sheet = book.worksheets[0]
        # What a sheet claims to be as large as is not believed: each row is as long as it is.
        if hasattr(sheet, "reset_dimensions"):
            sheet.reset_dimensions()
        cells = sheet.iter_rows(values_only=True)
        names = [str(cell if cell is not None else "").strip().lower() for cell in next(cells, ())]
        _check_columns(path, names)
        for values in cells:
            row = {
                name: "" if value is None else str(value) for name, value in zip(names, values, strict=False)
            }
            if any(row.values()):
                yield _clean(row)


def _check_unpacked(path: Path, data: bytes) -> None:
    """Refuse a workbook that unpacks beyond all measure; a damaged one its reader tells of."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return
    if total > _MOST_UNPACKED:
        raise UnreadableInput(
            f"{path.name}: a workbook of at most {_MOST_UNPACKED >> 20} MB unpacked wanted, {total >> 20} MB "
            "came; it may be a ZIP bomb: divide it"
        )


def _clean(row: Mapping[str, object]) -> Row:
    return {name: str(row.get(name) or "").strip() for name in (*_REQUIRED, *_OPTIONAL)}


def _unique_ids(rows: list[Row], notices: list[Notice]) -> list[str]:
    """Ids of the rows; repeated and empty ones get a mark and a notice, so that none is lost."""
    seen: dict[str, int] = {}
    eids: list[str] = []
    for number, row in enumerate(rows, 1):
        wanted = row["id"] or f"row_{number}"
        seen[wanted] = seen.get(wanted, 0) + 1
        eid = wanted if seen[wanted] == 1 else f"{wanted}#{seen[wanted]}"
        if not row["id"]:
            notices.append(Notice("id-missing", f"Row {number} has no id; it is called {eid}.", eid=eid))
        elif eid != wanted:
            notices.append(
                Notice(
                    "id-repeated",
                    f"The id {wanted} stands again in row {number}; it is called {eid}.",
                    eid=eid,
                )
            )
        eids.append(eid)
    return eids


def _most_frequent(languages: list[str]) -> str:
    """The language of most rows; of several, the one that comes first."""
    return Counter(languages).most_common(1)[0][0]


def _provisions(name: str, rows: list[Row], eids: list[str], languages: list[str]) -> tuple[Provision, ...]:
    by_id = dict(zip(reversed([row["id"] for row in rows]), reversed(rows), strict=True))
    known = set(eids)
    provisions, n_characters = [], 0
    for row, eid, language in zip(rows, eids, languages, strict=True):
        context = row["context"] or _context_of(row, by_id)
        n_characters += 0 if row["context"] else len(context)
        if n_characters > _MOST_CONTEXT:
            raise UnreadableInput(
                f"{name}: the words of its parents, repeated for every child, are more than "
                f"{_MOST_CONTEXT >> 20} million characters; give a column `context`, or divide the table"
            )
        parent = row["parent"] if row["parent"] in known and row["parent"] != eid else None
        provisions.append(
            Provision(
                eid=eid,
                kind=ProvisionKind.ITEM,
                num=row["id"],
                heading=row["heading"],
                text=row["text"],
                context=context,
                parent=parent,
                language=language,
            )
        )
    return tuple(provisions)


def _context_of(row: Row, by_id: Mapping[str, Row]) -> str:
    """Headings and lead-ins of the nearest ancestors that are rows themselves, outermost first."""
    parts: list[str] = []
    visited = {row["id"]}
    parent = row["parent"]
    while parent in by_id and parent not in visited and len(visited) <= _MOST_ANCESTORS:
        visited.add(parent)
        ancestor = by_id[parent]
        parts.append(" ".join(part for part in (ancestor["heading"], ancestor["text"]) if part))
        if ancestor["context"]:
            parts.append(ancestor["context"])
            break
        parent = ancestor["parent"]
    return " > ".join(part for part in reversed(parts) if part)
