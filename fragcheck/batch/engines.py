"""Where the stages of a batch run: in this process, or in a pool of processes that outlives their deaths."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from threadpoolctl import threadpool_limits

__all__ = ["Engine", "ProcessEngine", "SerialEngine", "WorkerLost", "available_cores"]

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

#: Tasks handed out per worker: one that runs and one that waits, so that no worker idles and no queue grows.
_WINDOW = 2

#: What numeric libraries read when they are loaded.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """In place of a result: workers died over this task, the last one with no other task about."""

    reason: str = "the worker process died twice over it, likely for want of memory"


class Engine(Protocol):
    """Runs a function over many tasks."""

    @property
    def workers(self) -> int:
        """How many tasks run at the same time."""
        ...

    def run(
        self, function: Callable[[TaskT], ResultT], tasks: Iterable[TaskT]
    ) -> Iterator[tuple[int, ResultT | WorkerLost]]:
        """Yield (position of the task, result) as tasks end, in any order.

        Tasks are drawn from `tasks` as workers become free, so neither they nor results pile up.
        An exception of `function` ends the run.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class SerialEngine:
    """One task after the other, in this process."""

    workers = 1

    def run(
        self, function: Callable[[TaskT], ResultT], tasks: Iterable[TaskT]
    ) -> Iterator[tuple[int, ResultT | WorkerLost]]:
        """See `Engine.run`."""
        with threadpool_limits(limits=1):
            for index, task in enumerate(tasks):
                yield index, function(task)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class ProcessEngine:
    """A pool of processes on this machine.

    Where a worker dies, the pool is made anew and the tasks that were under way are redone, one at
    a time: so the task that kills workers is found, and it alone is lost. Inside ``with`` the workers
    are kept from one run to the next, with the models that they have loaded.

    Parameters
    ----------
    jobs : int
        Number of processes, at least 1.
    """

    def __init__(self, jobs: int) -> None:
        self.workers = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._keeps_pool = False

    def run(
        self, function: Callable[[TaskT], ResultT], tasks: Iterable[TaskT]
    ) -> Iterator[tuple[int, ResultT | WorkerLost]]:
        """See `Engine.run`."""
        queue = enumerate(tasks)
        while suspects := (yield from self._together(function, queue)):
            yield from _one_at_a_time(function, suspects)

    def _together(
        self, function: Callable[[TaskT], ResultT], queue: Iterator[tuple[int, TaskT]]
    ) -> Generator[tuple[int, ResultT | WorkerLost], None, list[tuple[int, TaskT]]]:
        """Run tasks side by side until all are done or a worker dies; returns those under way then."""
        running: dict[Future[ResultT], tuple[int, TaskT]] = {}
        suspects: list[tuple[int, TaskT]] = []
        pool = self._pool or _pool(self.workers)
        self._pool = None
        try:
            while not suspects:
                while len(running) < _WINDOW * self.workers and (following := next(queue, None)) is not None:
                    try:
                        running[pool.submit(function, following[1])] = following
                    except BrokenProcessPool:
                        suspects.append(following)
                        break
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    index, task = running.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        suspects.append((index, task))
                    else:
                        yield index, future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        if suspects or not self._keeps_pool:
            pool.shutdown()
        else:
            self._pool = pool
        suspects += running.values()
        return sorted(suspects, key=lambda suspect: suspect[0])

    def __enter__(self) -> Self:
        self._keeps_pool = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeps_pool = False
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def _one_at_a_time(
    function: Callable[[TaskT], ResultT], suspects: Sequence[tuple[int, TaskT]]
) -> Iterator[tuple[int, ResultT | WorkerLost]]:
    """Redo tasks with no other about; the one under which the worker dies again is lost."""
    pool = _pool(1)
    try:
        for index, task in suspects:
            try:
                result: ResultT | WorkerLost = pool.submit(function, task).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool, result = _pool(1), WorkerLost()
            yield index, result
    finally:
        pool.shutdown()


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pool(workers: int) -> ProcessPoolExecutor:
    # Fresh processes: a forked copy of a process that has threads may hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin_worker)


def begin_worker(*_: Any) -> None:  # noqa: ANN401 - Dask hands its worker in
    """One thread for numeric libraries, and no life after the parent's."""
    # Libraries that are loaded are told; those that are not, as in a fresh process, ask the environment.
    # Threads of several workers on the same cores wait for each other in a loop, at several times the cost.
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    threadpool_limits(limits=1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:  # noqa: ANN401 - a process object of multiprocessing
    """A worker of a killed parent would wait for ever for a task."""
    parent.join()
    os._exit(1)
