"""From candidates to matches: who is whose counterpart, one to one and one to many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fragcheck.align.field_data import load_field_data
from fragcheck.align.relation import relate_units
from fragcheck.align.wording import normal_form
from fragcheck.errors import ComparisonError
from fragcheck.records import Alignment, Match, Unit

__all__ = ["MatchSettings", "Rulings", "match_units", "near_matches"]

#: Places after the decimal point of a probability that count: block sizes and threads move later ones.
_PLACES = 6

#: Gain of each agreement beside the probability: below any difference of probabilities that matters.
_PLACE_BONUS = 1e-4

#: Gain of a pair that a person settled: more than the two pairs together that it may keep from being.
_RULED_BONUS = 4.0

#: By (left key, right key): whether a person says that the two are counterparts.
Rulings = Mapping[tuple[str, str], bool]


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """When a candidate is a match.

    Parameters
    ----------
    probability : float
        From this calibrated probability on a candidate is a match.
    near : float
        From here on a candidate that is no match is kept: values reckon with its probability.
    further : float
        What a further counterpart of a matched unit must reach.
    further_share : float
        Share of its partner's best probability that it must reach as well.
    mutual_evidence : float
        Factor by which the odds of a candidate rise that is the best on both of its sides.
    """

    probability: float
    near: float
    further: float
    further_share: float
    mutual_evidence: float = 1.0

    def __post_init__(self) -> None:
        values = (self.near, self.probability, self.further)
        if not 0 <= values[0] <= values[1] <= values[2] <= 1:
            raise ComparisonError(f"0 <= near <= probability <= further <= 1 is wanted, {values} came")
        if self.mutual_evidence <= 0:
            raise ComparisonError(f"mutual_evidence above 0 is wanted, {self.mutual_evidence:g} came")

    @classmethod
    def default(cls) -> MatchSettings:
        """The thresholds that come with the package."""
        return cls(**load_field_data().matching)


@dataclass(frozen=True, slots=True)
class _Edge:
    left: int
    right: int
    probability: float
    is_ruled: bool = False


def match_units(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    alignment: Alignment,
    settings: MatchSettings | None = None,
    *,
    ruled: Rulings | None = None,
) -> tuple[Match, ...]:
    """Choose the matches of two documents from the candidates.

    One to one first: the assignment of highest total probability within each connected part
    of the candidates. Then a unit that was left over joins the element of its best counterpart,
    where its own probability is high and close to the best that this counterpart has: a rule
    that one side splits over two sentences. Units of the same wording, and definitions of the
    same term, are matched with certainty, so that a single edit elsewhere moves no other pair.
    The probability of a match is the candidate's, raised where it is the best on both sides.

    Parameters
    ----------
    left_units, right_units : sequence of Unit
    alignment : Alignment
        Candidates between the keys of the two sequences; others are refused.
    settings : MatchSettings, optional
        The packaged thresholds by default.
    ruled : mapping of (str, str) to bool, optional
        What a person says of single pairs, by the keys: True makes it a match of probability 1
        whatever else, False keeps it from being one; all other pairs are chosen beside them. Pairs
        of a requirement and a definition, and of units that are not there, have no effect.

    Returns
    -------
    tuple of Match
        In the order of the left units, then of the right. Independent of the order of the
        candidates; swapping the sides swaps the matches.

    Raises
    ------
    ComparisonError
        Where a candidate names a key that is not among the units.
    """
    settings = settings or MatchSettings.default()
    edges = _edges(left_units, right_units, alignment, settings, ruled or {})
    core = _assign(
        [edge for edge in edges if edge.probability >= settings.probability], left_units, right_units
    )
    core += [edge for edge in edges if edge.is_ruled and edge not in core]
    chosen = core + _further(edges, core, settings)
    return _as_matches(chosen, left_units, right_units)


def near_matches(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    alignment: Alignment,
    matches: Sequence[Match],
    settings: MatchSettings | None = None,
    *,
    ruled: Rulings | None = None,
) -> tuple[Match, ...]:
    """The other candidates that a value reckons with: all that may be counterparts and are no match.

    A unit with a certain counterpart, of the same wording or the same defined term, has no other:
    so a single edit elsewhere moves no other pair.

    Returns
    -------
    tuple of Match
        From ``settings.near`` on, in the order of the left units, then of the right.
    """
    settings = settings or MatchSettings.default()
    chosen = {(match.left_key, match.right_key) for match in matches}
    certain = [match for match in matches if match.probability >= 1]
    complete_left = {match.left_key for match in certain}
    complete_right = {match.right_key for match in certain}
    others = [
        edge
        for edge in _edges(left_units, right_units, alignment, settings, ruled or {})
        for keys in ((left_units[edge.left].key, right_units[edge.right].key),)
        if edge.probability >= settings.near
        and keys not in chosen
        and keys[0] not in complete_left
        and keys[1] not in complete_right
    ]
    return _as_matches(others, left_units, right_units)


def _edges(
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    alignment: Alignment,
    settings: MatchSettings,
    ruled: Rulings,
) -> list[_Edge]:
    """Candidates between units of one kind, and the certain pairs, in the order of the units.

    A candidate that is the best on both of its sides is likelier than its words alone say:
    its odds rise by ``settings.mutual_evidence``.
    """
    left_index = {unit.key: i for i, unit in enumerate(left_units)}
    right_index = {unit.key: i for i, unit in enumerate(right_units)}
    found = _certain(left_units, right_units)
    for candidate in alignment.candidates:
        try:
            pair = left_index[candidate.left], right_index[candidate.right]
        except KeyError as error:
            raise ComparisonError(
                f"a candidate names the unit {error}, which neither side has: align the same units"
            ) from error
        if _is_same_kind(left_units[pair[0]], right_units[pair[1]]) and pair not in found:
            found[pair] = min(1.0, max(0.0, round(candidate.probability, _PLACES)))
    settled = _settled(found, left_units, right_units, ruled)
    best_left, best_right = _best(found, side=0), _best(found, side=1)
    return [
        _Edge(
            i,
            j,
            _raised(p, settings.mutual_evidence) if p == best_left[i] == best_right[j] else p,
            (i, j) in settled,
        )
        for (i, j), p in sorted(found.items())
    ]


def _settled(
    found: dict[tuple[int, int], float],
    left_units: Sequence[Unit],
    right_units: Sequence[Unit],
    ruled: Rulings,
) -> set[tuple[int, int]]:
    """Enter what a person says into `found`; the pairs that are counterparts by it."""
    settled: set[tuple[int, int]] = set()
    if not ruled:
        return settled
    left_index = {unit.key: i for i, unit in enumerate(left_units)}
    right_index = {unit.key: i for i, unit in enumerate(right_units)}
    for (left, right), is_match in ruled.items():
        if left not in left_index or right not in right_index:
            continue
        pair = left_index[left], right_index[right]
        if not is_match:
            found.pop(pair, None)
        elif _is_same_kind(left_units[pair[0]], right_units[pair[1]]):
            found[pair] = 1.0
            settled.add(pair)
    return settled


def _best(found: Mapping[tuple[int, int], float], *, side: int) -> dict[int, float]:
    best: dict[int, float] = {}
    for pair, probability in found.items():
        best[pair[side]] = max(best.get(pair[side], 0.0), probability)
    return best


def _raised(probability: float, evidence: float) -> float:
    """Probability whose odds are `evidence` times as high (Bayes' rule)."""
    return round(probability * evidence / (1 - probability + probability * evidence), _PLACES)


def _is_same_kind(left: Unit, right: Unit) -> bool:
    return (left.definition is None) == (right.definition is None)


def _certain(left_units: Sequence[Unit], right_units: Sequence[Unit]) -> dict[tuple[int, int], float]:
    """Pairs of the same wording in the same place of the text, and definitions of one term."""
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, unit in enumerate(right_units):
        by_words[_words(unit)].append(j)
    return {(i, j): 1.0 for i, unit in enumerate(left_units) for j in by_words.get(_words(unit), ())}


def _words(unit: Unit) -> tuple[str, ...]:
    if unit.definition is not None:
        return ("definition", normal_form(unit.definition.term))
    return ("requirement", normal_form(unit.text_unit.text))


def _assign(edges: Sequence[_Edge], left_units: Sequence[Unit], right_units: Sequence[Unit]) -> list[_Edge]:
    """One-to-one choice of highest total probability, part by part."""
    chosen: list[_Edge] = []
    for part in _parts(edges):
        if len(part) == 1:
            chosen += part
            continue
        chosen += _solve(part, left_units, right_units)
    return chosen


def _rank(unit: Unit) -> tuple[str, str]:
    """Order of units that neither the numbering nor the place of a provision moves first."""
    return normal_form(unit.text_unit.text), unit.key


def _solve(part: Sequence[_Edge], left: Sequence[Unit], right: Sequence[Unit]) -> list[_Edge]:
    """Optimal assignment of one part, solved from the side that comes first in rank."""
    from scipy.optimize import linear_sum_assignment  # a quarter of a second of every command

    rows = sorted({edge.left for edge in part}, key=lambda i: _rank(left[i]))
    columns = sorted({edge.right for edge in part}, key=lambda j: _rank(right[j]))
    row_of = {i: row for row, i in enumerate(rows)}
    column_of = {j: column for column, j in enumerate(columns)}
    gains = np.zeros((len(rows), len(columns)))
    for edge in part:
        # Squared: one sure pair outweighs two doubtful ones that would break it up.
        gain = edge.probability**2 + _likeness(left[edge.left], right[edge.right])
        gain += _RULED_BONUS * edge.is_ruled
        gains[row_of[edge.left], column_of[edge.right]] = gain
    by_pair = {(row_of[edge.left], column_of[edge.right]): edge for edge in part}
    if [_rank(left[i]) for i in rows] <= [_rank(right[j]) for j in columns]:
        row_indices, column_indices = linear_sum_assignment(gains, maximize=True)
    else:
        column_indices, row_indices = linear_sum_assignment(gains.T, maximize=True)
    pairs = sorted(zip(row_indices.tolist(), column_indices.tolist(), strict=True))
    return [by_pair[pair] for pair in pairs if pair in by_pair]


def _likeness(left: Unit, right: Unit) -> float:
    """Small bonus that decides between pairs of equal probability: place, party, words of a definiens."""
    is_same_place = normal_form(left.text_unit.context) == normal_form(right.text_unit.context)
    bonus = _PLACE_BONUS * is_same_place
    if left.requirement is not None and right.requirement is not None:
        x, y = left.requirement, right.requirement
        bonus += _PLACE_BONUS * ((x.modality, x.is_negated) == (y.modality, y.is_negated))
        bonus += _PLACE_BONUS * (x.actor_role == y.actor_role)
    if left.definition is not None and right.definition is not None:
        here = set(normal_form(left.definition.definiens).split())
        there = set(normal_form(right.definition.definiens).split())
        bonus += _PLACE_BONUS * 2 * len(here & there) / max(len(here) + len(there), 1)
    return bonus


def _parts(edges: Iterable[_Edge]) -> list[list[_Edge]]:
    """Connected parts of the candidates (union-find over both sides)."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    edges = list(edges)
    for edge in edges:
        parent[root(("left", edge.left))] = root(("right", edge.right))
    parts: dict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        parts[root(("left", edge.left))].append(edge)
    return list(parts.values())


def _further(edges: Sequence[_Edge], core: Sequence[_Edge], settings: MatchSettings) -> list[_Edge]:
    """Units left over that join an element: each at most one, and none that would chain two.

    An element of the same wording on both sides is complete: nothing joins it.
    """
    best_left = {edge.left: edge.probability for edge in core}
    best_right = {edge.right: edge.probability for edge in core}
    wanted: dict[tuple[str, int], _Edge] = {}
    for edge in edges:
        if edge.probability < settings.further:
            continue
        is_left_free, is_right_free = edge.left not in best_left, edge.right not in best_right
        if is_left_free == is_right_free:
            continue
        node = ("left", edge.left) if is_left_free else ("right", edge.right)
        partner_best = best_right[edge.right] if is_left_free else best_left[edge.left]
        if partner_best >= 1 or edge.probability < settings.further_share * partner_best:
            continue
        if node not in wanted or edge.probability > wanted[node].probability:
            wanted[node] = edge
    return [wanted[node] for node in sorted(wanted)]


def _as_matches(
    edges: Iterable[_Edge], left_units: Sequence[Unit], right_units: Sequence[Unit]
) -> tuple[Match, ...]:
    ordered = sorted(edges, key=lambda edge: (edge.left, edge.right))
    return tuple(_match(left_units[edge.left], right_units[edge.right], edge.probability) for edge in ordered)


def _match(left: Unit, right: Unit, probability: float) -> Match:
    (relation, differs, rationale), differences = relate_units(left, right)
    return Match(
        left=left.eid,
        right=right.eid,
        left_key=left.key,
        right_key=right.key,
        probability=probability,
        relation=relation,
        differs=differs,
        rationale=rationale,
        differences=differences,
    )
