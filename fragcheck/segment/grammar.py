"""Numbering grammars: what is data about a drafting tradition, loaded from TOML."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from fragcheck.errors import SegmentationError
from fragcheck.records import ProvisionKind, Tradition

__all__ = [
    "DIVISION",
    "LIST_RANK",
    "ApartPart",
    "Closing",
    "Cue",
    "Ending",
    "Grammar",
    "Level",
    "Region",
    "Styles",
    "load_grammar",
    "load_styles",
    "traditions",
]

#: Rank of enumerations: below every named level.
LIST_RANK = 100
#: Rank up to which named levels are divisions: parts, chapters, sections of chapters.
DIVISION = 40


@dataclass(frozen=True, slots=True)
class Level:
    """One kind of label of a grammar.

    Parameters
    ----------
    index : int
        Place in `Grammar.levels`.
    name : str
    kind : ProvisionKind
    pattern : re.Pattern
        Matched at the start of a line; captures the number as ``num`` (or ``num_b``, ``num_c``).
    ordinal : str
        How the number counts (`ordinals.readings`).
    rank : int
        Named levels nest by rank, small outside; enumerations (`is_list`) nest as they come.
    under : frozenset of str
        Names of the levels that an enumeration may open under; ``*`` is any, ``root`` none.
    not_under : frozenset of str
        Names of levels inside of which a named level does not stand.
    numbering : str
        ``continuous`` through the document, ``restart`` within the next outer level,
        ``prefixed`` by the number of the outer level, ``free``.
    heading : tuple of str
        Where its heading stands: ``rest`` of the line, following ``line``, ``short`` following
        line, ``paren`` after the number, ``run_in`` to the text, ``caption`` in brackets on the
        line before, ``before_line``, ``dash``; ``cross``: a line before it heads several units.
    odds : float
        Log-odds that a match at a line start is a label, layout apart.
    weight : float
        Evidence for the tradition per label in sequence.
    region : str
        Name of the region the label is confined to, or empty.
    first : int
        Number that an enumeration begins with.
    is_list, is_root, is_prefixed, is_heading, is_caps : bool
        Enumeration; eids begin here; number begins with the parent's; only as a heading by
        its type; only where the whole line is set in capitals or alone.
    is_version, is_superseded : bool
        One of several versions of a text that stand side by side; a version that is no longer law.
    """

    index: int
    name: str
    kind: ProvisionKind
    pattern: re.Pattern[str]
    ordinal: str
    rank: int = LIST_RANK
    under: frozenset[str] = frozenset()
    not_under: frozenset[str] = frozenset()
    numbering: str = "restart"
    heading: tuple[str, ...] = ()
    odds: float = 0.0
    weight: float = 0.0
    region: str = ""
    first: int = 1
    kind_under: tuple[tuple[str, ProvisionKind], ...] = ()
    restarts: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    is_list: bool = False
    is_root: bool = False
    is_prefixed: bool = False
    is_heading: bool = False
    is_caps: bool = False
    is_version: bool = False
    is_superseded: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the document, from the line that `opens` it to the one that `closes` it."""

    name: str
    opens: re.Pattern[str]
    closes: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Closing:
    """A line that ends whatever stands before it: enacting formula, signatures."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ApartPart:
    """A part of a file that is no part of the law, from the row that `opens` it to the one that `closes` it.

    Where nothing closes it, it is one only if it `is_at_end`. What `opens` matches is its heading.
    """

    name: str
    opens: re.Pattern[str]
    closes: re.Pattern[str] | None = None
    is_at_end: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """The mark that ends a document of a gazette: the row with its `number`, rows of its `tail`.

    What `opens` matches stands only at the beginning of a document.
    """

    ends: re.Pattern[str]
    tail: re.Pattern[str]
    opens: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a tradition, with their weight."""

    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Grammar:
    """The numbering grammar of one drafting tradition."""

    tradition: Tradition
    languages: frozenset[str]
    levels: tuple[Level, ...]
    depths: tuple[ProvisionKind, ...]
    regions: tuple[Region, ...] = ()
    closings: tuple[Closing, ...] = ()
    cues: tuple[Cue, ...] = ()
    quoting: re.Pattern[str] | None = None
    verbs: re.Pattern[str] | None = None
    has_quoted_text: bool = False
    has_headings: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """What all grammars share: names in eids, quotation marks, signs of tables of contents, captions,
    heads of the columns of comparison tables, mastheads of gazettes, parts that go with a bill, words that
    take a number.
    """

    eid: dict[ProvisionKind, str]
    opening_quotes: str
    closing_quotes: str
    contents_heading: re.Pattern[str]
    contents_lead: re.Pattern[str]
    contents_line: re.Pattern[str]
    contents_tail: re.Pattern[str]
    caption: re.Pattern[str]
    citing: frozenset[str]
    citing_nouns: re.Pattern[str]
    masthead: re.Pattern[str]
    masthead_first: re.Pattern[str]
    endings: tuple[Ending, ...]
    apart: tuple[ApartPart, ...]
    apart_opens: re.Pattern[str]
    version_law: re.Pattern[str]
    version_other: re.Pattern[str]
    version_remarks: re.Pattern[str]


