"""Automatic numbers of Word lists, restored as they are printed (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from fragcheck.formats.numerals import is_known, numeral
from fragcheck.formats.xml_input import Element

__all__ = ["Numbering", "W", "find", "value_of"]

#: Namespace of WordprocessingML, in Clark notation.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_DEEPEST = 9
_BULLET = "•"
_TWIPS = 20.0
#: Numbers beyond which a stated start is taken for damage.
_HIGHEST = 100_000


def find(element: Element | None, *names: str) -> Element | None:
    """The descendant that a path of child names leads to; None where there is none."""
    for name in names:
        element = None if element is None else element.find(f"{W}{name}")
    return element


def value_of(element: Element | None, *names: str) -> str:
    """Attribute ``w:val`` of the descendant that a path leads to; empty where there is none."""
    found = find(element, *names)
    return "" if found is None else str(found.get(f"{W}val") or "")


@dataclass(slots=True)
class _Level:
    """A level of a list: what it counts from and how, and how its number is written."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    indent: float = 0.0
    restart: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class _List:
    """A list in use: the shared counters it belongs to, its levels, and starts of its own."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the lists of one document.

    Parameters
    ----------
    numbering, styles : Element or None
        Roots of the parts ``numbering.xml`` and ``styles.xml``.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        self.unknown: set[str] = set()
        if numbering is not None:
            self._read(numbering, styles)

    def _read(self, numbering: Element, styles: Element | None) -> None:
        abstracts = {
            str(each.get(f"{W}abstractNumId")): each for each in numbering.iterchildren(f"{W}abstractNum")
        }
        linked = _numbers_of_styles(styles)
        of_number = {
            str(each.get(f"{W}numId")): value_of(each, "abstractNumId")
            for each in numbering.iterchildren(f"{W}num")
        }
        for each in numbering.iterchildren(f"{W}num"):
            identifier = str(each.get(f"{W}numId"))
            name = value_of(each, "abstractNumId")
            abstract = abstracts.get(name)
            style = value_of(abstract, "numStyleLink")
            if style and linked.get(style) in of_number:  # the list is defined where the style's is
                name = of_number[linked[style]]
                abstract = abstracts.get(name)
            if abstract is None:
                continue
            made = _List(
                name,
                {
                    _figure(level.get(f"{W}ilvl"), 0): self._level(level)
                    for level in abstract.iterchildren(f"{W}lvl")
                },
            )
            for override in each.iterchildren(f"{W}lvlOverride"):
                at = _figure(override.get(f"{W}ilvl"), 0)
                own = find(override, "lvl")
                if own is not None:
                    made.levels[at] = self._level(own)
                if find(override, "startOverride") is not None:
                    made.starts[at] = _figure(value_of(override, "startOverride"), 1)
            self._lists[identifier] = made
            for level in abstract.iterchildren(f"{W}lvl"):
                if value_of(level, "pStyle"):
                    self._by_style.setdefault(
                        value_of(level, "pStyle"), (identifier, _figure(level.get(f"{W}ilvl"), 0))
                    )

    def _level(self, level: Element) -> _Level:
        kind = value_of(level, "numFmt") or "decimal"
        if kind != "bullet" and not is_known(kind):
            self.unknown.add(kind)
        legal = find(level, "isLgl")
        restart = value_of(level, "lvlRestart")
        left = find(level, "pPr", "ind")
        return _Level(
            start=_figure(value_of(level, "start"), 1),
            kind=kind,
            text=value_of(level, "lvlText"),
            indent=0.0
            if left is None
            else _figure(left.get(f"{W}left") or left.get(f"{W}start"), 0) / _TWIPS,
            restart=_figure(restart, 0) if restart else None,
            is_legal=legal is not None and legal.get(f"{W}val") not in ("0", "false"),
        )

    def level_of_style(self, style: str, number: str) -> int:
        """Level that a paragraph style has in the list of that id; 0 where none is bound to it."""
        bound = self._by_style.get(style)
        return bound[1] if bound is not None and self._same(bound[0], number) else 0

    def _same(self, one: str, other: str) -> bool:
        left, right = self._lists.get(one), self._lists.get(other)
        return left is not None and right is not None and left.abstract == right.abstract

    def indent(self, number: str, level: int) -> float:
        """Indent of a level in points."""
        found = self._lists.get(number)
        return found.levels[level].indent if found is not None and level in found.levels else 0.0

    def count(self, number: str, level: int) -> str:
        """The number that the next paragraph of a list shows; empty where it shows none."""
        found = self._lists.get(number)
        if found is None or level not in found.levels or level >= _DEEPEST:
            return ""
        counters = self._counters[found.abstract]
        start = found.levels[level].start
        if level in found.starts and (number, level) not in self._begun:
            start = found.starts[level]
            counters.pop(level, None)
        self._begun.add((number, level))
        counters[level] = counters[level] + 1 if level in counters else start
        for deeper in range(level + 1, _DEEPEST):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > 0 and level < restart):
                counters.pop(deeper, None)
        return self._written(found, level, counters)

    @staticmethod
    def _written(found: _List, level: int, counters: dict[int, int]) -> str:
        own = found.levels[level]
        if own.kind == "bullet":
            return _BULLET
        if own.kind == "none" and not _PLACE.search(own.text):
            return own.text.strip()

        def figure(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            part = found.levels.get(at)
            if part is None:
                return ""
            kind = "decimal" if own.is_legal and part.kind != "none" else part.kind
            return numeral(counters.setdefault(at, part.start), kind)

        return _PLACE.sub(figure, own.text).strip()


def _numbers_of_styles(styles: Element | None) -> dict[str, str]:
    """Id of the list that each style is bound to."""
    if styles is None:
        return {}
    return {
        str(style.get(f"{W}styleId")): value_of(style, "pPr", "numPr", "numId")
        for style in styles.iterchildren(f"{W}style")
        if value_of(style, "pPr", "numPr", "numId")
    }


def _figure(stated: str | None, default: int) -> int:
    plain = str(stated or "").strip()
    return min(int(plain), _HIGHEST) if re.fullmatch(r"\d{1,9}", plain) else default
