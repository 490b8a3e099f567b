"""The taxonomies that this server tags with: a file of the user's may take the place of the principles."""

from __future__ import annotations

import os
from functools import lru_cache

from fragcheck.taxonomy import Taxonomy, load_taxonomy

__all__ = ["VARIABLE", "own_label", "own_path", "taxonomies"]

#: Environment variable with the path of the user's taxonomy; ``fragcheck app --taxonomy`` sets it.
VARIABLE = "FRAGCHECK_TAXONOMY"


def own_path() -> str | None:
    """Path of the user's taxonomy; None where the server tags with the six principles."""
    return os.environ.get(VARIABLE) or None


def taxonomies() -> tuple[Taxonomy, Taxonomy]:
    """What takes the place of the principles, or they themselves, and the control points of sovereignty.

    Raises
    ------
    TaxonomyError
        Where the user's file is absent or not what it must be.
    """
    return _loaded(own_path()), load_taxonomy("sovereignty")


def own_label(tag: str) -> str | None:
    """The label that the user's taxonomy gives a tag; None where there is none."""
    path = own_path()
    if path is None:
        return None
    return next((entry.label for entry in _loaded(path).entries if entry.id == tag), None)


@lru_cache(maxsize=2)
def _loaded(path: str | None) -> Taxonomy:
    return load_taxonomy(path or "principles")
