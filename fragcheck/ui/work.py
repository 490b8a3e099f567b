"""What an analysis consists of: its files one after the other, then all pairs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fragcheck.errors import ExtractionError, FragcheckError
from fragcheck.records import Analysis, Comparison
from fragcheck.ui.texts import text
from fragcheck.ui.workspace import SetEntry

__all__ = [
    "PREPARED_UP_TO",
    "QUEUE_LENGTH",
    "FoundOutcome",
    "Hooks",
    "OutcomeLike",
    "Prepared",
    "ProgressLike",
    "Task",
    "TaskFile",
    "Worker",
    "WorkerEnded",
    "perform",
]

#: Documents up to which what pages want beside a comparison is made with it: it grows with the pairs, and of
#: more documents it is made when a page asks for it.
PREPARED_UP_TO = 40

#: Findings that the page of reviews shows.
QUEUE_LENGTH = 100

log = logging.getLogger(__name__)


class WorkerEnded(FragcheckError):
    """A process of the server ended before its work was done; what it had finished is kept."""


class ProgressLike(Protocol):
    """A step of the pipeline: `fragcheck.pipeline.Progress`."""

    @property
    def stage(self) -> str: ...  # noqa: D102

    @property
    def done(self) -> int: ...  # noqa: D102

    @property
    def total(self) -> int: ...  # noqa: D102

    @property
    def label(self) -> str: ...  # noqa: D102


class OutcomeLike(Protocol):
    """What became of a file: `fragcheck.pipeline.Outcome`."""

    @property
    def path(self) -> Path: ...  # noqa: D102

    @property
    def analysis(self) -> Analysis | None: ...  # noqa: D102

    @property
    def error(self) -> Exception | None: ...  # noqa: D102

    @property
    def seconds(self) -> float: ...  # noqa: D102

    @property
    def from_cache(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Hooks:
    """How a run reports and asks whether to stop."""

    on_progress: Callable[[ProgressLike], None]
    is_cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class FoundOutcome:
    """What became of a file, where it is not as the pipeline gave it: a fault, or narrowed to a reader."""

    path: Path
    analysis: Analysis | None
    error: Exception | None
    seconds: float
    from_cache: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a page wants beside the comparison: ``summary`` or ``queue``, made where the comparison was."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A file to analyse, what is forced for it, and its password, which never reaches the disk."""

    path: Path
    entry: SetEntry
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One analysis: the files of a set, in order."""

    files: tuple[TaskFile, ...]


class Worker(Protocol):
    """What does the parts of an analysis."""

    def analyse(self, path: Path, entry: SetEntry, password: str | None, hooks: Hooks) -> OutcomeLike:
        """What becomes of one file: an analysis, or an error that says what to do."""
        ...

    def compare(self, analyses: tuple[Analysis, ...], hooks: Hooks) -> Comparison:
        """Compare all pairs."""
        ...

    def prepare(self, comparison: Comparison, hooks: Hooks) -> Iterator[Prepared]:
        """What pages want beside the comparison and takes a while, the shortest first."""
        ...


def perform(worker: Worker, task: Task, hooks: Hooks) -> Iterator[OutcomeLike | Comparison | Prepared]:
    """Yield the outcome of every file as it ends, then the comparison of those that were read.

    What pages want beside it comes last, so that nobody waits for it who does not look at it.

    There is no comparison of fewer than two. A fault of the program costs one file, not the others.

    Raises
    ------
    FragcheckError
        Where the run was stopped on request, or cannot go on for any file.
    """
    analyses = []
    for file in task.files:
        outcome = _outcome(worker, file, hooks)
        if outcome.analysis is not None:
            analyses.append(outcome.analysis)
        yield outcome
    if len(analyses) > 1:
        comparison = worker.compare(tuple(analyses), hooks)
        yield comparison
        if len(analyses) <= PREPARED_UP_TO:
            yield from worker.prepare(comparison, hooks)


def _outcome(worker: Worker, file: TaskFile, hooks: Hooks) -> OutcomeLike:
    started = time.monotonic()
    try:
        return worker.analyse(file.path, file.entry, file.password, hooks)
    except FragcheckError:
        raise  # the run was stopped on request: errors of a file come as its outcome
    except Exception as error:
        name = file.entry.name
        log.exception("analysis of %s", name)
        reason = ExtractionError(text("documents.fault", name=name, kind=type(error).__name__))
        return FoundOutcome(file.path, None, reason, time.monotonic() - started)
