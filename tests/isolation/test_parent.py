"""A reader that a hostile file has taken over gets nowhere, and costs one file."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fragcheck.errors import MalformedPdf, ReadLimitExceeded, UnreadableInput
from fragcheck.isolation import Apart, Limits, guards_in_force, parent, read_apart, run_apart

HERE = Path(__file__).parent
is_linux = pytest.mark.skipif(sys.platform != "linux", reason="the guards are those of Linux")


@pytest.fixture(autouse=True)
def tasks_are_found(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *sys.path]))


def attempt(name, *, limits=None, **arguments):
    return run_apart(Apart(f"hostile_tasks:{name}", "law.pdf", arguments, limits or Limits(30)))


def is_gone(pid):
    """No process of that number, or one that has ended and waits to be counted."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in "ZX"


def wait_until(is_so, seconds=30):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "the state that was waited for did not come"
        time.sleep(0.02)


def needs_network_guard():
    if "network" not in guards_in_force():
        pytest.skip("this system lets no process leave the network; `fragcheck info` says so")


@is_linux
def test_every_guard_but_the_network_is_in_force_on_linux():
    found = set(guards_in_force())
    assert {"memory", "processor-time", "written-files", "open-files", "core-dumps", "life"} <= found


@is_linux
def test_a_reader_reaches_no_network_not_even_this_machine():
    needs_network_guard()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(UnreadableInput, match="unreachable"):
            attempt("connect", address="127.0.0.1", port=port)
        with pytest.raises(UnreadableInput, match="unreachable"):
            attempt("open_socket_of_packets")
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass  # the server was there all the time, and this process reaches it


@is_linux
def test_a_reader_cannot_fill_the_disk(tmp_path):
    path = tmp_path / "filled"
    with pytest.raises(UnreadableInput, match="File too large"):
        attempt("write", limits=Limits(30, written_mb=2), path=str(path), megabytes=8)
    assert path.stat().st_size <= 2 << 20


@is_linux
def test_a_reader_cannot_swallow_the_memory():
    with pytest.raises(ReadLimitExceeded, match=r"law\.pdf needs more than 512 MiB"):
        attempt("swallow_memory", limits=Limits(30, memory_mb=512))


@is_linux
def test_a_reader_cannot_hold_every_file():
    with pytest.raises(UnreadableInput, match="Too many open files"):
        attempt("open_many_files")


@pytest.mark.parametrize("name", ["spin", "sleep", "hang_up_and_stay"])
def test_a_reader_that_does_not_end_is_ended(name):
    with pytest.raises(ReadLimitExceeded, match=r"law\.pdf was not read within 1 s"):
        attempt(name, limits=Limits(1))


@is_linux
def test_what_a_reader_started_ends_with_it(tmp_path):
    told = tmp_path / "pid"
    with pytest.raises(ReadLimitExceeded):
        attempt("leave_a_child", limits=Limits(3), told=str(told))
    pid = int(told.read_text(encoding="utf-8"))
    wait_until(lambda: is_gone(pid))


@is_linux
def test_a_reader_ends_with_the_server_that_started_it(tmp_path):
    """A server that is killed cannot clean up: the readers see to it themselves."""
    told = tmp_path / "pid"
    code = (
        "from fragcheck.isolation import Apart, run_apart;"
        f"run_apart(Apart('hostile_tasks:sleep', 'law.pdf', {{'told': {str(told)!r}}}))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as server:
        wait_until(lambda: told.exists() and told.read_text(encoding="utf-8"))
        server.send_signal(signal.SIGKILL)
    pid = int(told.read_text(encoding="utf-8"))
    wait_until(lambda: is_gone(pid))


@pytest.mark.parametrize("name", ["answer", "flood"])
def test_an_answer_without_end_is_not_waited_for(name):
    arguments = {"megabytes": 3} if name == "answer" else {}
    with pytest.raises(ReadLimitExceeded, match=r"law\.pdf holds more than is read of one file \(2 MiB\)"):
        attempt(name, limits=Limits(60, answer_mb=2), **arguments)


def test_what_libraries_print_is_no_answer():
    assert attempt("print_much") == b"the answer"


def test_a_reader_learns_no_secrets(monkeypatch):
    secrets = {
        "FRAGCHECK_DATABASE_URL": "postgresql://u:swordfish@h/x",
        "FRAGCHECK_PASSWORD": "swordfish",
        "PGPASSWORD": "swordfish",
        "AWS_SECRET_ACCESS_KEY": "swordfish",
        "GITHUB_TOKEN": "swordfish",
        "SOME_API_KEY": "swordfish",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LANGUAGE", "kept")
    found = attempt("environment").decode("utf-8")
    assert "swordfish" not in found
    assert "kept" in found


def test_the_folder_of_foreign_files_is_no_place_for_modules(tmp_path, monkeypatch):
    """A folder of downloads may hold a json.py: nothing in it is run."""
    for name in ("json", "selectors", "numpy", "pypdfium2", "fragcheck"):
        (tmp_path / f"{name}.py").write_text("open('taken-over', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert attempt("print_much") == b"the answer"
    assert not (tmp_path / "taken-over").exists()


@is_linux
@pytest.mark.parametrize(
    ("signal_name", "damaged", "error"),
    [
        ("SIGSEGV", "MalformedPdf", MalformedPdf),
        ("SIGSEGV", "UnreadableInput", UnreadableInput),
        ("SIGKILL", "MalformedPdf", ReadLimitExceeded),
        ("SIGXCPU", "MalformedPdf", ReadLimitExceeded),
    ],
)
def test_a_death_is_told_by_its_signal_and_its_file(signal_name, damaged, error):
    task = Apart("hostile_tasks:die", "law.pdf", {"number": signal_name}, Limits(30), "PDF", damaged)
    with pytest.raises(error, match=rf"law\.pdf .*{signal_name}"):
        run_apart(task)


def test_a_fault_of_the_reader_is_one_line_that_names_the_file():
    with pytest.raises(UnreadableInput, match=r"law\.pdf is damaged .*RuntimeError: odd\)") as caught:
        attempt("break_down")
    assert "\n" not in str(caught.value)


def test_bubblewrap_is_taken_where_the_system_allows_no_other_way(tmp_path, monkeypatch):
    """With a stand-in for bwrap, which writes down how it was called and runs what it was given."""
    seen = tmp_path / "seen"
    program = tmp_path / "bwrap"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {seen}\nwhile [ "$1" != "--" ]; do shift; done\nshift\nexec "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    real = parent._succeeds
    monkeypatch.setattr(parent, "_succeeds", lambda *command: "-c" not in command and real(*command))
    parent._outer_guard.cache_clear()
    try:
        assert attempt("print_much") == b"the answer"
        assert "network" in guards_in_force()
    finally:
        parent._outer_guard.cache_clear()
    assert "--unshare-net" in seen.read_text(encoding="utf-8")


def test_reading_apart_gives_what_the_reader_gives(tmp_path):
    from fragcheck.formats import read_html

    path = tmp_path / "law.html"
    path.write_text("<h1>Law on Tests</h1><p>Article 1</p><p>Zürich pays 5 €.</p>", encoding="utf-8")
    found, none = read_apart("fragcheck.formats.html_input:read_html", path, what="HTML file", timeout_s=60)
    assert none is None
    assert found == read_html(path)
    assert found.id == hashlib.sha256(path.read_bytes()).hexdigest()
