import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import side_tasks
from ui_made import MadeEngine

from fragcheck.errors import InputError
from fragcheck.records import Comparison
from fragcheck.ui import spare
from fragcheck.ui.engine import PipelineEngine
from fragcheck.ui.jobs import FileState, JobRegistry, JobState
from fragcheck.ui.places import Place
from fragcheck.ui.processes import Stopped, stream
from fragcheck.ui.work import Hooks, WorkerEnded
from fragcheck.ui.worker import NICENESS, memory_limit

HERE = str(Path(__file__).parent)
QUIET = Hooks(lambda step: None, lambda: False)

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and priorities of POSIX")


@pytest.fixture(autouse=True)
def tasks_are_found(monkeypatch):
    known = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([HERE, known]) if known else HERE)


def ended(pid):
    """Whether a process is gone, waiting for it: what is left of a child of another is reaped by init."""
    status = Path(f"/proc/{pid}/status")
    while status.is_file() and "State:\tZ" not in status.read_text():
        time.sleep(0.02)
    return True


def test_items_and_steps_come_in_order_and_what_they_share_is_shared():
    said = []
    found = list(stream(side_tasks.steps, (3,), Hooks(said.append, lambda: False)))
    assert [at for at, _ in found] == said == [0, 1, 2]
    assert len({id(shared) for _, shared in found}) == 1


def test_the_process_that_waits_is_taken_once_and_does_the_same():
    spare.make_ready()
    (waiting,) = spare._waiting
    spare.make_ready()
    assert spare._waiting == [waiting]
    assert list(stream(side_tasks.own_id, (), QUIET)) == [waiting.pid]
    assert list(stream(side_tasks.own_id, (), QUIET)) != [waiting.pid]


def test_a_process_that_died_while_it_waited_is_replaced():
    spare.make_ready()
    (waiting,) = spare._waiting
    waiting.kill()
    waiting.wait(60)
    assert list(stream(side_tasks.own_id, (), QUIET)) != [waiting.pid]
    waiting.communicate()


def test_a_process_that_nobody_wanted_ends_with_the_server_and_says_nothing():
    code = "from fragcheck.ui import spare; spare.make_ready(); print(spare._waiting[0].pid)"
    server = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert server.stderr == ""
    assert ended(int(server.stdout))


def test_a_process_whose_server_is_gone_before_it_had_work_ends():
    code = "import os; from fragcheck.ui import spare; spare.make_ready()"
    code += "; print(spare._waiting[0].pid, flush=True); os._exit(0)"
    server = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Traceback" not in server.stderr
    assert ended(int(server.stdout))


@posix
def test_a_worker_lets_the_server_go_first():
    assert list(stream(side_tasks.niceness, (), QUIET)) == [os.nice(0) + NICENESS]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is one of Linux")
def test_a_worker_cannot_swallow_the_memory_of_the_machine():
    with pytest.raises(WorkerEnded, match="MiB of memory: compare fewer"):
        list(stream(side_tasks.swallow, (memory_limit(),), QUIET))


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("ours", InputError, "a number is wanted"),
        ("a fault", IndexError, "deep"),
        ("odd", RuntimeError, "OddError: 1"),
    ],
)
def test_an_error_comes_as_it_was_raised_with_the_place_it_came_from(name, kind, words):
    found = stream(side_tasks.refuse, (name,), QUIET)
    assert next(found) == "before"
    with pytest.raises(kind, match=words) as raised:
        next(found)
    if kind is not RuntimeError:
        assert "side_tasks.py" in "".join(raised.value.__notes__)


@posix
@pytest.mark.parametrize(
    ("number", "words"), [(signal.SIGKILL, "SIGKILL.*memory"), (signal.SIGSEGV, "SIGSEGV")]
)
def test_a_worker_that_dies_is_told(number, words):
    found = stream(side_tasks.die, (number,), QUIET)
    assert next(found) == "before"
    with pytest.raises(WorkerEnded, match=words):
        next(found)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", ["stopped", "left"])
def test_work_that_nobody_wants_any_more_is_killed(tmp_path, how):
    stop = threading.Event()
    found = stream(side_tasks.last_for_ever, (str(tmp_path / "pid"),), Hooks(lambda step: None, stop.is_set))
    assert next(found) == 0
    pid = int((tmp_path / "pid").read_text())
    if how == "left":
        found.close()
    else:
        stop.set()
        with pytest.raises(Stopped):
            list(found)
    assert ended(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_ends_with_its_server(tmp_path):
    code = "import sys, side_tasks; side_tasks.lose_the_server(sys.argv[1])"
    server = subprocess.run([sys.executable, "-c", code, str(tmp_path / "pid")], check=False)
    assert server.returncode == -signal.SIGKILL
    assert ended(int((tmp_path / "pid").read_text()))


class KilledEngine(MadeEngine):
    """Its process is killed after the first file."""

    def perform(self, task, hooks):
        found = super().perform(task, hooks)
        yield next(found)
        yield from (one for one in stream(side_tasks.die, (signal.SIGKILL,), hooks) if one != "before")


@posix
def test_an_analysis_whose_process_is_killed_is_a_failed_job_and_keeps_what_it_had(workspace, finished):
    names = [workspace.add_file(f"{name}.pdf", name.encode()) for name in "ab"]
    registry = JobRegistry(workspace, KilledEngine())
    job = finished(registry.ensure(workspace.save_set(tuple(names)).id))
    assert job.state is JobState.FAILED
    assert "SIGKILL" in job.reason
    assert job.outcomes[0].analysis is not None
    assert job.snapshot().files[0][1] is FileState.DONE


RULES = "id,text\n1,A provider shall report a serious incident to the authority within {} days.\n"


@pytest.mark.model
def test_the_real_engine_gives_from_its_process_what_it_gives_here(workspace, tmp_path, finished):
    files = [workspace.add_file(f"{days}.csv", RULES.format(days).encode()) for days in (2, 15)]
    engine = PipelineEngine(Place(tmp_path / "home"))
    job = finished(JobRegistry(workspace, engine).ensure(workspace.save_set(tuple(files)).id))
    assert (job.state, job.reason) == (JobState.DONE, "")
    here = [engine.analyse(workspace.path(file), file, None, QUIET) for file in files]
    assert [each.from_cache for each in here] == [True, True]
    analyses = tuple(each.analysis for each in here)
    assert [each.analysis for each in job.outcomes] == list(analyses)
    assert isinstance(job.comparison, Comparison)
    assert job.comparison == engine.compare(analyses, QUIET)
    # Both come over one stream: the analyses are in memory once.
    assert all(
        one is other.analysis for one, other in zip(job.comparison.analyses, job.outcomes, strict=True)
    )
