"""What the fields of two units say of a candidate, beside its words.

Words alone rank candidates well but say too little of whether an expert would map
them. The fields that a requirement was read into (act, party, quantities), the
term that a definition defines and the principles that both sides bear are evidence
of another kind. A logistic model, fitted on the project's own reference provisions
and on candidates between real laws that were judged by reading, adds all up. No
feature looks at polarity, modality or the size of a quantity: a rule and its
opposite are counterparts, and a changed figure must not part a pair.

Definitions are compared where they define the same term. Two terms are held to be the same
where they share a word or name the same role; across languages, where neither is known, the
words of the definitions decide.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from fragcheck.align.words import terms
from fragcheck.errors import ModelError
from fragcheck.records import Alignment, Candidate, ParameterKind, Requirement, Unit
from fragcheck.taxonomy.roles import load_roles

__all__ = ["FEATURES", "EvidenceModel", "candidate_features", "inform", "load_evidence"]

#: Names of the features, in the order of the coefficients.
FEATURES = (
    "score",
    "foreign_score",
    "is_foreign",
    "size",
    "words",
    "first_of_one",
    "first_of_both",
    "same_act",
    "other_act",
    "same_party",
    "authority_and_other",
    "shared_quantity",
    "lone_quantity",
    "term_overlap",
    "rule_and_definition",
    "principles",
)

_DECIMALS = 6
_FLOOR = 1e-4
_AUTHORITY = "public_authority"

#: Probability that definitions of two different terms are counterparts: not 0, for terms may be synonyms.
_OTHER_TERM = 0.05


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Intercept and coefficients of the logistic model, in the order of `FEATURES`."""

    intercept: float
    coefficients: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """Probability in [0, 1] that an expert would map a candidate with these features."""
        terms_ = (c * x for c, x in zip(self.coefficients, features, strict=True))
        return 1.0 / (1.0 + math.exp(-(self.intercept + math.fsum(terms_))))


