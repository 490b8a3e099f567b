"""Artefacts on disk, addressed by what they were made from: nothing is computed twice."""

from __future__ import annotations

from fragcheck.store.artefacts import ArtefactStore, default_store, home_folder
from fragcheck.store.corrections import (
    CorrectionStore,
    corrections_from_json,
    corrections_json,
    default_corrections,
)
from fragcheck.store.fingerprint import code_fingerprint
from fragcheck.store.vectors import VectorStore

__all__ = [
    "ArtefactStore",
    "CorrectionStore",
    "VectorStore",
    "code_fingerprint",
    "corrections_from_json",
    "corrections_json",
    "default_corrections",
    "default_store",
    "home_folder",
]
