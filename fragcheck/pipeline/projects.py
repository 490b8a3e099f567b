"""Projects of a workspace, worked on: files added, read again, compared under the reviews in force."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import ComparisonError, FragcheckError
from fragcheck.pipeline.analysis import analyse_files
from fragcheck.pipeline.comparing import compare_analyses
from fragcheck.pipeline.export import comparison_json
from fragcheck.pipeline.options import AnalysisOptions, FindCorrections, IsCancelled, OnProgress
from fragcheck.records import Actor, Analysis, Comparison, Review, Role
from fragcheck.store import ArtefactStore, OriginalStore

if TYPE_CHECKING:
    from fragcheck.store.workspace import ComparisonEntry, DocumentVersion, Workspace

__all__ = ["ProjectDesk", "ProjectResult"]


@dataclasses.dataclass(frozen=True, slots=True)
class ProjectResult:
    """A comparison of a project: the records, the bytes that were kept, and where they stand."""

    comparison: Comparison
    content: bytes
    entry: ComparisonEntry


@dataclasses.dataclass(frozen=True, slots=True)
class ProjectDesk:
    """One person at one project, with the folders that hold its files and artefacts.

    Parameters
    ----------
    workspace : Workspace
    actor : Actor
    project : str
    store : ArtefactStore
    originals : OriginalStore
    corrections : callable or None
        Gives the corrections by hand of a document, by its id.
    """

    workspace: Workspace
    actor: Actor
    project: str
    store: ArtefactStore
    originals: OriginalStore
    corrections: FindCorrections | None = None

    def add_file(
        self,
        path: Path,
        options: AnalysisOptions | None = None,
        *,
        name: str = "",
        on_progress: OnProgress | None = None,
    ) -> DocumentVersion:
        """Read a file and keep it in the project: as a new document, or the next version of one of that name.

        Raises
        ------
        PermissionRefused
            Unless the actor is an owner.
        FragcheckError
            Where the file cannot be read; nothing is kept then.
        """
        from fragcheck.store.workspace import add_version, check_role

        # Before anything is kept or read: who may not add a document leaves no file behind.
        check_role(self.workspace, self.actor, self.project, Role.OWNER, "add a document")
        asked = options or AnalysisOptions()
        kept = self.originals.keep(path)
        analysis = self._analysed([kept], [asked], on_progress)[0]
        stated = {key: value for key, value in _plain(asked).items() if key != "password"}
        return add_version(
            self.workspace, self.actor, self.project, analysis, name=name, file_name=path.name, options=stated
        )

    def analyses(
        self,
        versions: Sequence[DocumentVersion] = (),
        *,
        password: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> tuple[Analysis, ...]:
        """Return the machine's analyses of versions, of the newest of every document by default.

        Raises
        ------
        FragcheckError
            Where a file is gone or cannot be read.
        """
        chosen = versions or self._newest()
        paths = [self.originals.find(each.sha256, each.file_name) for each in chosen]
        options = [
            dataclasses.replace(AnalysisOptions(**json.loads(each.options)), password=password)
            for each in chosen
        ]
        return self._analysed(paths, options, on_progress)

    def compare(
        self,
        settings: DivergenceSettings | None = None,
        *,
        versions: Sequence[DocumentVersion] = (),
        seed: int = 0,
        reference: int | None = None,
        password: str | None = None,
        on_progress: OnProgress | None = None,
        is_cancelled: IsCancelled | None = None,
    ) -> ProjectResult:
        """Compare documents of the project under its reviews, and keep the result.

        The parameters are those of `compare_analyses`; `versions` are the newest of all documents by
        default.

        Raises
        ------
        PermissionRefused
            Unless the actor may review.
        ComparisonError
            For fewer than two documents.
        """
        from fragcheck.store import workspace as library

        chosen = tuple(versions) or self._newest()
        run_id = library.begin_run(self.workspace, self.actor, self.project, "compare")
        try:
            log = library.review_log(self.workspace, self.actor, self.project)
            comparison = self._compared(
                chosen,
                library.in_force(log),
                settings,
                seed=seed,
                reference=reference,
                password=password,
                on_progress=on_progress,
                is_cancelled=is_cancelled,
            )
        except FragcheckError as error:
            library.end_run(self.workspace, self.actor, self.project, run_id, run=None, message=str(error))
            raise
        content = json.dumps(comparison_json(comparison, self.store), ensure_ascii=False, indent=1) + "\n"
        entry = library.keep_comparison(
            self.workspace,
            self.actor,
            self.project,
            run_id=run_id,
            versions=chosen,
            log=(len(log), log[-1].digest if log else library.NOTHING),
            result=content.encode(),
            store=self.store,
        )
        library.end_run(self.workspace, self.actor, self.project, run_id, run=comparison.run)
        return ProjectResult(comparison, content.encode(), entry)

    def look(
        self,
        versions: Sequence[DocumentVersion] = (),
        *,
        password: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> Comparison:
        """Return the comparison under the reviews in force without keeping it: what is to be reviewed.

        Raises
        ------
        ComparisonError
            For fewer than two documents.
        """
        from fragcheck.store.workspace import reviews_in_force

        settled = reviews_in_force(self.workspace, self.actor, self.project)
        chosen = tuple(versions) or self._newest()
        return self._compared(chosen, settled, password=password, on_progress=on_progress)

    def _compared(
        self,
        versions: Sequence[DocumentVersion],
        reviews: Sequence[Review],
        settings: DivergenceSettings | None = None,
        *,
        seed: int = 0,
        reference: int | None = None,
        password: str | None = None,
        on_progress: OnProgress | None = None,
        is_cancelled: IsCancelled | None = None,
    ) -> Comparison:
        if len(versions) < 2:
            raise ComparisonError(
                f"at least two documents are wanted in project {self.project}, {len(versions)} came: add one"
            )
        return compare_analyses(
            self.analyses(versions, password=password, on_progress=on_progress),
            settings,
            store=self.store,
            seed=seed,
            reference=reference,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
            reviews=reviews,
        )

    def _newest(self) -> tuple[DocumentVersion, ...]:
        from fragcheck.store.workspace import documents_of

        return documents_of(self.workspace, self.actor, self.project)

    def _analysed(
        self, paths: Sequence[Path], options: Sequence[AnalysisOptions], on_progress: OnProgress | None
    ) -> tuple[Analysis, ...]:
        """One by one: every file may be read in its own way."""
        found = []
        for path, asked in zip(paths, options, strict=True):
            (outcome,) = analyse_files(
                [path], asked, store=self.store, on_progress=on_progress, corrections=self.corrections
            )
            if outcome.analysis is None:
                assert outcome.error is not None  # noqa: S101 - an outcome holds an analysis or an error
                raise outcome.error
            found.append(outcome.analysis)
        return tuple(found)


def _plain(options: AnalysisOptions) -> dict[str, object]:
    """The options that are not the usual ones."""
    return {
        field.name: getattr(options, field.name)
        for field in dataclasses.fields(options)
        if getattr(options, field.name) != field.default
    }
