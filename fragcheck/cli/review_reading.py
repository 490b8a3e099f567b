"""``fragcheck review queue``, ``list``, ``log``, ``verify``, ``agreement`` and ``labels``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.cli.console import progress_bar, warn
from fragcheck.cli.desk import AsOption, ProjectArgument, TableFormatOption, open_desk, write_table
from fragcheck.cli.options import QuietOption
from fragcheck.errors import InputError

if TYPE_CHECKING:
    from fragcheck.pipeline import ProjectDesk
    from fragcheck.records import Review, Subject

__all__ = ["agreement", "labels", "list_", "log", "queue", "verify"]

_SUBJECT = ("target", "document", "eid", "name", "other_document", "other_eid", "other_name")
_QUEUE = (*_SUBJECT, "finding", "doubt", "change", "effect", "words", "other_words")
_REVIEW = (*_SUBJECT, "verdict", "before", "after", "reason", "reviewer", "made_at", "model")
_LOG = ("number", *_REVIEW, "role", "version", "previous", "digest")
#: Characters of a provision that the queue shows.
_WORDS = 200
_AGREEMENT = ("target", "first", "second", "n_items", "observed", "kappa", "alpha")


def queue(
    project: ProjectArgument,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows at most.")] = 50,
    name: AsOption = None,
    format_: TableFormatOption = "csv",
    quiet: QuietOption = False,
) -> None:
    """List what to review first: findings by how much a review is expected to move the divergences.

    Example: `fragcheck review queue "AI laws" --limit 20`
    """
    from fragcheck.pipeline import review_queue

    with open_desk(project, name) as desk, progress_bar(is_quiet=quiet) as on_progress:
        comparison = desk.look(on_progress=on_progress)
        items = review_queue(comparison, limit=limit)
        names = _names(desk)
    texts = {
        (analysis.document.id, provision.eid): " ".join(provision.text.split())[:_WORDS]
        for analysis in comparison.analyses
        for provision in analysis.segmentation.provisions
    }
    rows = [
        {
            **_subject(item.subject, names),
            "finding": item.finding,
            "words": texts.get((item.subject.document_id, item.subject.eid), ""),
            "other_words": texts.get((item.subject.other_document_id, item.subject.other_eid), ""),
            **{key: round(getattr(item, key), 6) for key in ("doubt", "change", "effect")},
        }
        for item in items
    ]
    write_table(_QUEUE, rows, format_)


def list_(project: ProjectArgument, name: AsOption = None, format_: TableFormatOption = "csv") -> None:
    """List the reviews in force: per finding the newest that was not withdrawn.

    Example: `fragcheck review list "AI laws"`
    """
    from fragcheck.store.workspace import reviews_in_force

    with open_desk(project, name) as desk:
        found = reviews_in_force(desk.workspace, desk.actor, project)
        rows = [_review(review, _names(desk)) for review in found]
    write_table(_REVIEW, rows, format_)


def log(project: ProjectArgument, name: AsOption = None, format_: TableFormatOption = "csv") -> None:
    """Print the log of reviews, oldest first: who, when, what, before, after, why, and the hash chain.

    Example: `fragcheck review log "AI laws" --format jsonl > log.jsonl`
    """
    from fragcheck.store.workspace import review_log

    with open_desk(project, name) as desk:
        names = _names(desk)
        rows = [
            {
                "number": entry.number,
                **_review(entry.review, names),
                "role": entry.role.value,
                "version": entry.version,
                "previous": entry.previous,
                "digest": entry.digest,
            }
            for entry in review_log(desk.workspace, desk.actor, project)
        ]
    write_table(_LOG, rows, format_)


def verify(
    project: ProjectArgument,
    entry: Annotated[int | None, typer.Option("--entry", help="Number of an entry noted elsewhere.")] = None,
    digest: Annotated[str | None, typer.Option("--digest", help="Its digest, as noted.")] = None,
    name: AsOption = None,
) -> None:
    """Check that no entry of the log was changed, removed, added or moved.

    Exit status: 0 everything holds, 1 something does not. Whoever can write to the database can write a
    whole log anew: --entry and --digest, noted elsewhere, show that.

    Example: `fragcheck review verify "AI laws" --entry 12 --digest 9f2c…`
    """
    if (entry is None) != (digest is None):
        raise InputError("--entry and --digest go together; one of them came")
    from fragcheck.store.workspace import review_log, verify_log

    with open_desk(project, name) as desk:
        findings = verify_log(desk.workspace, desk.actor, project, n_entries=entry, head=digest)
        n_entries = len(review_log(desk.workspace, desk.actor, project))
    for finding in findings:
        typer.echo(f"entry {finding.number}: {finding.message}")
    if findings:
        typer.echo(f"NOT VERIFIED: {len(findings)} findings in {n_entries} entries")
        raise typer.Exit(1)
    typer.echo(f"verified: {n_entries} entries hold")


def agreement(project: ProjectArgument, name: AsOption = None, format_: TableFormatOption = "csv") -> None:
    """Print how far reviewers agree with each other and with the machine: Cohen's κ, Krippendorff's α.

    Example: `fragcheck review agreement "AI laws"`
    """
    from fragcheck.pipeline import agreement_table
    from fragcheck.store.workspace import opinions, review_log

    with open_desk(project, name) as desk:
        table = agreement_table(opinions(review_log(desk.workspace, desk.actor, project)))
    rows = [
        {
            "target": row.target.value,
            "first": row.first or "all",
            "second": row.second or "all",
            "n_items": row.n_items,
            **{key: _rounded(getattr(row, key)) for key in ("observed", "kappa", "alpha")},
        }
        for row in table
    ]
    write_table(_AGREEMENT, rows, format_)


def labels(
    project: ProjectArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV file to write.")],
    partly: Annotated[
        bool, typer.Option("--partly", help="Also provisions of which only some tags were reviewed.")
    ] = False,
    name: AsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the provisions whose tags were reviewed as labels for `fragcheck train --labels`.

    Example: `fragcheck review labels "AI laws" -o labels.csv`
    """
    import csv

    from fragcheck.errors import StoreError
    from fragcheck.pipeline import LABEL_COLUMNS, review_labels
    from fragcheck.store.workspace import reviews_in_force

    with open_desk(project, name) as desk, progress_bar(is_quiet=quiet) as on_progress:
        settled = reviews_in_force(desk.workspace, desk.actor, project)
        rows = list(review_labels(desk.analyses(on_progress=on_progress), settled, whole=not partly))
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, LABEL_COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise StoreError(f"{output}: the labels cannot be written there ({error.strerror})") from error
    if not quiet:
        warn(f"{len(rows)} labelled provisions written to {output}")


def _names(desk: ProjectDesk) -> dict[str, str]:
    """sha256 -> name of the document in the project."""
    from fragcheck.store.workspace import document_versions

    found = document_versions(desk.workspace, desk.actor, desk.project)
    return {version.sha256: version.document for version in found}


def _subject(subject: Subject, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "target": subject.target.value,
        "document": names.get(subject.document_id, subject.document_id),
        "eid": subject.eid,
        "name": subject.name,
        "other_document": names.get(subject.other_document_id, subject.other_document_id),
        "other_eid": subject.other_eid,
        "other_name": subject.other_name,
    }


def _review(review: Review, names: Mapping[str, str]) -> dict[str, object]:
    return {
        **_subject(review.subject, names),
        "verdict": review.verdict.value,
        **{key: getattr(review, key) for key in _REVIEW[len(_SUBJECT) + 1 :]},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
