"""The tables that a batch writes: names, types and meanings of their columns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

__all__ = ["DOCUMENT_TABLES", "TABLES", "TABLES_VERSION", "TableSchema", "data_dictionary"]

#: Raised whenever the meaning, the name or the type of a column changes.
TABLES_VERSION = 1

#: Tables whose rows come from one document each.
DOCUMENT_TABLES = ("documents", "provisions", "requirements", "definitions", "parameters", "tags")

_TYPES: Mapping[str, Any] = {
    "text": pa.string(),
    "name": pa.dictionary(pa.int32(), pa.string()),
    "whole": pa.int32(),
    "number": pa.float64(),
    "screen": pa.float32(),
    "flag": pa.bool_(),
    "texts": pa.list_(pa.string()),
}
_SHOWN = {
    "text": "string",
    "name": "string (dictionary)",
    "whole": "int32",
    "number": "double",
    "screen": "float",
    "flag": "bool",
    "texts": "list of string",
}


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: what a row is, and per column its name, kind of value and meaning."""

    name: str
    row: str
    columns: tuple[tuple[str, str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(name for name, _, _ in self.columns)

    def arrow(self) -> pa.Schema:
        """Return the Arrow schema; each column carries its meaning as metadata."""
        return pa.schema(
            [
                pa.field(name, _TYPES[kind], metadata={"description": text})
                for name, kind, text in self.columns
            ]
        )


@cache
def _tables() -> Mapping[str, TableSchema]:
    content = tomllib.loads(files("fragcheck.batch").joinpath("data", "tables.toml").read_text("utf-8"))
    return {
        name: TableSchema(
            name,
            table["row"],
            tuple((column, *map(str.strip, text.split("|", 1))) for column, text in table["columns"].items()),
        )
        for name, table in content.items()
    }


#: All tables by name, in the order in which they are written.
TABLES: Mapping[str, TableSchema] = _tables()


def data_dictionary() -> str:
    """Return the columns of all tables as Markdown: the data dictionary of ``docs/batch.md``."""
    parts = []
    for table in TABLES.values():
        rows = [f"| `{name}` | {_SHOWN[kind]} | {text} |" for name, kind, text in table.columns]
        head = [
            f"### `{table.name}.parquet`",
            "",
            table.row,
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        parts.append("\n".join([*head, *rows]))
    return "\n\n".join(parts) + "\n"
