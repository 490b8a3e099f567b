"""A comparison made by hand, a registry on an engine that returns it, and the app on top."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from browsing import CHROMIUM, FLAGS, PATIENCE, served
from streamlit.testing.v1 import AppTest
from ui_made import MadeEngine, made_analysis, made_comparison

from fragcheck.ui import progress, session
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
    monkeypatch.setattr(progress, "QUICK", 60.0)  # a page waits for what is made beside it
    session._registry.clear()
    yield Workspace(tmp_path)
    session.registry().cancel_all()
    session._registry.clear()


@pytest.fixture
def app(home, repository_root):
    """The app at an address, once the analysis of its set has ended; `opened` are keys of folded parts."""

    def at(view="", *, wait=True, opened=(), **query):
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
        for key in opened:
            test.session_state[key] = True
        return test.run()

    return at


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium: sudo apt-get install -y chromium")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    with api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="module")
def made_address(browser, tmp_path_factory):
    """The app on the engine made for tests."""
    with served(Path(__file__).with_name("served_app.py"), tmp_path_factory.mktemp("made")) as address:
        yield address


@pytest.fixture(scope="module")
def real_address(browser, repository_root, tmp_path_factory):
    """The app as it is, with empty caches."""
    with served(repository_root / "app.py", tmp_path_factory.mktemp("real")) as address:
        yield address


@pytest.fixture
def open_page(browser):
    """Open pages; at the end no request may have gone to another host, and no script have failed."""
    contexts, outside, failures, also = [], [], [], []

    def at(address, path="/", *, width=1440, height=1000, scheme="light", known=()):
        also.extend(known)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        context.on("request", lambda request: note(request.url, address))
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.set_default_timeout(PATIENCE)
        page.goto(address + path)
        return page

    def note(url, address):
        known = (address, address.replace("http", "ws"), *also, "data:", "blob:")
        if not url.startswith(known):
            outside.append(url)

    yield at
    for context in contexts:
        context.close()
    assert outside == []
    assert failures == []
