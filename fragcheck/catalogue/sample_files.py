"""The files of the sample corpus, without the checks and records of what is planted in them."""

from __future__ import annotations

import json
from pathlib import Path

from fragcheck.catalogue.places import corpora_folder
from fragcheck.errors import CatalogueError

__all__ = ["sample_paths", "truth_path"]


def truth_path() -> Path:
    """File that says what the sample corpus holds."""
    return corpora_folder() / "sample" / "truth.json"


def sample_paths() -> tuple[Path, ...]:
    """Paths of the five sample PDFs, always in the same order.

    Returns
    -------
    tuple of pathlib.Path
        Meridian Union, Altamora, Kestrel Isles, Norvane standard, Valverana.

    Raises
    ------
    CatalogueError
        If the truth file is damaged.
    """
    path = truth_path()
    try:
        names = [
            str(document["file"]) for document in json.loads(path.read_text(encoding="utf-8"))["documents"]
        ]
    except (ValueError, KeyError, TypeError, OSError) as error:
        message = f"{path}: the truth of the sample corpus wanted, but {error!r}; reinstall fragcheck"
        raise CatalogueError(message) from error
    return tuple(path.parent / "pdf" / name for name in names)