def traditions() -> tuple[Tradition, ...]:
    """Traditions that have a grammar, in the order in which ties are settled."""
    return tuple(
        Tradition(name)
        for name in ("eu", "us", "commonwealth", "east_asian", "civil_law", "standard", "plain")
    )


@lru_cache(maxsize=1)
def load_styles() -> Styles:
    """The data that all grammars share."""
    data = _read("styles")
    return Styles(
        eid={ProvisionKind(kind): name for kind, name in data["eid"].items()},
        opening_quotes=data["quotes"]["open"],
        closing_quotes=data["quotes"]["close"],
        contents_heading=re.compile(data["contents"]["heading"]),
        contents_lead=re.compile(data["contents"]["lead"]),
        contents_line=re.compile(data["contents"]["line"]),
        contents_tail=re.compile(data["contents"]["tail"]),
        caption=re.compile(data["captions"]["line"]),
        citing=frozenset(data["citing"]["words"]),
        citing_nouns=re.compile(data["citing"]["nouns"]),
        masthead=re.compile(data["masthead"]["line"]),
        masthead_first=re.compile(data["masthead"]["first"]),
        endings=tuple(
            Ending(re.compile(each["ends"]), re.compile(each["tail"]), re.compile(each["opens"]))
            for each in data["ending"]
        ),
        apart=tuple(
            ApartPart(
                part["name"],
                re.compile(part["opens"]),
                re.compile(part["closes"]) if "closes" in part else None,
                part.get("at_end", False),
            )
            for part in data["apart"]
        ),
        apart_opens=re.compile("|".join(f"(?:{part['opens']})" for part in data["apart"])),
        version_law=re.compile(data["versions"]["law"]),
        version_other=re.compile(data["versions"]["other"]),
        version_remarks=re.compile(data["versions"]["remarks"]),
    )


@cache
def load_grammar(tradition: Tradition) -> Grammar:
    """The grammar of a tradition.

    Raises
    ------
    SegmentationError
        Where the tradition has no grammar.
    """
    if tradition not in traditions():
        names = ", ".join(traditions())
        raise SegmentationError(
            f"drafting tradition {tradition.value!r} has no numbering grammar; use one of {names}"
        )
    data = _read(tradition.value)
    levels = tuple(_level(index, entry, data) for index, entry in enumerate(data.get("level", ())))
    return Grammar(
        tradition=Tradition(data["tradition"]),
        languages=frozenset(data["languages"]),
        levels=levels,
        depths=tuple(ProvisionKind(kind) for kind in data["depths"]),
        regions=tuple(
            Region(entry["name"], re.compile(entry["opens"]), re.compile(entry["closes"]))
            for entry in data.get("region", ())
        ),
        closings=tuple(
            Closing(entry["name"], re.compile(entry["pattern"])) for entry in data.get("closing", ())
        ),
        cues=tuple(Cue(re.compile(entry["pattern"]), entry["weight"]) for entry in data.get("cue", ())),
        quoting=re.compile(data["quoting"]) if "quoting" in data else None,
        verbs=re.compile(rf"(?i)\b(?:{data['verbs']})\b") if "verbs" in data else None,
        has_quoted_text=data.get("has_quoted_text", False),
        has_headings=data.get("has_headings", False),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("fragcheck.segment").joinpath("grammars", f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _style_patterns() -> dict[str, dict[str, str]]:
    patterns: dict[str, dict[str, str]] = _read("styles")["style"]
    return patterns


def _level(index: int, entry: dict[str, Any], data: dict[str, Any]) -> Level:
    style = _style_patterns()[entry["style"]] if "style" in entry else entry
    is_list = entry.get("is_list", False)
    return Level(
        index=index,
        name=entry["name"],
        kind=ProvisionKind(entry.get("kind", data["depths"][0])),
        pattern=re.compile(style["pattern"]),
        ordinal=style["ordinal"],
        rank=LIST_RANK if is_list else entry["rank"],
        under=frozenset(entry.get("under", ())),
        not_under=frozenset(entry.get("not_under", ())),
        numbering=entry.get("numbering", "restart"),
        heading=tuple(entry.get("heading", ())),
        odds=entry.get("odds", 0.0),
        weight=entry.get("weight", 0.0),
        region=entry.get("region", ""),
        first=entry.get("first", 1),
        kind_under=tuple((name, ProvisionKind(kind)) for name, kind in entry.get("kind_under", {}).items()),
        restarts=tuple(entry.get("restarts", ())),
        languages=frozenset(entry.get("languages", ())),
        is_list=is_list,
        is_root=entry.get("is_root", False),
        is_prefixed=entry.get("is_prefixed", False) or entry.get("numbering") == "prefixed",
        is_heading=entry.get("is_heading", False),
        is_caps=entry.get("is_caps", False),
        is_version=entry.get("is_version", False),
        is_superseded=entry.get("is_superseded", False),
    )
