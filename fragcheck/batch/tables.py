"""Tables on disk: written whole or not at all, with their provenance in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from fragcheck.batch.schema import TABLES
from fragcheck.errors import InputError, StoreError

__all__ = ["PROVENANCE_KEY", "TableWriter", "existing_table", "read_provenance", "read_table", "table_path"]

#: Under this name the provenance stands in the metadata of each file, as JSON.
PROVENANCE_KEY = b"fragcheck"

#: Rows of a group: what is gathered before it is written. Has no influence on the rows.
_GROUP_ROWS = 65_536


def table_path(output: Path, name: str) -> Path:
    """Return where a table stands in the folder of a batch."""
    return output / f"{name}.parquet"


class TableWriter:
    """Writes one table, group by group, and puts it in its place when it is whole.

    Parameters
    ----------
    output : Path
        Folder of the batch.
    name : str
        See `TABLES`.
    provenance : mapping
        JSON values: versions, hashes and settings.
    """

    def __init__(self, output: Path, name: str, provenance: Mapping[str, Any]) -> None:
        self.schema = TABLES[name].arrow()
        content = json.dumps({**provenance, "table": name}, sort_keys=True).encode()
        self._path = table_path(output, name)
        self._part = self._path.with_suffix(".part")
        try:
            self._writer = pq.ParquetWriter(
                self._part, self.schema.with_metadata({PROVENANCE_KEY: content}), compression="zstd"
            )
        except OSError as error:
            raise StoreError(f"{self._path}: the table cannot be written there ({error.strerror})") from error
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def write(self, table: pa.Table) -> None:
        """Add rows; columns that `table` lacks are null."""
        columns = [
            table.column(field.name).cast(field.type)
            if field.name in table.column_names
            else pa.nulls(len(table), field.type)
            for field in self.schema
        ]
        self._waiting.append(pa.table(columns, schema=self.schema))
        self._rows += len(table)
        if self._rows >= _GROUP_ROWS:
            self._write_waiting()

    def write_rows(self, rows: list[dict[str, Any]]) -> None:
        """Add rows; columns that a row lacks are null."""
        self.write(pa.Table.from_pylist(rows, schema=self.schema))

    def _write_waiting(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks().unify_dictionaries())
        self._waiting, self._rows = [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._write_waiting()
            self._writer.close()
            if kind is None:
                self._part.replace(self._path)
        except OSError as broken:
            raise StoreError(f"{self._path}: the table cannot be written ({broken.strerror})") from broken
        finally:
            self._part.unlink(missing_ok=True)


def read_table(output: Path, name: str, columns: list[str] | None = None) -> pa.Table:
    """Return a table of a finished batch, or some of its columns.

    Parameters
    ----------
    output : Path
        Folder of the batch.
    name : str
        See `TABLES`.
    columns : list of str or None
        None reads all; ``.to_pandas()`` makes a data frame of it.

    Raises
    ------
    InputError
        Where there is no such table.
    """
    return pq.read_table(existing_table(output, name), columns=columns)


def read_provenance(output: Path, name: str = "documents") -> dict[str, Any]:
    """Return versions, hashes and settings that a table was made with.

    Raises
    ------
    InputError
        Where there is no such table.
    """
    metadata = pq.read_schema(existing_table(output, name)).metadata or {}
    found: dict[str, Any] = json.loads(metadata.get(PROVENANCE_KEY, b"{}"))
    return found


def existing_table(output: Path, name: str) -> Path:
    """Return where a table of a finished batch stands.

    Raises
    ------
    InputError
        Where there is no such table.
    """
    if name not in TABLES:
        raise InputError(f"{name}: a table of a batch is wanted; there are {', '.join(TABLES)}")
    path = table_path(output, name)
    if not path.exists():
        raise InputError(
            f"{path}: a table of a finished batch is wanted, there is none; run `fragcheck batch`"
        )
    return path
