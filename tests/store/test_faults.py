"""Full disks, locked folders, lost databases, jumping clocks, damaged caches: nothing lost, nothing wrong."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from people import ANN, BEN, OWNER, READER, law, said, staffed, tag_of

from fragcheck.errors import StoreError
from fragcheck.records import Anchor, Correction, CorrectionKind, Corrections, ProvisionKind
from fragcheck.store import ArtefactStore, CorrectionStore, OriginalStore, VectorStore
from fragcheck.store.workspace import (
    add_version,
    find_provisions,
    migrate,
    open_workspace,
    projects_of,
    record_review,
    review_log,
    reviews_in_force,
    verify_log,
)

HERE = Path(__file__).parent
NOBODY = 65534


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        check=False,
    )


def sums(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# A full disk


def test_a_full_disk_leaves_whole_artefacts_and_nothing_half_done(tmp_path):
    done = run("starved_writer.py", tmp_path, "artefacts", 9000)
    *kept, stopped = done.stdout.splitlines()
    assert kept == ["kept 0", "kept 1", "kept 2"]
    assert stopped.startswith("stopped StoreError")
    assert "make room" in stopped
    store = ArtefactStore(tmp_path)
    for number in range(3):
        assert store.load_bytes(f"table-{number:02}") == bytes([number]) * (number * 4000)
    assert store.load_bytes("table-03") is None
    assert len(sums(tmp_path)) == 3, "no part of a file is left on the full disk"


def test_a_full_disk_leaves_whole_originals(tmp_path):
    given, folder = tmp_path / "given", tmp_path / "kept"
    given.mkdir()
    for number in range(8):
        (given / f"{number}.txt").write_bytes(bytes([65 + number]) * (number * 4000))
    done = run("starved_writer.py", folder, "originals", 9000, given)
    assert done.stdout.splitlines()[:-1] == ["kept 0", "kept 1", "kept 2"]
    for name, digest in sums(folder).items():
        assert name.split("/")[0] == digest
    assert len(sums(folder)) == 3


def test_a_full_disk_loses_no_review_that_was_told(tmp_path):
    done = run("starved_writer.py", tmp_path, "reviews", 600_000)
    *kept, stopped = done.stdout.splitlines()
    assert stopped.startswith("stopped StoreError"), done.stderr
    assert len(kept) > 10
    with open_workspace(f"sqlite:///{tmp_path / 'workspace.sqlite'}") as workspace:
        with workspace.reading() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
        log = review_log(workspace, READER, "starved")
        assert verify_log(workspace, READER, "starved") == ()
        told = dict(line.split()[1:] for line in kept)
        assert told == {str(entry.number): entry.digest for entry in log}
        record_review(workspace, BEN, "starved", said(tag_of(law()), is_on=False))  # it goes on with room


# Folders that cannot be written


@contextlib.contextmanager
def as_nobody():
    """Root may write everywhere: for a moment this process is somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked(tmp_path_factory):
    """A folder with artefacts that may be read and not written; all above it may be passed through."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fragcheck-locked-", dir="/tmp") as name:
        folder = Path(name) / "store"
        store = ArtefactStore(folder)
        store.save("stage-ab", {"kept": 1})
        for path in [Path(name), folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield folder
        for path in [Path(name), folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_read_only_folder_is_read_and_told(locked, caplog):
    before, store = sums(locked), ArtefactStore(locked)
    with as_nobody():
        assert store.load_json("stage-ab") == {"kept": 1}
        with pytest.raises(StoreError, match=r"Permission denied.*FRAGCHECK_HOME"):
            store.save("stage-cd", {"kept": 2})
        with caplog.at_level(logging.WARNING):
            store.keep("stage-cd", {"kept": 2})
        with pytest.raises(StoreError, match="cannot be kept"):
            CorrectionStore(locked / "hand").save(corrections())
    assert "the result is not affected" in caplog.text
    assert sums(locked) == before


def corrections():
    change = Correction(CorrectionKind.CHANGE_KIND, Anchor("art_1", "b" * 64), to=ProvisionKind.SECTION)
    return Corrections("0" * 64, (change,))


def test_a_cache_that_cannot_be_read_is_no_cache(locked, caplog):
    path = next(locked.rglob("*.json.z"))
    path.chmod(0o000)
    with as_nobody(), caplog.at_level(logging.WARNING):
        assert ArtefactStore(locked).load_json("stage-ab") is None
    path.chmod(0o444)
    assert "made anew" in caplog.text
    assert ArtefactStore(locked).load_json("stage-ab") == {"kept": 1}


# Damaged caches


@pytest.mark.parametrize("at", [0, 5, 31, 32, 40, -1])
@pytest.mark.parametrize("kind", ["json", "bytes"])
def test_a_bit_that_flipped_in_a_cache_is_found_and_the_entry_made_anew(tmp_path, caplog, at, kind):
    store = ArtefactStore(tmp_path)
    value = {"text": "Providers shall keep logs."}
    if kind == "json":
        store.save_json("stage-ab", value)
    else:
        store.save_bytes("stage-ab", b"columns and rows of a table")
    path = next(each for each in tmp_path.rglob("*") if each.is_file())
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))
    with caplog.at_level(logging.WARNING):
        assert store.load_json("stage-ab") is None if kind == "json" else not store.has_bytes("stage-ab")
    assert "damaged" in caplog.text
    assert not path.exists()


def test_an_entry_under_the_name_of_another_is_found(tmp_path):
    store = ArtefactStore(tmp_path)
    store.save_json("stage-aa", {"law": "a"})
    store.save_json("stage-ba", {"law": "b"})
    one, other = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    one.write_bytes(other.read_bytes())
    assert store.load_json("stage-aa") is None
    assert store.load_json("stage-ba") == {"law": "b"}


@pytest.mark.soak
def test_an_analysis_from_a_damaged_cache_is_that_of_a_cold_one(tmp_path):
    from fragcheck.pipeline import analyse_file

    path = tmp_path / "law.csv"
    path.write_text("id,text\n1,Providers shall keep the logs for ten years.\n", encoding="utf-8")
    store = ArtefactStore(tmp_path / "store")
    cold = analyse_file(path, store=store)
    for each in (tmp_path / "store").rglob("*.json.z"):
        each.write_bytes(each.read_bytes()[:-3] + b"abc")
    assert analyse_file(path, store=store) == cold == analyse_file(path)


def test_a_damaged_vector_is_not_given_and_a_damaged_file_is_removed(tmp_path):
    store = VectorStore(tmp_path, "0" * 64, 4)
    vectors = {text: np.full(4, at, np.float32) for at, text in enumerate(("a", "b"))}
    store.save(vectors)
    with contextlib.closing(sqlite3.connect(store.path)) as base:
        base.execute("UPDATE vectors SET vector = zeroblob(length(vector)) WHERE rowid = 1")
        base.commit()
    assert len(store.load(["a", "b"])) == 1
    store.path.write_bytes(b"no database at all " * 100)
    assert store.load(["a"]) == {}
    store.save(vectors)
    assert set(store.load(["a", "b"])) == {"a", "b"}


def test_an_original_that_was_changed_is_told(tmp_path):
    given = tmp_path / "law.txt"
    given.write_text("Article 1", encoding="utf-8")
    store = OriginalStore(tmp_path / "kept")
    kept = store.keep(given)
    kept.write_text("Article 2", encoding="utf-8")
    with pytest.raises(StoreError, match="changed since it was kept"):
        store.find(kept.parent.name, kept.name)
    assert store.keep(given).read_text(encoding="utf-8") == "Article 1"


# A lost database


def state(workspace, project):
    return (
        projects_of(workspace),
        find_provisions(workspace, READER, project),
        [(entry.number, entry.digest) for entry in review_log(workspace, READER, project)],
    )


def end_connections(postgres_url):
    """Every connection but this one is ended by the server."""
    engine = sa.create_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as one:
        one.execute(
            sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        )
    engine.dispose()


def interrupted(workspace, lose):
    """Lose the database between two statements of one transaction."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(pytest.raises(StoreError, match="cannot be used"))
        connection = stack.enter_context(workspace.writing())
        connection.execute(sa.text("UPDATE projects SET name = 'half done'"))
        lose()
        connection.execute(sa.text("UPDATE projects SET name = 'wholly done'"))


