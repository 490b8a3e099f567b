"""The sample corpus: five regulations of fictional jurisdictions, and what is planted in them."""

from __future__ import annotations

import json
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from fragcheck.catalogue.sample_files import truth_path
from fragcheck.errors import CatalogueError

__all__ = [
    "SampleDocument",
    "SampleGap",
    "SampleProvision",
    "SampleRelation",
    "SampleTruth",
    "sample_truth",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SampleProvision(_Frozen):
    """A provision of a sample regulation: its eid, its tags, its printed words.

    ``is_scanned`` marks provisions on a page without a text layer, which only OCR reads.
    ``words`` is the heading of a unit that has one, else its own text, without footnotes.
    """

    eid: str
    principles: tuple[str, ...]
    sovereignty: tuple[str, ...]
    is_scanned: bool
    words: str


class SampleDocument(_Frozen):
    """A sample regulation and its provisions in document order."""

    id: str
    title: str
    jurisdiction: str
    tradition: str
    language: str
    kind: str
    file: str
    provisions: tuple[SampleProvision, ...]


class SampleRelation(_Frozen):
    """Provisions that are planted to agree or to differ.

    ``kind`` is ``agreement`` (the same requirement in other words), ``contrary`` (one
    demands or allows what another forbids), ``parameter`` (the same requirement with
    other figures) or ``modality`` (a duty here, a recommendation there). A provision
    is written ``document:eid``; in a ``contrary`` relation the first group stands
    against the second. ``values`` are the figures in the order of the provisions.
    """

    kind: Literal["agreement", "contrary", "parameter", "modality"]
    topic: str
    provisions: tuple[str, ...]
    against: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    unit: str = ""


class SampleGap(_Frozen):
    """A provision (``document:eid``) with no counterpart in the documents of ``absent_from``."""

    provision: str
    absent_from: tuple[str, ...]


class SampleTruth(_Frozen):
    """What is planted in the sample corpus."""

    documents: tuple[SampleDocument, ...]
    relation: tuple[SampleRelation, ...] = ()
    gap: tuple[SampleGap, ...] = ()

    def document(self, identifier: str) -> SampleDocument:
        """Sample regulation by its id.

        Raises
        ------
        CatalogueError
            If there is none of that id.
        """
        for document in self.documents:
            if document.id == identifier:
                return document
        known = ", ".join(document.id for document in self.documents)
        message = f"sample corpus: a document id wanted, one of {known}; {identifier!r} came"
        raise CatalogueError(message)


@cache
def sample_truth() -> SampleTruth:
    """What is planted in the sample corpus, checked.

    Returns
    -------
    SampleTruth

    Raises
    ------
    CatalogueError
        If the truth file is damaged.
    """
    path = truth_path()
    try:
        return SampleTruth.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as error:
        message = f"{path}: the truth of the sample corpus wanted, but {error}; reinstall fragcheck"
        raise CatalogueError(message) from error
