"""``fragcheck verify``: a result made again and compared with itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fragcheck.cli.console import progress_bar, warn
from fragcheck.cli.options import PasswordOption, QuietOption
from fragcheck.errors import UnreadableInput

__all__ = ["verify"]

_SHOWN = 20


def verify(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="What `compare -o RESULT` wrote as JSON.")],
    documents: Annotated[
        list[Path] | None,
        typer.Option("--documents", help="Folder to look for the documents in, by their hash; repeatable."),
    ] = None,
    password: PasswordOption = None,
    quiet: QuietOption = False,
) -> None:
    """Check a result offline: file hashes, every quote, every number, signs of tampering.

    Exit status: 0 everything holds, 1 something does not, 2 it cannot be checked.

    Example: `fragcheck verify result.json --documents laws/`
    """
    try:
        text = result.read_bytes().decode("utf-8")
    except OSError as error:
        raise UnreadableInput(f"{result}: the result cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{result}: a result in UTF-8 wanted, it is not ({error.reason})") from error
    # Loaded when there is something to verify: it brings every room of the house with it.
    from fragcheck.pipeline import verify_result

    folders = [result.resolve().parent, *(documents or ())]
    with progress_bar(is_quiet=quiet) as on_progress:
        found = verify_result(text, folders=folders, password=password, on_progress=on_progress)
    for notice in found.notices:
        warn(notice)
    for finding in found.findings[:_SHOWN]:
        typer.echo(f"{finding.kind}: {finding.place or result.name}: {finding.message}")
    if len(found.findings) > _SHOWN:
        typer.echo(f"and {len(found.findings) - _SHOWN} more")
    counts = f"{found.n_documents} files, {found.n_quotes} quotes and {found.n_values} values"
    if found.findings:
        typer.echo(f"NOT VERIFIED: {len(found.findings)} findings; {counts} hold")
        raise typer.Exit(1)
    typer.echo(f"verified: {counts} hold")
