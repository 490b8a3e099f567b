"""Data frames of a comparison in the columns of a batch's tables, and the distances in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from fragcheck.errors import InputError
from fragcheck.records import Comparison, Divergence, PairResult
from fragcheck.report.naming import document_names

__all__ = ["Distances", "distances", "documents_frame", "pairs_frame"]

_PAIR_COLUMNS = ("left_id", "right_id", "principle")


def pairs_frame(comparison: Comparison) -> pd.DataFrame:
    """Return one row per pair and principle, as the table ``pairs`` of a batch has them.

    Returns
    -------
    pandas.DataFrame
        ``left_id``, ``right_id`` (in the order of the comparison), ``principle`` (``overall`` first),
        ``value`` (D), ``low``, ``high``, ``sampling_low``, ``sampling_high``, ``status``, ``n_left``,
        ``n_right``, and the components.
    """
    return pd.DataFrame(row for pair in comparison.pairs for row in _pair_rows(pair))


def _pair_rows(pair: PairResult) -> Iterator[dict[str, Any]]:
    for found in (pair.overall, *pair.principles):
        yield {"left_id": pair.left, "right_id": pair.right, **_divergence_row(found)}


def _divergence_row(found: Divergence) -> dict[str, Any]:
    names = ("principle", "value", "low", "high", "sampling_low", "sampling_high", "n_left", "n_right")
    return {
        **{name: getattr(found, name) for name in names},
        "status": found.status.value,
        **dataclasses.asdict(found.components),
    }


def documents_frame(
    comparison: Comparison,
    *,
    jurisdictions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Return one row per document of a comparison.

    Parameters
    ----------
    comparison : Comparison
    jurisdictions, years : sequence, optional
        Of the documents, in the order of the comparison; a comparison does not know them.

    Returns
    -------
    pandas.DataFrame
        ``document_id``, ``title`` (unlike for unlike documents), ``jurisdiction``, ``year``.

    Raises
    ------
    InputError
        Where there are more or fewer jurisdictions or years than documents.
    """
    ids = comparison.document_ids
    for name, given in (("jurisdictions", jurisdictions), ("years", years)):
        if given is not None and len(given) != len(ids):
            raise InputError(f"{name}: one per document ({len(ids)}) is wanted, {len(given)} came")
    return pd.DataFrame(
        {
            "document_id": list(ids),
            "title": list(document_names(comparison.analyses)),
            "jurisdiction": [None] * len(ids) if jurisdictions is None else list(jurisdictions),
            "year": pd.array([pd.NA] * len(ids) if years is None else list(years), dtype="Int64"),
        }
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Distances:
    """Distances of a set of documents on one principle.

    `ids` and `names` in the order of the documents; `table` has a value, or None, per pair; `rows` are the
    rows of `pairs` that it was made of.
    """

    ids: tuple[str, ...]
    names: Mapping[str, str]
    table: Mapping[frozenset[str], float | None]
    rows: pd.DataFrame


def distances(pairs: pd.DataFrame, documents: pd.DataFrame, principle: str, value: str) -> Distances:
    """Return the distances between `documents` on `principle`, from the column `value` of `pairs`.

    Raises
    ------
    InputError
        Where a column, the principle, or all pairs of these documents are missing.
    """
    for name in (*_PAIR_COLUMNS, value):
        if name not in pairs.columns:
            raise InputError(f"pairs with the column {name} are wanted; there are {', '.join(pairs.columns)}")
    if "document_id" not in documents.columns:
        raise InputError("documents with the column document_id are wanted")
    ids = tuple(documents["document_id"].astype(str))
    chosen = pairs[pairs["principle"] == principle]
    if chosen.empty:
        known = ", ".join(map(str, pairs["principle"].unique()))
        raise InputError(f"a principle of these pairs is wanted ({known}), {principle!r} came")
    rows = chosen.assign(left_id=chosen["left_id"].astype(str), right_id=chosen["right_id"].astype(str))
    rows = rows[rows["left_id"].isin(ids) & rows["right_id"].isin(ids)]
    if rows.empty:
        raise InputError("pairs of these documents are wanted, there are none: their ids are others")
    table = {
        frozenset((left, right)): None if pd.isna(found) else float(found)
        for left, right, found in zip(rows["left_id"], rows["right_id"], rows[value], strict=True)
    }
    titles = documents["title"].tolist() if "title" in documents.columns else [""] * len(ids)
    said = [
        title if isinstance(title, str) and title else name for title, name in zip(titles, ids, strict=True)
    ]
    return Distances(ids, dict(zip(ids, _unlike(said), strict=True)), table, rows)


def _unlike(titles: Sequence[str]) -> list[str]:
    """Titles cut to what fits a figure, numbered where they repeat: an axis puts equal words at one place."""
    short = [title if len(title) <= 40 else f"{title[:39].rstrip()}…" for title in titles]
    seen: dict[str, int] = {}
    found = []
    for title in short:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found
