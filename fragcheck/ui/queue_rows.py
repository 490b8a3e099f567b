"""What a queue of findings shows: kind, place and words of each, and the review that a verdict makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from fragcheck.errors import InputError
from fragcheck.records import (
    Comparison,
    PairResult,
    ProvisionType,
    Relation,
    Review,
    ReviewTarget,
    Subject,
    Tag,
    Verdict,
)
from fragcheck.ui.reading import type_words
from fragcheck.ui.texts import section, text

__all__ = ["Place", "choices_of", "finding_words", "made_review", "places_of", "settled_words"]

#: Probability below which a tag that is on is likelier wrong than right.
_EVEN = 0.5
_OF_PAIR = (ReviewTarget.MATCH, ReviewTarget.RELATION)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a finding stand: a document of the comparison, by its id, and a provision."""

    document_id: str
    eid: str
    key: str = ""


def places_of(subject: Subject, comparison: Comparison) -> tuple[Place, ...]:
    """One place, or for matches and relations two; those of documents that are not compared are left out."""
    sides = [(subject.document_id, subject.eid, subject.name)]
    if subject.other_document_id:
        sides.append((subject.other_document_id, subject.other_eid, subject.other_name))
    by_hash = {one.partition("#")[0]: one for one in reversed(comparison.document_ids)}
    return tuple(Place(by_hash[sha], eid, key) for sha, eid, key in sides if sha in by_hash)


def finding_words(
    subject: Subject, finding: str, comparison: Comparison, name_of: Callable[[str], str]
) -> str:
    """What the machine says, in the language of the interface.

    Parameters
    ----------
    subject : Subject
    finding : str
        As the queue has it; figures stay in the law's words.
    comparison : Comparison
    name_of : callable
        The words for a principle.
    """
    if subject.target is ReviewTarget.TAG:
        tag = _tag(subject, comparison)
        if tag is None:
            return name_of(subject.name)
        return _tag_words(tag, name_of)
    if subject.target is ReviewTarget.MATCH:
        return text("review.no_counterpart" if finding.startswith("no ") else "review.is_counterpart")
    if subject.target is ReviewTarget.TYPE:
        return text("review.type_is", name=type_words(finding))
    if subject.target is ReviewTarget.RELATION:
        return text("review.relation_is", name=_relation_words(subject, finding, comparison))
    return finding


def _tag_words(tag: Tag, name_of: Callable[[str], str]) -> str:
    """What is said of a tag; one that is on though likelier wrong than right is a "may", not a finding."""
    if not tag.is_on:
        key, value = "review.finding_off", 1 - tag.probability
    else:
        key = "review.finding_on" if tag.probability >= _EVEN else "review.finding_may"
        value = tag.probability
    return text(key, name=name_of(tag.principle), value=f"{value:.0%}")


def _relation_words(subject: Subject, finding: str, comparison: Comparison) -> str:
    """A relation read from the document that is shown first, which may be the right one of its pair."""
    from fragcheck.pipeline import INVERSE

    _, is_flipped = _pair_of(subject, comparison)
    relation = Relation(finding)
    return section("relations")[(INVERSE[relation] if is_flipped else relation).value]


def _tag(subject: Subject, comparison: Comparison) -> Tag | None:
    for document_id, analysis in zip(comparison.document_ids, comparison.analyses, strict=True):
        if document_id.partition("#")[0] != subject.document_id:
            continue
        for note in analysis.annotations:
            if note.eid == subject.eid:
                found = (tag for tag in (*note.tags, *note.sovereignty) if tag.principle == subject.name)
                return next(found, None)
    return None


def settled_words(kept: str) -> str:
    """What stood before or after a review in words; what has none stays as the log keeps it."""
    words = {
        "relation": section("relations"),
        "provision_type": section("types"),
    }
    parts = []
    for name, value in json.loads(kept).items():
        if isinstance(value, bool):
            parts.append(text("review.yes" if value else "review.no"))
        elif value in ("", None):
            continue
        elif name == "probability":
            parts.append(f"{value:.0%}")
        else:
            parts.append(words.get(name, {}).get(str(value), str(value)))
    return ", ".join(parts)


def choices_of(subject: Subject) -> tuple[str, ...]:
    """What a finding can be changed to, beside right and wrong."""
    if subject.target is ReviewTarget.TYPE:
        return tuple(kind.value for kind in ProvisionType)
    if subject.target is ReviewTarget.RELATION:
        return tuple(kind.value for kind in Relation if kind is not Relation.NONE)
    return ()


def made_review(
    comparison: Comparison, subject: Subject, verdict: Verdict, *, to: str = "", reason: str
) -> Review:
    """Return the review that a verdict on a finding is; nothing is kept yet.

    Parameters
    ----------
    comparison : Comparison
    subject : Subject
    verdict : Verdict
    to : str
        For a change: one of `choices_of`. A relation is read from the document whose id comes first.
    reason : str

    Raises
    ------
    InputError
        Where the finding is not in the comparison (any more).
    """
    from fragcheck import pipeline

    if subject.target in _OF_PAIR:
        pair, is_flipped = _pair_of(subject, comparison)
        keys = (subject.other_name, subject.name) if is_flipped else (subject.name, subject.other_name)
        if subject.target is ReviewTarget.MATCH:
            return pipeline.review_match(pair, *keys, verdict, reason=reason)
        relation = Relation(to) if to else None
        if relation is not None and is_flipped:
            relation = pipeline.INVERSE[relation]
        return pipeline.review_relation(pair, *keys, verdict, to=relation, reason=reason)
    places = places_of(subject, comparison)
    if not places:
        raise InputError("the document of this finding is not among those compared; open its set first")
    analysis = comparison.analyses[comparison.document_ids.index(places[0].document_id)]
    if subject.target is ReviewTarget.TAG:
        return pipeline.review_tag(analysis, subject.eid, subject.name, verdict, reason=reason)
    if subject.target is ReviewTarget.TYPE:
        kind = ProvisionType(to) if to else None
        return pipeline.review_type(analysis, subject.eid, verdict, to=kind, reason=reason)
    start = int(subject.name.partition("-")[0])
    return pipeline.review_parameter(analysis, subject.eid, start, verdict, reason=reason)


def _pair_of(subject: Subject, comparison: Comparison) -> tuple[PairResult, bool]:
    """The pair, and whether its left document is the second one of the subject."""
    wanted = (subject.document_id, subject.other_document_id)
    for pair in comparison.pairs:
        sides = (pair.left.partition("#")[0], pair.right.partition("#")[0])
        if sides in (wanted, wanted[::-1]):
            return pair, sides != wanted
    raise InputError("the two documents of this finding are not compared here; open their set first")
