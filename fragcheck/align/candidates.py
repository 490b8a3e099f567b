"""Candidates of two lists of text units: lexical and dense signals in context, fused and calibrated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.probability import Calibration, load_calibration
from fragcheck.align.signals import DECIMALS, Content, compute_signals, content_of
from fragcheck.errors import ComparisonError
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.records import Alignment, Candidate, TextUnit

__all__ = ["align"]

Matrix = NDArray[np.float64]


def align(
    left: Sequence[TextUnit],
    right: Sequence[TextUnit],
    *,
    top: int = 50,
    encoder: SentenceEncoder | None = None,
    calibration: Calibration | None = None,
    both_ways: bool = False,
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
    calibration : Calibration, optional
        Fitted with `encoder`; the packaged one by default.
    both_ways : bool, default False
        Keep also the first `top` left units of every right one, whatever their rank: then
        swapping the sides keeps the same pairs.

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
    ModelMismatch
        Where `encoder` and `calibration` do not belong together.

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
    encoder = encoder or load_encoder()
    calibration = calibration or load_calibration()
    calibration.require(encoder)
    sides = content_of(left), content_of(right)
    matrices = _matrices(sides, encoder, calibration)
    return _alignment((left, right), sides, matrices, top, both_ways=both_ways)


def _refuse_repeated_keys(units: Sequence[TextUnit], name: str) -> None:
    seen: set[str] = set()
    for unit in units:
        if unit.key in seen:
            raise ComparisonError(
                f"align wants distinct keys, {unit.key!r} stands twice on the {name}: rename one"
            )
        seen.add(unit.key)


def _matrices(
    sides: tuple[Content, Content], encoder: SentenceEncoder, calibration: Calibration
) -> tuple[Matrix, Matrix, tuple[Matrix, Matrix]]:
    """Score, probability and no-counterpart probabilities, computed in canonical order and flipped back."""
    flipped = sides[0].digest > sides[1].digest
    first, second = sides[::-1] if flipped else sides
    signals = compute_signals(first, second, encoder, calibration.means)
    probability, absent_first, absent_second = (
        np.round(matrix, DECIMALS) for matrix in calibration.probabilities(signals)
    )
    if flipped:
        return signals.score.T, probability.T, (absent_second, absent_first)
    return signals.score, probability, (absent_first, absent_second)


def _alignment(
    units: tuple[Sequence[TextUnit], Sequence[TextUnit]],
    sides: tuple[Content, Content],
    matrices: tuple[Matrix, Matrix, tuple[Matrix, Matrix]],
    top: int,
    *,
    both_ways: bool,
) -> Alignment:
    (left, right), (score, probability, absent) = units, matrices
    returned = _first_of_right(units, sides, score, top) if both_ways else {}
    columns = sorted(range(len(right)), key=lambda index: right[index].key)
    place = {index: at for at, index in enumerate(columns)}
    content = np.array([sides[1].rows[index] for index in columns])
    candidates: list[Candidate] = []
    for i, (unit, row) in enumerate(zip(left, sides[0].rows, strict=True)):
        order = np.argsort(-score[row, content], kind="stable")
        chosen = np.arange(len(order)) < top
        rank_of = np.empty_like(order)
        rank_of[order] = np.arange(len(order))
        chosen[rank_of[[place[j] for j in returned.get(i, ())]]] = True
        candidates.extend(
            Candidate(
                left=unit.key,
                right=right[columns[at]].key,
                rank=rank + 1,
                score=float(score[row, content[at]]),
                probability=float(probability[row, content[at]]),
            )
            for rank, at in zip(np.flatnonzero(chosen).tolist(), order[chosen].tolist(), strict=True)
        )
    nothing = [
        tuple((unit.key, float(values[row])) for unit, row in zip(side, known.rows, strict=True))
        for side, known, values in zip(units, sides, absent, strict=True)
    ]
    return Alignment(tuple(candidates), nothing[0], nothing[1])


def _first_of_right(
    units: tuple[Sequence[TextUnit], Sequence[TextUnit]],
    sides: tuple[Content, Content],
    score: Matrix,
    top: int,
) -> dict[int, list[int]]:
    """By left unit, the right units among whose first `top` it is."""
    left, _ = units
    rows = sorted(range(len(left)), key=lambda index: left[index].key)
    content = np.array([sides[0].rows[index] for index in rows])
    found: dict[int, list[int]] = defaultdict(list)
    for j, column in enumerate(sides[1].rows):
        for at in np.argsort(-score[content, column], kind="stable")[:top].tolist():
            found[rows[at]].append(j)
    return found
