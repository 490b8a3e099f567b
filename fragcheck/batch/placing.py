"""A batch whose tables belong to a folder of this machine, or to one that is elsewhere."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from fragcheck.batch.engines import Engine
from fragcheck.batch.options import BatchOptions, BatchSummary, OnBatchProgress
from fragcheck.batch.provenance import RUN_FILE
from fragcheck.batch.remote import is_url, publish
from fragcheck.batch.run import run_batch
from fragcheck.batch.schema import TABLES
from fragcheck.batch.sources import Source

__all__ = ["local_output", "run_batch_at"]


def local_output(output: str, store: Path) -> Path:
    """Return the folder that the tables are written in: `output`, or for a URL one beside the artefacts."""
    if not is_url(output):
        return Path(output)
    return store / "outputs" / hashlib.sha256(output.rstrip("/").encode()).hexdigest()[:16]


def run_batch_at(
    source: Source,
    output: str,
    options: BatchOptions,
    engine: Engine,
    store: Path,
    *,
    is_resumed: bool = False,
    on_progress: OnBatchProgress | None = None,
) -> BatchSummary:
    """Run a batch whose `output` may be an fsspec URL: the tables are copied there when all are whole.

    Parameters
    ----------
    source, options, engine, store, is_resumed, on_progress
        See `run_batch`.
    output : str
        A folder, or a URL such as ``s3://bucket/tables``.

    Raises
    ------
    InputError, StoreError, ModelError
        See `run_batch`; StoreError also where the tables cannot be copied.
    """
    folder = local_output(output, store)
    summary = run_batch(
        source, folder, options, engine, store, is_resumed=is_resumed, on_progress=on_progress
    )
    if not is_url(output):
        return summary
    publish(folder, output, (*(f"{name}.parquet" for name in TABLES), RUN_FILE))
    return dataclasses.replace(summary, output=output)
