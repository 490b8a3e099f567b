"""The two stages of a batch that read: a document becomes artefacts, a pair becomes rows.

Each is a plain function of plain records, so that it runs alike in this process, in a pool and on a
cluster; each finds what it made before in the store, so that a run that was killed goes on.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fragcheck.align import distinct_units
from fragcheck.align.screening import ScreenSide, screen_side
from fragcheck.batch.packing import pack_side, pack_tables, unpack_side
from fragcheck.batch.remote import fetch
from fragcheck.batch.rows import analysis_rows
from fragcheck.batch.schema import TABLES_VERSION
from fragcheck.batch.sources import Entry
from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import FragcheckError, ModelError, StoreError
from fragcheck.nlp.encoder import load_encoder
from fragcheck.pipeline import (
    AnalysisOptions,
    ComparedSide,
    analyse_file,
    analysis_key,
    compare_sides,
    compared_side,
)
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.pipeline.figures import figure
from fragcheck.records import Analysis, Components, Divergence, Interoperability, PairResult
from fragcheck.records.codec import encode
from fragcheck.store import ArtefactStore, code_fingerprint

__all__ = [
    "DocumentTask",
    "Failure",
    "PairTask",
    "Prepared",
    "compare_pair",
    "kept_document",
    "kept_pair",
    "load_side",
    "pair_key",
    "prepare_document",
    "task_options",
]

Row = dict[str, Any]

#: Documents that a worker keeps at hand while it compares pairs.
_SIDES_AT_HAND = 8
#: Texts whose vectors a worker remembers: 2 kB each.
_MOST_TEXTS = 40_000


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """A document to prepare; `store` is the folder of the artefacts."""

    entry: Entry
    options: AnalysisOptions
    store: Path


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no result: class and message of the error."""

    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document whose artefacts are in the store under `key`.

    Parameters
    ----------
    key : str
        ``<key>-rows`` holds its rows of the tables, ``<key>-screen`` what the screen sees of it.
    sha256, language : str
    n_units, n_unread_pages : int
    principles : tuple of str
        Columns of the weights, ``overall`` first.
    totals : tuple of int
        Sums of the weights, in units of 1 / `WEIGHT_GRID`.
    """

    key: str
    sha256: str
    language: str
    n_units: int
    n_unread_pages: int
    principles: tuple[str, ...]
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairTask:
    """Two prepared documents to compare in full; the first has the smaller document id."""

    left: DocumentTask
    right: DocumentTask
    keys: tuple[str, str]
    settings: DivergenceSettings
    seed: int


def task_options(entry: Entry, options: AnalysisOptions) -> AnalysisOptions:
    """`options` with what the source says of this document."""
    return dataclasses.replace(
        options, tradition=entry.tradition or options.tradition, language=entry.language or options.language
    )


def prepare_document(task: DocumentTask) -> Prepared | Failure:
    """Read, segment, annotate and encode a document, and keep its artefacts.

    Raises
    ------
    ModelError, StoreError
        What would end every other document alike.
    """
    try:
        return _prepared(task)
    except (ModelError, StoreError):
        raise
    except FragcheckError as error:
        return Failure(type(error).__name__, str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one file, and is told
        return _fault(task.entry.name, error)


def kept_document(task: DocumentTask) -> Prepared | None:
    """Return what was made of a document before; None where it is not all there, or cannot be read.

    No model is loaded for it: of a batch that is repeated, nothing else is done to a document.
    """
    try:
        return _kept(ArtefactStore(task.store), _prepared_key(task))
    except FragcheckError:  # told by the worker that tries to read it
        return None


def _prepared_key(task: DocumentTask) -> str:
    return ArtefactStore.key("batch", analysis_key(task.entry.path, task.options), str(TABLES_VERSION))


def _kept(store: ArtefactStore, key: str) -> Prepared | None:
    kept = store.load(Prepared, key)
    is_whole = kept is not None and store.has_bytes(f"{key}-rows") and store.has_bytes(f"{key}-screen")
    return kept if is_whole else None


def _prepared(task: DocumentTask) -> Prepared:
    _at_hand(task.entry)
    store, key = ArtefactStore(task.store), _prepared_key(task)
    kept = _kept(store, key)
    if kept is not None:
        return kept
    analysis = analyse_file(task.entry.path, task.options, store=store)
    units = distinct_units(analysis)
    side = screen_side(units, load_encoder(), _principles(analysis))
    store.save_bytes(f"{key}-screen", pack_side(side))
    store.save_bytes(f"{key}-rows", pack_tables(analysis_rows(analysis, len(units))))
    prepared = Prepared(
        key=key,
        sha256=analysis.document.id,
        language=side.language,
        n_units=len(units),
        n_unread_pages=len(analysis.document.unread_pages),
        principles=side.principles,
        totals=tuple(side.weights.sum(axis=0, dtype="int64").tolist()),
    )
    store.save(key, prepared)
    return prepared


def _at_hand(entry: Entry) -> None:
    """Copy a document that is elsewhere: the worker that reads it does, and no other."""
    if entry.url:
        fetch(entry.url, entry.path)


def _principles(analysis: Analysis) -> tuple[str, ...]:
    tags = (tag for found in analysis.annotations[:1] for tag in (*found.tags, *found.sovereignty))
    return tuple(tag.principle for tag in tags)


def load_side(store: Path, key: str) -> ScreenSide:
    """Return what the screen sees of a prepared document.

    Raises
    ------
    StoreError
        Where its artefact has gone since it was prepared.
    """
    data = ArtefactStore(store).load_bytes(f"{key}-screen")
    if data is None:
        raise StoreError(f"{store}: the artefact {key}-screen has gone while the batch ran; run it again")
    return unpack_side(data)


def pair_key(task: PairTask) -> str:
    """Address of a pair's rows in the store."""
    asked = json.dumps(encode(task.settings), sort_keys=True)
    return ArtefactStore.key("batch-pair", *task.keys, asked, str(task.seed), code_fingerprint())


