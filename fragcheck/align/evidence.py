"""What the fields, the surroundings and the alternatives of two units say of a candidate.

Words alone rank candidates well but say too little of whether an expert would map them. Four
logistic models add the other evidence up, fitted on the project's own wording and, the first of
them, on candidates between real laws that were judged by reading:

=============  =================================================================
``apart``      two laws in one language
``kindred``    two drafts of one law: a counterpart there is nearly the same text,
               and another paragraph of the same article is none
``abroad``     two laws in two languages
``translated`` one law in two languages
=============  =================================================================

How closely the documents are related (`kinship`) decides which of the two of a language situation
speaks; in between both do, on the logit scale.

Where at least half of all units stand in both documents in the same words, the two are prints of one
text, and a unit that was changed is told with certainty: its counterpart is the best candidate of
both, by a clear lead and with many words in common. From a third of the units on, all of 115 such
candidates in the development drafts were right, and 241 of 255 planted ones.

Definitions are compared where they define the same term. Two terms are held to be the same
where they share a word or name the same role; across languages, where neither is known, the
words of the definitions decide.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.traits import FEATURES, candidate_features, kinship, term_words
from fragcheck.align.wording import normal_form
from fragcheck.errors import ModelError
from fragcheck.records import Alignment, Candidate, Unit
from fragcheck.taxonomy.roles import load_roles

__all__ = ["MODELS", "EvidenceModel", "EvidenceModels", "inform", "load_evidence"]

FloatArray = NDArray[np.float64]

#: Names of the models.
MODELS = ("apart", "kindred", "abroad", "translated")

_DECIMALS = 6
_FLOOR = 1e-4
_LARGEST_LOGIT = 16.0

#: Probability that definitions of two different terms are counterparts: not 0, for terms may be synonyms.
_OTHER_TERM = 0.05

#: Kinship from which the second model of a language situation has a say, and from which it alone has.
_KINSHIP = {"within": (0.35, 0.6), "across": (0.95, 1.3)}


#: Two prints of one text: share of units in the same words; lead and words in common of a certain pair.
_PRINTS, _CLEAR_LEAD, _MANY_WORDS = 0.5, 0.3, 0.5


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """A logistic model: intercept, and the coefficient of each feature it looks at."""

    intercept: float
    coefficients: tuple[tuple[str, float], ...]

    def logits(self, features: FloatArray) -> FloatArray:
        """Log odds of being a counterpart, (n,), from features in the order of `FEATURES`, (n, d)."""
        known = dict(self.coefficients)
        weights = np.array([known.get(name, 0.0) for name in FEATURES])
        found: FloatArray = np.clip(self.intercept + features @ weights, -_LARGEST_LOGIT, _LARGEST_LOGIT)
        return found


@dataclass(frozen=True, slots=True)
class EvidenceModels:
    """The four models, by the names in `MODELS`."""

    by_name: Mapping[str, EvidenceModel]

    def probabilities(self, features: FloatArray, related: tuple[float, float]) -> FloatArray:
        """Probability of each candidate, (n,), in [0, 1].

        Parameters
        ----------
        features : ndarray, shape (n, d)
        related : (float, float)
            The figures of `kinship`.
        """
        if not len(features):
            return np.zeros(0)
        is_foreign = features[:, FEATURES.index("is_foreign")] > 0
        within = self._blend(features, ("apart", "kindred"), _share(related[0], _KINSHIP["within"]))
        across = self._blend(features, ("abroad", "translated"), _share(related[1], _KINSHIP["across"]))
        found: FloatArray = 1.0 / (1.0 + np.exp(-np.where(is_foreign, across, within)))
        return found

    def _blend(self, features: FloatArray, names: tuple[str, str], share: float) -> FloatArray:
        first, second = (self.by_name[name].logits(features) for name in names)
        return (1.0 - share) * first + share * second


def _share(related: float, limits: tuple[float, float]) -> float:
    return min(1.0, max(0.0, (related - limits[0]) / (limits[1] - limits[0])))


@cache
def load_evidence() -> EvidenceModels:
    """Return the packaged models.

    Raises
    ------
    ModelError
        If one of them was fitted for features that are not there.
    """
    stored = json.loads(files("fragcheck.align").joinpath("data/evidence.json").read_text("utf-8"))
    models = {}
    for name in MODELS:
        entry = stored["models"].get(name, {})
        if not entry or not set(entry["coefficients"]) <= set(FEATURES):
            raise ModelError(f"the evidence model {name} wants the features it was fitted with: fit it again")
        models[name] = EvidenceModel(entry["intercept"], tuple(entry["coefficients"].items()))
    return EvidenceModels(models)


def inform(
    left: Sequence[Unit], right: Sequence[Unit], alignment: Alignment, models: EvidenceModels | None = None
) -> Alignment:
    """Return `alignment` with probabilities that know the fields of the units.

    Parameters
    ----------
    left, right : sequence of Unit
        All units that `alignment` names.
    alignment : Alignment
        With candidates of both ways, so that the result does not depend on the sides.
    models : EvidenceModels or None
        The packaged ones by default.

    Returns
    -------
    Alignment
        The same candidates, scores and ranks. The chance that a unit has no counterpart moves
        by as much, on the logit scale, as its best candidate does.
    """
    fitted = models or load_evidence()
    lefts, rights = ({unit.key: unit for unit in side} for side in (left, right))
    features = candidate_features(left, right, alignment)
    related = kinship(alignment.candidates, features)
    found = fitted.probabilities(features, related)
    if _are_prints(left, right):
        found = np.where(_is_clear(features), 1.0, found)

    def probability_of(candidate: Candidate, probability: float) -> float:
        if _define_different_terms(lefts[candidate.left], rights[candidate.right]):
            return min(candidate.probability, _OTHER_TERM)
        return probability

    informed = tuple(
        Candidate(c.left, c.right, c.rank, c.score, round(probability_of(c, probability), _DECIMALS))
        for c, probability in zip(alignment.candidates, found.tolist(), strict=True)
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


def _are_prints(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    """Whether at least half of all units stand on the other side in the same words."""
    words = [[normal_form(unit.text_unit.text) for unit in side] for side in (left, right)]
    known = [set(side) for side in words]
    shared = sum(text in known[1] for text in words[0]) + sum(text in known[0] for text in words[1])
    return shared >= _PRINTS * (len(left) + len(right)) > 0


def _is_clear(features: FloatArray) -> NDArray[np.bool_]:
    """Candidates that are the best of both units by a clear lead and share many words."""
    lead = features[:, FEATURES.index("lead_of_both")]
    own = features[:, FEATURES.index("own_words")]
    found: NDArray[np.bool_] = (lead >= _CLEAR_LEAD) & (own >= _MANY_WORDS)
    return found


def _define_different_terms(left: Unit, right: Unit) -> bool:
    """True where both are definitions, of terms that share no word and name no common role."""
    if left.definition is None or right.definition is None:
        return False
    roles = _role_of(left), _role_of(right)
    if roles[0] or roles[1]:
        return roles[0] != roles[1]
    is_one_language = left.text_unit.language == right.text_unit.language
    return is_one_language and not set(term_words(left)) & set(term_words(right))


def _role_of(unit: Unit) -> str:
    """Role that the defined term names, or an empty string."""
    if unit.definition is None:
        return ""
    return _role_terms(unit.text_unit.language).get(unit.definition.term, "")


@cache
def _role_terms(language: str) -> dict[str, str]:
    return dict(load_roles().terms(language))


def _best(candidates: Sequence[Candidate]) -> dict[tuple[str, str], float]:
    """Highest probability of each unit, by side and key."""
    best: dict[tuple[str, str], float] = {}
    for candidate in candidates:
        for place in (("left", candidate.left), ("right", candidate.right)):
            best[place] = max(best.get(place, -math.inf), candidate.probability)
    return best


def _moved(chance: float, before: float | None, after: float | None) -> float:
    if before is None or after is None:
        return chance
    shifted = _logit(chance) - (_logit(after) - _logit(before))
    return round(1.0 / (1.0 + math.exp(-shifted)), _DECIMALS)


def _logit(probability: float) -> float:
    kept = min(max(probability, _FLOOR), 1.0 - _FLOOR)
    return math.log(kept / (1.0 - kept))
