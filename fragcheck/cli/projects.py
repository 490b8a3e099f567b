"""``fragcheck project``: documents of a project, its people, its comparisons."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from fragcheck.cli.console import progress_bar, warn, warn_notices, write_bytes
from fragcheck.cli.desk import (
    AsOption,
    DocumentArgument,
    ProjectArgument,
    TableFormatOption,
    asker,
    open_desk,
    version_of,
    write_table,
)
from fragcheck.cli.options import (
    CorrectionsOption,
    LanguageOption,
    MaxPagesOption,
    NoOcrOption,
    OutputOption,
    PasswordOption,
    QuietOption,
    SeedOption,
    TimeoutOption,
    TraditionOption,
    analysis_options,
    refuse_format,
)
from fragcheck.errors import InputError

__all__ = ["add", "app", "compare", "create", "find", "list_", "member", "remove", "show"]

app = typer.Typer(
    help="Projects of a workspace: documents in versions, people, comparisons.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
_PROJECTS = ("name", "n_documents", "n_entries", "created_at", "created_by")
_VERSIONS = (
    "document", "number", "title", "language", "tradition", "n_provisions", "n_requirements", "sha256",
    "file_name", "added_at", "added_by",
)  # fmt: skip
_CHANGES = ("number", "made_at", "made_by", "name", "role", "digest")
_PROVISIONS = (
    "document", "version", "eid", "num", "heading", "text", "page", "provision_type", "tags", "modalities",
    "reviewed",
)  # fmt: skip
_REPORTS = ("json", "table", "html", "xlsx", "pdf")


@app.command()
def create(project: ProjectArgument, name: AsOption = None) -> None:
    """Make an empty project; you are its owner.

    Example: `fragcheck project create "AI laws"`
    """
    from fragcheck.records import Actor, Role
    from fragcheck.store.workspace import create_project, open_workspace

    with open_workspace() as workspace:
        made = create_project(workspace, Actor(asker(name), Role.OWNER), project)
        typer.echo(made.name)


@app.command("list")
def list_(name: AsOption = None, format_: TableFormatOption = "csv") -> None:
    """List the projects that you are a member of.

    Example: `fragcheck project list`
    """
    from fragcheck.store.workspace import open_workspace, projects_of

    with open_workspace() as workspace:
        rows = [dataclasses.asdict(each) for each in projects_of(workspace, asker(name))]
    write_table(_PROJECTS, [{key: row[key] for key in _PROJECTS} for row in rows], format_)


@app.command()
def show(project: ProjectArgument, name: AsOption = None, format_: TableFormatOption = "csv") -> None:
    """List all versions of the documents of a project.

    Example: `fragcheck project show "AI laws"`
    """
    from fragcheck.store.workspace import document_versions

    with open_desk(project, name) as desk:
        rows = [dataclasses.asdict(each) for each in document_versions(desk.workspace, desk.actor, project)]
    write_table(_VERSIONS, [{key: row[key] for key in _VERSIONS} for row in rows], format_)


@app.command()
def add(
    project: ProjectArgument,
    files: Annotated[list[str], typer.Argument(help="Files or catalogue ids.")],
    document: Annotated[
        str | None,
        typer.Option("--name", help="Name of the document; a file of a known name is its next version."),
    ] = None,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    password: PasswordOption = None,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    corrections: CorrectionsOption = None,
    name: AsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Read files into a project. The same bytes are one version; other bytes of one name are the next.

    Example: `fragcheck project add "AI laws" eu.pdf colorado.pdf`
    """
    if document is not None and len(files) > 1:
        raise InputError(f"--name names one document, {len(files)} files came; add them one by one")
    from fragcheck.pipeline import resolve_input

    options = analysis_options(
        tradition=tradition,
        lang=lang,
        password=password,
        max_pages=max_pages,
        timeout=timeout,
        no_ocr=no_ocr,
    )
    paths = [resolve_input(file) for file in files]
    with open_desk(project, name, corrections or ()) as desk, progress_bar(is_quiet=quiet) as on_progress:
        for path in paths:
            added = desk.add_file(path, options, name=document or "", on_progress=on_progress)
            typer.echo(f"{added.document}, version {added.number}: {added.n_provisions} provisions")


@app.command()
def remove(project: ProjectArgument, document: DocumentArgument, name: AsOption = None) -> None:
    """Take a document out of a project; what was said of it stays in the log.

    Example: `fragcheck project remove "AI laws" "Artificial Intelligence Act"`
    """
    from fragcheck.store.workspace import remove_document

    with open_desk(project, name) as desk:
        remove_document(desk.workspace, desk.actor, project, document)


