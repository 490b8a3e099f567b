"""``fragcheck compare``: divergence of all pairs of documents."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.cli.console import progress_bar, warn, warn_notices, write_bytes, write_json
from fragcheck.cli.options import (
    AsOfOption,
    CorrectionsOption,
    LanguageOption,
    MaxPagesOption,
    ModelOption,
    NoOcrOption,
    PasswordOption,
    QuietOption,
    RoleOption,
    SectorOption,
    SeedOption,
    TaxonomyOption,
    TerritoryOption,
    TierOption,
    TimeoutOption,
    TraditionOption,
    analysis_options,
    refuse_format,
)
from fragcheck.errors import ComparisonError, InputError, StoreError

if TYPE_CHECKING:
    from fragcheck.diverge import DivergenceSettings
    from fragcheck.pipeline import AnalysisOptions, Outcome
    from fragcheck.records import ApplicabilityProfile, Comparison

__all__ = ["compare"]

_ARCHIVES = ("csv", "parquet")
_BINARY = ("xlsx", "pdf", *_ARCHIVES)
_FORMATS = ("json", "table", "html", *_BINARY)


def compare(
    files: Annotated[list[str], typer.Argument(help="Two or more files or catalogue ids.")],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="json; table to read; a report: xlsx, html, pdf, csv, parquet. "
            "If not given: the table on a terminal, else json.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="File to write; standard output if not given. For csv and parquet a name.zip, or a folder.",
        ),
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", help="One of the FILEs: compare all others with it only.")
    ] = None,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="TOML file with weights of the divergence.")
    ] = None,
    as_of: AsOfOption = None,
    role: RoleOption = None,
    sector: SectorOption = None,
    tier: TierOption = None,
    territory: TerritoryOption = None,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    taxonomy: TaxonomyOption = None,
    model: ModelOption = None,
    password: PasswordOption = None,
    seed: SeedOption = 0,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    corrections: CorrectionsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the divergence of all pairs of documents, per principle, with matches and gaps.

    Example: `fragcheck compare eu.pdf colorado.pdf korea.pdf -o result.json`;
    to read at once: `fragcheck compare eu.pdf colorado.pdf`;
    for a spreadsheet: `fragcheck compare eu.pdf colorado.pdf --format xlsx -o result.xlsx`;
    for statistics: `fragcheck compare eu.pdf colorado.pdf --format parquet -o tables/`
    """
    format_ = format_ or _fitting_format(output)
    refuse_format(format_, _FORMATS, ())
    _check_documents(files, reference)
    _check_output(format_, output)
    from fragcheck.diverge import DivergenceSettings
    from fragcheck.pipeline import check_report, checked_profile
    from fragcheck.records import ApplicabilityProfile

    check_report(format_)
    profile = checked_profile(
        ApplicabilityProfile(role or "", sector or "", tier or "", territory or "", as_of or "")
    )

    settings = DivergenceSettings.default() if weights is None else DivergenceSettings.from_toml(weights)
    options = analysis_options(
        tradition=tradition,
        lang=lang,
        password=password,
        max_pages=max_pages,
        timeout=timeout,
        no_ocr=no_ocr,
        taxonomy=taxonomy,
        model=model,
    )
    place = None if reference is None else files.index(reference)
    outcomes, comparison = _run(
        files, options, settings, seed=seed, reference=place, corrections=corrections or (), is_quiet=quiet
    )
    comparison = _narrowed(comparison, profile, is_quiet=quiet)
    content = _content(comparison, format_)
    if format_ in _ARCHIVES and output is not None and output.suffix != ".zip":
        _write_folder(content, output)
    else:
        write_bytes(content, output)
    if not quiet:
        for notice in comparison.warnings:
            warn(notice.message)
    _finish(outcomes, is_quiet=quiet)


def _narrowed(comparison: Comparison, profile: ApplicabilityProfile, *, is_quiet: bool) -> Comparison:
    """What concerns the reader; how much that is of each document is told."""
    from fragcheck.pipeline import apply_profile

    found = apply_profile(comparison, profile)
    if found.applicability is None:
        return comparison
    titles = {
        one: Path(analysis.document.path).name
        for one, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }
    for count in () if is_quiet else found.applicability.counts:
        unknown = ", ".join(f"{ground.value} not told for {n}" for ground, n in count.unknown if n)
        warn(
            f"{titles[count.document_id]}: {count.n_kept} of {count.n_all} requirements and definitions apply"
            + (f" ({unknown}, kept)" if unknown else "")
        )
    if not found.pairs:
        raise ComparisonError(
            "fewer than two documents hold anything for this reader: "
            "take away one of --as-of, --role, --sector, --tier, --territory"
        )
    return found


