"""Content-addressed artefacts: compressed JSON files named by a hash of their inputs."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import zlib
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from fragcheck.errors import StoreError
from fragcheck.records.codec import SCHEMA_VERSION, decode, encode
from fragcheck.store.writing import write_whole

__all__ = ["ArtefactStore", "default_store", "home_folder"]

RecordT = TypeVar("RecordT")

_LOG = logging.getLogger(__name__)
#: Raised whenever the form of the files changes.
_LAYOUT = 2
#: Bytes of the sha256 that a file begins with: of its name and of what follows.
_DIGEST = 32


def home_folder() -> Path:
    """Return the folder for uploads and artefacts: ``FRAGCHECK_HOME``, else the user's cache folder."""
    return Path(os.environ.get("FRAGCHECK_HOME") or platformdirs.user_cache_dir("fragcheck"))


def default_store() -> ArtefactStore:
    """Return the store under `home_folder`."""
    return ArtefactStore(home_folder() / "artefacts")


class ArtefactStore:
    """Records on disk, found by the hash of what they were made from.

    Writing is atomic (a killed run leaves whole files or none), so any number of
    processes may share a store. Every file carries a hash over its name and its
    content: one that was damaged or exchanged is reported and counts as absent.

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
        digest = hashlib.sha256(json.dumps([SCHEMA_VERSION, _LAYOUT, stage, *parts]).encode())
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
            self._discard(self._path(key), str(error))
            return None

    def keep(self, key: str, record: object) -> None:
        """Keep `record`, or say in the log that it cannot be kept: for what can be made again."""
        try:
            self.save(key, record)
        except StoreError as error:
            _LOG.warning("%s; the result is not affected", error)

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
        data = self._load(self._path(key))
        return None if data is None else json.loads(zlib.decompress(data))

    def save_json(self, key: str, value: object) -> None:
        """Keep a JSON value under `key`; see `save`."""
        data = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)
        self._write(self._path(key), data)

    def load_bytes(self, key: str) -> bytes | None:
        """Return the bytes kept under `key` (tables, arrays), or None where there are none."""
        return self._load(self._path(key, "bin"))

    def save_bytes(self, key: str, data: bytes) -> None:
        """Keep bytes under `key`; see `save`."""
        self._write(self._path(key, "bin"), data)

    def has_bytes(self, key: str) -> bool:
        """True where bytes are kept under `key`, and are as they were written."""
        return self.load_bytes(key) is not None

    def _load(self, path: Path) -> bytes | None:
        """What a file holds, where it is there and is what was written under that name."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _LOG.warning("%s: the artefact cannot be read (%s) and is made anew", path, error.strerror)
            return None
        if data[:_DIGEST] == _digest(path, data[_DIGEST:]):
            return data[_DIGEST:]
        self._discard(path, "its hash is another")
        return None

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, _digest(path, data) + data)
        except OSError as error:
            message = (
                f"{path.parent}: artefacts cannot be kept there ({error.strerror}); set FRAGCHECK_HOME to a "
                "folder that can be written, or make room"
            )
            raise StoreError(message) from error

    def _path(self, key: str, suffix: str = "json.z") -> Path:
        return self.root / key[-2:] / f"{key}.{suffix}"

    def _discard(self, path: Path, why: str) -> None:
        _LOG.warning("the artefact %s is damaged (%s) and is made anew", path.name, why)
        with contextlib.suppress(OSError):  # a folder that cannot be written: it is found damaged again
            path.unlink(missing_ok=True)


def _digest(path: Path, data: bytes) -> bytes:
    return hashlib.sha256(path.name.encode("utf-8") + b"\0" + data).digest()
