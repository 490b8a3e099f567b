"""The stages of a batch on a Dask cluster: one that runs already, or one started on this machine."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

from fragcheck.batch.engines import WorkerLost, begin_worker
from fragcheck.errors import ClusterError, OptionalDependencyMissing
from fragcheck.store import code_fingerprint

__all__ = ["ClusterEngine"]

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

#: Tasks under way per thread of the cluster: enough that none waits for this process.
_WINDOW = 3
_SECONDS_TO_ANSWER = 30


class ClusterEngine:
    """Tasks on the workers of a Dask scheduler; those of a dead worker are redone by the others.

    Artefacts are not sent over the network: all workers read and write one store, so its folder
    must be shared between the machines, under the same path.

    Parameters
    ----------
    address : str or None
        Of a running scheduler; None starts a cluster of processes on this machine.
    jobs : int
        Processes of the latter, one thread each.

    Raises
    ------
    OptionalDependencyMissing
        Where Dask is not installed.
    """

    def __init__(self, address: str | None, jobs: int) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise OptionalDependencyMissing(
                "a cluster wants Dask, which is not installed; run `pip install 'fragcheck[dask]'`"
            ) from error
        self._distributed = distributed
        self._address = address
        self._jobs = jobs
        self._cluster: Any = None
        self._client: Any = None

    @property
    def workers(self) -> int:
        """Threads of the cluster, or the processes that it will be started with."""
        if self._client is None:
            return self._jobs
        return sum(self._client.nthreads().values())

    def run(
        self, function: Callable[[TaskT], ResultT], tasks: Iterable[TaskT]
    ) -> Iterator[tuple[int, ResultT | WorkerLost]]:
        """See `Engine.run`.

        Raises
        ------
        ClusterError
            Where the cluster stops answering.
        """
        queue = enumerate(tasks)
        running: dict[Any, tuple[int, TaskT]] = {}
        suspects: list[tuple[int, TaskT]] = []
        done = self._distributed.as_completed(loop=self._client.loop)

        def submit() -> None:
            following = next(queue, None)
            if following is not None:
                # Results are artefacts, and the key of a task is its own: nothing is taken from another run.
                future = self._client.submit(function, following[1], pure=False)
                running[future] = following
                done.add(future)

        for _ in range(_WINDOW * max(1, self.workers)):
            submit()
        while running:
            future = next(done)
            index, task = running.pop(future)
            result = self._result(future)
            if isinstance(result, WorkerLost):
                suspects.append((index, task))
            else:
                yield index, result
            submit()
        # Tasks that waited on a worker that died share the blame; alone each shows what it does.
        for index, task in suspects:
            yield index, self._result(self._client.submit(function, task, pure=False))

    def _result(self, future: Any) -> Any:  # noqa: ANN401 - what the task returned
        try:
            return future.result()
        except self._distributed.KilledWorker:
            return WorkerLost("too many workers died over it, likely for want of memory")
        except self._distributed.client.FutureCancelledError as error:
            raise ClusterError(f"the cluster has gone while the batch ran ({error}); add --resume") from error

    def __enter__(self) -> Self:
        try:
            if self._address is None:
                self._cluster = self._distributed.LocalCluster(
                    n_workers=self._jobs, threads_per_worker=1, processes=True, dashboard_address=":0"
                )
            target = self._address or self._cluster
            self._client = self._distributed.Client(target, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"a Dask scheduler is wanted at {self._address}, none answers ({error}); "
                "start one with `dask scheduler`"
            ) from error
        self._check_workers()
        return self

    def _check_workers(self) -> None:
        """Refuse workers whose code is not ours: they would give other results."""
        try:
            found = self._client.run(code_fingerprint)
        except (ImportError, ModuleNotFoundError) as error:
            raise ClusterError(
                f"fragcheck is not installed on all workers of the cluster ({error})"
            ) from error
        others = sorted(address for address, code in found.items() if code != code_fingerprint())
        if others:
            raise ClusterError(
                f"workers with this version of fragcheck are wanted, {len(others)} have another "
                f"(the first: {others[0]}); install the same everywhere"
            )
        self._client.run(begin_worker)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in (self._client, self._cluster):
            if part is not None:
                part.close()
        self._client = self._cluster = None
