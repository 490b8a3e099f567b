"""Speed and memory of the screen of all pairs, beside its peers in the same run.

    python benchmarks/all_pairs.py [--documents N] [--provisions N] [--growth N …] [--clock cpu] [--json FILE]

Peers: the machine's own matrix product (single precision, as many threads), and scikit-learn's
``cosine_similarity`` pair by pair with the maximum of both directions, on the sentence vectors as the encoder
gives them (512 columns), and once more on as many columns as the screen has. Vectors are made at random; how
long a product takes does not depend on what is in it. Screen and peers take turns in one process, and the
best of each counts. The defaults are small; the sizes of the issue are
``--documents 1000 --growth 250 500 1000 2000 5000``. With ``--share .1`` a drawn tenth of the pairs of blocks
stands for all of them in the sizes of ``--growth``; documents and result are there as a whole.

Seconds are those of the clock on the wall. On a machine that others use too ``--clock cpu`` takes processor
time, summed over threads, for the screen and for both peers alike: ratios then say what the program costs,
and not what else was running.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from fragcheck.align.coverage import ScreenBlock, covered_weights, screen_block
from fragcheck.align.screening import ACROSS_DIMENSIONS, VECTOR_GRID, WEIGHT_GRID, WIDTH, ScreenSide

#: Columns of the sentence vectors, which scikit-learn is given.
ENCODED = 512
PRINCIPLES = 10
BLOCK_DOCUMENTS = 40
REPEATS = 3
#: Turns of the screen and its peers.
ROUNDS = 2
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


def made_sides(documents: int, provisions: int) -> list[ScreenSide]:
    """Documents of random unit vectors and weights."""
    rng = np.random.default_rng(0)
    sides = []
    for _ in range(documents):
        vectors = made_vectors(rng, provisions, WIDTH)
        weights = np.full((provisions, PRINCIPLES), WEIGHT_GRID, np.int32)
        grid = np.rint(vectors * VECTOR_GRID).astype(np.int16)
        sides.append(ScreenSide("en", grid, weights, ("overall",) * PRINCIPLES, ACROSS_DIMENSIONS))
    return sides


def made_vectors(rng: np.random.Generator, count: int, width: int) -> np.ndarray:
    vectors = rng.standard_normal((count, width), dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def peak(threads: int, clock: Callable[[], float]) -> float:
    """Best speed of a matrix product of this machine, floating-point operations a second."""
    best = 0.0
    for size in (1024, 2048):
        matrix = np.random.default_rng(0).standard_normal((size, size), dtype=np.float32)
        with threadpool_limits(limits=threads):
            for _ in range(REPEATS):
                start = clock()
                matrix @ matrix
                best = max(best, 2.0 * size**3 / (clock() - start))
    return best


def screen_seconds(
    sides: list[ScreenSide], threads: int, clock: Callable[[], float], share: float = 1.0
) -> float:
    """All pairs, from the compact vectors to the n x n x principles result; of a share of them, scaled up."""
    n = len(sides)
    covered = np.zeros((n, n, PRINCIPLES), np.float32)
    places = [range(low, min(low + BLOCK_DOCUMENTS, n)) for low in range(0, n, BLOCK_DOCUMENTS)]
    drawn = np.random.default_rng(2).random((len(places), len(places))) < share
    all_pairs = [(i, j) for i in range(len(places)) for j in range(i, len(places))]
    scale = len(all_pairs) / sum(bool(drawn[pair]) for pair in all_pairs)
    start = clock()

    def block(row: range) -> ScreenBlock:
        return screen_block(sides[row.start : row.stop])

    def one_row(index: int) -> None:
        first = block(places[index])
        for other in itertools.compress(places[index:], drawn[index, index:]):
            second = first if other is places[index] else block(other)
            found = covered_weights(first, second)
            mine, theirs = slice(places[index].start, places[index].stop), slice(other.start, other.stop)
            if first is second:
                covered[mine, mine] = found[:, :, 0] + found[:, :, 1].transpose(1, 0, 2)
            else:
                covered[mine, theirs] = found[:, :, 0]
                covered[theirs, mine] = found[:, :, 1].transpose(1, 0, 2)

    # One block row a thread, one thread a product: the maxima of one row run beside the product of another.
    with threadpool_limits(limits=1), ThreadPoolExecutor(threads) as pool:
        list(pool.map(one_row, range(len(places))))
    return (clock() - start) * scale


def pairwise_seconds(shape: tuple[int, int], pairs: int, threads: int, clock: Callable[[], float]) -> float:
    """Seconds a pair of scikit-learn's cosine_similarity with the maximum of both directions."""
    from sklearn.metrics.pairwise import cosine_similarity

    rng = np.random.default_rng(1)
    # No more documents than a cache holds: the peer is not to wait for memory.
    documents = [made_vectors(rng, *shape) for _ in range(20)]
    chosen = [rng.choice(len(documents), 2, replace=False) for _ in range(pairs)]
    best = float("inf")
    for count in {1, threads}:
        with threadpool_limits(limits=count):
            for _ in range(REPEATS):
                start = clock()
                for left, right in chosen:
                    similarity = cosine_similarity(documents[left], documents[right])
                    similarity.max(axis=1), similarity.max(axis=0)
                best = min(best, (clock() - start) / pairs)
    return best


