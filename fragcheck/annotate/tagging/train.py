"""Training of the tagging model from the provisions in ``training``.

Run by ``python -m fragcheck.annotate.tagging.train``.

scikit-learn is imported here only; tagging itself does without it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.features import (
    FeatureSpace,
    SubwordEncoder,
    inverse_document_frequencies,
    subword_means,
)
from fragcheck.annotate.tagging.model import TaggingModel, save_model
from fragcheck.annotate.tagging.scoring import ScoredText, interpolated_rows, pooled, probabilities
from fragcheck.annotate.tagging.tagger import packaged_model
from fragcheck.errors import ModelError
from fragcheck.nlp.encoder import load_encoder
from fragcheck.taxonomy import PACKAGED, load_taxonomy

__all__ = [
    "CHOSEN_THRESHOLDS",
    "SETTINGS",
    "VERSION",
    "Example",
    "TrainingParts",
    "examples_hash",
    "fit",
    "read_examples",
    "train",
    "training_folder",
]

#: Raised whenever training texts, features or settings change.
VERSION = "1.0.0"

#: C: inverse strength of the L2 penalty. min_texts: texts a term must stand in to be a feature.
#: cue_weight, context_words, peak_passages: see `FeatureSpace`, `interpolated_rows`, `pooled`.
SETTINGS: Mapping[str, float] = {
    "C": 0.5,
    "min_texts": 2,
    "cue_weight": 0.35,
    "context_words": 15.0,
    "peak_passages": 2.0,
}

#: Thresholds that replace the one with the best F1 on held-out groups. They cost up to 0.04 of that F1;
#: on the development parts of the evaluation sets these did better (said in the model card).
CHOSEN_THRESHOLDS: Mapping[str, float] = {"transparency": 0.3, "fairness": 0.6}

_COLUMNS = ("id", "language", "tradition", "context", "text", "principles", "sovereignty")


class Example(NamedTuple):
    """A provision written for training, with its tags."""

    id: str
    language: str
    tradition: str
    context: str
    text: str
    tags: tuple[str, ...]


def training_folder() -> Path:
    """Folder of the training texts that come with the package."""
    return Path(__file__).parent / "training"


def read_examples(folder: Path) -> tuple[Example, ...]:
    """Training provisions of all CSV files of `folder`, in order of file name and line.

    Raises
    ------
    ModelError
        Where there are none, a column is absent, a tag is unknown, or an id or a text stands twice.
    """
    known = (*load_taxonomy("principles").ids, *load_taxonomy("sovereignty").ids)
    examples: list[Example] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise ModelError(
                    f"{path.name} should have the columns {', '.join(_COLUMNS)}: {reader.fieldnames}"
                )
            examples.extend(_example(row, known, f"{path.name}:{reader.line_num}") for row in reader)
    if not examples:
        raise ModelError(f"training texts are wanted, *.csv in {folder}; there are none")
    for field in ("id", "text"):
        values = [getattr(example, field) for example in examples]
        if len(set(values)) < len(values):
            twice = next(value for value in values if values.count(value) > 1)
            raise ModelError(f"training texts in {folder}: {field} {twice!r} stands there twice")
    return tuple(examples)


def _example(row: Mapping[str, str], known: Sequence[str], where: str) -> Example:
    tags = tuple(tag for field in ("principles", "sovereignty") for tag in row[field].split(";") if tag)
    for tag in tags:
        if tag not in known:
            raise ModelError(f"{where}: tag {tag!r} is unknown; known are {', '.join(known)}")
    if not row["text"].strip():
        raise ModelError(f"{where}: a text is wanted, nothing came")
    return Example(row["id"], row["language"], row["tradition"], row["context"], row["text"], tags)


def train(
    examples: Sequence[Example], encoder: SubwordEncoder, settings: Mapping[str, float] = SETTINGS
) -> tuple[TaggingModel, dict[str, Any]]:
    """Fit the classifier, its calibration and its thresholds on `examples`.

    Parameters
    ----------
    examples : sequence of Example
    encoder : SubwordEncoder
    settings : mapping of str to float

    Returns
    -------
    model : TaggingModel
        Without sha256; the same examples give the same coefficients to 1e-6.
    figures : dict
        Per tag: positives, and average precision and F1 on held-out traditions.

    Notes
    -----
    Calibration and thresholds come from margins of texts whose whole group
    (language and tradition) was held out: nearer to a law that the model has
    not seen than random folds are. Platt, "Probabilistic outputs for support
    vector machines" (1999); the threshold is the one with the best F1,
    where `CHOSEN_THRESHOLDS` does not name another.
    """
    weights, bias, parts = fit(examples, encoder, settings)
    margins = _held_out_margins(parts, _groups(examples), settings)
    slope, offset = _platt(margins, parts.truth)
    chances = probabilities(margins, slope, offset)
    threshold = np.asarray(
        [
            CHOSEN_THRESHOLDS.get(name) or _best_threshold(chances[:, k], parts.truth[:, k])
            for k, name in enumerate(parts.tags)
        ]
    )
    hashes = {
        "encoder": encoder.sha256,
        **{name: load_taxonomy(name).sha256 for name in PACKAGED},
        "training": examples_hash(examples),
    }
    model = TaggingModel(
        tags=parts.tags,
        weights=weights,
        bias=bias,
        idf=parts.space.idf,
        centre=parts.space.centre,
        slope=slope,
        offset=offset,
        threshold=threshold,
        settings=settings,
        version=VERSION,
        hashes=hashes,
    )
    return model, _figures(parts.tags, chances, parts.truth, threshold)


class TrainingParts(NamedTuple):
    """What the regressions are fitted on: a row of `rows` is a passage of the example in `owner`."""

    tags: tuple[str, ...]
    space: FeatureSpace
    rows: csr_matrix
    owner: NDArray[np.intp]
    truth: NDArray[np.bool_]


def fit(
    examples: Sequence[Example], encoder: SubwordEncoder, settings: Mapping[str, float] = SETTINGS
) -> tuple[NDArray[np.float64], NDArray[np.float64], TrainingParts]:
    """Weights, shape (n_tags, n_features), and biases of the regressions, and what they were fitted on."""
    taxonomies = [load_taxonomy(name) for name in PACKAGED]
    tags = tuple(name for taxonomy in taxonomies for name in taxonomy.ids)
    texts = [item.text for item in examples]
    space = FeatureSpace(
        inverse_document_frequencies(texts, int(settings["min_texts"])),
        subword_means(encoder, texts).mean(axis=0),
        settings["cue_weight"],
        tuple(CueMatcher(taxonomy) for taxonomy in taxonomies),
        encoder,
    )
    items = [ScoredText(item.text, item.context, item.language) for item in examples]
    rows, owner = interpolated_rows(space, items, settings["context_words"])
    truth = np.asarray([[name in item.tags for name in tags] for item in examples])
    weights, bias = _fit(rows, truth[owner], owner, settings)
    return weights, bias, TrainingParts(tags, space, rows, owner, truth)


def _groups(examples: Sequence[Example]) -> NDArray[np.intp]:
    names = [(item.language, item.tradition) for item in examples]
    number = {name: index for index, name in enumerate(sorted(set(names)))}
    return np.asarray([number[name] for name in names], dtype=np.intp)


def _fit(
    rows: csr_matrix, truth: NDArray[np.bool_], owner: NDArray[np.intp], settings: Mapping[str, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.linear_model import LogisticRegression

    # Passages of one example share its weight, so that long examples do not count more.
    share = 1 / np.bincount(owner)[owner]
    weights, bias = [], []
    for column in truth.T:
        regression = LogisticRegression(C=settings["C"], class_weight="balanced", tol=1e-8, max_iter=10_000)
        regression.fit(rows, column, sample_weight=share)
        weights.append(regression.coef_[0])
        bias.append(regression.intercept_[0])
    return np.asarray(weights), np.asarray(bias)


def _held_out_margins(
    parts: TrainingParts, groups: NDArray[np.intp], settings: Mapping[str, float]
) -> NDArray[np.float64]:
    rows, owner, truth = parts.rows, parts.owner, parts.truth
    passage_margins = np.zeros((len(owner), truth.shape[1]))
    for group in np.unique(groups):
        held_out = groups[owner] == group
        seen = np.unique(owner[~held_out], return_inverse=True)[1]
        weights, bias = _fit(rows[~held_out], truth[owner[~held_out]], seen, settings)
        passage_margins[held_out] = rows[held_out] @ weights.T + bias
    return pooled(passage_margins, owner, len(truth), int(settings["peak_passages"]))


def _platt(
    margins: NDArray[np.float64], truth: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.linear_model import LogisticRegression

    slope, offset = [], []
    for margin, column in zip(margins.T, truth.T, strict=True):
        regression = LogisticRegression(C=1e6, tol=1e-8, max_iter=10_000).fit(margin[:, None], column)
        slope.append(regression.coef_[0, 0])
        offset.append(regression.intercept_[0])
    return np.asarray(slope), np.asarray(offset)


def _best_threshold(chances: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    candidates = np.arange(0.1, 0.91, 0.01)
    scores = [_f1(chances >= candidate, truth) for candidate in candidates]
    return round(float(candidates[int(np.argmax(scores))]), 2)


def _f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    right = float((said & truth).sum())
    return 2 * right / max(float(said.sum() + truth.sum()), 1.0)


def examples_hash(examples: Sequence[Example]) -> str:
    """Return the sha256 of texts, languages, contexts and tags, in their order."""
    text = "\n".join("\t".join((*item[:5], ";".join(item.tags))) for item in examples)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _figures(
    tags: Sequence[str],
    chances: NDArray[np.float64],
    truth: NDArray[np.bool_],
    threshold: NDArray[np.float64],
) -> dict[str, Any]:
    from sklearn.metrics import average_precision_score

    return {
        name: {
            "positives": int(truth[:, k].sum()),
            "average_precision": round(float(average_precision_score(truth[:, k], chances[:, k])), 4),
            "f1": round(_f1(chances[:, k] >= threshold[k], truth[:, k]), 4),
            "threshold": float(threshold[k]),
        }
        for k, name in enumerate(tags)
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Train on the packaged texts and write the model; return 0."""
    parser = argparse.ArgumentParser(description="Train the tagging model from the texts in the tree.")
    parser.add_argument(
        "--training", type=Path, default=training_folder(), help="folder of training CSV files"
    )
    parser.add_argument(
        "--output", type=Path, default=packaged_model(), help="folder for model.npz and model.json"
    )
    arguments = parser.parse_args(argv)
    examples = read_examples(arguments.training)
    model, figures = train(examples, load_encoder())
    description = {
        "name": "fragcheck-principles",
        "licence": "Apache-2.0",
        "examples": len(examples),
        "held_out_figures": figures,
    }
    arguments.output.mkdir(parents=True, exist_ok=True)
    sha256 = save_model(model, arguments.output, description)
    for name, figure in figures.items():
        sys.stderr.write(f"{name:15s} {figure}\n")
    sys.stderr.write(f"model {model.version}, sha256 {sha256}, {len(examples)} examples\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
