"""A set of documents as rulebooks that can be changed, with D kept up to date."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fragcheck.diverge.elements import pair_arrays
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import unit_weights
from fragcheck.records import PairResult, Unit

__all__ = ["Rule", "Rulebooks", "Slot", "read_rulebooks"]

#: A rule by its origin: document and key. A copy in another document is the same rule.
Rule = tuple[str, str]
#: A place in a document that holds a rule: document and number.
Slot = tuple[str, int]
#: Σ u d and Σ u.
Masses = tuple[float, float]


@dataclass(slots=True)
class Rulebooks:
    """Rules of each document, and how far apart any two of them are.

    Two slots of two documents are counterparts where they hold the same rule (distance 0) or
    rules whose origins were matched. Everything else is as in `diverge`: what counterparts
    connect is one element, of the mean weight of its two sides and the smallest distance.

    Parameters
    ----------
    pairs : tuple of (str, str)
        Pairs of documents whose mean D is looked at.
    held : dict of Slot to Rule
    distances : mapping of (Rule, Rule) to float
        Both ways round.
    weights : mapping of Rule to float
    units : mapping of Rule to Unit
    """

    pairs: tuple[tuple[str, str], ...]
    held: dict[Slot, Rule]
    distances: Mapping[tuple[Rule, Rule], float]
    weights: Mapping[Rule, float]
    units: Mapping[Rule, Unit]
    neighbours: Mapping[Rule, tuple[Rule, ...]]
    slots_of: dict[str, dict[Rule, list[Slot]]]

    def next_number(self) -> int:
        """A slot number that is not taken."""
        return max((number for _, number in self.held), default=0) + 1

    def partners(self, document: str) -> Iterator[str]:
        """Documents that `document` is compared with."""
        for left, right in self.pairs:
            if document in (left, right):
                yield right if document == left else left

    def counterparts(self, rule: Rule, document: str) -> list[Slot]:
        """Slots of `document` whose rules are counterparts of `rule`."""
        there = self.slots_of[document]
        return [slot for other in (rule, *self.neighbours.get(rule, ())) for slot in there.get(other, ())]

    def element(self, seeds: Iterable[Slot], documents: tuple[str, str]) -> set[Slot]:
        """All slots of the two documents that counterparts connect with any of `seeds`."""
        found, waiting = set(seeds), list(seeds)
        while waiting:
            slot = waiting.pop()
            other = documents[1] if slot[0] == documents[0] else documents[0]
            for partner in self.counterparts(self.held[slot], other):
                if partner not in found:
                    found.add(partner)
                    waiting.append(partner)
        return found

    def masses(self, slots: Iterable[Slot], documents: tuple[str, str]) -> Masses:
        """Σ u d and Σ u over the elements that `slots` form; `slots` holds whole elements."""
        left, apart, total = set(slots), 0.0, 0.0
        while left:
            members = self.element([min(left)], documents)
            left -= members
            u, d = self._element_masses(members, documents)
            apart, total = apart + u * d, total + u
        return apart, total

    def _element_masses(self, members: set[Slot], documents: tuple[str, str]) -> tuple[float, float]:
        sides = [[slot for slot in members if slot[0] == name] for name in documents]
        means = [
            math.fsum(self.weights[self.held[slot]] for slot in side) / len(side) for side in sides if side
        ]
        if len(means) == 1:
            return means[0], 1.0
        nearest = min(
            self.distance(self.held[one], self.held[other])
            for one, other in itertools.product(*sides)
            if self.are_counterparts(self.held[one], self.held[other])
        )
        return sum(means) / 2, nearest

    def are_counterparts(self, one: Rule, other: Rule) -> bool:
        """Whether two rules are the same or were matched."""
        return one == other or (one, other) in self.distances

    def distance(self, one: Rule, other: Rule) -> float:
        """Distance of two counterparts, in [0, 1]."""
        return 0.0 if one == other else self.distances[one, other]

    def place(self, slot: Slot, rule: Rule) -> None:
        """Put `rule` in `slot`, in place of what it held."""
        self.remove(slot)
        self.held[slot] = rule
        self.slots_of[slot[0]].setdefault(rule, []).append(slot)

    def remove(self, slot: Slot) -> None:
        """Take away what `slot` holds, if anything."""
        rule = self.held.pop(slot, None)
        if rule is not None:
            self.slots_of[slot[0]][rule].remove(slot)

    def totals(self) -> dict[tuple[str, str], Masses]:
        """Σ u d and Σ u of every pair, computed anew."""
        by_document: dict[str, list[Slot]] = {}
        for slot in self.held:
            by_document.setdefault(slot[0], []).append(slot)
        return {
            pair: self.masses([s for name in pair for s in by_document.get(name, ())], pair)
            for pair in self.pairs
        }


def read_rulebooks(pairs: Sequence[PairResult], principle: str, settings: DivergenceSettings) -> Rulebooks:
    """The rulebooks of all documents of `pairs`; rules without weight on the principle are left out."""
    units: dict[Rule, Unit] = {}
    weights: dict[Rule, float] = {}
    distances: dict[tuple[Rule, Rule], float] = {}
    for pair in pairs:
        for name, side in ((pair.left, pair.left_units), (pair.right, pair.right_units)):
            for unit, weight in zip(side, unit_weights(side, principle, settings), strict=True):
                units[name, unit.key], weights[name, unit.key] = unit, float(weight)
        distances.update(_distances(pair, settings))
    held: dict[Slot, Rule] = {}
    slots_of: dict[str, dict[Rule, list[Slot]]] = {}
    for i, rule in enumerate(units):
        slot = rule[0], i
        held[slot] = rule
        slots_of.setdefault(rule[0], {})[rule] = [slot]
    neighbours: dict[Rule, list[Rule]] = {}
    for one, other in distances:
        neighbours.setdefault(one, []).append(other)
    frozen = {rule: tuple(others) for rule, others in neighbours.items()}
    names = tuple((pair.left, pair.right) for pair in pairs)
    return Rulebooks(names, held, distances, weights, units, frozen, slots_of)


def _distances(pair: PairResult, settings: DivergenceSettings) -> dict[tuple[Rule, Rule], float]:
    arrays = pair_arrays(pair.left_units, pair.right_units, (*pair.matches, *pair.near), settings)
    names = (pair.right, pair.left) if arrays.is_flipped else (pair.left, pair.right)
    found = {}
    for k in range(len(arrays.rows)):
        if arrays.probability[k] >= settings.match_threshold:
            one = names[0], arrays.left[arrays.rows[k]].key
            other = names[1], arrays.right[arrays.columns[k]].key
            found[one, other] = found[other, one] = float(arrays.distances[k].sum())
    return found
