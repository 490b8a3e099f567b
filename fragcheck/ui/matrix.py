"""A matrix of many documents: read from the tables of a batch, ordered, gathered, cut into blocks."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fragcheck.errors import InputError
from fragcheck.records import Comparison, Document
from fragcheck.ui.cells import cells, document_names

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Block",
    "Matrix",
    "MatrixShelf",
    "as_csv",
    "bloc_labels",
    "gathered",
    "matrix_of",
    "matrix_order",
    "read_matrix",
]

#: Blocs that are tried; the number of the highest mean silhouette width is taken.
_MOST_BLOCS = 12

#: Documents up to which the leaves are put in their best order: that takes the cube of their number.
_BEST_ORDER = 250

_NEEDED = {
    "documents": ("document_id", "path", "jurisdiction", "kind", "year"),
    "pairs": ("left_id", "right_id", "principle", "screen", "value"),
}

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Values of all ordered pairs of documents on one principle.

    Parameters
    ----------
    ids, names : tuple of str
    labels : mapping of str to tuple of str
        Per kind of group (jurisdiction, kind, year), one label for each document; empty where unknown.
    values : (n, n) float
        In [0, 1]; NaN on the diagonal and where there is no value.
    n_full : int
        Pairs whose value is D; all others are the coverage screen of a batch.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    values: FloatArray
    n_full: int


@dataclass(frozen=True, slots=True)
class Block:
    """Documents of a matrix gathered by a label: mean, lowest and highest value of every pair of groups.

    `members` holds positions in the matrix; the arrays are (groups, groups), NaN where no pair has a value.
    """

    names: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    mean: FloatArray
    lowest: FloatArray
    highest: FloatArray
    n_pairs: NDArray[np.int64]


def matrix_of(comparison: Comparison, principle: str, measure: str) -> Matrix:
    """The matrix of a comparison; see `fragcheck.ui.cells.cells` for principle and measure."""
    n = len(comparison.document_ids)
    found = cells(comparison, principle, measure, range(n))
    values = np.array([np.nan if cell.value is None else cell.value for cell in found]).reshape(n, n)
    documents = [analysis.document for analysis in comparison.analyses]
    labels = {
        "jurisdiction": tuple(one.jurisdiction for one in documents),
        "kind": tuple(one.kind.value for one in documents),
        "year": tuple(_year(one) for one in documents),
    }
    return Matrix(
        comparison.document_ids, document_names(comparison.analyses), labels, values, n * (n - 1) // 2
    )


def _year(document: Document) -> str:
    """Year of adoption in the catalogue (else of entry into force); empty where unknown."""
    from fragcheck.pipeline.nature import instrument_of

    found = instrument_of(document)
    day = None if found is None else found.adopted or found.in_force or found.applies
    return "" if day is None else str(day.year)


def read_matrix(documents: bytes, pairs: bytes, principle: str = "overall") -> Matrix:
    """The matrix of a batch: D where a pair was compared in full, else the coverage screen.

    Parameters
    ----------
    documents, pairs : bytes
        ``documents.parquet`` and ``pairs.parquet`` of ``fragcheck batch``.
    principle : str

    Raises
    ------
    InputError
        Where a table is no Parquet file, lacks a column, or the two are not of one batch.
    """
    about, found = (_frame(raw, name) for raw, name in ((documents, "documents"), (pairs, "pairs")))
    ids = tuple(str(one) for one in about["document_id"])
    at = {one: place for place, one in enumerate(ids)}
    found = found[found["principle"] == principle]
    rows, columns = (found[name].astype(str).map(at) for name in ("left_id", "right_id"))
    if rows.isna().any() or columns.isna().any():
        raise InputError(
            "documents.parquet and pairs.parquet of one batch were wanted; these pairs name documents "
            "that the other table does not hold. Choose both files from the same folder"
        )
    values = np.full((len(ids), len(ids)), np.nan)
    chosen = found["value"].astype(float).fillna(found["screen"].astype(float)).to_numpy()
    values[rows.astype(int), columns.astype(int)] = chosen
    values[columns.astype(int), rows.astype(int)] = chosen
    labels = {name: tuple(_word(one) for one in about[name]) for name in ("jurisdiction", "kind", "year")}
    names = tuple(Path(str(one)).stem.replace("_", " ").replace("-", " ") for one in about["path"])
    return Matrix(ids, names, labels, values, int(found["value"].notna().sum()))


def _frame(raw: bytes, name: str) -> pd.DataFrame:
    import pandas as pd  # here and below: .3 s of processor time, which most pages do not need

    wanted = f"{name}.parquet of a batch (`fragcheck batch … -o FOLDER`) was wanted"
    try:
        found = pd.read_parquet(io.BytesIO(raw), columns=list(_NEEDED[name]))
    except (ValueError, OSError, KeyError) as error:
        raise InputError(f"{wanted}, and a file came that is none: {str(error)[:120]}") from error
    return found


def _word(value: object) -> str:
    import pandas as pd

    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, int | float | np.integer) else str(value)


def _distances(values: FloatArray) -> FloatArray:
    """Symmetric distances with zeros on the diagonal; what has no value stands at the mean of the others."""
    known = values[~np.isnan(values)]
    filled = np.where(np.isnan(values), known.mean() if known.size else 1.0, values)
    both = (filled + filled.T) / 2
    np.fill_diagonal(both, 0.0)
    return both


def matrix_order(matrix: Matrix, *, is_clustered: bool) -> tuple[int, ...]:
    """Positions of the documents as given, or as the leaves of an average-linkage tree (UPGMA).

    Up to 250 documents the leaves stand in the best order (Bar-Joseph et al., 2001).
    """
    n = len(matrix.ids)
    if not is_clustered or n < 3:
        return tuple(range(n))
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    condensed = squareform(_distances(matrix.values), checks=False)
    tree = linkage(condensed, "average", optimal_ordering=n <= _BEST_ORDER)
    return tuple(int(leaf) for leaf in leaves_list(tree))


def bloc_labels(matrix: Matrix) -> tuple[str, ...]:
    """Number of each document's bloc, from 1, the largest first.

    The average-linkage tree is cut into the number of blocs (2 to 12) of the highest mean silhouette width
    (Rousseeuw, 1987).
    """
    n = len(matrix.ids)
    if n < 4:
        return ("1",) * n
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.metrics import silhouette_score

    distances = _distances(matrix.values)
    tree = linkage(squareform(distances, checks=False), "average")
    best, width = np.ones(n, dtype=int), -1.0
    for count in range(2, min(_MOST_BLOCS, n - 1) + 1):
        cut = fcluster(tree, count, criterion="maxclust")
        if len(np.unique(cut)) < 2:
            continue
        found = float(silhouette_score(distances, cut, metric="precomputed"))
        if found > width + 1e-12:
            best, width = cut, found
    sizes = sorted(set(best.tolist()), key=lambda one: (-int((best == one).sum()), one))
    return tuple(str(sizes.index(one) + 1) for one in best.tolist())


def gathered(matrix: Matrix, labels: Sequence[str], order: Sequence[int]) -> Block:
    """Documents gathered by their label, groups by name, the members of each in the given order.

    A pair of groups has the mean over its pairs of different documents that have a value.
    """
    names = tuple(sorted(set(labels), key=lambda one: (one == "", _natural(one))))
    members = tuple(tuple(at for at in order if labels[at] == name) for name in names)
    n = len(names)
    mean, lowest, highest = (np.full((n, n), np.nan) for _ in range(3))
    counts = np.zeros((n, n), dtype=np.int64)
    for row, rows in enumerate(members):
        for column, columns in enumerate(members):
            part = matrix.values[np.ix_(rows, columns)]
            known = part[~np.isnan(part)]
            counts[row, column] = known.size // 2 if row == column else known.size
            if known.size:
                mean[row, column], lowest[row, column] = known.mean(), known.min()
                highest[row, column] = known.max()
    return Block(names, members, mean, lowest, highest, counts)


def _natural(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdecimal() else (10**9, name.casefold())


class MatrixShelf:
    """Tables of batches that were opened in the app, kept by the hash of their bytes.

    Parameters
    ----------
    root : Path
        Folder of the app.
    """

    def __init__(self, root: Path) -> None:
        self.root = root / "matrices"

    def keep(self, documents: bytes, pairs: bytes) -> str:
        """Keep both tables, once it is sure that they can be read, and return their name."""
        read_matrix(documents, pairs)
        name = hashlib.sha256(hashlib.sha256(documents).digest() + pairs).hexdigest()[:16]
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        for kind, raw in (("documents", documents), ("pairs", pairs)):
            part = folder / f".{kind}.{os.getpid()}"
            part.write_bytes(raw)
            part.replace(folder / f"{kind}.parquet")
        return name

    def load(self, name: str, principle: str) -> Matrix:
        """The matrix of kept tables.

        Raises
        ------
        InputError
            Where this machine does not hold them (any more).
        """
        documents, pairs = (self.root / name / f"{kind}.parquet" for kind in ("documents", "pairs"))
        if not (documents.is_file() and pairs.is_file()):
            raise InputError(
                "the tables of this batch are not on this machine: open them again in the Library"
            )
        return read_matrix(documents.read_bytes(), pairs.read_bytes(), principle)

    def names(self) -> tuple[str, ...]:
        """All that is kept, the last first."""
        found = [one for one in self.root.glob("*") if (one / "pairs.parquet").is_file()]
        return tuple(one.name for one in sorted(found, key=lambda one: -one.stat().st_mtime_ns))


def as_csv(matrix: Matrix, rows: Sequence[int], columns: Sequence[int]) -> bytes:
    """A block as a wide table: names in the first row and column, values to four digits, empty for none."""
    import pandas as pd

    from fragcheck.report.cells import safe_cell

    frame = pd.DataFrame(
        matrix.values[np.ix_(rows, columns)],
        index=[str(safe_cell(matrix.names[at])) for at in rows],
        columns=[str(safe_cell(matrix.names[at])) for at in columns],
    )
    return frame.to_csv(float_format="%.4f").encode("utf-8-sig")
