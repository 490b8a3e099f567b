"""Where the places that citations name are: units of a document by number, kind and neighbourhood."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fragcheck.records import Provision, ProvisionKind
from fragcheck.segment.citations import Path, Step
from fragcheck.segment.reference_grammar import CitedUnit

__all__ = ["DocumentIndex", "plain_number"]

_NUMBER = re.compile(r"_([^_]+?)(?:~\d+)?$")
_PLAIN = re.compile(r"[^0-9A-Za-z.-]+")
_LONGEST_NAME = 20
#: Levels below a unit that a number is looked for in.
_DEPTH = 3
#: Words for the number of what is the first or only one.
_ONLY = frozenset({"premier", "único", "unico", "única"})


class DocumentIndex:
    """Units of one document.

    Parameters
    ----------
    provisions : sequence of Provision
        In document order.
    is_first_meant : bool
        Of units of the same number, take the first and not the nearest.
    """

    def __init__(self, provisions: Sequence[Provision], *, is_first_meant: bool = False) -> None:
        self._by_eid = {provision.eid: provision for provision in provisions}
        self._order = {provision.eid: at for at, provision in enumerate(provisions)}
        self._children: dict[str, list[Provision]] = defaultdict(list)
        self._by_number: dict[str, list[Provision]] = defaultdict(list)
        self._is_first_meant = is_first_meant
        for provision in provisions:
            if provision.parent is not None:
                self._children[provision.parent].append(provision)
            number = _number(provision)
            if number:
                self._by_number[number.lower()].append(provision)

    def resolve(self, path: Path, origin: Provision) -> Provision | None:
        """The unit that `path` names where it stands in `origin`; None where there is none."""
        found: Provision | None = self._outermost(path[0], origin)
        rest = path[1:]
        if found is not None:
            inner = self._descend(found, rest)
            if inner is not None:
                return inner
        if path[0].relation == "this" and rest:
            return self._descended(self._anywhere(rest[0], origin), rest[1:])
        return None

    def between(self, first: Provision, last: Provision) -> tuple[str, ...]:
        """Eids of all units of their kind from `first` to `last`; empty where they are none of one row."""
        start, end = self._order[first.eid], self._order[last.eid]
        if start > end or first.kind is not last.kind:
            return ()
        row = list(self._by_eid.values())[start : end + 1]
        is_free = first.parent != last.parent
        return tuple(
            each.eid
            for each in row
            if each.kind is first.kind and (is_free or each.parent == first.parent) and _number(each)
        )

    def _outermost(self, step: Step, origin: Provision) -> Provision | None:
        if step.relation:
            return self._related(step, origin)
        if step.unit is not None and step.unit.is_root and step.number:
            return self._root(step, origin)
        for is_exact in (True, False):
            for around in self._around(origin):
                found = self._child(around, step, is_exact=is_exact)
                if found is not None:
                    return found
                if step.unit and around.kind is step.unit.kinds[0] and _is_number(around, step.number):
                    return around
        return self._unmarked(step, origin) or self._anywhere(step, origin)

    def _unmarked(self, step: Step, origin: Provision) -> Provision | None:
        """The article or the like around a unit, where the step names text in it that has no number."""
        unit = step.unit
        if unit is None or not unit.unmarked or not (unit.unmarked == "any" or _is_first(step)):
            return None
        around = list(self._around(origin))
        return next((each for each in around if each.kind not in unit.kinds and _number(each)), origin)

    def _around(self, origin: Provision) -> Iterator[Provision]:
        """The unit itself and those around it, inside out."""
        here: Provision | None = origin
        while here is not None:
            yield here
            here = None if here.parent is None else self._by_eid.get(here.parent)

    def _root(self, step: Step, origin: Provision) -> Provision | None:
        kinds = () if step.unit is None else step.unit.kinds
        found = [
            each for each in self._by_number.get(plain_number(step.number).lower(), ()) if each.kind in kinds
        ]
        return self._meant(found, origin)

    def _anywhere(self, step: Step, origin: Provision) -> Provision | None:
        """The one unit of a number that is said with its section's ("subsection 4.2(a)")."""
        if not re.search(r"\d[.-]\d", step.number):
            return None
        return self._meant(self._by_number.get(plain_number(step.number).lower(), ()), origin)

    def _meant(self, found: Iterable[Provision], origin: Provision) -> Provision | None:
        """Of units of one number, that of the same law, quoted or quoting, and the nearest."""
        host = self._host(origin)
        candidates = [each for each in found if self._host(each) == host]
        if not candidates:
            others = [each for each in found if host is None or each.is_quoted]
            candidates = others if host is None or len(others) == 1 else []
        if len(candidates) < 2 or self._is_first_meant:
            return candidates[0] if candidates else None
        around = [each.eid for each in self._around(origin)]
        return min(candidates, key=lambda each: self._distance(each, around))

    def _distance(self, candidate: Provision, around: Sequence[str]) -> int:
        return next(
            (around.index(each.eid) for each in self._around(candidate) if each.eid in around), len(around)
        )

    def _host(self, provision: Provision) -> str | None:
        """Eid of the unit that quotes a provision; None where it is not quoted."""
        if not provision.is_quoted:
            return None
        return next((each.eid for each in self._around(provision) if not each.is_quoted), "")

    def _related(self, step: Step, origin: Provision) -> Provision | None:
        assert step.unit is not None  # noqa: S101 - relations come with a unit
        kinds = step.unit.kinds
        around = list(self._around(origin))
        named = kinds[:1] if step.unit.unmarked else kinds
        here = next((each for kind in named for each in around if each.kind is kind), None)
        if here is None:
            return self._beside_unmarked(step, origin, around) if step.unit.unmarked else None
        if step.relation == "this":
            return here
        siblings = [
            each
            for each in (
                self._children[here.parent]
                if here.parent and not step.unit.is_root
                else self._by_eid.values()
            )
            if each.kind is here.kind and self._host(each) == self._host(here)
        ]
        at = next(index for index, each in enumerate(siblings) if each.eid == here.eid)
        wanted = at - step.count if step.relation == "previous" else at + step.count
        if 0 <= wanted < len(siblings):
            return siblings[wanted]
        is_lead = wanted < 0 and step.unit.unmarked != "" and here.parent is not None
        return self._by_eid[here.parent] if is_lead and here.parent is not None else None

    def _beside_unmarked(
        self, step: Step, origin: Provision, around: Sequence[Provision]
    ) -> Provision | None:
        """What "this", "the previous" or "the next" names from text that has no number of its own."""
        assert step.unit is not None  # noqa: S101 - relations come with a unit
        if step.relation == "next":
            after = Step(step.unit, str(1 + step.count))
            return next((found for each in around if (found := self._child(each, after)) is not None), None)
        return self._unmarked(Step(step.unit, "1"), origin)

    def _descended(self, found: Provision | None, rest: Path) -> Provision | None:
        return None if found is None else self._descend(found, rest)

    def _descend(self, found: Provision, rest: Path) -> Provision | None:
        for step in rest:
            inner = self._child(found, step)
            if inner is not None:
                found = inner
            elif not _may_be_in_text(step):
                return None
        return found

    def _child(self, above: Provision, step: Step, *, is_exact: bool = False) -> Provision | None:
        """The unit in `above` that a step names, nearest level first: of its kind, else of any.

        Of any kind only units that are not found anywhere by their number, and not if `is_exact`.
        """
        level = list(self._children[above.eid])
        if step.ordinal:
            unnumbered = [each for each in level if not each.num and _is_kind(each, step.unit)]
            return _counted(unnumbered, step.ordinal)
        is_bound = is_exact or (step.unit is not None and step.unit.is_root)
        other: Provision | None = None
        for _ in range(_DEPTH):
            same = [each for each in level if _is_number(each, step.number)]
            exact = next((each for each in same if _is_kind(each, step.unit)), None)
            if exact is not None:
                return exact
            other = other or next(iter([] if is_bound else same), None)
            level = [
                child
                for each in level
                if not each.num
                or (step.unit is not None and step.unit.is_root)
                or step.number.startswith(f"{_number(each)}.")
                for child in self._children[each.eid]
            ]
        return other


