"""Documents and tables at fsspec URLs give the tables of a folder, and say what cannot be reached."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from made_laws import fill

from fragcheck.batch import BatchOptions, SerialEngine, open_tables, read_source, run_batch_at
from fragcheck.batch.remote import fetch, remote_file
from fragcheck.errors import InputError, StoreError, UnreadableInput

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'fragcheck[remote]'")

MOTO = "python -m venv .venv-s3 && .venv-s3/bin/pip install 'moto[server]==5.2.5'"


@pytest.fixture
def memory(laws):
    """The laws at ``memory://laws``, and nothing else there."""
    system = fsspec.filesystem("memory")
    system.put(f"{laws}/", "/laws/", recursive=True)
    yield system
    for path in ("/laws", "/out"):
        if system.exists(path):
            system.rm(path, recursive=True)


def run(source, output, store, **options):
    entries = read_source(source, store / "copies")
    return run_batch_at(entries, output, BatchOptions(**options), SerialEngine(), store)


def pairs_without_paths(folder):
    return open_tables(folder).pairs.frame("left_id", "right_id", "principle", "screen")


def test_a_remote_folder_gives_the_tables_of_a_folder(memory, finished, tmp_path):
    store = tmp_path / "store"
    summary = run("memory://laws", "memory://out/tables", store)
    assert summary.output == "memory://out/tables"
    memory.get("/out/tables/", f"{tmp_path / 'back'}/", recursive=True)
    pd.testing.assert_frame_equal(pairs_without_paths(tmp_path / "back"), pairs_without_paths(finished))
    names = open_tables(tmp_path / "back").documents.frame("path")["path"].tolist()
    assert "below/law-3.csv" in names


def test_the_paths_of_a_manifest_are_from_where_it_stands(memory, laws, tmp_path):
    text = f"path,jurisdiction\nlaw-0.csv,Arbora\nfile://{laws}/law-1.csv,Boreal\nnone.csv,Cana\n"
    memory.pipe("/laws/list.csv", text.encode())
    source = read_source("memory://laws/list.csv", tmp_path)
    assert {entry.jurisdiction: entry.url.partition(":")[0] for entry in source.entries} == {
        "Arbora": "memory",
        "Boreal": "file",
    }
    ((name, error),) = source.missing
    assert (name, "none.csv" in str(error)) == ("none.csv", True)


def test_a_file_is_copied_once_and_anew_when_it_has_changed(memory, tmp_path):
    first = remote_file("memory://laws/law-0.csv", tmp_path)
    assert fetch(first.url, first.copy).read_bytes() == memory.cat("/laws/law-0.csv")
    before = first.copy.stat().st_mtime_ns
    assert fetch(first.url, first.copy).stat().st_mtime_ns == before
    memory.pipe("/laws/law-0.csv", b"id,text\n1,Providers shall keep records.\n")
    second = remote_file("memory://laws/law-0.csv", tmp_path)
    assert second.copy != first.copy
    assert fetch(second.url, second.copy).read_bytes().startswith(b"id,text\n1,")
    assert not list(tmp_path.rglob("*.part"))


def test_what_cannot_be_reached_is_told(memory, tmp_path):
    with pytest.raises(InputError, match=r"nowhere://laws: a URL of a known file system is wanted"):
        read_source("nowhere://laws", tmp_path)
    with pytest.raises(InputError, match="at least one document is wanted"):
        read_source("memory://empty", tmp_path)
    with pytest.raises(UnreadableInput, match="cannot be copied to this machine"):
        fetch("memory://laws/gone.csv", tmp_path / "gone.csv")
    blocked = tmp_path / "taken"
    blocked.write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="the tables cannot be written there"):
        run("memory://laws", f"file://{blocked}/tables", tmp_path / "store")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def s3(monkeypatch, repository_root):
    """A server that speaks S3, on this machine: the address of it."""
    place = Path(os.environ.get("FRAGCHECK_MOTO", repository_root / ".venv-s3/bin/moto_server"))
    server = str(place) if place.exists() else shutil.which("moto_server")
    if server is None:
        pytest.skip(f"moto's server is not installed: {MOTO}")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [server, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, "moto's server has ended"
                time.sleep(0.1)
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.mark.soak
def test_a_bucket_gives_the_tables_of_a_folder(s3, laws, finished, tmp_path):
    from pyarrow.fs import FileSelector, S3FileSystem, copy_files

    bucket = S3FileSystem(
        endpoint_override=s3.removeprefix("http://"),
        scheme="http",
        allow_bucket_creation=True,
        allow_delayed_open=True,
    )
    bucket.create_dir("laws")
    copy_files(str(laws), "laws", destination_filesystem=bucket)
    run("s3://laws", "s3://laws/out", tmp_path / "store")
    names = {info.base_name for info in bucket.get_file_info(FileSelector("laws/out"))}
    assert {"pairs.parquet", "documents.parquet", "run.json"} <= names
    (tmp_path / "back").mkdir()
    copy_files("laws/out", str(tmp_path / "back"), source_filesystem=bucket)
    pd.testing.assert_frame_equal(pairs_without_paths(tmp_path / "back"), pairs_without_paths(finished))
    with pytest.raises(InputError, match="s3://none"):
        read_source("s3://none", tmp_path)


def test_a_name_without_a_scheme_stays_a_folder(tmp_path):
    folder = fill(tmp_path)
    assert all(not entry.url for entry in read_source(str(folder)).entries)
