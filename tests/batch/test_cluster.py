"""A Dask cluster gives the tables of this process, and redoes the work of workers that die."""

from __future__ import annotations

import os
import signal

import pytest
from made_laws import table_bytes
from worker_tasks import deadly, slowly

from fragcheck.batch import BatchOptions, WorkerLost, read_source, run_batch
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
