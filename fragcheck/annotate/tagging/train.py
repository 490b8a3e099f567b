"""Training of the tagging model from the provisions in ``training``, run by ``fragcheck train``.

scikit-learn is imported here only; tagging itself does without it.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from fragcheck.annotate.tagging.calibrating import best_threshold, f1, platt
from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.features import (
    FeatureSpace,
    SubwordEncoder,
    concept_frequencies,
    inverse_document_frequencies,
    stems_of,
    subword_means,
    terms_of,
)
from fragcheck.annotate.tagging.model import TaggingModel, save_model
from fragcheck.annotate.tagging.scoring import (
    ScoredText,
    calibration_error,
    interpolated_rows,
    pooled,
    probabilities,
)
from fragcheck.errors import ModelError
from fragcheck.taxonomy import PACKAGED, load_taxonomy

__all__ = [
    "CHOSEN_THRESHOLDS",
    "SETTINGS",
    "VERSION",
    "Example",
    "TrainingParts",
    "examples_hash",
    "fit",
    "held_out_margins",
    "read_examples",
    "train",
    "training_folder",
    "write_model",
]

#: Raised whenever training texts, features or settings change.
VERSION = "2.6.0"

#: C: inverse strength of the L2 penalty. min_texts: texts a term must stand in to be a feature.
#: ratio_share, ratio_smoothing: see `_log_ratios`.
#: The weights, context_words and peak_passages: see `FeatureSpace`, `passage_margins`, `pooled`.
SETTINGS: Mapping[str, float] = {
    "C": 1.0,
    "min_texts": 2,
    "ratio_share": 0.5,
    "ratio_smoothing": 1.0,
    "term_weight": 0.85,
    "stem_weight": 0.7,
    "concept_weight": 0.5,
    "vector_weight": 0.7,
    "cue_weight": 0.35,
    "phrase_weight": 1.4,
    "context_words": 8.0,
    "peak_passages": 2.0,
}

#: Thresholds that replace the one with the best F1 on held-out groups. They cost up to 0.03 of that F1;
#: on the development parts of the evaluation sets these did better (said in the model card).
CHOSEN_THRESHOLDS: Mapping[str, float] = {
    "safety": 0.35,
    "transparency": 0.4,
    "accountability": 0.35,
    "fairness": 0.6,
    "human_centric": 0.3,
    "privacy": 0.5,
}

#: Folds of whole groups that calibration and thresholds come from, and how closely their fits converge.
_FOLDS = 5
_FOLD_TOLERANCE = 1e-4

#: Margin of a tag that all training texts bear; the opposite where none does.
_CERTAIN = 6.0

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


def read_examples(place: Path) -> tuple[Example, ...]:
    """Labelled provisions of a CSV file, or of all CSV files of a folder, in order of file name and line.

    Raises
    ------
    ModelError
        Where there are none, a column is absent, a tag is unknown, or an id or a text stands twice.
    """
    known = (*load_taxonomy("principles").ids, *load_taxonomy("sovereignty").ids)
    examples: list[Example] = []
    for path in sorted(place.glob("*.csv")) if place.is_dir() else [place]:
        with _opened(path) as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise ModelError(
                    f"{path.name} should have the columns {', '.join(_COLUMNS)}: {reader.fieldnames}"
                )
            examples.extend(_example(row, known, f"{path.name}:{reader.line_num}") for row in reader)
    if not examples:
        raise ModelError(f"training texts are wanted, *.csv in {place}; there are none")
    for field in ("id", "text"):
        values = [getattr(example, field) for example in examples]
        if len(set(values)) < len(values):
            twice = next(value for value in values if values.count(value) > 1)
            raise ModelError(f"training texts in {place}: {field} {twice!r} stands there twice")
    return tuple(examples)


def _opened(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ModelError(
            f"labelled provisions are wanted, a CSV file or a folder of them; {path} cannot be read "
            f"({error.strerror or error})"
        ) from error


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
    margins = held_out_margins(parts, examples, settings)
    slope, offset = platt(margins, parts.truth)
    chances = probabilities(margins, slope, offset)
    threshold = np.asarray(
        [
            CHOSEN_THRESHOLDS.get(name) or best_threshold(chances[:, k], parts.truth[:, k])
            for k, name in enumerate(parts.tags)
        ]
    )
    hashes = {
        "encoder": encoder.sha256,
        "concepts": encoder.concepts_sha256,
        **{name: load_taxonomy(name).sha256 for name in PACKAGED},
        "training": examples_hash(examples),
    }
    model = TaggingModel(
        tags=parts.tags,
        weights=weights,
        bias=bias,
        idf=parts.space.idf,
        stems=parts.space.stems,
        concepts=parts.space.concepts,
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
    found = [terms_of(text) for text in texts]
    space = FeatureSpace(
        inverse_document_frequencies(found, int(settings["min_texts"])),
        inverse_document_frequencies([stems_of(own) for own in found], int(settings["min_texts"])),
        concept_frequencies(encoder, texts, int(settings["min_texts"])),
        subword_means(encoder, texts).mean(axis=0),
        settings,
        tuple(CueMatcher(taxonomy) for taxonomy in taxonomies),
        encoder,
    )
    items = [ScoredText(item.text, item.context, item.language) for item in examples]
    rows, owner = interpolated_rows(space, items, settings["context_words"])
    truth = np.asarray([[name in item.tags for name in tags] for item in examples])
    parts = TrainingParts(tags, space, rows, owner, truth)
    weights, bias = _fit(parts, np.ones(len(owner), dtype=bool), settings)
    return weights, bias, parts


def _groups(examples: Sequence[Example]) -> NDArray[np.intp]:
    names = [(item.language, item.tradition) for item in examples]
    number = {name: index for index, name in enumerate(sorted(set(names)))}
    return np.asarray([number[name] for name in names], dtype=np.intp)


def _fit(
    parts: TrainingParts, seen: NDArray[np.bool_], settings: Mapping[str, float], tolerance: float = 1e-8
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights and biases from the passages that are `seen`; a tag learns from no other tag's phrases."""
    from sklearn.linear_model import LogisticRegression

    # Passages of one example share its weight, so that long examples do not count more.
    share = (1 / np.bincount(parts.owner)[parts.owner])[seen]
    truth = parts.truth[parts.owner[seen]]
    rows = csr_matrix(parts.rows[seen])
    stands = csr_matrix(rows[:, : parts.space.n_terms] > 0, dtype=np.float64)
    weights, bias = [], []
    for name, column in zip(parts.tags, truth.T, strict=True):
        used = parts.space.columns_of(name)
        coefficients = np.zeros(parts.space.n_features)
        if column.all() or not column.any():  # a tag that these texts never, or always, bear
            weights.append(coefficients)
            bias.append(_CERTAIN if column.all() else -_CERTAIN)
            continue
        regression = LogisticRegression(
            C=settings["C"], class_weight="balanced", tol=tolerance, max_iter=10_000
        )
        scale = np.ones(parts.space.n_features)
        scale[: parts.space.n_terms] = _log_ratios(stands, column, settings)
        scaled = csr_matrix(rows @ diags(scale))
        regression.fit(scaled[:, used], column, sample_weight=share)
        coefficients[used] = regression.coef_[0] * scale[used]
        weights.append(coefficients)
        bias.append(regression.intercept_[0])
    return np.asarray(weights), np.asarray(bias)


