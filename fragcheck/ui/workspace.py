"""What the app keeps on disk: uploaded files by hash, and the sets that name them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from fragcheck.errors import InputError, StoreError
from fragcheck.store.writing import write_whole

__all__ = ["SAMPLE", "DocumentSet", "SetEntry", "UnknownSet", "Workspace", "safe_name"]

#: Identifier of the set of sample documents, which is not addressed by content.
SAMPLE = "sample"

_SET_ID = re.compile(r"[0-9a-f]{16}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class UnknownSet(InputError):
    """A set of documents that this machine does not hold."""


@dataclass(frozen=True, slots=True)
class SetEntry:
    """A file of a set, by the sha256 of its bytes, and what is forced for it."""

    sha256: str
    name: str
    tradition: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """Files to compare, in order. `id` is a hash of their contents and forced settings."""

    id: str
    entries: tuple[SetEntry, ...]


class Workspace:
    """Uploaded files and sets under one folder.

    Parameters
    ----------
    root : Path
        Made when first written to. Files stand in ``files/<sha256>/<name>``,
        sets in ``sets/<id>.json``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def add_file(self, name: str, content: bytes) -> SetEntry:
        """Keep `content` under its hash and return its entry; the same bytes are kept once."""
        entry = SetEntry(hashlib.sha256(content).hexdigest(), safe_name(name))
        path = self.path(entry)
        if not path.is_file():
            _write(path, content)
        return entry

    def path(self, entry: SetEntry) -> Path:
        """Where the file of `entry` is kept."""
        return self.root / "files" / entry.sha256 / entry.name

    def save_set(self, entries: tuple[SetEntry, ...], *, set_id: str | None = None) -> DocumentSet:
        """Keep a set and return it; its id follows from its contents unless one is given."""
        found = DocumentSet(set_id or _content_id(entries), entries)
        body = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1)
        _write(self._set_path(found.id), body.encode("utf-8"))
        return found

    def load_set(self, set_id: str) -> DocumentSet:
        """The set of that id.

        Raises
        ------
        UnknownSet
            Where the id is malformed, or the set or one of its files is not on this machine.
        """
        if set_id != SAMPLE and not _SET_ID.fullmatch(set_id):
            raise UnknownSet("the address names a set of documents in a form that fragcheck does not use")
        try:
            rows = json.loads(self._set_path(set_id).read_text(encoding="utf-8"))
            entries = tuple(_entry(row) for row in rows)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UnknownSet(
                f"the set of documents {set_id} is not on this machine: upload its files again"
            ) from error
        missing = [entry.name for entry in entries if not self.path(entry).is_file()]
        if missing:
            raise UnknownSet(
                f"{', '.join(missing)} of the set {set_id} is no longer on this machine: upload it again"
            )
        return DocumentSet(set_id, entries)

    def save_sample(self, paths: tuple[Path, ...]) -> DocumentSet:
        """Keep copies of the sample documents as the set `SAMPLE`, replacing an older one."""
        entries = tuple(self.add_file(path.name, path.read_bytes()) for path in paths)
        return self.save_set(entries, set_id=SAMPLE)

    def recent_sets(self, limit: int = 10) -> tuple[DocumentSet, ...]:
        """Sets of uploaded documents, last kept first."""
        folder = self.root / "sets"
        if not folder.is_dir():
            return ()
        paths = [path for path in folder.glob("*.json") if _SET_ID.fullmatch(path.stem)]
        found = []
        for path in sorted(paths, key=lambda path: (-path.stat().st_mtime_ns, path.stem)):
            try:
                found.append(self.load_set(path.stem))
            except UnknownSet:
                continue  # one of its files was removed; it cannot be opened any more
        return tuple(found[:limit])

    def remove_set(self, set_id: str) -> None:
        """Delete a set, and those of its files that no other set names."""
        gone = self.load_set(set_id)
        self._set_path(set_id).unlink(missing_ok=True)
        kept = {entry.sha256 for found in self.all_sets() for entry in found.entries}
        for entry in gone.entries:
            if entry.sha256 not in kept:
                shutil.rmtree(self.root / "files" / entry.sha256, ignore_errors=True)

    def entries(self) -> tuple[SetEntry, ...]:
        """Every file that is kept, whether a set names it or not."""
        folder = self.root / "files"
        if not folder.is_dir():
            return ()
        return tuple(
            SetEntry(path.parent.name, path.name)
            for path in sorted(folder.glob("*/*"))
            if _SHA256.fullmatch(path.parent.name) and path.is_file() and not path.name.startswith(".")
        )

    def all_sets(self) -> tuple[DocumentSet, ...]:
        """Every set whose files are here, the sample last."""
        found = self.recent_sets(limit=10**6)
        try:
            return (*found, self.load_set(SAMPLE))
        except UnknownSet:
            return found

    def _set_path(self, set_id: str) -> Path:
        return self.root / "sets" / f"{set_id}.json"


def safe_name(name: str) -> str:
    r"""A file name without folders, control marks or hidden start, of at most 200 bytes.

    Examples
    --------
    >>> safe_name("../../etc/pass\x00wd.pdf")
    'passwd.pdf'
    """
    base = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(mark for mark in base if mark.isprintable() and mark not in '<>:"|?*/')
    kept = kept.strip().lstrip(".")
    stem, dot, suffix = kept.rpartition(".")
    short = f"{_cut(stem, 160)}{dot}{_cut(suffix, 36)}" if dot else _cut(kept, 160)
    return short or "document"


def _cut(text: str, most: int) -> str:
    """The beginning of a text, of at most `most` bytes: file systems count these, not signs."""
    return text.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")


def _entry(row: dict[str, str | None]) -> SetEntry:
    entry = SetEntry(
        str(row["sha256"]), safe_name(str(row["name"])), row.get("tradition"), row.get("language")
    )
    if not _SHA256.fullmatch(entry.sha256):
        raise ValueError("not a sha256")
    return entry


def _content_id(entries: tuple[SetEntry, ...]) -> str:
    body = json.dumps([[entry.sha256, entry.tradition, entry.language] for entry in entries])
    return hashlib.sha256(body.encode("ascii")).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    """Write in one step, so that a reader never sees half a file."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise StoreError(
            f"{path.name} could not be kept in {path.parent}: {error.strerror}. "
            "Free some space, or set FRAGCHECK_HOME to another folder"
        ) from error
