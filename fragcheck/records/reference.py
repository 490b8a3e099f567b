"""Cross-references: where a provision names another, and what it names."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Reference"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a provision that name other provisions, or another law.

    Parameters
    ----------
    eid : str
        The provision that the words stand in.
    start, end : int
        Characters of its text.
    text : str
        The words.
    targets : tuple of str
        eids in the same document, in document order; a range names every unit in it.
        "Second subparagraph" names the smallest unit that the segmentation has.
    law : str
        Another law, as it is named there; empty for the document itself.
    instrument : str
        Id of that law in the catalogue; empty where it is not in it.
    paths : tuple of str
        Places in the other law, named as eids would be: ``art_6__para_2``.
    reason : str
        Why it is not resolved, or not all of it; empty where it is.
    """

    eid: str
    start: int
    end: int
    text: str
    targets: tuple[str, ...] = ()
    law: str = ""
    instrument: str = ""
    paths: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_resolved(self) -> bool:
        """Whether every place that it names was found, here or in the catalogue."""
        return not self.reason