def _check_documents(files: Sequence[str], reference: str | None) -> None:
    if len(files) < 2:
        raise ComparisonError(
            f"compare wants at least two documents, one came ({files[0]}); name another file"
        )
    if reference is not None and reference not in files:
        raise InputError(
            f"--reference {reference} is none of the documents; give it as it is written among them"
        )


def _run(
    files: Sequence[str],
    options: AnalysisOptions,
    settings: DivergenceSettings,
    *,
    seed: int,
    reference: int | None,
    corrections: Sequence[Path],
    is_quiet: bool,
) -> tuple[Sequence[Outcome], Comparison]:
    """Read the documents and compare those that could be read; `reference` is a place in `files`."""
    from fragcheck.pipeline import analyse_files, compare_analyses, given_corrections, resolve_input
    from fragcheck.store import default_store

    paths = [resolve_input(name) for name in files]
    store, by_hand = default_store(), given_corrections(corrections)
    with progress_bar(is_quiet=is_quiet) as on_progress:
        outcomes = analyse_files(paths, options, store=store, on_progress=on_progress, corrections=by_hand)
        kept = _readable(outcomes, reference)
        comparison = compare_analyses(
            [outcome.analysis for outcome in kept if outcome.analysis is not None],
            settings,
            store=store,
            on_progress=on_progress,
            seed=seed,
            reference=None if reference is None else kept.index(outcomes[reference]),
            options=options,
        )
    return outcomes, comparison


def _readable(outcomes: Sequence[Outcome], reference: int | None) -> list[Outcome]:
    """The outcomes that can be compared; the others are told, one line each."""
    kept = [outcome for outcome in outcomes if outcome.analysis is not None]
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    if len(kept) < 2 or (reference is not None and outcomes[reference].error is not None):
        for outcome in failed[:-1]:
            warn(str(outcome.error))
        read = f"{len(kept)} of {len(outcomes)} documents were read"
        message = f"{failed[-1].error} - nothing is left to compare: {read}"
        raise ComparisonError(message)
    for outcome in failed:
        warn(f"{outcome.error} - left out, the others are compared")
    return kept


def _fitting_format(output: Path | None) -> str:
    """The table for a reader at a terminal, whom megabytes of JSON would tell nothing; else JSON."""
    return "table" if output is None and sys.stdout.isatty() else "json"


def _check_output(format_: str, output: Path | None) -> None:
    """A workbook or a paper on a terminal is noise; it may still be piped."""
    if format_ in _BINARY and output is None and sys.stdout.isatty():
        ending = "zip" if format_ in _ARCHIVES else format_
        raise InputError(f"--format {format_} writes a file: name it with -o, as in `-o report.{ending}`")


def _content(comparison: Comparison, format_: str) -> bytes:
    from fragcheck.pipeline import comparison_json, comparison_report, comparison_table
    from fragcheck.store import default_store

    if format_ == "json":
        return write_json(comparison_json(comparison, default_store())).encode()
    return (
        comparison_table(comparison).encode()
        if format_ == "table"
        else comparison_report(comparison, format_)
    )


def _write_folder(archive: bytes, folder: Path) -> None:
    """The files of an archive that this program made, in a folder; files of other names there stay."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            opened.extractall(folder)
    except OSError as error:
        raise StoreError(f"{folder}: the tables cannot be written there ({error.strerror})") from error


def _finish(outcomes: Sequence[Outcome], *, is_quiet: bool) -> None:
    """Tell what was odd in each document; exit with 1 where a file or a page was left unread."""
    is_unread = False
    for outcome in outcomes:
        if outcome.analysis is None:
            is_unread = True
            continue
        document, segmentation = outcome.analysis.document, outcome.analysis.segmentation
        warn_notices(
            outcome.label, dict.fromkeys((*document.warnings, *segmentation.warnings)), is_quiet=is_quiet
        )
        is_unread = is_unread or bool(document.unread_pages)
    if is_unread:
        raise typer.Exit(1)
