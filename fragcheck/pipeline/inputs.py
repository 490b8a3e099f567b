"""What a user may name as a document: a file, or the id of a catalogue entry."""

from __future__ import annotations

from pathlib import Path

from fragcheck.catalogue import load_catalogue
from fragcheck.errors import CatalogueError, UnreadableInput
from fragcheck.formats import SUFFIXES
from fragcheck.store import home_folder

__all__ = ["copies_folder", "resolve_input"]


def copies_folder() -> Path:
    """Return the folder that `fragcheck corpus get` keeps official copies in."""
    return home_folder() / "corpus"


def resolve_input(name: str) -> Path:
    """Return the file that `name` stands for.

    Parameters
    ----------
    name : str
        Path of a file, or id of a catalogue entry whose official copy has been fetched.

    Raises
    ------
    UnreadableInput
        If it is neither, or the copy has not been fetched yet.
    """
    path = Path(name)
    if path.exists() or path.suffix:
        return path
    try:
        instrument = load_catalogue().get(name)
    except CatalogueError as error:
        message = f"{name}: a file or a catalogue id wanted, it is neither; see `fragcheck corpus list`"
        raise UnreadableInput(message) from error
    copies = sorted(copies_folder().glob(f"{instrument.id}.*"))
    kept = [copy for copy in copies if copy.suffix[1:] in SUFFIXES]
    if not kept:
        raise UnreadableInput(f"{name}: no copy has been fetched yet; run `fragcheck corpus get {name}`")
    return kept[0]
