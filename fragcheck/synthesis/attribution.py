"""What each amendment did to the divergence from another document; the parts sum to the total."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fragcheck.diverge import OVERALL, DivergenceSettings
from fragcheck.diverge.shares import shares_and_total
from fragcheck.errors import ComparisonError
from fragcheck.records import Attribution, PairResult, Redline, RedlineEntry, Share

__all__ = ["attribute_change", "attribute_divergence"]

#: Number of the entry of what no amendment explains.
_NONE = -1


def attribute_change(
    before: PairResult,
    after: PairResult,
    changes: Redline,
    settings: DivergenceSettings | None = None,
    *,
    principle: str = OVERALL,
) -> tuple[Attribution, ...]:
    r"""Attribute the change of D from the old to the new version of the left document.

    D = N / T with N = Σ u d and T = Σ u over the elements. Each amendment changes both:

        D₂ - D₁ = Σ_g (Δn_g - D̄ Δt_g) / T̄,  D̄ = (D₁ + D₂) / 2, T̄ = (T₁ + T₂) / 2

    which is an identity, not an approximation. An element belongs to the amendment of the left
    unit in it; one of the right document alone to that of the left unit which is its likeliest
    counterpart in the other version. What no amendment explains (counterparts that
    changed though the words did not) stands in an entry of its own.

    Parameters
    ----------
    before, after : PairResult
        The old and the new version as the left document, the same document on the right.
    changes : Redline
        Of the two versions.
    settings : DivergenceSettings, optional
    principle : str

    Returns
    -------
    tuple of Attribution
        By falling size, without those of no effect. Empty where a version has no value.

    Raises
    ------
    ComparisonError
        Where the right documents differ.
    """
    if [unit.text_unit for unit in before.right_units] != [unit.text_unit for unit in after.right_units]:
        raise ComparisonError(
            "two pairs with the same right document are wanted: compare both versions with it"
        )
    settings = settings or DivergenceSettings.default()
    old, new = (_measured(pair, settings, principle) for pair in (before, after))
    if not old.total or not new.total:
        return ()
    places = _Places(changes)
    links = _links(old, before, places.of_old), _links(new, after, places.of_new)
    terms: dict[int, list[float]] = defaultdict(list)
    mean_d = (old.value + new.value) / 2
    mean_total = (old.total + new.total) / 2
    for measured, sign, own, other in (
        (old, -1.0, links[0], links[1]),
        (new, 1.0, links[1], links[0]),
    ):
        for share in measured.shares:
            effect = sign * measured.total * (share.value - mean_d * share.weight) / mean_total
            owners = _owners(share, own, other)
            for number in owners:
                terms[number].append(effect / len(owners))
    return _ordered(terms, changes.entries)


def attribute_divergence(
    pair: PairResult,
    changes: Redline,
    settings: DivergenceSettings | None = None,
    *,
    principle: str = OVERALL,
) -> tuple[Attribution, ...]:
    """Attribute D between the old (left) and the new version (right) to the amendments.

    Returns
    -------
    tuple of Attribution
        Sums to D; by falling size, without those of no effect.
    """
    measured = _measured(pair, settings or DivergenceSettings.default(), principle)
    places = _Places(changes)
    of_left = {unit.key: places.of_old.get(unit.eid, _NONE) for unit in pair.left_units}
    of_right = {unit.key: places.of_new.get(unit.eid, _NONE) for unit in pair.right_units}
    terms: dict[int, list[float]] = defaultdict(list)
    for share in measured.shares:
        owners = [of_left[key] for key in share.left] or [of_right[key] for key in share.right]
        for number in owners:
            terms[number].append(share.value / len(owners))
    return _ordered(terms, changes.entries)


@dataclass(frozen=True, slots=True)
class _Measured:
    shares: tuple[Share, ...]
    total: float

    @property
    def value(self) -> float:
        return math.fsum(share.value for share in self.shares)


def _measured(pair: PairResult, settings: DivergenceSettings, principle: str) -> _Measured:
    matches = (*pair.matches, *pair.near)
    return _Measured(
        *shares_and_total(pair.left_units, pair.right_units, matches, settings, principle=principle)
    )


class _Places:
    """Number of the redline entry of each eid."""

    def __init__(self, changes: Redline) -> None:
        self.of_old = {eid: n for n, entry in enumerate(changes.entries) for eid in entry.old}
        self.of_new = {eid: n for n, entry in enumerate(changes.entries) for eid in entry.new}


@dataclass(frozen=True, slots=True)
class _Links:
    """Entries of the left units, and that which each right unit meets through its likeliest counterpart."""

    of_left: dict[str, int]
    of_right: dict[str, int]


def _links(measured: _Measured, pair: PairResult, numbers: dict[str, int]) -> _Links:
    of_left = {unit.key: numbers.get(unit.eid, _NONE) for unit in pair.left_units}
    shared = sorted((share for share in measured.shares if share.left and share.right), key=_reach)
    # The likeliest comes last and stays.
    of_right = {share.right[0]: of_left[share.left[0]] for share in shared}
    return _Links(of_left, of_right)


def _reach(share: Share) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
    return share.weight, share.left, share.right


def _owners(share: Share, own: _Links, other: _Links) -> Sequence[int]:
    if share.left:
        return [own.of_left[key] for key in share.left]
    return [other.of_right.get(key, _NONE) for key in share.right]


def _ordered(terms: dict[int, list[float]], entries: Sequence[RedlineEntry]) -> tuple[Attribution, ...]:
    found = [
        Attribution(None if number == _NONE else entries[number], math.fsum(parts))
        for number, parts in terms.items()
        if any(parts)
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.contribution), _place(one.entry))))


def _place(entry: RedlineEntry | None) -> tuple[str, ...]:
    return () if entry is None else (*entry.old, *entry.new)
