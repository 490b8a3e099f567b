"""Aligned documents as a crosswalk, and a crosswalk or a document in an exchange format."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from fragcheck.errors import ComparisonError, InputError
from fragcheck.exchange import (
    crosswalk_ciso_assistant,
    crosswalk_olir,
    crosswalk_oscal,
    crosswalk_sssom,
    provisions_ciso_assistant,
    provisions_oscal,
)
from fragcheck.pipeline.aligning import AlignedRow
from fragcheck.records import (
    Analysis,
    Crosswalk,
    CrosswalkRow,
    CrosswalkSide,
    Document,
    Relation,
    Segmentation,
)
from fragcheck.version import __version__

__all__ = ["CATALOGS", "CROSSWALKS", "crosswalk_of", "crosswalk_text", "provisions_text"]

#: Forms of a crosswalk, and of the provisions of one document.
CROSSWALKS = ("sssom", "oscal", "olir", "ciso-assistant")
CATALOGS = ("oscal", "ciso-assistant")


def crosswalk_of(
    left: Analysis, right: Analysis, rows: Iterable[AlignedRow], *, min_probability: float = 0.5
) -> Crosswalk:
    """Return what an expert would map, of the rows of `align_analyses`.

    Parameters
    ----------
    left, right : Analysis
    rows : iterable of AlignedRow
    min_probability : float
        Candidates below it are left out; in [0, 1].
    """
    kept: list[CrosswalkRow] = []
    silent: dict[str, float] = {}
    for row in rows:
        if not row.right_id:
            silent[row.left_id] = row.probability
        elif row.probability >= min_probability and row.relation is not Relation.NONE:
            kept.append(CrosswalkRow(row.left_id, row.right_id, row.probability, row.relation, row.differs))
    mapped = {row.left for row in kept}
    return Crosswalk(
        left=CrosswalkSide(left.document, left.segmentation),
        right=CrosswalkSide(right.document, right.segmentation),
        rows=tuple(kept),
        unmapped=tuple((eid, chance) for eid, chance in silent.items() if eid not in mapped),
        version=__version__,
    )


def crosswalk_text(crosswalk: Crosswalk, form: str) -> str:
    """Return a crosswalk in a form of `CROSSWALKS`.

    Raises
    ------
    ComparisonError
        For OSCAL and CISO Assistant where nothing is mapped: they cannot say so.
    InputError
        For another form.
    """
    if form in CATALOGS and not crosswalk.rows:
        raise ComparisonError(
            f"{form} needs at least one mapped pair, none reached the probability that was asked for; "
            "lower --min-probability"
        )
    if form == "sssom":
        return crosswalk_sssom(crosswalk)
    if form == "olir":
        return crosswalk_olir(crosswalk)
    if form == "oscal":
        return crosswalk_oscal(crosswalk, _moment())
    if form == "ciso-assistant":
        return crosswalk_ciso_assistant(crosswalk, _moment())
    raise InputError(f"a crosswalk can be {', '.join(CROSSWALKS)}; {form} came")


def provisions_text(document: Document, segmentation: Segmentation, form: str) -> str:
    """Return the provisions of a document in a form of `CATALOGS`.

    Raises
    ------
    InputError
        For another form.
    """
    side = CrosswalkSide(document, segmentation)
    if form == "oscal":
        return provisions_oscal(side, __version__, _moment())
    if form == "ciso-assistant":
        return provisions_ciso_assistant(side, __version__, _moment())
    raise InputError(f"a catalogue can be {', '.join(CATALOGS)}; {form} came")


def _moment() -> dt.datetime:
    """Now, or the moment that ``SOURCE_DATE_EPOCH`` names, so that equal results can be equal bytes."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return dt.datetime.fromtimestamp(int(fixed), tz=dt.UTC)
    return dt.datetime.now(tz=dt.UTC)
