"""Engines run every task once to its end, whatever becomes of their workers."""

from __future__ import annotations

import os

import pytest
from worker_tasks import die, double, fail_on_three, threads, whoami

from fragcheck.batch import ProcessEngine, SerialEngine, WorkerLost

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@pytest.mark.parametrize("engine", [SerialEngine(), ProcessEngine(2)])
def test_every_task_ends_once(engine):
    found = list(engine.run(double, iter(range(9))))
    assert sorted(found) == [(number, 2 * number) for number in range(9)]


def test_tasks_are_drawn_as_workers_become_free():
    drawn = []

    def tasks():
        for number in range(100):
            drawn.append(number)
            yield number

    results = ProcessEngine(2).run(double, tasks())
    next(results)
    assert len(drawn) < 10
    results.close()


def test_workers_are_kept_from_one_run_to_the_next():
    with ProcessEngine(1) as engine:
        first, second = (dict(engine.run(whoami, range(2))) for _ in range(2))
    assert len({*first.values(), *second.values()}) == 1
    assert first[0] != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(first[0], 0)


def test_numeric_libraries_of_a_worker_have_one_thread(monkeypatch):
    """Also those that it loads after it has begun: two workers of two threads wait for each other."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    ((_, (total, found)),) = ProcessEngine(1).run(threads, [0])
    assert total == 512
    assert found
    assert set(found) == {1}


def test_an_error_of_the_function_ends_the_run():
    with pytest.raises(ValueError, match="three"):
        list(ProcessEngine(2).run(fail_on_three, range(9)))


def test_work_of_a_worker_that_died_is_redone(tmp_path):
    tasks = [(number, str(tmp_path)) for number in range(12)]
    assert sorted(ProcessEngine(2).run(die, tasks)) == [(number, number) for number in range(12)]


def test_a_task_that_kills_its_workers_is_lost_alone():
    found = dict(ProcessEngine(2).run(die, [(number, "") for number in range(9)]))
    assert isinstance(found.pop(4), WorkerLost)
    assert found == {number: number for number in range(9) if number != 4}
