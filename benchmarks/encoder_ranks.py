"""Whether another sentence encoder would rank the five documents otherwise.

    python benchmarks/encoder_ranks.py

Needs the measuring material (``FRAGCHECK_SHARED``, default ``../shared``). The ten pairs of the five
documents of `validity` are compared with the packaged encoder and with two that were trained on
nothing: one that gives every sentence a random vector of its own, so that words and characters alone
speak, and one whose vectors are sums of fixed random vectors of the runs of four characters. The
probabilities are those that were fitted for the packaged encoder, so that values move; the order is
what is compared.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence

import numpy as np
import validity
from numpy.typing import NDArray
from scipy.stats import kendalltau

from fragcheck.align.words import character_grams, terms
from fragcheck.diverge import DivergenceSettings
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.pipeline.comparing import compare_sides, compared_side
from fragcheck.pipeline.encoding import RememberingEncoder

Vectors = NDArray[np.float32]


class Stand:
    """Takes the place of the packaged encoder, under its hash, so that its calibration is used."""

    def __init__(self, packaged: SentenceEncoder, name: str) -> None:
        self.name, self.sha256, self.dimension = name, packaged.sha256, packaged.dimension
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, of length 1, shape (n, dimension)."""
        return (
            np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension), "f4")
        )

    def _vector(self, text: str) -> Vectors:
        if self.name == "no vectors":
            drawn = self._of_gram(text)
            return drawn / np.linalg.norm(drawn).astype(np.float32)
        total = np.sum(
            [self._of_gram(gram) for gram in character_grams(terms(text, "en"))] or [[0.0]], axis=0
        )
        total = np.broadcast_to(total, self.dimension).astype(np.float32)
        return total / max(float(np.linalg.norm(total)), 1e-6)

    def _of_gram(self, gram: str) -> Vectors:
        if gram not in self._known:
            seed = int.from_bytes(hashlib.sha256(gram.encode()).digest()[:8])
            drawn = np.random.default_rng(seed).standard_normal(self.dimension)
            self._known[gram] = drawn.astype(np.float32)
        return self._known[gram]


def values(encoder: SentenceEncoder) -> list[float]:
    """D of the ten pairs, in the order of `validity.FIVE`."""
    sides = [compared_side(one, is_kept=False) for one in validity.analysed(list(validity.FIVE.values()))]
    settings = DivergenceSettings.default()
    pairs = [compare_sides(x, y, settings, encoder) for x, y in itertools.combinations(sides, 2)]
    return [pair.overall.value or 0.0 for pair in pairs]


def main() -> None:
    """Print the values under each encoder, and Kendall's tau-b with those of the packaged one."""
    packaged = load_encoder()
    found = {
        "packaged": values(RememberingEncoder(packaged)),
        **{name: values(Stand(packaged, name)) for name in ("no vectors", "static vectors")},
    }
    print(f"{'pair':24} {'  '.join(f'{name:>14}' for name in found)}")
    for at, names in enumerate(itertools.combinations(validity.FIVE, 2)):
        print(f"{' - '.join(names):24} {'  '.join(f'{one[at]:14.4f}' for one in found.values())}")
    for name, one in found.items():
        print(f"{name}: tau-b {kendalltau(found['packaged'], one).statistic:.2f}")


if __name__ == "__main__":
    main()
