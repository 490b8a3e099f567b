"""Many documents at once: tables of all that is found in them, and of all their pairs."""

from __future__ import annotations

from fragcheck.batch.engines import Engine, ProcessEngine, SerialEngine, WorkerLost, available_cores
from fragcheck.batch.estimate import Estimate, estimate
from fragcheck.batch.options import BatchOptions, BatchProgress, BatchSummary
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
    "ProcessEngine",
    "SerialEngine",
    "Source",
    "WorkerLost",
    "available_cores",
    "data_dictionary",
    "estimate",
    "read_provenance",
    "read_source",
    "read_table",
    "run_batch",
]