def _log_ratios(
    stands: csr_matrix, truth: NDArray[np.bool_], settings: Mapping[str, float]
) -> NDArray[np.float64]:
    """Scale of each term before the fit: by how unevenly it stands in texts with the tag and without.

    s = 1 - b + b·|r| / mean |r|, r = ln((p / Σp) / (q / Σq)), p = a + texts with the tag that hold the
    term, q = a + texts without; b = ratio_share, a = ratio_smoothing. A term that tells is then penalised
    less than one that stands everywhere. Wang & Manning, "Baselines and bigrams" (ACL 2012), whose
    scale is r itself.
    """
    held = settings["ratio_smoothing"] + np.asarray(stands[truth].sum(axis=0)).ravel()
    others = settings["ratio_smoothing"] + np.asarray(stands[~truth].sum(axis=0)).ravel()
    ratios = np.abs(np.log(held / held.sum()) - np.log(others / others.sum()))
    share = settings["ratio_share"]
    scale: NDArray[np.float64] = 1 - share + share * ratios / max(float(ratios.mean()), 1e-12)
    return scale


def _folds(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Fold of each example: whole groups, the largest first, each into the fold with fewest examples.

    Fewer groups than folds cannot be held out whole: then every fifth example goes to one fold.
    """
    if len(np.unique(groups)) < _FOLDS:
        return np.arange(len(groups), dtype=np.intp) % _FOLDS
    sizes = np.bincount(groups)
    filled = np.zeros(_FOLDS, dtype=np.intp)
    fold_of = np.zeros(len(sizes), dtype=np.intp)
    for group in np.argsort(-sizes, kind="stable"):
        fold_of[group] = int(np.argmin(filled))
        filled[fold_of[group]] += sizes[group]
    return fold_of[groups]


def held_out_margins(
    parts: TrainingParts, examples: Sequence[Example], settings: Mapping[str, float] = SETTINGS
) -> NDArray[np.float64]:
    """Margins, shape (n_examples, n_tags), each by a fit that saw no text of its language and tradition."""
    passage_margins = np.zeros((len(parts.owner), len(parts.tags)))
    folds = _folds(_groups(examples))
    for fold in range(_FOLDS):
        held_out = folds[parts.owner] == fold
        weights, bias = _fit(parts, ~held_out, settings, _FOLD_TOLERANCE)
        passage_margins[held_out] = parts.rows[held_out] @ weights.T + bias
    return pooled(passage_margins, parts.owner, len(parts.truth), int(settings["peak_passages"]))


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
    return {
        name: {
            "positives": int(truth[:, k].sum()),
            "average_precision": round(_average_precision(truth[:, k], chances[:, k]), 4),
            "f1": round(f1(chances[:, k] >= threshold[k], truth[:, k]), 4),
            "threshold": float(threshold[k]),
            "calibration_error": round(calibration_error(chances[:, k], truth[:, k]), 4),
        }
        for k, name in enumerate(tags)
    }


def _average_precision(truth: NDArray[np.bool_], chances: NDArray[np.float64]) -> float:
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(truth, chances)) if truth.any() else 0.0


def write_model(
    examples: Sequence[Example], output: Path, encoder: SubwordEncoder
) -> tuple[TaggingModel, dict[str, Any]]:
    """Train on `examples` and write ``model.npz`` and ``model.json`` to `output`.

    Returns
    -------
    TaggingModel, dict
        The model with its sha256, and the figures of `train`.

    Raises
    ------
    ModelError
        Where `output` cannot be written, or a tag has too few examples to be learnt.
    """
    model, figures = train(examples, encoder)
    description = {
        "name": "fragcheck-principles",
        "licence": "Apache-2.0",
        "examples": len(examples),
        "held_out_figures": figures,
    }
    try:
        output.mkdir(parents=True, exist_ok=True)
        sha256 = save_model(model, output, description)
    except OSError as error:
        raise ModelError(f"the model should be written to {output}: {error.strerror or error}") from error
    return dataclasses.replace(model, sha256=sha256), figures
