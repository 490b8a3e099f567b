"""What is known about a set of documents as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Bloc",
    "Change",
    "ChangeKind",
    "Concentration",
    "CorpusSummary",
    "CoverageProfile",
    "Force",
    "HarmonisationPath",
    "PrincipleSummary",
    "ReferenceRank",
]


class Force(StrEnum):
    """Whether a document is law or guidance, or not in force: what is set beside what in one index."""

    BINDING = "binding"
    NON_BINDING = "non_binding"
    NOT_IN_FORCE = "not_in_force"
    UNKNOWN = "unknown"


class ChangeKind(StrEnum):
    """What a document does on a harmonisation path."""

    ADOPT = "adopt"
    CONFORM = "conform"


@dataclass(frozen=True, slots=True)
class Bloc:
    """Documents that stand together.

    Parameters
    ----------
    documents : tuple of str
    stability : float or None
        Mean Jaccard index with the most similar bloc of redrawn corpora, in [0, 1]; None
        without draws.
    silhouette : float
        Mean silhouette width of the whole cut, in (0, 1].
    """

    documents: tuple[str, ...]
    stability: float | None
    silhouette: float


@dataclass(frozen=True, slots=True)
class CoverageProfile:
    """How many of a document's requirements bear a principle or control point.

    `share` counts those whose tag is on, `weighted_share` adds up their probabilities; both in [0, 1].
    """

    document_id: str
    principle: str
    n_requirements: int
    n_all: int
    share: float
    weighted_share: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """Who regulates how much: the Herfindahl-Hirschman index over documents, and 1 - HHI.

    None where no document bears the principle. It is no divergence.
    """

    principle: str
    hhi: float | None
    one_minus_hhi: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """A step of a harmonisation path.

    ``adopt``: `document_id` takes over a requirement of `source_id` that it has no counterpart of.
    ``conform``: its own requirement `replaced_eid` takes the content of its counterpart in `source_id`.

    Parameters
    ----------
    mean_before, mean_after : float
        Mean D of the pairs before and after the step.
    """

    kind: ChangeKind
    document_id: str
    source_id: str
    source_eid: str
    source_key: str
    replaced_eid: str
    replaced_key: str
    mean_before: float
    mean_after: float


@dataclass(frozen=True, slots=True)
class HarmonisationPath:
    """Which changes reduce the mean divergence most.

    `is_exact` is True where every set of as many changes was tried, False for a greedy path.
    `mean_start` is None where no pair has a value.
    """

    principle: str
    is_exact: bool
    mean_start: float | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReferenceRank:
    """A document beside the reference, the closest first."""

    document_id: str
    value: float | None
    low: float | None
    high: float | None
    satisfies_reference: float | None
    satisfied_by_reference: float | None


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
        Mean D over the pairs of one force (law with law, guidance with guidance) that have a value,
        with its interval; None where none has.
    n_pairs : int
        Pairs behind the mean.
    sampling_low, sampling_high : float or None
        Interval of the mean under a bootstrap over articles.
    fragmentation_all : float or None
        Mean D over all pairs, law and guidance mixed.
    n_pairs_all : int
    blocs : tuple of Bloc
    """

    principle: str
    matrix: tuple[tuple[float | None, ...], ...]
    order: tuple[str, ...]
    fragmentation: float | None
    low: float | None
    high: float | None
    n_pairs: int
    sampling_low: float | None = None
    sampling_high: float | None = None
    fragmentation_all: float | None = None
    n_pairs_all: int = 0
    blocs: tuple[Bloc, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """A set of documents: divergence per principle, and what they have in common.

    Parameters
    ----------
    document_ids : tuple of str
    principles : tuple of PrincipleSummary
        ``overall`` first.
    common_core : tuple of (str, int)
        Per document that was compared with every other one, how many of its requirements have a
        counterpart in each of them.
    n_common_core : int
        The least of them: a rule that one document splits counts as the others count it.
    forces : tuple of (str, Force)
        Per document, in their order.
    core_keys : tuple of (str, tuple of str)
        The units behind `common_core`.
    reference : str
        The document that all others were compared with, where not all pairs were; else empty.
    reference_ranks : tuple of ReferenceRank
    """

    document_ids: tuple[str, ...]
    principles: tuple[PrincipleSummary, ...]
    common_core: tuple[tuple[str, int], ...]
    n_common_core: int
    forces: tuple[tuple[str, Force], ...] = ()
    core_keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reference: str = ""
    reference_ranks: tuple[ReferenceRank, ...] = ()
