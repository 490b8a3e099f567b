"""The sources of the sample regulations: one provision a line, with its number and its tags.

A source opens with a TOML head between two ``+++`` lines. Every further line reads
``kind number|tags|text``, in a table row ``row||cell|cell``. Kinds are the prefixes of the eids.
``[[…]]`` inside a text is a footnote.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

PRINCIPLES = {
    "S": "safety",
    "T": "transparency",
    "A": "accountability",
    "F": "fairness",
    "H": "human_centric",
    "P": "privacy",
}
CONTROL_POINTS = {"d": "data", "c": "compute", "m": "model"}

# Kinds that are provisions, outermost first: a deeper one belongs to the last shallower one before it.
DEPTH = {"rec": 0, "annex": 0, "sch": 0, "art": 0, "h1": 0, "h2": 0, "sec": 0, "item": 0}
DEPTH |= {"subsec": 1, "para": 2, "subpara": 3, "point": 4}
PREFIX = {"h1": "sec", "h2": "sec"}
# Numbers that an eid writes in another way than the page does.
BARE_NUMBERS = {"Parágrafo único.": "1", "SCHEDULE": "1"}
_NUMBER_WORDS = re.compile(r"^(?:Article|Art\.|SECTION|SEC\.|ANNEX|§)\s*|[().:º–\s]+$|^\(")
_FOOTNOTE = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True)
class Piece:
    """One line of a source: what is printed, and as which provision."""

    kind: str
    number: str
    tags: str
    text: str
    eid: str | None

    @property
    def plain(self) -> str:
        """The text without its footnotes."""
        return _FOOTNOTE.sub("", self.text)

    @property
    def parts(self) -> list[str]:
        """Text and footnotes in turn, beginning with text."""
        return _FOOTNOTE.split(self.text)


@dataclass(frozen=True)
class Source:
    """A sample regulation: the keys of its head, and its pieces in order."""

    path: Path
    head: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """Read one source and name its provisions."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    source = Source(path, tomllib.loads(head))
    stack: list[tuple[int, str]] = []
    for line in body.splitlines():
        label, tags, text = line.split("|", 2)
        kind, _, number = label.partition(" ")
        eid = None
        if kind in DEPTH:
            stack = [entry for entry in stack if entry[0] < DEPTH[kind]]
            eid = "__".join([*(entry[1] for entry in stack[-1:]), _own_name(kind, number)])
            stack.append((DEPTH[kind], eid))
        source.pieces.append(Piece(kind, number, tags, text, eid))
    return source


def tag_names(tags: str, names: dict[str, str]) -> list[str]:
    """Full names of the tags of a piece, in the order of the taxonomy."""
    return [name for letter, name in names.items() if letter in tags]


def _own_name(kind: str, number: str) -> str:
    bare = BARE_NUMBERS.get(number) or number
    while (shorter := _NUMBER_WORDS.sub("", bare)) != bare:
        bare = shorter
    return f"{PREFIX.get(kind, kind)}_{bare}"
