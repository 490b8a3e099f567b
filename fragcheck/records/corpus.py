"""What is known about a set of documents as a whole."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CorpusSummary", "PrincipleSummary"]


@dataclass(frozen=True, slots=True)
class PrincipleSummary:
    """Divergence of a set of documents on one principle (or ``overall``).

    Parameters
    ----------
    principle : str
    matrix : tuple of tuple of (float or None)
        D of each pair in the order of the documents; 0 on the diagonal, None where both are silent.
    order : tuple of str
        Document ids in the order of an average-linkage clustering: alike ones stand together.
    fragmentation, low, high : float or None
        Mean D over the pairs that have a value, with its interval; None where none has.
    n_pairs : int
        Pairs behind the mean.
    """

    principle: str
    matrix: tuple[tuple[float | None, ...], ...]
    order: tuple[str, ...]
    fragmentation: float | None
    low: float | None
    high: float | None
    n_pairs: int


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """A set of documents: divergence per principle, and what they have in common.

    Parameters
    ----------
    document_ids : tuple of str
    principles : tuple of PrincipleSummary
        ``overall`` first.
    common_core : tuple of (str, int)
        Per document, how many of its requirements have a counterpart in every other one.
    n_common_core : int
        The least of them: a rule that one document splits counts as the others count it.
    """

    document_ids: tuple[str, ...]
    principles: tuple[PrincipleSummary, ...]
    common_core: tuple[tuple[str, int], ...]
    n_common_core: int
