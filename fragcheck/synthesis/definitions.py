"""Definitions of two documents side by side: the same term, and what it means here and there."""

from __future__ import annotations

from fragcheck.align.wording import content_words
from fragcheck.records import Citation, Definition, DefinitionPair, Match, PairResult, Relation, Unit

__all__ = ["compared_definitions"]


def compared_definitions(pair: PairResult, *, threshold: float = 0.5) -> tuple[DefinitionPair, ...]:
    """Return the terms that a pair defines: those of both sides, then those of one alone.

    Terms are the same where they share their words or name the same role ("AI system" and
    "artificial intelligence system" by their definitions); which of them are is decided when the
    pair is aligned.

    Parameters
    ----------
    pair : PairResult
    threshold : float
        Probability from which a match counts.

    Returns
    -------
    tuple of DefinitionPair
        Terms of both sides in the order of the left document, then the left's own, then the right's.
    """
    lefts = {unit.key: unit for unit in pair.left_units if unit.definition is not None}
    rights = {unit.key: unit for unit in pair.right_units if unit.definition is not None}
    matched = [
        match
        for match in pair.matches
        if match.left_key in lefts and match.right_key in rights and match.probability >= threshold
    ]
    taken = {match.left_key for match in matched} | {match.right_key for match in matched}
    found = [_both(pair, match, lefts[match.left_key], rights[match.right_key]) for match in matched]
    found += [_alone(pair.left, unit, is_left=True) for key, unit in lefts.items() if key not in taken]
    found += [_alone(pair.right, unit, is_left=False) for key, unit in rights.items() if key not in taken]
    return tuple(found)


def _definition(unit: Unit) -> Definition:
    definition = unit.definition
    assert definition is not None, "units of definitions alone come here"  # noqa: S101 - filtered above
    return definition


def _both(pair: PairResult, match: Match, left: Unit, right: Unit) -> DefinitionPair:
    one, other = _definition(left), _definition(right)
    languages = left.text_unit.language, right.text_unit.language
    is_one_language = not all(languages) or languages[0] == languages[1]
    words = (content_words(one.definiens), content_words(other.definiens)) if is_one_language else ((), ())
    return DefinitionPair(
        left_term=one.term,
        right_term=other.term,
        left=_cited(pair.left, left),
        right=_cited(pair.right, right),
        relation=match.relation,
        distance=match.differences.definition,
        left_only=_lacking(words[0], words[1]),
        right_only=_lacking(words[1], words[0]),
    )


def _lacking(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(words) if word not in others)


def _alone(document_id: str, unit: Unit, *, is_left: bool) -> DefinitionPair:
    term, cited = _definition(unit).term, _cited(document_id, unit)
    if is_left:
        return DefinitionPair(term, "", cited, None, Relation.NONE, None)
    return DefinitionPair("", term, None, cited, Relation.NONE, None)


def _cited(document_id: str, unit: Unit) -> Citation:
    return Citation(document_id, unit.eid, unit.key, _definition(unit).definiens)
