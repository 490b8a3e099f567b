"""The strictest-common set: what to do to satisfy all documents that ask the same."""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from fragcheck.align.wording import content_words
from fragcheck.records import (
    Citation,
    CommonRequirement,
    JointParameter,
    Modality,
    PairResult,
    Parameter,
    ParameterKind,
    Requirement,
)
from fragcheck.synthesis.groups import Clause, Group, matched_groups
from fragcheck.synthesis.intervals import Interval, intersection, interval_of

__all__ = ["joint_parameters", "strictest_common_set"]

_FORCE = {
    Modality.PROHIBITION: 4,
    Modality.OBLIGATION: 4,
    Modality.RECOMMENDATION: 3,
    Modality.OUTCOME: 2,
    Modality.PERMISSION: 1,
}
_REPETITION = "repetition"


def strictest_common_set(
    pairs: Sequence[PairResult], document_ids: Sequence[str], *, threshold: float = 0.5
) -> tuple[CommonRequirement, ...]:
    """Return, for every group of counterparts, the strictest requirement and joint quantities.

    Within a group (same party, act and polarity; see `matched_groups`) quantities of one kind,
    unit family and direction are intersected where their triggers agree: the shortest deadline,
    the longest retention, the highest fine. Quantities of units that cannot be converted (two
    currencies) stand side by side.

    Parameters
    ----------
    pairs : sequence of PairResult
    document_ids : sequence of str
    threshold : float
        Probability from which a match counts.

    Returns
    -------
    tuple of CommonRequirement
        Every line cites its clauses. Permissions alone ask nothing and make no line.
    """
    groups = matched_groups(pairs, document_ids, threshold=threshold)
    return tuple(_line(group) for group in groups if _asks(group))


def _asks(group: Group) -> bool:
    return any(_requirement(clause).modality is not Modality.PERMISSION for clause in group.clauses)


def _requirement(clause: Clause) -> Requirement:
    requirement = clause.unit.requirement
    assert requirement is not None, "groups hold requirements"  # noqa: S101 - is_same_act_and_party
    return requirement


def _line(group: Group) -> CommonRequirement:
    asking = [clause for clause in group.clauses if _requirement(clause).modality is not Modality.PERMISSION]
    strictest = max(
        asking, key=lambda c: (_FORCE[_requirement(c).modality], len(_requirement(c).text), c.document_id)
    )
    found = _requirement(strictest)
    return CommonRequirement(
        role=found.actor_role,
        action_class=found.action_class,
        modality=found.modality,
        strictest=_cited(strictest, found.text),
        clauses=tuple(_cited(clause, _requirement(clause).text) for clause in group.clauses),
        parameters=joint_parameters(asking),
        combination=_combination(asking),
        probability=group.probability,
    )


def _cited(clause: Clause, text: str) -> Citation:
    return Citation(clause.document_id, clause.unit.eid, clause.unit.key, text)


def joint_parameters(clauses: Sequence[Clause]) -> tuple[JointParameter, ...]:
    """Intersect the quantities of one kind, family and trigger over the clauses of a group."""
    by_kind: dict[tuple[str, str], list[tuple[Clause, Parameter, Interval]]] = defaultdict(list)
    for clause in clauses:
        for parameter in _requirement(clause).parameters:
            interval = interval_of(parameter)
            if interval is not None:
                kind = _kind(parameter)
                by_kind[kind, interval.family].append((clause, parameter, interval))
    return tuple(
        _joint(kind, cluster)
        for (kind, _), entries in sorted(by_kind.items())
        for cluster in _by_trigger(entries)
    )


_Entry = tuple[Clause, Parameter, Interval]


def _kind(parameter: Parameter) -> str:
    """How often something recurs is no deadline: it is compared with its like alone."""
    is_repeated = parameter.trigger == _REPETITION
    kind = ParameterKind.DURATION if parameter.kind is ParameterKind.RETENTION else parameter.kind
    return f"{kind.value}, repeated" if is_repeated else kind.value


def _by_trigger(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Clusters with at most one quantity per document, the nearest triggers together."""
    clusters: list[list[_Entry]] = []
    for entry in entries:
        open_to = [cluster for cluster in clusters if all(entry[0] is not other[0] for other in cluster)]
        best = max(open_to, key=lambda cluster: _likeness(entry, cluster), default=None)
        if best is None:
            clusters.append([entry])
        else:
            best.append(entry)
    yield from clusters


def _likeness(entry: _Entry, cluster: Sequence[_Entry]) -> tuple[float, float]:
    """Of the triggers (Jaccard index of their words), then of the sizes."""
    words = set(content_words(entry[1].trigger))
    others = {word for other in cluster for word in content_words(other[1].trigger)}
    either = words | others
    fit = len(words & others) / len(either) if either else 1.0
    gap = min(abs(math.log(max(entry[1].value, 1e-9) / max(other[1].value, 1e-9))) for other in cluster)
    return fit, -gap


def _joint(kind: str, cluster: Sequence[_Entry]) -> JointParameter:
    joint = intersection([interval for _, _, interval in cluster])
    binding = [e for e in cluster if e[2].high == joint.high and math.isfinite(joint.high)]
    binding = binding or [e for e in cluster if e[2].low == joint.low]
    clause, parameter, _ = binding[0]
    return JointParameter(
        kind=kind,
        family=joint.family,
        trigger=parameter.trigger,
        low=joint.low if joint.low > 0 else None,
        high=joint.high if math.isfinite(joint.high) else None,
        is_empty=joint.is_empty,
        strictest=_cited(clause, parameter.text),
        clauses=tuple(_cited(c, p.text) for c, p, _ in cluster),
    )


def _combination(clauses: Sequence[Clause]) -> str:
    found = {name for clause in clauses for name in _combinations(_requirement(clause).text)}
    return "mixed" if len(found) > 1 else next(iter(found), "")


def _combinations(text: str) -> Iterator[str]:
    for name, pattern in _cues().items():
        if pattern.search(text):
            yield name


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    content = files("fragcheck.synthesis").joinpath("data", "combinations.toml").read_text("utf-8")
    table = tomllib.loads(content)
    return {
        name: re.compile("|".join(re.escape(cue) for cue in cues), re.IGNORECASE)
        for name, cues in table.items()
    }
