"""Fit the evidence models anew: ``python -m fragcheck.pipeline.evidence_fit``.

The documents are annotated and aligned as any other, so the models see fields with the faults
that they have in use. ``apart`` and ``abroad`` learn from the reference instruments, in which
provisions of one concept state the same rule in other words, and from candidates between real laws
that were judged by reading: made-up instruments are short and alike, real laws are long and mostly
without counterpart. ``kindred`` and ``translated`` learn from the project's own sample
laws and instruments, planted with counterparts (`fragcheck.pipeline.planting`).
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fragcheck.align import align, distinct_units
from fragcheck.align.judgements import judgements, judgements_digest
from fragcheck.align.reference import reference_digest, reference_provisions
from fragcheck.align.traits import FEATURES, candidate_features
from fragcheck.align.wording import normal_form
from fragcheck.annotate import load_tagger
from fragcheck.catalogue import sample_paths, sample_truth
from fragcheck.nlp.encoder import SentenceEncoder, load_encoder
from fragcheck.pipeline.analysis import analyse_file
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.pipeline.planting import PlantedPair, plant, reference_analyses, translated_analyses
from fragcheck.records import Alignment, Analysis, Unit

__all__ = ["fit_evidence", "main", "own_laws"]

FloatArray = NDArray[np.float64]

#: Inverse strength of the ridge penalty on standardised features.
_INVERSE_PENALTY = 1.0
#: A judged candidate of real laws weighs as many made-up ones.
_JUDGED_WEIGHT = 10.0
_TOP = 10
_DECIMALS = 4
#: Planted pairs drawn from each law.
_DRAWS, _DRAWS_TRANSLATED = 12, 30

_FIELDS = (
    "same_act",
    "other_act",
    "same_party",
    "lone_quantity",
    "term_overlap",
    "rule_and_definition",
    "principles",
)
_MARGINS = ("short_of_best", "short_of_both", "lead_of_both", "lead_of_one")
#: What each model looks at.
_FEATURES_OF = {
    "apart": (
        "score",
        "size",
        "words",
        "first_of_one",
        "first_of_both",
        "authority_and_other",
        "shared_quantity",
        *_FIELDS,
    ),
    "kindred": (
        "score",
        "words",
        "own_words",
        "own_words_squared",
        "surroundings",
        "own_words_in_surroundings",
        "length",
        *_MARGINS,
        *_FIELDS,
    ),
    # Terms of two languages share no words but by chance.
    "abroad": (
        "score",
        "size",
        "first_of_one",
        "first_of_both",
        "authority_and_other",
        "shared_quantity",
        *(name for name in _FIELDS if name != "term_overlap"),
    ),
    "translated": ("score", "words", *_MARGINS),
}


def fit_evidence() -> dict[str, object]:
    """Return the fitted models as they are stored: coefficients, and what they rest on.

    Two reference provisions of one concept are counterparts, all others are not; every pair of the
    reference instruments is used. A judged candidate counts with the share of readings that hold it for one.
    All reference instruments share concepts, so ``abroad`` sees short documents that share nothing as well.
    """
    encoder = RememberingEncoder(load_encoder())
    rows, truth = _reference_candidates(encoder)
    is_foreign = rows[:, FEATURES.index("is_foreign")] > 0
    kindred, translated = _planted_candidates(encoder)
    strangers = _unshared_candidates(encoder)
    foreign = (
        np.concatenate([rows[is_foreign], strangers]),
        np.concatenate([truth[is_foreign], np.zeros(len(strangers))]),
    )
    seen = {
        "apart": _with_judged(rows[~is_foreign], truth[~is_foreign], is_foreign=False),
        "kindred": (*kindred, np.ones(len(kindred[1]))),
        "abroad": _with_judged(*foreign, is_foreign=True),
        "translated": (*translated, np.ones(len(translated[1]))),
    }
    planted = files("fragcheck.align").joinpath("calibration")
    return {
        "models": {name: _fitted(name, *material) for name, material in seen.items()},
        "n_judged": len(judgements()),
        "reference_sha256": reference_digest(),
        "judgements_sha256": judgements_digest(),
        "translations_sha256": hashlib.sha256(planted.joinpath("translations.csv").read_bytes()).hexdigest(),
    }


def _fitted(name: str, rows: FloatArray, truth: FloatArray, weights: FloatArray) -> dict[str, object]:
    """One model, its coefficients those of the features as they are."""
    from sklearn.linear_model import LogisticRegression

    wanted = _FEATURES_OF[name]
    chosen = rows[:, [FEATURES.index(feature) for feature in wanted]]
    mean, spread = chosen.mean(axis=0), np.maximum(chosen.std(axis=0), 1e-9)
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=5000, tol=1e-10).fit(
        (chosen - mean) / spread, truth, sample_weight=weights
    )
    coefficients = model.coef_[0] / spread
    return {
        "intercept": round(float(model.intercept_[0] - coefficients @ mean), _DECIMALS),
        "coefficients": {
            feature: round(float(value), _DECIMALS)
            for feature, value in zip(wanted, coefficients, strict=True)
        },
        "n_candidates": len(rows),
        "n_counterparts": int((truth * (weights > 0)).sum()),
    }


def _with_judged(
    rows: FloatArray, truth: FloatArray, *, is_foreign: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The reference candidates and, twice each, the judged ones: as counterpart and as none."""
    judged = [judgement for judgement in judgements() if judgement.is_foreign == is_foreign]
    shares = np.array([judgement.share for judgement in judged])
    known = [dict(judgement.features) for judgement in judged]
    features = np.array([[values.get(name, 0.0) for name in FEATURES] for values in known])
    return (
        np.concatenate([rows, features, features]),
        np.concatenate([truth, np.ones(len(judged)), np.zeros(len(judged))]),
        np.concatenate([np.ones(len(truth)), _JUDGED_WEIGHT * shares, _JUDGED_WEIGHT * (1.0 - shares)]),
    )


