"""Fixtures that all rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]

# Speed is measured in benchmarks/ and never asserted: a busy machine must not fail a property.
# The suite draws the same examples everywhere, so that a run says the same on every machine; new ones
# are looked for by `make soak` (profile "soak"), and what it finds becomes an example of its test.
hypothesis.settings.register_profile("fragcheck", deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=500)
hypothesis.settings.load_profile("fragcheck")


@pytest.fixture(scope="session")
def repository_root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The measuring material; the test is skipped where it is absent."""
    folder = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"measuring material not found at {folder}: set FRAGCHECK_SHARED to its folder")
    return folder
