"""A comparison as one file a table, for programs: CSV and Parquet, in a ZIP archive."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from fragcheck.diverge import DivergenceSettings
from fragcheck.records import Comparison
from fragcheck.report.cells import safe_cell
from fragcheck.report.table import Column, Table
from fragcheck.report.tables import comparison_tables
from fragcheck.report.together import Together

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["comparison_csv", "comparison_parquet", "files_of", "zipped"]

#: Archives hold no clock: equal results give equal bytes. The first day that ZIP knows.
_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
#: Arrow's names of the types of columns.
_TYPES = {"text": "string", "count": "int64", "figure": "float64", "shade": "float64"}


def comparison_csv(comparison: Comparison, settings: DivergenceSettings, together: Together) -> bytes:
    """Return the tables of a comparison as CSV files in a ZIP archive; equal bytes for equal results.

    UTF-8 with a byte order mark, as spreadsheets like it; numbers in full. Text that a spreadsheet would take
    for a formula has an apostrophe before it: where the words must be exact, Parquet or JSON holds them.

    Parameters
    ----------
    comparison : Comparison
    settings : DivergenceSettings
        Those of the comparison.
    together : Together
        Conflicts and the strictest-common set of the comparison.
    """
    return zipped(files_of(comparison_tables(comparison, settings, together), "csv"))


def comparison_parquet(comparison: Comparison, settings: DivergenceSettings, together: Together) -> bytes:
    """Return the tables of a comparison as Parquet files in a ZIP archive; equal bytes for equal results.

    Text is string, a count int64, any other figure float64; what is unknown is null.

    Parameters
    ----------
    comparison : Comparison
    settings : DivergenceSettings
        Those of the comparison.
    together : Together
        Conflicts and the strictest-common set of the comparison.
    """
    return zipped(files_of(comparison_tables(comparison, settings, together), "parquet"))


def files_of(tables: Sequence[Table], form: str) -> dict[str, bytes]:
    """Return every table as a file by its name: ``strictest_common.csv``.

    Parameters
    ----------
    tables : sequence of Table
    form : {"csv", "parquet"}
    """
    write = _WRITERS[form]
    return {f"{re.sub(r'[^a-z0-9]+', '_', table.name.lower())}.{form}": write(table) for table in tables}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP archive; its bytes depend on nothing but theirs and their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PLAIN_FILE
            entry.create_system = 3  # Unix, wherever it is written
            archive.writestr(entry, content)
    return buffer.getvalue()


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow([safe_cell(column.head) for column in table.columns])
    writer.writerows([safe_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _parquet(table: Table) -> bytes:
    import pyarrow as pa  # heavy; only this form needs it
    import pyarrow.parquet as pq

    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.columns)
    arrays = [_array(column, values) for column, values in zip(table.columns, columns, strict=True)]
    fields = [
        pa.field(name, array.type) for name, array in zip(_distinct(table.columns), arrays, strict=True)
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


def _array(column: Column, values: Sequence[object]) -> pa.Array:
    import pyarrow as pa

    if column.kind == "text":  # half a surrogate pair, as broken files have it, is no UTF-8
        values = [None if one is None else str(one).encode("utf-8", "replace").decode() for one in values]
    return pa.array(values, type=pa.type_for_alias(_TYPES[column.kind]))


def _distinct(columns: Sequence[Column]) -> list[str]:
    """Heads of columns; a document that is called like a column before it gets a number."""
    found: list[str] = []
    for column in columns:
        name, number = column.head, 1
        while name in found:
            number += 1
            name = f"{column.head} ({number})"
        found.append(name)
    return found


_WRITERS: Mapping[str, Callable[[Table], bytes]] = {"csv": _csv, "parquet": _parquet}
