"""What was found by fuzzing and by made attacks stays found; and every target still runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import fuzz_targets
import pytest
from hypothesis import HealthCheck, given, settings

#: (target, what was drawn, what was wrong with it)
FOUND = [
    (
        "controls",
        ("laws.yaml", b"catalog: &c {groups: [{id: a, title: t, groups: [*c]}], controls: [*c]}\n"),
        "an alias that points into itself made rows without end",
    ),
    (
        "crosswalks",
        ("laws.yaml", b"a: &a [*a]\nobjects: {framework: *a}\n"),
        "an alias that points into itself",
    ),
    ("html", b"<html><body>" + b"<div>" * 5_000 + b"Article 1", "what nests deeply was lost without a word"),
    ("tables", b"id,text\n1,\x00\n", "a null in a table"),
]


@pytest.mark.parametrize(
    ("name", "drawn", "wrong"), FOUND, ids=lambda each: each if isinstance(each, str) else ""
)
def test_found_cases_end_in_order(name, drawn, wrong):
    fuzz_targets.TARGETS[name][1](drawn)


@pytest.mark.parametrize("name", fuzz_targets.TARGETS)
def test_every_target_runs(name):
    strategy, target = fuzz_targets.TARGETS[name]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def attempt(drawn):
        target(drawn)

    attempt()


@pytest.mark.soak
def test_the_command_finds_what_is_planted(tmp_path):
    """A target that raises is found, shrunk and told, and the command ends with 1."""
    code = (
        "import sys, fuzz_targets\n"
        "from hypothesis import strategies as st\n"
        "def target(drawn):\n    assert '7' not in drawn\n"
        "fuzz_targets.TARGETS['planted'] = (st.text(alphabet='x7'), target)\n"
        "import run_fuzz\nsys.argv = ['run_fuzz', 'planted', '0.1']\nsys.exit(run_fuzz.main())\n"
    )
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {[here, *sys.path]!r}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "planted: FOUND AssertionError" in done.stdout
    assert "'7'" in done.stdout
