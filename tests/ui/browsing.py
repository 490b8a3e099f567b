"""A real browser and served apps, for the tests that drive one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

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
def served(script: Path, home: Path):
    """The app on a free port with a home of its own, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = (f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true")
    home.mkdir(parents=True, exist_ok=True)
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *options],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "FRAGCHECK_HOME": str(home / "cache")},
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


def settle(page):
    """Wait until no run is under way."""
    page.wait_for_timeout(400)
    page.wait_for_selector("[data-testid=stStatusWidget]", state="detached")
    page.wait_for_timeout(300)


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