@app.command()
def member(
    project: ProjectArgument,
    person: Annotated[str, typer.Argument(help="Name of the person, as it is given with --as.")] = "",
    role: Annotated[str, typer.Option("--role", help="reader, reviewer, owner; none takes it away.")] = "",
    log: Annotated[bool, typer.Option("--log", help="Who let whom in, and took whom out.")] = False,
    name: AsOption = None,
    format_: TableFormatOption = "csv",
) -> None:
    """List the people of a project with their roles, or give a person a role.

    Example: `fragcheck project member "AI laws" ann --role reviewer`
    """
    from fragcheck.records import Role
    from fragcheck.store.workspace import members_of, set_member

    if log:
        _member_log(project, name, format_)
        return
    if bool(person) != bool(role):
        raise InputError("a person and --role wanted, or neither to list all; one of them came")
    if role not in ("", "none", *Role):
        raise InputError(f"--role can be {', '.join(Role)} or none; {role} came")
    with open_desk(project, name) as desk:
        if person:
            chosen = None if role == "none" else Role(role)
            people = set_member(desk.workspace, desk.actor, project, person, chosen)
        else:
            people = members_of(desk.workspace, desk.actor, project)
    write_table(("name", "role"), [{"name": one.name, "role": one.role.value} for one in people], format_)


def _member_log(project: str, name: str | None, format_: str) -> None:
    """Write the log of members; exit 1 where it does not hold."""
    from fragcheck.store.workspace import membership_log, verify_membership

    with open_desk(project, name) as desk:
        rows = [dataclasses.asdict(one) for one in membership_log(desk.workspace, desk.actor, project)]
        findings = verify_membership(desk.workspace, desk.actor, project)
    write_table(_CHANGES, [{key: row[key] for key in _CHANGES} for row in rows], format_)
    for found in findings:
        warn(f"entry {found.number}: {found.message}")
    if findings:
        raise typer.Exit(1)


@app.command()
def find(
    project: ProjectArgument,
    words: Annotated[str, typer.Argument(help="Words that number, heading or text hold.")] = "",
    document: Annotated[list[str] | None, typer.Option("--document", help="Only in it; repeatable.")] = None,
    principle: Annotated[str, typer.Option("--principle", help="Principle or control point on.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Type of the provision, e.g. obligation.")] = "",
    modality: Annotated[str, typer.Option("--modality", help="Of one of its requirements.")] = "",
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Only what was reviewed.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows at most.")] = 100,
    name: AsOption = None,
    format_: TableFormatOption = "csv",
) -> None:
    """Look through the provisions of a project.

    Example: `fragcheck project find "AI laws" "serious incident" --principle safety`
    """
    from fragcheck.records import ProvisionType
    from fragcheck.store.workspace import ProvisionFilter, find_provisions

    if type_ not in ("", *ProvisionType):
        raise InputError(f"--type can be {', '.join(ProvisionType)}; {type_} came")
    wanted = ProvisionFilter(
        documents=tuple(document or ()),
        words=words,
        principle=principle,
        provision_type=ProvisionType(type_) if type_ else None,
        modality=modality,
        is_reviewed=True if reviewed else None,
        limit=limit,
    )
    with open_desk(project, name) as desk:
        page = find_provisions(desk.workspace, desk.actor, project, wanted)
    rows = [{key: getattr(row, key) for key in _PROVISIONS} for row in page.rows]
    for row in rows:
        if format_ == "csv":
            row |= {key: ";".join(row[key]) for key in ("tags", "modalities", "reviewed")}
    write_table(_PROVISIONS, rows, format_)
    if page.total > len(rows):
        warn(f"{len(rows)} of {page.total} provisions shown; --limit shows more")


@app.command()
def compare(
    project: ProjectArgument,
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="[DOCUMENT]…", help="Some of its documents; all if none.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", "-f", help="json, table, html, xlsx, pdf.")] = "json",
    output: OutputOption = None,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="TOML file with weights of the divergence.")
    ] = None,
    seed: SeedOption = 0,
    password: PasswordOption = None,
    name: AsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare documents of a project under its reviews; the result is kept in the project as well.

    Example: `fragcheck project compare "AI laws" --format xlsx -o result.xlsx`
    """
    refuse_format(format_, _REPORTS, ())
    from fragcheck.diverge import DivergenceSettings
    from fragcheck.pipeline import check_report, comparison_report, comparison_table

    check_report(format_)
    settings = None if weights is None else DivergenceSettings.from_toml(weights)
    with open_desk(project, name) as desk, progress_bar(is_quiet=quiet) as on_progress:
        versions = [version_of(desk, document) for document in documents or ()]
        result = desk.compare(
            settings, versions=versions, seed=seed, password=password, on_progress=on_progress
        )
    content = result.content
    if format_ != "json":
        content = (
            comparison_table(result.comparison).encode()
            if format_ == "table"
            else comparison_report(result.comparison, format_)
        )
    write_bytes(content, output)
    warn_notices(project, result.comparison.warnings, is_quiet=quiet)
