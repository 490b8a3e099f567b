"""What a divergence would be if one finding were another, without measuring the pair anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    """The elements of a pair, laid out so that one finding can be turned at a time.

    D = Σ u d / Σ u over elements (docs/methods.md): a turned match, tag or distance touches the elements of
    its own units alone, so the other sums stay. The values are those of `diverge`.

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
        arrays = pair_arrays(pair.left_units, pair.right_units, self.matches, settings)
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
        self._on = {
            place
            for place, chance in enumerate(arrays.probability.tolist())
            if chance >= settings.match_threshold
        }
        self._edges_at: dict[int, list[int]] = defaultdict(list)
        for place in sorted(self._on):
            for end in self._ends[place]:
                self._edges_at[end].append(place)
        everything = range(len(units))
        self._totals = {name: self._sums(everything, self._on, name) for name in self.names}

    def value(self, name: str) -> float | None:
        """D of the pair on a principle or ``overall``, as `diverge` gives it; None where both are silent."""
        return self._totals[name].divergence

    def turned_match(self, left_key: str, right_key: str) -> Mapping[str, float | None]:
        """The scores if a match were none, or a near miss were one."""
        edge = self._edge_of[left_key, right_key]
        members = self._around(self._ends[edge])
        before = self._inside(members)
        return self._scores(members, before, before ^ {edge})

    def turned_distance(self, left_key: str, right_key: str, component: str) -> Mapping[str, float | None]:
        """The scores if the distance d of a component of a match were 1 - d."""
        edge = self._edge_of[left_key, right_key]
        column = COMPONENTS.index(component)
        moved = self._component_weights[column] * (1 - 2 * self._raw[edge][column])
        members = self._around(self._ends[edge])
        edges = self._inside(members)
        return self._scores(members, edges, edges, moved={edge: self._distance[edge] + moved})

    def with_tag(self, side: Side, eid: str, name: str, weight: float) -> float | None:
        """D on principle `name` if the units of a provision bore it with `weight`, in [0, 1]."""
        places = self._of_eid.get((side, eid), [])
        members = self._around(places)
        edges = self._inside(members)
        set_ = dict.fromkeys(places, weight)
        before, after = self._sums(members, edges, name), self._sums(members, edges, name, set_=set_)
        return (self._totals[name] - before + after).divergence

    def without_provision(self, side: Side, eid: str) -> Mapping[str, float | None]:
        """The scores if a provision held no requirement and no definition."""
        places = self._of_eid.get((side, eid), [])
        members = self._around(places)
        before = self._inside(members)
        gone = set(places)
        after = {edge for edge in before if not gone & set(self._ends[edge])}
        return self._scores(members, before, after, left=[one for one in members if one not in gone])

    def _scores(
        self,
        members: Sequence[int],
        before: set[int],
        after: set[int],
        *,
        left: Sequence[int] | None = None,
        moved: Mapping[int, float] | None = None,
    ) -> dict[str, float | None]:
        found = {}
        for name in self.names:
            old = self._sums(members, before, name)
            new = self._sums(members if left is None else left, after, name, moved=moved)
            found[name] = (self._totals[name] - old + new).divergence
        return found

    def _around(self, places: Iterable[int]) -> list[int]:
        """The units of all elements that some units belong to."""
        seen, waiting = set(places), list(places)
        while waiting:
            for edge in self._edges_at.get(waiting.pop(), ()):
                for end in self._ends[edge]:
                    if end not in seen:
                        seen.add(end)
                        waiting.append(end)
        return sorted(seen)

    def _inside(self, members: Sequence[int]) -> set[int]:
        return {edge for place in members for edge in self._edges_at.get(place, ())}

    def _sums(
        self,
        members: Iterable[int],
        edges: set[int],
        name: str,
        *,
        set_: Mapping[int, float] | None = None,
        moved: Mapping[int, float] | None = None,
    ) -> _Sums:
        """The sums over the elements that `edges` join `members` to."""
        weight = self._weights[name]
        weights = {place: (set_ or {}).get(place, weight[place]) for place in members}
        total = _Sums(0.0, 0.0, 0.0, 0.0)
        for units, joining in self._elements(weights, edges):
            left = [weights[one] for one in units if self._side[one] is Side.LEFT]
            right = [weights[one] for one in units if self._side[one] is Side.RIGHT]
            mass = _mean(left) + _mean(right)
            distance = 1.0
            if joining:
                mass /= 2
                distance = min((moved or {}).get(edge, self._distance[edge]) for edge in joining)
            total += _Sums(mass, mass * distance, sum(left), sum(right))
        return total

    def _elements(
        self, members: Iterable[int], edges: set[int]
    ) -> Iterable[tuple[Sequence[int], Sequence[int]]]:
        """(units, edges) of each element."""
        root = {place: place for place in members}

        def find(place: int) -> int:
            while root[place] != place:
                root[place] = root[root[place]]
                place = root[place]
            return place

        for edge in edges:
            one, other = self._ends[edge]
            root[find(one)] = find(other)
        units: dict[int, list[int]] = defaultdict(list)
        joining: dict[int, list[int]] = defaultdict(list)
        for place in root:
            units[find(place)].append(place)
        for edge in edges:
            joining[find(self._ends[edge][0])].append(edge)
        return [(held, joining.get(name, [])) for name, held in units.items()]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
