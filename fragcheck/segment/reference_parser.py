"""Citations in a text: which units they name, outermost first, and of which law."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from operator import attrgetter

from fragcheck.segment.citations import Citation, Place, Step
from fragcheck.segment.ordinals import readings
from fragcheck.segment.reference_grammar import CitedUnit, ReferenceGrammar
from fragcheck.segment.reference_numbers import items_of, places_of

__all__ = ["Citation", "Place", "Step", "find_citations"]

#: Places of one citation beyond which no more are made of it: lists of lists.
_MOST_PLACES = 60
#: Characters before a word in which "first" or "this" is looked for.
_BEFORE = 20
#: Characters before a law in which words are looked for that must not stand there.
_WINDOW = 200
#: Laws beside a citation among which its own is looked for: between the two stand a few words and no law.
_NEAREST = 3


@dataclass(slots=True)
class _Token:
    """A unit of a citation with its numbers, which begin at `numbers_at` (-1 where there are none)."""

    start: int
    end: int
    unit: CitedUnit
    places: list[Place] = field(default_factory=list)
    numbers_at: int = -1
    is_plural: bool = False


_START, _END = attrgetter("start"), attrgetter("end")


def find_citations(text: str, grammar: ReferenceGrammar) -> list[Citation]:
    """Citations of a text in their order; they do not overlap."""
    laws = _laws(text, grammar)
    tokens = [token for token in _tokens(text, grammar) if not _is_within(token.start, laws)]
    chains = [_cited(chain) for chain in _chains(text, tokens, grammar)]
    is_dense = grammar.component is not None
    found, used = (_laws_before if is_dense else _laws_behind)(text, chains, laws, grammar)
    found = _shared(text, found, grammar, is_dense=is_dense)
    found.extend(law for at, law in enumerate(laws) if at not in used)
    return sorted(found, key=lambda citation: citation.start)


def _laws(text: str, grammar: ReferenceGrammar) -> list[Citation]:
    """Names of laws in their order; of two that overlap the one whose pattern comes first."""
    found: list[Citation] = []
    for law in grammar.laws:
        for match in law.pattern.finditer(text):
            window = max(0, match.start() - _WINDOW)
            if law.not_before is not None and law.not_before.search(text, window, match.start()):
                continue
            at = bisect_right(found, match.start(), key=_START)
            is_free = (at == 0 or found[at - 1].end <= match.start()) and (
                at == len(found) or match.end() <= found[at].start
            )
            if is_free:
                name = match[0].strip(" ,")
                name = f"{_type_before(found[:at], match.start())} {name}" if law.is_continued else name
                found.insert(at, Citation(match.start(), match.end(), law=name.strip()))
    return found


def _type_before(laws: Sequence[Citation], place: int) -> str:
    """Type of the last act named before a place: "Regulation" of "Regulations (EU) 2016/679"."""
    last = next((law for law in reversed(laws) if law.end <= place and "/" in law.law), None)
    word = "" if last is None else re.split(r"\s*[(\d]", last.law, maxsplit=1)[0]
    return word.removesuffix(" No").strip().removesuffix("s")


def _is_within(place: int, laws: Sequence[Citation]) -> bool:
    """Whether a place stands in one of `laws`, which are in order and do not overlap."""
    at = bisect_right(laws, place, key=_START)
    return at > 0 and place < laws[at - 1].end


def _tokens(text: str, grammar: ReferenceGrammar) -> list[_Token]:
    """Units with their numbers, in order; of overlapping ones the first, and the longer."""
    made = _dense_tokens(text, grammar) if grammar.component is not None else _spaced_tokens(text, grammar)
    kept: list[_Token] = []
    for token in sorted(made, key=lambda token: (token.start, -token.end)):
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _spaced_tokens(text: str, grammar: ReferenceGrammar) -> Iterator[_Token]:
    for match in grammar.words.finditer(text):
        unit = grammar.units[int((match.lastgroup or "u0")[1:])]
        numbers = grammar.numbers.match(text, match.end())
        before = grammar.before.search(text[max(match.start() - _BEFORE, 0) : match.start()])
        start = match.start() if before is None else match.start() - len(before[0])
        if numbers is not None:
            places = places_of(numbers[0], unit, grammar)
            is_plural = grammar.plural.search(match[0]) is not None
            yield _Token(start, numbers.end(), unit, places, numbers.start(), is_plural)
        elif not unit.needs_number:
            yield from _unnumbered(text, start, match, unit, grammar)


def _unnumbered(
    text: str, start: int, match: re.Match[str], unit: CitedUnit, grammar: ReferenceGrammar
) -> Iterator[_Token]:
    """A unit without a number: "the first paragraph", "this Article", "the preceding paragraph"."""
    before = grammar.before.search(text, start, match.start())
    behind = grammar.behind.match(text, match.end())
    beside = behind or before
    if beside is None:
        return
    end = match.end() if behind is None else behind.end()
    if beside["relation"]:
        if grammar.plural.search(match[0]):
            return
        step = Step(unit, relation=grammar.relations[beside["relation"].lower()])
    elif before is not None and before["ordinal"]:
        step = Step(unit, ordinal=grammar.ordinals[before["ordinal"].lower()])
    else:
        step = Step(unit, relation="this")
    yield _Token(start, end, unit, [Place((step,))])


def _dense_tokens(text: str, grammar: ReferenceGrammar) -> Iterator[_Token]:
    assert grammar.component is not None  # noqa: S101 - the caller asks for languages that have one
    for match in grammar.component.finditer(text):
        groups = match.groupdict()
        word = groups.get("unit") or groups.get("unit_b") or groups.get("named") or "item"
        unit = next((each for each in grammar.units if each.pattern.fullmatch(word)), None)
        if unit is None:
            continue
        if groups.get("named"):
            step = Step(unit, groups["named"])
        elif groups.get("rel"):
            count = _figure(groups.get("count") or "", "han")
            step = Step(unit, relation=grammar.relations[groups["rel"]], count=int(count or 1))
            if step.count > 1:
                place = Place((step,), (replace(step, count=1),))
                yield _Token(match.start(), match.end(), unit, [place])
                continue
        else:
            number = _figure(groups.get("num") or "", grammar.numerals) or _item_figure(
                groups.get("item") or ""
            )
            inserted = _figure(groups.get("ins") or "", grammar.numerals)
            step = Step(unit, f"{number}-{inserted}" if inserted else number)
        yield _Token(match.start(), match.end(), unit, [Place((step,))])


def _figure(number: str, numerals: str) -> str:
    """A number in figures, as eids have it; empty where it is none."""
    if not number:
        return ""
    found = readings(number.replace("两", "二").replace("兩", "二").replace("零", "〇"), numerals)
    return "-".join(str(part) for part in found[0]) if found else ""


def _item_figure(mark: str) -> str:
    """Place of a syllable in the order that items are counted in."""
    for numerals in ("hangul", "iroha"):
        try:
            return str(readings(mark, numerals)[0][0])
        except ValueError:
            continue
    return ""


def _chains(text: str, tokens: Sequence[_Token], grammar: ReferenceGrammar) -> list[list[_Token]]:
    """Tokens that name one place together: "point (b) of paragraph 3", "Article 5(1), point (h)"."""
    chains: list[list[_Token]] = []
    for token in tokens:
        last = chains[-1][-1] if chains else None
        if last is not None:
            gap = text[last.end : token.start]
            ranks = {each.unit.rank for each in chains[-1]}
            is_deeper = token.unit.rank > last.unit.rank and token.unit.rank not in ranks
            is_inner = is_deeper and grammar.inward.fullmatch(gap) is not None
            is_outer = grammar.outward.fullmatch(gap) is not None and token.unit.rank < min(ranks)
            if is_inner:
                own, rest = _parted(text, last, token, grammar)
                chains[-1].append(own)
                chains.extend([rest] if rest else [])
                continue
            if is_outer:
                chains[-1].append(token)
                continue
        chains.append([token])
    return _ranged(text, chains, grammar)


def _parted(
    text: str, outer: _Token, inner: _Token, grammar: ReferenceGrammar
) -> tuple[_Token, list[_Token]]:
    """The numbers that belong to the inner unit, and a token of the outer one for those that go on its list.

    "arts. 5º, § 1º, e 7º": a word in the singular takes one number, and numbers of another style are not
    its own; behind it the list of a word in the plural goes on.
    """
    if not outer.is_plural or inner.numbers_at < 0:
        return inner, []
    items = [match for _, match in items_of(text[inner.numbers_at : inner.end], grammar)]
    cut = next((at for at in range(1, len(items)) if _is_outer_number(items[at], items[0], inner)), 0)
    if not cut:
        return inner, []
    end, start = inner.numbers_at + items[cut - 1].end(), inner.numbers_at + items[cut].start()
    own = replace(inner, end=end, places=places_of(text[inner.numbers_at : end], inner.unit, grammar))
    others = places_of(text[start : inner.end], outer.unit, grammar)
    return own, [_Token(start, inner.end, outer.unit, others, start, is_plural=True)]


def _is_outer_number(number: re.Match[str], first: re.Match[str], inner: _Token) -> bool:
    if not number[0][:1].isalnum():
        return False  # "(2)" goes on what stands before it
    is_figure = number[0][:1].isdigit()
    return is_figure and (not inner.is_plural or not first[0].strip(' ([“"«')[:1].isdigit())


def _ranged(text: str, chains: list[list[_Token]], grammar: ReferenceGrammar) -> list[list[_Token]]:
    """Chains with "from … to …" of languages that repeat the unit drawn into one range."""
    if grammar.component is None:
        return chains
    made: list[list[_Token]] = []
    for chain in chains:
        last = made[-1][-1] if made else None
        if (
            last is not None
            and len(chain) == 1
            and chain[0].unit is last.unit
            and last.places[0].last is None
            and grammar.range.fullmatch(text[last.end : chain[0].start])
        ):
            last.places = [Place(last.places[0].path, chain[0].places[0].path)]
            last.end = chain[0].end
        else:
            made.append(chain)
    return made


def _cited(chain: Sequence[_Token]) -> Citation:
    """The places of a chain: every choice of one place from each of its units, outermost unit first."""
    ordered = sorted(chain, key=lambda token: token.unit.rank)
    places = []
    for chosen in product(*(token.places for token in ordered)):
        path = tuple(step for place in chosen for step in place.path)
        inner = chosen[-1]
        last = None if inner.last is None else (*path[: len(path) - len(inner.path)], *inner.last)
        places.append(Place(path, last))
    start, end = min(token.start for token in chain), max(token.end for token in chain)
    return Citation(start, end, tuple(places[:_MOST_PLACES]))


Attached = tuple[list[Citation], set[int]]


def _laws_behind(
    text: str, chains: Sequence[Citation], laws: Sequence[Citation], grammar: ReferenceGrammar
) -> Attached:
    """Citations with the law that is named behind them; and which of `laws` are so used."""
    used: set[int] = set()
    found = []
    for chain in chains:
        own = grammar.own_law.match(text, chain.end)
        previous = grammar.previous_law.match(text, chain.end)
        first = bisect_left(laws, chain.end, key=_START)
        at = next(
            (
                index
                for index in range(first, min(first + _NEAREST, len(laws)))
                if grammar.of_law.fullmatch(text, chain.end, laws[index].start)
            ),
            None,
        )
        if own:
            found.append(replace(chain, end=own.end(), is_own=True))
        elif previous:
            found.append(replace(chain, end=previous.end(), law="="))
        elif at is not None:
            used.add(at)
            found.append(replace(chain, end=laws[at].end, law=laws[at].law))
        else:
            found.append(chain)
    return found, used


def _laws_before(
    text: str, chains: Sequence[Citation], laws: Sequence[Citation], grammar: ReferenceGrammar
) -> Attached:
    """Citations with the law that is named before them; and which of `laws` are so used."""
    used: set[int] = set()
    found = []
    for chain in chains:
        own = _ending(grammar.own_law, text, chain.start)
        previous = _ending(grammar.previous_law, text, chain.start)
        last = bisect_right(laws, chain.start, key=_END)
        at = next(
            (
                index
                for index in range(max(0, last - _NEAREST), last)
                if grammar.of_law.fullmatch(text, laws[index].end, chain.start)
            ),
            None,
        )
        if own is not None:
            found.append(replace(chain, start=own, is_own=True))
        elif previous is not None:
            found.append(replace(chain, start=previous, law="="))
        elif at is not None:
            used.add(at)
            found.append(replace(chain, start=laws[at].start, law=laws[at].law))
        else:
            found.append(chain)
    return found, used


def _ending(pattern: re.Pattern[str], text: str, end: int) -> int | None:
    """Where a match of `pattern` begins that ends at `end`."""
    window = max(end - 20, 0)
    return next((match.start() for match in pattern.finditer(text, window, end) if match.end() == end), None)


def _shared(
    text: str, chains: list[Citation], grammar: ReferenceGrammar, *, is_dense: bool
) -> list[Citation]:
    """Citations of one list share the law, and in dense languages the outer units, of their neighbour."""
    made = list(chains)
    pairs = list(pairwise(range(len(made))))
    for left, right in pairs if is_dense else reversed(pairs):
        one, other = made[left], made[right]
        if one.end > other.start:
            continue
        if not is_dense and _stands_for(one, other) and grammar.through.fullmatch(text, one.end, other.start):
            made[left] = replace(other, start=one.start, end=one.end)
            continue
        if grammar.listed.fullmatch(text, one.end, other.start) is None:
            continue
        if is_dense:
            made[right] = _continued(one, other)
        elif other.law and not (one.law or one.is_own) and other.places and _is_root(one):
            made[left] = replace(one, law=other.law)
    return made


def _stands_for(inner: Citation, outer: Citation) -> bool:
    """Whether the place of `outer` may stand for an inner one that says nothing else of where it is."""
    return bool(inner.places and outer.places) and not (_is_root(inner) or inner.law or inner.is_own)


def _is_root(citation: Citation) -> bool:
    """Whether its places begin with an article or the like, by its number."""
    heads = [place.path[0] for place in citation.places]
    return all(head.unit is not None and head.unit.is_root and not head.relation for head in heads)


def _continued(one: Citation, other: Citation) -> Citation:
    """`other` with the law and the outer units that it leaves unsaid because `one` has them."""
    if other.law or other.is_own or not (one.places and other.places) or other.places[0].path[0].relation:
        return other
    first = other.places[0].path[0].unit
    outer = tuple(
        step
        for step in one.places[0].path
        if first is not None and step.unit is not None and step.unit.rank < first.rank
    )
    places = tuple(
        Place((*outer, *place.path), None if place.last is None else (*outer, *place.last))
        for place in other.places
    )
    return replace(other, places=places, law=one.law, is_own=one.is_own)
