"""Analyses that run in threads of their own: a rerun or reload of a page never ends one."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from fragcheck.errors import ExtractionError, FragcheckError
from fragcheck.records import Analysis, Comparison
from fragcheck.ui.engine import Engine, Hooks, OutcomeLike, ProgressLike
from fragcheck.ui.texts import text
from fragcheck.ui.workspace import SAMPLE, DocumentSet, SetEntry, Workspace

__all__ = ["FileState", "FoundOutcome", "Job", "JobRegistry", "JobState", "Snapshot"]

log = logging.getLogger(__name__)


class JobState(StrEnum):
    """Where an analysis stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class FileState(StrEnum):
    """Where one file of an analysis stands; between the first and the last two stand the stages."""

    WAITING = "waiting"
    READ = "read"
    SEGMENT = "segment"
    ANNOTATE = "annotate"
    DONE = "done"
    FAILED = "failed"


#: Stages that concern one file; all others concern the pairs.
FILE_STAGES = ("read", "segment", "annotate")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A job at one moment.

    `files` holds name and state of every file; `pairs` the stage, done and total of the
    comparison once it has begun.
    """

    state: JobState
    files: tuple[tuple[str, FileState], ...]
    pairs: tuple[str, int, int] | None
    seconds: float
    is_cancelling: bool

    @property
    def is_finished(self) -> bool:
        """True where nothing more will happen."""
        return self.state not in (JobState.QUEUED, JobState.RUNNING)

    @property
    def n_ended(self) -> int:
        """How many files are done or failed."""
        return sum(1 for _, state in self.files if state in (FileState.DONE, FileState.FAILED))


@dataclass(frozen=True, slots=True)
class FoundOutcome:
    """What became of a file, where it is not as the pipeline gave it: a fault, or narrowed to a reader."""

    path: Path
    analysis: Analysis | None
    error: Exception | None
    seconds: float
    from_cache: bool = False


@dataclass(slots=True)
class Job:
    """One analysis of one set. Written by its thread, read by the pages through `snapshot`."""

    set_id: str
    state: JobState = JobState.QUEUED
    chosen: DocumentSet | None = None
    outcomes: tuple[OutcomeLike, ...] = ()
    comparison: Comparison | None = None
    reason: str = ""
    files: list[FileState] = field(default_factory=list)
    pairs: tuple[str, int, int] | None = None
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, progress: ProgressLike) -> None:
        """Take up a step that the pipeline reports: of the file under way, or of the pairs."""
        with self.lock:
            if progress.stage in FILE_STAGES:
                self.files[len(self.outcomes)] = FileState(progress.stage)
            else:
                self.pairs = (progress.stage, progress.done, progress.total)

    def begin(self, chosen: DocumentSet) -> None:
        """The set is known: all its files wait."""
        with self.lock:
            self.files = [FileState.WAITING] * len(chosen.entries)
            self.chosen = chosen

    def begin_file(self) -> None:
        """The next file is taken up."""
        with self.lock:
            self.files[len(self.outcomes)] = FileState.READ

    def end_file(self, outcome: OutcomeLike) -> None:
        """The file under way has ended."""
        with self.lock:
            self.files[len(self.outcomes)] = FileState.DONE if outcome.error is None else FileState.FAILED
            self.outcomes = (*self.outcomes, outcome)

    def snapshot(self) -> Snapshot:
        """The job as it stands now."""
        with self.lock:
            names = [entry.name for entry in self.chosen.entries] if self.chosen else []
            files = tuple(zip(names, self.files, strict=True))
            last = self.ended if self.ended is not None else time.monotonic()
            return Snapshot(self.state, files, self.pairs, last - self.started, self.stop.is_set())


class JobRegistry:
    """All analyses of this server, by set; shared by all sessions.

    Parameters
    ----------
    workspace : Workspace
    engine : Engine
    at_once : int
        How many run at the same time; further ones wait.
    kept : int
        How many finished ones stay in memory.
    """

    def __init__(self, workspace: Workspace, engine: Engine, *, at_once: int = 1, kept: int = 8) -> None:
        self.workspace = workspace
        self.engine = engine
        self._kept = kept
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._passwords: dict[str, str] = {}
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(at_once)
        atexit.register(self.cancel_all)

    @property
    def passwords(self) -> Mapping[str, str]:
        """Passwords given in this run of the server, by sha256; never written to disk."""
        return dict(self._passwords)

    def set_password(self, sha256: str, password: str) -> None:
        """Remember a password until the server stops."""
        self._passwords[sha256] = password

    def ensure(self, set_id: str) -> Job:
        """The job of a set; started where there is none.

        Raises
        ------
        UnknownSet
            Where this machine does not hold the set.
        """
        with self._lock:
            job = self._jobs.get(set_id)
            if job is not None:
                self._jobs.move_to_end(set_id)
                return job
            if set_id != SAMPLE:
                self.workspace.load_set(set_id)  # refuses an unknown set before a thread is started
            return self._start(set_id)

    def restart(self, set_id: str) -> Job:
        """Stop the job of a set, if any, and start another; what is cached is not done again."""
        with self._lock:
            old = self._jobs.pop(set_id, None)
            if old is not None:
                old.stop.set()
            return self._start(set_id)

    def forget(self, set_id: str) -> None:
        """Stop the job of a set and drop its result from memory."""
        with self._lock:
            old = self._jobs.pop(set_id, None)
        if old is not None:
            old.stop.set()

    def forget_document(self, sha256: str) -> None:
        """Stop and drop the jobs of every set that holds the document: it is to be read otherwise now."""
        with self._lock:
            old = [
                job
                for job in self._jobs.values()
                if job.chosen is None or any(entry.sha256 == sha256 for entry in job.chosen.entries)
            ]
            for job in old:
                del self._jobs[job.set_id]
        for job in old:
            job.stop.set()

    def cancel_all(self) -> None:
        """Ask every running job to stop."""
        for job in list(self._jobs.values()):
            job.stop.set()

    def _start(self, set_id: str) -> Job:
        job = Job(set_id)
        self._jobs[set_id] = job
        finished = [key for key, old in self._jobs.items() if old.ended is not None]
        for key in finished[: max(0, len(self._jobs) - self._kept)]:
            del self._jobs[key]
        threading.Thread(target=self._run, args=(job,), name=f"analysis-{set_id}", daemon=True).start()
        return job

    def _run(self, job: Job) -> None:
        with self._turn:
            try:
                job.state = JobState.RUNNING
                ending = JobState.CANCELLED if job.stop.is_set() else self._work(job)
            except FragcheckError as error:
                job.reason, ending = str(error), JobState.FAILED
            except Exception as error:
                log.exception("analysis of %s stopped", job.set_id)
                job.reason, ending = f"{type(error).__name__}: {error}", JobState.FAILED
            with job.lock:
                job.ended = time.monotonic()
                if job.stop.is_set() and job.comparison is None:
                    job.reason, ending = "", JobState.CANCELLED
                job.state = ending

    def _work(self, job: Job) -> JobState:
        hooks = Hooks(on_progress=job.note, is_cancelled=job.stop.is_set)
        if job.set_id == SAMPLE:
            chosen = self.engine.sample_set(self.workspace)
        else:
            chosen = self.workspace.load_set(job.set_id)
        job.begin(chosen)
        for entry in chosen.entries:
            job.end_file(self._file(job, entry, hooks))
        analyses = tuple(outcome.analysis for outcome in job.outcomes if outcome.analysis is not None)
        if len(analyses) > 1:
            job.comparison = self.engine.compare(analyses, hooks)
        return JobState.DONE

    def _file(self, job: Job, entry: SetEntry, hooks: Hooks) -> OutcomeLike:
        """One file's outcome; a fault of the program costs that file, not the others."""
        path = self.workspace.path(entry)
        started = time.monotonic()
        job.begin_file()
        try:
            return self.engine.analyse(path, entry, self._passwords.get(entry.sha256), hooks)
        except FragcheckError:
            raise  # the run was stopped on request: errors of a file come as its outcome
        except Exception as error:
            log.exception("analysis of %s", entry.name)
            reason = ExtractionError(text("documents.fault", name=entry.name, kind=type(error).__name__))
            return FoundOutcome(path, None, reason, time.monotonic() - started)
