"""Documents that a gazette prints one after another: which of them a file is about, and the others.

An extract of the Federal Register is made of whole pages, so that the end of the document before and the
beginning of the one behind stand in it too. Each ends with its own mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from fragcheck.records import Document, Line, LineRole, Notice, Provision, ProvisionKind, Segmentation
from fragcheck.segment.grammar import Ending, load_styles

__all__ = ["documents_in", "with_others"]

#: Rows that a document has at least.
_FEWEST = 3
#: Rows behind the mark at which a document ends that may still belong to it.
_TAIL = 3


def documents_in(document: Document) -> tuple[tuple[Document, ...], int]:
    """The documents that a file prints one after another, and the index of the one that it is about.

    That is the one whose number stands in the name or title of the file, else the longest.

    Parameters
    ----------
    document : Document
        As read.

    Returns
    -------
    tuple of (tuple of Document, int)
        The same document and 0 where the file holds no other. Lines are in exactly one of them.
    """
    body = [
        index for index, line in enumerate(document.lines) if line.role in (LineRole.BODY, LineRole.TABLE)
    ]
    for ending in load_styles().endings:
        cuts = _cuts(document.lines, body, ending)
        if cuts:
            bounds = [0, *cuts, len(document.lines)]
            parts = tuple(
                replace(document, lines=document.lines[start:end]) for start, end in pairwise(bounds)
            )
            return parts, _meant(document, parts, ending)
    return (document,), 0


def _cuts(lines: Sequence[Line], body: Sequence[int], ending: Ending) -> list[int]:
    """Lines at which another document begins: one that has an end of its own, or the captions of one."""
    ends = [place for place, index in enumerate(body) if ending.ends.match(lines[index].text)]
    cuts: list[int] = []
    for place, following in pairwise([*ends, len(body)]):
        first = place + 1
        while first < min(place + 1 + _TAIL, len(body)) and ending.tail.match(lines[body[first]].text):
            first += 1
        rest = body[first:following]
        is_document = following < len(body) or any(ending.opens.match(lines[index].text) for index in rest)
        if len(rest) >= _FEWEST and is_document:
            cuts.append(rest[0])
    return cuts


def _meant(document: Document, parts: Sequence[Document], ending: Ending) -> int:
    named = _plain(f"{PurePath(document.path).stem} {document.title}")
    for index, part in enumerate(parts):
        for line in part.lines:
            match = ending.ends.match(line.text)
            if match and re.search(rf"(?<!\d){re.escape(_plain(match['number']))}(?!\d)", named):
                return index
    lengths = [sum(len(line.text) for line in part.lines) for part in parts]
    return lengths.index(max(lengths))


def _plain(text: str) -> str:
    """A text with one sign for all hyphens and dashes."""
    return re.sub("[-‐‑–—_]", "-", text)


def with_others(own: Segmentation, others: Mapping[int, Segmentation], place: int) -> Segmentation:
    """The document that a file is about, and the others of the file under a unit of their own each.

    Parameters
    ----------
    own : Segmentation
        Of the document that the file is about.
    others : mapping of int to Segmentation
        Of the others, by their index in the file.
    place : int
        Index of the first in the file.
    """
    provisions: list[Provision] = []
    for index in range(len(others) + 1):
        found = own.provisions if index == place else _under(f"doc_{index + 1}", others[index].provisions)
        provisions.extend(found)
    message = (
        f"the file prints {len(others) + 1} documents one after another: the one that its name gives, or "
        f"else the longest, is read, and each other one is a unit of its own"
    )
    return replace(
        own, provisions=tuple(provisions), warnings=(*own.warnings, Notice("several-documents", message))
    )


def _under(eid: str, provisions: Sequence[Provision]) -> list[Provision]:
    """The provisions of another document under one unit, all below it marked as text of another law.

    The unit is what stands before its first part, if anything does: captions and title, mostly.
    """
    first = provisions[0]
    is_opening = first.kind is ProvisionKind.PREAMBLE and all(each.parent != first.eid for each in provisions)
    root = first if is_opening else Provision("", ProvisionKind.OTHER, language=first.language)
    inside = (_moved(each, eid) for each in provisions[is_opening:])
    return [replace(root, eid=eid), *inside]


def _moved(provision: Provision, eid: str) -> Provision:
    """A provision of another document with its names below `eid`."""
    warnings = tuple(
        replace(notice, eid=None if notice.eid is None else f"{eid}__{notice.eid}")
        for notice in provision.warnings
    )
    parent = eid if provision.parent is None else f"{eid}__{provision.parent}"
    return replace(provision, eid=f"{eid}__{provision.eid}", parent=parent, is_quoted=True, warnings=warnings)
