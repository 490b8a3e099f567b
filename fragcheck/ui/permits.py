"""Files, jobs and corrections of a project in the hands of one person: every change asks for its role first.

Pages hide what a person may not do; what they call refuses it. The role is asked of the workspace at the
moment of the change, so that one that was taken away counts no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from fragcheck.records import Corrections, Role
from fragcheck.store import CorrectionStore
from fragcheck.ui.engine import Engine
from fragcheck.ui.jobs import Job, JobRegistry
from fragcheck.ui.matrix import Matrix, MatrixShelf
from fragcheck.ui.workspace import DocumentSet, SetEntry, Workspace

__all__ = ["Ask", "PermittedCorrections", "PermittedJobs", "PermittedMatrices", "PermittedWorkspace"]

#: Raises `fragcheck.errors.PermissionRefused` unless the person has that role; the words say for what.
Ask = Callable[[Role, str], None]


class PermittedWorkspace(Workspace):
    """The files and sets of a project for one person."""

    def __init__(self, root: Path, ask: Ask) -> None:
        super().__init__(root)
        self._ask = ask

    def add_file(self, name: str, content: bytes) -> SetEntry:
        """Keep a file; for owners."""
        self._ask(Role.OWNER, "add a document")
        return super().add_file(name, content)

    def save_set(self, entries: tuple[SetEntry, ...], *, set_id: str | None = None) -> DocumentSet:
        """Keep a set of files that are here; for reviewers."""
        self._ask(Role.REVIEWER, "compare documents")
        return super().save_set(entries, set_id=set_id)

    def save_sample(self, paths: tuple[Path, ...]) -> DocumentSet:
        """Keep the sample documents; for owners."""
        self._ask(Role.OWNER, "add a document")
        return super().save_sample(paths)

    def remove_set(self, set_id: str) -> None:
        """Delete a set; for owners."""
        self._ask(Role.OWNER, "remove a document")
        super().remove_set(set_id)


class PermittedJobs:
    """The analyses of a project for one person; everybody in it may look."""

    def __init__(self, jobs: JobRegistry, ask: Ask) -> None:
        self._jobs = jobs
        self._ask = ask
        self.workspace: Workspace = PermittedWorkspace(jobs.workspace.root, ask)

    @property
    def engine(self) -> Engine:
        """What computes for the project."""
        return self._jobs.engine

    @property
    def passwords(self) -> Mapping[str, str]:
        """Passwords given in this run of the server for files of the project."""
        return self._jobs.passwords

    def ensure(self, set_id: str) -> Job:
        """The job of a set; started where there is none."""
        return self._jobs.ensure(set_id)

    def set_password(self, sha256: str, password: str) -> None:
        """Remember a password; for reviewers."""
        self._ask(Role.REVIEWER, "open a document")
        self._jobs.set_password(sha256, password)

    def restart(self, set_id: str) -> Job:
        """Compute a set anew; for reviewers."""
        self._ask(Role.REVIEWER, "compare documents")
        return self._jobs.restart(set_id)

    def forget(self, set_id: str) -> None:
        """Stop and drop the job of a set; for reviewers."""
        self._ask(Role.REVIEWER, "compare documents")
        self._jobs.forget(set_id)

    def forget_document(self, sha256: str) -> None:
        """Stop and drop the jobs of all sets with a document; for reviewers."""
        self._ask(Role.REVIEWER, "correct a document")
        self._jobs.forget_document(sha256)

    def cancel(self, job: Job) -> None:
        """Stop a job; for reviewers."""
        self._ask(Role.REVIEWER, "stop an analysis")
        self._jobs.cancel(job)


class PermittedCorrections(CorrectionStore):
    """The corrections by hand of a project for one person."""

    def __init__(self, root: Path, ask: Ask) -> None:
        super().__init__(root)
        self._ask = ask

    def save(self, corrections: Corrections) -> None:
        """Keep all corrections of a document; for reviewers."""
        self._ask(Role.REVIEWER, "correct a document")
        super().save(corrections)


class PermittedMatrices(MatrixShelf):
    """The tables of batches in a project for one person."""

    def __init__(self, root: Path, ask: Ask) -> None:
        super().__init__(root)
        self._ask = ask

    def load(self, name: str, principle: str) -> Matrix:
        """The matrix of kept tables; for members."""
        self._ask(Role.READER, "look at a batch")
        return super().load(name, principle)

    def names(self) -> tuple[str, ...]:
        """All that is kept; for members."""
        self._ask(Role.READER, "look at a batch")
        return super().names()

    def keep(self, documents: bytes, pairs: bytes) -> str:
        """Keep the tables of a batch; for owners."""
        self._ask(Role.OWNER, "add a document")
        return super().keep(documents, pairs)
