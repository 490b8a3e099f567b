"""What divergences would be if one finding were another, without measuring the pair anew."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from fragcheck.diverge.elements import COMPONENTS, FloatArray, IntArray, component_weights, pair_arrays
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import OVERALL, unit_weights
from fragcheck.records import PairResult, Side

__all__ = ["PairBoard"]

#: What subtracting leaves of nothing.
_TINY = 1e-12

#: Distance and probability of a match, as one of its units sees it.
_Offer = tuple[float, float]


class PairBoard:
    """The units of a pair, laid out so that one finding can be turned at a time.

    D = Σ u d / Σ u (docs/methods.md), and each unit's part of both sums is its weight u times two shares that
    follow from its own matches: a turned match, tag or distance touches two units, so the other parts stay.
    All findings of a kind are turned at once, each alone; the values are those of `diverge`.

    Parameters
    ----------
    pair : PairResult
    settings : DivergenceSettings
    principles : sequence of str
        ``overall`` is always among the scores and need not be named.
    """

    def __init__(self, pair: PairResult, settings: DivergenceSettings, principles: Sequence[str]) -> None:
        self.names = (OVERALL, *principles)
        self.matches = (*pair.matches, *pair.near)
        # All of them: a match under the floor counts with nothing and can be turned all the same.
        all_settings = dataclasses.replace(settings, match_floor=0.0)
        arrays = pair_arrays(pair.left_units, pair.right_units, self.matches, all_settings)
        units = (*arrays.left, *arrays.right)
        self._n_left = len(arrays.left)
        self._is_flipped = arrays.is_flipped
        self._eids = tuple(unit.eid for unit in units)
        self._weights = np.stack([unit_weights(units, name, settings) for name in self.names])
        self._component_weights = component_weights(settings).tolist()
        self._ends = np.stack([arrays.rows, self._n_left + arrays.columns])
        self._edges = self._edges_of_matches([unit.key for unit in units])
        self._raw = arrays.raw.tolist()
        chances = np.where(arrays.probability >= settings.match_floor, arrays.probability, 0.0)
        self._offers: list[_Offer] = list(
            zip(arrays.distances.sum(axis=1).tolist(), chances.tolist(), strict=True)
        )
        self._is_called = (arrays.probability >= settings.match_threshold).tolist()
        self._edges_at: dict[int, list[int]] = defaultdict(list)
        for edge, ends in enumerate(self._ends.T.tolist()):
            for end in ends:
                self._edges_at[end].append(edge)
        found = [_shares(self._offers[edge] for edge in self._edges_at[at]) for at in range(len(units))]
        self._shares = np.array(found, dtype=np.float64).reshape(len(units), 2).T
        self._totals = np.stack(
            [
                self._weights @ self._shares[0],
                self._weights @ self._shares[1],
                self._weights[:, : self._n_left].sum(axis=1),
                self._weights[:, self._n_left :].sum(axis=1),
            ]
        )

    def scores(self) -> FloatArray:
        """D on each of `names`, (k,), as `diverge` gives it; NaN where both documents are silent."""
        return self._divergences(np.zeros((4, len(self.names), 1)))[:, 0]

    def turned_matches(self) -> FloatArray:
        """The scores if each of `matches` were none, or a candidate that is no match certain, (k, m)."""

        def turned(edge: int) -> _Offer:
            return self._offers[edge][0], 0.0 if self._is_called[edge] else 1.0

        return self._with_offers(turned)

    def turned_distances(self, component: str) -> FloatArray:
        """The scores if the distance d of a component of each of `matches` were 1 - d, (k, m)."""
        column = COMPONENTS.index(component)

        def turned(edge: int) -> _Offer:
            distance, chance = self._offers[edge]
            moved = self._component_weights[column] * (1 - 2 * self._raw[edge][column])
            return distance + moved, chance

        return self._with_offers(turned)

    def with_tags(self, side: Side, eids: Sequence[str], weight: float) -> FloatArray:
        """D on each of `names` if the units of a provision bore it with `weight`, in [0, 1], (k, p)."""
        units, owners = self._units_of(side, eids)
        added = weight - self._weights[:, units]
        parts = np.stack(
            [
                _summed(added * self._shares[0, units], owners, len(eids)),
                _summed(added * self._shares[1, units], owners, len(eids)),
                *self._sides(side, _summed(added, owners, len(eids))),
            ]
        )
        return self._divergences(parts)

    def without_provisions(self, side: Side, eids: Sequence[str]) -> FloatArray:
        """The scores if each of the provisions held no requirement and no definition, (k, p)."""
        units, owners = self._units_of(side, eids)
        gone = -self._weights[:, units]
        touched, by, moved = self._partners_without(units, owners)
        parts = []
        for share in (0, 1):
            own = _summed(gone * self._shares[share, units], owners, len(eids))
            parts.append(own + _summed(self._weights[:, touched] * moved[share], by, len(eids)))
        return self._divergences(np.stack([*parts, *self._sides(side, _summed(gone, owners, len(eids)))]))

    def _edges_of_matches(self, keys: Sequence[str]) -> IntArray:
        """Place of each of `matches` among the ends, which stand in canonical order."""
        at = {
            (keys[row], keys[column])[:: -1 if self._is_flipped else 1]: edge
            for edge, (row, column) in enumerate(self._ends.T.tolist())
        }
        return np.array([at[match.left_key, match.right_key] for match in self.matches], dtype=np.int64)

    def _with_offers(self, turned: Callable[[int], _Offer]) -> FloatArray:
        """The scores with each match as `turned` has it, all others as they are."""
        parts = np.zeros((4, len(self.names), len(self._edges)))
        for ends in self._ends:
            at = ends[self._edges]
            moved = np.empty((2, len(at)))
            for place, (edge, end) in enumerate(zip(self._edges.tolist(), at.tolist(), strict=True)):
                others = (self._offers[one] for one in self._edges_at[end] if one != edge)
                moved[:, place] = _shares((turned(edge), *others))
            parts[:2] += self._weights[:, at] * (moved - self._shares[:, at])[:, None, :]
        return self._divergences(parts)

    def _units_of(self, side: Side, eids: Sequence[str]) -> tuple[IntArray, IntArray]:
        """The units of some provisions of a side, and the place of each one's provision among `eids`."""
        own = range(self._n_left) if self._is_first(side) else range(self._n_left, len(self._eids))
        at = {eid: place for place, eid in enumerate(eids)}
        units = [unit for unit in own if self._eids[unit] in at]
        owners = [at[self._eids[unit]] for unit in units]
        return np.array(units, dtype=np.int64), np.array(owners, dtype=np.int64)

    def _partners_without(self, units: IntArray, owners: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Counterparts of units that go, the provision each loses, and how its two shares move, (2, t)."""
        lost: dict[tuple[int, int], set[int]] = defaultdict(set)
        for unit, owner in zip(units.tolist(), owners.tolist(), strict=True):
            for edge in self._edges_at[unit]:
                partner = int(self._ends[:, edge].sum()) - unit
                lost[partner, owner].add(edge)
        moved = np.empty((2, len(lost)))
        for place, ((partner, _), edges) in enumerate(lost.items()):
            left = (self._offers[edge] for edge in self._edges_at[partner] if edge not in edges)
            moved[:, place] = _shares(left)
        touched = np.array([partner for partner, _ in lost], dtype=np.int64)
        by = np.array([owner for _, owner in lost], dtype=np.int64)
        return touched, by, moved - self._shares[:, touched]

    def _is_first(self, side: Side) -> bool:
        return (side is Side.LEFT) is not self._is_flipped

    def _sides(self, side: Side, moved: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How the weights of both sides move where that of one does."""
        still = np.zeros_like(moved)
        return (moved, still) if self._is_first(side) else (still, moved)

    def _divergences(self, parts: FloatArray) -> FloatArray:
        """D with the sums moved by `parts`, (4, k, m): Σ u, Σ u d, and Σ u over the units of each side."""
        mass, value, left, right = self._totals[:, :, None] + parts
        found: FloatArray = np.clip(
            np.divide(value, mass, out=np.ones_like(mass), where=mass >= _TINY), 0.0, 1.0
        )
        found[(left < _TINY) | (right < _TINY)] = 1.0
        found[(left < _TINY) & (right < _TINY)] = np.nan
        return found


def _shares(offers: Iterable[_Offer]) -> tuple[float, float]:
    """Shares of a unit's weight in Σ u and in Σ u d: held against the closest of what it is offered first."""
    lacking, apart = 1.0, 0.0
    for distance, chance in sorted(offers):
        apart += lacking * chance * distance
        lacking *= 1 - chance
    return (1 + lacking) / 2, lacking + apart / 2


def _summed(values: FloatArray, owners: IntArray, n: int) -> FloatArray:
    """Columns of `values`, (k, u), added up by their owners, (k, n)."""
    found = np.zeros((n, len(values)))
    np.add.at(found, owners, values.T)
    summed: FloatArray = found.T
    return summed
