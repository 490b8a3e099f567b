"""Whom a reader is, and what of the documents concerns it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Applicability", "ApplicabilityCount", "ApplicabilityProfile", "Ground"]


class Ground(StrEnum):
    """Why a requirement may not concern a reader."""

    ROLE = "role"
    SECTOR = "sector"
    TIER = "tier"
    TERRITORY = "territory"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ApplicabilityProfile:
    """Whom a reader is; what is empty does not filter.

    Parameters
    ----------
    role : str
        Of the roles lexicon: ``deployer``, ``supplier``, …
    sector, tier : str
        Names of the lexicon of applicability: ``employment``, …; ``high``, …
    territory : str
        A jurisdiction as the catalogue writes it: ``Germany``, ``United States: Colorado``.
    as_of : str
        A day, ``YYYY-MM-DD``.
    """

    role: str = ""
    sector: str = ""
    tier: str = ""
    territory: str = ""
    as_of: str = ""

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What it filters by."""
        given = (self.role, self.sector, self.tier, self.territory, self.as_of)
        return tuple(ground for ground, value in zip(Ground, given, strict=True) if value)


@dataclass(frozen=True, slots=True)
class ApplicabilityCount:
    """What became of the requirements and definitions of one document.

    Parameters
    ----------
    document_id : str
    n_all, n_kept : int
    left_out : tuple of (Ground, int)
        How many do not concern the reader, by ground; one can have several grounds.
    unknown : tuple of (Ground, int)
        How many were kept because the document does not tell.
    """

    document_id: str
    n_all: int
    n_kept: int
    left_out: tuple[tuple[Ground, int], ...] = ()
    unknown: tuple[tuple[Ground, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Applicability:
    """A profile and what it left, document by document; `dropped` names those that hold nothing for it."""

    profile: ApplicabilityProfile
    counts: tuple[ApplicabilityCount, ...]
    dropped: tuple[str, ...] = ()
