"""Candidates of two lists of text units: lexical and dense signals in context, fused and calibrated."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.lexical import bm25, count_terms, tfidf_cosine, with_pairs
from fragcheck.align.probability import load_calibrator
from fragcheck.align.vectors import embed, similarities
from fragcheck.align.words import terms
from fragcheck.errors import ComparisonError
from fragcheck.nlp import detect_language
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.records import Alignment, Candidate, TextUnit

__all__ = ["align"]

_DECIMALS = 6
_SAMPLE_UNITS = 200

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Side:
    """Distinct contents of a side in canonical order, and where each unit finds its own."""

    contents: tuple[TextUnit, ...]
    row: tuple[int, ...]
    digest: str
    language: str


def align(
    left: Sequence[TextUnit],
    right: Sequence[TextUnit],
    *,
    top: int = 50,
    encoder: SentenceEncoder | None = None,
) -> Alignment:
    """Right candidates for every left unit, with calibrated probabilities.

    Parameters
    ----------
    left, right : sequence of TextUnit
        Their keys are distinct within a side.
    top : int, default 50
        Candidates kept per left unit.
    encoder : SentenceEncoder, optional
        The packaged one by default.

    Returns
    -------
    Alignment
        Candidates by left unit, then by falling score; ties by the order of the
        right units' keys. A pair's numbers depend on the two lists alone: neither
        on their order, nor on which of them is called left.

    Raises
    ------
    ComparisonError
        Where a key stands twice in a side, or `top` is below 1.

    Notes
    -----
    Scores are rounded to 1e-6 before they are ranked.
    """
    if top < 1:
        raise ComparisonError(f"align wants top of at least 1, {top} came: ask for one candidate or more")
    _refuse_repeated_keys(left, "left")
    _refuse_repeated_keys(right, "right")
    if not left or not right:
        return Alignment((), tuple((u.key, 1.0) for u in left), tuple((u.key, 1.0) for u in right))
    sides = _side(left), _side(right)
    flipped = sides[0].digest > sides[1].digest
    first, second = sides[::-1] if flipped else sides
    score, probability = _pair_matrices(first, second, encoder or load_encoder())
    if flipped:
        score, probability = score.T, probability.T
    return _alignment((left, right), sides, (score, probability), top)


def _refuse_repeated_keys(units: Sequence[TextUnit], name: str) -> None:
    seen: set[str] = set()
    for unit in units:
        if unit.key in seen:
            raise ComparisonError(
                f"align wants distinct keys, {unit.key!r} stands twice on the {name}: rename one"
            )
        seen.add(unit.key)


def _side(units: Sequence[TextUnit]) -> _Side:
    content = [(unit.text, unit.heading, unit.context) for unit in units]
    distinct = sorted(set(content))
    row = {item: index for index, item in enumerate(distinct)}
    language = next((unit.language for unit in sorted(units, key=lambda unit: unit.key) if unit.language), "")
    if not language:
        language = detect_language(" ".join(text for text, _, _ in distinct[:_SAMPLE_UNITS]))[0]
    digest = hashlib.sha256(repr(distinct).encode()).hexdigest()
    contents = tuple(TextUnit("", text, heading, context, language) for text, heading, context in distinct)
    return _Side(contents, tuple(row[item] for item in content), digest, language)


def _in_context(unit: TextUnit) -> str:
    return ". ".join(part for part in (unit.context, unit.heading, unit.text) if part)


def _pair_matrices(first: _Side, second: _Side, encoder: SentenceEncoder) -> tuple[Matrix, Matrix]:
    """Fused score and probability of all pairs of contents."""
    whole, parts = similarities(embed(first.contents, encoder), embed(second.contents, encoder))
    words = [[terms(_in_context(unit), unit.language) for unit in side.contents] for side in (first, second)]
    lexical = tfidf_cosine(count_terms(*[[with_pairs(text) for text in side] for side in words]))
    score = (_scaled(whole) + _scaled(parts)) / 2.0
    if first.language == second.language:
        counts = count_terms(*words)
        okapi = np.sqrt(bm25(counts.left, counts.right) * bm25(counts.right, counts.left).T)
        score += (_scaled(lexical) + _scaled(okapi)) / 2.0
    probability = load_calibrator().probability(lexical, whole, parts)
    return np.round(score, _DECIMALS) + 0.0, np.round(probability, _DECIMALS)


def _scaled(matrix: Matrix) -> Matrix:
    """Deviations in units of the spread within rows and columns: one scale for the pair, so symmetric."""
    spread = float(np.sqrt((matrix.var(axis=1).mean() + matrix.var(axis=0).mean()) / 2.0))
    deviation: Matrix = (matrix - matrix.mean()) / max(spread, 1e-9)
    return deviation


def _alignment(
    units: tuple[Sequence[TextUnit], Sequence[TextUnit]],
    sides: tuple[_Side, _Side],
    matrices: tuple[Matrix, Matrix],
    top: int,
) -> Alignment:
    (left, right), (score, probability) = units, matrices
    columns = sorted(range(len(right)), key=lambda index: right[index].key)
    content = np.array([sides[1].row[index] for index in columns])
    candidates: list[Candidate] = []
    for unit, row in zip(left, sides[0].row, strict=True):
        order = np.argsort(-score[row, content], kind="stable")[:top]
        candidates.extend(
            Candidate(
                unit.key,
                right[columns[at]].key,
                rank,
                float(score[row, content[at]]),
                float(probability[row, content[at]]),
            )
            for rank, at in enumerate(order.tolist(), 1)
        )
    nothing = (1.0 - probability.max(axis=1), 1.0 - probability.max(axis=0))
    absent = [
        tuple(
            (unit.key, round(float(values[row]), _DECIMALS))
            for unit, row in zip(side, known.row, strict=True)
        )
        for side, known, values in zip(units, sides, nothing, strict=True)
    ]
    return Alignment(tuple(candidates), absent[0], absent[1])
