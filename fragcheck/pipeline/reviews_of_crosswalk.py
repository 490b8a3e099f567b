"""A crosswalk that somebody made, as reviews of matches: what experts mapped counts as they mapped it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fragcheck.pipeline.crosswalk_ids import ProvisionIds, resolved_crosswalk
from fragcheck.pipeline.review_making import review_match, review_relation
from fragcheck.records import (
    ImportedCrosswalk,
    Match,
    PairResult,
    Relation,
    Review,
    Segmentation,
    Unit,
    Verdict,
)

__all__ = ["CrosswalkReviews", "crosswalk_reviews"]


@dataclass(frozen=True, slots=True)
class CrosswalkReviews:
    """What a crosswalk says of the matches of a pair of documents.

    Parameters
    ----------
    reviews : tuple of Review
        Ready to be recorded together.
    settled : tuple of (str, str)
        Pairs of provisions (eids) of the crosswalk that the reviews rest on.
    open : tuple of (str, str)
        Pairs that a person has to look at: their provisions hold several requirements, and none of them
        are matched, so that the crosswalk does not say which it means.
    empty : tuple of (str, str)
        Pairs of which one provision holds neither a requirement nor a definition.
    unknown_left, unknown_right : tuple of str
        Ids of the crosswalk that name no provision.
    """

    reviews: tuple[Review, ...]
    settled: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]
    empty: tuple[tuple[str, str], ...]
    unknown_left: tuple[str, ...]
    unknown_right: tuple[str, ...]


def crosswalk_reviews(
    crosswalk: ImportedCrosswalk,
    pair: PairResult,
    left: Segmentation,
    right: Segmentation,
    *,
    reason: str,
    is_complete: bool = False,
) -> CrosswalkReviews:
    """Return a crosswalk as reviews of the matches of `pair`.

    * A crosswalk maps provisions, a match requirements. Where ours has matches between two mapped
      provisions, or what stands in them, these are accepted; where it has none and each holds one
      requirement (or one definition), these two are accepted as counterparts.
    * What it names as not related is rejected.
    * The relation that it names is recorded too where the pair of provisions rests on one match.
    * What it does not map it does not reject, unless it is complete.

    Parameters
    ----------
    crosswalk : ImportedCrosswalk
    pair : PairResult
        The documents of the crosswalk, in its order.
    left, right : Segmentation
    reason : str
        Of every review.
    is_complete : bool
        Matches of left provisions that it speaks of with right ones that it does not map are rejected.

    Raises
    ------
    InputError
        Where no pair of it names provisions of both documents.
    """
    sides = ProvisionIds(left.provisions), ProvisionIds(right.provisions)
    named = resolved_crosswalk(crosswalk, sides)
    reviews: dict[tuple[str, str], list[Review]] = {}
    outcome: dict[str, list[tuple[str, str]]] = {"settled": [], "open": [], "empty": []}
    for (one, other), relation in named.pairs.items():
        lefts = [unit for unit in pair.left_units if sides[0].is_within(unit.eid, one)]
        rights = [unit for unit in pair.right_units if sides[1].is_within(unit.eid, other)]
        chosen = list(_counterparts(pair, lefts, rights))
        kind = "settled" if chosen else "open" if lefts and rights else "empty"
        outcome[kind].append((one, other))
        is_held_apart = relation is Relation.NONE
        for keys in chosen:
            verdict = Verdict.REJECT if is_held_apart else Verdict.ACCEPT
            said = [review_match(pair, *keys, verdict, reason=reason)]
            if len(chosen) == 1 and relation is not None and not is_held_apart:
                said += _of_relation(pair, keys, relation, reason)
            reviews.setdefault(keys, said)
    if is_complete:
        for match in _unmapped(pair, sides, named.spoken[0], set(reviews)):
            keys = match.left_key, match.right_key
            reviews[keys] = [review_match(pair, *keys, Verdict.REJECT, reason=reason)]
    return CrosswalkReviews(
        reviews=tuple(review for said in reviews.values() for review in said),
        settled=tuple(outcome["settled"]),
        open=tuple(outcome["open"]),
        empty=tuple(outcome["empty"]),
        unknown_left=named.unknown_left,
        unknown_right=named.unknown_right,
    )


def _counterparts(
    pair: PairResult, lefts: Sequence[Unit], rights: Sequence[Unit]
) -> Iterator[tuple[str, str]]:
    """Keys of the units that a mapped pair of provisions is taken to mean; none where it is unclear."""
    within = {unit.key for unit in lefts}, {unit.key for unit in rights}
    found = [
        (match.left_key, match.right_key)
        for match in pair.matches
        if match.left_key in within[0] and match.right_key in within[1]
    ]
    if not found and len(lefts) == len(rights) == 1:
        one, other = lefts[0], rights[0]
        if (one.definition is None) == (other.definition is None):
            found = [(one.key, other.key)]
    yield from found


def _of_relation(
    pair: PairResult, keys: tuple[str, str], relation: Relation, reason: str
) -> Iterator[Review]:
    """The relation as theirs names it, where ours has the match and so a relation to be reviewed."""
    ours = next(
        (each for each in (*pair.matches, *pair.near) if (each.left_key, each.right_key) == keys), None
    )
    if ours is None:
        return
    verdict = Verdict.ACCEPT if ours.relation is relation else Verdict.CHANGE
    yield review_relation(pair, *keys, verdict, to=relation, reason=reason)


def _unmapped(
    pair: PairResult,
    sides: tuple[ProvisionIds, ProvisionIds],
    spoken: set[str],
    accepted: set[tuple[str, str]],
) -> Iterator[Match]:
    """Matches of provisions that the crosswalk speaks of which it does not have."""
    for match in pair.matches:
        if (match.left_key, match.right_key) not in accepted and sides[0].lifted(
            match.left, spoken
        ) in spoken:
            yield match
