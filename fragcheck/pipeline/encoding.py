"""An encoder that meets no text twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fragcheck.nlp.encoder import SentenceEncoder

__all__ = ["RememberingEncoder"]


class RememberingEncoder:
    """A `SentenceEncoder` that keeps the vectors of all texts it has seen.

    A document takes part in many pairs, so this saves most of the encoding. The
    vectors are those of the wrapped encoder, which do not depend on the batch.
    512 dimensions take 2 kB a text.
    """

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.name = encoder.name
        self.sha256 = encoder.sha256
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`, shape (n, dimension); see `SentenceEncoder.encode`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])
