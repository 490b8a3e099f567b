"""Runs and comparisons of a project; the results themselves are artefacts on disk, by their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import sqlalchemy as sa

from fragcheck.errors import InputError, StoreError
from fragcheck.records import Actor, Role, RunInfo
from fragcheck.records.codec import encode
from fragcheck.store.artefacts import ArtefactStore
from fragcheck.store.workspace.access import admitted, check_role
from fragcheck.store.workspace.connecting import Workspace, new_id
from fragcheck.store.workspace.entries import ComparisonEntry, DocumentVersion, RunEntry
from fragcheck.store.workspace.tables import comparisons, runs

__all__ = ["begin_run", "comparison_result", "comparisons_of", "end_run", "keep_comparison", "runs_of"]

_STAGE = "result"


def begin_run(workspace: Workspace, actor: Actor, project: str, kind: str) -> int:
    """Note that a run has begun and return its number; what a killed process began stays ``running``."""
    with workspace.writing() as connection:
        number, _ = admitted(connection, actor, project, Role.REVIEWER, "start a run")
        made = connection.execute(
            runs.insert().values(
                project_id=number,
                kind=kind,
                status="running",
                started_at=workspace.moment(),
                finished_at="",
                started_by=actor.name,
                run="",
                message="",
            )
        )
        return new_id(made)


def end_run(
    workspace: Workspace, actor: Actor, project: str, run_id: int, *, run: RunInfo | None, message: str = ""
) -> None:
    """Note how a run ended: done with its `run`, or failed where that is None, and why."""
    with workspace.writing() as connection:
        number, _ = admitted(connection, actor, project, Role.REVIEWER, "end a run")
        ended = connection.execute(
            runs.update()
            .where(runs.c.id == run_id, runs.c.project_id == number)
            .values(
                status="failed" if run is None else "done",
                finished_at=workspace.moment(),
                run="" if run is None else json.dumps(encode(run), sort_keys=True),
                message=message,
            )
        )
        if not ended.rowcount:
            raise InputError(f"project {project} has no run {run_id}")


def runs_of(workspace: Workspace, actor: Actor, project: str) -> tuple[RunEntry, ...]:
    """Return the runs of a project, newest first."""
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at runs")
        is_here = runs.c.project_id == number
        rows = connection.execute(sa.select(runs).where(is_here).order_by(runs.c.id.desc())).mappings().all()
    return tuple(RunEntry(**{name: row[name] for name in RunEntry.__slots__}) for row in rows)


def keep_comparison(
    workspace: Workspace,
    actor: Actor,
    project: str,
    *,
    run_id: int,
    versions: Sequence[DocumentVersion],
    log: tuple[int, str],
    result: bytes,
    store: ArtefactStore,
) -> ComparisonEntry:
    """Keep a result of ``compare --format json`` on disk and its place in the project.

    Parameters
    ----------
    run_id : int
        From `begin_run`.
    versions : sequence of DocumentVersion
        In the order of the result.
    log : (int, str)
        `n_entries` and `head` of the project when its reviews were read.
    result : bytes
    store : ArtefactStore
    """
    deed = "keep a comparison"
    check_role(workspace, actor, project, Role.REVIEWER, deed)
    digest = hashlib.sha256(result).hexdigest()
    # The file first: a row without it would promise a result that a crash has taken.
    store.save_bytes(f"{_STAGE}-{digest}", result)
    named = tuple((each.document, each.number) for each in versions)
    with workspace.writing() as connection:
        number, _ = admitted(connection, actor, project, Role.REVIEWER, deed)
        moment = workspace.moment()
        made = connection.execute(
            comparisons.insert().values(
                project_id=number,
                run_id=run_id,
                created_at=moment,
                created_by=actor.name,
                documents=json.dumps(named, ensure_ascii=False),
                digest=digest,
                n_entries=log[0],
                head=log[1],
            )
        )
        made_id = new_id(made)
    return ComparisonEntry(made_id, run_id, moment, actor.name, named, digest, *log)


def comparisons_of(workspace: Workspace, actor: Actor, project: str) -> tuple[ComparisonEntry, ...]:
    """Return the comparisons of a project, newest first."""
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at comparisons")
        is_here = comparisons.c.project_id == number
        query = sa.select(comparisons).where(is_here).order_by(comparisons.c.id.desc())
        rows = connection.execute(query).mappings().all()
    names = [name for name in ComparisonEntry.__slots__ if name != "documents"]
    return tuple(
        ComparisonEntry(
            **{name: row[name] for name in names},
            documents=tuple((one, number) for one, number in json.loads(row["documents"])),
        )
        for row in rows
    )


def comparison_result(entry: ComparisonEntry, store: ArtefactStore) -> bytes:
    """Return the bytes of a kept result.

    Raises
    ------
    StoreError
        Where the file is gone or is not what was kept.
    """
    found = store.load_bytes(f"{_STAGE}-{entry.digest}")
    if found is None or hashlib.sha256(found).hexdigest() != entry.digest:
        what = "is not there" if found is None else "was changed"
        raise StoreError(
            f"comparison {entry.id}: its result {what} in {store.root}; compare the documents again"
        )
    return found
