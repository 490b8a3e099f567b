"""Artefacts of a prepared document as bytes: its rows in Arrow's form, its vectors in numpy's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from fragcheck.align.screening import ScreenSide
from fragcheck.batch.schema import TABLES

__all__ = ["pack_side", "pack_tables", "unpack_side", "unpack_tables"]

_NEVER = (1980, 1, 1, 0, 0, 0)


def pack_tables(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Return rows by table as one archive; the same rows give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, found in rows.items():
            schema = TABLES[name].arrow()
            table = pa.Table.from_pylist(list(found), schema=schema)
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, schema) as writer:
                writer.write_table(table)
            archive.writestr(zipfile.ZipInfo(name, _NEVER), sink.getvalue().to_pybytes())
    return buffer.getvalue()


def unpack_tables(data: bytes, name: str) -> pa.Table:
    """Return one of the tables that `pack_tables` was given; columns that no row had are null."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pa.ipc.open_stream(archive.read(name)).read_all()


def pack_side(side: ScreenSide) -> bytes:
    """Return what the screen sees of a document as one file of arrays."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        vectors=side.vectors,
        weights=side.weights,
        across=np.array(side.across),
        names=np.array([side.language, *side.principles]),
    )
    return buffer.getvalue()


def unpack_side(data: bytes) -> ScreenSide:
    """Return what `pack_side` was given."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        language, *principles = arrays["names"].tolist()
        return ScreenSide(
            language, arrays["vectors"], arrays["weights"], tuple(principles), int(arrays["across"])
        )
