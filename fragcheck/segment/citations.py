"""What a citation names: its places, outermost unit first, and the law that they are of."""

from __future__ import annotations

from dataclasses import dataclass

from fragcheck.segment.reference_grammar import CitedUnit

__all__ = ["Citation", "Path", "Place", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of a citation.

    `unit` is None for a number in brackets behind another; `relation` is ``this``,
    ``previous``, ``next`` or ``same``, with `count` units; `ordinal` counts units without number,
    -1 for the last.
    """

    unit: CitedUnit | None
    number: str = ""
    ordinal: int = 0
    relation: str = ""
    count: int = 1


#: Steps from outside in.
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a citation names, or a range of them from `path` to `last`."""

    path: Path
    last: Path | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters ``start:end`` of a text that name places.

    `law` is the name of another law; ``"="`` for "that Regulation", the law named before; empty for
    none. `is_own` is True where the text says that its own law is meant. A citation without
    places names a law as a whole.
    """

    start: int
    end: int
    places: tuple[Place, ...] = ()
    law: str = ""
    is_own: bool = False
