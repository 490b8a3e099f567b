"""Calibrated probability that an expert would map a pair, and that a unit has no counterpart.

Both are logistic models over absolute similarities, fitted on the reference
provisions (`fragcheck.align.calibration`): within a language and across.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.signals import Signals
from fragcheck.errors import ModelMismatch
from fragcheck.nlp.encoder import SentenceEncoder

__all__ = [
    "Calibration",
    "Model",
    "absent_features",
    "load_calibration",
    "logits",
    "pair_features",
    "read_calibration",
    "write_calibration",
]

Matrix = NDArray[np.float64]

#: A lead over the alternatives counts up to this difference in similarity.
_LARGEST_LEAD = 0.8
#: Lead of a cell that has no other beside it.
_LONE_LEAD = 0.2
#: Weights beside the highest similarity: of the highest pair logit, of the similarity in the best
#: one-to-one assignment, of the highest fused score. Chosen on development sets, see docs/alignment.md.
_LOGIT_SHARE, _ASSIGNED_SHARE, _SCORE_SHARE = 0.1, 0.5, 0.4
#: Logits beyond this are probabilities of 0 or 1 at six decimals.
_LARGEST_LOGIT = 16.0


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the pair model and of the no-counterpart model, intercept first."""

    pair: tuple[float, ...]
    absent: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything that was computed from the reference provisions with one encoder.

    Parameters
    ----------
    encoder_sha256, provisions_sha256 : str
        What it was made from.
    means : mapping of str to ndarray, shape (d,)
        Mean vector per language; under ``""`` the mean of these.
    within, across : Model
        For two sides in one language, and in two.
    """

    encoder_sha256: str
    provisions_sha256: str
    means: Mapping[str, Matrix]
    within: Model
    across: Model

    def require(self, encoder: SentenceEncoder) -> None:
        """Refuse an encoder that this was not made with.

        Raises
        ------
        ModelMismatch
        """
        if encoder.sha256 != self.encoder_sha256:
            raise ModelMismatch(
                f"the calibration belongs to the encoder {self.encoder_sha256}, {encoder.name} with "
                f"{encoder.sha256} came: fit one with fragcheck.align.calibration.fit and give it to align"
            )

    def probabilities(self, signals: Signals) -> tuple[Matrix, Matrix, Matrix]:
        """Probabilities of all cells, and of no counterpart on either side.

        Parameters
        ----------
        signals : Signals
            Of n by m contents.

        Returns
        -------
        pair : ndarray, shape (n, m)
        absent_first : ndarray, shape (n,)
        absent_second : ndarray, shape (m,)
            All in [0, 1].
        """
        model = self.within if signals.shares_language else self.across
        logit = logits(model.pair, pair_features(signals))
        absent = [_logistic(logits(model.absent, [side])) for side in absent_features(signals, logit)]
        return _logistic(logit), absent[0], absent[1]


def similarity_of(signals: Signals) -> Matrix:
    """One absolute similarity of every cell: the mean cosine, and within a language the characters' too."""
    cosine: Matrix = (signals.whole + signals.parts) / 2.0
    return cosine + signals.characters if signals.shares_language else cosine


def pair_features(signals: Signals) -> Iterator[Matrix]:
    """What the pair model sees of every cell, one matrix of shape (n, m) after the other.

    The similarities themselves; by how much the cell falls short of the best of
    its row and of its column (the larger and the smaller shortfall); by how much
    it leads both, and the root of it, since provisions of a long document lead by
    little; and within a language whether the words are identical.
    """
    similarity = similarity_of(signals)
    rows, columns = _margin(similarity), _margin(similarity.T).T
    least, most = np.minimum(rows, columns), np.maximum(rows, columns)
    yield signals.whole
    yield signals.parts
    yield np.minimum(least, 0.0)
    yield np.minimum(most, 0.0)
    lead = np.clip(least, 0.0, _LARGEST_LEAD)
    yield lead
    yield np.sqrt(lead)
    if signals.shares_language:
        yield np.sqrt(signals.characters)
        yield signals.identical.astype(np.float64)


