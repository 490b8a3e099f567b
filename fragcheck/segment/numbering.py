"""Breaks in the numbering: numbers that do not follow on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fragcheck.records import Notice, Provision, ProvisionKind
from fragcheck.segment.labels import Reading
from fragcheck.segment.ordinals import is_successor
from fragcheck.segment.units import Unit

__all__ = ["count_breaks", "numbering_notices"]

#: Units that number their sections anew.
_OUTER = frozenset({ProvisionKind.ANNEX, ProvisionKind.SCHEDULE})
#: Sections of the titles of a federal bill begin with 101, 201 and so on.
_TITLE_STEP = 100


def count_breaks(units: Sequence[Unit]) -> int:
    """How many numbers do not follow on that of the unit before them."""
    return sum(1 for _ in _breaks(units))


def numbering_notices(units: Sequence[Unit], provisions: Mapping[int, Provision]) -> Iterator[Notice]:
    """A notice for each gap and repeat; `provisions` by ``id`` of their unit."""
    for last, here, unit in _breaks(units):
        provision = provisions[id(unit)]
        code = "number-repeated" if last.value == here.value else "numbering-gap"
        message = f"{provision.num!r} follows {last.core!r} in the numbering"
        yield Notice(code, message, page=provision.page_start, eid=provision.eid)


def _scope(unit: Unit) -> int:
    """What the numbering of a unit runs through: the document, an annex, the parent."""
    if unit.is_quoted or unit.level is None or unit.level.numbering != "continuous" or unit.level.is_list:
        return id(unit.parent)
    above = unit.parent
    while above is not None:
        if above.is_apart and above.parent is None:
            return id(above)
        if above.kind in _OUTER or (above.level is not None and unit.level.name in above.level.restarts):
            return id(above)
        above = above.parent
    return 0


def _breaks(units: Sequence[Unit]) -> Iterator[tuple[Reading, Reading, Unit]]:
    before: dict[tuple[int, int], Reading] = {}
    for unit in units:
        here = unit.reading
        if unit.level is None or here is None or not here.value or unit.level.numbering == "free":
            continue
        key = (unit.level.index if not unit.is_apart else -1 - unit.level.index), _scope(unit)
        last = before.get(key)
        before[key] = here
        is_next_title = last is not None and here.value > last.value and here.value[0] % _TITLE_STEP == 1
        if last is not None and not is_successor(last.value, here.value) and not is_next_title:
            yield last, here, unit
