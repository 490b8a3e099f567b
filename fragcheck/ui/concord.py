"""What brings documents together, as plain rows: one reference against all, outliers, the path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fragcheck.records import Change, Comparison, HarmonisationPath, Interoperability, PairResult, Unit
from fragcheck.ui.cells import divergence_of
from fragcheck.ui.pairing import unit_words

__all__ = ["BesideRow", "StepRow", "beside_reference", "mean_distances", "path_rows"]


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A document beside the reference on one principle.

    `meets` is the share of the reference's duties that whoever complies with the
    document meets, `is_met` the other way round; both over all principles.
    """

    document_id: str
    value: float | None
    low: float | None
    high: float | None
    status: str
    meets: float | None
    is_met: float | None


def beside_reference(comparison: Comparison, reference: str, principle: str) -> tuple[BesideRow, ...]:
    """All other documents beside the reference, the closest first; those without a value last."""
    rows = []
    for pair in comparison.pairs:
        if reference not in (pair.left, pair.right):
            continue
        other = pair.right if pair.left == reference else pair.left
        divergence = divergence_of(pair, principle)
        meets, is_met = _ways(pair, other)
        rows.append(
            BesideRow(
                other,
                divergence.value,
                divergence.low,
                divergence.high,
                divergence.status.value,
                meets.value,
                is_met.value,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.value is None, row.value or 0.0, row.document_id)))


def _ways(pair: PairResult, first: str) -> tuple[Interoperability, Interoperability]:
    """What compliance with `first` meets of the other, and the other way round."""
    there, back = pair.left_satisfies_right, pair.right_satisfies_left
    return (there, back) if pair.left == first else (back, there)


def mean_distances(comparison: Comparison, principle: str) -> tuple[tuple[str, float | None, int], ...]:
    """Mean D of every document to all others, and over how many; the one that stands apart most first."""
    found: dict[str, list[float]] = {one: [] for one in comparison.document_ids}
    for pair in comparison.pairs:
        value = divergence_of(pair, principle).value
        if value is not None:
            found[pair.left].append(value)
            found[pair.right].append(value)
    means = [(one, sum(all_) / len(all_) if all_ else None, len(all_)) for one, all_ in found.items()]
    return tuple(sorted(means, key=lambda row: (row[1] is None, -(row[1] or 0.0), row[0])))


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a path with the words of the rule that is taken over."""

    change: Change
    words: str
    replaced: str


def path_rows(path: HarmonisationPath, units: Mapping[str, Sequence[Unit]]) -> tuple[StepRow, ...]:
    """The steps of a path with their words.

    Parameters
    ----------
    path : HarmonisationPath
    units : mapping of str to sequence of Unit
        Units of every document, by its id.
    """
    words = {(one, unit.key): unit_words(unit) for one, all_ in units.items() for unit in all_}
    return tuple(
        StepRow(
            change,
            words.get((change.source_id, change.source_key), ""),
            words.get((change.document_id, change.replaced_key), ""),
        )
        for change in path.changes
    )
