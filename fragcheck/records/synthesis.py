"""What follows from the pairs of a set of documents, beyond their divergence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fragcheck.records.annotation import Modality
from fragcheck.records.comparison import Relation, Side

__all__ = [
    "Citation",
    "CommonRequirement",
    "Conflict",
    "ConflictKind",
    "DefinitionPair",
    "JointParameter",
    "Sensitivity",
    "SensitivityPair",
    "Strictness",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause: its document, its place and its words (of a requirement, or of a quantity in it)."""

    document_id: str
    eid: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class JointParameter:
    """A quantity that several clauses of a group set.

    Parameters
    ----------
    kind, family : str
        Kind of the quantity; family of its unit (``time`` in hours, ``share`` in per cent, else the
        unit itself).
    trigger : str
        What starts the clock or what the quantity is of, in the words of the strictest clause.
    low, high : float or None
        What satisfies all clauses, in the base unit; None for an open end.
    is_empty : bool
        True where nothing satisfies all: the intervals do not meet.
    strictest : Citation
        The clause that sets the closed end.
    clauses : tuple of Citation
        The words of the quantity in every clause that sets it.
    """

    kind: str
    family: str
    trigger: str
    low: float | None
    high: float | None
    is_empty: bool
    strictest: Citation
    clauses: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CommonRequirement:
    """A line of the strictest-common set: what satisfies all documents that ask it.

    Parameters
    ----------
    role, action_class : str
        Of the strictest clause; empty where unknown.
    modality : Modality
        The strongest force among the clauses.
    strictest : Citation
        The clause of that force (the likeliest to cover the others: the longest among equals).
    clauses : tuple of Citation
        One per document, in the order of the documents.
    parameters : tuple of JointParameter
    combination : str
        ``higher`` or ``lower`` where a clause has the quantities combined ("whichever is higher");
        ``mixed`` where clauses do so differently; else empty.
    probability : float
        Of the weakest match that holds the clauses together.
    """

    role: str
    action_class: str
    modality: Modality
    strictest: Citation
    clauses: tuple[Citation, ...]
    parameters: tuple[JointParameter, ...]
    combination: str
    probability: float


class ConflictKind(StrEnum):
    """How two requirements cannot both be met."""

    DUTY_AGAINST_PROHIBITION = "duty_against_prohibition"
    PERMISSION_AGAINST_PROHIBITION = "permission_against_prohibition"
    DUTY_AGAINST_EXEMPTION = "duty_against_exemption"
    QUANTITIES_DO_NOT_MEET = "quantities_do_not_meet"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two clauses of two documents that may not be compatible: a candidate, to be read by a person.

    `probability` is that of a true conflict, in [0, 1]; `reason` is one sentence.
    """

    kind: ConflictKind
    left: Citation
    right: Citation
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class DefinitionPair:
    """A term that two documents define, or one alone.

    Parameters
    ----------
    left_term, right_term : str
        Empty where the side does not define it.
    left, right : Citation or None
    relation : Relation
        ``none`` for a term that one side alone defines.
    distance : float or None
        Of the two meanings, in [0, 1].
    left_only, right_only : tuple of str
        Content words that the other definition lacks, in their order; empty across languages.
    """

    left_term: str
    right_term: str
    left: Citation | None
    right: Citation | None
    relation: Relation
    distance: float | None
    left_only: tuple[str, ...] = ()
    right_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strictness:
    """Who of two documents is stricter on a principle (or ``overall``), and why.

    Parameters
    ----------
    principle : str
    stricter : Side or None
        None where neither is shown to be: nothing shared differs, the differences balance out,
        the net comes from counterparts that are too unlikely to be listed, too little is shared
        (`is_few`), the net points there in too few of the readings drawn (`likelihood`), or both are
        texts of one instrument (`is_one_work`).
    net : float
        Signed stringency + parameters of the divergence, positive where the left is stricter.
    n_shared, n_left_stricter, n_right_stricter : int
        Elements that both sides have, and those in which one of them binds harder on balance.
    sentence : str
        The verdict with its strongest reason, in one sentence.
    left, right : str
        eids of that reason, empty where there is none.
    left_words, right_words : str
        What tells these two apart, for other wordings of the sentence: their modalities (values of
        `Modality`), or the words of their quantities, empty on the side that has none.
    quantity : str
        Kind of these quantities (a value of `ParameterKind`); empty where the modalities are the reason.
    likelihood : float or None
        Share of the readings drawn in which the net points where it does; None where it points nowhere, or
        nothing that is listed shows it.
    is_few : bool
        Whether too few requirements are shared to tell.
    is_one_work : bool
        Whether both are texts of one instrument in two languages: what differs is not law against law.
    """

    principle: str
    stricter: Side | None
    net: float
    n_shared: int
    n_left_stricter: int
    n_right_stricter: int
    sentence: str
    left: str = ""
    right: str = ""
    left_words: str = ""
    right_words: str = ""
    quantity: str = ""
    likelihood: float | None = None
    is_few: bool = False
    is_one_work: bool = False


@dataclass(frozen=True, slots=True)
class SensitivityPair:
    """How D of a pair and its place among all pairs move with weights and thresholds.

    Ranks count from 1, the most divergent pair; ties share the mean of their ranks.
    """

    left: str
    right: str
    value: float | None
    low: float | None
    high: float | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Monte Carlo over weights and thresholds on one principle (or ``overall``).

    Parameters
    ----------
    principle : str
    draws : int
    pairs : tuple of SensitivityPair
    rank_correlation, rank_correlation_low : float or None
        Mean and lower end (5 % of the draws lie below) of Kendall's tau-b between the ranking of
        a draw and that of the chosen settings; None with fewer than three pairs that have a value.
    """

    principle: str
    draws: int
    pairs: tuple[SensitivityPair, ...]
    rank_correlation: float | None
    rank_correlation_low: float | None
