"""A Dask cluster gives the tables of this process, and redoes the work of workers that die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from made_laws import table_bytes
from worker_tasks import deadly, slowly

from fragcheck.batch import BatchOptions, SerialEngine, WorkerLost, read_source, run_batch
from fragcheck.errors import ClusterError

distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed: pip install 'fragcheck[dask]'"
)

from fragcheck.batch.cluster import ClusterEngine  # noqa: E402 - after the skip

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    # Sockets of a cluster that is closing, and workers that were killed on purpose.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as running:
        yield running


def test_a_running_cluster_gives_the_same_bytes(cluster, laws, finished, tmp_path):
    options = BatchOptions(full="all", block_units=11)
    with ClusterEngine(cluster.scheduler_address, 2) as engine:
        assert engine.workers == 2
        run_batch(read_source(str(laws)), tmp_path / "tables", options, engine, tmp_path / "store")
    assert table_bytes(tmp_path / "tables") == table_bytes(finished)


def test_work_of_a_killed_worker_is_redone(cluster, tmp_path):
    tasks = [(number, str(tmp_path)) for number in range(12)]
    with ClusterEngine(cluster.scheduler_address, 2) as engine:
        results = engine.run(slowly, tasks)
        found = [next(results)]
        victim = int(next(tmp_path.iterdir()).name.split("-")[0])
        os.kill(victim, signal.SIGKILL)
        found += results
    assert sorted(found) == [(number, number * number) for number in range(12)]


def test_a_task_that_kills_every_worker_is_lost_alone():
    with ClusterEngine(None, 2) as engine:
        found = dict(engine.run(deadly, range(5)))
    assert isinstance(found.pop(2), WorkerLost)
    assert found == {0: 0, 1: 1, 3: 3, 4: 4}


def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr("fragcheck.batch.cluster._SECONDS_TO_ANSWER", 1)
    with pytest.raises(ClusterError, match="none answers"), ClusterEngine("tcp://127.0.0.1:9", 1):
        pass


def test_workers_with_other_code_are_refused(cluster, monkeypatch):
    monkeypatch.setattr("fragcheck.batch.cluster.code_fingerprint", lambda: str(os.getpid()))
    with (
        pytest.raises(ClusterError, match="install the same everywhere"),
        ClusterEngine(cluster.scheduler_address, 2),
    ):
        pass


def started(*arguments):
    """A process of Dask's own command line."""
    return subprocess.Popen([sys.executable, "-m", *arguments], stderr=subprocess.DEVNULL)


class LosesItsScheduler(ClusterEngine):
    """Gives one result, and then the scheduler is killed."""

    def __init__(self, address, scheduler):
        super().__init__(address, 1)
        self._scheduler = scheduler

    def run(self, function, tasks):
        results = super().run(function, tasks)
        yield next(results)
        self._scheduler.kill()
        yield from results


@pytest.mark.soak
def test_a_lost_scheduler_is_told_and_the_batch_goes_on_elsewhere(laws, finished, tmp_path):
    """What was done is kept; the same batch on this machine ends with the bytes of an unbroken one."""
    file, options = tmp_path / "scheduler.json", BatchOptions(full="all")
    source, output, store = read_source(str(laws)), tmp_path / "tables", tmp_path / "store"
    place = ("--scheduler-file", str(file), "--no-dashboard")
    scheduler = started("distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", *place)
    worker = started("distributed.cli.dask_worker", "--nthreads", "1", *place)
    try:
        while not file.exists():
            assert scheduler.poll() is None
            time.sleep(0.05)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        with (
            pytest.raises(ClusterError, match="the cluster has gone"),
            LosesItsScheduler(address, scheduler) as engine,
        ):
            run_batch(source, output, options, engine, store)
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()
    assert list(store.rglob("*.bin")), "what was done is kept"
    run_batch(source, output, options, SerialEngine(), store, is_resumed=True)
    assert table_bytes(output) == table_bytes(finished)
