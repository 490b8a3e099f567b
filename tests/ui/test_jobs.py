import functools
import threading
import time
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from ui_made import OPENS, MadeEngine, MadeProgress

from fragcheck.errors import ComparisonError
from fragcheck.ui import jobs, work
from fragcheck.ui.jobs import FileState, Job, JobFloor, JobRegistry, JobState
from fragcheck.ui.processes import Stopped
from fragcheck.ui.progress import overall_words, share_done, step_lines
from fragcheck.ui.queueing import ServerBusy, WorkQueue
from fragcheck.ui.time_left import left_of_share, time_words
from fragcheck.ui.work import Prepared, WorkerEnded
from fragcheck.ui.workspace import SAMPLE, UnknownSet, Workspace


def kept_set(workspace, *names):
    return workspace.save_set(
        tuple(workspace.add_file(name, f"{name} {index}".encode()) for index, name in enumerate(names))
    )


def test_the_sample_is_analysed_once_for_all_sessions(registry, engine, finished):
    job = finished(registry.ensure(SAMPLE))
    assert job.state is JobState.DONE
    assert len(job.comparison.document_ids) == 4
    assert registry.ensure(SAMPLE) is job
    assert engine.n_runs == 4


@pytest.mark.parametrize("broken", ["broken.pdf", "fault.pdf"])
def test_one_files_error_stops_no_other(registry, workspace, finished, broken):
    found = kept_set(workspace, "a.pdf", broken, "c.pdf")
    job = finished(registry.ensure(found.id))
    assert [outcome.error is None for outcome in job.outcomes] == [True, False, True]
    assert len(job.comparison.analyses) == 2
    assert broken in str(job.outcomes[1].error)
    assert [state for _, state in job.snapshot().files] == [FileState.DONE, FileState.FAILED, FileState.DONE]


def test_a_single_readable_file_is_not_compared(registry, workspace, finished):
    job = finished(registry.ensure(kept_set(workspace, "a.pdf", "broken.pdf").id))
    assert job.state is JobState.DONE
    assert job.comparison is None


def test_a_password_opens_the_file_on_the_next_run(registry, workspace, finished):
    found = kept_set(workspace, "a.pdf", "locked.pdf")
    assert finished(registry.ensure(found.id)).comparison is None
    registry.set_password(found.entries[1].sha256, OPENS)
    job = finished(registry.restart(found.id))
    assert job.comparison is not None
    assert OPENS not in "".join(path.read_text(errors="replace") for path in workspace.root.rglob("*.json"))


def test_cancelling_keeps_what_was_finished(registry, workspace, finished):
    found = kept_set(workspace, "a.pdf", "slow.pdf")
    job = registry.ensure(found.id)
    while len(job.outcomes) < 1:
        time.sleep(0.01)
    job.stop.set()
    finished(job)
    assert job.state in (JobState.CANCELLED, JobState.DONE)
    assert job.outcomes[0].error is None


def test_a_job_that_waits_can_be_cancelled(registry, workspace, finished):
    slow = registry.ensure(kept_set(workspace, "slow.pdf", "b.pdf").id)
    waiting = registry.ensure(kept_set(workspace, "c.pdf", "d.pdf").id)
    assert waiting.snapshot().state is JobState.QUEUED
    last = registry.ensure(kept_set(workspace, "e.pdf", "f.pdf").id)
    said = "Waiting for another analysis to end: number {} in the queue"
    assert step_lines(waiting.snapshot()) == (said.format(1),)
    assert step_lines(last.snapshot()) == (said.format(2),)
    registry.cancel(waiting)
    assert waiting.snapshot().state is JobState.CANCELLED  # at once: it waits for nobody
    assert last.snapshot().position == 1
    registry.forget(slow.set_id)
    assert finished(last).state is JobState.DONE


def test_what_is_too_much_is_refused_and_nothing_is_begun(workspace, engine, tmp_path, finished):
    floor = JobFloor(at_once=1, waiting=3, of_one=2)
    one = JobRegistry(workspace, engine, floor)
    slow = one.ensure(kept_set(workspace, "slow.pdf", "b.pdf").id)
    waiting = [one.ensure(kept_set(workspace, f"{name}.pdf", "z.pdf").id) for name in "cd"]
    more = kept_set(workspace, "e.pdf", "z.pdf").id
    with pytest.raises(ServerBusy, match="2 analyses wait"):  # no more of this workspace
        one.ensure(more)
    other_place = Workspace(tmp_path / "other")
    other = JobRegistry(other_place, engine, floor)
    theirs = other.ensure(kept_set(other_place, "f.pdf", "z.pdf").id)
    assert theirs.snapshot().position == 3
    with pytest.raises(ServerBusy, match="3 analyses wait"):  # no more at all
        other.ensure(kept_set(other_place, "g.pdf", "z.pdf").id)
    one.cancel(slow)
    assert {finished(job).state for job in (*waiting, theirs)} == {JobState.DONE}
    assert finished(one.ensure(more)).state is JobState.DONE


