"""What is measured of a candidate beside its probability by words: the features of the evidence models.

No feature looks at polarity, modality or the size of a quantity: a rule and its
opposite are counterparts, and a changed figure must not part a pair.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.words import terms
from fragcheck.records import Alignment, Candidate, ParameterKind, Requirement, Unit

__all__ = ["FEATURES", "candidate_features", "kinship", "rival_margins", "term_words", "word_logit"]

FloatArray = NDArray[np.float64]

#: Names of the features, in the order of the columns.
FEATURES = (
    "score",
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
    "is_foreign",
    "own_words",
    "own_words_squared",
    "surroundings",
    "own_words_in_surroundings",
    "length",
    "short_of_best",
    "short_of_both",
    "lead_of_both",
    "lead_of_one",
)

_FLOOR = 1e-4
_AUTHORITY = "public_authority"
#: By how much a candidate leads or trails its alternatives counts up to this difference of scores.
_FURTHEST = 3.0
#: `first_of_one` and `first_of_both`, which are put in among the features at last.
_N_RANKS = 2
_DECIMALS = 9
#: Of the best scores across languages.
_QUANTILE = 0.9


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is compared of a unit, worked out once for all of its candidates."""

    unit: Unit
    language: str
    own: frozenset[str]
    around: frozenset[str]
    term_words: frozenset[str]
    quantities: frozenset[ParameterKind]
    probabilities: Mapping[str, float]


def candidate_features(left: Sequence[Unit], right: Sequence[Unit], alignment: Alignment) -> FloatArray:
    """Features of all candidates, shape (n, d), in the order of `FEATURES`.

    * `score`: the fused score; `words`: the logit of the probability by words; `size`: the logarithm
      of the geometric mean of the numbers of units, since among a thousand rules the best of them
      looks more alike by chance than among thirty.
    * `first_of_one`, `first_of_both`: the candidate has the highest score of one unit, of both.
      `short_of_*` and `lead_of_*`: by how much it trails or leads the best other candidate of its
      units: the larger and the smaller shortfall, the smaller and the larger lead.
    * `own_words`, `surroundings`: share of terms in common (Dice) of the texts, and of what stands
      above them; 0 across languages. `length`: how far the numbers of terms are apart (log ratio).
    * the fields: act, party, kinds of quantities, the defined term, the principles that both bear.

    Parameters
    ----------
    left, right : sequence of Unit
        All units that `alignment` names.
    alignment : Alignment
        With candidates of both ways, so that nothing depends on the sides.
    """
    lefts, rights = ({unit.key: _traits(unit) for unit in side} for side in (left, right))
    size = math.log(max(len(left) * len(right), 1)) / 2.0
    pairs = [(lefts[candidate.left], rights[candidate.right]) for candidate in alignment.candidates]
    if not pairs:
        return np.zeros((0, len(FEATURES)))
    rows = [
        (candidate.score, size, word_logit(candidate.probability), *_field_features(*pair))
        for candidate, pair in zip(alignment.candidates, pairs, strict=True)
    ]
    table = np.array(rows, dtype=np.float64)
    table[:, FEATURES.index("principles") - _N_RANKS] = _shared_principles(pairs)
    return _with_margins(table, alignment.candidates)


def _shared_principles(pairs: Sequence[tuple[_Traits, _Traits]]) -> FloatArray:
    """Cosine of the tag probabilities of the two units of each pair, (n,)."""
    names = sorted({name for pair in pairs for one in pair for name in one.probabilities})
    # A unit stands in many pairs: its vector is worked out once.
    distinct = list({id(one): one for pair in pairs for one in pair}.values())
    at = {id(one): i for i, one in enumerate(distinct)}
    vectors = np.array([_bearing(one, names) for one in distinct]).reshape(len(distinct), len(names))
    sides = [vectors[[at[id(pair[side])] for pair in pairs]] for side in (0, 1)]
    found: FloatArray = np.round((sides[0] * sides[1]).sum(axis=1), _DECIMALS)
    return found


