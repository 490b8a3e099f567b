"""Candidates of opposite polarity: where conflicts may be."""

from __future__ import annotations

from collections.abc import Sequence

from fragcheck.align.relation import relate_units
from fragcheck.records import Alignment, Match, Modality, Unit

__all__ = ["is_denied", "opposed_matches"]

#: Candidates below this probability of a mapping speak of different things.
_FLOOR = 0.12


def opposed_matches(
    left_units: Sequence[Unit], right_units: Sequence[Unit], alignment: Alignment
) -> tuple[Match, ...]:
    """Return the candidates of which one side denies what the other demands or allows.

    They need not be matches: a law may hold a duty and its exception, and a one-to-one choice
    keeps but one counterpart of each.

    Returns
    -------
    tuple of Match
        In the order of the left units, then of the right; `probability` is the candidate's.
    """
    lefts = {unit.key: (i, unit) for i, unit in enumerate(left_units)}
    rights = {unit.key: (i, unit) for i, unit in enumerate(right_units)}
    found: dict[tuple[int, int], Match] = {}
    for candidate in alignment.candidates:
        (i, left), (j, right) = lefts[candidate.left], rights[candidate.right]
        if candidate.probability < _FLOOR or (i, j) in found or not _are_opposed(left, right):
            continue
        (relation, differs, rationale), differences = relate_units(left, right)
        found[i, j] = Match(
            left=left.eid,
            right=right.eid,
            left_key=left.key,
            right_key=right.key,
            probability=candidate.probability,
            relation=relation,
            differs=differs,
            rationale=rationale,
            differences=differences,
        )
    return tuple(found[pair] for pair in sorted(found))


def is_denied(unit: Unit) -> bool:
    """Whether the act of a requirement is denied: forbidden, or freed from."""
    requirement = unit.requirement
    return requirement is not None and (
        requirement.is_negated or requirement.modality is Modality.PROHIBITION
    )


def _are_opposed(left: Unit, right: Unit) -> bool:
    if left.requirement is None or right.requirement is None:
        return False
    return is_denied(left) != is_denied(right)
