"""How fast the app's pages come: after server start, on 20 real documents, and 500 as a matrix.

    python benchmarks/page_speed.py [--home DIR] [--rounds N] [--json FILE] [--write]

Asked: the sample corpus painted less than 3 s after server start, no page slower than 1 s for 20
documents once they are analysed. Needs Chromium and Playwright; the 20 documents are among the
measuring material (``FRAGCHECK_SHARED``), and without it the sample corpus stands for them. `--home`
keeps the analyses between runs. For every page stand the seconds from asking for its address until
nothing moves any more, the first time and the best of the rounds after it, and the processor seconds that the
server took, which say more on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
RESULTS = Path(__file__).with_name("page_speed.json")
sys.path[:0] = [str(ROOT / "docs"), str(ROOT / "tests" / "ui")]

import build_screenshots as screens  # noqa: E402 - stands in docs/

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Twenty instruments of ten jurisdictions in six languages, none of them a scan.
TWENTY = (
    "brazil/brazil-pl-2338-2023-en.pdf",
    "brazil/brazil-pl-2338-2023-pt.pdf",
    "china/china-algorithm-recommendation-provisions-zh.pdf",
    "china/china-genai-interim-measures-en.pdf",
    "eu/gpai-guidelines-c-2025-5045.pdf",
    "eu/infosoc-directive-2001-29.pdf",
    "france/loi-2018-1202-manipulation-information.pdf",
    "international/coe-framework-convention-cets-225.pdf",
    "international/oecd-recommendation-ai-2024.pdf",
    "japan/japan-ai-promotion-act-ja.pdf",
    "korea/korea-ai-basic-act-en.pdf",
    "switzerland/finma-guidance-08-2024.pdf",
    "taiwan/ey-genai-guidelines-2023-zh-hant.pdf",
    "us-federal/eo-14110.pdf",
    "us-federal/omb-m-24-10.pdf",
    "us-states/california-sb1047-enrolled.pdf",
    "us-states/colorado-sb24-205-session-law.pdf",
    "us-states/nyc-local-law-144.pdf",
    "us-states/texas-hb149-traiga.pdf",
    "us-states/utah-sb149-ch70.pdf",
)
#: Name -> address without its set. Making a report is a job of its own and not measured.
PAGES = {
    "heatmap": "/?",
    "pair": "/pair?",
    "document": "/document?",
    "requirements": "/requirements?",
    "definitions": "/requirements?list=definitions&",
    "figures": "/requirements?list=figures&",
    "strictest": "/requirements?list=strictest&",
    "conflicts": "/requirements?list=conflicts&",
    "interoperability": "/interoperability?",
    "harmonise": "/harmonise?",
    "review": "/review?",
    "reports": "/reports?",
    "library": "/documents?",
    "method": "/method?",
}

#: What Streamlit takes by itself for one chart, with a browser and a server of this machine.
_FLOOR = """import streamlit as st
data = {"values": [{"x": "A", "y": 1}]}
marks = {"mark": "bar", "encoding": {"x": {"field": "x"}, "y": {"field": "y", "type": "quantitative"}}}
st.vega_lite_chart({"layer": [{"data": data, "layer": [marks]}]})
"""


def analysed(home: Path, names: tuple[str, ...]) -> str:
    """Keep the documents as a set under `home`, analyse it as the app does, and return its id."""
    from fragcheck.ui.engine import PipelineEngine
    from fragcheck.ui.jobs import JobRegistry
    from fragcheck.ui.workspace import Workspace

    workspace = Workspace(home)
    files = [SHARED / "data" / "pdfs" / name for name in names]
    entries = tuple(workspace.add_file(path.name, path.read_bytes()) for path in files)
    chosen = workspace.save_set(entries).id if entries else "sample"
    job = JobRegistry(workspace, PipelineEngine()).ensure(chosen)
    while not job.snapshot().is_finished:
        time.sleep(0.2)
    if job.comparison is None:
        sys.exit(f"page_speed: the set could not be compared: {job.reason}")
    for made in job.beside.values():
        made.wait()
    return chosen


def many(home: Path, n: int) -> str:
    """Keep made tables of a batch of `n` documents and return their name."""
    from matrix_made import made_tables

    from fragcheck.ui.matrix import MatrixShelf

    return MatrixShelf(home).keep(*made_tables(n))


def server_seconds() -> float:
    """Processor seconds of all processes that this one started and that still run (Linux)."""
    ticks, own = 0, str(os.getpid())
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        if fields[1] == own and b"--server.port" in command:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def quiet(page: Page) -> float:
    """Wait until nothing moves; when that began, by the clock of the page, in seconds."""
    screens.settle(page)
    return float(page.evaluate("performance.timeOrigin + window.lastChange")) / 1000


def first_paint(browser: Browser, home: Path, script: Path | None = None) -> float:
    """Seconds from the start of the server until a chart is drawn: the sample's, or that of `script`."""
    start = time.time()
    with screens.served(home, script) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("[data-testid=stVegaLiteChart] :is(canvas,svg)").first.wait_for(timeout=600_000)
        taken = time.time() - start
        page.close()
    return taken