def kinship(candidates: Sequence[Candidate], features: FloatArray) -> tuple[float, float]:
    """How closely two documents are related, as two figures: within a language and across.

    Within a language the mean over the units of the largest share of words in common with a
    candidate, their own or those above them, whichever is higher: two drafts of one law stand at .6
    and more, two laws at .3 and less. Across languages the score that the best candidates of a tenth
    of the units exceed: a translation reaches 1.6, a law on another matter 1.1 at most, a short one on the
    same matter 1.3. 0 where there is no candidate of that sort.

    Parameters
    ----------
    candidates : sequence of Candidate
        Of both ways.
    features : ndarray, shape (n, d)
        Theirs, from `candidate_features`.
    """
    columns = [features[:, FEATURES.index(name)] for name in ("own_words", "surroundings", "score")]
    is_foreign = features[:, FEATURES.index("is_foreign")] > 0
    sides = [[c.left for c in candidates], [c.right for c in candidates]]
    places = [_numbered(keys) for keys in sides]
    own, around, scores = (
        _best(places, values, mask)
        for values, mask in zip(columns, (~is_foreign, ~is_foreign, is_foreign), strict=True)
    )
    within = max(math.fsum(own), math.fsum(around)) / len(own) if own else 0.0
    return within, float(np.quantile(scores, _QUANTILE)) if scores else 0.0


def _numbered(keys: Sequence[str]) -> NDArray[np.int64]:
    """Each key as the number of its first place among the distinct ones, (n,)."""
    number = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return np.fromiter(map(number.__getitem__, keys), np.int64, len(keys))


def _best(places: Sequence[NDArray[np.int64]], values: FloatArray, mask: NDArray[np.bool_]) -> list[float]:
    """Highest value of each unit of both sides over the candidates in `mask`, sorted; 0 at least."""
    found: list[float] = []
    for place in places:
        best = np.full(int(place.max(initial=-1)) + 1, -1.0)
        np.maximum.at(best, place[mask], np.maximum(values[mask], 0.0))
        found += best[best >= 0].tolist()
    return sorted(found)


def _traits(unit: Unit) -> _Traits:
    text, probabilities = unit.text_unit, dict(unit.probabilities)
    parameters = unit.requirement.parameters if unit.requirement is not None else ()
    return _Traits(
        unit,
        text.language,
        frozenset(terms(text.text, text.language)),
        _around(text.context, text.heading, text.language),
        frozenset(term_words(unit)),
        frozenset(parameter.kind for parameter in parameters) - {ParameterKind.DATE},
        probabilities,
    )


@lru_cache(maxsize=16384)
def _around(context: str, heading: str, language: str) -> frozenset[str]:
    return frozenset(terms(f"{context} {heading}", language))


def term_words(unit: Unit) -> Sequence[str]:
    """Terms of what a definition defines; none for a requirement."""
    return terms(unit.definition.term, unit.text_unit.language) if unit.definition is not None else ()


def _field_features(left: _Traits, right: _Traits) -> tuple[float, ...]:
    """From `same_act` to `length`; `principles` is filled in for all candidates at once."""
    one, other = left.unit, right.unit
    fields, overlap, is_mixed = (0.0,) * 6, 0.0, 0.0
    if one.requirement is not None and other.requirement is not None:
        fields = _requirement_features(one.requirement, other.requirement, left, right)
    elif one.definition is None or other.definition is None:
        is_mixed = 1.0
    else:
        overlap = _dice(left.term_words, right.term_words)
    is_foreign = left.language != right.language
    own = 0.0 if is_foreign else _dice(left.own, right.own)
    around = 0.0 if is_foreign else _dice(left.around, right.around)
    length = 0.0 if is_foreign else abs(math.log((len(left.own) + 1) / (len(right.own) + 1)))
    alike = (own, own * own, around, own * around, length)
    return (*fields, overlap, is_mixed, 0.0, float(is_foreign), *alike)