@pytest.mark.parametrize("fault", ["connection", "server"])
def test_a_database_lost_in_a_transaction_keeps_what_was_there(postgres, fault):
    url = postgres.url()
    with open_workspace(url) as workspace:
        project = staffed(workspace)
        add_version(workspace, OWNER, project, law())
        record_review(workspace, ANN, project, said(tag_of(law()), is_on=False))
        before = state(workspace, project)

        def lose():
            if fault == "connection":
                end_connections(url)
            else:
                postgres.crash()
                postgres.start()

        interrupted(workspace, lose)
        assert state(workspace, project) == before
        record_review(workspace, BEN, project, said(tag_of(law()), is_on=True))
        assert verify_log(workspace, READER, project) == ()


# A clock that jumps


class Jumping:
    """A clock that goes back a year, stands still, and goes on in ten years."""

    def __init__(self):
        self.days = iter([0, 0, 0, 0, 0, 0, 0, -365, -365, 3650, 1] + [2] * 50)

    def __call__(self):
        return dt.datetime(2026, 11, 28, tzinfo=dt.UTC) + dt.timedelta(days=next(self.days))


def test_a_clock_that_jumps_changes_no_order(database_url):
    with open_workspace(database_url, clock=Jumping()) as workspace:
        project = staffed(workspace)
        add_version(workspace, OWNER, project, law())
        for number in range(5):
            record_review(
                workspace, ANN, project, said(tag_of(law()), is_on=bool(number % 2), reason=f"{number}")
            )
        log = review_log(workspace, READER, project)
        assert [entry.number for entry in log] == sorted(entry.number for entry in log)
        moments = [entry.review.made_at for entry in log]
        assert moments != sorted(moments), "the clock did jump"
        assert verify_log(workspace, READER, project) == ()
        (last,) = reviews_in_force(workspace, READER, project)
        assert last.reason == "4", "the last to be said is in force, whatever the clock showed"


# A migration that was interrupted


@pytest.mark.parametrize(
    "statement", [2, *(pytest.param(n, marks=pytest.mark.soak) for n in (0, 1, 3, 4, 5, 6))]
)
def test_a_migration_that_is_killed_is_done_again_whole(database_url, statement):
    with open_workspace(database_url) as workspace:
        project = staffed(workspace)
        add_version(workspace, OWNER, project, law())
        record_review(workspace, ANN, project, said(tag_of(law()), is_on=False))
        before = state(workspace, project)
        migrate(workspace, "0001")
    done = run("dying_migration.py", database_url, statement)
    if done.returncode == 0:
        pytest.skip(f"the migrations have fewer than {statement} statements")
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_workspace(database_url) as workspace:
        assert state(workspace, project) == before
        assert verify_log(workspace, READER, project) == ()
