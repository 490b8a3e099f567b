"""What a reader corrects by hand in the provisions of a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from fragcheck.records.provision import Provision, ProvisionKind, Segmentation

__all__ = [
    "CORRECTED",
    "LOST",
    "Anchor",
    "Corrected",
    "Correction",
    "CorrectionKind",
    "Corrections",
    "anchor_of",
]

#: Code of the notice on a provision that was corrected.
CORRECTED = "corrected-by-hand"

#: Code of the notice on a correction whose provision is gone.
LOST = "correction-lost"


class CorrectionKind(StrEnum):
    """What can be corrected."""

    SPLIT = "split"
    MERGE = "merge"
    RENUMBER = "renumber"
    CHANGE_KIND = "change_kind"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A provision as it was when it was corrected.

    `text_sha256` is over number, heading and text without white space, so that a
    reading which only spaces or breaks lines otherwise keeps the anchor.
    """

    eid: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    Parameters
    ----------
    kind : CorrectionKind
    anchor : Anchor
        The provision that is corrected, as it stood after the corrections before this one.
    target : Anchor or None
        For `MERGE`: the earlier provision that takes it up.
    at : int
        For `SPLIT`: characters of the text, white space not counted, that stay in the first part.
    num : str
        For `RENUMBER` the new number; for `SPLIT` that of the second part, empty for none.
    to : ProvisionKind or None
        For `CHANGE_KIND`.
    made_at : str
        When, in ISO 8601; empty if unknown.
    """

    kind: CorrectionKind
    anchor: Anchor
    target: Anchor | None = None
    at: int = 0
    num: str = ""
    to: ProvisionKind | None = None
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of the document whose bytes have the sha256 `document_id`, in their order."""

    document_id: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A segmentation with its corrections applied, and those that found nothing to apply to."""

    segmentation: Segmentation
    lost: tuple[Correction, ...] = ()


def anchor_of(provision: Provision) -> Anchor:
    """The anchor of a provision as it stands."""
    words = "\x1f".join("".join(part.split()) for part in (provision.num, provision.heading, provision.text))
    return Anchor(provision.eid, hashlib.sha256(words.encode()).hexdigest())
