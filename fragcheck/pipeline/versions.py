"""Two versions of one law: redline, eid mapping, and what the amendments did to the divergence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from fragcheck.pipeline.comparing import compare_analyses
from fragcheck.pipeline.figures import figure
from fragcheck.records import Analysis, Attribution, EditKind, PairResult, Redline, RedlineEntry
from fragcheck.store import ArtefactStore
from fragcheck.synthesis import attribute_change, attribute_divergence, redline

__all__ = ["redline_columns", "redline_json", "redline_rows", "redline_versions"]

Json = dict[str, Any]


def redline_versions(old: Analysis, new: Analysis) -> Redline:
    """Return what became of each provision of `old` in `new`."""
    return redline(old.segmentation.provisions, new.segmentation.provisions)


def redline_json(
    old: Analysis, new: Analysis, against: Sequence[Analysis] = (), *, store: ArtefactStore | None = None
) -> Json:
    """Return the redline of two versions and the effect of each amendment on the divergence.

    Parameters
    ----------
    old, new : Analysis
    against : sequence of Analysis
        Other documents: for each the change of D from the old to the new version is attributed.
    store : ArtefactStore or None
        Where finished pairs are kept and found again.

    Returns
    -------
    dict
        ``counts`` by kind, ``entries``, ``eid_mapping``, ``divergence`` (D of the two versions, with what
        each amendment adds) and ``against`` (per document ``before``, ``after``, ``change`` and
        its ``attribution``, which sums to ``change``).
    """
    changes = redline_versions(old, new)
    (pair,) = compare_analyses([old, new], store=store).pairs
    return {
        "old": _document(old),
        "new": _document(new),
        "counts": {kind.value: _count(changes, kind) for kind in EditKind},
        "entries": redline_rows(changes),
        "eid_mapping": [list(ends) for ends in changes.eid_mapping],
        "divergence": {
            "value": figure(pair.overall.value),
            "low": figure(pair.overall.low),
            "high": figure(pair.overall.high),
            "by_amendment": _attributed(attribute_divergence(pair, changes)),
        },
        "against": [_against(old, new, other, changes, store) for other in against],
    }


def redline_rows(changes: Redline) -> list[Json]:
    """The entries of a redline as rows, edits as [operation, words]."""
    return [
        {
            "kind": entry.kind.value,
            "old": list(entry.old),
            "new": list(entry.new),
            "similarity": figure(entry.similarity),
            "is_moved": entry.is_moved,
            "edits": [[edit.operation, edit.text] for edit in entry.edits],
        }
        for entry in changes.entries
    ]


def redline_columns() -> tuple[str, ...]:
    """Names of the columns of the flat form; eids are joined by ``;``."""
    return "kind", "old", "new", "similarity", "is_moved"


def _document(analysis: Analysis) -> Json:
    return {
        "id": analysis.document.id,
        "title": analysis.document.title,
        "path": analysis.document.path,
        "n_provisions": len(analysis.segmentation.provisions),
    }


def _count(changes: Redline, kind: EditKind) -> int:
    return Counter(entry.kind for entry in changes.entries)[kind]


def _against(
    old: Analysis, new: Analysis, other: Analysis, changes: Redline, store: ArtefactStore | None
) -> Json:
    before, after = (_pair(version, other, store) for version in (old, new))
    values = before.overall.value, after.overall.value
    change = None if None in values else (values[1] or 0.0) - (values[0] or 0.0)
    return {
        **_document(other),
        "before": figure(values[0]),
        "after": figure(values[1]),
        "change": figure(change),
        "attribution": _attributed(attribute_change(before, after, changes)),
    }


def _pair(version: Analysis, other: Analysis, store: ArtefactStore | None) -> PairResult:
    return compare_analyses([version, other], store=store).pairs[0]


def _attributed(found: Sequence[Attribution]) -> list[Json]:
    return [{**_place(one.entry), "contribution": figure(one.contribution)} for one in found]


def _place(entry: RedlineEntry | None) -> Json:
    if entry is None:
        return {"kind": None, "old": [], "new": []}
    return {"kind": entry.kind.value, "old": list(entry.old), "new": list(entry.new)}
