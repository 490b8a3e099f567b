"""Screenshots of every page of the app, in both themes, wide and narrow: ``make screenshots``.

The app is served on this machine on the sample corpus, and the pages are drawn by a headless Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {1440: 1000, 390: 844}
SCHEMES = ("light", "dark")
#: Name of the picture -> address.
PAGES = {
    "heatmap": "/",
    "pair": "/pair",
    "document": "/document",
    "requirements": "/requirements",
    "definitions": "/requirements?list=definitions",
    "figures": "/requirements?list=figures",
    "strictest": "/requirements?list=strictest",
    "conflicts": "/requirements?list=conflicts",
    "interoperability": "/interoperability",
    "harmonise": "/harmonise",
    "review": "/review",
    "reports": "/reports?report=html",
    "documents": "/documents",
    "method": "/method",
}
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")
PATIENCE = 300.0
#: True once no run is under way, no part is still to be drawn, and the page has had one shape for 0.8 s.
QUIET = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const main = document.querySelector("[data-testid=stMain]");
  const waits = "[data-testid=stSkeleton],[data-testid=stSpinner],[data-testid=stExpanderIconSpinner]";
  const charts = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")];
  const isBusy =
    app?.dataset.testScriptState !== "notRunning" ||
    !main?.querySelector("[data-testid=stHeading]") ||
    main.querySelector(waits) ||
    charts.some((chart) => !chart.querySelector("canvas,svg"));
  const shape = isBusy ? "" : `${main.scrollHeight} ${main.querySelectorAll("*").length}`;
  if (isBusy || window.lastShape !== shape) {
    window.lastShape = shape;
    window.lastChange = performance.now();
    return false;
  }
  return performance.now() - window.lastChange > 800;
}"""


@contextmanager
def served(home: Path, script: Path | None = None) -> Iterator[str]:
    """The app as `fragcheck app` starts it, or another script, on a free port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = ["fragcheck.ui"] if script is None else ["streamlit", "run", str(script)]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    server = subprocess.Popen(
        [sys.executable, "-m", *program, *options],
        cwd=ROOT,
        env={**os.environ, "FRAGCHECK_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + PATIENCE
        while not _answers(f"{address}/_stcore/health"):
            if server.poll() is not None or time.monotonic() > end:
                sys.exit("screenshots: the app did not start")
            time.sleep(0.02)
        yield address
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except OSError:
        return False


def settle(page: Any) -> None:
    """Wait until the analysis has ended, everything is drawn, and nothing has moved for a while."""
    page.wait_for_function(QUIET, timeout=PATIENCE * 1000)


def full_height(page: Any) -> int:
    """Height that the page needs to be seen whole: Streamlit scrolls inside a part of its own."""
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))


def take(browser: Any, address: str, folder: Path, wanted: tuple[str, ...]) -> int:
    """Take all pictures; returns how many."""
    taken = 0
    for scheme in SCHEMES:
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            for name in wanted:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address + PAGES[name])
                settle(page)
                if name == "reports" and page.get_by_role("button", name="Make it").count():
                    page.get_by_role("button", name="Make it").click()
                    page.get_by_role("button", name="Download").wait_for()
                    settle(page)
                page.set_viewport_size(
                    {"width": width, "height": max(height, min(full_height(page) + 20, 3000))}
                )
                settle(page)
                page.screenshot(path=str(folder / f"{name}-{width}-{scheme}.png"))
                taken += 1
            context.close()
    return taken


def main() -> None:
    """Serve, draw, and say where the pictures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--home", type=Path, help="folder of the app's data; by default a new one")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of {', '.join(PAGES)}; all by default")
    given = parser.parse_args()
    chromium = next(
        (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None
    )
    if chromium is None:
        sys.exit("screenshots: no Chromium here: sudo apt-get install -y chromium")
    from playwright.sync_api import sync_playwright

    given.output.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as fresh,
        served(given.home or Path(fresh)) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        taken = take(browser, address, given.output, tuple(given.pages) or tuple(PAGES))
        browser.close()
    print(f"{taken} pictures in {given.output}")


if __name__ == "__main__":
    main()
