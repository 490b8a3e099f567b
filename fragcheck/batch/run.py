"""A batch from its source to its tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from fragcheck.batch.engines import Engine, WorkerLost
from fragcheck.batch.options import BatchOptions, BatchProgress, BatchStage, BatchSummary, OnBatchProgress
from fragcheck.batch.packing import unpack_tables
from fragcheck.batch.pair_table import most_alike, write_pairs
from fragcheck.batch.provenance import claim_output, provenance
from fragcheck.batch.schema import DOCUMENT_TABLES
from fragcheck.batch.screen import Screen, screen_all
from fragcheck.batch.sources import Entry, Source
from fragcheck.batch.stages import (
    DocumentTask,
    Failure,
    PairTask,
    Prepared,
    compare_pair,
    kept_document,
    kept_pair,
    prepare_document,
    task_options,
)
from fragcheck.batch.tables import TableWriter
from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import InputError, StoreError
from fragcheck.store import ArtefactStore

__all__ = ["run_batch"]

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class _Member:
    """A document of the batch: its task, what was prepared, and further files with the same bytes."""

    id: str
    task: DocumentTask
    prepared: Prepared
    also_at: tuple[str, ...] = ()


def run_batch(
    source: Source,
    output: Path,
    options: BatchOptions,
    engine: Engine,
    store: Path,
    *,
    is_resumed: bool = False,
    on_progress: OnBatchProgress | None = None,
) -> BatchSummary:
    """Read all documents, screen all pairs, compare those asked for, and write the tables.

    The tables do not depend on the engine, the number of its workers, or the order in which
    tasks end. A file or a pair that fails stands in the table ``failures`` and stops no other.

    Parameters
    ----------
    source : Source
    output : Path
        Folder for the tables; made where it is not there.
    options : BatchOptions
    engine : Engine
    store : Path
        Folder of the artefacts; on a cluster one that all machines share.
    is_resumed : bool
        Go on in a folder that an earlier run with the same options has begun.
    on_progress : callable or None
        Is called after each step.

    Raises
    ------
    InputError
        Where no document can be read, `output` is taken, or a pair asked for is unknown.
    StoreError
        Where something cannot be kept.
    ModelError
        If a model is not installed or not the one on record.
    """
    claim_output(output, options, is_resumed=is_resumed)
    failures = [_failure("source", name, "", Failure(type(e).__name__, str(e))) for name, e in source.missing]
    members, unread = _prepare(source, options, engine, store, on_progress)
    failures += unread
    about = provenance(options, [(member.id, member.prepared.sha256) for member in members])
    if not members:
        _write_rows(output, "failures", about, failures)
        last = failures[-1]["message"]
        raise InputError(
            f"none of {len(failures)} documents can be read; the last: {last} (failures.parquet)"
        )
    prepared = [member.prepared for member in members]
    screen = screen_all(
        prepared, engine, store, output / "work", block_units=options.block_units, on_progress=on_progress
    )
    asked = _asked(members, screen, options)
    kept, uncompared = _compare(members, asked, options, engine, on_progress)
    failures += uncompared
    _write_tables(output, about, members, (screen, kept), failures)
    return BatchSummary(
        output=output,
        n_documents=len(members),
        n_pairs=len(members) * (len(members) - 1) // 2,
        n_full=len(kept),
        n_unread_pages=sum(member.prepared.n_unread_pages for member in members),
        failed=tuple(row["message"] for row in failures),
    )


def _prepare(
    source: Source, options: BatchOptions, engine: Engine, store: Path, on_progress: OnBatchProgress | None
) -> tuple[list[_Member], list[dict[str, Any]]]:
    """All documents that can be read, by ascending id, and why the others cannot."""
    tasks = [DocumentTask(entry, task_options(entry, options.analysis), store) for entry in source.entries]
    found: dict[int, Prepared] = {}
    failures: dict[int, dict[str, Any]] = {}
    watch = _Watch("documents", len(tasks), on_progress)

    def collect(index: int, result: Prepared | Failure | WorkerLost) -> None:
        entry = source.entries[index]
        if isinstance(result, Prepared):
            found[index] = result
        else:
            failures[index] = _failure(
                "documents", entry.name, entry.document_id, _reason(result, entry.name)
            )
        watch(len(found), len(failures))

    _run_missing(engine, prepare_document, kept_document, tasks, collect)
    members = _members((tasks[index], found[index]) for index in sorted(found))
    return members, [failures[index] for index in sorted(failures)]


@dataclass(slots=True)
class _Watch:
    """Tells the caller about each step of a stage."""

    stage: BatchStage
    total: int
    on_progress: OnBatchProgress | None
    start: float = field(default_factory=time.monotonic)

    def __call__(self, n_found: int, n_failed: int) -> None:
        if self.on_progress is not None:
            seconds = time.monotonic() - self.start
            self.on_progress(BatchProgress(self.stage, n_found + n_failed, self.total, seconds, n_failed))


def _run_missing(
    engine: Engine,
    function: Callable[[TaskT], ResultT],
    kept: Callable[[TaskT], ResultT | None],
    tasks: Iterable[TaskT],
    collect: Callable[[int, ResultT | WorkerLost], None],
) -> None:
    """Hand each result to `collect`, by the position of its task; no worker makes what is in the store.

    Tasks are looked up as workers become free, so that of a cold batch nothing waits for it, and a
    repeated one starts no worker.
    """
    places: list[int] = []

    def missing() -> Iterator[TaskT]:
        for place, task in enumerate(tasks):
            before = kept(task)
            if before is None:
                places.append(place)
                yield task
            else:
                collect(place, before)

    for index, result in engine.run(function, missing()):
        collect(places[index], result)


def _members(documents: Iterable[tuple[DocumentTask, Prepared]]) -> list[_Member]:
    """Documents by ascending id; files with the same bytes and no id of their own are one."""
    members: dict[str, _Member] = {}
    for task, prepared in documents:
        name = task.entry.document_id or prepared.sha256
        first = members.get(name)
        if first is None:
            members[name] = _Member(name, task, prepared)
        elif task.entry.document_id or first.task.entry.document_id:
            raise InputError(
                f"{task.entry.name}: the document id {name!r} is taken by {first.task.entry.name}"
            )
        else:
            also_at = (*first.also_at, task.entry.name)
            members[name] = _Member(name, first.task, first.prepared, also_at)
    return [members[name] for name in sorted(members)]


def _asked(members: Sequence[_Member], screen: Screen, options: BatchOptions) -> list[tuple[int, int]]:
    """Positions of the pairs to compare in full, in the order of the table."""
    count = len(members)
    if options.full == "all":
        return [(left, right) for left in range(count) for right in range(left + 1, count)]
    if options.full == "top":
        return most_alike(screen, options.top)
    if options.full == "none":
        return []
    places = {name: place for place, member in enumerate(members) for name in _names(member)}
    pairs: set[tuple[int, int]] = set()
    for pair in options.pairs:
        for name in pair:
            if name not in places:
                raise InputError(
                    f"--full: {name!r} is none of the documents that were read; give ids or paths"
                )
        left, right = sorted(places[name] for name in pair)
        if left == right:
            raise InputError(f"--full: {pair[0]!r} and {pair[1]!r} are one document; give two")
        pairs.add((left, right))
    return sorted(pairs)


def _names(member: _Member) -> Iterator[str]:
    yield from (member.id, member.prepared.sha256, member.task.entry.name, *member.also_at)


def _compare(
    members: Sequence[_Member],
    asked: Sequence[tuple[int, int]],
    options: BatchOptions,
    engine: Engine,
    on_progress: OnBatchProgress | None,
) -> tuple[dict[tuple[int, int], str], list[dict[str, Any]]]:
    """Addresses of the rows of the pairs compared in full, and why others could not be."""
    settings = options.settings or DivergenceSettings.default()

    def task(pair: tuple[int, int]) -> PairTask:
        left, right = members[pair[0]], members[pair[1]]
        keys = left.prepared.key, right.prepared.key
        return PairTask(left.task, right.task, keys, settings, options.seed)

    found: dict[int, str] = {}
    failures: dict[int, dict[str, Any]] = {}
    watch = _Watch("pairs", len(asked), on_progress)

    def collect(index: int, result: str | Failure | WorkerLost) -> None:
        if isinstance(result, str):
            found[index] = result
        else:
            name = " / ".join(members[place].id for place in asked[index])
            failures[index] = _failure("pairs", name, "", _reason(result, name))
        watch(len(found), len(failures))

    _run_missing(engine, compare_pair, kept_pair, map(task, asked), collect)
    kept = {asked[index]: key for index, key in sorted(found.items())}
    return kept, [failures[index] for index in sorted(failures)]


def _reason(result: Failure | WorkerLost | object, name: str) -> Failure:
    if isinstance(result, Failure):
        return result
    reason = result.reason if isinstance(result, WorkerLost) else f"unexpected {type(result).__name__}"
    return Failure("WorkerLost", f"{name}: {reason}")


def _failure(stage: str, path: str, document_id: str, reason: Failure) -> dict[str, Any]:
    return {
        "stage": stage,
        "path": path,
        "document_id": document_id,
        "error": reason.error,
        "message": reason.message,
    }


def _write_tables(
    output: Path,
    about: Mapping[str, Any],
    members: Sequence[_Member],
    pairs: tuple[Screen, Mapping[tuple[int, int], str]],
    failures: list[dict[str, Any]],
) -> None:
    screen, kept = pairs
    _write_document_tables(output, about, members)
    store = ArtefactStore(members[0].task.store)

    def full(left: int, right: int) -> list[dict[str, Any]] | None:
        key = kept.get((left, right))
        return None if key is None else _existing(store.load_json(key), store, key)

    languages = [member.prepared.language for member in members]
    with TableWriter(output, "pairs", about) as writer:
        tally = write_pairs(writer, screen, [member.id for member in members], languages, full)
    _write_rows(output, "corpus", about, tally.rows())
    _write_rows(output, "failures", about, failures)


def _write_document_tables(output: Path, about: Mapping[str, Any], members: Sequence[_Member]) -> None:
    for name in DOCUMENT_TABLES:
        with TableWriter(output, name, about) as writer:
            for member in members:
                key = f"{member.prepared.key}-rows"
                store = ArtefactStore(member.task.store)
                table = unpack_tables(_existing(store.load_bytes(key), store, key), name)
                said = _document_columns(member) if name == "documents" else {"document_id": member.id}
                for column, value in said.items():
                    place = table.column_names.index(column)
                    kind = table.schema.field(column).type
                    values = pa.array([value] * len(table), _plain(kind)).cast(kind)
                    table = table.set_column(place, column, values)
                writer.write(table)


def _document_columns(member: _Member) -> dict[str, Any]:
    entry: Entry = member.task.entry
    return {
        "document_id": member.id,
        "path": entry.name,
        "also_at": list(member.also_at),
        "jurisdiction": entry.jurisdiction or None,
        "kind": entry.kind or None,
        "year": entry.year,
    }


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _write_rows(output: Path, name: str, about: Mapping[str, Any], rows: list[dict[str, Any]]) -> None:
    with TableWriter(output, name, about) as writer:
        writer.write_rows(rows)


def _existing(value: Any, store: ArtefactStore, key: str) -> Any:  # noqa: ANN401 - bytes or JSON values
    if value is None:
        raise StoreError(f"{store.root}: the artefact {key} has gone while the batch ran; run it again")
    return value
