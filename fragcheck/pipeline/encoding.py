"""An encoder that meets no text twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.store import ArtefactStore, VectorStore

__all__ = ["RememberingEncoder"]


class RememberingEncoder:
    """A `SentenceEncoder` that keeps the vectors of all texts it has seen.

    A document takes part in many pairs, so this saves most of the encoding; with a store the
    vectors outlive the process. They are those of the wrapped encoder, which do not depend on the
    batch. 512 dimensions take 2 kB a text.

    Parameters
    ----------
    encoder : SentenceEncoder
    store : ArtefactStore or None
        Beside its artefacts the vectors are kept; None keeps them in memory alone.
    """

    def __init__(self, encoder: SentenceEncoder, store: ArtefactStore | None = None) -> None:
        self.name = encoder.name
        self.sha256 = encoder.sha256
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        identity = hashlib.sha256(f"{encoder.name} {encoder.sha256}".encode()).hexdigest()
        self._kept = None if store is None else VectorStore(store.root, identity, encoder.dimension)

    @property
    def n_texts(self) -> int:
        """How many texts it remembers."""
        return len(self._known)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`, shape (n, dimension); see `SentenceEncoder.encode`."""
        self._learn([text for text in dict.fromkeys(texts) if text not in self._known])
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])

    def _learn(self, new: Sequence[str]) -> None:
        if self._kept is not None:
            self._known.update(self._kept.load(new))
            new = [text for text in new if text not in self._known]
        if not new:
            return
        vectors = dict(zip(new, self._encoder.encode(new), strict=True))
        self._known.update(vectors)
        if self._kept is not None:
            self._kept.save(vectors)
