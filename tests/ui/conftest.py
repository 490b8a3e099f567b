"""A comparison made by hand, and a registry on an engine that returns it."""

from __future__ import annotations

import time

import pytest
from ui_made import MadeEngine, made_analysis, made_comparison

from fragcheck.ui.jobs import JobRegistry
from fragcheck.ui.workspace import Workspace


@pytest.fixture
def comparison():
    return made_comparison(tuple(made_analysis(index) for index in range(4)))


@pytest.fixture
def engine():
    return MadeEngine()


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "home")


@pytest.fixture
def registry(workspace, engine):
    made = JobRegistry(workspace, engine)
    yield made
    made.cancel_all()


@pytest.fixture
def finished():
    """Wait for a job's end; a job that hangs fails the test by pytest's own limit."""

    def wait(job):
        while not job.snapshot().is_finished:
            time.sleep(0.01)
        return job

    return wait
