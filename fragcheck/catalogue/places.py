"""Where the files of ``corpora/`` stand, in the source tree and in an installed wheel."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fragcheck.errors import CatalogueError

__all__ = ["corpora_folder"]


def corpora_folder() -> Path:
    """Folder of the catalogue and the sample corpus.

    The tree's ``corpora/`` is installed as the package ``fragcheck_corpora``; it is
    located, never imported.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    CatalogueError
        If neither the source tree nor the installed package holds it.
    """
    tree = Path(__file__).parents[2] / "corpora"
    if (tree / "sample" / "truth.json").is_file():
        return tree
    spec = find_spec("fragcheck_corpora")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / "sample" / "truth.json").is_file():
            return Path(folder)
    message = (
        f"corpora: the catalogue and the sample corpus were looked for in {tree} and in the package "
        "fragcheck_corpora, and are in neither; reinstall fragcheck"
    )
    raise CatalogueError(message)
