"""A set of documents as rulebooks that can be changed, with D kept up to date."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fragcheck.diverge.elements import pair_arrays
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import unit_weights
from fragcheck.records import PairResult, Unit

__all__ = ["Link", "Masses", "Rule", "Rulebooks", "Slot", "borne", "read_rulebooks"]

#: A rule by its origin: document and key. A copy in another document is the same rule.
Rule = tuple[str, str]
#: A place in a document that holds a rule: document and number.
Slot = tuple[str, int]
#: Σ u d and Σ u.
Masses = tuple[float, float]
#: Probability and distance of two counterparts; in offers the distance comes first.
Link = tuple[float, float]


@dataclass(slots=True)
class Rulebooks:
    """Rules of each document, and how far apart any two of them are.

    Two slots of two documents are counterparts where they hold the same rule (certainly, at distance
    0) or rules whose origins were matched. Everything else is as in `diverge`: a slot is held
    against the closest of its counterparts, each of which holds with its probability.

    Parameters
    ----------
    pairs : tuple of (str, str)
        Pairs of documents whose mean D is looked at.
    held : dict of Slot to Rule
    links : mapping of (Rule, Rule) to (float, float)
        Probability and distance, both ways round.
    weights : mapping of Rule to float
    units : mapping of Rule to Unit
    threshold : float
        From this probability on a match is called a counterpart.
    """

    pairs: tuple[tuple[str, str], ...]
    held: dict[Slot, Rule]
    links: Mapping[tuple[Rule, Rule], Link]
    weights: Mapping[Rule, float]
    units: Mapping[Rule, Unit]
    neighbours: Mapping[Rule, tuple[Rule, ...]]
    slots_of: dict[str, dict[Rule, list[Slot]]]
    threshold: float
    # By document: its counterparts of rules, and what it offers them. Forgotten where it changes.
    _slots: dict[str, dict[Rule, tuple[Slot, ...]]] = field(default_factory=dict)
    _offers: dict[str, dict[Rule, tuple[Link, ...]]] = field(default_factory=dict)
    _partners: dict[str, tuple[tuple[str, tuple[str, str]], ...]] = field(default_factory=dict)

    def next_number(self) -> int:
        """A slot number that is not taken."""
        return max((number for _, number in self.held), default=0) + 1

    def partners(self, document: str) -> tuple[tuple[str, tuple[str, str]], ...]:
        """Documents that `document` is compared with, each with the pair."""
        if document not in self._partners:
            self._partners[document] = tuple(
                (pair[1] if document == pair[0] else pair[0], pair) for pair in self.pairs if document in pair
            )
        return self._partners[document]

    def counterparts(self, rule: Rule, document: str) -> tuple[Slot, ...]:
        """Slots of `document` whose rules are counterparts of `rule`."""
        known = self._slots.setdefault(document, {})
        found = known.get(rule)
        if found is None:
            there = self.slots_of[document]
            others = (rule, *self.neighbours.get(rule, ()))
            found = known[rule] = tuple(slot for other in others if other in there for slot in there[other])
        return found

    def called(self, rule: Rule, document: str) -> list[Slot]:
        """Slots of `document` whose rules are called counterparts of `rule`."""
        return [
            slot
            for slot in self.counterparts(rule, document)
            if self.link(rule, self.held[slot])[0] >= self.threshold
        ]

    def masses(self, slots: Iterable[Slot], documents: tuple[str, str]) -> Masses:
        """Σ u d and Σ u that `slots` bear in a pair: half of a unit's weight where it has a counterpart."""
        apart, total = [], []
        for slot in slots:
            other = documents[1] if slot[0] == documents[0] else documents[0]
            rule = self.held[slot]
            bears = borne(self.weights[rule], self.offers(rule, other))
            apart.append(bears[0])
            total.append(bears[1])
        return math.fsum(apart), math.fsum(total)

    def offers(self, rule: Rule, document: str) -> tuple[Link, ...]:
        """Distance and probability of the counterparts that `document` has of a rule, the closest first."""
        known = self._offers.setdefault(document, {})
        found = known.get(rule)
        if found is None:
            slots = self.counterparts(rule, document)
            found = known[rule] = tuple(sorted(self.link(rule, self.held[slot])[::-1] for slot in slots))
        return found

    def link(self, one: Rule, other: Rule) -> Link:
        """Probability and distance of two counterparts, each in [0, 1]."""
        return (1.0, 0.0) if one == other else self.links[one, other]

    def distance(self, one: Rule, other: Rule) -> float:
        """Distance of two counterparts, in [0, 1]."""
        return self.link(one, other)[1]

    def place(self, slot: Slot, rule: Rule) -> None:
        """Put `rule` in `slot`, in place of what it held."""
        self.remove(slot)
        self.held[slot] = rule
        self.slots_of[slot[0]].setdefault(rule, []).append(slot)

    def remove(self, slot: Slot) -> None:
        """Take away what `slot` holds, if anything."""
        rule = self.held.pop(slot, None)
        self._slots.pop(slot[0], None)
        self._offers.pop(slot[0], None)
        if rule is not None:
            self.slots_of[slot[0]][rule].remove(slot)

    def totals(self) -> dict[tuple[str, str], Masses]:
        """Σ u d and Σ u of every pair, computed anew."""
        by_document: dict[str, list[Slot]] = {}
        for slot in self.held:
            by_document.setdefault(slot[0], []).append(slot)
        return {
            pair: self.masses([slot for name in pair for slot in by_document.get(name, ())], pair)
            for pair in self.pairs
        }


