"""A set of documents as a whole: matrix, fragmentation, blocs, common core, reference."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fragcheck.diverge.blocs import blocs, cluster_order
from fragcheck.diverge.elements import FloatArray
from fragcheck.diverge.profile import binding_force, document_units
from fragcheck.diverge.sampling import redrawn_values, sampling_interval
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.errors import ComparisonError
from fragcheck.records import (
    CorpusSummary,
    Divergence,
    Force,
    PairResult,
    PrincipleSummary,
    ReferenceRank,
    Relation,
)

__all__ = ["corpus_summary", "pairs_of_one_force"]


def corpus_summary(
    pairs: Sequence[PairResult],
    document_ids: Sequence[str],
    settings: DivergenceSettings | None = None,
    *,
    seed: int = 0,
    forces: Mapping[str, Force] | None = None,
) -> CorpusSummary:
    """Summarise the pairs of a set of documents: all of them, or those with one reference.

    The fragmentation index of a principle is the mean D of the pairs of one force (law with law,
    guidance with guidance; see `binding_force`) that have a value; the mean over all pairs stands
    beside it. Its interval runs from the mean of the lower to the mean of the upper ends: pairs
    share documents, so their errors are taken to go together, which is the cautious choice.

    Parameters
    ----------
    pairs : sequence of PairResult
        In any order; a pair may stand either way round.
    document_ids : sequence of str
    settings : DivergenceSettings, optional
        Those that the pairs were measured with; the bootstrap over articles draws with them.
    seed : int
        Of the run.
    forces : mapping of str to Force, optional
        What each document is, where more is known of it than its words; by default `binding_force`.

    Returns
    -------
    CorpusSummary

    Raises
    ------
    ComparisonError
        Where ids repeat, or a pair names a document that is not among them.
    """
    ids = tuple(document_ids)
    if len(set(ids)) < len(ids):
        raise ComparisonError("each document once is wanted, an id repeats: number repeated documents")
    for pair in pairs:
        if pair.left not in ids or pair.right not in ids:
            raise ComparisonError(f"the pair {pair.left} - {pair.right} is not of these documents")
    settings = settings or DivergenceSettings.default()
    names = tuple(dict.fromkeys(divergence.principle for pair in pairs for divergence in _divergences(pair)))
    forces = {one: forces[one] for one in ids} if forces is not None else _forces(pairs, ids)
    redrawn = redrawn_values(pairs, names, settings, seed=seed)
    documents = _Set(ids, pairs, forces, settings.level)
    core = _core(pairs, ids)
    reference = _reference(pairs, ids)
    return CorpusSummary(
        document_ids=ids,
        principles=tuple(_principle(name, documents, redrawn[name]) for name in names),
        common_core=tuple((name, len(keys)) for name, keys in core),
        n_common_core=min((len(keys) for _, keys in core), default=0),
        forces=tuple(forces.items()),
        core_keys=core,
        reference=reference,
        reference_ranks=_ranks(pairs, reference) if reference else (),
    )


def pairs_of_one_force(pairs: Sequence[PairResult], forces: Mapping[str, Force]) -> tuple[PairResult, ...]:
    """The pairs that set law beside law or guidance beside guidance; one law in two languages is none."""
    return tuple(pair for pair in pairs if _is_alike(pair, forces))


def _is_alike(pair: PairResult, forces: Mapping[str, Force]) -> bool:
    return forces[pair.left] is forces[pair.right] and not pair.is_one_work


def _forces(pairs: Sequence[PairResult], ids: tuple[str, ...]) -> dict[str, Force]:
    units = document_units(pairs)
    return {name: binding_force(units.get(name, ())) for name in ids}


def _divergences(pair: PairResult) -> tuple[Divergence, ...]:
    return (pair.overall, *pair.principles)


@dataclass(frozen=True, slots=True)
class _Set:
    """The documents with their pairs."""

    ids: tuple[str, ...]
    pairs: Sequence[PairResult]
    forces: Mapping[str, Force]
    level: float


def _principle(name: str, of: _Set, redrawn: FloatArray) -> PrincipleSummary:
    ids, pairs, forces = of.ids, of.pairs, of.forces
    keys = [frozenset((pair.left, pair.right)) for pair in pairs]
    found = [next((d for d in _divergences(pair) if d.principle == name), None) for pair in pairs]
    values = {key: divergence.value for key, divergence in zip(keys, found, strict=True) if divergence}
    is_alike = [_is_alike(pair, forces) for pair in pairs]
    known = [
        divergence
        for divergence, alike in zip(found, is_alike, strict=True)
        if divergence is not None and divergence.value is not None and alike
    ]
    sampled = sampling_interval(_column_means(redrawn[is_alike]), of.level) if redrawn.size else None
    all_values = [value for value in values.values() if value is not None]
    return PrincipleSummary(
        principle=name,
        matrix=tuple(tuple(_value(row, column, values) for column in ids) for row in ids),
        order=cluster_order(ids, values),
        fragmentation=_mean([divergence.value for divergence in known]),
        low=_mean([divergence.low for divergence in known]),
        high=_mean([divergence.high for divergence in known]),
        n_pairs=len(known),
        sampling_low=sampled[0] if sampled else None,
        sampling_high=sampled[1] if sampled else None,
        fragmentation_all=_mean(all_values),
        n_pairs_all=len(all_values),
        blocs=blocs(ids, values, dict(zip(keys, redrawn, strict=True))) if _is_complete(values, ids) else (),
    )


def _is_complete(values: Mapping[frozenset[str], float | None], ids: tuple[str, ...]) -> bool:
    return len(values) == len(ids) * (len(ids) - 1) // 2


def _column_means(values: FloatArray) -> FloatArray:
    """Mean over the pairs that have a value, per draw; NaN where none has."""
    if not len(values):
        return np.zeros(0)
    counts = (~np.isnan(values)).sum(axis=0)
    sums = np.nansum(values, axis=0)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _value(row: str, column: str, values: Mapping[frozenset[str], float | None]) -> float | None:
    return 0.0 if row == column else values.get(frozenset((row, column)))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def _core(pairs: Sequence[PairResult], ids: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Units with a counterpart in each of the other documents, contrary ones apart, by document.

    Documents that were not compared with every other one are left out.
    """
    covered: dict[str, dict[str, dict[str, None]]] = {name: {} for name in ids}
    for pair in pairs:
        left, right = (
            covered[pair.left].setdefault(pair.right, {}),
            covered[pair.right].setdefault(pair.left, {}),
        )
        for match in pair.matches:
            if match.relation is not Relation.CONTRARY:
                left[match.left_key] = None
                right[match.right_key] = None
    found = []
    for name, others in covered.items():
        if others and len(others) == len(ids) - 1:
            first, *rest = others.values()
            found.append((name, tuple(key for key in first if all(key in other for other in rest))))
    return tuple(found)


def _reference(pairs: Sequence[PairResult], ids: tuple[str, ...]) -> str:
    """The one document that stands in all pairs, where there are more documents than two."""
    if len(ids) <= 2 or len(pairs) != len(ids) - 1:
        return ""
    shared = set.intersection(*({pair.left, pair.right} for pair in pairs))
    return next(iter(shared), "")


def _ranks(pairs: Sequence[PairResult], reference: str) -> tuple[ReferenceRank, ...]:
    found = []
    for pair in pairs:
        is_left = pair.left == reference
        to_right, to_left = pair.left_satisfies_right.value, pair.right_satisfies_left.value
        overall = pair.overall
        found.append(
            ReferenceRank(
                document_id=pair.right if is_left else pair.left,
                value=overall.value,
                low=overall.low,
                high=overall.high,
                satisfies_reference=to_left if is_left else to_right,
                satisfied_by_reference=to_right if is_left else to_left,
            )
        )
    return tuple(sorted(found, key=lambda rank: (rank.value is None, rank.value, rank.document_id)))
