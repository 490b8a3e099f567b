"""``fragcheck info`` says what is missing here, and exits by it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from fragcheck import isolation
from fragcheck.cli.entry import app
from fragcheck.isolation import guards_in_force
from fragcheck.version import __version__

GUARDS = ("memory", "processor-time", "written-files", "open-files", "core-dumps", "life", "network")


def test_info_names_the_guards_of_this_machine():
    found = guards_in_force()
    done = CliRunner().invoke(app, ["info", "--format", "json"])
    told = json.loads(done.stdout)
    assert told["version"] == __version__
    assert set(told["guards"]) == set(found)
    assert set(told["guards"]) | set(told["guards_missing"]) == set(GUARDS)
    assert done.exit_code == (1 if told["guards_missing"] else 0)


@pytest.mark.parametrize(("found", "status"), [(GUARDS, 0), (GUARDS[:-1], 1), ((), 1)])
def test_a_missing_guard_is_told(monkeypatch, found, status):
    monkeypatch.setattr(isolation, "guards_in_force", lambda: found)
    done = CliRunner().invoke(app, ["info"])
    assert done.exit_code == status
    lines = [line for line in done.stdout.splitlines() if line.startswith("guard ")]
    assert len(lines) == len(GUARDS)
    assert sum("NOT IN FORCE" in line for line in lines) == len(GUARDS) - len(found)
