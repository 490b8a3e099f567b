"""What a batch will take, said before it begins."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from fragcheck.align.coverage import TILE_ROWS
from fragcheck.align.screening import WIDTH
from fragcheck.batch.options import BatchOptions
from fragcheck.batch.schema import TABLES_VERSION
from fragcheck.batch.screen import MOST_DOCUMENTS
from fragcheck.batch.sources import Source
from fragcheck.batch.stages import Prepared, task_options
from fragcheck.errors import FragcheckError
from fragcheck.pipeline import analysis_key
from fragcheck.store import ArtefactStore

__all__ = ["ASSUMED_UNITS", "Estimate", "estimate"]

#: Units of a document that was not read yet, where no other of the batch was either.
ASSUMED_UNITS = 200
#: Overall, six principles and three control points.
_DEPTH = 10
#: A worker before any block: code, models and their tables, in MiB. An allowance, not a measurement.
_WORKER_BASE = 450
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a batch will take.

    Parameters
    ----------
    n_files, n_prepared, n_missing : int
        Files of the source; those whose artefacts are in the store; those known to be missing.
    n_pairs, n_full : int
        Pairs to screen, and to compare in full.
    n_units : int
        Distinct requirements and definitions; counted where `n_prepared` says so, else the mean
        of those, or 200 a document where nothing was read yet.
    block_mib : float
        Most that a worker holds for the screen: a bound, for documents of at most a block's units.
    worker_mib : float
        The same with code and models.
    disk_mib : float
        Results of the screen while the batch runs (``OUT/work``).
    screen_seconds : float
        Arithmetic of the screen on `n_workers`, at the speed of this machine's matrix product now.
    """

    n_files: int
    n_prepared: int
    n_missing: int
    n_workers: int
    n_pairs: int
    n_full: int
    n_units: int
    block_mib: float
    worker_mib: float
    disk_mib: float
    screen_seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Return the estimate as plain values."""
        return dataclasses.asdict(self)


def estimate(source: Source, options: BatchOptions, n_workers: int, store: Path) -> Estimate:
    """Return what a batch will take; reads nothing but the bytes of the files.

    Parameters
    ----------
    source : Source
    options : BatchOptions
    n_workers : int
    store : Path
    """
    kept = _kept(source, options, store)
    n = len(source.entries)
    mean = sum(kept) / len(kept) if kept else ASSUMED_UNITS
    units = round(sum(kept) + mean * (n - len(kept)))
    n_pairs = n * (n - 1) // 2
    wanted = {"none": 0, "all": n_pairs, "top": options.top, "list": len(options.pairs)}[options.full]
    block = block_bytes(options.block_units, WIDTH, _DEPTH) / _MIB
    return Estimate(
        n_files=n,
        n_prepared=len(kept),
        n_missing=len(source.missing),
        n_workers=n_workers,
        n_pairs=n_pairs,
        n_full=min(wanted, n_pairs),
        n_units=units,
        block_mib=round(block, 1),
        worker_mib=round(_WORKER_BASE + block, 1),
        disk_mib=round(4 * n * n * _DEPTH / _MIB, 1),
        screen_seconds=round(units * units * WIDTH / _product_speed() / n_workers, 1),
    )


def block_bytes(block_units: int, width: int, depth: int) -> int:
    """Most bytes that a worker holds for two blocks of `block_units` units.

    Three blocks of vectors at hand, one of them twice while it is loaded (2 bytes an entry), their
    weights, a tile of the product, best similarities of both directions (in single precision, and
    twice in double while they become shares), and the result of one task.
    """
    vectors = 4 * block_units * width
    documents = min(block_units, MOST_DOCUMENTS)
    best = 2 * block_units * documents
    result = documents * documents * 2 * depth * (8 + 4)
    weights = 3 * block_units * depth * 8
    return 3 * vectors + vectors // 2 + weights + 4 * TILE_ROWS * block_units + best * (4 + 16) + result


def _kept(source: Source, options: BatchOptions, store: Path) -> list[int]:
    """Units of each document whose artefacts are in the store."""
    found: list[int] = []
    artefacts = ArtefactStore(store)
    for entry in source.entries:
        try:
            analysed = analysis_key(entry.path, task_options(entry, options.analysis))
        except FragcheckError:  # told when the batch runs
            continue
        kept = artefacts.load(Prepared, ArtefactStore.key("batch", analysed, str(TABLES_VERSION)))
        if kept is not None:
            found.append(kept.n_units)
    return found


def _product_speed() -> float:
    """Multiplications and additions a second of one thread's matrix product, single precision."""
    size = 1024
    matrix = np.full((size, size), 0.5, np.float32)
    with threadpool_limits(limits=1):
        matrix @ matrix
        start = time.perf_counter()
        matrix @ matrix
        return 2 * size**3 / (time.perf_counter() - start)
