"""A comparison made by hand, a registry on an engine that returns it, and the app on top."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest
from ui_made import MadeEngine, made_analysis, made_comparison

from fragcheck.ui import session
from fragcheck.ui.jobs import JobRegistry
from fragcheck.ui.workspace import SAMPLE, Workspace


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


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAGCHECK_HOME", str(tmp_path))
    monkeypatch.setattr(session, "make_engine", MadeEngine)
    session._registry.clear()
    yield Workspace(tmp_path)
    session.registry().cancel_all()
    session._registry.clear()


@pytest.fixture
def app(home, repository_root):
    """The app at an address, once the analysis of its set has ended."""

    def at(view="", *, wait=True, **query):
        if wait:
            wanted = query.get("set", SAMPLE)
            job = session.registry().ensure(wanted)
            while not job.snapshot().is_finished:
                time.sleep(0.01)
        test = AppTest.from_file(str(repository_root / "app.py"), default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        if view:
            test.query_params["view"] = view
        return test.run()

    return at