def kept_pair(task: PairTask) -> str | None:
    """Return the address of the pair's rows, or None where it was not compared yet."""
    key = pair_key(task)
    return None if ArtefactStore(task.left.store).load_json(key) is None else key


def compare_pair(task: PairTask) -> str | Failure:
    """Compare two documents in full and keep the rows, one per principle; return their address.

    Raises
    ------
    ModelError, StoreError
        What would end every other pair alike.
    """
    store, key = ArtefactStore(task.left.store), pair_key(task)
    try:
        if store.load_json(key) is None:
            store.save_json(key, _pair_rows(_compared(task)))
    except (ModelError, StoreError):
        raise
    except FragcheckError as error:
        return Failure(type(error).__name__, str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one pair, and is told
        return _fault(f"{task.left.entry.name} / {task.right.entry.name}", error)
    return key


def _compared(task: PairTask) -> PairResult:
    return compare_sides(
        _side(task.left),
        _side(task.right),
        task.settings,
        _encoder(),
        store=ArtefactStore(task.left.store),
        seed=task.seed,
    )


@lru_cache(maxsize=_SIDES_AT_HAND)
def _side(task: DocumentTask) -> ComparedSide:
    _at_hand(task.entry)
    return compared_side(analyse_file(task.entry.path, task.options, store=ArtefactStore(task.store)))


@lru_cache(maxsize=1)
def _remembering() -> RememberingEncoder:
    return RememberingEncoder(load_encoder())


def _encoder() -> RememberingEncoder:
    """The encoder of this process; it forgets when it has met too many texts, so that memory is bounded."""
    if _remembering().n_texts > _MOST_TEXTS:
        _remembering.cache_clear()
    return _remembering()


def _pair_rows(pair: PairResult) -> list[Row]:
    rows = [_divergence_row(divergence) for divergence in (pair.overall, *pair.principles)]
    rows[0] |= {
        "left_satisfies_right": _share(pair.left_satisfies_right),
        "right_satisfies_left": _share(pair.right_satisfies_left),
    }
    return rows


def _share(found: Interoperability) -> float | None:
    return figure(found.value)


def _divergence_row(found: Divergence) -> Row:
    return {
        "principle": found.principle,
        "value": figure(found.value),
        "low": figure(found.low),
        "high": figure(found.high),
        "sampling_low": figure(found.sampling_low),
        "sampling_high": figure(found.sampling_high),
        "status": found.status.value,
        "n_left": found.n_left,
        "n_right": found.n_right,
        **{name: figure(getattr(found.components, name)) for name in Components.__slots__},
    }


def _fault(name: str, error: Exception) -> Failure:
    kind = type(error).__name__
    return Failure(kind, f"{name}: a fault in fragcheck itself ({kind}: {error}); please report it")
