"""``fragcheck align``: the counterparts of each provision of one document in another."""

from __future__ import annotations

from typing import Annotated

import typer

from fragcheck.cli.console import progress_bar, warn_notices, write_bytes, write_csv, write_jsonl
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

__all__ = ["align"]

_COLUMNS = ("left_id", "right_id", "rank", "score", "probability", "relation", "differs")


def align(
    left: Annotated[
        str,
        typer.Argument(
            help="PDF, DOCX, HTML, Akoma Ntoso, text, CSV or XLSX file, or the id of a catalogue entry."
        ),
    ],
    right: Annotated[str, typer.Argument(help="The document to look for counterparts in.")],
    top: Annotated[int, typer.Option("--top", min=1, help="Candidates per provision of LEFT.")] = 10,
    format_: Annotated[
        str,
        typer.Option("--format", "-f", help="csv, jsonl; sssom, oscal, olir, ciso-assistant."),
    ] = "csv",
    output: OutputOption = None,
    min_probability: Annotated[
        float,
        typer.Option("--min-probability", min=0, max=1, help="Least probability in a crosswalk."),
    ] = 0.5,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    password: PasswordOption = None,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print the counterparts of each provision of LEFT in RIGHT, best first.

    The row of rank 0 holds the probability that the provision has no counterpart.

    Example: `fragcheck align act.pdf standard.pdf --top 5 -o counterparts.csv`;
    as a crosswalk: `fragcheck align act.pdf controls.yaml --format ciso-assistant -o mapping.yaml`
    """
    refuse_format(format_, ("csv", "jsonl", "sssom", "oscal", "olir", "ciso-assistant"), ())
    from fragcheck.pipeline import align_analyses, analyse_files, crosswalk_of, crosswalk_text, resolve_input
    from fragcheck.store import default_store

    options = analysis_options(
        tradition=tradition,
        lang=lang,
        password=password,
        max_pages=max_pages,
        timeout=timeout,
        no_ocr=no_ocr,
    )
    paths = [resolve_input(left), resolve_input(right)]
    with progress_bar(is_quiet=quiet) as on_progress:
        outcomes = analyse_files(paths, options, store=default_store(), on_progress=on_progress)
        for outcome in outcomes:
            if outcome.error is not None:
                raise outcome.error
        first, second = (outcome.analysis for outcome in outcomes)
        assert first is not None  # noqa: S101 - an outcome holds an analysis or an error
        assert second is not None  # noqa: S101
        found = list(align_analyses(first, second, top=top, on_progress=on_progress))
    rows = [row.as_dict() for row in found]
    if format_ == "csv":
        write_csv(_COLUMNS, ({**row, "differs": ";".join(row["differs"])} for row in rows), output)
    elif format_ == "jsonl":
        write_jsonl(rows, output)
    else:
        crosswalk = crosswalk_of(first, second, found, min_probability=min_probability)
        write_bytes(crosswalk_text(crosswalk, format_).encode(), output)
    for path, analysis in zip(paths, (first, second), strict=True):
        notices = dict.fromkeys((*analysis.document.warnings, *analysis.segmentation.warnings))
        warn_notices(path.name, notices, is_quiet=quiet)
    if first.document.unread_pages or second.document.unread_pages:
        raise typer.Exit(1)
