"""From analyses to a comparison of all their pairs."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence

from fragcheck.align import distinct_units
from fragcheck.diverge import DivergenceSettings, measure_pair, remeasure
from fragcheck.errors import ComparisonError
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.pipeline.matching import Aligned, ComparedSide, aligned_sides, analysis_digest
from fragcheck.pipeline.options import AnalysisOptions, Cancelled, IsCancelled, OnProgress, Progress, Stage
from fragcheck.pipeline.reviewing import PairRulings, pair_rulings, reviewed_analysis
from fragcheck.pipeline.run import reading_options, run_info
from fragcheck.records import REVIEW_LOST, Analysis, Comparison, Notice, PairResult, Review, RunInfo
from fragcheck.records.codec import encode
from fragcheck.store import ArtefactStore, code_fingerprint

__all__ = ["ComparedSide", "compare_analyses", "compare_sides", "compared_side", "reweigh"]


def compare_analyses(  # noqa: PLR0913 - each is a choice of the caller, most are left alone
    analyses: Sequence[Analysis],
    settings: DivergenceSettings | None = None,
    *,
    store: ArtefactStore | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    seed: int = 0,
    reference: int | None = None,
    options: AnalysisOptions | None = None,
    reviews: Iterable[Review] = (),
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
    reviews : iterable of Review
        What people settled, one review per subject: it takes the place of what the machine found, and
        the result holds the reviews that it rests on. Those whose words are nowhere are counted in a
        notice. Without reviews the result is the machine's, to the byte.

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
    desk = _Desk(tuple(reviews))
    analyses = [desk.reviewed(analysis) for analysis in analyses]
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
                rulings = desk.rulings(left, right)
                aligned = aligned_sides(left, right, store, encoder, rulings)
        pairs.append(_pair(left, right, aligned, settings, store=store, seed=seed, ruled=rulings.digest))
    run, reviews = run_info(settings, seed, options, analyses), desk.applied()
    address = _address(run, wanted, reviews) if store is not None else ""
    warnings = (*notices, *desk.notices())
    return Comparison(run, ids, tuple(analyses), tuple(pairs), warnings, address, reviews=reviews)


class _Desk:
    """Hands the reviews out to where they belong, and keeps account of those that found their words."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        self._reviews = reviews
        self._applied: set[str] = set()
        self._lost: set[str] = set()

    def reviewed(self, analysis: Analysis) -> Analysis:
        found = reviewed_analysis(analysis, self._reviews)
        self._note(found.applied, found.lost)
        return found.analysis

    def rulings(self, left: ComparedSide, right: ComparedSide) -> PairRulings:
        documents = left.analysis.document.id, right.analysis.document.id
        found = pair_rulings(documents, (left.units, right.units), self._reviews)
        self._note(found.applied, found.lost)
        return found

    def applied(self) -> tuple[Review, ...]:
        """The reviews that the result rests on, in the order of their subjects."""
        kept = [review for review in self._reviews if review.subject.key in self._applied]
        return tuple(sorted(kept, key=lambda review: review.subject.key))

    def notices(self) -> tuple[Notice, ...]:
        n_lost = len(self._lost - self._applied)
        if not n_lost:
            return ()
        message = (
            f"{n_lost} reviews do not apply: the words they were made on are not in the documents as they "
            "are read now."
        )
        return (Notice(REVIEW_LOST, message),)

    def _note(self, applied: Iterable[Review], lost: Iterable[Review]) -> None:
        self._applied |= {review.subject.key for review in applied}
        self._lost |= {review.subject.key for review in lost}


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
    digest = analysis_digest(analysis) if is_kept else ""
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
    aligned = aligned_sides(left, right, store, encoder, PairRulings({}, {}, {}))
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


def _nature(analysis: Analysis) -> tuple[str | bool, ...]:
    """What findings read of a document beside its provisions: its name, and what it stands beside."""
    document = analysis.document
    named = (document.title, document.instrument, analysis.segmentation.language)
    return (*named, document.kind.value, document.status, document.is_translation)


def _address(
    run: RunInfo, pairs: Sequence[tuple[ComparedSide, ComparedSide]], reviews: Sequence[Review]
) -> str:
    """Hash of what a comparison was made from: code, models, settings, both sides of every pair, reviews."""
    sides = [(side.id, *_nature(side.analysis), side.digest) for pair in pairs for side in pair]
    content = json.dumps([encode(run), sides, [encode(review) for review in reviews]])
    return hashlib.sha256(content.encode()).hexdigest()


def _pair(
    left: ComparedSide,
    right: ComparedSide,
    aligned: Aligned,
    settings: DivergenceSettings,
    *,
    store: ArtefactStore | None,
    seed: int,
    ruled: str = "",
) -> PairResult:
    asked = json.dumps(encode(settings), sort_keys=True)
    key = ArtefactStore.key("pair", left.digest, right.digest, asked, str(seed), ruled, code_fingerprint())
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
        store.keep(key, dataclasses.replace(result, left_units=(), right_units=()))
    return _with_sides(result, left, right)


def _with_sides(result: PairResult, left: ComparedSide, right: ComparedSide) -> PairResult:
    return dataclasses.replace(
        result,
        left=left.id,
        right=right.id,
        left_units=left.units,
        right_units=right.units,
        is_one_work=_is_one_work(left.analysis, right.analysis),
    )


def _is_one_work(left: Analysis, right: Analysis) -> bool:
    """Whether the catalogue knows both for one instrument, in two languages; in one they are versions."""
    known = left.document.instrument
    return (
        bool(known)
        and known == right.document.instrument
        and (left.segmentation.language != right.segmentation.language)
    )