def child(
    documents: int, provisions: int, threads: int, clock: str, *, pairs: int, share: float
) -> dict[str, float]:
    """Time and memory of the screen in a process of its own, with its peers where pairs are asked for."""
    command = [sys.executable, __file__, "--child", f"{documents}", f"{provisions}", f"{threads}"]
    command += ["--clock", clock, "--pairs", f"{pairs}", "--share", f"{share}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run_child(
    documents: int, provisions: int, threads: int, clock: Callable[[], float], *, pairs: int, share: float
) -> dict[str, float]:
    figures = {"imports_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    sides = made_sides(documents, provisions)
    best: dict[str, float] = {}
    for turn in range(ROUNDS if pairs else 1):
        found = {"flops": peak(threads, clock), "seconds": screen_seconds(sides, threads, clock, share)}
        if not turn:
            figures["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if pairs:
            found["peer"] = pairwise_seconds((provisions, ENCODED), pairs, threads, clock)
            found["peer, as many columns"] = pairwise_seconds((provisions, WIDTH), pairs, threads, clock)
        found["flops"] = max(found["flops"], peak(threads, clock))
        best = {
            name: (max if name == "flops" else min)(value, best.get(name, value))
            for name, value in found.items()
        }
    return {**figures, **best}


def operations(documents: int, provisions: int) -> float:
    """Multiplications and additions of the upper triangle, documents with themselves left out."""
    return documents * (documents - 1) / 2 * provisions**2 * 2.0 * WIDTH


def measured(
    documents: int, provisions: int, threads: int, clock: str, *, pairs: int = 0, share: float = 1.0
) -> dict[str, float]:
    figures = child(documents, provisions, threads, clock, pairs=pairs, share=share)
    speed = operations(documents, provisions) / figures["seconds"]
    count = documents * (documents - 1) // 2
    row = {
        "documents": documents,
        "pairs": count,
        "seconds": round(figures["seconds"], 3),
        "share_of_peak": round(speed / figures["flops"], 3),
        "peak_gflops": round(figures["flops"] / 1e9, 1),
        "memory_mib": round(figures["memory_mib"], 1),
        "imports_mib": round(figures["imports_mib"], 1),
    }
    for name, key in (
        ("times_faster_than_scikit_learn", "peer"),
        ("times_faster_than_scikit_learn_on_as_many_columns", "peer, as many columns"),
    ):
        if key in figures:
            row[name] = round(figures[key] * count / figures["seconds"], 1)
    return row


def exponent(rows: list[dict[str, float]]) -> float | None:
    """Slope of log seconds over log documents by least squares: 2 is quadratic growth."""
    if len(rows) < 2:
        return None
    x, y = (np.log([row[name] for row in rows]) for name in ("documents", "seconds"))
    return round(float(np.polyfit(x, y, 1)[0]), 3)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--provisions", type=int, default=100)
    parser.add_argument("--growth", type=int, nargs="*", default=[100, 200, 400])
    parser.add_argument("--threads", type=int, default=cores)
    parser.add_argument("--pairs", type=int, default=200, help="pairs that scikit-learn is timed on")
    parser.add_argument("--share", type=float, default=1.0, help="share of the pairs of blocks in --growth")
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="wall")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", type=int, nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(
            json.dumps(
                run_child(
                    *arguments.child, CLOCKS[arguments.clock], pairs=arguments.pairs, share=arguments.share
                )
            )
        )
        return 0
    provisions, threads, clock = arguments.provisions, arguments.threads, arguments.clock
    main_row = measured(arguments.documents, provisions, threads, clock, pairs=arguments.pairs)
    growth = []
    for documents in arguments.growth:
        row = measured(documents, provisions, threads, clock, share=arguments.share)
        growth.append(row)
        print(
            f"{documents:>6} documents {row['seconds']:>9.2f} s {row['share_of_peak']:>6.0%} of peak "
            f"{row['memory_mib']:>7.0f} MiB",
            flush=True,
        )
    result = {
        "machine": {
            "python": platform.python_version(),
            "system": platform.system(),
            "processor": platform.machine(),
            "threads": threads,
            "clock": clock,
            "blas": sorted(
                {f"{i['internal_api']} {i['version']} {i.get('architecture', '')}" for i in threadpool_info()}
            ),
            "numpy": np.__version__,
        },
        "sizes": {"documents": arguments.documents, "provisions": provisions, "dimension": WIDTH},
        "screen": main_row,
        "share": arguments.share,
        "growth": growth,
        "growth_exponent": exponent(growth),
    }
    for name, value in itertools.chain(result["sizes"].items(), main_row.items()):
        print(f"{name:<50} {value}")
    print(f"{'exponent of growth':<50} {result['growth_exponent']}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
