"""The README's code is run, and what it shows as output is what came out.

``FRAGCHECK_REGENERATE=1`` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SWITCH = "FRAGCHECK_REGENERATE"


def blocks(kind):
    return [match for match in BLOCK.finditer(README.read_text(encoding="utf-8")) if match["kind"] == kind]


@pytest.fixture
def environment(tmp_path):
    return {**os.environ, "FRAGCHECK_HOME": str(tmp_path), "PYTHONWARNINGS": "error"}


def run_session(body, environment):
    """The block with the output of each command as it is now; notices on standard error are not shown."""
    folder, shown = ROOT, []
    for line in body.splitlines():
        if not line.startswith("$ "):
            continue
        shown.append(line)
        words = shlex.split(line[2:])
        if words[0] == "cd":
            folder = folder / words[1]
            continue
        assert words[0] == "fragcheck"
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in {0, 1}, done.stderr
        shown.append(done.stdout.rstrip("\n"))
    return "\n".join(shown) + "\n"


@pytest.mark.model
def test_the_terminal_sessions_are_true(environment):
    text = README.read_text(encoding="utf-8")
    found = blocks("console")
    assert found
    for block in found:
        body = run_session(block["body"], environment)
        if os.environ.get(SWITCH):
            text = text.replace(block["body"], body)
            README.write_text(text, encoding="utf-8")
        assert block["body"] == body or os.environ.get(SWITCH)


@pytest.mark.model
def test_the_python_runs(environment):
    for block in blocks("python"):
        done = subprocess.run(
            [sys.executable, "-c", block["body"]],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_the_switch_is_off():
    assert not os.environ.get(SWITCH) or "CI" not in os.environ


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+?)\)", README.read_text(encoding="utf-8")):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_every_command_is_named():
    from fragcheck.cli.entry import app

    text = README.read_text(encoding="utf-8")
    names = {command.name for command in app.registered_commands} | {
        group.name for group in app.registered_groups
    }
    assert names
    assert all(f"fragcheck {name}" in text for name in names)


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for block in blocks("sh"):
        for target in re.findall(r"^make (\w+)", block["body"], re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
