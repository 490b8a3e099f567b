"""``fragcheck corpus``: the catalogue of real instruments and their official copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
from rich.progress import Progress as Bar

from fragcheck.cli.console import error_console, warn, write_csv, write_json, write_jsonl
from fragcheck.cli.options import QuietOption, refuse_format
from fragcheck.errors import DownloadError

if TYPE_CHECKING:
    from pathlib import Path

    from fragcheck.catalogue import Instrument

__all__ = ["app", "get", "list_", "show"]

app = typer.Typer(
    help="The catalogue of real instruments, and their official copies.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
_COLUMNS = ("id", "jurisdiction", "kind", "status", "title", "language", "url")


@app.command("list")
def list_(
    words: Annotated[str, typer.Argument(help="Only entries that hold these words.")] = "",
    format_: Annotated[str, typer.Option("--format", "-f", help="csv or jsonl.")] = "csv",
) -> None:
    """List the instruments of the catalogue.

    Example: `fragcheck corpus list korea`
    """
    refuse_format(format_, ("csv", "jsonl"), ())
    from fragcheck.catalogue import load_catalogue

    catalogue = load_catalogue()
    rows = [_row(instrument) for instrument in (catalogue.search(words) if words else catalogue)]
    if format_ == "csv":
        write_csv(_COLUMNS, ({name: row[name] for name in _COLUMNS} for row in rows))
    else:
        write_jsonl(rows)


@app.command()
def show(identifier: Annotated[str, typer.Argument(metavar="ID", help="Id of an instrument.")]) -> None:
    """Print all that the catalogue says of an instrument.

    Example: `fragcheck corpus show eu-ai-act`
    """
    from fragcheck.catalogue import load_catalogue

    typer.echo(
        write_json(load_catalogue().get(identifier).model_dump(mode="json", exclude_none=True)), nl=False
    )


@app.command()
def get(
    identifiers: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of instruments.")],
    quiet: QuietOption = False,
) -> None:
    """Fetch official copies from their publishers; an interrupted download goes on where it stopped.

    This is the only command that uses the network. Prints the paths of the copies.

    Example: `fragcheck corpus get eu-ai-act korea-ai-basic-act`
    """
    from fragcheck.catalogue import load_catalogue
    from fragcheck.pipeline.inputs import copies_folder

    catalogue = load_catalogue()
    instruments = [catalogue.get(identifier) for identifier in identifiers]
    failed = 0
    for instrument in instruments:
        try:
            typer.echo(str(_fetch(instrument, copies_folder(), is_quiet=quiet)))
        except DownloadError as error:
            failed += 1
            warn(str(error))
    if failed:
        raise typer.Exit(2 if failed == len(instruments) else 1)


def _fetch(instrument: Instrument, folder: Path, *, is_quiet: bool) -> Path:
    from fragcheck.catalogue import fetch

    console = error_console()
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Bar(*columns, console=console, disable=is_quiet or not console.is_terminal) as bar:
        task = bar.add_task(instrument.id, total=None)

        def show_bytes(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        return fetch(instrument, folder, on_progress=show_bytes)


def _row(instrument: Instrument) -> dict[str, object]:
    row: dict[str, object] = instrument.model_dump(mode="json", exclude_none=True)
    for name in _COLUMNS:
        value = row.get(name, "")
        row[name] = ";".join(map(str, value)) if isinstance(value, list) else value
    return row
