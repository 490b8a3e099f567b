"""Many documents at once: tables of all that is found in them, and of all their pairs.

Names are loaded at their first use (PEP 562): a worker that is begun imports what its task needs and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fragcheck.first_use import loaded_at_first_use

if TYPE_CHECKING:
    from fragcheck.batch.engines import Engine, ProcessEngine, SerialEngine, WorkerLost, available_cores
    from fragcheck.batch.estimating import Estimate, estimate
    from fragcheck.batch.opened import LazyTable, Tables, open_tables
    from fragcheck.batch.options import BatchOptions, BatchProgress, BatchSummary
    from fragcheck.batch.placing import run_batch_at
    from fragcheck.batch.run import run_batch
    from fragcheck.batch.schema import TABLES, data_dictionary
    from fragcheck.batch.sources import Entry, Source, read_source
    from fragcheck.batch.tables import read_provenance, read_table

__all__ = [
    "TABLES",
    "BatchOptions",
    "BatchProgress",
    "BatchSummary",
    "Engine",
    "Entry",
    "Estimate",
    "LazyTable",
    "ProcessEngine",
    "SerialEngine",
    "Source",
    "Tables",
    "WorkerLost",
    "available_cores",
    "data_dictionary",
    "estimate",
    "open_tables",
    "read_provenance",
    "read_source",
    "read_table",
    "run_batch",
    "run_batch_at",
]

_NAMES = {
    "engines": ("Engine", "ProcessEngine", "SerialEngine", "WorkerLost", "available_cores"),
    "estimating": ("Estimate", "estimate"),
    "opened": ("LazyTable", "Tables", "open_tables"),
    "options": ("BatchOptions", "BatchProgress", "BatchSummary"),
    "placing": ("run_batch_at",),
    "run": ("run_batch",),
    "schema": ("TABLES", "data_dictionary"),
    "sources": ("Entry", "Source", "read_source"),
    "tables": ("read_provenance", "read_table"),
}

__getattr__, __dir__ = loaded_at_first_use(__name__, _NAMES)
