"""Numbers of citations: which places "6(2), (3) and 7 to 9" names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fragcheck.segment.citations import Path, Place, Step
from fragcheck.segment.reference_grammar import CitedUnit, ReferenceGrammar

__all__ = ["items_of", "places_of"]


def places_of(numbers: str, unit: CitedUnit, grammar: ReferenceGrammar) -> list[Place]:
    """Places of "6(2), (3) and 7 to 9": numbers in brackets alone share what stands before them."""
    places: list[Place] = []
    head: Path = ()
    is_bracketed = False
    for gap, match in items_of(numbers, grammar):
        first = grammar.inner.search(match[0])
        main = (match[0][: first.start()] if first else match[0]).strip(' )”"»“«')
        brackets = tuple(Step(None, found.strip(" ()")) for found in grammar.inner.findall(match[0]))
        if main and grammar.has_inner_roman and head and _is_item_of(main, head):
            path: Path = (head[0], Step(None, main))
            if places[-1].path == head[:1] and not places[-1].last:
                places.pop()  # "art. 5º, XII" names the item alone
        elif main:
            path = (Step(unit, main), *brackets)
            is_bracketed = False
        else:
            is_bracketed = is_bracketed or not head
            kept = head[: _depth_of(brackets[0].number, head, len(brackets), is_bracketed=is_bracketed)]
            path = (*kept, *brackets) if kept else (Step(unit, brackets[0].number), *brackets[1:])
        if places and places[-1].last is None and grammar.range.fullmatch(gap):
            places[-1] = Place(places[-1].path, path)
        else:
            places.append(Place(path))
        head = path
    return places


def _is_item_of(number: str, head: Path) -> bool:
    """Whether a Roman number stands behind an Arabic one: "art. 5º, XII"."""
    return set(number) <= set("IVXLC") and head[0].number[:1].isdigit()


def _depth_of(number: str, head: Path, count: int, *, is_bracketed: bool) -> int:
    """How many steps of `head` a number in brackets shares: those before the last number of its style."""
    least = 0 if is_bracketed else 1
    for at in reversed(range(least, len(head))):
        if _style(head[at].number) == _style(number):
            return at
    return max(len(head) - count, least)


def _style(number: str) -> str:
    if number[:1].isdigit():
        return "figure"
    return "capital" if number[:1].isupper() else "roman" if set(number) <= set("ivxlc") else "letter"


def items_of(numbers: str, grammar: ReferenceGrammar) -> Iterator[tuple[str, re.Match[str]]]:
    """Numbers of a list, each with what separates it from the one before."""
    match = grammar.item.match(numbers, len(numbers) - len(numbers.lstrip()))
    gap = ""
    while match is not None:
        yield gap, match
        between = grammar.separator.match(numbers, match.end())
        if between is None:
            return
        gap = between[0].strip()
        match = grammar.item.match(numbers, between.end())
