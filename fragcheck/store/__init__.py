"""Artefacts on disk, addressed by what they were made from: nothing is computed twice."""

from __future__ import annotations

from fragcheck.store.artefacts import ArtefactStore, default_store, home_folder
from fragcheck.store.corrections import (
    CorrectionStore,
    corrections_from_json,
    corrections_json,
    default_corrections,
)
from fragcheck.store.database import default_database
from fragcheck.store.fingerprint import code_fingerprint
from fragcheck.store.originals import OriginalStore, data_folder, default_originals
from fragcheck.store.vectors import VectorStore

__all__ = [
    "ArtefactStore",
    "CorrectionStore",
    "OriginalStore",
    "VectorStore",
    "code_fingerprint",
    "corrections_from_json",
    "corrections_json",
    "data_folder",
    "default_corrections",
    "default_database",
    "default_originals",
    "default_store",
    "home_folder",
]
