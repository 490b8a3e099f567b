"""From two documents as the comparator sees them to their matches, near misses and gaps."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence

from fragcheck.align import MatchSettings, align, match_units, near_matches
from fragcheck.align.evidence import inform
from fragcheck.align.translation import Versions
from fragcheck.align.units import provision_texts
from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.pipeline.reviewing import PairRulings, ruled_relations
from fragcheck.records import Alignment, Analysis, Gap, Match, Side, Unit
from fragcheck.records.codec import encode
from fragcheck.store import ArtefactStore, code_fingerprint
from fragcheck.synthesis import opposed_matches

__all__ = ["Aligned", "ComparedSide", "aligned_sides", "analysis_digest"]

#: The evidence model has weighed already which candidates are best on both sides.
_MATCHING = dataclasses.replace(MatchSettings.default(), mutual_evidence=1.0)

#: Candidates kept per unit: a counterpart that is not among the first ten is not one.
_TOP = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Aligned:
    """Matches, near misses, gaps and opposites of a pair: all that does not depend on weights."""

    matches: tuple[Match, ...]
    near: tuple[Match, ...]
    gaps: tuple[Gap, ...]
    opposed: tuple[Match, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ComparedSide:
    """A document as the comparator sees it; `digest` is the hash of all that its result rests on, empty
    where nothing is kept.
    """

    id: str
    analysis: Analysis
    units: tuple[Unit, ...]
    digest: str


def analysis_digest(analysis: Analysis) -> str:
    """Hash of what a comparison reads of an analysis; the file's name and title are not in it."""
    content = json.dumps([encode(analysis.segmentation.provisions), encode(analysis.annotations)])
    return hashlib.sha256(content.encode()).hexdigest()


def aligned_sides(
    left: ComparedSide,
    right: ComparedSide,
    store: ArtefactStore | None,
    encoder: SentenceEncoder,
    rulings: PairRulings,
) -> Aligned:
    """Return the matches of two documents, with what people settled of them.

    Settled pairs are matches of probability 1, or none; all others are chosen beside them by the same
    rules, so that a rejected match may let the next best candidate in.
    """
    key = ArtefactStore.key("aligned", left.digest, right.digest, encoder.sha256, code_fingerprint())
    if store is not None and not rulings:
        kept = store.load(Aligned, key)
        if kept is not None:
            return kept
    alignment = _candidates(left, right, store if rulings else None, encoder)
    matches = match_units(left.units, right.units, alignment, _MATCHING, ruled=rulings.matches)
    near = near_matches(left.units, right.units, alignment, matches, _MATCHING, ruled=rulings.matches)
    gaps = _gaps(left, right, matches, alignment)
    opposed = opposed_matches(left.units, right.units, alignment)
    if rulings:
        return Aligned(
            ruled_relations(matches, rulings),
            ruled_relations(near, rulings),
            gaps,
            tuple(match for match in opposed if rulings.matches.get((match.left_key, match.right_key), True)),
        )
    aligned = Aligned(matches, near, gaps, opposed)
    if store is not None:
        store.keep(key, aligned)
    return aligned


def _candidates(
    left: ComparedSide, right: ComparedSide, store: ArtefactStore | None, encoder: SentenceEncoder
) -> Alignment:
    """All candidates of the pair. They are kept for pairs under review, which are matched again and again."""
    key = ArtefactStore.key("candidates", left.digest, right.digest, encoder.sha256, code_fingerprint())
    kept = store.load(Alignment, key) if store is not None else None
    if kept is not None:
        return kept
    alignment = align(
        [unit.text_unit for unit in left.units],
        [unit.text_unit for unit in right.units],
        top=_TOP,
        encoder=encoder,
        both_ways=True,
    )
    versions = Versions(provision_texts(left.analysis), provision_texts(right.analysis), encoder)
    alignment = inform(left.units, right.units, alignment, versions=versions)
    if store is not None:
        store.keep(key, alignment)
    return alignment


def _gaps(
    left: ComparedSide, right: ComparedSide, matches: Sequence[Match], alignment: Alignment
) -> tuple[Gap, ...]:
    """Units that no match holds, left side first, in document order."""
    found: list[Gap] = []
    for side, units, taken, chances in (
        (Side.LEFT, left.units, {match.left_key for match in matches}, alignment.no_counterpart_left),
        (Side.RIGHT, right.units, {match.right_key for match in matches}, alignment.no_counterpart_right),
    ):
        probability = dict(chances)
        found += [
            Gap(side, unit.eid, unit.key, probability.get(unit.key, 1.0))
            for unit in units
            if unit.key not in taken
        ]
    return tuple(found)