def borne(weight: float, offers: Iterable[Link]) -> Masses:
    """Σ u d and Σ u that a unit bears: it is held against the closest of what it is offered first."""
    lacking, distance = 1.0, 0.0
    for apart, chance in offers:
        distance += lacking * chance * apart
        lacking *= 1 - chance
    return weight * (lacking + distance / 2), weight * (1 + lacking) / 2


def read_rulebooks(pairs: Sequence[PairResult], principle: str, settings: DivergenceSettings) -> Rulebooks:
    """The rulebooks of all documents of `pairs`; rules without weight on the principle are left out."""
    units: dict[Rule, Unit] = {}
    weights: dict[Rule, float] = {}
    links: dict[tuple[Rule, Rule], Link] = {}
    for pair in pairs:
        for name, side in ((pair.left, pair.left_units), (pair.right, pair.right_units)):
            for unit, weight in zip(side, unit_weights(side, principle, settings), strict=True):
                units[name, unit.key], weights[name, unit.key] = unit, float(weight)
        links.update(_links(pair, settings))
    held: dict[Slot, Rule] = {}
    slots_of: dict[str, dict[Rule, list[Slot]]] = {}
    for i, rule in enumerate(units):
        slot = rule[0], i
        held[slot] = rule
        slots_of.setdefault(rule[0], {})[rule] = [slot]
    neighbours: dict[Rule, list[Rule]] = {}
    for one, other in links:
        neighbours.setdefault(one, []).append(other)
    frozen = {rule: tuple(others) for rule, others in neighbours.items()}
    names = tuple((pair.left, pair.right) for pair in pairs)
    return Rulebooks(names, held, links, weights, units, frozen, slots_of, settings.match_threshold)


def _links(pair: PairResult, settings: DivergenceSettings) -> dict[tuple[Rule, Rule], Link]:
    arrays = pair_arrays(pair.left_units, pair.right_units, (*pair.matches, *pair.near), settings)
    names = (pair.right, pair.left) if arrays.is_flipped else (pair.left, pair.right)
    found = {}
    for k in range(len(arrays.rows)):
        one = names[0], arrays.left[arrays.rows[k]].key
        other = names[1], arrays.right[arrays.columns[k]].key
        found[one, other] = found[other, one] = (
            float(arrays.probability[k]),
            float(arrays.distances[k].sum()),
        )
    return found
