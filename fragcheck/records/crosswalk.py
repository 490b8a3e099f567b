"""A crosswalk: which provision of one document corresponds to which of another."""

from __future__ import annotations

from dataclasses import dataclass

from fragcheck.records.comparison import Relation
from fragcheck.records.document import Document
from fragcheck.records.provision import Provision, Segmentation

__all__ = ["Crosswalk", "CrosswalkRow", "CrosswalkSide", "ImportedCrosswalk", "ImportedPair"]


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """Two provisions by eid that an expert would map, with the relation of the left to the right."""

    left: str
    right: str
    probability: float
    relation: Relation
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrosswalkSide:
    """A document of a crosswalk with its provisions."""

    document: Document
    segmentation: Segmentation

    def provisions(self) -> dict[str, Provision]:
        """The provisions by eid, in document order."""
        return {provision.eid: provision for provision in self.segmentation.provisions}


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Mapped provisions of two documents, best first for each left one.

    `unmapped` holds (left eid, calibrated probability that it has no counterpart) of those without a row.
    """

    left: CrosswalkSide
    right: CrosswalkSide
    rows: tuple[CrosswalkRow, ...]
    unmapped: tuple[tuple[str, float], ...]
    version: str


@dataclass(frozen=True, slots=True)
class ImportedPair:
    """Two ids of a crosswalk as it writes them; an empty `right` says that there is no counterpart.

    `relation` is None where the crosswalk does not say, or says what NIST IR 8477 has no word for;
    `strength` in [0, 1] or None.
    """

    left: str
    right: str
    relation: Relation | None = None
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class ImportedCrosswalk:
    """The pairs of a file: `form` is ``sssom``, ``olir``, ``table``, ``oscal`` or ``ciso-assistant``."""

    form: str
    pairs: tuple[ImportedPair, ...]