def _is_kind(provision: Provision, unit: CitedUnit | None) -> bool:
    return unit is None or provision.kind in unit.kinds


def _counted(units: Sequence[Provision], ordinal: int) -> Provision | None:
    at = ordinal - 1 if ordinal > 0 else len(units) - 1
    return units[at] if 0 <= at < len(units) else None


def _is_first(step: Step) -> bool:
    return step.number == "1" or step.ordinal == 1


def _may_be_in_text(step: Step) -> bool:
    """Whether a step may name a part of the text of the unit around it, which is then the target."""
    unit = step.unit
    if unit is None:
        return False
    return (
        bool(step.ordinal and unit.unmarked)
        or unit.unmarked == "any"
        or (unit.unmarked == "first" and _is_first(step))
    )


def _is_number(provision: Provision, number: str) -> bool:
    own = _number(provision)
    plain = plain_number(number)
    return bool(own) and (own == plain or (own.lower() == plain.lower() and len(plain) > 1))


def _number(provision: Provision) -> str:
    """Number of a unit as its eid has it; the name of one that has a short name for a number."""
    if provision.num:
        match = _NUMBER.search(provision.eid)
        return match[1] if match else plain_number(provision.num)
    name = "".join(provision.heading.split())
    is_named = provision.kind in (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.OTHER)
    return name if is_named and len(name) <= _LONGEST_NAME else ""


def plain_number(number: str) -> str:
    """A number of a citation as eids have it: figures and letters, hyphens between."""
    wide = unicodedata.normalize("NFKC", number).strip()
    if wide.lower() in _ONLY:
        return "1"
    if not wide.isascii():
        return re.sub(r"(?<=\d)[ºª°]$", "", number)
    bare = re.sub(r"(?<=\d)(?:er|o)$", "", wide)
    return _PLAIN.sub("-", "1" if bare in _ONLY else bare).strip("-.")
