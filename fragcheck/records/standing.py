"""What a reader must know of a document before its figures are set beside those of another."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Flag"]


class Flag(StrEnum):
    """Why a document is not like a law in force in its authentic text."""

    TRANSLATION = "translation"
    BILL = "bill"
    NOT_YET = "not_yet"
    PROPOSED = "proposed"
    VETOED = "vetoed"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    REPEALED = "repealed"
    SOFT_LAW = "soft_law"
    STANDARD = "standard"
    TREATY = "treaty"
    SPEAKS_SOFTLY = "speaks_softly"
