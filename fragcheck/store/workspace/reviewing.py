"""The log of reviews: appended to, read, checked; and what is in force by it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from fragcheck.errors import InputError, PermissionRefused
from fragcheck.records import Actor, LogEntry, Review, Role, Subject, Verdict
from fragcheck.records.codec import decode, encode
from fragcheck.store.workspace.access import admitted
from fragcheck.store.workspace.chain import chain_findings, sealed
from fragcheck.store.workspace.connecting import Workspace
from fragcheck.store.workspace.entries import LogFinding
from fragcheck.store.workspace.provisions import settle_rows
from fragcheck.store.workspace.tables import projects, reviews, storable
from fragcheck.version import __version__

__all__ = [
    "in_force",
    "opinions",
    "project_reviews",
    "record_review",
    "record_reviews",
    "review_log",
    "reviews_in_force",
    "standing_reviews",
    "verify_log",
    "withdraw_review",
]

_LONGEST_REASON = 10_000


def record_review(workspace: Workspace, actor: Actor, project: str, review: Review) -> LogEntry:
    """Append a review to the log; it is in force when this returns. See `record_reviews`."""
    return record_reviews(workspace, actor, project, [review])[0]


def record_reviews(
    workspace: Workspace, actor: Actor, project: str, given: Iterable[Review]
) -> tuple[LogEntry, ...]:
    """Append reviews to the log, all or none.

    Parameters
    ----------
    workspace : Workspace
    actor : Actor
        The reviewer; name and moment of the reviews are set here.
    project : str
    given : iterable of Review
        From `fragcheck.pipeline.review_tag` and its kin.

    Returns
    -------
    tuple of LogEntry

    Raises
    ------
    PermissionRefused
        Unless `actor` may review.
    InputError
        Where a reason is missing or there is no such project.
    """
    given = [_checked(each) for each in given]
    with workspace.writing() as connection:
        number, reviewer = admitted(connection, actor, project, Role.REVIEWER, "review", for_update=True)
        return _append(workspace, connection, reviewer, given, number=number, project=project)


def withdraw_review(
    workspace: Workspace, actor: Actor, project: str, subject: Subject, *, reason: str, of: str = ""
) -> LogEntry:
    """Take a review back: what stood before it, an earlier review or the machine's value, stands again.

    Parameters
    ----------
    of : str
        Whose review; one's own by default, another's for owners.

    Raises
    ------
    PermissionRefused
        Unless `actor` may review, or owns the project where the review is another's.
    InputError
        Where that person has said nothing of it, or the reason is missing.
    """
    whose, deed = of or actor.name, "withdraw a review"
    with workspace.writing() as connection:
        number, found = admitted(connection, actor, project, Role.REVIEWER, deed, for_update=True)
        if whose != found.name and not found.role.includes(Role.OWNER):
            raise PermissionRefused(
                f"{found.name} is no owner of {project}; only owners take back what {whose} said"
            )
        said = opinions(_entries(connection, number, project, subject.key)).get(subject.key, {}).get(whose)
        if said is None:
            raise InputError(f"{whose} has said nothing of {subject.key}: there is nothing to take back")
        after = json.dumps({"of": whose}, ensure_ascii=False)
        taken = Review(said.subject, Verdict.WITHDRAW, said.after, after, reason, said.model)
        return _append(workspace, connection, found, [_checked(taken)], number=number, project=project)[0]


def review_log(workspace: Workspace, actor: Actor, project: str) -> tuple[LogEntry, ...]:
    """Return the whole log, oldest entry first."""
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at the log")
        return _entries(connection, number, project)


def reviews_in_force(workspace: Workspace, actor: Actor, project: str) -> tuple[Review, ...]:
    """Return what is settled: per subject the newest review that was not withdrawn, by subject."""
    return in_force(review_log(workspace, actor, project))


def standing_reviews(workspace: Workspace, project: str) -> tuple[Review, ...]:
    """Return what is settled in a project, for work that a server does for the project and for no person.

    What comes of that work is shown to members only. Empty where there is no such project.
    """
    with workspace.reading() as connection:
        number = connection.execute(sa.select(projects.c.id).where(projects.c.name == project)).scalar()
        return () if number is None else project_reviews(connection, int(number), project)


def project_reviews(connection: sa.Connection, number: int, project: str) -> tuple[Review, ...]:
    """Return what is settled in a project, on a connection that is open already."""
    return in_force(_entries(connection, number, project))


def verify_log(
    workspace: Workspace,
    actor: Actor,
    project: str,
    *,
    n_entries: int | None = None,
    head: str | None = None,
) -> tuple[LogFinding, ...]:
    """Return what does not hold in the log; empty where all does.

    Parameters
    ----------
    n_entries, head : int and str, or None
        As noted outside of the database, in a result for instance; else as the project says. Whoever can
        write to the database can write a whole log anew: only a note kept elsewhere shows that.
    """
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at the log")
        stated = connection.execute(sa.select(projects).where(projects.c.id == number)).one()
        entries = _entries(connection, number, project)
    findings = chain_findings(entries, n_entries=stated.n_entries, head=stated.head)
    if head is None:
        return findings
    return (*findings, *chain_findings(entries[:n_entries], n_entries=n_entries, head=head))


def opinions(entries: Iterable[LogEntry]) -> dict[str, dict[str, Review]]:
    """Return what each reviewer says of each subject now: subject key -> reviewer -> review, oldest first."""
    found: dict[str, dict[str, Review]] = {}
    for entry in entries:
        review = entry.review
        said = found.setdefault(review.subject.key, {})
        if review.verdict is Verdict.WITHDRAW:
            said.pop(json.loads(review.after)["of"], None)
            continue
        said.pop(review.reviewer, None)  # the newest stands last
        said[review.reviewer] = review
    return {key: said for key, said in found.items() if said}


def in_force(entries: Iterable[LogEntry]) -> tuple[Review, ...]:
    """Return the reviews in force by a log, by subject: the newest opinion on each that still stands."""
    newest = {key: next(reversed(said.values())) for key, said in opinions(entries).items()}
    return tuple(newest[key] for key in sorted(newest))


def _checked(review: Review) -> Review:
    reason = storable(review.reason).strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise InputError(
            f"{review.subject.eid}: a reason of 1 to {_LONGEST_REASON} characters wanted, {len(reason)} came"
        )
    try:
        json.loads(review.before)
        json.loads(review.after)
    except ValueError as error:
        raise InputError(f"{review.subject.eid}: values as JSON wanted ({error})") from error
    return replace(review, reason=reason)


def _append(
    workspace: Workspace,
    connection: sa.Connection,
    actor: Actor,
    given: list[Review],
    *,
    number: int,
    project: str,
) -> tuple[LogEntry, ...]:
    stated = connection.execute(sa.select(projects).where(projects.c.id == number)).one()
    previous, entries = stated.head, []
    for place, review in enumerate(given, start=stated.n_entries + 1):
        signed = replace(review, reviewer=actor.name, made_at=workspace.moment())
        entry = sealed(LogEntry(place, project, signed, actor.role, __version__, previous, ""))
        previous = entry.digest
        entries.append(entry)
    if not entries:
        return ()
    connection.execute(reviews.insert(), [_as_row(number, entry) for entry in entries])
    connection.execute(
        projects.update().where(projects.c.id == number).values(n_entries=entries[-1].number, head=previous)
    )
    for key in dict.fromkeys(entry.review.subject.key for entry in entries):
        said = in_force(_entries(connection, number, project, key))
        subject = next(entry.review.subject for entry in entries if entry.review.subject.key == key)
        settle_rows(connection, number, subject, said[0] if said else None)
    return tuple(entries)


def _as_row(number: int, entry: LogEntry) -> dict[str, object]:
    review = entry.review
    return {
        "project_id": number,
        "number": entry.number,
        "made_at": review.made_at,
        "reviewer": review.reviewer,
        "role": entry.role.value,
        "verdict": review.verdict.value,
        "target": review.subject.target.value,
        "subject_key": review.subject.key,
        "subject": json.dumps(encode(review.subject), ensure_ascii=False, sort_keys=True),
        "before": review.before,
        "after": review.after,
        "reason": review.reason,
        "model": review.model,
        "version": entry.version,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def _entries(
    connection: sa.Connection, number: int, project: str, key: str | None = None
) -> tuple[LogEntry, ...]:
    query = sa.select(reviews).where(reviews.c.project_id == number).order_by(reviews.c.number)
    if key is not None:
        query = query.where(reviews.c.subject_key == key)
    return tuple(_entry(row, project) for row in connection.execute(query).mappings())


def _entry(row: sa.RowMapping, project: str) -> LogEntry:
    """The entry of a row. Every column counts towards its digest, so that none can be changed unseen."""
    subject = decode(Subject, json.loads(str(row["subject"])))
    if subject.key != row["subject_key"] or subject.target.value != row["target"]:
        subject = replace(subject, eid=f"{subject.eid} ({row['target']} {row['subject_key']})")
    review = Review(
        subject,
        Verdict(str(row["verdict"])),
        str(row["before"]),
        str(row["after"]),
        str(row["reason"]),
        str(row["model"]),
        str(row["reviewer"]),
        str(row["made_at"]),
    )
    return LogEntry(
        int(str(row["number"])),
        project,
        review,
        Role(str(row["role"])),
        str(row["version"]),
        str(row["previous"]),
        str(row["digest"]),
    )
