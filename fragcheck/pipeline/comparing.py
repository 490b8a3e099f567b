"""From analyses to a comparison of all their pairs."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence

from fragcheck.align import MatchSettings, align, distinct_units, match_units, near_matches
from fragcheck.align.evidence import inform
from fragcheck.diverge import DivergenceSettings, measure_pair, remeasure
from fragcheck.errors import ComparisonError
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.pipeline.options import AnalysisOptions, Cancelled, IsCancelled, OnProgress, Progress, Stage
from fragcheck.pipeline.run import reading_options, run_info
from fragcheck.records import (
    Alignment,
    Analysis,
    Comparison,
    Gap,
    Match,
    Notice,
    PairResult,
    RunInfo,
    Side,
    Unit,
)
from fragcheck.records.codec import encode
from fragcheck.store import ArtefactStore, code_fingerprint
from fragcheck.synthesis import opposed_matches

__all__ = ["ComparedSide", "compare_analyses", "compare_sides", "compared_side", "reweigh"]

#: The evidence model has weighed already which candidates are best on both sides.
_MATCHING = dataclasses.replace(MatchSettings.default(), mutual_evidence=1.0)

#: Candidates kept per unit: a counterpart that is not among the first ten is not one.
_TOP = 10


@dataclasses.dataclass(frozen=True, slots=True)
class _Aligned:
    """Matches, near misses, gaps and opposites of a pair: all that does not depend on weights."""

    matches: tuple[Match, ...]
    near: tuple[Match, ...]
    gaps: tuple[Gap, ...]
    opposed: tuple[Match, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ComparedSide:
    """A document as the comparator sees it; `digest` is the hash of all that its result rests on, empty
    where nothing is kept.
    """

    id: str
    analysis: Analysis
    units: tuple[Unit, ...]
    digest: str


def compare_analyses(
    analyses: Sequence[Analysis],
    settings: DivergenceSettings | None = None,
    *,
    store: ArtefactStore | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    seed: int = 0,
    reference: int | None = None,
    options: AnalysisOptions | None = None,
) -> Comparison:
    """Return the comparison of all pairs of at least two documents.

    Parameters
    ----------
    analyses : sequence of Analysis
        In the order in which the result lists them. The same file twice is two
        documents, the second called ``<id>#2``, with one notice.
    settings : DivergenceSettings or None
        Weights and thresholds; they may be changed without aligning anew.
    store : ArtefactStore or None
        Where finished pairs are kept and found again.
    on_progress, is_cancelled : callable or None
        See `analyse_files`; pairs that are finished are kept.
    seed : int
        Is mixed with the hashes of the two documents for the intervals.
    reference : int or None
        Position of a document that all others are compared with; None compares all pairs.

    options : AnalysisOptions or None
        How the documents were read: kept with the result, so that it can be made again.

    Raises
    ------
    ComparisonError
        For fewer than two documents.
    Cancelled
        When `is_cancelled` says so.
    """
    if len(analyses) < 2:
        raise ComparisonError(
            f"at least two documents are wanted for a comparison, {len(analyses)} came; name another file"
        )
    settings = settings or DivergenceSettings.default()
    ids, notices = _document_ids(analyses)
    sides = [
        compared_side(analysis, name, is_kept=store is not None)
        for name, analysis in zip(ids, analyses, strict=True)
    ]
    encoder = RememberingEncoder(load_encoder(), store)
    pairs: list[PairResult] = []
    wanted = [
        (sides[left], sides[right])
        for left, right in itertools.combinations(range(len(sides)), 2)
        if reference is None or reference in (left, right)
    ]
    for done, (left, right) in enumerate(wanted):
        label = f"{left.analysis.document.title} / {right.analysis.document.title}"
        for stage in _pair_stages(done, len(wanted), label, on_progress, is_cancelled):
            if stage == "align":
                aligned = _aligned(left, right, store, encoder)
        pairs.append(_pair(left, right, aligned, settings, store=store, seed=seed))
    run = run_info(settings, seed, options, analyses)
    address = _address(run, wanted) if store is not None else ""
    return Comparison(run, ids, tuple(analyses), tuple(pairs), notices, address)


def compared_side(analysis: Analysis, name: str = "", *, is_kept: bool = True) -> ComparedSide:
    """Return what the comparator needs of a document.

    Parameters
    ----------
    analysis : Analysis
    name : str
        Its id in the comparison, by default that of the document.
    is_kept : bool
        Whether results are kept in a store; then they are found by a hash, which takes a while.
    """
    digest = _digest(analysis) if is_kept else ""
    return ComparedSide(name or analysis.document.id, analysis, distinct_units(analysis), digest)


def compare_sides(
    left: ComparedSide,
    right: ComparedSide,
    settings: DivergenceSettings,
    encoder: SentenceEncoder,
    *,
    store: ArtefactStore | None = None,
    seed: int = 0,
) -> PairResult:
    """Return one pair as `compare_analyses` has it."""
    aligned = _aligned(left, right, store, encoder)
    return _pair(left, right, aligned, settings, store=store, seed=seed)


def reweigh(comparison: Comparison, settings: DivergenceSettings) -> Comparison:
    """Return a comparison under other weights and thresholds, without aligning anew.

    The result is that of `compare_analyses` with these settings, the seed being the same.
    """
    seed = comparison.run.seed
    run = run_info(settings, seed, reading_options(comparison.run), comparison.analyses)
    narrowed = tuple(one for one in comparison.run.settings if one[0] == "applicability")
    return dataclasses.replace(
        comparison,
        run=dataclasses.replace(run, settings=(*run.settings, *narrowed)),
        pairs=tuple(remeasure(pair, settings, seed=seed) for pair in comparison.pairs),
        address="",
    )


def _pair_stages(
    done: int, total: int, label: str, on_progress: OnProgress | None, is_cancelled: IsCancelled | None
) -> Iterator[Stage]:
    """The two stages of a pair, each told to the caller before it begins."""
    stages: tuple[Stage, ...] = ("align", "compare")
    for step, stage in enumerate(stages):
        if is_cancelled is not None and is_cancelled():
            raise Cancelled(f"stopped on request before {label} was compared; finished pairs are kept")
        if on_progress is not None:
            on_progress(Progress(stage, done * len(stages) + step, total * len(stages), label))
        yield stage


def _document_ids(analyses: Sequence[Analysis]) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    seen: dict[str, int] = {}
    ids: list[str] = []
    notices: list[Notice] = []
    for analysis in analyses:
        document = analysis.document
        seen[document.id] = count = seen.get(document.id, 0) + 1
        ids.append(document.id if count == 1 else f"{document.id}#{count}")
        if count > 1:
            message = f"{document.title} was given {count} times; identical files do not diverge."
            notices.append(Notice("document-repeated", message))
    return tuple(ids), tuple(notices)


def _digest(analysis: Analysis) -> str:
    """Hash of what a comparison reads of an analysis; the file's name and title are not in it."""
    content = json.dumps([encode(analysis.segmentation.provisions), encode(analysis.annotations)])
    return hashlib.sha256(content.encode()).hexdigest()


