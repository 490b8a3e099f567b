"""The trained classifier as arrays and a description; kept without pickle."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fragcheck.errors import ModelMismatch, ModelMissing

__all__ = ["TaggingModel", "load_model", "save_model"]

#: Raised whenever the arrays or their meaning change.
FORMAT = 5

_ARRAYS = (
    "weights",
    "bias",
    "centre",
    "idf",
    "terms",
    "stem_idf",
    "stems",
    "concept_idf",
    "concepts",
    "slope",
    "offset",
    "threshold",
)


@dataclass(frozen=True, slots=True)
class TaggingModel:
    """One-vs-rest logistic regression with its features' statistics and its calibration.

    Parameters
    ----------
    tags : tuple of str
        Principles, then control points.
    weights : ndarray, shape (n_tags, n_features)
    bias : ndarray, shape (n_tags,)
    idf, stems : mapping of str to float
        Terms and stems with their inverse document frequency.
    concepts : mapping of int to float
        The same for groups of sub-words, see `fragcheck.nlp.concepts`.
    centre : ndarray, shape (dimension,)
    slope, offset : ndarray, shape (n_tags,)
        Platt scaling: probability = 1 / (1 + exp(-(slope·asinh(margin) + offset))).
    threshold : ndarray, shape (n_tags,)
        Probability from which a tag is on.
    settings : mapping of str to float
        ``term_weight``, ``stem_weight``, ``concept_weight``, ``vector_weight``, ``cue_weight``,
        ``phrase_weight``, ``context_words``, ``peak_passages``; those of training beside them.
    version, sha256 : str
        `sha256` is that of the array file.
    hashes : mapping of str to str
        sha256 of the encoder, of its concepts, of the taxonomies and of the training texts it was made with.
    """

    tags: tuple[str, ...]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    idf: Mapping[str, float]
    stems: Mapping[str, float]
    concepts: Mapping[int, float]
    centre: NDArray[np.float64]
    slope: NDArray[np.float64]
    offset: NDArray[np.float64]
    threshold: NDArray[np.float64]
    settings: Mapping[str, float]
    version: str
    hashes: Mapping[str, str]
    sha256: str = ""


def save_model(model: TaggingModel, folder: Path, description: Mapping[str, Any]) -> str:
    """Write ``model.npz`` and ``model.json`` to `folder`.

    Parameters
    ----------
    model : TaggingModel
    folder : Path
        Must exist.
    description : mapping
        Further entries of the JSON file, such as licence and figures.

    Returns
    -------
    str
        sha256 of ``model.npz``; the same arrays give the same bytes.
    """
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        weights=model.weights.astype(np.float32),
        bias=model.bias,
        centre=model.centre.astype(np.float32),
        idf=np.asarray(list(model.idf.values()), dtype=np.float32),
        terms=_packed(model.idf),
        stem_idf=np.asarray(list(model.stems.values()), dtype=np.float32),
        stems=_packed(model.stems),
        concept_idf=np.asarray(list(model.concepts.values()), dtype=np.float32),
        concepts=np.asarray(list(model.concepts), dtype=np.uint16),
        slope=model.slope,
        offset=model.offset,
        threshold=model.threshold,
    )
    content = stream.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    record = {
        "format": FORMAT,
        "version": model.version,
        "sha256": sha256,
        "tags": list(model.tags),
        "settings": dict(model.settings),
        "hashes": dict(model.hashes),
        **description,
    }
    (folder / "model.npz").write_bytes(content)
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")
    return sha256


def load_model(folder: Path) -> TaggingModel:
    """Read the model of `folder`, after its sha256 has been checked.

    Raises
    ------
    ModelMissing
        Where ``model.npz`` or ``model.json`` is not there.
    ModelMismatch
        Where the description is of another format or cannot be read, or the
        arrays are not the ones it describes.
    """
    record = _record(folder)
    content = _content(folder / "model.npz")
    found = hashlib.sha256(content).hexdigest()
    if found != record["sha256"]:
        raise ModelMismatch(
            f"model.npz should have sha256 {record['sha256']} but has {found} in {folder}: "
            "reinstall fragcheck or train again"
        )
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in _ARRAYS}
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ModelMismatch(
            f"model.npz in {folder} wants the arrays {', '.join(_ARRAYS)}: {error}"
        ) from error
    return TaggingModel(
        tags=tuple(record["tags"]),
        weights=arrays["weights"].astype(np.float64),
        bias=arrays["bias"],
        idf=_unpacked(arrays["terms"], arrays["idf"]),
        stems=_unpacked(arrays["stems"], arrays["stem_idf"]),
        concepts=dict(
            zip(arrays["concepts"].tolist(), arrays["concept_idf"].astype(float).tolist(), strict=True)
        ),
        centre=arrays["centre"].astype(np.float64),
        slope=arrays["slope"],
        offset=arrays["offset"],
        threshold=arrays["threshold"],
        settings=record["settings"],
        version=record["version"],
        hashes=record["hashes"],
        sha256=found,
    )


def _packed(terms: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(terms).encode("utf-8"), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8], values: NDArray[np.float32]) -> dict[str, float]:
    if not len(values):
        return {}
    terms = packed.tobytes().decode("utf-8").split("\n")
    return dict(zip(terms, values.astype(float).tolist(), strict=True))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelMissing(
            f"the tagger wants {path.name}, which cannot be read in {path.parent}: "
            "reinstall fragcheck or train the model"
        ) from error


def _record(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads(_content(folder / "model.json"))
    except ValueError as error:
        raise ModelMismatch(f"model.json in {folder} is no JSON ({error}): reinstall fragcheck") from error
    wanted = {"format", "version", "sha256", "tags", "settings", "hashes"}
    if not isinstance(record, dict) or not wanted <= set(record) or record["format"] != FORMAT:
        raise ModelMismatch(
            f"model.json in {folder} wants the fields {', '.join(sorted(wanted))} and format {FORMAT}: "
            "reinstall fragcheck or train again"
        )
    return record
