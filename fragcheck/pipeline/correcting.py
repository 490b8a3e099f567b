"""From an analysis to the same one with the corrections by hand applied."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable

from fragcheck.records import Analysis, Annotation, Corrections, Segmentation
from fragcheck.records.codec import encode
from fragcheck.segment import apply_corrections, find_references
from fragcheck.store import ArtefactStore, code_fingerprint

__all__ = ["correct_analysis"]


def correct_analysis(
    analysis: Analysis,
    corrections: Corrections,
    annotate: Callable[[Segmentation], tuple[Annotation, ...]],
    *,
    store: ArtefactStore | None = None,
) -> tuple[Analysis, bool]:
    """Return the analysis with its provisions corrected and annotated anew, and whether it was at hand.

    Parameters
    ----------
    analysis : Analysis
        As it was read, without corrections.
    corrections : Corrections
        Without any, the analysis is returned as it is.
    annotate : callable
        Annotates a segmentation.
    store : ArtefactStore or None
        Where corrected analyses are kept, by the analysis and the corrections they were made from.
    """
    if not corrections.corrections:
        return analysis, True
    key = _key(analysis, corrections) if store is not None else ""
    if store is not None:
        kept = store.load(Analysis, key)
        if kept is not None:
            return dataclasses.replace(kept, document=analysis.document), True
    segmentation = apply_corrections(analysis.segmentation, corrections).segmentation
    corrected = Analysis(
        analysis.document, segmentation, annotate(segmentation), find_references(segmentation)
    )
    if store is not None:
        store.save(key, corrected)
    return corrected, False


def _key(analysis: Analysis, corrections: Corrections) -> str:
    """The document's name is not in it: corrections hold for its bytes."""
    content = json.dumps([encode(analysis.segmentation), encode(corrections)], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ArtefactStore.key("corrected", digest, code_fingerprint())
