"""`fragcheck batch` as users run it: output, exit codes, and going on after a kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pandas as pd
import pytest

TABLES = (
    "documents",
    "provisions",
    "requirements",
    "definitions",
    "parameters",
    "tags",
    "pairs",
    "corpus",
    "failures",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Tables of provisions, and one file that cannot be read."""
    place = tmp_path_factory.mktemp("batch")
    for number in range(1, 4):
        (place / f"law-{number}.csv").write_text(
            "id,text\n"
            f"r1,Providers shall report serious incidents to the authority within {number} days.\n"
            f"r2,Deployers shall keep the logs of the system for {number + 5} months.\n"
            + "r3,Deployers may inform natural persons.\n"
            * (number % 2),
            encoding="utf-8",
        )
    (place / "columns.csv").write_text("name,words\n1,x\n", encoding="utf-8")
    return place


def test_batch_writes_tables_names_failures_and_exits_with_1(fragcheck, folder, tmp_path):
    output = tmp_path / "tables"
    done = fragcheck("batch", folder, "-o", output, "--jobs", 2, "--full", 2, check=1)
    assert done.stdout.split() == [str(output)]
    assert {path.stem for path in output.glob("*.parquet")} == set(TABLES)
    assert "columns.csv" in done.stderr
    for word in ("documents 4 of 4", "a second", "0 s left", "1 failed", "screen", "2 compared in full"):
        assert word in done.stderr
    pairs = pd.read_parquet(output / "pairs.parquet")
    assert pairs["is_full"].sum() == 2 * pairs["principle"].nunique()
    assert "add --resume" in fragcheck("batch", folder, "-o", output, "--full", 2, check=2).stderr
    again = fragcheck("batch", folder, "-o", output, "--full", 2, "--resume", "--quiet", check=1)
    assert not again.stderr


def test_dry_run_states_memory_and_writes_nothing(fragcheck, folder, tmp_path):
    done = fragcheck("batch", folder, "-o", tmp_path / "tables", "--dry-run", "--full", "all", check=0)
    found = json.loads(done.stdout)
    assert (found["n_files"], found["n_pairs"], found["n_full"]) == (4, 6, 6)
    assert 0 < found["block_mib"] < found["worker_mib"]
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "there is no such file or folder"),
        ([".", "--full", "most"], "--full wants all, a number, or a CSV file"),
        ([".", "--full", "0"], "at least 1 pair"),
        ([".", "--cluster", "cloud"], "--cluster cloud is unknown"),
        ([".", "--cluster", "local", "--scheduler", "tcp://a:1"], "exclude each other"),
        (["catalogue:no-such-thing"], "no entry holds these words"),
        ([".", "-o", "file"], "a folder for the tables is wanted"),
    ],
)
def test_bad_usage_is_one_line_and_2(fragcheck, folder, tmp_path, arguments, told):
    (tmp_path / "act.csv").write_text("id,text\n1,Providers shall keep records.\n", encoding="utf-8")
    (tmp_path / "file").write_text("taken", encoding="utf-8")
    output = [] if "-o" in arguments else ["-o", "out"]
    done = fragcheck("batch", *arguments, *output, cwd=tmp_path, check=2)
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def started(folder, output, store, jobs):
    arguments = ["batch", folder, "-o", output, "--store", store, "--jobs", jobs, "--full", "all", "--resume"]
    return subprocess.Popen(
        [sys.executable, "-m", "fragcheck", *map(str, arguments)],
        env={**os.environ, "FRAGCHECK_HOME": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kept(store):
    """Records of what was finished, with the time they were written at."""
    return {path: path.stat().st_mtime_ns for path in store.rglob("*.json.z")}


def alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def undisturbed(folder, tmp_path_factory):
    """The folder of the same batch, never killed."""
    place = tmp_path_factory.mktemp("undisturbed")
    assert started(folder, place / "tables", place / "store", 1).wait(240) == 1
    return place / "tables"


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("stage", [pytest.param("batch-", marks=pytest.mark.soak), "batch-pair-"])
def test_a_killed_batch_goes_on_where_it_was(folder, undisturbed, tmp_path, stage):
    output, store = tmp_path / "tables", tmp_path / "store"
    process = started(folder, output, store, 2)
    try:
        while not any(path.name.startswith(stage) for path in store.rglob("*.json.z")):
            assert process.poll() is None
            time.sleep(0.02)
    finally:
        # The parent alone, as the system does where memory runs out: its workers must follow.
        process.kill()
        process.wait(60)
    deadline = time.monotonic() + 60
    while alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(process.pid), "workers outlived the killed batch"
    assert not (output / "pairs.parquet").exists()
    before = kept(store)
    assert started(folder, output, store, 1).wait(240) == 1
    after = kept(store)
    assert {path: after[path] for path in before} == before, "what was finished was computed again"
    for name in TABLES:
        assert (output / f"{name}.parquet").read_bytes() == (undisturbed / f"{name}.parquet").read_bytes()
