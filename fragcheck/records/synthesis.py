"""What follows from the pairs of a set of documents, beyond their divergence."""

from __future__ import annotations

from dataclasses import dataclass

from fragcheck.records.comparison import Side

__all__ = ["Sensitivity", "SensitivityPair", "Strictness"]


@dataclass(frozen=True, slots=True)
class Strictness:
    """Who of two documents is stricter on a principle (or ``overall``), and why.

    Parameters
    ----------
    principle : str
    stricter : Side or None
        None where neither is: nothing shared differs, or the differences balance out.
    net : float
        Signed stringency + parameters of the divergence, positive where the left is stricter.
    n_shared, n_left_stricter, n_right_stricter : int
        Elements that both sides have, and those in which one of them binds harder on balance.
    sentence : str
        The verdict with its strongest reason, in one sentence.
    left, right : str
        eids of that reason, empty where there is none.
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
