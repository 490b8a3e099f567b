"""Sentence vectors on disk, found by the hash of their text."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["VectorStore"]

_LOG = logging.getLogger(__name__)
#: Names asked for at once: below the limit of variables of an SQLite statement.
_BATCH = 900
#: Seconds to wait for another process that writes.
_PATIENCE = 5.0
#: Bytes of the hash behind each vector.
_DIGEST = 16


class VectorStore:
    """Vectors of texts in an SQLite file per encoder; any number of processes may share it.

    A cache and nothing more: where the file cannot be written, vectors are not kept and the log says
    so; a damaged file is removed. Every vector carries a hash over its name and its numbers: one that
    was damaged counts as absent.

    Parameters
    ----------
    root : Path
        Folder; it is made when the first vector is kept.
    encoder : str
        Hash of the encoder: another one has a file of its own.
    dimension : int
        Numbers of a vector.
    """

    def __init__(self, root: Path, encoder: str, dimension: int) -> None:
        self.path = root / f"vectors-{encoder[:16]}.sqlite"
        self.dimension = dimension

    def load(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are kept of `texts`."""
        if not texts or not self.path.exists():
            return {}
        names = {_name(text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        size = 4 * self.dimension + _DIGEST
        try:
            with self._open() as base:
                for batch in _batches(list(names)):
                    marks = ",".join("?" * len(batch))
                    rows = base.execute(
                        f"SELECT name, vector FROM vectors WHERE name IN ({marks})",  # noqa: S608 - marks alone
                        batch,
                    )
                    found |= {
                        names[name]: np.frombuffer(kept[:-_DIGEST], dtype=np.float32)
                        for name, kept in rows
                        if len(kept) == size and _digest(name, kept[:-_DIGEST]) == kept[-_DIGEST:]
                    }
        except sqlite3.Error as error:
            _LOG.warning("%s: kept vectors cannot be read (%s); they are computed anew", self.path, error)
            if not isinstance(error, sqlite3.OperationalError):  # damaged, and not only busy
                with contextlib.suppress(OSError):
                    self.path.unlink(missing_ok=True)
            return {}
        return found

    def save(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep the vectors of the given texts."""
        if not vectors:
            return
        rows = [_row(_name(text), vector.astype(np.float32).tobytes()) for text, vector in vectors.items()]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as base:
                base.execute(
                    "CREATE TABLE IF NOT EXISTS vectors (name BLOB PRIMARY KEY, vector BLOB NOT NULL)"
                )
                base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                base.commit()
        except (sqlite3.Error, OSError) as error:
            _LOG.warning("%s: vectors cannot be kept there (%s)", self.path, error)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as base:
            yield base


def _row(name: bytes, numbers: bytes) -> tuple[bytes, bytes]:
    return name, numbers + _digest(name, numbers)


def _digest(name: bytes, numbers: bytes) -> bytes:
    return hashlib.blake2b(name + numbers, digest_size=_DIGEST).digest()


def _name(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _batches(names: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]
