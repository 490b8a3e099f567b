"""The set relation of two provisions or units (NIST IR 8477), and `contrary`."""

from __future__ import annotations

from dataclasses import dataclass

from fragcheck.align.field_data import load_field_data
from fragcheck.align.fields import compare_fields, differing_fields
from fragcheck.align.wording import Coverage, coverage, normal_form
from fragcheck.records import (
    Annotation,
    Definition,
    Differences,
    Provision,
    Relation,
    Requirement,
    Unit,
)

__all__ = ["relate", "relate_units"]

Judgement = tuple[Relation, tuple[str, ...], str]

_SAME_WORDING: Judgement = (Relation.EQUAL, (), "Equal: the wording is the same.")

_FIELD_WORDS = {
    "polarity": "one demands what the other forbids",
    "modality": "the force differs",
    "actor": "another party is bound",
    "action": "another act is meant",
    "condition": "the conditions differ",
    "recipient": "another party is addressed",
    "parameters": "a quantity differs",
    "definition": "the meaning differs",
}


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    language: str


def relate_units(left: Unit, right: Unit) -> tuple[Judgement, Differences]:
    """Relation of two matched units and the distances of their fields.

    Parameters
    ----------
    left, right : Unit
        Both requirements, or both definitions.

    Returns
    -------
    (Relation, differs, rationale), Differences
    """
    sides = (
        _Side(left.text_unit.text, left.text_unit.language),
        _Side(right.text_unit.text, right.text_unit.language),
    )
    differences = compare_fields(_item(left), _item(right), languages=_languages(*sides))
    differs = differing_fields(differences)
    if _is_same_wording(*sides) and not differs:
        return _SAME_WORDING, differences
    return _judge(*sides, differences), differences


def relate(
    left: tuple[Provision, Annotation], right: tuple[Provision, Annotation], probability: float
) -> Judgement:
    """Relation of two provisions with what was found in them.

    Fields are compared between the two requirements (or definitions) that share the most words.

    Parameters
    ----------
    left, right : (Provision, Annotation)
    probability : float
        Calibrated probability that an expert would map them.

    Returns
    -------
    (Relation, differs, rationale)
        Relation read from left to right: ``subset_of`` = all that the left says, the right says too.
        Provisions of the same wording are always ``equal``. `rationale` is one sentence.
    """
    sides = _Side(left[0].text, left[0].language), _Side(right[0].text, right[0].language)
    is_one_language = _in_one_language(*sides)
    if _is_same_wording(*sides):
        return _SAME_WORDING
    if probability < load_field_data().relation["none_below"]:
        return Relation.NONE, (), f"No relation: the probability of a mapping is {probability:.2f}."
    pair = _closest(left[1], right[1], is_one_language=is_one_language)
    differences = compare_fields(*pair, languages=_languages(*sides)) if pair else Differences()
    return _judge(*sides, differences)


def _item(unit: Unit) -> Requirement | Definition:
    item = unit.requirement or unit.definition
    assert item is not None, "a unit is a requirement or a definition"  # noqa: S101 - record invariant
    return item


def _languages(left: _Side, right: _Side) -> tuple[str, str]:
    return left.language, right.language


def _in_one_language(left: _Side, right: _Side) -> bool:
    return not left.language or not right.language or left.language == right.language


def _is_same_wording(left: _Side, right: _Side) -> bool:
    return normal_form(left.text) == normal_form(right.text)


def _closest(
    left: Annotation, right: Annotation, *, is_one_language: bool
) -> tuple[Requirement, Requirement] | tuple[Definition, Definition] | None:
    """The two requirements that share the most words (the first of each side across languages)."""
    if left.requirements and right.requirements:
        if not is_one_language:
            return left.requirements[0], right.requirements[0]
        same_word = load_field_data().definition["same_word"]
        scored = (
            (-_overlap(coverage(x.text, y.text, same_word)), i, j)
            for i, x in enumerate(left.requirements)
            for j, y in enumerate(right.requirements)
        )
        _, i, j = min(scored)
        return left.requirements[i], right.requirements[j]
    if left.definitions and right.definitions:
        return left.definitions[0], right.definitions[0]
    return None


def _overlap(shares: Coverage) -> float:
    return min(shares.left, shares.right)


def _judge(left: _Side, right: _Side, differences: Differences) -> Judgement:
    differs = differing_fields(differences)
    is_one_language = _in_one_language(left, right)
    same_word = load_field_data().definition["same_word"]
    shares = coverage(left.text, right.text, same_word) if is_one_language else None
    if _is_contrary(differences, shares):
        return Relation.CONTRARY, differs, _sentence("Contrary", differs)
    if shares is None:
        relation = Relation.INTERSECTS_WITH if differs else Relation.EQUAL
        return relation, differs, _sentence(_NAMES[relation], differs)
    relation = _set_relation(shares, has_differences=bool(differs))
    words = f"{shares.left:.0%} of the left words are covered and {shares.right:.0%} of the right"
    return relation, differs, _sentence(_NAMES[relation], differs, words)


_NAMES = {
    Relation.EQUAL: "Equal",
    Relation.SUBSET_OF: "The left is a part of the right",
    Relation.SUPERSET_OF: "The right is a part of the left",
    Relation.INTERSECTS_WITH: "They overlap",
}


def _is_contrary(differences: Differences, shares: Coverage | None) -> bool:
    """Opposite polarity of the same act by the same party.

    The act is the same where its class is, or where each side has about half of the other's
    words; across languages the class alone can tell.
    """
    if not differences.polarity or (differences.actor or 0.0) >= 1:
        return False
    if differences.action is not None and differences.action >= 1:
        return False
    enough = load_field_data().relation["same_act"]
    return differences.action == 0 or (shares is not None and _overlap(shares) >= enough)


def _set_relation(shares: Coverage, *, has_differences: bool) -> Relation:
    data = load_field_data().relation
    if min(shares.left, shares.right) >= data["covered"]:
        return Relation.INTERSECTS_WITH if has_differences else Relation.EQUAL
    if shares.left - shares.right >= data["part_margin"]:
        return Relation.SUBSET_OF
    if shares.right - shares.left >= data["part_margin"]:
        return Relation.SUPERSET_OF
    return Relation.INTERSECTS_WITH


def _sentence(name: str, differs: tuple[str, ...], words: str = "") -> str:
    reasons = [_FIELD_WORDS[field] for field in differs] or ["no compared field differs"]
    return f"{name}: {'; '.join(filter(None, (words, *reasons)))}."