def test_the_same_set_of_two_workspaces_is_two_jobs(workspace, engine, tmp_path, finished):
    floor = JobFloor(kept=3)
    other_place = Workspace(tmp_path / "other")
    one, other = JobRegistry(workspace, engine, floor), JobRegistry(other_place, engine, floor)
    ids = [kept_set(place, "a.pdf", "b.pdf").id for place in (workspace, other_place)]
    assert ids[0] == ids[1]
    mine, theirs = finished(one.ensure(ids[0])), finished(other.ensure(ids[1]))
    assert mine is not theirs
    other.forget(ids[0])
    assert one.ensure(ids[0]) is mine


@pytest.mark.parametrize("at_once", [1, 3])
def test_work_is_done_in_order_and_no_more_at_once_than_asked(at_once):
    queue, gate, begun, ended = WorkQueue(at_once=at_once), threading.Event(), [], threading.Semaphore(0)

    def work(number):
        begun.append(number)
        gate.wait()
        ended.release()
        if number == 1:
            raise ValueError("the others go on")

    tickets = [queue.put("me", functools.partial(work, number)) for number in range(6)]
    assert [ticket.position for ticket in tickets] == [0] * at_once + list(range(1, 7 - at_once))
    assert tickets[5].withdraw()
    assert not tickets[5].withdraw()
    assert not tickets[0].withdraw()
    gate.set()
    for _ in range(5):
        ended.acquire()
    assert sorted(begun) == list(range(5))
    if at_once == 1:
        assert begun == list(range(5))


@pytest.mark.parametrize("error", [ComparisonError("too few documents"), RuntimeError("odd")])
def test_a_comparison_that_fails_says_why(registry, engine, finished, error):
    engine.fails_with = error
    job = finished(registry.ensure(SAMPLE))
    assert job.state is JobState.FAILED
    assert str(error) in job.reason
    engine.fails_with = None
    assert finished(registry.restart(SAMPLE)).state is JobState.DONE


