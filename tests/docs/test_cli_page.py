"""The reference page of the command line is current, and every command explains itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def builder():
    spec = importlib.util.spec_from_file_location("build_cli", ROOT / "docs" / "build_cli.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMMANDS = dict(builder().commands())


def test_the_page_is_current():
    stored = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert stored == builder().page(), "run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_itself(name):
    words = COMMANDS[name].help
    assert words.split("Example:")[0].strip()
    assert f"`{name}" in words.partition("Example:")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name):
    for parameter in COMMANDS[name].params:
        if parameter.name != "help":
            assert parameter.help, parameter.name


def test_there_are_commands():
    assert {"fragcheck compare", "fragcheck verify", "fragcheck corpus get"} <= set(COMMANDS)
