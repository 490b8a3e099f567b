"""Many PDFs end to end: what a batch costs beside the extraction and the encoding that it cannot do without.

    python benchmarks/many_pdfs.py [--count N] [--pages N] [--jobs N] [--encode-every K] [--folder DIR]
                                   [--json FILE]

The documents are those of ``made_pdfs.py``. ``fragcheck batch`` is run cold (an empty store) and once more
(``--resume``). Peers, on the same documents in the same run: pdfium's text of all pages, and the encoder on
the units of all documents, or of every K-th one, its seconds then scaled by the units of all. Seconds are
processor time, of all processes together. The size of the issue is ``--count 1000 --pages 50``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_pdfs import make_pdfs

ROOT = Path(__file__).resolve().parents[1]


def extraction(paths: list[Path]) -> dict[str, float]:
    """Processor seconds of pdfium's text of all pages, and how many there are."""
    import pypdfium2 as pdfium

    pages, start = 0, time.process_time()
    for path in paths:
        document = pdfium.PdfDocument(path)
        for page in document:
            page.get_textpage().get_text_bounded()
            pages += 1
        document.close()
    return {"seconds": time.process_time() - start, "pages": pages}


def encoding(paths: list[Path], store: Path, every: int = 1) -> dict[str, float]:
    """Processor seconds of the encoder on the units of all documents, as the screen has them.

    With ``every`` above 1 only that part of the documents is encoded, and the seconds are scaled by units.
    """
    from threadpoolctl import threadpool_limits

    from fragcheck.align import distinct_units
    from fragcheck.align.signals import content_of
    from fragcheck.align.vectors import embed
    from fragcheck.nlp.encoder import load_encoder
    from fragcheck.pipeline import analyse_file
    from fragcheck.store import ArtefactStore

    encoder, seconds, count, encoded = load_encoder(), 0.0, 0, 0
    encoder.encode(["The models are loaded before the clock runs."])
    with threadpool_limits(1):
        for number, path in enumerate(paths):
            units = distinct_units(analyse_file(path, store=ArtefactStore(store)))
            if not units:
                continue
            content = content_of([unit.text_unit for unit in units])
            count += len(content.units)
            if number % every:
                continue
            start = time.process_time()
            embed(content.units, encoder)
            seconds += time.process_time() - start
            encoded += len(content.units)
    return {"seconds": seconds * count / max(encoded, 1), "units": count, "encoded": encoded}


def child(what: str, paths: list[Path], store: Path, every: int) -> dict[str, float]:
    """A peer in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--child",
        what,
        "--folder",
        str(store),
        "--encode-every",
        str(every),
    ]
    done = subprocess.run(
        command, input="\n".join(map(str, paths)), capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def batch(source: Path, place: Path, jobs: int) -> dict[str, float]:
    """Processor seconds of all processes of a batch, wall clock, and the largest process in MiB."""
    command = [sys.executable, "-m", "fragcheck", "batch", str(source), "-o", str(place / "tables")]
    command += ["--store", str(place / "store"), "--jobs", str(jobs), "--resume", "--quiet"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "FRAGCHECK_HOME": str(place)}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the batch ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": used,
        "wall_seconds": time.perf_counter() - start,
        "largest_process_mib": after.ru_maxrss / 1024,
    }


def measured(source: Path, paths: list[Path], jobs: int, every: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cold = batch(source, place, jobs)
        again = batch(source, place, jobs)
        text = child("extraction", paths, place / "store", every)
        vectors = child("encoding", paths, place / "store", every)
    floor = text["seconds"] + vectors["seconds"]
    return {
        "documents": len(paths),
        "pages": text["pages"],
        "units": vectors["units"],
        "units encoded by the peer": vectors["encoded"],
        "jobs": jobs,
        "cold, s": round(cold["seconds"], 2),
        "cold, ms a page": round(1000 * cold["seconds"] / text["pages"], 2),
        "cold, s on the wall": round(cold["wall_seconds"], 2),
        "repeated, s": round(again["seconds"], 2),
        "repeated / cold": round(again["seconds"] / cold["seconds"], 4),
        "pdfium's text, s": round(text["seconds"], 2),
        "encoder, s": round(vectors["seconds"], 2),
        "cold / (pdfium's text + encoder)": round(cold["seconds"] / floor, 2),
        "largest process, MiB": round(cold["largest_process_mib"], 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--pages", type=int, default=25)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--encode-every", type=int, default=1, help="the encoder is timed on every K-th one")
    parser.add_argument("--folder", type=Path, help="where the documents are made, and stay")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=["extraction", "encoding"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        paths = [Path(line) for line in sys.stdin.read().splitlines()]
        if arguments.child == "extraction":
            found = extraction(paths)
        else:
            found = encoding(paths, arguments.folder, arguments.encode_every)
        print(json.dumps(found))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        source = arguments.folder or Path(folder)
        paths = make_pdfs(source, arguments.count, arguments.pages)
        result = measured(source, paths, arguments.jobs, arguments.encode_every)
    for name, value in result.items():
        print(f"{name:<36} {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
