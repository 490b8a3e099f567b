"""A reader of records, run in a process of its own."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from fragcheck.isolation.guards import Limits
from fragcheck.isolation.parent import Apart, run_apart
from fragcheck.records import Document, Segmentation
from fragcheck.records.codec import decode, encode

__all__ = ["encoded_records", "read_apart"]

_KINDS: dict[str, type[Document] | type[Segmentation]] = {"Document": Document, "Segmentation": Segmentation}


def read_apart(
    reader: str,
    path: Path,
    *,
    what: str,
    timeout_s: float,
    **more: Any,  # noqa: ANN401 - plain JSON values
) -> tuple[Document, Segmentation | None]:
    """Call a reader in a process of its own.

    Parameters
    ----------
    reader : str
        ``module:function``; it takes a path and `more`, and returns a document, or a document and its
        provisions.
    path : Path
    what : str
        What the file should be, for messages.
    timeout_s : float
        Seconds of wall-clock time.

    Returns
    -------
    Document, Segmentation or None
        The same as from the reader in this process.

    Raises
    ------
    UnreadableInput, TableColumnsMissing, ReadLimitExceeded
        Where the file cannot be read, or not within the limits.
    """
    task = Apart(
        f"{__name__}:encoded_records",
        str(path),
        {"reader": reader, "path": str(path), "more": more},
        Limits(timeout_s),
        what,
    )
    found = [decode(_KINDS[name], value) for name, value in json.loads(run_apart(task))]
    document = next(each for each in found if isinstance(each, Document))
    return document, next((each for each in found if isinstance(each, Segmentation)), None)


def encoded_records(reader: str, path: str, more: dict[str, Any]) -> bytes:
    """What a reader returns, as JSON pairs of the record's kind and its values."""
    module, _, function = reader.partition(":")
    found = getattr(import_module(module), function)(Path(path), **more)
    records = found if isinstance(found, tuple) else (found,)
    return json.dumps([[type(each).__name__, encode(each)] for each in records]).encode("ascii")
