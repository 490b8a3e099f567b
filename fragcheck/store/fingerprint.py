"""A hash of the code and data that results depend on, so that no artefact outlives them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fragcheck.catalogue.places import corpora_folder

__all__ = ["code_fingerprint"]

_ROOMS = (
    "records",
    "taxonomy",
    "catalogue",
    "nlp",
    "formats",
    "exchange",
    "isolation",
    "pdf",
    "segment",
    "annotate",
    "align",
    "diverge",
    "synthesis",
    "pipeline",
)
_SUFFIXES = frozenset({".py", ".toml", ".json", ".npz", ".csv", ".txt"})


@cache
def code_fingerprint() -> str:
    """Return the sha256, in hex, over names and bytes of all files that results depend on.

    Two installations with the same fingerprint, on the same versions of the
    libraries, give the same results for the same input.
    """
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.suffix in _SUFFIXES and "training" not in path.parts:
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes())
    # What a document is (in force, vetoed …) is kept with its analysis, and the catalogue says it.
    digest.update((corpora_folder() / "catalogue.toml").read_bytes())
    return digest.hexdigest()
