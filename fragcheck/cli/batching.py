"""``fragcheck batch``: many documents at once, as Parquet tables."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from fragcheck.cli.console import error_console, warn, write_json
from fragcheck.cli.options import (
    LanguageOption,
    MaxPagesOption,
    NoOcrOption,
    PasswordOption,
    QuietOption,
    SeedOption,
    TaxonomyOption,
    TimeoutOption,
    TraditionOption,
    analysis_options,
)
from fragcheck.errors import InputError

if TYPE_CHECKING:
    from fragcheck.batch import BatchProgress, BatchSummary, Engine

__all__ = ["batch"]

#: Seconds between two lines of progress where standard error is no terminal.
_LINE_EVERY = 15.0
_SHOWN_FAILURES = 20


def batch(
    source: Annotated[
        str, typer.Argument(help="Folder, manifest (CSV or Parquet with a column path), or catalogue:WORDS.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="Folder for the tables, or an fsspec URL.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0: one per core.")] = 0,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Address of a running Dask scheduler, tcp://…")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="local: start a Dask cluster on this machine.")
    ] = None,
    full: Annotated[
        str | None,
        typer.Option(
            "--full", help="Compare in full: all, the N most alike pairs, or a CSV with left,right."
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the batch in the folder.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what it will take, and stop.")] = False,
    store: Annotated[
        Path | None, typer.Option("--store", help="Folder of the artefacts; on a cluster a shared one.")
    ] = None,
    block_units: Annotated[
        int, typer.Option("--block-units", min=1, help="Units per block of the screen: bounds memory.")
    ] = 4096,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="TOML file with weights of the divergence.")
    ] = None,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    taxonomy: TaxonomyOption = None,
    password: PasswordOption = None,
    seed: SeedOption = 0,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    quiet: QuietOption = False,
) -> None:
    """Read many documents, screen all their pairs, and write Parquet tables.

    Tables: documents, provisions, requirements, definitions, parameters, tags, pairs, corpus, failures.

    Example: `fragcheck batch laws/ -o tables --full 100`
    """
    from fragcheck.batch import BatchOptions, estimate, read_source, run_batch_at
    from fragcheck.diverge import DivergenceSettings
    from fragcheck.store import default_store

    kind, top, pairs = _full(full)
    options = BatchOptions(
        analysis=analysis_options(
            tradition=tradition,
            lang=lang,
            password=password,
            max_pages=max_pages,
            timeout=timeout,
            no_ocr=no_ocr,
            taxonomy=taxonomy,
        ),
        settings=None if weights is None else DivergenceSettings.from_toml(weights),
        seed=seed,
        full=kind,
        top=top,
        pairs=pairs,
        block_units=block_units,
    )
    artefacts = store or default_store().root
    engine = _engine(jobs, scheduler, cluster)
    documents = read_source(source, artefacts / "copies")
    if dry_run:
        sys.stdout.write(write_json(estimate(documents, options, engine.workers, artefacts).as_dict()))
        return
    with engine, _progress(is_quiet=quiet) as on_progress:
        summary = run_batch_at(
            documents, output, options, engine, artefacts, is_resumed=resume, on_progress=on_progress
        )
    _finish(summary, is_quiet=quiet)


def _full(text: str | None) -> tuple[Literal["none", "all", "top", "list"], int, tuple[tuple[str, str], ...]]:
    """What --full asks for: kind, number of pairs, and the pairs themselves."""
    if text is None or text == "all":
        return ("none" if text is None else "all"), 0, ()
    if text.isdecimal():
        return "top", int(text), ()
    return "list", 0, _listed_pairs(Path(text))


def _listed_pairs(path: Path) -> tuple[tuple[str, str], ...]:
    wanted = "--full wants all, a number, or a CSV file with the columns left and right"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = reader.fieldnames or ()
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{wanted}; {path} cannot be read ({error})") from error
    if not {"left", "right"} <= set(columns):
        raise InputError(f"{wanted}; {path} has {', '.join(columns) or 'no columns'}")
    if not rows:
        raise InputError(f"{wanted}; {path} holds no pair")
    return tuple(((row["left"] or "").strip(), (row["right"] or "").strip()) for row in rows)


def _engine(jobs: int, scheduler: str | None, cluster: str | None) -> Engine:
    from fragcheck.batch import ProcessEngine, SerialEngine, available_cores

    if cluster not in {None, "local"}:
        raise InputError(
            f"--cluster {cluster} is unknown; it can be local, or name a running one by --scheduler"
        )
    if scheduler is not None and cluster is not None:
        raise InputError("--scheduler and --cluster exclude each other; give one")
    if scheduler is not None or cluster is not None:
        from fragcheck.batch.cluster import ClusterEngine

        return ClusterEngine(scheduler, jobs or available_cores())
    jobs = jobs or available_cores()
    return SerialEngine() if jobs == 1 else ProcessEngine(jobs)


@contextmanager
def _progress(*, is_quiet: bool) -> Iterator[Callable[[BatchProgress], None]]:
    """Give a callable that shows stage, rate, time left and failures: a bar, or a line now and then."""
    if is_quiet:
        yield lambda _: None
    elif error_console().is_terminal:
        columns = (
            TextColumn("{task.fields[stage]:<9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
        )
        with Bar(*columns, console=error_console(), transient=True) as bar:
            task = bar.add_task("", stage="", total=None)
            yield lambda progress: bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=_pace(progress),
                stage=progress.stage,
            )
    else:
        yield _Lines()


class _Lines:
    """Writes a line at the end of each stage, and every quarter of a minute within it."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, progress: BatchProgress) -> None:
        now = time.monotonic()
        if progress.done == progress.total or now - self._last >= _LINE_EVERY:
            self._last = now
            warn(f"{progress.stage} {progress.done} of {progress.total}, {_pace(progress)}")


def _pace(progress: BatchProgress) -> str:
    left = "" if progress.left is None else f", {progress.left:.0f} s left"
    failed = f", {progress.failures} failed" if progress.failures else ""
    return f"{progress.rate:.2g} a second{left}{failed}"


def _finish(summary: BatchSummary, *, is_quiet: bool) -> None:
    """Name the folder on standard output and failures on standard error; exit 1 where something is unread."""
    sys.stdout.write(f"{summary.output}\n")
    if not is_quiet:
        for message in summary.failed[:_SHOWN_FAILURES]:
            warn(f"{message} - left out")
        if len(summary.failed) > _SHOWN_FAILURES:
            more = len(summary.failed) - _SHOWN_FAILURES
            warn(f"{more} more failures, all of them in {summary.output}/failures.parquet")
        warn(
            f"{summary.n_documents} documents, {summary.n_pairs} pairs screened, "
            f"{summary.n_full} compared in full"
        )
    if summary.failed or summary.n_unread_pages:
        raise typer.Exit(1)