def _margin(similarity: Matrix) -> Matrix:
    """Each cell less the best other cell of its row; a lone one leads by a little."""
    if similarity.shape[1] == 1:
        return np.full_like(similarity, _LONE_LEAD)
    best = similarity.max(axis=1, keepdims=True)
    second = np.partition(similarity, -2, axis=1)[:, -2:-1]
    margin: Matrix = np.where(similarity == best, similarity - second, similarity - best)
    return margin


def absent_features(signals: Signals, logit: Matrix) -> tuple[Matrix, Matrix]:
    """What the no-counterpart model sees of every provision of either side, shapes (n,) and (m,).

    One figure, whose shares were chosen on development sets: its best similarity; the best logit, which
    tells a lone counterpart by its lead; the similarity to what it is given where every provision gets
    one of its own (the assignment of the highest total, 0 where there is none left), since what is the
    counterpart of another is not its own; and the best fused score, which knows the headings too.
    """
    from scipy.optimize import linear_sum_assignment  # a quarter of a second of every command

    similarity = similarity_of(signals)
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    assigned = np.zeros(similarity.shape[0]), np.zeros(similarity.shape[1])
    assigned[0][rows] = assigned[1][columns] = similarity[rows, columns]
    first, second = (
        similarity.max(axis=axis)
        + _LOGIT_SHARE * logit.max(axis=axis)
        + _ASSIGNED_SHARE * given
        + _SCORE_SHARE * signals.score.max(axis=axis)
        for axis, given in zip((1, 0), assigned, strict=True)
    )
    return first, second


def logits(weights: tuple[float, ...], features: Iterable[Matrix]) -> Matrix:
    """Weighted sum of `features` after the intercept, clipped to where six decimals can tell."""
    total: Matrix = np.array(weights[0])
    for weight, feature in zip(weights[1:], features, strict=True):
        total = total + weight * feature
    return np.clip(total, -_LARGEST_LOGIT, _LARGEST_LOGIT)


def _logistic(logit: Matrix) -> Matrix:
    result: Matrix = 1.0 / (1.0 + np.exp(-logit))
    return result


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """The calibration that ships with the package (``data/calibration.json``).

    Raises
    ------
    ModelMismatch
        Where the file does not hash to the sha256 that it states.
    """
    return read_calibration(
        files("fragcheck.align").joinpath("data/calibration.json").read_text(encoding="utf-8")
    )


def read_calibration(text: str) -> Calibration:
    """The calibration in `text`, after its hash has been checked.

    Raises
    ------
    ModelMismatch
    """
    stored = json.loads(text)
    found = _digest(stored["content"])
    if stored["sha256"] != found:
        raise ModelMismatch(
            f"the calibration should have sha256 {stored['sha256']} but has {found}: "
            "reinstall fragcheck, or fit it anew with fragcheck.align.calibration.fit"
        )
    content = stored["content"]
    models = {
        name: Model(tuple(content[name]["pair"]), tuple(content[name]["absent"]))
        for name in ("within", "across")
    }
    means = {language: np.array(mean) for language, mean in content["means"].items()}
    return Calibration(content["encoder_sha256"], content["provisions_sha256"], means, **models)


def write_calibration(calibration: Calibration) -> str:
    """The JSON text of `calibration`, with its sha256."""
    content = {
        "encoder_sha256": calibration.encoder_sha256,
        "provisions_sha256": calibration.provisions_sha256,
        "within": {"pair": calibration.within.pair, "absent": calibration.within.absent},
        "across": {"pair": calibration.across.pair, "absent": calibration.across.absent},
        "means": {language: calibration.means[language].tolist() for language in sorted(calibration.means)},
    }
    content = json.loads(json.dumps(content))
    return json.dumps({"sha256": _digest(content), "content": content}, indent=None, sort_keys=True) + "\n"


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
