"""Analyses that run beside the pages: a rerun or reload of a page never ends one."""

from __future__ import annotations

import atexit
import functools
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fragcheck.errors import FragcheckError
from fragcheck.records import Comparison
from fragcheck.ui.engine import Engine
from fragcheck.ui.making import Made
from fragcheck.ui.queueing import Ticket, WorkQueue
from fragcheck.ui.time_left import Pace
from fragcheck.ui.work import FoundOutcome, Hooks, OutcomeLike, Prepared, ProgressLike, Task, TaskFile
from fragcheck.ui.workspace import SAMPLE, DocumentSet, Workspace

__all__ = ["FileState", "FoundOutcome", "Job", "JobFloor", "JobRegistry", "JobState", "Snapshot"]

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


#: What an analysis makes beside its comparison: see `fragcheck.ui.work.Prepared`.
BESIDE = ("summary", "queue")

#: Stages that concern one file; all others concern the pairs.
FILE_STAGES = ("read", "segment", "annotate")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A job at one moment.

    `files` holds name and state of every file; `pairs` the stage, done and total of the
    comparison once it has begun, `position` its place in the queue, from 1, while it waits.
    `left` is how many seconds the reading, or from then on the comparison, still takes; None where
    nothing tells.
    """

    state: JobState
    files: tuple[tuple[str, FileState], ...]
    pairs: tuple[str, int, int] | None
    seconds: float
    is_cancelling: bool
    position: int = 0
    left: float | None = None

    @property
    def is_finished(self) -> bool:
        """True where nothing more will happen."""
        return self.state not in (JobState.QUEUED, JobState.RUNNING)

    @property
    def n_ended(self) -> int:
        """How many files are done or failed."""
        return sum(1 for _, state in self.files if state in (FileState.DONE, FileState.FAILED))


_moments = threading.Lock()
_last_moment = 0.0


def _moment() -> float:
    """The clock, but never twice the same: set and moment name a job in caches that all projects share."""
    global _last_moment  # noqa: PLW0603 - one clock for the server
    with _moments:
        _last_moment = max(time.monotonic(), _last_moment + 1e-6)
        return _last_moment


@dataclass(slots=True)
class Job:
    """One analysis of one set. Written by the thread that follows it, read by pages through `snapshot`.

    It is done when its comparison is there. `beside` then holds what the same process goes on to make of the
    comparison, by its name; what did not come of it in the end has no content.
    """

    set_id: str
    state: JobState = JobState.QUEUED
    chosen: DocumentSet | None = None
    outcomes: tuple[OutcomeLike, ...] = ()
    comparison: Comparison | None = None
    beside: dict[str, Made[Any]] = field(default_factory=dict)
    reason: str = ""
    files: list[FileState] = field(default_factory=list)
    sizes: tuple[int, ...] = ()
    file_began: float = 0.0
    pairs: tuple[str, int, int] | None = None
    pace: Pace | None = None
    started: float = field(default_factory=_moment)
    awaited: float | None = None
    ended: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ticket: Ticket | None = None
    done: threading.Event = field(default_factory=threading.Event)

    def note(self, progress: ProgressLike) -> None:
        """Take up a step that the pipeline reports: of the file under way, of the pairs, or of the queue."""
        with self.lock:
            if self.comparison is not None:
                if progress.total:
                    self.beside["queue"].share = progress.done / progress.total
            elif progress.stage in FILE_STAGES:
                self.files[len(self.outcomes)] = FileState(progress.stage)
            else:
                self.pairs = (progress.stage, progress.done, progress.total)
                now, done, total = time.monotonic(), progress.done, progress.total
                known = self.pace or Pace(now, now, done, done, total)
                self.pace = known.at(now, done, total)

    def begin(self, chosen: DocumentSet, sizes: tuple[int, ...] = ()) -> None:
        """The set is known, and how many bytes its files have: all of them wait."""
        with self.lock:
            self.files = [FileState.WAITING] * len(chosen.entries)
            self.chosen, self.sizes, self.file_began = chosen, sizes, time.monotonic()

    def end_file(self, outcome: OutcomeLike) -> None:
        """The file under way has ended."""
        with self.lock:
            self.files[len(self.outcomes)] = FileState.DONE if outcome.error is None else FileState.FAILED
            self.outcomes, self.file_began = (*self.outcomes, outcome), time.monotonic()

    def have(self, comparison: Comparison) -> None:
        """The comparison is there, and with it the job is done; what stands beside it is made from now on."""
        with self.lock:
            self.comparison = comparison
            self.beside |= {name: Made() for name in BESIDE}
        self.end(JobState.DONE)

    def end_beside(self) -> None:
        """No more of what stands beside the comparison will come: what is not there has no content."""
        for made in self.beside.values():
            if not made.is_finished:
                made.finish(None, "")

    @property
    def n_records(self) -> int:
        """How much its result holds: provisions of all documents, matches and gaps of all pairs."""
        pairs = self.comparison.pairs if self.comparison is not None else ()
        return sum(len(one.analysis.segmentation.provisions) for one in self.outcomes if one.analysis) + sum(
            len(pair.matches) + len(pair.gaps) for pair in pairs
        )

    def snapshot(self) -> Snapshot:
        """The job as it stands now."""
        with self.lock:
            names = [entry.name for entry in self.chosen.entries] if self.chosen else []
            files = tuple(zip(names, self.files, strict=True))
            last = self.ended if self.ended is not None else time.monotonic()
            place = self.ticket.position if self.ticket and self.state is JobState.QUEUED else 0
            left = self._left(last) if self.state is JobState.RUNNING else None
            is_stopping = self.stop.is_set()
            return Snapshot(self.state, files, self.pairs, last - self.started, is_stopping, place, left)

    def _left(self, now: float) -> float | None:
        """Seconds for the rest of the pairs, by their pace, or of the files, by those that were read.

        These tell seconds per byte; files that were kept from before tell nothing.
        """
        if self.pace is not None:
            return self.pace.left(now)
        read = [
            (one.seconds, size)
            for one, size in zip(self.outcomes, self.sizes, strict=False)
            if one.error is None and not one.from_cache
        ]
        rest = self.sizes[len(self.outcomes) :]
        if not read or not rest or not sum(size for _, size in read):
            return None
        rate = sum(seconds for seconds, _ in read) / sum(size for _, size in read)
        return max(0.0, rate * rest[0] - (now - self.file_began)) + rate * sum(rest[1:])

    def end(self, ending: JobState, reason: str = "") -> None:
        """Nothing more will happen; a stop that was asked for counts where there is no comparison.

        What ended already stays as it ended.
        """
        if self.done.is_set():
            return
        with self.lock:
            if self.stop.is_set() and self.comparison is None:
                ending, reason = JobState.CANCELLED, ""
            self.ended, self.reason, self.state = time.monotonic(), reason, ending
        self.done.set()

    def wait(self, patience: float) -> None:
        """Wait for the end until `patience` seconds from the first wait have gone, not from now."""
        with self.lock:
            self.awaited = time.monotonic() if self.awaited is None else self.awaited
        left = patience - (time.monotonic() - self.awaited)
        if left > 0:
            self.done.wait(left)


class JobFloor:
    """What all registries of a server share: the queue, and the memory that finished analyses may take.

    Parameters
    ----------
    at_once : int
        How many analyses run at the same time; further ones wait.
    kept, records : int
        How many finished ones stay in memory, and how many records they may hold in all (some 3 kB each).
    waiting, of_one : int
        How many may wait in all, and of one registry.
    """

    def __init__(
        self,
        *,
        at_once: int = 1,
        kept: int = 32,
        records: int = 300_000,
        waiting: int = 50,
        of_one: int = 10,
    ) -> None:
        self.queue = WorkQueue(at_once=at_once, waiting=waiting, of_one=of_one)
        self.kept, self.records = kept, records
        self.jobs: OrderedDict[tuple[str, str], Job] = OrderedDict()
        self.lock = threading.Lock()

    def drop_oldest(self) -> None:
        """Forget finished analyses that are too many or too large, the one not looked at for longest first.

        The one that was looked at last stays, however large it is.
        """
        finished = [key for key, old in self.jobs.items() if old.ended is not None]
        held = {key: self.jobs[key].n_records for key in finished}
        for key in finished[:-1]:
            if len(held) <= self.kept and sum(held.values()) <= self.records:
                return
            del self.jobs[key], held[key]


class JobRegistry:
    """All analyses in one workspace, by set; shared by all sessions that may see it.

    Parameters
    ----------
    workspace : Workspace
    engine : Engine
    floor : JobFloor or None
        Shared with the registries of other workspaces; one of its own by default.
    """

    def __init__(self, workspace: Workspace, engine: Engine, floor: JobFloor | None = None) -> None:
        self.workspace = workspace
        self.engine = engine
        self._floor = floor or JobFloor()
        self._owner = str(workspace.root)
        self._passwords: dict[str, str] = {}
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
        ServerBusy
            Where too many others wait.
        """
        with self._floor.lock:
            job = self._floor.jobs.get((self._owner, set_id))
            if job is not None:
                self._floor.jobs.move_to_end((self._owner, set_id))
                return job
            if set_id != SAMPLE:
                self.workspace.load_set(set_id)  # refuses an unknown set before it is taken up
            return self._start(set_id)

    def restart(self, set_id: str) -> Job:
        """Stop the job of a set, if any, and start another; what is cached is not done again."""
        self.forget(set_id)
        with self._floor.lock:
            return self._start(set_id)

    def forget(self, set_id: str) -> None:
        """Stop the job of a set and drop its result from memory."""
        with self._floor.lock:
            old = self._floor.jobs.pop((self._owner, set_id), None)
        if old is not None:
            self.cancel(old)

    def forget_document(self, sha256: str) -> None:
        """Stop and drop the jobs of every set that holds the document: it is to be read otherwise now."""
        with self._floor.lock:
            old = [
                job
                for job in self._mine()
                if job.chosen is None or any(entry.sha256 == sha256 for entry in job.chosen.entries)
            ]
            for job in old:
                del self._floor.jobs[self._owner, job.set_id]
        for job in old:
            self.cancel(job)

    def cancel(self, job: Job) -> None:
        """Ask a job to stop; one that still waits has ended at once."""
        job.stop.set()
        if job.ticket is not None and job.ticket.withdraw():
            job.end(JobState.CANCELLED)

    def cancel_all(self) -> None:
        """Ask every job of this workspace to stop."""
        for job in self._mine():
            self.cancel(job)

    def _mine(self) -> list[Job]:
        return [job for (owner, _), job in list(self._floor.jobs.items()) if owner == self._owner]

    def _start(self, set_id: str) -> Job:
        job = Job(set_id)
        job.ticket = self._floor.queue.put(self._owner, functools.partial(self._run, job))
        self._floor.jobs[self._owner, set_id] = job
        self._floor.drop_oldest()
        return job

    def _run(self, job: Job) -> None:
        reason = ""
        try:
            job.state = JobState.RUNNING
            ending = JobState.CANCELLED if job.stop.is_set() else self._work(job)
        except FragcheckError as error:
            reason, ending = str(error), JobState.FAILED
        except Exception as error:
            log.exception("analysis of %s stopped", job.set_id)
            reason, ending = f"{type(error).__name__}: {error}", JobState.FAILED
        finally:
            job.end_beside()
        job.end(ending, reason)

    def _work(self, job: Job) -> JobState:
        hooks = Hooks(on_progress=job.note, is_cancelled=lambda: self._is_to_stop(job))
        if job.set_id == SAMPLE:
            chosen = self.engine.sample_set(self.workspace)
        else:
            chosen = self.workspace.load_set(job.set_id)
        job.begin(chosen, tuple(self.workspace.path(entry).stat().st_size for entry in chosen.entries))
        task = Task(
            tuple(
                TaskFile(self.workspace.path(entry), entry, self._passwords.get(entry.sha256))
                for entry in chosen.entries
            )
        )
        for found in self.engine.perform(task, hooks):
            if isinstance(found, Comparison):
                job.have(found)
            elif isinstance(found, Prepared):
                job.beside[found.name].finish(found.value, "")
            else:
                job.end_file(found)
        return JobState.DONE

    def _is_to_stop(self, job: Job) -> bool:
        """Whether it was asked to; what stands beside a comparison makes way for an analysis that waits."""
        return job.stop.is_set() or (job.comparison is not None and self._floor.queue.n_waiting > 0)
