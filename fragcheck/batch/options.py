"""What a batch is asked to do, what it reports on the way, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import InputError
from fragcheck.pipeline import AnalysisOptions

__all__ = ["BatchOptions", "BatchProgress", "BatchStage", "BatchSummary", "OnBatchProgress"]

BatchStage = Literal["documents", "screen", "pairs", "tables"]


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is done.

    Parameters
    ----------
    analysis : AnalysisOptions
        How files are read; a row of a manifest may set tradition and language for its own file.
    settings : DivergenceSettings or None
        Of the full comparisons; None: as they come with the package.
    seed : int
        Of their intervals.
    full : {"none", "all", "top", "list"}
        Which pairs are compared in full, besides the screen of all of them.
    top : int
        With ``full="top"``: the pairs that the screen finds most alike.
    pairs : tuple of (str, str)
        With ``full="list"``: document ids, or paths as the source gives them.
    block_units : int
        Units of a block of the screen; memory grows with it, results do not depend on it.
    """

    analysis: AnalysisOptions = field(default_factory=AnalysisOptions)
    settings: DivergenceSettings | None = None
    seed: int = 0
    full: Literal["none", "all", "top", "list"] = "none"
    top: int = 0
    pairs: tuple[tuple[str, str], ...] = ()
    block_units: int = 4096

    def __post_init__(self) -> None:
        if self.block_units < 1:
            raise InputError(f"blocks of at least 1 unit are wanted, {self.block_units} came")
        if self.full == "top" and self.top < 1:
            raise InputError(f"--full wants at least 1 pair, {self.top} came; give all, a number or a file")


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Where a batch is: `done` of `total` steps of `stage`, `seconds` after the stage began."""

    stage: BatchStage
    done: int
    total: int
    seconds: float
    failures: int = 0

    @property
    def rate(self) -> float:
        """Steps a second; 0 before the first."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left at this rate; None before the first step."""
        return (self.total - self.done) / self.rate if self.rate else None


OnBatchProgress = Callable[[BatchProgress], None]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a finished batch holds.

    `output` is a URL where the tables were copied to one. `failed` are lines for the user, one per file
    that could not be read and per pair that could not be compared; `n_unread_pages` counts pages without
    text in the documents that were read.
    """

    output: Path | str
    n_documents: int
    n_pairs: int
    n_full: int
    n_unread_pages: int
    failed: tuple[str, ...]