def first_paints(browser: Browser, home: Path, rounds: int) -> tuple[list[float], list[float]]:
    """First paints of the app, and of a script that draws one chart and does nothing else, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "floor.py"
        script.write_text(_FLOOR, encoding="utf-8")
        turns = [(first_paint(browser, home), first_paint(browser, home, script)) for _ in range(rounds)]
    ours, floor = zip(*turns, strict=True)
    return [round(one, 2) for one in ours], [round(one, 2) for one in floor]


def page_rows(browser: Browser, address: str, pages: dict[str, str], rounds: int) -> list[dict[str, Any]]:
    """Seconds and processor seconds of every page: the first time, then the best of `rounds`."""
    rows = []
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(address + pages["heatmap"])
    screens.settle(page)
    for name, place in pages.items():
        seconds, work = [], []
        for _ in range(rounds + 1):
            page.goto("about:blank")
            before, start = server_seconds(), time.time()
            page.goto(address + place)
            seconds.append(quiet(page) - start)
            work.append(server_seconds() - before)
        rows.append(
            {
                "page": name,
                "first_s": round(seconds[0], 2),
                "again_s": round(min(seconds[1:]), 2),
                "first_cpu_s": round(work[0], 2),
                "again_cpu_s": round(min(work[1:]), 2),
            }
        )
        print(row_line(rows[-1]), flush=True)
    page.close()
    return rows


def row_line(row: dict[str, Any]) -> str:
    """One line of the table."""
    figures = ("first_s", "again_s", "first_cpu_s", "again_cpu_s")
    return f"{row['page']:<26}" + "".join(f"{row[name]:>13.2f}" for name in figures)


def measure(home: Path, rounds: int) -> dict[str, Any]:
    """All figures, printed as they come."""
    from playwright.sync_api import sync_playwright

    names = TWENTY if (SHARED / "data" / "pdfs").is_dir() else ()
    os.environ["FRAGCHECK_HOME"] = str(home)
    analysed(home, ())
    chosen = analysed(home, names)
    matrix = many(home, 500)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("page_speed: no Chromium here: sudo apt-get install -y chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(screens.FLAGS))
        paints, floor = first_paints(browser, home, rounds)
        print(f"first paint of the sample corpus after server start: {min(paints)} s (of {paints})")
        print(f"one chart with Streamlit alone, in turns with it: {min(floor)} s (of {floor})")
        print(
            f"{'page':<26}"
            + "".join(f"{name:>13}" for name in ("first s", "again s", "first cpu s", "again cpu s"))
        )
        with screens.served(home) as address:
            pages = {name: f"{place}set={chosen}" for name, place in PAGES.items()}
            base = f"/?matrix={matrix}"
            pages |= {
                "500 documents": base,
                "500, ordered": f"{base}&order=cluster",
                "500, by jurisdiction": f"{base}&group=jurisdiction",
                "500, by bloc": f"{base}&group=bloc&order=cluster",
                "500, a block": f"{base}&order=cluster&zoom=100-115:100-115",
            }
            rows = page_rows(browser, address, pages, rounds)
        browser.close()
    return {
        "documents": len(names) or 5,
        "rounds": rounds,
        "first_paint_s": min(paints),
        "first_paints_s": paints,
        "streamlit_alone_s": floor,
        "pages": rows,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> int:
    """Measure, print, and keep the figures where that is asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, help="folder of the app's data; by default a new one")
    parser.add_argument("--rounds", type=int, default=3, help="repeats of every page, 3 by default")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULTS.name}")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        found = measure((given.home or Path(fresh)).resolve(), given.rounds)
    for path in (given.json, RESULTS if given.write else None):
        if path is not None:
            path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    slow = [row["page"] for row in found["pages"] if row["again_s"] > 1.0]
    print("slower than 1 s: " + (", ".join(slow) or "none"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
