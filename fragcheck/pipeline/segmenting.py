"""From a document to its provisions: here, or in a process with limits where the document is very large."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from fragcheck.errors import SegmentationError
from fragcheck.isolation import Apart, Limits, run_apart
from fragcheck.pipeline.nature import described
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.records import Document, Notice, Segmentation
from fragcheck.records.codec import decode, encode
from fragcheck.segment import segment

__all__ = ["MOST_CHARACTERS", "MOST_LINES", "segmented", "segmented_bytes"]

#: What is segmented in this process: some 400 pages. Time grows with the lines (0.7 ms each at worst, in
#: `tests/pipeline/test_segmenting.py`), so that this takes a quarter of a minute at most.
MOST_LINES = 20_000
MOST_CHARACTERS = 4_000_000
_MEMORY_MB = 4096


def segmented(document: Document, options: AnalysisOptions) -> tuple[Document, Segmentation]:
    """Return the document with its language, and its provisions.

    What is larger than any but a few laws is done in a process of its own: a document whose lines were
    made to be slow to segment is refused after ``options.timeout_s``, and costs nothing but itself.

    Raises
    ------
    ReadLimitExceeded
        Where that process took too long, or too much memory.
    SegmentationError
        Where its provisions cannot be told apart, or what is forced does not exist.
    """
    n_characters = sum(len(line.text) for line in document.lines)
    if len(document.lines) <= MOST_LINES and n_characters <= MOST_CHARACTERS:
        return _segmented(document, options.tradition, options.language)
    task = Apart(
        f"{__name__}:segmented_bytes",
        Path(document.path).name,
        {"document": encode(document), "tradition": options.tradition, "language": options.language},
        Limits(options.timeout_s, memory_mb=_MEMORY_MB),
        "document",
        SegmentationError.__name__,
    )
    found, provisions = json.loads(run_apart(task))
    # The lines are here already; only what was found out about the document comes back.
    told = dataclasses.replace(decode(Document, found), lines=document.lines, tables=document.tables)
    return told, decode(Segmentation, provisions)


def segmented_bytes(document: Any, tradition: str | None, language: str | None) -> bytes:  # noqa: ANN401
    """What the process does: a document as JSON values to the same without lines, and its provisions."""
    found, segmentation = _segmented(decode(Document, document), tradition, language)
    bare = dataclasses.replace(found, lines=(), tables=())
    return json.dumps([encode(bare), encode(segmentation)]).encode("ascii")


def _segmented(
    document: Document, tradition: str | None, forced: str | None
) -> tuple[Document, Segmentation]:
    try:
        segmentation = segment(
            dataclasses.replace(document, language=forced or ""), tradition=tradition, language=forced
        )
    except SegmentationError:
        raise
    except (ValueError, KeyError, IndexError, RecursionError) as error:  # a fault of ours costs one file
        name = Path(document.path).name
        message = f"{name}: its provisions could not be told apart ({type(error).__name__}: {error})"
        raise SegmentationError(message) from error
    if not segmentation.provisions:
        notice = Notice("no-provisions", "No text was found that could be segmented into provisions.")
        document = dataclasses.replace(document, warnings=(*document.warnings, notice))
    if not document.pages:
        segmentation = _without_places(segmentation)
    document = described(document, segmentation.language)
    return dataclasses.replace(document, language=segmentation.language), segmentation


def _without_places(segmentation: Segmentation) -> Segmentation:
    """The provisions of a file without pages: the boxes that its lines were laid out in are no one's."""
    return dataclasses.replace(
        segmentation,
        provisions=tuple(dataclasses.replace(each, spans=()) for each in segmentation.provisions),
        warnings=tuple(dataclasses.replace(each, page=None) for each in segmentation.warnings),
    )
