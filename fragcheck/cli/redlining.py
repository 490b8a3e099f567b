"""``fragcheck redline``: what became of each provision between two versions of a law."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fragcheck.cli.console import progress_bar, warn_notices, write_bytes, write_csv, write_json
from fragcheck.cli.options import (
    LanguageOption,
    MaxPagesOption,
    NoOcrOption,
    OutputOption,
    PasswordOption,
    QuietOption,
    TimeoutOption,
    TraditionOption,
    analysis_options,
    refuse_format,
)

__all__ = ["redline"]


def redline(
    old: Annotated[str, typer.Argument(help="The old version: a file or the id of a catalogue entry.")],
    new: Annotated[str, typer.Argument(help="The new version.")],
    against: Annotated[
        list[str] | None,
        typer.Option("--against", help="Another document: attribute the change of divergence from it."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", "-f", help="json or csv.")] = "json",
    output: OutputOption = None,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    password: PasswordOption = None,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print what became of each provision: unchanged, moved, amended, split, merged, deleted, added.

    The JSON form adds the mapping of eids, and what each amendment adds to the divergence of the
    two versions and to the change of divergence from other documents.

    Example: `fragcheck redline proposal.pdf act.pdf --against colorado.pdf`
    """
    refuse_format(format_, ("json", "csv"), ())
    from fragcheck.pipeline import (
        analyse_files,
        redline_columns,
        redline_json,
        redline_rows,
        redline_versions,
        resolve_input,
    )
    from fragcheck.store import default_store

    options = analysis_options(
        tradition=tradition, lang=lang, password=password, max_pages=max_pages, timeout=timeout, no_ocr=no_ocr
    )
    paths: list[Path] = [resolve_input(name) for name in (old, new, *(against or ()))]
    store = default_store()
    with progress_bar(is_quiet=quiet) as on_progress:
        outcomes = analyse_files(paths, options, store=store, on_progress=on_progress)
        for outcome in outcomes:
            if outcome.error is not None:
                raise outcome.error
        first, second, *others = (outcome.analysis for outcome in outcomes if outcome.analysis is not None)
        if format_ == "json":
            write_bytes(write_json(redline_json(first, second, others, store=store)).encode(), output)
    if format_ == "csv":
        rows = redline_rows(redline_versions(first, second))
        joined = ({**row, "old": ";".join(row["old"]), "new": ";".join(row["new"])} for row in rows)
        write_csv(
            redline_columns(), ({name: row[name] for name in redline_columns()} for row in joined), output
        )
    is_unread = False
    for path, analysis in zip(paths, (first, second, *others), strict=True):
        notices = dict.fromkeys((*analysis.document.warnings, *analysis.segmentation.warnings))
        warn_notices(path.name, notices, is_quiet=quiet)
        is_unread = is_unread or bool(analysis.document.unread_pages)
    if is_unread:
        raise typer.Exit(1)
