"""The files that were given, kept by the sha256 of their bytes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

from fragcheck.errors import StoreError, UnreadableInput
from fragcheck.store.writing import write_whole

__all__ = ["OriginalStore", "data_folder", "default_originals"]


def data_folder() -> Path:
    """Return the folder for work that must not be lost: ``FRAGCHECK_HOME``, else the user's data folder."""
    return Path(os.environ.get("FRAGCHECK_HOME") or platformdirs.user_data_dir("fragcheck"))


def default_originals() -> OriginalStore:
    """Return the store under `data_folder`."""
    return OriginalStore(data_folder() / "originals")


class OriginalStore:
    """Files as ``<sha256>/<name>`` under a folder; the same bytes under one name are kept once.

    Parameters
    ----------
    root : Path
        Made when the first file is kept.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, path: Path) -> Path:
        """Copy a file into the store and return the copy.

        Raises
        ------
        UnreadableInput
            If the file cannot be read.
        StoreError
            If the folder cannot be written.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableInput(f"{path.name}: the file cannot be opened ({error.strerror})") from error
        kept = self.root / hashlib.sha256(content).hexdigest() / path.name
        if _holds(kept, kept.parent.name):
            return kept
        try:
            write_whole(kept, content, is_lasting=True)
        except OSError as error:
            raise StoreError(f"{kept.parent}: files cannot be kept there ({error.strerror})") from error
        return kept

    def find(self, sha256: str, name: str) -> Path:
        """Return where a kept file is.

        Raises
        ------
        StoreError
            If it is not there, or is no longer what was kept.
        """
        path = self.root / sha256 / name
        if not path.is_file():
            raise StoreError(f"{name}: the file is no longer in {self.root}; add it to the project again")
        if not _holds(path, sha256):
            raise StoreError(f"{path}: the file was changed since it was kept; add it to the project again")
        return path


def _holds(path: Path, sha256: str) -> bool:
    """Whether a file is there and has that hash."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
