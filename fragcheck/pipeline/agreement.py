"""How far people agree with each other and with the machine, beyond chance."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fragcheck.records import Review, ReviewTarget

__all__ = ["MACHINE", "Agreement", "agreement_table", "cohen_kappa", "krippendorff_alpha"]

#: The name that the machine has among the reviewers.
MACHINE = "machine"


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Cohen's κ of two raters over the same items: (p_o - p_e) / (1 - p_e).

    Cohen, Educational and Psychological Measurement 20 (1960) 37-46. In [-1, 1]; 0 is what chance gives.

    Returns
    -------
    float or None
        None without items, or where both say one and the same of all of them (chance agrees fully).

    Raises
    ------
    ValueError
        If the two are not of one length.
    """
    pairs = list(zip(first, second, strict=True))
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    counts = Counter(first), Counter(second)
    expected = sum(counts[0][name] * counts[1][name] for name in counts[0]) / len(pairs) ** 2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(items: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's α for nominal values, any number of raters, values may be missing: 1 - D_o / D_e.

    Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), by way of the matrix of coincidences.

    Parameters
    ----------
    items : iterable of sequence
        Per item the values that its raters gave. Items with fewer than two say nothing.

    Returns
    -------
    float or None
        At most 1; 0 is what chance gives. None without pairs, or where only one value was ever given.
    """
    rated = [list(values) for values in items]
    rated = [values for values in rated if len(values) > 1]
    totals: Counter[Hashable] = Counter(value for values in rated for value in values)
    n = totals.total()
    if n == 0 or len(totals) < 2:
        return None
    differing = 0.0
    for values in rated:
        counts = Counter(values)
        unlike = len(values) ** 2 - sum(count**2 for count in counts.values())
        differing += unlike / (len(values) - 1)
    by_chance = (n**2 - sum(count**2 for count in totals.values())) / (n - 1)
    return 1 - differing / by_chance


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one kind of finding.

    Parameters
    ----------
    target : ReviewTarget
    first, second : str
        Two reviewers, or a reviewer and `MACHINE`; both empty for all reviewers together.
    n_items : int
        Findings that both, or at least two, spoke of.
    observed : float or None
        Share of them on which the two say the same; of all together, share of the pairs of values.
    kappa, alpha : float or None
        κ of the two; α of the two, or of all together.
    """

    target: ReviewTarget
    first: str
    second: str
    n_items: int
    observed: float | None
    kappa: float | None
    alpha: float | None


def agreement_table(opinions: Mapping[str, Mapping[str, Review]]) -> tuple[Agreement, ...]:
    """Return how far reviewers agree: all together, every two of them, and each with the machine.

    The machine's value is that which the first reviewer of a finding saw before any review. People choose
    what they review, so agreement with the machine is of what was reviewed and not of all findings.

    Parameters
    ----------
    opinions : mapping of str to mapping of str to Review
        Subject -> reviewer -> review, from `fragcheck.store.workspace.opinions`.

    Returns
    -------
    tuple of Agreement
        By kind of finding; all together first, then by names, the machine last.
    """
    found: list[Agreement] = []
    for target in ReviewTarget:
        values = {
            key: _values(said)
            for key, said in opinions.items()
            if next(iter(said.values())).subject.target is target
        }
        people = sorted({name for said in values.values() for name in said} - {MACHINE})
        if not people:
            continue
        if len(people) > 1:
            found.append(_together(target, values.values()))
        pairs = [*itertools.combinations(people, 2), *((name, MACHINE) for name in people)]
        found += [_of_two(target, values.values(), one, other) for one, other in pairs]
    return tuple(found)


def _values(said: Mapping[str, Review]) -> dict[str, str]:
    values = {name: _value(review.after) for name, review in said.items()}
    earliest = min(said.values(), key=lambda review: review.made_at)
    values[MACHINE] = _value(earliest.before)
    return values


def _value(text: str) -> str:
    """What is said, without what only goes with it: the probability of the machine."""
    value = json.loads(text)
    if isinstance(value, dict):
        value = {name: each for name, each in value.items() if name not in ("probability", "instead")}
    return json.dumps(value, sort_keys=True)


def _together(target: ReviewTarget, values: Iterable[Mapping[str, str]]) -> Agreement:
    rated = [[each for name, each in said.items() if name != MACHINE] for said in values]
    rated = [each for each in rated if len(each) > 1]
    pairs = [pair for each in rated for pair in itertools.combinations(each, 2)]
    observed = sum(one == other for one, other in pairs) / len(pairs) if pairs else None
    return Agreement(target, "", "", len(rated), observed, None, krippendorff_alpha(rated))


def _of_two(target: ReviewTarget, values: Iterable[Mapping[str, str]], one: str, other: str) -> Agreement:
    both = [(said[one], said[other]) for said in values if one in said and other in said]
    observed = sum(first == second for first, second in both) / len(both) if both else None
    kappa = cohen_kappa([first for first, _ in both], [second for _, second in both])
    return Agreement(target, one, other, len(both), observed, kappa, krippendorff_alpha(both))
