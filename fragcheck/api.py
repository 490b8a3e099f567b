"""The verbs of the package: parse, analyse, match, compare two or a few documents; survey many.

The first four take files (or ids of catalogue entries whose copies were fetched) or what an earlier verb
returned, so that nothing is read twice. ``fragcheck.parse`` and the others are these functions.
The names ``annotate`` and ``align`` belong to the rooms of the package. Figures stand in `fragcheck.figures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from fragcheck.diverge import DivergenceSettings
from fragcheck.pipeline import (
    AlignedRow,
    AnalysisOptions,
    align_analyses,
    analyse_file,
    compare_analyses,
    read_and_segment,
    resolve_input,
)
from fragcheck.records import Analysis, Comparison, Segmentation
from fragcheck.store import ArtefactStore, default_store

if TYPE_CHECKING:
    from fragcheck.batch import BatchOptions, Tables

__all__ = ["Source", "analyse", "compare", "match", "parse", "survey", "tables"]

#: A file, the id of a catalogue entry, or a document that was analysed already.
Source = str | PathLike[str] | Analysis


def parse(source: str | PathLike[str], options: AnalysisOptions | None = None) -> Segmentation:
    """Return the provisions of a document.

    Parameters
    ----------
    source : str or path
        PDF, CSV or XLSX file, or id of a catalogue entry.
    options : AnalysisOptions, optional
        Tradition, language, password, OCR and limits.

    Raises
    ------
    FragcheckError
        Where the file cannot be read; see `fragcheck.errors`.
    """
    return read_and_segment(resolve_input(fspath(source)), options)[1]


def analyse(
    source: Source, options: AnalysisOptions | None = None, *, store: ArtefactStore | None = None
) -> Analysis:
    """Return a document with its provisions, requirements, parameters, definitions and tags.

    Parameters
    ----------
    source : str, path or Analysis
        An analysis comes back as it is.
    options : AnalysisOptions, optional
    store : ArtefactStore, optional
        Where finished analyses are kept and found again.

    Raises
    ------
    FragcheckError
        Where the file cannot be read; see `fragcheck.errors`.
    """
    if isinstance(source, Analysis):
        return source
    return analyse_file(resolve_input(fspath(source)), options, store=store)


def match(left: Source, right: Source, *, top: int = 10) -> tuple[AlignedRow, ...]:
    """Return the counterparts of each provision of `left` in `right`, best first.

    Returns
    -------
    tuple of AlignedRow
        Per left provision a row of rank 0 with the probability that it has no counterpart, then at
        most `top` candidates with score, calibrated probability and relation.

    Raises
    ------
    FragcheckError
        Where a file cannot be read.
    """
    return tuple(align_analyses(analyse(left), analyse(right), top=top))


def compare(
    *sources: Source,
    weights: DivergenceSettings | None = None,
    reference: int | None = None,
    seed: int = 0,
    store: ArtefactStore | None = None,
) -> Comparison:
    """Return the comparison of all pairs of at least two documents.

    Parameters
    ----------
    *sources : str, path or Analysis
    weights : DivergenceSettings, optional
        Weights and thresholds; `fragcheck.pipeline.reweigh` changes them afterwards.
    reference : int, optional
        Position of the document that all others are compared with.
    seed : int
        Of the intervals.
    store : ArtefactStore, optional

    Returns
    -------
    Comparison
        `fragcheck.pipeline.comparison_json` gives it as plain values.

    Raises
    ------
    ComparisonError
        For fewer than two documents.
    FragcheckError
        Where a file cannot be read.
    """
    analyses: Sequence[Analysis] = [analyse(source, store=store) for source in sources]
    return compare_analyses(analyses, weights, store=store, reference=reference, seed=seed)


def survey(
    source: str | PathLike[str],
    output: str | PathLike[str],
    options: BatchOptions | None = None,
    *,
    jobs: int = 1,
    store: ArtefactStore | None = None,
) -> Tables:
    """Read many documents, screen all their pairs, compare those asked for, and return the tables.

    The command ``fragcheck batch``, from Python. Where `output` holds this survey already, whole or broken
    off, only what is missing is done.

    Parameters
    ----------
    source : str or path
        A folder, a manifest, or ``catalogue:WORDS``; see `fragcheck.batch.read_source`.
    output : str or path
        Folder for the tables, or an fsspec URL that they are copied to.
    options : BatchOptions, optional
        ``BatchOptions(full="all")`` compares all pairs in full.
    jobs : int
        Processes; 1 stays in this one. In a script more than one want ``if __name__ == "__main__":``.
    store : ArtefactStore, optional
        Where finished analyses are kept and found again; by default that of the command line.

    Raises
    ------
    InputError
        Where no document can be read, or `output` holds something else.
    """
    from fragcheck.batch import (
        BatchOptions,
        ProcessEngine,
        SerialEngine,
        open_tables,
        read_source,
        run_batch_at,
    )
    from fragcheck.batch.placing import local_output

    artefacts = (store or default_store()).root
    with SerialEngine() if jobs == 1 else ProcessEngine(jobs) as engine:
        run_batch_at(
            read_source(fspath(source), artefacts / "copies"),
            fspath(output),
            options or BatchOptions(),
            engine,
            artefacts,
            is_resumed=True,
        )
    return open_tables(local_output(fspath(output), artefacts))


def tables(output: str | PathLike[str]) -> Tables:
    """Return the tables of a finished batch or survey; each is read when it is asked for.

    Raises
    ------
    InputError
        Where there are none.
    """
    from fragcheck.batch import open_tables

    return open_tables(Path(output))