@cache
def load_evidence() -> EvidenceModel:
    """Return the packaged model.

    Raises
    ------
    ModelError
        If it was fitted for other features than these.
    """
    stored = json.loads(files("fragcheck.align").joinpath("data/evidence.json").read_text("utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise ModelError("the evidence model wants the features it was fitted with: fit it again")
    return EvidenceModel(stored["intercept"], tuple(stored["coefficients"]))


def inform(
    left: Sequence[Unit], right: Sequence[Unit], alignment: Alignment, model: EvidenceModel | None = None
) -> Alignment:
    """Return `alignment` with probabilities that know the fields of the units.

    Parameters
    ----------
    left, right : sequence of Unit
        All units that `alignment` names.
    alignment : Alignment
        With candidates of both ways, so that the result does not depend on the sides.
    model : EvidenceModel or None
        The packaged one by default.

    Returns
    -------
    Alignment
        The same candidates, scores and ranks. The chance that a unit has no counterpart moves
        by as much, on the logit scale, as its best candidate does.
    """
    fitted = model or load_evidence()
    lefts, rights = ({unit.key: unit for unit in side} for side in (left, right))

    def probability_of(candidate: Candidate, features: Sequence[float]) -> float:
        if _define_different_terms(lefts[candidate.left], rights[candidate.right]):
            return min(candidate.probability, _OTHER_TERM)
        return fitted.probability(features)

    informed = tuple(
        replace(candidate, probability=round(probability_of(candidate, features), _DECIMALS))
        for candidate, features in candidate_features(left, right, alignment)
    )
    before, after = _best(alignment.candidates), _best(informed)

    def moved(side: str, known: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
        return tuple(
            (key, _moved(chance, before.get((side, key)), after.get((side, key)))) for key, chance in known
        )

    return Alignment(
        informed,
        moved("left", alignment.no_counterpart_left),
        moved("right", alignment.no_counterpart_right),
    )


def candidate_features(
    left: Sequence[Unit], right: Sequence[Unit], alignment: Alignment
) -> Iterator[tuple[Candidate, tuple[float, ...]]]:
    """Yield each candidate with its features, in the order of `FEATURES`.

    The fused score has another scale across languages, so it is two features. The size is the
    logarithm of the geometric mean of the numbers of units: among a thousand rules the best of them
    looks more alike by chance than among thirty.
    """
    lefts, rights = ({unit.key: _traits(unit) for unit in side} for side in (left, right))
    best = _best(alignment.candidates, of_scores=True)
    size = math.log(max(len(left) * len(right), 1)) / 2.0
    for candidate in alignment.candidates:
        one, other = lefts[candidate.left], rights[candidate.right]
        firsts = (candidate.score >= best["left", candidate.left]) + (
            candidate.score >= best["right", candidate.right]
        )
        is_foreign = one.language != other.language
        yield (
            candidate,
            (
                0.0 if is_foreign else candidate.score,
                candidate.score if is_foreign else 0.0,
                float(is_foreign),
                size,
                _logit(candidate.probability),
                float(firsts == 1),
                float(firsts == 2),
                *_field_features(one, other),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is compared of a unit, worked out once for all of its candidates."""

    unit: Unit
    language: str
    term_words: frozenset[str]
    probabilities: Mapping[str, float]
    length: float


def _traits(unit: Unit) -> _Traits:
    language, probabilities = unit.text_unit.language, dict(unit.probabilities)
    length = math.sqrt(math.fsum(value * value for value in probabilities.values()))
    return _Traits(unit, language, frozenset(_term_words(unit)), probabilities, length)


def _field_features(left: _Traits, right: _Traits) -> tuple[float, ...]:
    principles, one, other = _cosine(left, right), left.unit, right.unit
    if one.requirement is not None and other.requirement is not None:
        return (*_requirement_features(one.requirement, other.requirement), 0.0, 0.0, principles)
    nothing = (0.0,) * 6
    if one.definition is None or other.definition is None:
        return (*nothing, 0.0, 1.0, principles)
    return (*nothing, _dice(left.term_words, right.term_words), 0.0, principles)


def _define_different_terms(left: Unit, right: Unit) -> bool:
    """True where both are definitions, of terms that share no word and name no common role."""
    if left.definition is None or right.definition is None:
        return False
    roles = _role_of(left), _role_of(right)
    if roles[0] or roles[1]:
        return roles[0] != roles[1]
    is_one_language = left.text_unit.language == right.text_unit.language
    return is_one_language and not set(_term_words(left)) & set(_term_words(right))


def _term_words(unit: Unit) -> Sequence[str]:
    return terms(unit.definition.term, unit.text_unit.language) if unit.definition is not None else ()


def _role_of(unit: Unit) -> str:
    """Role that the defined term names, or an empty string."""
    if unit.definition is None:
        return ""
    return _role_terms(unit.text_unit.language).get(unit.definition.term, "")


@cache
def _role_terms(language: str) -> dict[str, str]:
    return dict(load_roles().terms(language))


def _requirement_features(left: Requirement, right: Requirement) -> tuple[float, ...]:
    acts = left.action_class, right.action_class
    parties = left.actor_role, right.actor_role
    quantities = [
        {parameter.kind for parameter in side.parameters} - {ParameterKind.DATE} for side in (left, right)
    ]
    return (
        float(all(acts) and acts[0] == acts[1]),
        float(all(acts) and acts[0] != acts[1]),
        float(all(parties) and parties[0] == parties[1]),
        float(all(parties) and (_AUTHORITY in parties[0]) != (_AUTHORITY in parties[1])),
        float(bool(quantities[0] & quantities[1])),
        float(bool(quantities[0]) != bool(quantities[1])),
    )


def _best(candidates: Sequence[Candidate], *, of_scores: bool = False) -> dict[tuple[str, str], float]:
    """Highest probability (or score) of each unit, by side and key."""
    best: dict[tuple[str, str], float] = {}
    for candidate in candidates:
        value = candidate.score if of_scores else candidate.probability
        for place in (("left", candidate.left), ("right", candidate.right)):
            best[place] = max(best.get(place, -math.inf), value)
    return best


def _moved(chance: float, before: float | None, after: float | None) -> float:
    if before is None or after is None:
        return chance
    shifted = _logit(chance) - (_logit(after) - _logit(before))
    return round(1.0 / (1.0 + math.exp(-shifted)), _DECIMALS)


def _logit(probability: float) -> float:
    kept = min(max(probability, _FLOOR), 1.0 - _FLOOR)
    return math.log(kept / (1.0 - kept))


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    return 2.0 * len(first & second) / (len(first) + len(second)) if first or second else 0.0


def _cosine(left: _Traits, right: _Traits) -> float:
    if not left.length or not right.length:
        return 0.0
    shared = right.probabilities
    product = math.fsum(value * shared.get(name, 0.0) for name, value in left.probabilities.items())
    return product / (left.length * right.length)
