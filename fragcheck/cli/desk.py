"""What the commands on projects and reviews share: the workspace, who asks, documents by name."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.cli.console import write_csv, write_jsonl
from fragcheck.cli.options import refuse_format
from fragcheck.errors import InputError

if TYPE_CHECKING:
    from fragcheck.pipeline import ProjectDesk
    from fragcheck.records import Analysis, PairResult
    from fragcheck.store.workspace import DocumentVersion

__all__ = [
    "AsOption",
    "DocumentArgument",
    "ProjectArgument",
    "ReasonOption",
    "TableFormatOption",
    "analysis_of",
    "asker",
    "given_verdict",
    "open_desk",
    "pair_of",
    "version_of",
    "write_table",
]

ProjectArgument = Annotated[str, typer.Argument(help="Name of a project.")]
DocumentArgument = Annotated[str, typer.Argument(help="Name of a document in the project.")]
AsOption = Annotated[
    str | None,
    typer.Option("--as", envvar="FRAGCHECK_USER", help="Who asks; the name of your login by default."),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is kept in the log.")]
TableFormatOption = Annotated[str, typer.Option("--format", "-f", help="csv or jsonl.")]


def asker(name: str | None) -> str:
    """Return the name of who asks: as given, else that of the login.

    Raises
    ------
    InputError
        Where the system knows no name.
    """
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("the system knows no name of yours; give one with --as NAME") from error


@contextmanager
def open_desk(project: str, name: str | None, corrections: Sequence[Path] = ()) -> Iterator[ProjectDesk]:
    """Give a desk at a project, with the role that its members list says.

    Raises
    ------
    PermissionRefused
        Where who asks is no member.
    """
    from fragcheck.pipeline import ProjectDesk, given_corrections
    from fragcheck.store import default_originals, default_store
    from fragcheck.store.workspace import member_actor, open_workspace

    with open_workspace() as workspace:
        actor = member_actor(workspace, project, asker(name))
        by_hand = given_corrections(corrections)
        yield ProjectDesk(workspace, actor, project, default_store(), default_originals(), by_hand)


def version_of(desk: ProjectDesk, name: str) -> DocumentVersion:
    """Return the newest version of a document of the project.

    Raises
    ------
    InputError
        Names the documents that there are.
    """
    from fragcheck.store.workspace import documents_of

    found = documents_of(desk.workspace, desk.actor, desk.project)
    for version in found:
        if version.document == name:
            return version
    names = ", ".join(version.document for version in found) or "none yet"
    raise InputError(f"project {desk.project} has no document {name}; its documents: {names}")


def analysis_of(desk: ProjectDesk, name: str) -> Analysis:
    """Return a document under the reviews in force."""
    from fragcheck.pipeline import reviewed_analysis
    from fragcheck.store.workspace import reviews_in_force

    settled = reviews_in_force(desk.workspace, desk.actor, desk.project)
    return reviewed_analysis(desk.analyses([version_of(desk, name)])[0], settled).analysis


def pair_of(desk: ProjectDesk, left: str, right: str) -> PairResult:
    """Return two documents compared under the reviews in force."""
    (pair,) = desk.look([version_of(desk, left), version_of(desk, right)]).pairs
    return pair


def given_verdict(text: str) -> str:
    """Return a verdict that was given on the command line.

    Raises
    ------
    InputError
        Unless it is accept, reject or change.
    """
    if text not in ("accept", "reject", "change"):
        raise InputError(f"a verdict can be accept, reject or change; {text} came")
    return text


def write_table(columns: Sequence[str], rows: Sequence[Mapping[str, object]], format_: str) -> None:
    """Write rows as CSV or JSON lines."""
    refuse_format(format_, ("csv", "jsonl"), ())
    if format_ == "csv":
        write_csv(columns, rows)
    else:
        write_jsonl(rows)