def _requirement_features(
    left: Requirement, right: Requirement, one: _Traits, other: _Traits
) -> tuple[float, float, float, float, float, float]:
    acts, parties = (left.action_class, right.action_class), (left.actor_role, right.actor_role)
    return (
        float(all(acts) and acts[0] == acts[1]),
        float(all(acts) and acts[0] != acts[1]),
        float(all(parties) and parties[0] == parties[1]),
        float(all(parties) and (_AUTHORITY in parties[0]) != (_AUTHORITY in parties[1])),
        float(bool(one.quantities & other.quantities)),
        float(bool(one.quantities) != bool(other.quantities)),
    )


def _with_margins(rows: FloatArray, candidates: Sequence[Candidate]) -> FloatArray:
    """The rows with what depends on the other candidates of a unit put in its place."""
    lead = _leads([(c.left, c.right) for c in candidates], rows[:, 0])
    firsts = (lead >= 0).sum(axis=0)
    ranks = np.stack([firsts == 1, firsts == 2], axis=1).astype(np.float64)
    return np.concatenate([rows[:, :3], ranks, rows[:, 3:], _margins(lead)], axis=1)


def rival_margins(
    pairs: Sequence[tuple[str, str]], scores: FloatArray, settled: Sequence[tuple[str, str]] = ()
) -> FloatArray:
    """By how much each candidate trails and leads its rivals, (n, 4): the last four of `FEATURES`.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Left and right keys of the candidates.
    scores : ndarray, shape (n,)
    settled : sequence of (str, str), optional
        Sure pairs: whoever is in one is no rival of a candidate of any other pair.
    """
    return _margins(_leads(pairs, scores, settled))


def _margins(lead: FloatArray) -> FloatArray:
    low, high = lead.min(axis=0), lead.max(axis=0)
    margins = [np.minimum(low, 0.0), np.minimum(high, 0.0), np.maximum(low, 0.0), np.maximum(high, 0.0)]
    return np.stack(margins, axis=1)


def _leads(
    pairs: Sequence[tuple[str, str]], scores: FloatArray, settled: Sequence[tuple[str, str]] = ()
) -> FloatArray:
    """Each score less that of the best rival of its left and of its right key, (2, n)."""
    of_left, of_right = dict(settled), {right: left for left, right in settled}
    return np.stack(
        [
            _lead([x for x, _ in pairs], scores, [of_right.get(y, x) == x for x, y in pairs]),
            _lead([y for _, y in pairs], scores, [of_left.get(x, y) == y for x, y in pairs]),
        ]
    )


def _lead(keys: Sequence[str], scores: FloatArray, is_rival: Sequence[bool]) -> FloatArray:
    """Each score less the best other one of its key; where there is none, the score."""
    best: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    rows = list(zip(keys, scores.tolist(), is_rival, strict=True))
    for key, score, counts in rows:
        first, second = best[key]
        if counts and score > first:
            best[key] = [score, first]
        elif counts and score > second:
            best[key][1] = score
    others = [best[key][counts and score >= best[key][0]] for key, score, counts in rows]
    found: FloatArray = np.clip(scores - np.array(others), -_FURTHEST, _FURTHEST)
    return found


def word_logit(probability: float) -> float:
    """Log odds of a probability by words, within what the features know (1e-4 to 1 - 1e-4)."""
    kept = min(max(probability, _FLOOR), 1.0 - _FLOOR)
    return math.log(kept / (1.0 - kept))


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    return 2.0 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _bearing(traits: _Traits, names: Sequence[str]) -> list[float]:
    """Probabilities of the tags as a vector of length 1, or 0."""
    known = traits.probabilities
    length = math.sqrt(math.fsum(value * value for value in known.values()))
    return [known.get(name, 0.0) / length if length else 0.0 for name in names]
