"""A batch on one Dask worker, on two, and on the process pool: gain, cost, and the same bytes.

    python benchmarks/cluster.py [--count N] [--pages N] [--json FILE]

The documents are those of ``made_pdfs.py``; every run begins with an empty store. Seconds on the wall say how
much sooner two workers end (the machine must have nothing else to do), processor seconds of all processes
what the cluster itself costs beside the pool.
"""

from __future__ import annotations

import argparse
import hashlib
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
RUNS = {
    "one Dask worker": ("--cluster", "local", "-j", "1"),
    "two Dask workers": ("--cluster", "local", "-j", "2"),
    "pool of two": ("-j", "2"),
}


def batch(source: Path, place: Path, arguments: tuple[str, ...]) -> tuple[float, float, str]:
    """Seconds on the wall, processor seconds of all processes, and a hash over the tables."""
    command = [sys.executable, "-m", "fragcheck", "batch", str(source), "-o", str(place / "tables")]
    command += ["--store", str(place / "store"), "--full", "10", "--no-ocr", "--quiet", *arguments]
    environment = {**os.environ, "FRAGCHECK_HOME": str(place), "OMP_NUM_THREADS": "1"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the batch ended with {done.returncode}: {' '.join(command)}")
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    digest = hashlib.sha256()
    for path in sorted((place / "tables").glob("*.parquet")):
        digest.update(path.name.encode() + path.read_bytes())
    return seconds, used, digest.hexdigest()


def measured(source: Path) -> dict[str, float]:
    found: dict[str, tuple[float, float, str]] = {}
    for name, arguments in RUNS.items():
        with tempfile.TemporaryDirectory() as place:
            found[name] = batch(source, Path(place), arguments)
    one, two, pool = (found[name] for name in RUNS)
    return {
        **{f"{name}, s on the wall": round(row[0], 2) for name, row in found.items()},
        **{f"{name}, processor s": round(row[1], 2) for name, row in found.items()},
        "two workers against one, times": round(one[0] / two[0], 2),
        "processor time of two workers / of the pool": round(two[1] / pool[1], 2),
        "different tables": len({digest for _, _, digest in found.values()}) - 1,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_pdfs(Path(folder), arguments.count, arguments.pages)
        result = measured(Path(folder))
    for name, value in result.items():
        print(f"{name:<46} {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
