"""How provisions are cited, per language, as the data files say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fragcheck.records import ProvisionKind

__all__ = ["CitedLaw", "CitedUnit", "ReferenceGrammar", "load_reference_grammar"]

_NAMES = ("en", "fr", "de", "romance", "zh", "ja", "ko")


@dataclass(frozen=True, slots=True)
class CitedUnit:
    """A word for a kind of unit in citations.

    Parameters
    ----------
    pattern : re.Pattern
        The word alone.
    kinds : tuple of ProvisionKind
        Kinds that it may name, the likeliest first.
    rank : int
        Citations nest by rank, small outside.
    is_root : bool
        Found anywhere in the document; other units around the citing one.
    unmarked : {"", "first", "any"}
        Which of them may stand in the text of the unit around it without a number.
    needs_number : bool
        Whether "this" and an ordinal before the word are no citation.
    """

    pattern: re.Pattern[str]
    kinds: tuple[ProvisionKind, ...]
    rank: int
    is_root: bool
    unmarked: str
    needs_number: bool


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """Names of other laws.

    `not_before` are words that must not stand before one; a name that `is_continued` takes its type
    from the law named before it.
    """

    pattern: re.Pattern[str]
    not_before: re.Pattern[str] | None
    is_continued: bool


@dataclass(frozen=True, slots=True)
class ReferenceGrammar:
    """Citations of one language (or several that cite alike).

    `component` is set for languages without spaces between the parts of a citation; in others words
    of `relations` stand before a unit ("preceding") or (`behind`) after it, and `plural` tells units that
    these do not name one by one. Where a number stands twice, the nearer is meant, or (`is_first_meant`)
    the first. `has_inner_roman` says that a Roman number behind an Arabic one is an item of it. `through` is
    what may stand between an inner unit and the outer one that stands for it, `amending` ends a lead-in whose
    items amend what it names.
    """

    units: tuple[CitedUnit, ...]
    laws: tuple[CitedLaw, ...]
    ordinals: dict[str, int]
    relations: dict[str, str]
    words: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    plural: re.Pattern[str]
    numbers: re.Pattern[str]
    item: re.Pattern[str]
    inner: re.Pattern[str]
    separator: re.Pattern[str]
    range: re.Pattern[str]
    inward: re.Pattern[str]
    outward: re.Pattern[str]
    through: re.Pattern[str]
    amending: re.Pattern[str]
    listed: re.Pattern[str]
    own_law: re.Pattern[str]
    previous_law: re.Pattern[str]
    of_law: re.Pattern[str]
    component: re.Pattern[str] | None
    numerals: str
    depths: tuple[ProvisionKind, ...]
    is_first_meant: bool
    has_inner_roman: bool


@lru_cache(maxsize=16)
def load_reference_grammar(language: str) -> ReferenceGrammar | None:
    """The citations of a language (ISO 639-1); None where there are no data for it."""
    for name in _NAMES:
        text = files("fragcheck.segment").joinpath("references", f"{name}.toml").read_text("utf-8")
        data = tomllib.loads(text)
        if language in data["languages"]:
            return _grammar(data)
    return None


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _grammar(data: dict[str, Any]) -> ReferenceGrammar:
    is_dense = data.get("is_dense", False)
    number, inner = data["number"], data.get("inner", "(?!)")
    item = number if is_dense else f"(?:{number}(?:{inner})*|(?:{inner})+)"
    words = "|".join(f"(?P<u{at}>{entry['words']})" for at, entry in enumerate(data["unit"]))
    return ReferenceGrammar(
        units=tuple(_unit(entry) for entry in data["unit"]),
        laws=tuple(_law(entry, is_dense=is_dense) for entry in data.get("law", ())),
        ordinals=data.get("ordinals", {}),
        relations={**data.get("relations", {}), **data.get("behind", {})},
        words=_compiled(rf"(?<![\w-])(?:{words})(?![^\W\d_]|-)"),
        before=_compiled(_before(data)),
        behind=_compiled(rf"\s+(?P<relation>{_either(data.get('behind', ()))})(?!\w)"),
        plural=_compiled(data.get("plural", "(?!)")),
        numbers=_compiled(_numbers(data, item)),
        item=_compiled(item),
        inner=_compiled(inner),
        separator=_compiled(data.get("plain_list", "(?!)")),
        range=_compiled(data["range"]),
        inward=_compiled(data["inward"]),
        outward=_compiled(data.get("outward", "(?!)")),
        through=_compiled(data.get("through", "(?!)")),
        amending=_compiled(data.get("amending", "(?!)")),
        listed=_compiled(data["listed"]),
        own_law=_compiled(data["own_law"]),
        previous_law=_compiled(data["previous_law"]),
        of_law=_compiled(data.get("of_law") or data["law_gap"]),
        component=_compiled(data["component"]) if is_dense else None,
        numerals=data.get("numerals", "number"),
        depths=tuple(ProvisionKind(kind) for kind in data["depths"]),
        is_first_meant=data.get("is_first_meant", False),
        has_inner_roman=data.get("has_inner_roman", False),
    )


def _unit(entry: dict[str, Any]) -> CitedUnit:
    return CitedUnit(
        pattern=_compiled(entry["words"]),
        kinds=tuple(ProvisionKind(kind) for kind in entry["kinds"]),
        rank=entry["rank"],
        is_root=entry.get("is_root", False),
        unmarked=entry.get("unmarked", ""),
        needs_number=entry.get("needs_number", False),
    )


def _law(entry: dict[str, Any], *, is_dense: bool) -> CitedLaw:
    pattern = entry["pattern"] if is_dense else rf"(?<!\w)(?:{entry['pattern']})"
    not_before = _compiled(rf"(?:{entry['not_before']})\s+$") if "not_before" in entry else None
    return CitedLaw(_compiled(pattern), not_before, entry.get("is_continued", False))


def _before(data: dict[str, Any]) -> str:
    """What may stand before a unit's word: an ordinal, "this", or "the preceding"."""
    ordinals, relations = _either(data.get("ordinals", ())), _either(data.get("relations", ()))
    this = data.get("this", "(?!)")
    return rf"(?<!\w)(?:(?P<ordinal>{ordinals})|(?P<this>{this})|(?P<relation>{relations}))\s+$"


def _either(words: Iterable[str]) -> str:
    """Any of some words, the longest first; nothing where there are none."""
    return "|".join(sorted(words, key=len, reverse=True)) or "(?!)"


def _numbers(data: dict[str, Any], item: str) -> str:
    """The numbers behind a unit's word."""
    if data.get("is_dense", False):
        return "(?!)"
    bracketed = f"(?:{data['inner']})+"
    more = f"(?:{data['plain_list']}(?:{bracketed}|{item}{data['list_end']}))*"
    return rf"\s?{item}{more}(?!\w)"
