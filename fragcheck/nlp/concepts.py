"""Sub-words of one meaning, in whatever language, under one number: concepts.

The encoder's input vectors put "safety", "Sicherheit" and "安全" close together. They are grouped once, into
the table that ships as ``data/concepts.npz``; ``python -m fragcheck.nlp.concepts FILE`` makes it again.
No text is read for it, only the vocabulary of the encoder.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fragcheck.errors import ModelMismatch, ModelMissing

__all__ = ["CONCEPTS_SHA256", "NO_CONCEPT", "group_by_direction", "load_concepts"]

#: sha256 of the table that ships with the package.
CONCEPTS_SHA256 = "02f3dd1dd9535f5f10340d130ea6dcb36231b2a1bb3d55c74baf9ff5c146cd35"
#: Number of a sub-word without letters.
NO_CONCEPT = 65_535

#: Groups that the vocabulary is cut into, and rounds of the grouping.
_GROUPS = 3000
_ROUNDS = 8
#: Vectors that are compared with all centres at once.
_BATCH = 8192


def group_by_direction(
    vectors: NDArray[np.float32], n_groups: int, rounds: int, seed: int = 0
) -> NDArray[np.intp]:
    """Group of each vector by spherical k-means, from centres drawn among the vectors.

    Parameters
    ----------
    vectors : ndarray, shape (n, dimension)
        Each of length 1.
    n_groups : int
        At most n.
    rounds : int
        How often the centres are moved; not until nothing changes.
    seed : int

    Returns
    -------
    ndarray of int, shape (n,)
        In [0, n_groups). A group may be left empty.

    Notes
    -----
    Dhillon & Modha, "Concept decompositions for large sparse text data using clustering", Machine
    Learning 42 (2001). A group that no vector is nearest to begins anew at one that is drawn.
    """
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), n_groups, replace=False)]
    for _ in range(rounds):
        sums = np.zeros_like(centres)
        np.add.at(sums, _nearest(vectors, centres), vectors)
        lengths = np.linalg.norm(sums, axis=1)
        empty = lengths < 1e-6
        sums[empty] = vectors[rng.choice(len(vectors), int(empty.sum()))]
        centres = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return _nearest(vectors, centres)


def _nearest(vectors: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.intp]:
    starts = range(0, len(vectors), _BATCH)
    return np.concatenate([(vectors[at : at + _BATCH] @ centres.T).argmax(axis=1) for at in starts])


@lru_cache(maxsize=1)
def load_concepts() -> NDArray[np.uint16]:
    """Concept of each sub-word of the encoder, shape (vocabulary,), `NO_CONCEPT` for those without letters.

    Raises
    ------
    ModelMissing, ModelMismatch
        Where the table cannot be read, or is not the one on record.
    """
    path = Path(__file__).parent / "data" / "concepts.npz"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelMissing(
            f"the tagger wants {path.name}, which cannot be read in {path.parent}: reinstall fragcheck"
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != CONCEPTS_SHA256:
        raise ModelMismatch(
            f"{path.name} should have sha256 {CONCEPTS_SHA256} but has {found} in {path.parent}: "
            "reinstall fragcheck"
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("concepts.npy") as stream:
        table: NDArray[np.uint16] = np.load(stream, allow_pickle=False)
    return table


def _made() -> NDArray[np.uint16]:
    from fragcheck.nlp.encoder import load_encoder

    names, vectors = load_encoder().vocabulary()
    has_letters = np.array([any(sign.isalpha() for sign in name) for name in names])
    vectors = vectors - vectors[has_letters].mean(axis=0)
    vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    table = np.full(len(names), NO_CONCEPT, dtype=np.uint16)
    table[has_letters] = group_by_direction(vectors[has_letters], _GROUPS, _ROUNDS)
    return table


def main() -> int:
    """Write the table to the file that is named, and its sha256 to standard output."""
    path = Path(sys.argv[1])
    np.savez_compressed(path, concepts=_made())
    sys.stdout.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
