"""From an analysis to the same one with the corrections by hand applied."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from fragcheck.errors import UnreadableInput
from fragcheck.pipeline.options import FindCorrections
from fragcheck.records import Analysis, Annotation, Corrections, Segmentation
from fragcheck.records.codec import encode
from fragcheck.segment import apply_corrections, find_references
from fragcheck.store import ArtefactStore, code_fingerprint, corrections_from_json

__all__ = ["correct_analysis", "given_corrections"]


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
        store.keep(key, corrected)
    return corrected, False


def given_corrections(paths: Sequence[Path]) -> FindCorrections:
    """Return the corrections of a document by its id, out of files that the app hands out.

    A document that no file is for has none.

    Raises
    ------
    UnreadableInput
        For a file that is not there, or holds no corrections.
    """
    found: dict[str, Corrections] = {}
    for path in paths:
        try:
            one = corrections_from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnreadableInput(
                f"{path}: corrections by hand were wanted, as the app's page Document hands them out; "
                f"the file holds none ({error})"
            ) from error
        earlier = found.get(one.document_id, Corrections(one.document_id))
        found[one.document_id] = Corrections(one.document_id, (*earlier.corrections, *one.corrections))
    return lambda document_id: found.get(document_id, Corrections(document_id))


def _key(analysis: Analysis, corrections: Corrections) -> str:
    """The document's name is not in it: corrections hold for its bytes. What tagged it is."""
    tagged_by = sorted({tag.source for annotation in analysis.annotations for tag in annotation.tags})
    content = json.dumps([encode(analysis.segmentation), encode(corrections), tagged_by], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ArtefactStore.key("corrected", digest, code_fingerprint())
