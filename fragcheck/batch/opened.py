"""The tables of a finished batch, opened: nothing is read before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from fragcheck.batch.schema import TABLES
from fragcheck.batch.tables import existing_table, read_provenance
from fragcheck.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LazyTable", "Tables", "open_tables"]

_BATCH_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class LazyTable:
    """One table on disk.

    Parameters
    ----------
    name : str
        See `TABLES`.
    path : Path
    """

    name: str
    path: Path

    def __len__(self) -> int:
        """Rows, from the file's footer."""
        return int(pq.read_metadata(self.path).num_rows)

    @property
    def columns(self) -> dict[str, str]:
        """What each column means."""
        return {name: meaning for name, _, meaning in TABLES[self.name].columns}

    def arrow(self, *columns: str, where: Mapping[str, Any] | None = None) -> pa.Table:
        """Return rows as an Arrow table; see `frame`."""
        chosen = list(columns) or None
        self._check((*columns, *(where or {})))
        filters = [_condition(name, wanted) for name, wanted in (where or {}).items()] or None
        return pq.read_table(self.path, columns=chosen, filters=filters)

    def frame(self, *columns: str, where: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Return rows as a data frame.

        Parameters
        ----------
        *columns : str
            None named: all. Others are not read from the disk.
        where : mapping of str to value, or to a list of values
            Only rows that have this value, or one of these, in the column.

        Returns
        -------
        pandas.DataFrame
            Repeating words (ids, principles) as categories.

        Raises
        ------
        InputError
            For a column that the table does not have.
        """
        found: pd.DataFrame = self.arrow(*columns, where=where).to_pandas()
        return found

    def frames(self, *columns: str, rows: int = _BATCH_ROWS) -> Iterator[pd.DataFrame]:
        """Yield the table in parts of at most `rows` rows: for one that memory does not hold.

        Raises
        ------
        InputError
            For a column that the table does not have.
        """
        self._check(columns)
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(rows, columns=list(columns) or None):
                yield batch.to_pandas()

    def _check(self, columns: tuple[str, ...]) -> None:
        for name in columns:
            if name not in TABLES[self.name].names:
                raise InputError(
                    f"{self.path}: a column of {self.name} is wanted, {name!r} came; "
                    f"there are {', '.join(TABLES[self.name].names)}"
                )


def _condition(name: str, wanted: Any) -> tuple[str, str, Any]:  # noqa: ANN401 - a value of any column
    if isinstance(wanted, list | tuple | set | frozenset):
        return name, "in", sorted(wanted)
    return name, "=", wanted


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a batch, each read when it is asked for; docs/batch.md has the data dictionary.

    Parameters
    ----------
    folder : Path
        Where they stand.
    """

    folder: Path
    documents: LazyTable = field(init=False)
    provisions: LazyTable = field(init=False)
    requirements: LazyTable = field(init=False)
    definitions: LazyTable = field(init=False)
    parameters: LazyTable = field(init=False)
    tags: LazyTable = field(init=False)
    pairs: LazyTable = field(init=False)
    corpus: LazyTable = field(init=False)
    failures: LazyTable = field(init=False)

    def __post_init__(self) -> None:
        for name in TABLES:
            object.__setattr__(self, name, LazyTable(name, existing_table(self.folder, name)))

    @property
    def provenance(self) -> dict[str, Any]:
        """Versions, hashes and settings that the tables were made with."""
        return read_provenance(self.folder)


def open_tables(folder: Path) -> Tables:
    """Return the tables of a finished batch; only their presence is looked at.

    Raises
    ------
    InputError
        Where one of them is not there.
    """
    return Tables(folder)
