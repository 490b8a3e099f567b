"""What is worth a look first: findings by how much a review is expected to move the scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fragcheck.diverge import DivergenceSettings
from fragcheck.diverge.pair import principle_names
from fragcheck.diverge.settings import FieldErrors
from fragcheck.diverge.what_if import PairBoard
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.review_making import pair_subject, provision_subject
from fragcheck.records import (
    Analysis,
    Annotation,
    Comparison,
    Match,
    PairResult,
    Provision,
    ReviewTarget,
    Side,
    Subject,
    Unit,
)

__all__ = ["QueueItem", "review_queue"]

#: An effect below this is the noise of sums, no effect; printed scores have nine decimals.
_LEAST = 1e-9
#: Decimals of an effect, so that equal ones are equal.
_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A finding that a person could review.

    Parameters
    ----------
    subject : Subject
    finding : str
        What the machine says, in words.
    doubt : float
        Probability that it is wrong, in [0, 1].
    change : float
        Sum of the changes of all divergences (every pair, ``overall`` and every principle) if it is.
    effect : float
        Expected change of them by a review.
    """

    subject: Subject
    finding: str
    doubt: float
    change: float
    effect: float


@dataclass(slots=True)
class _Entry:
    """An item in the making: parts of several pairs add up."""

    finding: str
    doubt: float
    change: float = 0.0
    effect: float = 0.0


def review_queue(comparison: Comparison, *, limit: int | None = None) -> tuple[QueueItem, ...]:
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

    Returns
    -------
    tuple of QueueItem
        Equal effects in the order of their subjects.
    """
    settings = settings_of(comparison.run)
    analyses = dict(zip(comparison.document_ids, comparison.analyses, strict=True))
    entries: dict[Subject, _Entry] = {}
    for pair in comparison.pairs:
        for subject, finding, doubt, change, effect in _of_pair(pair, settings, analyses):
            entry = entries.setdefault(subject, _Entry(finding, doubt))
            entry.change += change
            entry.effect += effect
    settled = {review.subject.key for review in comparison.reviews}
    items = [
        QueueItem(subject, one.finding, one.doubt, one.change, round(one.effect, _DECIMALS))
        for subject, one in entries.items()
        if one.effect > _LEAST and subject.key not in settled
    ]
    items.sort(key=lambda item: (-item.effect, item.subject.key))
    return tuple(items[:limit])


_Part = tuple[Subject, str, float, float, float]
_Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class _Look:
    """A pair on its board: what everything about it is asked of."""

    pair: PairResult
    board: PairBoard
    now: _Scores
    errors: FieldErrors
    analyses: tuple[Analysis, Analysis]


def _of_pair(
    pair: PairResult, settings: DivergenceSettings, analyses: Mapping[str, Analysis]
) -> Iterator[_Part]:
    board = PairBoard(pair, settings, principle_names((*pair.left_units, *pair.right_units)))
    now = {name: board.value(name) for name in board.names}
    look = _Look(pair, board, now, settings.field_errors, (analyses[pair.left], analyses[pair.right]))
    units = (
        {unit.key: unit for unit in pair.left_units},
        {unit.key: unit for unit in pair.right_units},
    )
    for place, match in enumerate(board.matches):
        sides = units[0][match.left_key], units[1][match.right_key]
        is_match = place < len(pair.matches)
        yield _match_part(look, match, sides, is_match=is_match)
        if is_match:
            yield _relation_part(look, match, sides)
            yield from _parameter_parts(look, match, sides)
    for side, analysis, own in zip((Side.LEFT, Side.RIGHT), look.analyses, units, strict=True):
        bearing = {unit.eid for unit in own.values()}
        for provision, found in zip(analysis.segmentation.provisions, analysis.annotations, strict=True):
            if provision.eid in bearing:
                yield from _tag_parts(look, side, analysis, provision, found)
                yield _type_part(look, side, analysis, provision, found)


def _moved(now: _Scores, then: _Scores) -> float:
    """Sum of the changes; what becomes silent, or was, has no change."""
    moved = 0.0
    for name, after in then.items():
        before = now[name]
        if before is not None and after is not None:
            moved += abs(after - before)
    return moved


def _match_part(look: _Look, match: Match, sides: tuple[Unit, Unit], *, is_match: bool) -> _Part:
    doubt = 1 - match.probability if is_match else match.probability
    change = _moved(look.now, look.board.turned_match(match.left_key, match.right_key))
    finding = "counterparts" if is_match else "no counterparts"
    return pair_subject(ReviewTarget.MATCH, look.pair, *sides), finding, doubt, change, doubt * change


def _relation_part(look: _Look, match: Match, sides: tuple[Unit, Unit]) -> _Part:
    component = "content" if sides[0].definition is None else "definitions"
    doubt: float = getattr(look.errors, component)
    change = _moved(look.now, look.board.turned_distance(match.left_key, match.right_key, component))
    subject = pair_subject(ReviewTarget.RELATION, look.pair, *sides)
    return subject, match.relation.value, doubt, change, doubt * change


def _parameter_parts(look: _Look, match: Match, sides: tuple[Unit, Unit]) -> Iterator[_Part]:
    quantities = match.differences.parameter_pairs
    if not quantities:
        return
    change = _moved(look.now, look.board.turned_distance(match.left_key, match.right_key, "parameters"))
    doubt = look.errors.parameters / 2  # the two sides share the error of the field
    words = {each.left for each in quantities}, {each.right for each in quantities}
    for unit, analysis, named in zip(sides, look.analyses, words, strict=True):
        for parameter in () if unit.requirement is None else unit.requirement.parameters:
            if parameter.text in named:
                place = f"{parameter.start}-{parameter.end}"
                provision = analysis.provision(unit.eid)
                subject = provision_subject(ReviewTarget.PARAMETER, analysis, provision, place)
                yield subject, parameter.text, doubt, change, doubt * change


def _tag_parts(
    look: _Look, side: Side, analysis: Analysis, provision: Provision, found: Annotation
) -> Iterator[_Part]:
    for tag in (*found.tags, *found.sovereignty):
        name = tag.principle
        if name not in look.now:
            continue
        kept = {name: look.board.with_tag(side, provision.eid, name, float(tag.is_on))}
        turned = {name: look.board.with_tag(side, provision.eid, name, float(not tag.is_on))}
        doubt = 1 - tag.probability if tag.is_on else tag.probability
        change = _moved(look.now, turned)
        effect = doubt * change + (1 - doubt) * _moved(look.now, kept)
        subject = provision_subject(ReviewTarget.TAG, analysis, provision, name)
        finding = f"{name} is {'on' if tag.is_on else 'off'} ({tag.probability:.2f})"
        yield subject, finding, doubt, change, effect


def _type_part(look: _Look, side: Side, analysis: Analysis, provision: Provision, found: Annotation) -> _Part:
    doubt = look.errors.stringency
    change = _moved(look.now, look.board.without_provision(side, provision.eid))
    subject = provision_subject(ReviewTarget.TYPE, analysis, provision)
    return subject, found.provision_type.value, doubt, change, doubt * change
