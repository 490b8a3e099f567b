"""A small encoder without weights, and two sides of our own wording."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.calibration import fit
from fragcheck.align.probability import Calibration
from fragcheck.records import TextUnit


@cache
def _word_vector(word: str, dimension: int) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    return np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)


class HashedWordEncoder:
    """Sum of a pseudo-random vector per word: enough to tell texts apart, fast, and reproducible."""

    name = "hashed words"
    sha256 = "0" * 64
    dimension = 48

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row] += _word_vector(word, self.dimension)
            length = float(np.linalg.norm(vectors[row]))
            if length > 0:
                vectors[row] /= length
        return vectors


@cache
def hashed_calibration() -> Calibration:
    """Fitted once for all tests."""
    return fit(HashedWordEncoder())


SUBJECTS = ("provider", "deployer", "importer", "authority", "controller", "manufacturer")
RULES = (
    "shall keep the automatically generated logs for at least six months",
    "shall notify the competent body of every serious incident within three days",
    "shall draw up technical documentation before the product is sold",
    "may carry out inspections without prior notice",
    "shall not collect more personal data than the purpose requires",
    "shall publish a yearly report on its activities",
    "shall inform affected persons about the reasons for the decision",
)


def side(seed: int, count: int, *, language: str = "en") -> list[TextUnit]:
    """`count` distinct provisions drawn by `seed`."""
    rng = np.random.default_rng(seed)
    units = []
    for index in range(count):
        subject = SUBJECTS[int(rng.integers(len(SUBJECTS)))]
        rule = RULES[int(rng.integers(len(RULES)))]
        text = f"The {subject} {rule}, item {int(rng.integers(1000))}."
        heading = f"Duties of the {subject}" if rng.integers(2) else ""
        context = "Chapter on duties > General rules" if rng.integers(2) else ""
        units.append(TextUnit(f"u{index}", text, heading, context, language))
    return units
