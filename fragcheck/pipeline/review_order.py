"""What is worth a look first: findings by how much a review is expected to move the scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fragcheck.diverge import DivergenceSettings
from fragcheck.diverge.pair import principle_names
from fragcheck.diverge.settings import FieldErrors
from fragcheck.diverge.what_if import PairBoard
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.options import Cancelled, IsCancelled, OnProgress, Progress
from fragcheck.pipeline.review_making import pair_subject, provision_subject
from fragcheck.records import (
    Analysis,
    Comparison,
    Match,
    PairResult,
    QueueItem,
    ReviewTarget,
    Side,
    Subject,
    Tag,
    Unit,
)

__all__ = ["QueueItem", "review_queue"]

#: An effect below this is the noise of sums, no effect; printed scores have nine decimals.
_LEAST = 1e-9
#: Decimals of an effect, so that equal ones are equal.
_DECIMALS = 12

FloatArray = NDArray[np.float64]


def review_queue(
    comparison: Comparison,
    *,
    limit: int | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> tuple[QueueItem, ...]:
    """Return the findings that no review has settled, by falling expected effect on the divergences.

    * A tag is wrong with what is left of its calibrated probability; settled either way it weighs 1 or 0.
    * A match is wrong with 1 - p; a near miss with its p. Wrong means the opposite, all other matches fixed.
    * Quantities, relations and types have no probability of their own: their doubt is the measured error
      rate of the field (`DivergenceSettings.field_errors`: parameters, content, stringency). A wrong
      quantity or relation is taken to turn the distance d of its field into 1 - d, a wrong type to take
      the requirements of its provision away.

    Parameters
    ----------
    comparison : Comparison
        What `Comparison.reviews` settled is left out.
    limit : int or None
        Items given back; None for all with an effect.
    on_progress, is_cancelled : callable or None
        Told of every pair that is looked at, as stage ``compare``, and asked before each.

    Returns
    -------
    tuple of QueueItem
        Equal effects in the order of their subjects.

    Raises
    ------
    Cancelled
        When `is_cancelled` says so.
    """
    settings = settings_of(comparison.run)
    books = {
        name: _Book(analysis, settings.field_errors)
        for name, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }
    entries: dict[Subject, _Entry] = {}
    for done, pair in enumerate(comparison.pairs):
        if is_cancelled is not None and is_cancelled():
            raise Cancelled("stopped on request before the queue was in order")
        if on_progress is not None:
            on_progress(Progress("compare", done, len(comparison.pairs), f"{pair.left} / {pair.right}"))
        _add(entries, _of_pair(pair, settings, books))
    for book in books.values():
        _add(entries, book.parts())
    settled = {review.subject.key for review in comparison.reviews}
    keyed = [(subject.key, subject, one) for subject, one in entries.items() if one.effect > _LEAST]
    items = [
        (key, QueueItem(subject, one.finding, one.doubt, one.change, round(one.effect, _DECIMALS)))
        for key, subject, one in keyed
        if key not in settled
    ]
    items.sort(key=lambda item: (-item[1].effect, item[0]))
    return tuple(item for _, item in items[:limit])


@dataclass(slots=True)
class _Entry:
    """An item in the making: parts of several pairs add up."""

    finding: str
    doubt: float
    change: float = 0.0
    effect: float = 0.0


#: Subject, finding, doubt, change, effect.
_Part = tuple[Subject, str, float, float, float]


def _add(entries: dict[Subject, _Entry], parts: Iterator[_Part]) -> None:
    for subject, finding, doubt, change, effect in parts:
        entry = entries.setdefault(subject, _Entry(finding, doubt))
        entry.change += change
        entry.effect += effect


def _moves(board: PairBoard, then: FloatArray) -> FloatArray:
    """How far each score moves, (k, m); what becomes silent, or was, does not."""
    moved: FloatArray = np.nan_to_num(np.abs(then - board.scores()[:, None]))
    return moved


class _Book:
    """Tags and types of a document, with what turning each of them moves, summed over the pairs."""

    def __init__(self, analysis: Analysis, errors: FieldErrors) -> None:
        self.analysis = analysis
        self.found = tuple(zip(analysis.segmentation.provisions, analysis.annotations, strict=True))
        self.at = {provision.eid: at for at, (provision, _) in enumerate(self.found)}
        tags = [
            (at, tag) for at, (_, note) in enumerate(self.found) for tag in (*note.tags, *note.sovereignty)
        ]
        self.tags: tuple[Tag, ...] = tuple(tag for _, tag in tags)
        self.owner = np.array([at for at, _ in tags], dtype=np.int64)
        self.is_on = np.array([tag.is_on for tag in self.tags], dtype=np.bool_)
        sure = np.array([tag.probability for tag in self.tags], dtype=np.float64)
        self.tag_doubt = np.where(self.is_on, 1 - sure, sure)
        self.type_doubt = errors.stringency
        self.tag_change, self.tag_effect = np.zeros(len(tags)), np.zeros(len(tags))
        self.type_change = np.zeros(len(self.found))

    def add(self, board: PairBoard, side: Side, bearing: set[str]) -> None:
        """Add what a pair moves: `bearing` are the provisions of this document with a unit in it."""
        eids = [provision.eid for provision, _ in self.found if provision.eid in bearing]
        places = np.array([self.at[eid] for eid in eids], dtype=np.int64)
        self.type_change[places] += _moves(board, board.without_provisions(side, eids)).sum(axis=0)
        column = np.full(len(self.found), -1, dtype=np.int64)
        column[places] = np.arange(len(eids))
        rows = {name: row for row, name in enumerate(board.names)}
        row = np.array([rows.get(tag.principle, -1) for tag in self.tags], dtype=np.int64)
        chosen = np.flatnonzero((row >= 0) & (column[self.owner] >= 0))
        cells = row[chosen], column[self.owner[chosen]]
        on, off = (_moves(board, board.with_tags(side, eids, weight))[cells] for weight in (1.0, 0.0))
        turned = np.where(self.is_on[chosen], off, on)
        kept = np.where(self.is_on[chosen], on, off)
        doubt = self.tag_doubt[chosen]
        self.tag_change[chosen] += turned
        self.tag_effect[chosen] += doubt * turned + (1 - doubt) * kept

    def parts(self) -> Iterator[_Part]:
        """What is to be asked about this document, where an answer moves anything."""
        for at in np.flatnonzero(self.tag_effect > _LEAST).tolist():
            tag, (provision, _) = self.tags[at], self.found[self.owner[at]]
            subject = provision_subject(ReviewTarget.TAG, self.analysis, provision, tag.principle)
            finding = f"{tag.principle} is {'on' if tag.is_on else 'off'} ({tag.probability:.2f})"
            doubt, change = float(self.tag_doubt[at]), float(self.tag_change[at])
            yield subject, finding, doubt, change, float(self.tag_effect[at])
        for at in np.flatnonzero(self.type_change).tolist():
            provision, note = self.found[at]
            subject = provision_subject(ReviewTarget.TYPE, self.analysis, provision)
            change = float(self.type_change[at])
            yield subject, note.provision_type.value, self.type_doubt, change, self.type_doubt * change


def _of_pair(pair: PairResult, settings: DivergenceSettings, books: Mapping[str, _Book]) -> Iterator[_Part]:
    """What is to be asked about the matches of a pair; what it moves of tags and types goes to the books."""
    board = PairBoard(pair, settings, principle_names((*pair.left_units, *pair.right_units)))
    errors = settings.field_errors
    sides = books[pair.left], books[pair.right]
    units = (
        {unit.key: unit for unit in pair.left_units},
        {unit.key: unit for unit in pair.right_units},
    )
    for side, book, own in zip((Side.LEFT, Side.RIGHT), sides, units, strict=True):
        book.add(board, side, {unit.eid for unit in own.values()})
    turned = _moves(board, board.turned_matches()).sum(axis=0).tolist()
    moved = {
        name: _moves(board, board.turned_distances(name)).sum(axis=0).tolist()
        for name in ("content", "definitions", "parameters")
    }
    for at, match in enumerate(board.matches):
        ends = units[0][match.left_key], units[1][match.right_key]
        is_match = at < len(pair.matches)
        yield _match_part(pair, match, ends, turned[at], is_match=is_match)
        if is_match:
            component = "content" if ends[0].definition is None else "definitions"
            doubt, change = getattr(errors, component), moved[component][at]
            subject = pair_subject(ReviewTarget.RELATION, pair, *ends)
            yield subject, match.relation.value, doubt, change, doubt * change
            yield from _parameter_parts(sides, match, ends, errors.parameters / 2, moved["parameters"][at])


def _match_part(
    pair: PairResult, match: Match, ends: tuple[Unit, Unit], change: float, *, is_match: bool
) -> _Part:
    doubt = 1 - match.probability if is_match else match.probability
    finding = "counterparts" if is_match else "no counterparts"
    return pair_subject(ReviewTarget.MATCH, pair, *ends), finding, doubt, change, doubt * change


def _parameter_parts(
    sides: tuple[_Book, _Book], match: Match, ends: tuple[Unit, Unit], doubt: float, change: float
) -> Iterator[_Part]:
    """Quantities of a match, each with half of the field's error: the two sides share it."""
    quantities = match.differences.parameter_pairs
    words = {each.left for each in quantities}, {each.right for each in quantities}
    for unit, book, named in zip(ends, sides, words, strict=True) if quantities else ():
        for parameter in () if unit.requirement is None else unit.requirement.parameters:
            if parameter.text in named:
                place = f"{parameter.start}-{parameter.end}"
                provision, _ = book.found[book.at[unit.eid]]
                subject = provision_subject(ReviewTarget.PARAMETER, book.analysis, provision, place)
                yield subject, parameter.text, doubt, change, doubt * change
