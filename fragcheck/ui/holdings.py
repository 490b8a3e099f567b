"""What this machine holds, and what the catalogue knows: plain rows for the Library page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fragcheck.catalogue import Instrument, load_catalogue
from fragcheck.ui.workspace import SetEntry, Workspace

__all__ = ["HeldFile", "catalogue_rows", "held_files"]


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that is kept on this machine.

    Parameters
    ----------
    entry : SetEntry
    version : int
        Of the files of this name, from 1, the oldest first.
    n_versions : int
        How many files of this name there are.
    kept_at : datetime
        When it was kept, UTC.
    size : int
        In bytes.
    n_sets : int
        Sets that name it.
    """

    entry: SetEntry
    version: int
    n_versions: int
    kept_at: dt.datetime
    size: int
    n_sets: int


def held_files(workspace: Workspace) -> tuple[HeldFile, ...]:
    """Every file of the workspace, by name, then by age; files of one name are versions of a document."""
    used: dict[tuple[str, str], int] = {}
    for found in workspace.all_sets():
        for key in {(entry.sha256, entry.name) for entry in found.entries}:
            used[key] = used.get(key, 0) + 1
    by_name: dict[str, list[tuple[float, int, SetEntry]]] = {}
    for entry in workspace.entries():
        stat = workspace.path(entry).stat()
        by_name.setdefault(entry.name, []).append((stat.st_mtime, stat.st_size, entry))
    rows = []
    for name in sorted(by_name, key=str.casefold):
        files = sorted(by_name[name], key=lambda one: (one[0], one[2].sha256))
        for number, (moment, size, entry) in enumerate(files, 1):
            kept_at = dt.datetime.fromtimestamp(moment, tz=dt.UTC)
            n_sets = used.get((entry.sha256, entry.name), 0)
            rows.append(HeldFile(entry, number, len(files), kept_at, size, n_sets))
    return tuple(rows)


def catalogue_rows(words: str, here: Collection[str]) -> Sequence[tuple[Instrument, bool]]:
    """Instruments of the catalogue that hold all the words, each with whether its verified copy is here."""
    return [(each, bool(each.sha256) and each.sha256 in here) for each in load_catalogue().search(words)]
