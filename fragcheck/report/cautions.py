"""Why a document is to be compared with care, in the words of reports."""

from __future__ import annotations

from collections.abc import Iterable

from fragcheck.records import Flag

__all__ = ["FLAG_WORDS", "caution_words"]

FLAG_WORDS = {
    Flag.TRANSLATION: "translation, not the authentic text",
    Flag.BILL: "bill",
    Flag.NOT_YET: "not yet in force",
    Flag.PROPOSED: "proposed",
    Flag.VETOED: "vetoed",
    Flag.LAPSED: "lapsed",
    Flag.REPLACED: "replaced",
    Flag.REPEALED: "repealed",
    Flag.SOFT_LAW: "soft law",
    Flag.STANDARD: "standard",
    Flag.TREATY: "treaty",
    Flag.SPEAKS_SOFTLY: "speaks as guidance",
}


def caution_words(flags: Iterable[Flag]) -> str:
    """The flags of a document in words; empty for a law in force in its authentic text."""
    return "; ".join(FLAG_WORDS[flag] for flag in flags)
