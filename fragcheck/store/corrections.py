"""Corrections by hand on disk: one JSON file for each document, named by the sha256 of its bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from fragcheck.errors import StoreError
from fragcheck.records import Corrections
from fragcheck.records.codec import SCHEMA_VERSION, decode, encode
from fragcheck.store.artefacts import home_folder
from fragcheck.store.writing import write_whole

__all__ = ["CorrectionStore", "corrections_from_json", "corrections_json", "default_corrections"]

_SHA256 = re.compile(r"[0-9a-f]{64}")


def default_corrections() -> CorrectionStore:
    """Return the store under `home_folder`."""
    return CorrectionStore(home_folder() / "corrections")


class CorrectionStore:
    """Corrections by the sha256 of the document, apart from the artefacts: clearing those loses none.

    Parameters
    ----------
    root : Path
        Folder; it is made when the first correction is kept.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def load(self, document_id: str) -> Corrections:
        """Return the corrections of a document; none where nothing was corrected.

        Raises
        ------
        StoreError
            If the file is there and cannot be read: hand work is never dropped silently.
        """
        try:
            return corrections_from_json(json.loads(self._path(document_id).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Corrections(document_id)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise StoreError(
                f"{self._path(document_id)}: corrections by hand were wanted, the file cannot be read "
                f"({error}); restore it, or move it away to go on without them"
            ) from error

    def save(self, corrections: Corrections) -> None:
        """Keep all corrections of a document; none removes its file.

        Raises
        ------
        StoreError
            If the folder cannot be written.
        """
        path = self._path(corrections.document_id)
        try:
            if not corrections.corrections:
                path.unlink(missing_ok=True)
                return
            body = json.dumps(corrections_json(corrections), ensure_ascii=False, indent=1)
            write_whole(path, body.encode("utf-8"), is_lasting=True)
        except OSError as error:
            raise StoreError(
                f"{path.parent}: corrections cannot be kept there ({error.strerror}); "
                "set FRAGCHECK_HOME to a folder that can be written"
            ) from error

    def _path(self, document_id: str) -> Path:
        if not _SHA256.fullmatch(document_id):
            raise StoreError(f"the sha256 of a document was wanted, {document_id!r} came")
        return self.root / f"{document_id}.json"


def corrections_json(corrections: Corrections) -> dict[str, Any]:
    """Return corrections as the JSON object that is kept and handed out, with the schema's version."""
    return {"schema_version": SCHEMA_VERSION, **encode(corrections)}


def corrections_from_json(value: dict[str, Any]) -> Corrections:
    """Return the corrections that `corrections_json` wrote.

    Raises
    ------
    ValueError, TypeError, KeyError
        Where `value` holds none.
    """
    body = {name: item for name, item in value.items() if name != "schema_version"}
    if value.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(f"schema version {SCHEMA_VERSION} wanted, {value.get('schema_version')} came")
    return decode(Corrections, body)
