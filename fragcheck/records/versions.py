"""Two versions of one law: what became of each provision, and what that did to a divergence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Attribution", "Edit", "EditKind", "Redline", "RedlineEntry"]


class EditKind(StrEnum):
    """What became of a provision."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    AMENDED = "amended"
    SPLIT = "split"
    MERGED = "merged"
    DELETED = "deleted"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words of a redline: ``equal``, ``delete`` or ``insert``."""

    operation: str
    text: str


@dataclass(frozen=True, slots=True)
class RedlineEntry:
    """What became of a provision of the old version, or where one of the new comes from.

    Parameters
    ----------
    kind : EditKind
    old, new : tuple of str
        eids: one and one where a provision was kept, moved or amended; one and several where it was
        split; several and one where some were merged; one side empty where deleted or added.
    similarity : float
        Share of the words of both sides that stand in both, in order, in [0, 1].
    is_moved : bool
        True where the eid changed, whatever else did.
    edits : tuple of Edit
        Words of the old and the new text; empty for unchanged and moved provisions.
    """

    kind: EditKind
    old: tuple[str, ...]
    new: tuple[str, ...]
    similarity: float
    is_moved: bool = False
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Redline:
    """All provisions of two versions, each in one entry: the old ones in order, then the added ones."""

    entries: tuple[RedlineEntry, ...]

    @property
    def eid_mapping(self) -> tuple[tuple[str, str], ...]:
        """(old, new) eids of all provisions that live on, in the order of the old version."""
        return tuple((old, new) for entry in self.entries for old in entry.old for new in entry.new)


@dataclass(frozen=True, slots=True)
class Attribution:
    """What an amendment did to the divergence from another document.

    Parameters
    ----------
    entry : RedlineEntry or None
        None for what is due to no amendment: counterparts that changed though the words did not.
    contribution : float
        Part of the change of D; the contributions of all entries add up to it.
    """

    entry: RedlineEntry | None
    contribution: float
