"""What a run is asked to do, what it reports on the way, and how each file ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fragcheck.errors import FragcheckError
from fragcheck.records import Analysis, Corrections

__all__ = [
    "AnalysisOptions",
    "Cancelled",
    "FindCorrections",
    "IsCancelled",
    "OnProgress",
    "Outcome",
    "Progress",
]

Stage = Literal["read", "segment", "annotate", "align", "compare"]


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """How files are read, segmented and annotated.

    Parameters
    ----------
    tradition, language : str or None
        Forced drafting tradition and ISO 639-1 language; None detects them.
    password : str or None
        Password of encrypted PDFs.
    ocr : {"auto", "never"}
        Whether pages without text go to Tesseract where it is installed.
    max_pages : int
        PDFs with more pages are refused.
    timeout_s : float
        Seconds of wall-clock time allowed for reading one file; see `fragcheck.pdf.ReadOptions`.
    taxonomy : str or None
        Path of a taxonomy of the user's, which takes the place of the principles.
    model : str or None
        Folder of a tagging model that ``fragcheck train`` wrote, in place of the one in the package.
    """

    tradition: str | None = None
    language: str | None = None
    password: str | None = None
    ocr: Literal["auto", "never"] = "auto"
    max_pages: int = 1500
    timeout_s: float = 50.0
    taxonomy: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a run: `done` of `total` steps of `stage`; `label` names what it works on."""

    stage: Stage
    done: int
    total: int
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended: with an analysis or with an error, never with both.

    `seconds` is wall-clock time; `from_cache` is True where the artefact was at hand.
    """

    path: Path
    label: str
    analysis: Analysis | None
    error: FragcheckError | None
    seconds: float
    from_cache: bool


class Cancelled(FragcheckError):
    """The run was stopped on request; what was finished is kept."""


OnProgress = Callable[[Progress], None]
IsCancelled = Callable[[], bool]
#: The corrections by hand of the document with that id.
FindCorrections = Callable[[str], Corrections]
