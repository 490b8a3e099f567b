"""The fragmentation index by year and by jurisdiction, with two intervals that answer two questions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fragcheck.errors import InputError
from fragcheck.figures.frames import distances

__all__ = ["index_by_jurisdiction", "index_by_year"]

Floats = NDArray[np.float64]

_LEVEL = 0.9
_DRAWS = 1000
_FEWEST = 3


def index_by_year(
    pairs: pd.DataFrame,
    documents: pd.DataFrame,
    principle: str = "overall",
    *,
    value: str = "value",
    seed: int = 0,
) -> pd.DataFrame:
    """Return the mean divergence of all documents up to and including each year.

    Choose by `documents` what is set side by side: laws with laws, say. Those without a year are left out.

    Parameters
    ----------
    pairs, documents : pandas.DataFrame
        See `fragcheck.figures`; `documents` with the column ``year``.
    principle : str
    value : {"value", "screen"}
        D, or the coverage screen, which is there for all pairs.
    seed : int
        Of the redrawn documents.

    Returns
    -------
    pandas.DataFrame
        Per year with at least one pair: ``year``, ``n_documents``, ``n_pairs``, ``mean``; ``low`` and
        ``high``, the means of the pairs' lower and upper ends (what our reading leaves open; null for the
        screen);
        ``sampling_low`` and ``sampling_high``, the 90 % percentile bootstrap over documents (another sample
        of documents; null below 3). The two are never added up.

    Raises
    ------
    InputError
        Where a column, the principle, or all pairs of these documents are missing.
    """
    dated = _with(documents, "year")
    square = _square(pairs, dated, principle, value)
    years = dated["year"].astype(int).to_numpy()
    rows: list[dict[str, Any]] = []
    for year in sorted(set(years.tolist())):
        member = years <= year
        row = _row(square, member, member, seed)
        if row["n_pairs"]:
            rows.append({"year": year, "n_documents": int(member.sum()), **row})
    return pd.DataFrame(rows)


def index_by_jurisdiction(
    pairs: pd.DataFrame,
    documents: pd.DataFrame,
    principle: str = "overall",
    *,
    value: str = "value",
    seed: int = 0,
) -> pd.DataFrame:
    """Return how far the documents of each jurisdiction stand from those of all others, in the mean.

    Parameters
    ----------
    pairs, documents, principle, value, seed
        As in `index_by_year`; `documents` with the column ``jurisdiction``.

    Returns
    -------
    pandas.DataFrame
        Per jurisdiction, the farthest first: ``jurisdiction``, and the further columns of `index_by_year`.

    Raises
    ------
    InputError
        Where a column, the principle, or all pairs of these documents are missing.
    """
    placed = _with(documents, "jurisdiction")
    square = _square(pairs, placed, principle, value)
    names = placed["jurisdiction"].astype(str).to_numpy()
    rows: list[dict[str, Any]] = []
    for name in sorted(set(names.tolist())):
        member = names == name
        row = _row(square, member, ~member, seed)
        if row["n_pairs"]:
            rows.append({"jurisdiction": name, "n_documents": int(member.sum()), **row})
    rows.sort(key=lambda row: (-row["mean"], row["jurisdiction"]))
    return pd.DataFrame(rows)


def _with(documents: pd.DataFrame, column: str) -> pd.DataFrame:
    if column not in documents.columns:
        raise InputError(f"documents with the column {column} are wanted; it is not there")
    known = documents[documents[column].notna()]
    if known.empty:
        raise InputError(f"documents with a {column} are wanted, none has one; a manifest can give it")
    return known


def _square(pairs: pd.DataFrame, documents: pd.DataFrame, principle: str, value: str) -> dict[str, Floats]:
    """Values and ends as symmetric (n, n) arrays, NaN where there is none and on the diagonal."""
    found = distances(pairs, documents, principle, value)
    place = {name: index for index, name in enumerate(found.ids)}
    left, right = (found.rows[side].map(place).to_numpy(dtype=int) for side in ("left_id", "right_id"))
    columns = {"mean": value, **({"low": "low", "high": "high"} if value == "value" else {})}
    square = {}
    for name, column in columns.items():
        full = np.full((len(place), len(place)), np.nan)
        if column in found.rows.columns:
            full[left, right] = full[right, left] = found.rows[column].to_numpy(dtype=float)
        square[name] = full
    return square


def _row(
    square: dict[str, Floats], ours: NDArray[np.bool_], theirs: NDArray[np.bool_], seed: int
) -> dict[str, Any]:
    """Means over the pairs of one of `ours` with one of `theirs`, each pair once, and their intervals."""
    among = np.outer(ours, theirs)
    among |= among.T
    chosen = np.triu(among, 1) & ~np.isnan(square["mean"])
    sampled = _resampled(square["mean"], chosen, int((ours | theirs).sum()), seed)
    return {
        "n_pairs": int(chosen.sum()),
        "mean": _mean(square["mean"][chosen]),
        "low": _mean(square["low"][chosen]) if "low" in square else None,
        "high": _mean(square["high"][chosen]) if "high" in square else None,
        "sampling_low": sampled[0],
        "sampling_high": sampled[1],
    }


def _mean(values: Floats) -> float | None:
    known: Sequence[float] = values[~np.isnan(values)].tolist()
    return math.fsum(known) / len(known) if known else None


def _resampled(
    values: Floats, chosen: NDArray[np.bool_], n_documents: int, seed: int
) -> tuple[float | None, float | None]:
    """Percentile bootstrap over documents: a document that is drawn twice counts twice in all its pairs.

    Pairs of a document with its own copy are left out, as in all means (Efron & Tibshirani, 1993).
    """
    if n_documents < _FEWEST or not chosen.any():
        return None, None
    involved = np.flatnonzero((chosen | chosen.T).any(axis=0))
    weights = np.where(chosen, 1.0, 0.0)[np.ix_(involved, involved)]
    sums = np.where(chosen, np.nan_to_num(values), 0.0)[np.ix_(involved, involved)]
    size = len(involved)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(size, np.full(size, 1.0 / size), _DRAWS).astype(float)
    total = ((counts @ weights) * counts).sum(axis=1)
    drawn = ((counts @ sums) * counts).sum(axis=1)[total > 0] / total[total > 0]
    if not len(drawn):
        return None, None
    low, high = np.quantile(drawn, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)
