"""Counterparts in two language versions of one law: whole provisions first, then their sentences in order.

A clause of a few words is easily taken for another one, a whole provision hardly ever. So the provisions
of both versions are paired by all of their words, and the units of two that are translations of each
other are paired in the order of the text, as in the alignment of parallel texts. What one language or
our reading of it splits otherwise joins its neighbour, unless the other provision is too short to hold
it: then it may have been left out, and stays without counterpart.

Neither numbers nor the order of provisions count, so that a version that was renumbered is none the less one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.candidates import align
from fragcheck.align.evidence_models import EvidenceModel
from fragcheck.align.traits import FEATURES, rival_margins, word_logit
from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.records import TextUnit, Unit

__all__ = ["Translation", "Versions", "paired_provisions", "paired_units"]

FloatArray = NDArray[np.float64]
Pair = tuple[str, str]

#: Candidates of a provision; rounds in which those that are sure leave the others more room; from where on.
_TOP, _ROUNDS, _SURE = 10, 2, 0.5
#: Below this probability two provisions are no translations.
_FLOOR = 0.05
#: Odds that a sentence of a provision stands in its translation, before their lengths are looked at.
_KEPT_ODDS = 19.0
#: Variance of the length of a translated provision, per character: 1.6 in the project's own translations,
#: here with some room. Sentences on their own vary more (6.8, Gale and Church 1993).
_VARIANCE = 2.0
#: How much lengths may say for or against a sentence, as a logarithm of odds.
_LARGEST_EVIDENCE = 4.0
#: What closeness of length adds to a score when sentences are paired in order.
_LENGTH_GAIN = 0.1


@dataclass(frozen=True, slots=True)
class Versions:
    """The provisions of two documents with all of their words, keys their eids, and what encodes them."""

    left: Sequence[TextUnit]
    right: Sequence[TextUnit]
    encoder: SentenceEncoder


@dataclass(frozen=True, slots=True)
class Translation:
    """Provisions of two language versions, and how likely each two are translations of each other.

    Parameters
    ----------
    probability : mapping of (str, str) to float
        By the keys of both, from `_FLOOR` on.
    lengths : (mapping, mapping) of str to int
        Characters of each provision of both sides, by key.
    log_ratio : float
        Logarithm of the characters of the right version for one of the left.
    """

    probability: Mapping[Pair, float]
    lengths: tuple[Mapping[str, int], Mapping[str, int]]
    log_ratio: float

    def kept(self, pair: Pair, length: int, side: int) -> float:
        """Probability that a sentence of a provision stands in the provision's translation too.

        Parameters
        ----------
        pair : (str, str)
            Keys of the two provisions.
        length : int
            Characters of the sentence.
        side : int
            0 where it stands on the left, 1 on the right.

        Notes
        -----
        Gale and Church, *Computational Linguistics* 19 (1993), section 3: the length of a translation
        is normal around a multiple of that of the original, with a variance in proportion to it. Here
        two readings are held against each other, the whole provision and the provision without the sentence.
        """
        ratio = math.exp(self.log_ratio if side == 0 else -self.log_ratio)
        own, other = self.lengths[side][pair[side]], self.lengths[1 - side][pair[1 - side]]
        spread = 2.0 * _VARIANCE * ratio * max(own, 1)
        whole, without = (other - ratio * own) ** 2, (other - ratio * max(own - length, 0)) ** 2
        evidence = min(_LARGEST_EVIDENCE, max(-_LARGEST_EVIDENCE, (without - whole) / spread))
        odds = _KEPT_ODDS * math.exp(evidence)
        return odds / (1.0 + odds)


def paired_provisions(
    left: Sequence[TextUnit], right: Sequence[TextUnit], encoder: SentenceEncoder, model: EvidenceModel
) -> Translation:
    """Pair the provisions of two language versions of one law by all of their words.

    Parameters
    ----------
    left, right : sequence of TextUnit
        Keys are those of the provisions.
    encoder : SentenceEncoder
    model : EvidenceModel
        That of translations.
    """
    lengths = tuple({unit.key: len(unit.text) for unit in side} for side in (left, right))
    alignment = align(left, right, top=_TOP, encoder=encoder, both_ways=True)
    pairs = [(candidate.left, candidate.right) for candidate in alignment.candidates]
    features = np.zeros((len(pairs), len(FEATURES)))
    features[:, FEATURES.index("score")] = [candidate.score for candidate in alignment.candidates]
    features[:, FEATURES.index("words")] = [word_logit(c.probability) for c in alignment.candidates]
    scores, found, settled = features[:, 0], np.zeros(len(pairs)), list[Pair]()
    for _ in range(_ROUNDS):
        features[:, -4:] = rival_margins(pairs, scores, settled)
        found = 1.0 / (1.0 + np.exp(-model.logits(features)))
        settled = _settled(pairs, found)
    # The median: a provision that one version cut short says nothing of its language.
    ratios = [_log_length(lengths[1][y]) - _log_length(lengths[0][x]) for x, y in settled]
    known = {pair: p for pair, p in zip(pairs, found.tolist(), strict=True) if p >= _FLOOR}
    return Translation(known, (lengths[0], lengths[1]), float(np.median(ratios)) if ratios else 0.0)


def _settled(pairs: Sequence[Pair], probability: FloatArray) -> list[Pair]:
    """Sure pairs that are the one best of both of their provisions."""
    ranked: tuple[dict[str, list[float]], dict[str, list[float]]] = (defaultdict(list), defaultdict(list))
    for pair, value in zip(pairs, probability.tolist(), strict=True):
        for side, key in enumerate(pair):
            ranked[side][key].append(value)
    best = [{key: max(known) for key, known in side.items()} for side in ranked]
    return [
        pair
        for pair, value in zip(pairs, probability.tolist(), strict=True)
        if value >= _SURE
        and all(
            value == best[side][key] and ranked[side][key].count(value) == 1 for side, key in enumerate(pair)
        )
    ]


def paired_units(
    left: Sequence[Unit], right: Sequence[Unit], scores: Mapping[Pair, float], translation: Translation
) -> dict[Pair, float]:
    """Probability of each pair of units that stand in provisions which are translations of each other.

    Parameters
    ----------
    left, right : sequence of Unit
        In the order of the text.
    scores : mapping of (str, str) to float
        Of the candidates among them, by the keys of the units.
    translation : Translation
        Of their provisions, by eid.

    Returns
    -------
    dict of (str, str) to float
        By the keys of the units; a unit stands in as many pairs as its provision has translations, and
        in one more for each unit of the other side that joins it.
    """
    sides = _by_provision(left), _by_provision(right)
    found: dict[Pair, float] = {}
    for pair, probability in sorted(translation.probability.items()):
        for is_definition in (False, True):
            ours, theirs = (
                [unit for unit in side.get(key, ()) if (unit.definition is not None) == is_definition]
                for side, key in zip(sides, pair, strict=True)
            )
            for (one, other), kept in _in_order(ours, theirs, scores, translation, pair).items():
                found[one, other] = max(found.get((one, other), 0.0), probability * kept)
    return found


def _by_provision(units: Sequence[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit.eid].append(unit)
    return found


def _in_order(
    left: Sequence[Unit],
    right: Sequence[Unit],
    scores: Mapping[Pair, float],
    translation: Translation,
    pair: Pair,
) -> dict[Pair, float]:
    """Pairs of units of two provisions, and how likely the one side has what the other one says."""
    if not left or not right:
        return {}
    gains = np.array([[_gain(x, y, scores, translation.log_ratio) for y in right] for x in left])
    is_first = left[0].text_unit.language <= right[0].text_unit.language
    chosen = _monotone(gains) if is_first else [(i, j) for j, i in _monotone(gains.T)]
    rows, columns = {i for i, _ in chosen}, {j for _, j in chosen}
    kept = [
        [translation.kept(pair, len(unit.text_unit.text), side) for unit in units]
        for side, units in enumerate((left, right))
    ]
    found = {(left[i].key, right[j].key): max(kept[0][i], kept[1][j]) for i, j in chosen}
    for i in set(range(len(left))) - rows:
        near = [j for _, j in _neighbours(chosen, i, side=0)]
        joined = max(near, key=lambda j: float(gains[i, j]))
        found[left[i].key, right[joined].key] = kept[0][i]
    for j in set(range(len(right))) - columns:
        near = [i for i, _ in _neighbours(chosen, j, side=1)]
        joined = max(near, key=lambda i: float(gains[i, j]))
        found[left[joined].key, right[j].key] = kept[1][j]
    return found


def _gain(left: Unit, right: Unit, scores: Mapping[Pair, float], log_ratio: float) -> float:
    longer = _log_length(len(right.text_unit.text)) - _log_length(len(left.text_unit.text))
    closeness = math.exp(-abs(longer - log_ratio))
    return max(scores.get((left.key, right.key), 0.0), 0.0) + _LENGTH_GAIN * closeness


def _log_length(length: int) -> float:
    return math.log(max(length, 1))


def _monotone(gains: FloatArray) -> list[tuple[int, int]]:
    """Pairs of rows and columns, both rising, of the highest total gain (Needleman and Wunsch)."""
    n, m = gains.shape
    best = np.zeros((n + 1, m + 1))
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            paired = best[i - 1, j - 1] + gains[i - 1, j - 1]
            best[i, j] = max(paired, best[i - 1, j], best[i, j - 1])
    pairs: list[tuple[int, int]] = []
    i, j = n, m
    while i and j:
        if best[i, j] == best[i - 1, j - 1] + gains[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i - 1, j] >= best[i, j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _neighbours(chosen: Sequence[tuple[int, int]], at: int, *, side: int) -> list[tuple[int, int]]:
    """The pairs before and after a unit that is in none."""
    before = [pair for pair in chosen if pair[side] < at]
    after = [pair for pair in chosen if pair[side] > at]
    return before[-1:] + after[:1]
