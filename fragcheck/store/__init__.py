"""Artefacts on disk, addressed by what they were made from: nothing is computed twice."""

from __future__ import annotations

from fragcheck.store.artefacts import ArtefactStore, default_store, home_folder
from fragcheck.store.fingerprint import code_fingerprint

__all__ = ["ArtefactStore", "code_fingerprint", "default_store", "home_folder"]
