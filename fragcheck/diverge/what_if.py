"""What a divergence would be if one finding were another, without measuring the pair anew."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fragcheck.diverge.elements import COMPONENTS, component_weights, pair_arrays
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import OVERALL, unit_weights
from fragcheck.records import PairResult, Side

__all__ = ["PairBoard"]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Σ u, Σ u d over elements, and Σ u over the units of each side."""

    mass: float
    value: float
    left: float
    right: float

    def __add__(self, other: _Sums) -> _Sums:
        return _Sums(
            self.mass + other.mass,
            self.value + other.value,
            self.left + other.left,
            self.right + other.right,
        )

    def __sub__(self, other: _Sums) -> _Sums:
        return _Sums(
            self.mass - other.mass,
            self.value - other.value,
            self.left - other.left,
            self.right - other.right,
        )

    @property
    def divergence(self) -> float | None:
        tiny = 1e-12  # what subtracting leaves of nothing
        if self.left < tiny and self.right < tiny:
            return None
        if self.left < tiny or self.right < tiny:
            return 1.0
        return min(1.0, max(0.0, self.value / self.mass))


class PairBoard:
    """The units of a pair, laid out so that one finding can be turned at a time.

    D = Σ u d / Σ u (docs/methods.md), and each unit's part of both sums follows from its own matches: a
    turned match, tag or distance touches two units, so the other sums stay. The values are those of
    `diverge`.

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
        sides = (Side.RIGHT, Side.LEFT) if arrays.is_flipped else (Side.LEFT, Side.RIGHT)
        self._side = [sides[place >= self._n_left] for place in range(len(units))]
        self._at = {(self._side[place], unit.key): place for place, unit in enumerate(units)}
        self._of_eid: dict[tuple[Side, str], list[int]] = defaultdict(list)
        for place, unit in enumerate(units):
            self._of_eid[self._side[place], unit.eid].append(place)
        self._weights = {name: unit_weights(units, name, settings).tolist() for name in self.names}
        self._component_weights = component_weights(settings).tolist()
        keys = [
            (units[row].key, units[self._n_left + column].key)
            for row, column in zip(arrays.rows.tolist(), arrays.columns.tolist(), strict=True)
        ]
        turned = [pair_[::-1] if arrays.is_flipped else pair_ for pair_ in keys]
        self._edge_of = {pair_: place for place, pair_ in enumerate(turned)}
        self._ends = [
            (row, self._n_left + column)
            for row, column in zip(arrays.rows.tolist(), arrays.columns.tolist(), strict=True)
        ]
        self._raw = arrays.raw.tolist()
        self._distance = arrays.distances.sum(axis=1).tolist()
        chances = arrays.probability
        self._chance = np.where(chances >= settings.match_floor, chances, 0.0).tolist()
        self._is_called = (chances >= settings.match_threshold).tolist()
        self._edges_at: dict[int, list[int]] = defaultdict(list)
        for place, ends in enumerate(self._ends):
            for end in ends:
                self._edges_at[end].append(place)
        everything = range(len(units))
        self._totals = {name: self._sums(everything, name) for name in self.names}

    def value(self, name: str) -> float | None:
        """D of the pair on a principle or ``overall``, as `diverge` gives it; None where both are silent."""
        return self._totals[name].divergence

    def turned_match(self, left_key: str, right_key: str) -> Mapping[str, float | None]:
        """The scores if a match were none, or a candidate that is no match were certain."""
        edge = self._edge_of[left_key, right_key]
        return self._scores(self._ends[edge], chances={edge: 0.0 if self._is_called[edge] else 1.0})

    def turned_distance(self, left_key: str, right_key: str, component: str) -> Mapping[str, float | None]:
        """The scores if the distance d of a component of a match were 1 - d."""
        edge = self._edge_of[left_key, right_key]
        column = COMPONENTS.index(component)
        moved = self._component_weights[column] * (1 - 2 * self._raw[edge][column])
        return self._scores(self._ends[edge], moved={edge: self._distance[edge] + moved})

    def with_tag(self, side: Side, eid: str, name: str, weight: float) -> float | None:
        """D on principle `name` if the units of a provision bore it with `weight`, in [0, 1]."""
        places = self._of_eid.get((side, eid), [])
        before = self._sums(places, name)
        after = self._sums(places, name, weights=dict.fromkeys(places, weight))
        return (self._totals[name] - before + after).divergence

    def without_provision(self, side: Side, eid: str) -> Mapping[str, float | None]:
        """The scores if a provision held no requirement and no definition."""
        gone = set(self._of_eid.get((side, eid), []))
        edges = {edge for place in gone for edge in self._edges_at.get(place, ())}
        partners = {end for edge in edges for end in self._ends[edge]} - gone
        return self._scores([*gone, *partners], left=partners, chances=dict.fromkeys(edges, 0.0))

    def _scores(
        self,
        touched: Iterable[int],
        *,
        left: Iterable[int] | None = None,
        chances: Mapping[int, float] | None = None,
        moved: Mapping[int, float] | None = None,
    ) -> dict[str, float | None]:
        """The scores if the units `touched` were as told; those not in `left` would be gone."""
        before = sorted(touched)
        after = before if left is None else sorted(left)
        found = {}
        for name in self.names:
            old = self._sums(before, name)
            new = self._sums(after, name, chances=chances, moved=moved)
            found[name] = (self._totals[name] - old + new).divergence
        return found

    def _sums(
        self,
        places: Iterable[int],
        name: str,
        *,
        weights: Mapping[int, float] | None = None,
        chances: Mapping[int, float] | None = None,
        moved: Mapping[int, float] | None = None,
    ) -> _Sums:
        """What some units bear of the sums, with what is turned in place of what was found."""
        total = _Sums(0.0, 0.0, 0.0, 0.0)
        for place in places:
            weight = (weights or {}).get(place, self._weights[name][place])
            offers = sorted(
                ((moved or {}).get(edge, self._distance[edge]), (chances or {}).get(edge, self._chance[edge]))
                for edge in self._edges_at.get(place, ())
            )
            lacking, apart = 1.0, 0.0
            for distance, chance in offers:
                apart += lacking * chance * distance
                lacking *= 1 - chance
            is_left = self._side[place] is Side.LEFT
            total += _Sums(
                weight * (1 + lacking) / 2,
                weight * (lacking + apart / 2),
                weight if is_left else 0.0,
                0.0 if is_left else weight,
            )
        return total
