"""Provisions as ``parse --format jsonl`` prints them, read back."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fragcheck.errors import UnreadableInput
from fragcheck.formats.xml_input import read_limited
from fragcheck.nlp import detect_language
from fragcheck.records import (
    BBox,
    Document,
    Notice,
    Provision,
    ProvisionKind,
    Segmentation,
    Span,
    TableCell,
    Tradition,
)

__all__ = ["read_provisions"]

_LANGUAGE_SAMPLE = 20_000
#: Code of a warning of which only the message is kept.
_STATED = "stated"


def read_provisions(path: Path, *, language: str | None = None) -> tuple[Document, Segmentation]:
    """The document and the provisions of a JSON Lines file, one provision a line.

    Parameters
    ----------
    path : Path
        As ``fragcheck parse --format jsonl`` writes it; further keys (of ``annotate``) are passed
        over, of the keys only ``eid`` and ``text`` are required.
    language : str or None
        ISO 639-1 code for rows that state none; None detects it.

    Returns
    -------
    Document, Segmentation
        Printing the provisions again gives the same lines. Which characters stand in which box
        and the codes of warnings are not in the file.

    Raises
    ------
    UnreadableInput
        Where the file is not there, too large, or a line holds no provision.
    """
    data = read_limited(path, "provisions in JSON Lines")
    provisions: list[Provision] = []
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").split("\n"), 1):
        if line.strip():
            provisions.append(_of_line(line, f"{path.name}, line {number}"))
    if not provisions:
        raise UnreadableInput(f"{path.name}: provisions in JSON Lines wanted, none came")
    counts = Counter(provision.eid for provision in provisions)
    repeated = [eid for eid, count in counts.items() if count > 1]
    if repeated:
        raise UnreadableInput(
            f"{path.name}: each eid once wanted, {repeated[0]!r} stands again; name the provisions apart"
        )
    digest = hashlib.sha256(data).hexdigest()
    words = " ".join(provision.text for provision in provisions)[:_LANGUAGE_SAMPLE]
    stated = next((provision.language for provision in provisions if provision.language), "")
    spoken = language or stated or detect_language(words)[0]
    document = Document(digest, path.stem, str(path), language=spoken)
    return document, Segmentation(
        digest, tuple(provisions), Tradition.TABLE, spoken, is_forced=language is not None
    )


def _of_line(line: str, where: str) -> Provision:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"{where}: a JSON object wanted, the line is none ({error})") from error
    if not isinstance(row, dict) or not row.get("eid") or "text" not in row:
        raise UnreadableInput(f"{where}: a provision with the keys eid and text wanted, {line[:60]!r} came")
    try:
        return _provision(row)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInput(
            f"{where}: a provision of fragcheck parse wanted, one of its values is another ({error})"
        ) from error


def _provision(row: Mapping[str, Any]) -> Provision:
    parent = row.get("parent")
    return Provision(
        eid=str(row["eid"]),
        kind=ProvisionKind(row.get("kind") or "other"),
        num=str(row.get("num") or ""),
        heading=str(row.get("heading") or ""),
        text=str(row["text"]),
        context=str(row.get("context") or ""),
        parent=None if parent is None else str(parent),
        spans=tuple(Span(int(box[0]), _box(box[1:])) for box in row.get("boxes") or ()),
        language=str(row.get("lang") or ""),
        is_quoted=bool(row.get("is_quoted")),
        warnings=tuple(Notice(_STATED, str(message)) for message in row.get("warnings") or ()),
        cells=tuple(_cell(cell) for cell in row.get("cells") or ()),
    )


def _cell(cell: Mapping[str, Any]) -> TableCell:
    page, box = cell.get("page"), cell.get("box")
    return TableCell(
        int(cell["row"]),
        int(cell["column"]),
        str(cell["text"]),
        None if page is None else int(page),
        None if box is None else _box(box),
        int(cell.get("row_span", 1)),
        int(cell.get("column_span", 1)),
    )


def _box(sides: Sequence[float]) -> BBox:
    x0, y0, x1, y1 = (float(side) for side in sides)
    return (x0, y0, x1, y1)
