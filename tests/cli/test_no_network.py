"""Nothing reaches for the network at run time: verbs run with sockets watched, the app on loopback alone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

WATCH = Path(__file__).with_name("no_network.py")
SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "pdf"


def command(allowed, module, *arguments):
    return [sys.executable, str(WATCH), allowed, module, *map(str, arguments)]


@pytest.fixture
def run(tmp_path):
    environment = {
        **os.environ,
        "FRAGCHECK_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    def offline(*arguments, status=0):
        done = subprocess.run(
            command("nothing", "fragcheck", *arguments),
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        assert "NETWORK" not in done.stderr
        assert done.returncode == status, done.stderr
        return done.stdout

    return offline


def test_the_watch_sees_what_reaches_out():
    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)"
    for allowed in ("nothing", "loopback"):
        done = subprocess.run(
            [sys.executable, str(WATCH), allowed, "timeit", "-n", "1", "-r", "1", code],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "NETWORK socket" in done.stderr
        assert done.returncode != 0


def test_a_table_is_read_without_network(run, tmp_path):
    path = tmp_path / "law.csv"
    path.write_text("id,text\n1,Providers shall keep logs.\n", encoding="utf-8")
    assert json.loads(run("parse", path))["text"] == "Providers shall keep logs."


@pytest.mark.soak
def test_no_verb_reaches_for_the_network(run, tmp_path):
    one, other, *_ = sorted(SAMPLE.glob("*.pdf"))
    result, tables = tmp_path / "result.json", tmp_path / "tables"
    run("compare", one, other, "--format", "json", "-o", result)
    assert len(json.loads(result.read_text(encoding="utf-8"))["pairs"]) == 1
    assert "verified" in run("verify", result, "--documents", SAMPLE)
    for arguments in (
        ("parse", one),
        ("annotate", one),
        ("align", one, other),
        ("compare", one, other, "--format", "html", "-o", tmp_path / "page.html"),
        ("compare", one, other, "--format", "xlsx", "-o", tmp_path / "book.xlsx"),
        ("compare", one, other, "--format", "pdf", "-o", tmp_path / "paper.pdf"),
        ("redline", one, other),
        ("batch", SAMPLE, "-o", tables, "--jobs", "1"),
        ("corpus", "list"),
        ("project", "create", "laws"),
        ("project", "list"),
        ("--version",),
    ):
        run(*arguments)


@pytest.mark.soak
def test_the_app_starts_on_loopback_alone(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = Path(__file__).resolve().parents[2] / "fragcheck" / "ui" / "start" / "script.py"
    server = subprocess.Popen(
        command(
            "loopback", "streamlit", "run", script, f"--server.port={port}", "--server.address=localhost",
            "--server.headless=true", "--browser.gatherUsageStats=false",
        ),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "FRAGCHECK_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    ends = time.monotonic() + 120
    answer = ""
    while answer != "ok" and time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as reply:
                answer = reply.read().decode()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    server.terminate()
    errors = server.communicate()[1]
    assert answer == "ok", errors
    assert "NETWORK" not in errors
