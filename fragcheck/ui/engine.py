"""What the app asks of the rooms below it, in one place so that tests can put another in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from fragcheck.records import Analysis, ApplicabilityProfile, Comparison
from fragcheck.ui.own_taxonomy import own_path
from fragcheck.ui.places import Place, here
from fragcheck.ui.processes import stream
from fragcheck.ui.report_kinds import ReportKind
from fragcheck.ui.work import QUEUE_LENGTH, Hooks, OutcomeLike, Prepared, ProgressLike, Task, perform
from fragcheck.ui.workspace import DocumentSet, SetEntry, Workspace

#: Seconds for reading one file: it happens in the background, and scans take more than a second a page.
_READ_SECONDS = 600.0

__all__ = ["Engine", "Hooks", "OutcomeLike", "PipelineEngine", "ProgressLike"]


class Engine(Protocol):
    """Everything that the app needs computed."""

    def sample_set(self, workspace: Workspace) -> DocumentSet:
        """Keep the sample documents in `workspace` and return their set."""
        ...

    def perform(self, task: Task, hooks: Hooks) -> Iterator[OutcomeLike | Comparison | Prepared]:
        """Outcomes of all files, the comparison, what stands beside it: see `fragcheck.ui.work.perform`."""
        ...

    def narrow(self, comparison: Comparison, profile: ApplicabilityProfile) -> Comparison:
        """The comparison of what concerns a reader."""
        ...

    def narrow_analysis(self, analysis: Analysis, profile: ApplicabilityProfile) -> Analysis:
        """What concerns a reader of one document."""
        ...

    def as_json(self, comparison: Comparison) -> dict[str, Any]:
        """The comparison in the form of ``fragcheck compare --format json``."""
        ...

    def report(self, comparison: Comparison, kind: ReportKind, chosen: tuple[str, ...]) -> bytes:
        """A file about the whole comparison, or about the one or two documents of it that are `chosen`."""
        ...

    def page_image(self, path: Path, number: int, *, scale: float, password: str | None) -> bytes:
        """PNG of a page, from 1; `scale` pixels per point."""
        ...


class PipelineEngine:
    """The real one. Heavy rooms are imported by the first call, not with the app.

    Parameters
    ----------
    place : Place or None
        Where artefacts, corrections and reviews are kept; that of this machine by default.
    """

    def __init__(self, place: Place | None = None) -> None:
        self.place = place or here()

    def sample_set(self, workspace: Workspace) -> DocumentSet:
        """Keep the sample documents in `workspace` and return their set."""
        from fragcheck.catalogue import sample_paths

        return workspace.save_sample(sample_paths())

    def perform(self, task: Task, hooks: Hooks) -> Iterator[OutcomeLike | Comparison | Prepared]:
        """Yield outcomes, the comparison, and what stands beside it; a process of its own does the work."""
        found: Iterator[OutcomeLike | Comparison | Prepared] = stream(_perform, (self.place, task), hooks)
        return found

    def analyse(self, path: Path, entry: SetEntry, password: str | None, hooks: Hooks) -> OutcomeLike:
        """What becomes of one file, read with what is forced for it and corrected by hand."""
        from fragcheck.pipeline import AnalysisOptions, analyse_files

        (outcome,) = analyse_files(
            (path,),
            AnalysisOptions(
                tradition=entry.tradition,
                language=entry.language,
                password=password,
                timeout_s=_READ_SECONDS,
                taxonomy=own_path(),
            ),
            store=self.place.artefacts,
            on_progress=hooks.on_progress,
            is_cancelled=hooks.is_cancelled,
            corrections=self.place.corrections.load,
        )
        return outcome

    def compare(self, analyses: tuple[Analysis, ...], hooks: Hooks) -> Comparison:
        """Compare all pairs, under the reviews that are in force in the project."""
        from fragcheck.pipeline import compare_analyses

        return compare_analyses(
            analyses,
            store=self.place.artefacts,
            on_progress=hooks.on_progress,
            is_cancelled=hooks.is_cancelled,
            reviews=self.place.reviews(),
        )

    def prepare(self, comparison: Comparison, hooks: Hooks) -> Iterator[Prepared]:
        """The summary of the set, then the queue of findings to review; kept with the comparison."""
        from fragcheck.pipeline import kept_queue, kept_summary

        store = self.place.artefacts
        yield Prepared("summary", kept_summary(comparison, store))
        yield Prepared("queue", kept_queue(comparison, QUEUE_LENGTH, store, on_progress=hooks.on_progress))

    def narrow(self, comparison: Comparison, profile: ApplicabilityProfile) -> Comparison:
        """The comparison of what concerns a reader."""
        from fragcheck.pipeline import apply_profile

        return apply_profile(comparison, profile)

    def narrow_analysis(self, analysis: Analysis, profile: ApplicabilityProfile) -> Analysis:
        """What concerns a reader of one document."""
        from fragcheck.pipeline import narrowed_analysis

        return narrowed_analysis(analysis, profile)

    def as_json(self, comparison: Comparison) -> dict[str, Any]:
        """The comparison in the form of ``fragcheck compare --format json``."""
        from fragcheck.pipeline import comparison_json

        return self._public(comparison_json(comparison, self.place.artefacts))

    def _public(self, found: dict[str, Any]) -> dict[str, Any]:
        """A result without the server's folders, where a team shares the place: names of files remain."""
        if self.place.is_shared:
            for document in found["documents"]:
                document["path"] = Path(document["path"]).name
        return found

    def report(self, comparison: Comparison, kind: ReportKind, chosen: tuple[str, ...]) -> bytes:
        """A file about the whole comparison, or about the one or two documents of it that are `chosen`."""
        from fragcheck import pipeline

        if kind.form == "json":
            found = self._public(pipeline.comparison_json(comparison))
            return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
        if kind.about == "set":
            pipeline.check_report(kind.form)
            return pipeline.comparison_report(comparison, kind.form)
        by_id = dict(zip(comparison.document_ids, comparison.analyses, strict=True))
        if kind.about == "pair":
            left, right = (by_id[one] for one in chosen)
            crosswalk = pipeline.crosswalk_of(left, right, pipeline.align_analyses(left, right))
            return pipeline.crosswalk_text(crosswalk, kind.form).encode("utf-8")
        analysis = by_id[chosen[0]]
        if kind.form == "akn":
            return pipeline.akoma_ntoso(analysis.document, analysis.segmentation)
        text = pipeline.provisions_text(analysis.document, analysis.segmentation, kind.form)
        return text.encode("utf-8")

    def page_image(self, path: Path, number: int, *, scale: float, password: str | None) -> bytes:
        """PNG of a page, from 1; `scale` pixels per point."""
        from fragcheck.pipeline import page_image

        return page_image(path, number, scale=scale, password=password)


def _perform(place: Place, task: Task, hooks: Hooks) -> Iterator[OutcomeLike | Comparison | Prepared]:
    """What the process of an analysis does."""
    yield from perform(PipelineEngine(place), task, hooks)