class PreparingEngine(MadeEngine):
    """Makes a summary and a queue beside the comparison, once the gate is open."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Event()
        self.fault = None

    def prepare(self, comparison, hooks):
        hooks.on_progress(MadeProgress("compare", 1, 4, "a / b"))
        while not self.gate.wait(0.01):
            if hooks.is_cancelled():
                raise Stopped("stopped on request")
        if self.fault is not None:
            raise self.fault
        yield Prepared("summary", "the summary")
        yield Prepared("queue", ("first",))


def test_a_job_is_done_with_its_comparison_and_what_stands_beside_it_follows(workspace, finished):
    engine = PreparingEngine()
    job = finished(JobRegistry(workspace, engine).ensure(SAMPLE))
    assert job.state is JobState.DONE
    assert job.comparison is not None
    assert not any(made.is_finished for made in job.beside.values())
    engine.gate.set()
    assert [job.beside[name].wait(60) for name in ("summary", "queue")] == [True, True]
    assert [job.beside[name].content for name in ("summary", "queue")] == ["the summary", ("first",)]
    assert job.beside["queue"].share == 0.25
    assert job.snapshot().pairs == ("align", 0, 2)


@pytest.mark.parametrize("fault", [WorkerEnded("no memory"), RuntimeError("odd")])
def test_a_fault_beside_the_comparison_costs_neither_it_nor_a_page_that_waits(workspace, finished, fault):
    engine = PreparingEngine()
    engine.fault = fault
    engine.gate.set()
    job = finished(JobRegistry(workspace, engine).ensure(SAMPLE))
    assert all(made.wait(60) for made in job.beside.values())
    assert [made.content for made in job.beside.values()] == [None, None]
    assert (job.state, job.reason) == (JobState.DONE, "")


def test_what_stands_beside_a_comparison_makes_way_for_an_analysis_that_waits(workspace, finished):
    registry = JobRegistry(workspace, PreparingEngine())
    first = finished(registry.ensure(SAMPLE))
    second = finished(registry.ensure(kept_set(workspace, "a.pdf", "b.pdf").id))
    assert second.state is JobState.DONE
    assert first.state is JobState.DONE
    assert [made.content for made in first.beside.values()] == [None, None]
    registry.cancel_all()


def test_of_many_documents_nothing_is_prepared(workspace, finished, monkeypatch):
    monkeypatch.setattr(work, "PREPARED_UP_TO", 3)
    engine = PreparingEngine()
    engine.gate.set()
    job = finished(JobRegistry(workspace, engine).ensure(SAMPLE))
    assert all(made.wait(60) for made in job.beside.values())
    assert [made.content for made in job.beside.values()] == [None, None]


def test_unknown_sets_start_nothing(registry):
    with pytest.raises(UnknownSet):
        registry.ensure("0" * 16)


@pytest.mark.parametrize(("bounds", "n_left"), [({"kept": 2}, 2), ({"records": 30}, 2), ({"records": 0}, 1)])
def test_old_results_leave_the_memory(workspace, engine, finished, bounds, n_left):
    floor = JobFloor(**bounds)
    registry = JobRegistry(workspace, engine, floor)
    sets = [kept_set(workspace, f"{name}.pdf", "z.pdf") for name in "abcd"]
    jobs = [finished(registry.ensure(found.id)) for found in sets]
    assert {job.n_records for job in jobs} == {jobs[0].n_records}
    assert 10 < jobs[0].n_records < 20
    floor.drop_oldest()
    assert list(floor.jobs.values()) == jobs[-n_left:]
    assert registry.ensure(sets[0].id) is not jobs[0]


def test_what_waits_takes_no_place_of_a_result(workspace, engine, finished):
    floor = JobFloor(kept=2)
    registry = JobRegistry(workspace, engine, floor)
    done = [finished(registry.ensure(kept_set(workspace, f"{name}.pdf", "z.pdf").id)) for name in "ab"]
    slow = registry.ensure(kept_set(workspace, "slow.pdf", "z.pdf").id)
    waiting = [registry.ensure(kept_set(workspace, f"{name}.pdf", "z.pdf").id) for name in "cde"]
    assert [registry.ensure(job.set_id) for job in done] == done
    registry.cancel(slow)
    assert {finished(job).state for job in waiting} == {JobState.DONE}


@dataclass(frozen=True)
class Ended:
    """What became of a file, as far as the time that is left asks."""

    seconds: float
    from_cache: bool = False
    error: Exception | None = None


def test_the_time_left_of_reading_is_by_bytes_and_seconds_of_what_was_read(workspace, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: now[0]))
    job = Job("x", state=JobState.RUNNING, started=100.0)
    job.begin(kept_set(workspace, "a.pdf", "b.pdf", "c.pdf", "d.pdf"), (50, 100, 200, 300))
    assert job.snapshot().left is None
    job.end_file(Ended(0.1, from_cache=True))
    assert job.snapshot().left is None  # what is kept says nothing of what is not
    now[0] = 110.0
    job.end_file(Ended(10.0))
    assert job.snapshot().left == pytest.approx(50)
    assert overall_words(job.snapshot()) == (
        "2 of 4 documents through · 10 s · about 50 s until all are read · then 6 pairs are compared"
    )
    now[0] = 115.0
    assert job.snapshot().left == pytest.approx(45)
    now[0] = 170.0
    assert job.snapshot().left == pytest.approx(30)  # the file under way takes longer; the last one is left
    job.end_file(Ended(60.0))
    assert job.snapshot().left == pytest.approx(70)
    job.end_file(Ended(1.0))
    assert job.snapshot().left is None


def test_the_time_left_of_pairs_is_by_their_pace(workspace, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: now[0]))
    job = Job("x", state=JobState.RUNNING, started=100.0)
    job.begin(kept_set(workspace, "a.pdf", "b.pdf"), (10, 10))
    for outcome in (Ended(1.0), Ended(1.0)):
        job.end_file(outcome)
    for done, seconds, left in ((0, 0, None), (1, 3, None), (2, 3, 24.0)):
        now[0] += seconds
        job.note(MadeProgress("align", done, 10, "a / b"))
        assert job.snapshot().left == left
    assert overall_words(job.snapshot()).endswith(" · about 20 s left")
    now[0] += 2
    assert job.snapshot().left == 22.0
    now[0] += 60
    assert job.snapshot().left == 21.0
    job.end(JobState.DONE)
    assert job.snapshot().left is None


@pytest.mark.parametrize(
    ("share", "seconds", "left"),
    [(None, 60, None), (0.04, 60, None), (0.5, 1, None), (0.5, 20, 20), (1.0, 20, 0), (1.2, 20, 0)],
)
def test_a_share_tells_the_time_left_once_there_is_a_basis(share, seconds, left):
    assert left_of_share(share, seconds) == left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (11, "about 10 s"),
        (94, "about 90 s"),
        (100, "about 2 min"),
        (3000, "about 50 min"),
        (7000, "about 1.9 h"),
    ],
)
def test_a_span_is_said_as_roughly_as_it_is_known(seconds, words):
    assert time_words(seconds) == words


def test_progress_only_grows(workspace, engine):
    job = Job("x")
    shares = [share_done(job.snapshot())]
    job.begin(kept_set(workspace, "a.pdf", "b.pdf"))
    job.state = JobState.RUNNING
    for stage in ("read", "segment", "annotate"):
        job.note(MadeProgress(stage, 0, 3, "a.pdf"))
        shares.append(share_done(job.snapshot()))
    assert step_lines(job.snapshot()) == ("a.pdf: finding requirements", "b.pdf: waiting")
    for done in (0, 1, 2):
        job.note(MadeProgress("align" if done < 2 else "compare", done, 2, "a / b"))
        shares.append(share_done(job.snapshot()))
    assert step_lines(job.snapshot())[-1] == "comparing 2 of 2"
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
