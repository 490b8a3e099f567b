"""``fragcheck parse`` and ``fragcheck annotate``: provisions of one document."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer

from fragcheck.cli.console import progress_bar, warn_notices, write_bytes, write_csv, write_jsonl
from fragcheck.cli.options import (
    CorrectionsOption,
    LanguageOption,
    MaxPagesOption,
    ModelOption,
    NoOcrOption,
    OutputOption,
    PasswordOption,
    QuietOption,
    TaxonomyOption,
    TimeoutOption,
    TraditionOption,
    analysis_options,
    refuse_format,
)
from fragcheck.records import Analysis, Document, Segmentation

__all__ = ["annotate", "parse"]

FileArgument = Annotated[
    str,
    typer.Argument(
        help="PDF, DOCX, HTML, Akoma Ntoso, text, CSV or XLSX file, or the id of a catalogue entry."
    ),
]
FormatOption = Annotated[str, typer.Option("--format", "-f", help="jsonl or csv.")]
ParseFormatOption = Annotated[
    str,
    typer.Option("--format", "-f", help="jsonl, csv, akn (Akoma Ntoso XML), oscal or ciso-assistant."),
]


def parse(
    file: FileArgument,
    format_: ParseFormatOption = "jsonl",
    output: OutputOption = None,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    password: PasswordOption = None,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    corrections: CorrectionsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the provisions of a document, one a line, as Akoma Ntoso, or as a control catalogue.

    Example: `fragcheck parse act.pdf --format csv -o act.csv`
    """
    refuse_format(format_, ("jsonl", "csv", "akn", "oscal", "ciso-assistant"), ())
    from fragcheck.pipeline import (
        CATALOGS,
        akoma_ntoso,
        given_corrections,
        provision_csv_row,
        provision_row,
        provisions_text,
        read_and_segment,
        resolve_input,
    )

    options = analysis_options(
        tradition=tradition,
        lang=lang,
        password=password,
        max_pages=max_pages,
        timeout=timeout,
        no_ocr=no_ocr,
    )
    path = resolve_input(file)
    by_hand = given_corrections(corrections or ())
    document, segmentation = read_and_segment(path, options, corrections=by_hand)
    if format_ == "csv":
        rows = [provision_csv_row(provision) for provision in segmentation.provisions]
        write_csv(list(rows[0]) if rows else ["eid"], rows, output)
    elif format_ == "akn":
        write_bytes(akoma_ntoso(document, segmentation), output)
    elif format_ in CATALOGS:
        write_bytes(provisions_text(document, segmentation, format_).encode(), output)
    else:
        write_jsonl((provision_row(provision) for provision in segmentation.provisions), output)
    _finish(path.name, document, segmentation, is_quiet=quiet)


def annotate(
    file: FileArgument,
    format_: FormatOption = "jsonl",
    output: OutputOption = None,
    tradition: TraditionOption = None,
    lang: LanguageOption = None,
    taxonomy: TaxonomyOption = None,
    model: ModelOption = None,
    password: PasswordOption = None,
    max_pages: MaxPagesOption = 1500,
    timeout: TimeoutOption = 50.0,
    no_ocr: NoOcrOption = False,
    corrections: CorrectionsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the provisions of a document with their requirements, parameters, tags and references.

    Example: `fragcheck annotate act.pdf --format csv -o tags.csv`
    """
    refuse_format(format_, ("jsonl", "csv"), ())
    from fragcheck.pipeline import analyse_files, given_corrections, resolve_input

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
    path = resolve_input(file)
    by_hand = given_corrections(corrections or ())
    with progress_bar(is_quiet=quiet) as on_progress:
        (outcome,) = analyse_files([path], options, on_progress=on_progress, corrections=by_hand)
    if outcome.analysis is None:
        assert outcome.error is not None  # noqa: S101 - an outcome holds one of the two
        raise outcome.error
    analysis = outcome.analysis
    _write_annotations(analysis, format_, output)
    _finish(path.name, analysis.document, analysis.segmentation, is_quiet=quiet)


def _write_annotations(analysis: Analysis, format_: str, output: Path | None) -> None:
    from fragcheck.pipeline import annotation_columns, annotation_csv_row, annotation_row

    provisions = analysis.segmentation.provisions
    if format_ == "csv":
        columns = annotation_columns(analysis.annotations[0]) if analysis.annotations else ["eid"]
        write_csv(columns, map(annotation_csv_row, provisions, analysis.annotations), output)
    else:
        references = defaultdict(list)
        for reference in analysis.references:
            references[reference.eid].append(reference)
        pairs = zip(provisions, analysis.annotations, strict=True)
        rows = (
            annotation_row(provision, annotation, references[provision.eid])
            for provision, annotation in pairs
        )
        write_jsonl(rows, output)


def _finish(label: str, document: Document, segmentation: Segmentation, *, is_quiet: bool) -> None:
    """Tell what was odd, and exit with 1 where pages were left unread."""
    warn_notices(label, dict.fromkeys((*document.warnings, *segmentation.warnings)), is_quiet=is_quiet)
    if document.unread_pages:
        raise typer.Exit(1)