def _address(run: RunInfo, pairs: Sequence[tuple[ComparedSide, ComparedSide]]) -> str:
    """Hash of what a comparison was made from: code, models and settings, and both sides of every pair."""
    sides = [(side.id, side.analysis.document.title, side.digest) for pair in pairs for side in pair]
    return hashlib.sha256(json.dumps([encode(run), sides]).encode()).hexdigest()


def _aligned(
    left: ComparedSide, right: ComparedSide, store: ArtefactStore | None, encoder: SentenceEncoder
) -> _Aligned:
    key = ArtefactStore.key("aligned", left.digest, right.digest, encoder.sha256, code_fingerprint())
    kept = store.load(_Aligned, key) if store is not None else None
    if kept is not None:
        return kept
    alignment = align(
        [unit.text_unit for unit in left.units],
        [unit.text_unit for unit in right.units],
        top=_TOP,
        encoder=encoder,
        both_ways=True,
    )
    alignment = inform(left.units, right.units, alignment)
    matches = match_units(left.units, right.units, alignment, _MATCHING)
    near = near_matches(left.units, right.units, alignment, matches, _MATCHING)
    gaps = _gaps(left, right, matches, alignment)
    opposed = opposed_matches(left.units, right.units, alignment)
    aligned = _Aligned(matches, near, gaps, opposed)
    if store is not None:
        store.save(key, aligned)
    return aligned


def _gaps(
    left: ComparedSide, right: ComparedSide, matches: Sequence[Match], alignment: Alignment
) -> tuple[Gap, ...]:
    """Units that no match holds, left side first, in document order."""
    found: list[Gap] = []
    for side, units, taken, chances in (
        (Side.LEFT, left.units, {match.left_key for match in matches}, alignment.no_counterpart_left),
        (Side.RIGHT, right.units, {match.right_key for match in matches}, alignment.no_counterpart_right),
    ):
        probability = dict(chances)
        found += [
            Gap(side, unit.eid, unit.key, probability.get(unit.key, 1.0))
            for unit in units
            if unit.key not in taken
        ]
    return tuple(found)


def _pair(
    left: ComparedSide,
    right: ComparedSide,
    aligned: _Aligned,
    settings: DivergenceSettings,
    *,
    store: ArtefactStore | None,
    seed: int,
) -> PairResult:
    asked = json.dumps(encode(settings), sort_keys=True)
    key = ArtefactStore.key("pair", left.digest, right.digest, asked, str(seed), code_fingerprint())
    kept = store.load(PairResult, key) if store is not None else None
    if kept is not None:
        return _with_sides(kept, left, right)
    result = measure_pair(
        (left.analysis.document.id, right.analysis.document.id),
        (left.units, right.units),
        (aligned.matches, aligned.near),
        aligned.gaps,
        settings,
        seed=seed,
        opposed=aligned.opposed,
    )
    if store is not None:
        # The units are those of the two analyses, which are kept already; every pair would repeat them.
        store.save(key, dataclasses.replace(result, left_units=(), right_units=()))
    return _with_sides(result, left, right)


def _with_sides(result: PairResult, left: ComparedSide, right: ComparedSide) -> PairResult:
    return dataclasses.replace(
        result, left=left.id, right=right.id, left_units=left.units, right_units=right.units
    )