def _reference_candidates(encoder: SentenceEncoder) -> tuple[FloatArray, FloatArray]:
    """Features, shape (n, d), and truth, shape (n,), of the candidates between all reference instruments."""
    concepts = {f"p{index}": provision.concept for index, provision in enumerate(reference_provisions())}
    sides = [distinct_units(analysis) for _, analysis in reference_analyses(load_tagger())]
    rows: list[FloatArray] = []
    truth: list[bool] = []
    for left, right in itertools.combinations(sides, 2):
        eids = {unit.key: unit.eid for unit in (*left, *right)}
        alignment = _aligned(left, right, encoder)
        rows.append(candidate_features(left, right, alignment))
        truth += [concepts[eids[c.left]] == concepts[eids[c.right]] for c in alignment.candidates]
    return np.concatenate(rows), np.array(truth, dtype=np.float64)


def _aligned(left: Sequence[Unit], right: Sequence[Unit], encoder: SentenceEncoder) -> Alignment:
    return align(
        [unit.text_unit for unit in left],
        [unit.text_unit for unit in right],
        top=_TOP,
        encoder=encoder,
        both_ways=True,
    )


def own_laws() -> Iterator[tuple[str, Analysis]]:
    """The sample laws and the reference instruments, by name."""
    for path, document in zip(sample_paths(), sample_truth().documents, strict=True):
        yield document.id, analyse_file(path, AnalysisOptions(tradition=document.tradition, ocr="never"))
    yield from reference_analyses(load_tagger())


def _planted_candidates(
    encoder: SentenceEncoder,
) -> tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
    """Features and truth of the candidates of planted drafts, and of planted translations."""
    drafts = [(name, law, law, _DRAWS) for name, law in own_laws()]
    translations = [(*entry, _DRAWS_TRANSLATED) for entry in translated_analyses(load_tagger())]
    return _planted(drafts, encoder), _planted(translations, encoder)


def _unshared_candidates(encoder: SentenceEncoder) -> FloatArray:
    """Features of the candidates between short documents of two languages that share no provision."""
    rows: list[FloatArray] = []
    for name, left, right in translated_analyses(load_tagger()):
        for number in range(_DRAWS):
            rng = random.Random(f"unshared {name} {number}")  # noqa: S311 - no secret, a repeatable draw
            pair = plant(left, right, load_tagger(), rng, share=0.0)
            rows.append(candidate_features(pair.left, pair.right, _aligned(pair.left, pair.right, encoder)))
    return np.concatenate(rows)


def _planted(
    laws: Sequence[tuple[str, Analysis, Analysis, int]], encoder: SentenceEncoder
) -> tuple[FloatArray, FloatArray]:
    rows: list[FloatArray] = []
    truth: list[FloatArray] = []
    for name, left, right, draws in laws:
        for number in range(draws):
            rng = random.Random(f"fit {name} {number}")  # noqa: S311 - no secret, a repeatable draw
            pair = plant(left, right, load_tagger(), rng)
            if not pair.left or not pair.right:
                continue
            alignment = _aligned(pair.left, pair.right, encoder)
            features = candidate_features(pair.left, pair.right, alignment)
            known = np.array([(c.left, c.right) in pair.truth for c in alignment.candidates], dtype=float)
            is_open = _is_open(pair, alignment)
            rows.append(features[is_open])
            truth.append(known[is_open])
    return np.concatenate(rows), np.concatenate(truth)


def _is_open(pair: PlantedPair, alignment: Alignment) -> NDArray[np.bool_]:
    """Candidates of different words: those of the same are matched with certainty, by rule."""
    words = {unit.key: normal_form(unit.text_unit.text) for unit in pair.left}
    others = {unit.key: normal_form(unit.text_unit.text) for unit in pair.right}
    return np.array([words[c.left] != others[c.right] for c in alignment.candidates], dtype=np.bool_)


def main() -> None:
    """Write the fitted models into the package."""
    target = Path(str(files("fragcheck.align").joinpath("data/evidence.json")))
    target.write_text(json.dumps(fit_evidence(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
