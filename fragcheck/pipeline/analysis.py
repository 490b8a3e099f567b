"""From files to analyses: read, segment, annotate, one file after the other."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from fragcheck.annotate import Tagger, annotate, find_tagger, load_model
from fragcheck.errors import FragcheckError, ModelError, TaxonomyError, UnreadableInput
from fragcheck.pipeline.correcting import correct_analysis
from fragcheck.pipeline.options import (
    AnalysisOptions,
    Cancelled,
    FindCorrections,
    IsCancelled,
    OnProgress,
    Outcome,
    Progress,
    Stage,
)
from fragcheck.pipeline.reading import read_input
from fragcheck.pipeline.segmenting import segmented
from fragcheck.records import Analysis, Annotation, Document, Segmentation
from fragcheck.segment import apply_corrections, find_references
from fragcheck.store import ArtefactStore, code_fingerprint
from fragcheck.taxonomy import load_taxonomy

__all__ = ["analyse_file", "analyse_files", "analysis_key", "annotate_all", "read_and_segment"]

_STAGES: tuple[Stage, ...] = ("read", "segment", "annotate")


def analyse_files(
    paths: Sequence[Path],
    options: AnalysisOptions | None = None,
    *,
    store: ArtefactStore | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    passwords: Mapping[Path, str] | None = None,
    corrections: FindCorrections | None = None,
) -> tuple[Outcome, ...]:
    """Return how each file ended, in the order of `paths`; one file's error stops no other.

    Parameters
    ----------
    paths : sequence of Path
        Files of the kinds that `fragcheck.formats.sniff` tells.
    options : AnalysisOptions or None
    store : ArtefactStore or None
        Where finished analyses are kept and found again; None keeps nothing.
    on_progress : callable or None
        Is called before each stage of each file.
    is_cancelled : callable or None
        Is asked before each stage; True ends the run.
    passwords : mapping of Path to str or None
        Passwords of single files, before that of `options`.
    corrections : callable or None
        Gives the corrections by hand of a document, by its id; see `CorrectionStore.load`.

    Raises
    ------
    Cancelled
        When `is_cancelled` says so.
    ModelError
        If a model is not installed or not the one on record.
    """
    options = options or AnalysisOptions()
    outcomes: list[Outcome] = []
    for index, path in enumerate(paths):
        password = (passwords or {}).get(path, options.password)
        watch = _Watch(path.name, index * len(_STAGES), len(paths) * len(_STAGES), on_progress, is_cancelled)
        asked = dataclasses.replace(options, password=password)
        outcomes.append(_outcome(path, asked, store, watch, corrections))
    return tuple(outcomes)


def analyse_file(
    path: Path, options: AnalysisOptions | None = None, *, store: ArtefactStore | None = None
) -> Analysis:
    """Return the analysis of one file.

    Raises
    ------
    FragcheckError
        Where the file cannot be read; see `fragcheck.errors`.
    """
    watch = _Watch(path.name, 0, len(_STAGES), None, None)
    analysis, _ = _analyse(path, options or AnalysisOptions(), store, watch)
    return analysis


def read_and_segment(
    path: Path, options: AnalysisOptions | None = None, *, corrections: FindCorrections | None = None
) -> tuple[Document, Segmentation]:
    """Return a file's document, with its lines, and its provisions, corrected where `corrections` are given.

    Raises
    ------
    UnreadableInput
        For a file that is not there, is empty, or of a kind that is not read.
    ExtractionError, SegmentationError
        See `fragcheck.errors`.
    """
    options = options or AnalysisOptions()
    document, table = read_input(path, options)
    document, segmentation = (document, table) if table is not None else segmented(document, options)
    if corrections is not None:
        segmentation = apply_corrections(segmentation, corrections(document.id)).segmentation
    return document, segmentation


@dataclasses.dataclass(frozen=True, slots=True)
class _Watch:
    """Tells the caller about each stage and asks whether to go on."""

    label: str
    done: int
    total: int
    on_progress: OnProgress | None
    is_cancelled: IsCancelled | None

    def __call__(self, stage: Stage) -> None:
        if self.is_cancelled is not None and self.is_cancelled():
            raise Cancelled(f"stopped on request before {self.label} was analysed; finished files are kept")
        if self.on_progress is not None:
            done = self.done + _STAGES.index(stage)
            self.on_progress(Progress(stage, done, self.total, self.label))


def _outcome(
    path: Path,
    options: AnalysisOptions,
    store: ArtefactStore | None,
    watch: _Watch,
    corrections: FindCorrections | None,
) -> Outcome:
    start = time.perf_counter()
    try:
        analysis, from_cache = _analyse(path, options, store, watch)
        if corrections is not None:
            watch("annotate")
            by_hand = corrections(analysis.document.id)
            analysis, is_kept = correct_analysis(
                analysis, by_hand, partial(annotate_all, options=options), store=store
            )
            from_cache = from_cache and is_kept
    except (Cancelled, ModelError, TaxonomyError):  # not the fault of this file: every other would end so too
        raise
    except FragcheckError as error:
        return Outcome(path, path.name, None, error, time.perf_counter() - start, from_cache=False)
    return Outcome(path, path.name, analysis, None, time.perf_counter() - start, from_cache=from_cache)


def _analyse(
    path: Path, options: AnalysisOptions, store: ArtefactStore | None, watch: _Watch
) -> tuple[Analysis, bool]:
    watch("read")
    key = analysis_key(path, options) if store is not None else ""
    if store is not None:
        kept = store.load(Analysis, key)
        if kept is not None:
            document = dataclasses.replace(kept.document, path=str(path))
            return dataclasses.replace(kept, document=document), True
    document, table = read_input(path, options)
    watch("segment")
    if table is None:
        document, segmentation = segmented(document, options)
    else:
        segmentation = table
    watch("annotate")
    annotations = annotate_all(segmentation, options)
    # Lines weigh ten times the rest and every provision knows its boxes already.
    analysis = Analysis(
        dataclasses.replace(document, lines=(), tables=()),
        segmentation,
        annotations,
        find_references(segmentation),
    )
    if store is not None:
        store.keep(key, analysis)
    return analysis, False


def annotate_all(
    segmentation: Segmentation, options: AnalysisOptions | None = None
) -> tuple[Annotation, ...]:
    """Return the annotations of all provisions, with the tagger that `options` ask for.

    Raises
    ------
    TaxonomyError, ModelError
        Where a taxonomy or a model of the user's is not what it must be.
    """
    options = options or AnalysisOptions()
    return annotate(segmentation, _tagger(options.taxonomy, options.model, _own_files(options)))


@cache
def _tagger(taxonomy: str | None, model: str | None, hashes: tuple[tuple[str, str], ...]) -> Tagger:
    del hashes  # only part of the cache's key
    return find_tagger(taxonomy, model)


def analysis_key(path: Path, options: AnalysisOptions) -> str:
    """Return the address of a file's analysis in the store: a hash of all that it depends on.

    Raises
    ------
    UnreadableInput
        If the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInput(f"{path.name}: the file cannot be opened ({error.strerror})") from error
    asked = json.dumps({**dataclasses.asdict(options), **dict(_own_files(options))}, sort_keys=True)
    return ArtefactStore.key("analysis", digest, path.suffix.lower(), path.stem, asked, code_fingerprint())


def _own_files(options: AnalysisOptions) -> tuple[tuple[str, str], ...]:
    """Hashes of the user's taxonomy and model: the same path may hold another file tomorrow."""
    found = []
    if options.taxonomy:
        found.append(("taxonomy_sha256", load_taxonomy(options.taxonomy).sha256))
    if options.model:
        found.append(("model_sha256", load_model(Path(options.model)).sha256))
    return tuple(found)
