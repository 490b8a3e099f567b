"""Content-addressed artefacts: compressed JSON files named by a hash of their inputs."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import zlib
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from fragcheck.errors import StoreError
from fragcheck.records.codec import SCHEMA_VERSION, decode, encode

__all__ = ["ArtefactStore", "default_store", "home_folder"]

RecordT = TypeVar("RecordT")

_LOG = logging.getLogger(__name__)


def home_folder() -> Path:
    """Return the folder for uploads and artefacts: ``FRAGCHECK_HOME``, else the user's cache folder."""
    return Path(os.environ.get("FRAGCHECK_HOME") or platformdirs.user_cache_dir("fragcheck"))


def default_store() -> ArtefactStore:
    """Return the store under `home_folder`."""
    return ArtefactStore(home_folder() / "artefacts")


class ArtefactStore:
    """Records on disk, found by the hash of what they were made from.

    Writing is atomic (a killed run leaves whole files or none), so any number of
    processes may share a store.

    Parameters
    ----------
    root : Path
        Folder; it is made when the first artefact is kept.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @staticmethod
    def key(stage: str, *parts: str) -> str:
        """Return the address of an artefact: the stage's name and a sha256 over all parts."""
        digest = hashlib.sha256(json.dumps([SCHEMA_VERSION, stage, *parts]).encode())
        return f"{stage}-{digest.hexdigest()}"

    def load(self, kind: type[RecordT], key: str) -> RecordT | None:
        """Return the record kept under `key`, or None where there is none.

        A damaged artefact is reported in the log, removed, and counts as absent.
        """
        value = self.load_json(key)
        if value is None:
            return None
        try:
            return decode(kind, value)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            self._discard(key, error)
            return None

    def save(self, key: str, record: object) -> None:
        """Keep `record` under `key`.

        Raises
        ------
        StoreError
            If the folder cannot be written.
        """
        self.save_json(key, encode(record))

    def load_json(self, key: str) -> Any | None:  # noqa: ANN401 - JSON values
        """Return the JSON value kept under `key`, or None where there is none."""
        try:
            data = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self._path(key)}: the artefact cannot be read ({error.strerror})") from error
        try:
            return json.loads(zlib.decompress(data))
        except (zlib.error, ValueError) as error:
            self._discard(key, error)
            return None

    def save_json(self, key: str, value: object) -> None:
        """Keep a JSON value under `key`; see `save`."""
        data = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)
        self._write(self._path(key), data)

    def load_bytes(self, key: str) -> bytes | None:
        """Return the bytes kept under `key` (tables, arrays), or None where there are none."""
        path = self._path(key, "bin")
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{path}: the artefact cannot be read ({error.strerror})") from error

    def save_bytes(self, key: str, data: bytes) -> None:
        """Keep bytes under `key`; see `save`."""
        self._write(self._path(key, "bin"), data)

    def has_bytes(self, key: str) -> bool:
        """True where bytes are kept under `key`."""
        return self._path(key, "bin").exists()

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError as error:
            message = (
                f"{path.parent}: artefacts cannot be kept there ({error.strerror}); set FRAGCHECK_HOME to a "
                "folder that can be written"
            )
            raise StoreError(message) from error

    def _path(self, key: str, suffix: str = "json.z") -> Path:
        return self.root / key[-2:] / f"{key}.{suffix}"

    def _discard(self, key: str, error: Exception) -> None:
        _LOG.warning("the artefact %s is damaged (%s) and is made anew", key, error)
        self._path(key).unlink(missing_ok=True)
