"""Options that several commands share, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.errors import InputError

if TYPE_CHECKING:
    from fragcheck.pipeline import AnalysisOptions

__all__ = [
    "AsOfOption",
    "CorrectionsOption",
    "LanguageOption",
    "MaxPagesOption",
    "ModelOption",
    "NoOcrOption",
    "OutputOption",
    "PasswordOption",
    "QuietOption",
    "RoleOption",
    "SectorOption",
    "SeedOption",
    "TaxonomyOption",
    "TerritoryOption",
    "TierOption",
    "TimeoutOption",
    "TraditionOption",
    "analysis_options",
    "refuse_format",
]

TraditionOption = Annotated[
    str | None,
    typer.Option(
        "--tradition",
        help="Force the drafting tradition: eu, us, commonwealth, east_asian, civil_law, standard, plain.",
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", help="Force the language (ISO 639-1, e.g. en).")
]
TaxonomyOption = Annotated[
    Path | None, typer.Option("--taxonomy", help="Taxonomy file of your own instead of the six principles.")
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="Folder of a tagging model that `fragcheck train` wrote.")
]
PasswordOption = Annotated[
    str | None, typer.Option("--password", envvar="FRAGCHECK_PASSWORD", help="Password of encrypted PDFs.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of the intervals.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no warnings.")]
MaxPagesOption = Annotated[int, typer.Option("--max-pages", min=1, help="Refuse PDFs with more pages.")]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout",
        min=1,
        help="Seconds allowed for reading one file; OCR gets six tenths of them.",
    ),
]
CorrectionsOption = Annotated[
    list[Path] | None,
    typer.Option("--corrections", help="File of corrections by hand, from the app; can be given repeatedly."),
]
NoOcrOption = Annotated[bool, typer.Option("--no-ocr", help="Leave pages without text unread.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; standard output if not given.")
]


AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="A day (YYYY-MM-DD): leave out what does not apply on it.", metavar="DATE"),
]
RoleOption = Annotated[
    str | None, typer.Option("--role", help="Whose duties: deployer, supplier, importer, … (roles lexicon).")
]
SectorOption = Annotated[
    str | None,
    typer.Option(
        "--sector",
        help="Leave out what names other sectors only: employment, education, health, finance, "
        "law_enforcement, justice, migration, critical_infrastructure.",
    ),
]
TierOption = Annotated[
    str | None,
    typer.Option(
        "--tier", help="Leave out what names other classes of risk only: prohibited, high, general_purpose."
    ),
]
TerritoryOption = Annotated[
    str | None,
    typer.Option(
        "--territory",
        help='Leave out documents that do not bind there: "Germany", "United States: Colorado".',
    ),
]


def analysis_options(
    *,
    tradition: str | None,
    lang: str | None,
    password: str | None,
    max_pages: int,
    timeout: float,
    no_ocr: bool,
    taxonomy: Path | None = None,
    model: Path | None = None,
) -> AnalysisOptions:
    """What the options of the command line ask of the pipeline."""
    from fragcheck.pipeline import AnalysisOptions

    return AnalysisOptions(
        tradition=tradition,
        language=lang,
        password=password,
        ocr="never" if no_ocr else "auto",
        max_pages=max_pages,
        timeout_s=timeout,
        taxonomy=None if taxonomy is None else str(taxonomy),
        model=None if model is None else str(model),
    )


def refuse_format(name: str, built: tuple[str, ...], planned: tuple[str, ...]) -> None:
    """Raise `InputError` unless `name` is a format that is built.

    Raises
    ------
    InputError
        Names the formats that can be asked for.
    """
    if name in built:
        return
    reason = "is not built yet" if name in planned else "is unknown"
    raise InputError(f"--format {name} {reason}; this version writes {', '.join(built)}")
