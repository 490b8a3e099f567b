"""Requirements of several documents that ask the same act of the same party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fragcheck.records import Differences, Match, PairResult, Relation, Unit

__all__ = ["Clause", "Group", "matched_groups"]

#: A party or an act from this distance on is another one; a partial unknown is not.
_OTHER = 0.5


@dataclass(frozen=True, slots=True)
class Clause:
    """A unit in its document."""

    document_id: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Group:
    """Counterparts of at least two documents, one clause per document, in the order of the ids.

    `probability` is that of the weakest match that holds the group together.
    """

    clauses: tuple[Clause, ...]
    probability: float


def matched_groups(
    pairs: Sequence[PairResult], document_ids: Sequence[str], *, threshold: float = 0.5
) -> tuple[Group, ...]:
    """Return the groups of requirements of the same party, act and polarity.

    Matches are joined from the likeliest down, and only where the two groups have no document
    in common: so one clause per document, and no chain from one rule of a law to another.

    Parameters
    ----------
    pairs : sequence of PairResult
    document_ids : sequence of str
        Their order is that of the clauses.
    threshold : float
        Probability from which a match counts.

    Returns
    -------
    tuple of Group
        By the first document, then by the place of its clause.
    """
    units: dict[tuple[str, str], Unit] = {}
    edges: list[tuple[float, tuple[str, str], tuple[str, str]]] = []
    for pair in pairs:
        for name, side in ((pair.left, pair.left_units), (pair.right, pair.right_units)):
            units.update({(name, unit.key): unit for unit in side})
        for match in pair.matches:
            if match.probability >= threshold and _is_same_rule(match):
                ends = sorted(((pair.left, match.left_key), (pair.right, match.right_key)))
                edges.append((-match.probability, ends[0], ends[1]))
    place = {node: i for i, node in enumerate(units)}
    rank = {name: i for i, name in enumerate(document_ids)}
    found = []
    for members, probability in _joined(sorted(edges)):
        ordered = sorted(members, key=lambda node: rank[node[0]])
        found.append((ordered, Group(tuple(Clause(n, units[n, key]) for n, key in ordered), probability)))
    found.sort(key=lambda entry: [(rank[node[0]], place[node]) for node in entry[0]])
    return tuple(group for _, group in found)


def _is_same_rule(match: Match) -> bool:
    differences = match.differences
    return match.relation is not Relation.CONTRARY and is_same_act_and_party(differences)


def is_same_act_and_party(differences: Differences) -> bool:
    """Whether both sides ask the same act of the same party, neither denying it."""
    if differences.polarity > 0 or differences.definition is not None:
        return False
    return all((distance or 0.0) < _OTHER for distance in (differences.actor, differences.action))


def _joined(
    edges: Sequence[tuple[float, tuple[str, str], tuple[str, str]]],
) -> list[tuple[set[tuple[str, str]], float]]:
    """Components with at most one member per document, and the probability of their weakest match."""
    group_of: dict[tuple[str, str], int] = {}
    groups: dict[int, tuple[set[tuple[str, str]], float]] = {}
    for number, (negative, left, right) in enumerate(edges):
        one, other = (_group(node, group_of, groups, 2 * number + i) for i, node in enumerate((left, right)))
        if one == other:
            continue
        members, others = groups[one][0], groups[other][0]
        if _documents(members) & _documents(others):
            continue
        weakest = min(-negative, groups[one][1], groups[other][1])
        groups[one] = (members | others, weakest)
        del groups[other]
        group_of.update(dict.fromkeys(others, one))
    return [entry for entry in groups.values() if len(entry[0]) > 1]


def _group(
    node: tuple[str, str],
    group_of: dict[tuple[str, str], int],
    groups: dict[int, tuple[set[tuple[str, str]], float]],
    number: int,
) -> int:
    if node not in group_of:
        group_of[node] = number
        groups[number] = ({node}, 1.0)
    return group_of[node]


def _documents(members: set[tuple[str, str]]) -> set[str]:
    return {document for document, _ in members}
