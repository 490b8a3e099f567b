"""What compliance with one document leaves open of another, as plain rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fragcheck.records import Interoperability, PairResult, Unit
from fragcheck.ui.pairing import unit_words

__all__ = ["DutyRow", "directed", "duty_rows", "filtered_duties", "reason_counts"]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of the other document that remains to be met.

    `weight` is that of its force, in (0, 1]; `reasons` say why it is not met, and
    `counterpart_eid` names the rule that comes closest, empty where there is none.
    """

    unit: Unit
    weight: float
    reasons: tuple[str, ...]
    counterpart_eid: str


def directed(pair: PairResult, first: str) -> tuple[Interoperability, tuple[Unit, ...]]:
    """How much of the other document is met by whoever complies with `first`, and the other's units."""
    if pair.left == first:
        return pair.left_satisfies_right, pair.right_units
    return pair.right_satisfies_left, pair.left_units


def duty_rows(found: Interoperability, units: Sequence[Unit]) -> tuple[DutyRow, ...]:
    """The duties that remain, the weightiest first, then in the order of the document."""
    known = {unit.key: unit for unit in units}
    duties = {duty.key: duty for duty in found.duties}
    rows = []
    for key in found.residual:
        duty, unit = duties.get(key), known.get(key)
        if unit is None:
            continue
        if duty is None:
            rows.append(DutyRow(unit, 1.0, (), ""))
        else:
            rows.append(DutyRow(unit, duty.weight, duty.reasons, duty.counterpart_eid))
    place = {unit.key: at for at, unit in enumerate(units)}
    return tuple(sorted(rows, key=lambda row: (-row.weight, place[row.unit.key])))


def reason_counts(rows: Sequence[DutyRow]) -> tuple[tuple[str, int], ...]:
    """Reasons with the number of duties that each of them leaves open, the most frequent first."""
    counts = Counter(reason for row in rows for reason in row.reasons)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def filtered_duties(
    rows: Sequence[DutyRow], *, reasons: Sequence[str], roles: Sequence[str], words: str
) -> tuple[DutyRow, ...]:
    """The rows that have one of the reasons and of the actor's classes, and all of the words."""
    wanted = words.casefold().split()
    return tuple(
        row
        for row in rows
        if (not reasons or set(row.reasons) & set(reasons))
        and (not roles or (row.unit.requirement is not None and row.unit.requirement.actor_role in roles))
        and all(word in unit_words(row.unit).casefold() for word in wanted)
    )
