"""``fragcheck import crosswalk``: a crosswalk of others beside our own."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from fragcheck.cli.console import progress_bar, warn, write_csv, write_jsonl
from fragcheck.cli.options import (
    LanguageOption,
    NoOcrOption,
    PasswordOption,
    QuietOption,
    TimeoutOption,
    TraditionOption,
    analysis_options,
    refuse_format,
)

__all__ = ["app", "crosswalk"]

app = typer.Typer(
    help="Crosswalks that others made, beside our own.", no_args_is_help=True, rich_markup_mode="markdown"
)
_MEASURED = (
    "cut", "limit", "n_theirs", "n_ours", "n_both", "precision", "recall", "f1", "n_relations",
    "same_relation", "kappa",
)  # fmt: skip
_PAIRS = ("left", "right", "found", "their_relation", "our_relation", "probability", "rank")
_SHOWN = 5


@app.callback()
def _group() -> None:
    """Crosswalks that others made, beside our own."""


@app.command()
def crosswalk(
    mapping: Annotated[
        Path,
        typer.Argument(
            help="SSSOM (TSV), OLIR or a table left_id,right_id (CSV), OSCAL mapping (JSON), "
            "CISO Assistant mapping (YAML)."
        ),
    ],
    left: Annotated[str, typer.Argument(help="The document that its left, source or focal ids are of.")],
    right: Annotated[str, typer.Argument(help="The document of the other ids.")],
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Print every pair and who has it, not the table of agreement.")
    ] = False,
    top: Annotated[int, typer.Option("--top", min=1, help="Candidates per provision of LEFT.")] = 10,
    format_: Annotated[str, typer.Option("--format", "-f", help="csv or jsonl.")] = "csv",
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    password: PasswordOption = None,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    quiet: QuietOption = False,
) -> None:
    """Hold a crosswalk of yours against ours: precision, recall and relations, by probability and by rank.

    Theirs counts as right, on the provisions that it speaks of. LEFT and RIGHT are read as in `align`: a
    law as PDF, own controls as OSCAL catalog, CISO Assistant framework or table.

    Example: `fragcheck import crosswalk mapping.csv controls.csv act.pdf`;
    what they miss: `fragcheck import crosswalk mapping.csv controls.csv act.pdf --pairs`
    """
    refuse_format(format_, ("csv", "jsonl"), ())
    from fragcheck.exchange import read_mapping
    from fragcheck.pipeline import align_analyses, analyse_files, check_crosswalk, resolve_input
    from fragcheck.store import default_store

    given = read_mapping(mapping)
    options = analysis_options(
        tradition=tradition, lang=lang, password=password, max_pages=1500, timeout=timeout, no_ocr=no_ocr
    )
    with progress_bar(is_quiet=quiet) as on_progress:
        outcomes = analyse_files(
            [resolve_input(left), resolve_input(right)],
            options,
            store=default_store(),
            on_progress=on_progress,
        )
        sides = []
        for outcome in outcomes:
            if outcome.analysis is None:
                assert outcome.error is not None  # noqa: S101 - an outcome holds an analysis or an error
                raise outcome.error
            sides.append(outcome.analysis)
        rows = list(align_analyses(*sides, top=top, on_progress=on_progress))
    check = check_crosswalk(given, sides[0].segmentation, sides[1].segmentation, rows)
    found = [_plain(dataclasses.asdict(row)) for row in (check.pairs if pairs else check.measured)]
    if format_ == "csv":
        write_csv(_PAIRS if pairs else _MEASURED, found)
    else:
        write_jsonl(found)
    if not quiet:
        _warn_unknown(left, check.unknown_left)
        _warn_unknown(right, check.unknown_right)


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()}


def _warn_unknown(document: str, ids: tuple[str, ...]) -> None:
    if ids:
        named = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
        warn(f"{document}: {len(ids)} ids of the crosswalk name no provision of it and are left out: {named}")
