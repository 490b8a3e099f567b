"""Find the directions of the screen's vectors anew: ``python -m fragcheck.pipeline.projection_fit``.

Principal components about the mean of a language, of the texts alone, no label is looked at: the reference
provisions and the training provisions of the tagger, all of the project's own wording.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.probability import load_calibration
from fragcheck.align.projection import DENSE_DIMENSIONS, PROJECTION_GRID
from fragcheck.align.reference import reference_provisions
from fragcheck.align.vectors import centred, embed
from fragcheck.annotate.tagging.train import read_examples, training_folder
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.records import TextUnit

__all__ = ["fit_projection", "main", "own_texts", "texts_digest"]


def own_texts() -> tuple[TextUnit, ...]:
    """The texts, by language and in the order of their files."""
    found = [
        *(TextUnit("", item.text, item.heading, "", item.language) for item in reference_provisions()),
        *(
            TextUnit("", item.text, "", item.context, item.language)
            for item in read_examples(training_folder())
        ),
    ]
    return tuple(sorted(found, key=lambda unit: unit.language))


def texts_digest(texts: tuple[TextUnit, ...]) -> str:
    """sha256 of the texts with all that stands around them."""
    parts = (f"{unit.language}\0{unit.context}\0{unit.heading}\0{unit.text}\n" for unit in texts)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def fit_projection(texts: tuple[TextUnit, ...], encoder: SentenceEncoder) -> NDArray[np.int16]:
    """Return the directions as columns, largest variance first, in units of 1 / `PROJECTION_GRID`.

    Shape (d, `DENSE_DIMENSIONS`). The sign of a direction is that of its largest entry made positive.
    """
    means = load_calibration().means
    by_language: dict[str, list[TextUnit]] = defaultdict(list)
    for unit in texts:
        by_language[unit.language].append(unit)
    moment = np.zeros((encoder.dimension, encoder.dimension))
    for language, units in by_language.items():
        vectors = centred(embed(units, encoder), means.get(language, means[""])).whole
        moment += vectors.T @ vectors / math.sqrt(len(vectors))
    directions = np.linalg.eigh(moment)[1][:, ::-1][:, :DENSE_DIMENSIONS]
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(DENSE_DIMENSIONS)]
    entries: NDArray[np.int16] = np.rint(directions * np.sign(largest) * PROJECTION_GRID).astype(np.int16)
    return entries


def main() -> None:
    """Write the directions into the package."""
    encoder, texts = load_encoder(), own_texts()
    place = Path(str(files("fragcheck.align").joinpath("data/projection.npz")))
    np.savez_compressed(
        place,
        entries=fit_projection(texts, encoder),
        encoder_sha256=np.array(encoder.sha256),
        texts_sha256=np.array(texts_digest(texts)),
    )


if __name__ == "__main__":
    main()
