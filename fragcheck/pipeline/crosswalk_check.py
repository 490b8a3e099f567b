"""A crosswalk that somebody made, beside the one that fragcheck makes of the same two documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fragcheck.pipeline.agreement import cohen_kappa
from fragcheck.pipeline.aligning import AlignedRow
from fragcheck.pipeline.crosswalk_ids import ProvisionIds, resolved_crosswalk
from fragcheck.records import ImportedCrosswalk, Relation, Segmentation

__all__ = ["CheckedPair", "CrosswalkCheck", "Measured", "PairFound", "check_crosswalk"]

#: Probabilities from which on, and ranks up to which, our pairs are held against theirs.
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
RANKS = (1, 3, 5, 10)


class PairFound(StrEnum):
    """Who has a pair."""

    BOTH = "both"
    THEIRS = "theirs"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class CheckedPair:
    """A pair of provisions by eid, in either crosswalk or both.

    `their_relation` is None where theirs does not say, or does not have the pair; `our_relation`,
    `probability` and `rank` are None where it is not among our candidates.
    """

    left: str
    right: str
    found: PairFound
    their_relation: Relation | None
    our_relation: Relation | None
    probability: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Agreement of our pairs from a probability on, or up to a rank, with theirs, which count as right.

    Parameters
    ----------
    cut : str
        ``probability`` or ``rank``: what `limit` is of.
    limit : float
    n_theirs, n_ours, n_both : int
    precision, recall, f1 : float or None
        None where there is nothing to divide by.
    n_relations : int
        Pairs of both crosswalks of which theirs names the relation.
    same_relation, kappa : float or None
        Share of them with the same relation, and Cohen's κ.
    """

    cut: str
    limit: float
    n_theirs: int
    n_ours: int
    n_both: int
    precision: float | None
    recall: float | None
    f1: float | None
    n_relations: int
    same_relation: float | None
    kappa: float | None


@dataclass(frozen=True, slots=True)
class CrosswalkCheck:
    """What came of a comparison of crosswalks.

    Parameters
    ----------
    measured : tuple of Measured
        By rising probability, then by rising rank.
    pairs : tuple of CheckedPair
        By left and then right provision, in document order; ours from the lowest threshold on.
    unknown_left, unknown_right : tuple of str
        Ids of theirs that name no provision.
    """

    measured: tuple[Measured, ...]
    pairs: tuple[CheckedPair, ...]
    unknown_left: tuple[str, ...]
    unknown_right: tuple[str, ...]


def check_crosswalk(
    crosswalk: ImportedCrosswalk,
    left: Segmentation,
    right: Segmentation,
    rows: Iterable[AlignedRow],
    *,
    thresholds: Sequence[float] = THRESHOLDS,
    ranks: Sequence[int] = RANKS,
) -> CrosswalkCheck:
    """Return how far our candidates agree with a crosswalk of the same documents.

    * Ids of theirs are eids, numbers as printed ("Article 9"), OSCAL tokens or the last part of a URN, in
      any case of letters.
    * Theirs may speak of articles where ours speak of paragraphs: each of our pairs is lifted to the
      nearest provision above it that theirs speak of.
    * Only left provisions that theirs speak of are measured: of others it says nothing, not that they
      have no counterpart.

    Parameters
    ----------
    crosswalk : ImportedCrosswalk
    left, right : Segmentation
    rows : iterable of AlignedRow
        From `align_analyses`.
    thresholds : sequence of float
    ranks : sequence of int
        "Among the first three of ours": what a reader of the candidates finds.

    Raises
    ------
    InputError
        Where no pair of theirs names provisions of both documents: the wrong document, or the wrong way
        round.
    """
    sides = ProvisionIds(left.provisions), ProvisionIds(right.provisions)
    named = resolved_crosswalk(crosswalk, sides)
    theirs = named.pairs
    ours = _lifted(rows, sides, named.spoken)
    floor = min(thresholds, default=0.0)
    return CrosswalkCheck(
        measured=(
            *(_measured(theirs, ours, "probability", limit) for limit in sorted(thresholds)),
            *(_measured(theirs, ours, "rank", limit) for limit in sorted(ranks)),
        ),
        pairs=tuple(_checked(theirs, ours, sides, floor)),
        unknown_left=named.unknown_left,
        unknown_right=named.unknown_right,
    )


_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Our:
    probability: float
    rank: int
    relation: Relation


def _lifted(
    rows: Iterable[AlignedRow], sides: tuple[ProvisionIds, ProvisionIds], spoken: tuple[set[str], set[str]]
) -> dict[_Pair, _Our]:
    """Our best candidate of each pair, at the provisions that theirs speak of."""
    found: dict[_Pair, _Our] = {}
    for row in rows:
        if not row.right_id or row.relation is Relation.NONE:
            continue
        left = sides[0].lifted(row.left_id, spoken[0])
        if left not in spoken[0]:
            continue
        pair = left, sides[1].lifted(row.right_id, spoken[1])
        best = found.get(pair)
        if best is None or row.probability > best.probability:
            rank = row.rank if best is None else min(best.rank, row.rank)
            found[pair] = _Our(row.probability, rank, row.relation)
    return found


def _measured(
    theirs: Mapping[_Pair, Relation | None], ours: Mapping[_Pair, _Our], cut: str, limit: float
) -> Measured:
    kept = {
        pair
        for pair, our in ours.items()
        if (our.probability >= limit if cut == "probability" else our.rank <= limit)
    }
    both = kept & set(theirs)
    precision = len(both) / len(kept) if kept else None
    recall = len(both) / len(theirs)
    total = len(kept) + len(theirs)
    related = sorted(pair for pair in both if theirs[pair] is not None)
    said = [str(theirs[pair]) for pair in related]
    found = [str(ours[pair].relation) for pair in related]
    same = sum(one == other for one, other in zip(said, found, strict=True))
    return Measured(
        cut=cut,
        limit=limit,
        n_theirs=len(theirs),
        n_ours=len(kept),
        n_both=len(both),
        precision=precision,
        recall=recall,
        f1=2 * len(both) / total,
        n_relations=len(related),
        same_relation=same / len(related) if related else None,
        kappa=cohen_kappa(said, found),
    )


def _checked(
    theirs: Mapping[_Pair, Relation | None],
    ours: Mapping[_Pair, _Our],
    sides: tuple[ProvisionIds, ProvisionIds],
    floor: float,
) -> Iterator[CheckedPair]:
    kept = {pair for pair, our in ours.items() if our.probability >= floor}
    order = {pair: (sides[0].place[pair[0]], sides[1].place[pair[1]]) for pair in sorted({*theirs, *kept})}
    for pair in sorted(order, key=lambda each: order[each]):
        our = ours.get(pair)
        found = PairFound.OURS if pair not in theirs else PairFound.THEIRS
        if pair in theirs and pair in kept:
            found = PairFound.BOTH
        yield CheckedPair(
            left=pair[0],
            right=pair[1],
            found=found,
            their_relation=theirs.get(pair),
            our_relation=None if our is None else our.relation,
            probability=None if our is None else our.probability,
            rank=None if our is None else our.rank,
        )
