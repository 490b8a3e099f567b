"""A real browser and served apps, for the tests that drive one."""

from __future__ import annotations

import os
import runpy
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

FETCH = Path(__file__).resolve().parents[2] / ".ci" / "fetch_axe.py"
CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120_000  # milliseconds; two slow cores may be busy with other tests
CHART = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"


@contextmanager
def served(script: Path, home: Path, *more: str, **environment: str):
    """The app on a free port with a home of its own, once it answers; `more` are options of Streamlit."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = (f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true")
    home.mkdir(parents=True, exist_ok=True)
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *options, *more],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "FRAGCHECK_HOME": str(home / "cache"), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for_health(f"{address}/_stcore/health", server)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for_health(address, server):
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
                answer.read()
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail("the server does not answer")


def until_count(found, asked):
    """Wait until as many are there: while a page is drawn anew, the old and the new stand beside it."""
    end = time.monotonic() + PATIENCE / 1000
    while (seen := found.count()) != asked:
        assert time.monotonic() < end, f"{asked} asked, {seen} there"
        found.page.wait_for_timeout(100)


#: True once no run is under way, nothing is still to be drawn, and the page has had one shape for 0.3 s.
QUIET = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const main = document.querySelector("[data-testid=stMain]");
  const is_busy =
    app?.dataset.testScriptState !== "notRunning" ||
    !main?.querySelector("[data-testid=stHeading]") ||
    main.querySelector("[data-testid=stSkeleton],[data-testid=stSpinner]");
  const shape = is_busy ? "" : `${main.scrollHeight} ${main.querySelectorAll("*").length}`;
  if (is_busy || window.lastShape !== shape) {
    window.lastShape = shape;
    window.lastChange = performance.now();
    return false;
  }
  return performance.now() - window.lastChange > 300;
}"""


def settle(page):
    """Wait until no run is under way and nothing moves any more."""
    page.evaluate("delete window.lastShape")
    page.wait_for_function(QUIET)


def axe_script():
    """The script of axe-core; the test is skipped where it was not fetched."""
    script = runpy.run_path(str(FETCH))["script"]()
    if not script.is_file():
        pytest.skip("no axe-core: python .ci/fetch_axe.py (asks the npm registry once)")
    return script.read_text(encoding="utf-8")


#: Rules that read colours: in the other theme, which has the same elements, only these can find other things.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]

_RUN_AXE = """async (rules) => {
  const options = {resultTypes: ["violations"]};
  if (rules) options.runOnly = {type: "rule", values: rules};
  return (await axe.run(document, options)).violations;
}"""


def violations(page, axe, name):
    """What axe-core finds serious or critical on the page as it stands, in both themes."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_style_tag(content="*{transition:none!important;animation:none!important}")
        page.evaluate(axe)
    found = []
    for scheme, rules in (("light", None), ("dark", COLOUR_RULES)):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", arg=scheme
        )
        page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")
        found += [
            f"{name} {scheme}: {violation['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
            for violation in page.evaluate(_RUN_AXE, rules)
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]
    return found


def wait_for_end(page, selector):
    """Wait for what an analysis ends with; where it stopped instead, fail with its notice."""
    stopped = "[data-testid=stAlert]:has-text('stopped')"
    page.locator(f"{selector}, {stopped}").first.wait_for(timeout=400_000)
    for notice in page.locator(stopped).all():
        pytest.fail(notice.inner_text())


def click_cell(page, row, column, n):
    """Click a cell of the heatmap; its plot starts right of the names and below the letters."""
    page.wait_for_selector(CHART)
    settle(page)
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    width = box["width"] * 0.8 / n
    x = box["x"] + box["width"] - width * (n - column - 0.5)
    height = (box["height"] - 30) / n
    page.mouse.click(x, box["y"] + 30 + height * (row + 0.5))


def has_no_sideways_scroll(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
