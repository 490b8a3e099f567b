"""The log of who was let into a project by whom, and who was taken out: append-only and chained."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

import sqlalchemy as sa

from fragcheck.records import Actor, Role
from fragcheck.store.workspace.chain import NOTHING
from fragcheck.store.workspace.connecting import Workspace
from fragcheck.store.workspace.entries import LogFinding, MemberChange
from fragcheck.store.workspace.tables import membership

__all__ = ["changes_in", "member_digest", "membership_findings", "note_change"]


def member_digest(change: MemberChange) -> str:
    """Return the sha256, in hex, of everything that an entry says and of the digest of the one before.

    The hash is over compact JSON with sorted keys in UTF-8, `digest` left out.
    """
    content = {name: value for name, value in asdict(change).items() if name != "digest"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def note_change(
    workspace: Workspace, connection: sa.Connection, project: int, by: str, person: tuple[str, Role | None]
) -> None:
    """Write an entry in the transaction that makes the change, whose project is locked by it."""
    before = connection.execute(
        sa.select(membership.c.number, membership.c.digest)
        .where(membership.c.project_id == project)
        .order_by(membership.c.number.desc())
        .limit(1)
    ).first()
    name, role = person
    change = MemberChange(
        number=1 if before is None else before.number + 1,
        made_at=workspace.moment(),
        made_by=by,
        name=name,
        role=role.value if role is not None else "",
        previous=NOTHING if before is None else before.digest,
    )
    sealed = replace(change, digest=member_digest(change))
    connection.execute(membership.insert().values(project_id=project, **asdict(sealed)))


def changes_in(connection: sa.Connection, project: int) -> tuple[MemberChange, ...]:
    """All entries of a project by its number, the first change first."""
    rows = connection.execute(
        sa.select(membership).where(membership.c.project_id == project).order_by(membership.c.number)
    ).all()
    return tuple(
        MemberChange(row.number, row.made_at, row.made_by, row.name, row.role, row.previous, row.digest)
        for row in rows
    )


def membership_findings(
    changes: tuple[MemberChange, ...], people: tuple[Actor, ...] | None = None
) -> tuple[LogFinding, ...]:
    """Return what does not hold: changed, missing or added entries, and `people` that the log contradicts."""
    findings: list[LogFinding] = []
    previous, last = NOTHING, dict[str, str]()
    for expected, change in enumerate(changes, 1):
        if change.number != expected:
            findings.append(LogFinding(change.number, f"entry {expected} is missing before it"))
        if change.previous != previous:
            findings.append(LogFinding(change.number, "it does not follow the entry before it"))
        if member_digest(change) != change.digest:
            findings.append(LogFinding(change.number, "its content was changed after it was written"))
        previous = change.digest
        last[change.name] = change.role
    roles = {one.name: one.role.value for one in people or ()}
    for name, role in last.items() if people is not None else ():
        if roles.get(name, "") != role:
            said, found = role or "no member", roles.get(name, "") or "no member"
            findings.append(LogFinding(len(changes), f"{name} is {said} by the log and {found} in the list"))
    return tuple(findings)
