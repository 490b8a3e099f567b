"""How fast PDFs are read and divided, beside pdfium itself and other readers, in one run.

    python benchmarks/reading.py [--files NAME …] [--rounds N]

Needs the measuring material (``FRAGCHECK_SHARED``, default ``../shared``). Every figure is the least
processor time of `rounds` runs in this process, imports apart, ours and pdfium's in turn, so that a busy
machine changes little; pypdf and pdfplumber run once, pdfplumber on some pages scaled to all, and pdftotext
as a process of its own. A reader that is not there has a line that says so.
Prints a table of the readers with their ratio to pdfium's own load and text pages, the ratio over all files,
the time of one core from PDF to provisions, and the peak of memory of a process that parses the largest file.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from fragcheck.pdf import ReadOptions, read_pdf
from fragcheck.segment import segment

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
PDFS = SHARED / "data" / "pdfs"
FILES = (
    "eu/eu-ai-act-2024-1689.pdf",
    "eu/gdpr-2016-679.pdf",
    "us-federal/nist-ai-rmf-1-0.pdf",
    "us-states/colorado-sb24-205-session-law.pdf",
    "korea/korea-ai-basic-act-en.pdf",
)
AI_ACT = "eu/eu-ai-act-2024-1689.pdf"
#: pdfplumber is slow: it reads this many pages, and its time is scaled to the length of the file.
SAMPLE_PAGES = 12
#: What stands in the table for a reader that is not there.
MISSING = {
    "pdftotext": "not there: apt-get install poppler-utils",
    "pypdf": "not there: pip install pypdf (extra dev)",
    "pdfplumber": "not there: pip install pdfplumber",
}


def pdfium(path: Path) -> None:
    """Load a file and all its pages with their text pages: what every reader on pdfium has to do."""
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        page.get_textpage().close()
        page.close()
    document.close()


def fragcheck(path: Path) -> None:
    """PDF to lines."""
    read_pdf(path, ReadOptions(ocr="never"))


def pypdf(path: Path) -> None:
    """Text of all pages by pypdf."""
    from pypdf import PdfReader

    for page in PdfReader(path).pages:
        page.extract_text()


def pdfplumber(path: Path) -> float:
    """Lines of the first pages by pdfplumber; returns by how much the time has to be scaled."""
    from pdfplumber import open as open_pdf

    with open_pdf(path) as document:
        for page in document.pages[:SAMPLE_PAGES]:
            page.extract_text_lines()
        return len(document.pages) / min(SAMPLE_PAGES, len(document.pages))


def least(task: Callable[[Path], float | None], path: Path, rounds: int) -> float:
    """Least processor seconds of `rounds` runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        factor = task(path) or 1.0
        best = min(best, (time.process_time() - start) * factor)
    return best


def process_seconds(command: list[str], rounds: int) -> float:
    """Least processor seconds of a command, its start included."""
    best = float("inf")
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def least_of_both(path: Path, rounds: int) -> tuple[float, float]:
    """Least processor seconds of pdfium and of fragcheck, run in turn."""
    pairs = [(least(pdfium, path, 1), least(fragcheck, path, 1)) for _ in range(rounds)]
    return min(first for first, _ in pairs), min(second for _, second in pairs)


def readers(path: Path, rounds: int) -> dict[str, float | None]:
    """Seconds by reader; None for one that is not there."""
    base, own = least_of_both(path, rounds)
    found: dict[str, float | None] = {"pdfium": base, "fragcheck": own}
    command = ["pdftotext", "-layout", str(path), os.devnull]
    found["pdftotext"] = process_seconds(command, rounds) if shutil.which("pdftotext") else None
    found["pypdf"] = least(pypdf, path, 1) if importlib.util.find_spec("pypdf") else None
    found["pdfplumber"] = least(pdfplumber, path, 1) if importlib.util.find_spec("pdfplumber") else None
    return found


def provisions(path: Path, rounds: int) -> tuple[float, float]:
    """Least processor seconds of reading and of dividing in one run of both."""
    best = (float("inf"), 0.0)
    for _ in range(rounds):
        start = time.process_time()
        document = read_pdf(path, ReadOptions(ocr="never"))
        read = time.process_time() - start
        segment(document)
        best = min(best, (time.process_time() - start, read))
    return best[1], best[0] - best[1]


def peak_memory() -> tuple[str, float]:
    """Largest file, and the peak in megabytes of a process that parses it.

    The peak is the kernel's for the memory of that program alone (``VmHWM``, Linux): ``ru_maxrss`` of a child
    is never less than what its parent held when it began.
    """
    largest = max(PDFS.rglob("*.pdf"), key=lambda path: path.stat().st_size)
    code = (
        "import sys; from fragcheck.pdf import ReadOptions, read_pdf;"
        "from fragcheck.segment import segment; segment(read_pdf(sys.argv[1], ReadOptions(ocr='never')));"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(largest)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return largest.name, float(done.stdout) / 1024


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", nargs="*", default=list(FILES), help="paths below the folder of PDFs")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    least(pdfium, PDFS / AI_ACT, 1)  # warm the file cache and the imports
    provisions(PDFS / AI_ACT, 1)
    print(f"{'file':<42}{'reader':<12}{'seconds':>9}{'ratio':>8}")
    base = own = 0.0
    for name in options.files:
        found = readers(PDFS / name, options.rounds)
        pdfium_seconds = found["pdfium"] or 0.0
        base, own = base + pdfium_seconds, own + (found["fragcheck"] or 0.0)
        for reader, value in found.items():
            stem = Path(name).stem
            if value is None:
                print(f"{stem:<42}{reader:<12}{MISSING[reader]}")
            else:
                print(f"{stem:<42}{reader:<12}{value:>9.3f}{value / pdfium_seconds:>8.2f}")
    print(f"\nall files: fragcheck takes {own / base:.2f} times pdfium's own load and text pages")
    read, divided = provisions(PDFS / AI_ACT, options.rounds)
    print(f"EU AI Act: lines {read:.2f} s + provisions {divided:.2f} s = {read + divided:.2f} s on one core")
    name, peak = peak_memory()
    print(f"peak memory, {name}: {peak:.0f} MB")


if __name__ == "__main__":
    main()
