"""The coverage screen of all pairs: blocks of documents, each pair of blocks one task, results on disk."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.coverage import ScreenBlock, covered_weights, screen_block, screen_values
from fragcheck.align.screening import WEIGHT_GRID
from fragcheck.batch.engines import Engine, WorkerLost
from fragcheck.batch.options import BatchProgress, OnBatchProgress
from fragcheck.batch.stages import Prepared, load_side
from fragcheck.errors import StoreError
from fragcheck.store import code_fingerprint

__all__ = ["MOST_DOCUMENTS", "Screen", "ScreenTask", "plan_blocks", "screen_all", "screen_blocks"]

#: Documents of a block at most: bounds what a block of very short documents takes.
MOST_DOCUMENTS = 256
#: Blocks that a worker keeps at hand: the one of the row, and two of the column.
_BLOCKS_AT_HAND = 3
#: Seconds of work that a power cut may cost.
_FLUSH_AFTER = 5.0


@dataclass(frozen=True, slots=True)
class ScreenTask:
    """Two blocks as artefact keys of their documents; the same block twice for its own pairs."""

    store: Path
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Covered weights of all pairs.

    Parameters
    ----------
    covered : ndarray of float32, shape (n, n, p)
        On disk. ``[i, j]``: weight of document i that has a counterpart in j; the diagonal is 0.
    totals : ndarray of float64, shape (n, p)
    principles : tuple of str
        ``overall`` first.
    """

    covered: NDArray[np.float32]
    totals: NDArray[np.float64]
    principles: tuple[str, ...]

    def values(self, left: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Screen, share of `left` covered, share of the others covered: (n - left - 1, p) each."""
        rest = self.totals[left + 1 :]
        mine = np.broadcast_to(self.totals[left], rest.shape)
        there = self.covered[left, left + 1 :].astype(np.float64)
        back = self.covered[left + 1 :, left].astype(np.float64)
        return screen_values((mine, rest), (there, back))


def plan_blocks(documents: Sequence[Prepared], block_units: int) -> list[tuple[int, ...]]:
    """Positions of documents by block: of one language each, at most `block_units` units unless it is one.

    Documents without units are in no block.
    """
    blocks: list[tuple[int, ...]] = []
    order = sorted(range(len(documents)), key=lambda place: (documents[place].language, place))
    current: list[int] = []
    filled, language = 0, ""
    for place in order:
        document = documents[place]
        if not document.n_units:
            continue
        is_full = filled + document.n_units > block_units or len(current) == MOST_DOCUMENTS
        if current and (is_full or document.language != language):
            blocks.append(tuple(current))
            current, filled = [], 0
        current.append(place)
        filled, language = filled + document.n_units, document.language
    return [*blocks, tuple(current)] if current else blocks


def screen_blocks(task: ScreenTask) -> NDArray[np.float32]:
    """Covered weights of two blocks, shape (k, l, 2, p); see `covered_weights`."""
    first = _block(task.store, task.first)
    second = first if task.first == task.second else _block(task.store, task.second)
    return covered_weights(first, second).astype(np.float32)


@lru_cache(maxsize=_BLOCKS_AT_HAND)
def _block(store: Path, keys: tuple[str, ...]) -> ScreenBlock:
    return screen_block([load_side(store, key) for key in keys])


def screen_all(
    documents: Sequence[Prepared],
    engine: Engine,
    store: Path,
    work: Path,
    *,
    block_units: int,
    on_progress: OnBatchProgress | None = None,
) -> Screen:
    """Screen all pairs; blocks that an earlier, broken-off run has finished are not done again.

    Parameters
    ----------
    documents : sequence of Prepared
    engine : Engine
    store, work : Path
        Folder of the artefacts, and one for what is under way.
    block_units : int
    on_progress : callable or None

    Raises
    ------
    StoreError
        Where the results cannot be kept, or a worker died over a block twice.
    """
    principles = max((document.principles for document in documents), key=len)
    totals = np.array(
        [document.totals if document.n_units else [0] * len(principles) for document in documents]
    ) / float(WEIGHT_GRID)
    blocks = plan_blocks(documents, block_units)
    ledger = _Ledger.open(work, documents, blocks, len(principles))
    wanted = [
        (a, b) for a in range(len(blocks)) for b in range(a, len(blocks)) if (a, b) not in ledger.finished
    ]
    keys = [tuple(documents[place].key for place in block) for block in blocks]
    start = time.monotonic()
    tasks: Iterator[ScreenTask] = (ScreenTask(store, keys[a], keys[b]) for a, b in wanted)
    for done, (index, found) in enumerate(engine.run(screen_blocks, tasks), start=1):
        if isinstance(found, WorkerLost):
            raise StoreError(f"screen: {found.reason}; ask for smaller blocks (--block-units)")
        ledger.keep(wanted[index], (blocks[wanted[index][0]], blocks[wanted[index][1]]), found)
        if on_progress is not None:
            on_progress(BatchProgress("screen", done, len(wanted), time.monotonic() - start))
    ledger.flush()
    return Screen(ledger.covered, totals, principles)


class _Ledger:
    """Covered weights on disk, with a journal of the pairs of blocks that are in them."""

    def __init__(self, covered: NDArray[np.float32], journal: Path) -> None:
        self.covered = covered
        self.finished: set[tuple[int, int]] = set()
        self._journal = journal
        self._new: list[tuple[int, int]] = []
        self._flushed = time.monotonic()

    @classmethod
    def open(
        cls, work: Path, documents: Sequence[Prepared], blocks: Sequence[tuple[int, ...]], depth: int
    ) -> _Ledger:
        keys = [document.key for document in documents]
        plan = hashlib.sha256(json.dumps([keys, blocks, depth, code_fingerprint()]).encode()).hexdigest()[:16]
        path, journal = work / f"screen-{plan}.f32", work / f"screen-{plan}.journal"
        n = len(documents)
        try:
            work.mkdir(parents=True, exist_ok=True)
            is_kept = path.exists() and path.stat().st_size == 4 * n * n * depth and journal.exists()
            if not is_kept:
                journal.unlink(missing_ok=True)
            covered = np.memmap(path, np.float32, "r+" if is_kept else "w+", shape=(n, n, depth))
            ledger = cls(covered, journal)
            if is_kept:
                # A line without its end was cut off by the kill.
                lines = journal.read_text(encoding="utf-8").split("\n")[:-1]
                pairs = (line.split() for line in lines)
                ledger.finished = {(int(a), int(b)) for a, b in pairs}
        except OSError as error:
            raise StoreError(f"{work}: the screen cannot be kept there ({error.strerror})") from error
        return ledger

    def keep(
        self, pair: tuple[int, int], places: tuple[Sequence[int], Sequence[int]], found: NDArray[np.float32]
    ) -> None:
        first, second = (np.array(side) for side in places)
        there, back = found[:, :, 0], found[:, :, 1].transpose(1, 0, 2)
        if pair[0] == pair[1]:
            self.covered[np.ix_(first, first)] = there + back
        else:
            self.covered[np.ix_(first, second)] = there
            self.covered[np.ix_(second, first)] = back
        self._new.append(pair)
        if time.monotonic() - self._flushed > _FLUSH_AFTER:
            self.flush()

    def flush(self) -> None:
        """Bring the weights to the disk, and only then say in the journal that they are there."""
        if isinstance(self.covered, np.memmap):
            self.covered.flush()
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write("".join(f"{a} {b}\n" for a, b in self._new))
        self._new, self._flushed = [], time.monotonic()
