"""What documents and provisions are called wherever people read of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from fragcheck.records import Analysis, Provision, ProvisionKind

__all__ = ["column_letter", "document_names", "provision_label", "shorten"]

#: What follows a number in print and says nothing between two of them.
_TAIL = ".,:;—–- "

_DIVISIONS = (ProvisionKind.PART, ProvisionKind.TITLE, ProvisionKind.CHAPTER, ProvisionKind.PREAMBLE)


def column_letter(place: int) -> str:
    """A to Z, then AA and on, for places from 0."""
    head = column_letter(place // 26 - 1) if place >= 26 else ""
    return head + chr(ord("A") + place % 26)


def document_names(analyses: Sequence[Analysis], width: int = 44) -> tuple[str, ...]:
    """A short, distinct name for every document, after its file: that is what its owner calls it.

    Numbered where two are equal. Titles are long, and alike among laws; the app shows them beside.
    """
    names = [
        shorten(re.sub(r"[-_\s]+", " ", Path(analysis.document.path).stem) or analysis.document.title, width)
        for analysis in analyses
    ]
    counts: dict[str, int] = {}
    found = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        found.append(f"{name} ({counts[name]})" if names.count(name) > 1 else name)
    return tuple(found)


def provision_label(provisions: Mapping[str, Provision], eid: str) -> str:
    """``Article 9 › 2 › (a): Heading``; the eid where nothing is numbered.

    Parts, titles and chapters are left out above a numbered unit, and all above an article.
    """
    chain: list[Provision] = []
    at: str | None = eid
    while at is not None and at in provisions and len(chain) < 20:
        chain.append(provisions[at])
        at = provisions[at].parent
    if not chain:
        return eid
    kept = [unit for unit in reversed(chain) if unit is chain[0] or unit.kind not in _DIVISIONS]
    article = next((at for at, unit in enumerate(kept) if unit.kind is ProvisionKind.ARTICLE), 0)
    bare = [unit.num.strip().rstrip(_TAIL) or unit.num.strip() for unit in kept[article:]]
    numbers = " › ".join(number for number in bare if number)
    heading = next((unit.heading.strip() for unit in chain if unit.heading.strip()), "")
    if numbers and heading and heading not in numbers:
        return f"{numbers}: {heading}"
    return numbers or heading or eid


def shorten(name: str, width: int) -> str:
    """Return `name` in one line of at most `width` characters, cut between words."""
    flat = " ".join(name.split())
    if len(flat) <= width:
        return flat
    cut = flat[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:–-") + "…"
