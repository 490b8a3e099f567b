"""Which documents of a comparison are unlike, so that they are flagged and not mixed in one index."""

from __future__ import annotations

from collections.abc import Sequence

from fragcheck.diverge import binding_force, document_units
from fragcheck.records import Comparison, Document, DocumentKind, Flag, Force, Unit

__all__ = ["document_flags", "flags_of", "forces_of"]

_OF_KIND = {
    DocumentKind.BILL: Flag.BILL,
    DocumentKind.SOFT_LAW: Flag.SOFT_LAW,
    DocumentKind.STANDARD: Flag.STANDARD,
    DocumentKind.TREATY: Flag.TREATY,
}
_OF_STATUS = {
    "adopted": Flag.NOT_YET,
    "proposed": Flag.PROPOSED,
    "vetoed": Flag.VETOED,
    "lapsed": Flag.LAPSED,
    "replaced": Flag.REPLACED,
    "repealed": Flag.REPEALED,
}
#: Flags of what binds nobody today, although it may speak as a law does.
_NOT_LAW = frozenset((Flag.BILL, Flag.PROPOSED, Flag.VETOED, Flag.LAPSED, Flag.REPLACED, Flag.REPEALED))
_SOFT = frozenset((Flag.SOFT_LAW, Flag.STANDARD, Flag.SPEAKS_SOFTLY))


def document_flags(document: Document, units: Sequence[Unit] = ()) -> tuple[Flag, ...]:
    """Return the flags of a document in the order of `Flag`.

    They follow its kind, status and whether it is a translation, as the record has them. Where the kind is
    not known, `units` tell whether it speaks as guidance.
    """
    found = {_OF_KIND.get(document.kind), _OF_STATUS.get(document.status)}
    if document.is_translation:
        found.add(Flag.TRANSLATION)
    if document.kind is DocumentKind.UNKNOWN and binding_force(units) is Force.NON_BINDING:
        found.add(Flag.SPEAKS_SOFTLY)
    return tuple(flag for flag in Flag if flag in found)


def flags_of(comparison: Comparison) -> dict[str, tuple[Flag, ...]]:
    """The flags of every document of a comparison, by its id, in its order."""
    units = document_units(comparison.pairs)
    return {
        one: document_flags(analysis.document, units.get(one, ()))
        for one, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }


def forces_of(comparison: Comparison) -> dict[str, Force]:
    """Return what is set beside what in one index, by document: law in force, guidance, what is not law.

    A bill, and what was vetoed, repealed or replaced, is apart from law in force however it speaks. Where
    the kind of a document is not known, its words decide (`binding_force`).
    """
    units = document_units(comparison.pairs)
    found = {}
    for (one, flags), analysis in zip(flags_of(comparison).items(), comparison.analyses, strict=True):
        if _NOT_LAW & set(flags):
            found[one] = Force.NOT_IN_FORCE
        elif _SOFT & set(flags):
            found[one] = Force.NON_BINDING
        elif analysis.document.kind is DocumentKind.UNKNOWN:
            found[one] = binding_force(units.get(one, ()))
        else:
            found[one] = Force.BINDING
    return found
