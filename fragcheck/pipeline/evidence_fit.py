"""Fit the evidence model anew: ``python -m fragcheck.pipeline.evidence_fit``.

The reference provisions are annotated and aligned as documents are, so the model
sees fields with the faults that they have in use. Candidates between real laws that were judged by
reading are added: made-up instruments are short and alike, real laws are long and mostly without counterpart.
"""

from __future__ import annotations

import itertools
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fragcheck.align import align, distinct_units
from fragcheck.align.evidence import FEATURES, candidate_features
from fragcheck.align.judgements import judgements, judgements_digest
from fragcheck.align.reference import ReferenceProvision, reference_digest, reference_provisions
from fragcheck.annotate import Tagger, annotate, load_tagger
from fragcheck.nlp.encoder import load_encoder
from fragcheck.pipeline.encoding import RememberingEncoder
from fragcheck.records import Analysis, Document, Provision, ProvisionKind, Segmentation, Tradition

__all__ = ["fit_evidence", "main"]

FloatArray = NDArray[np.float64]

#: Inverse strength of the ridge penalty.
_INVERSE_PENALTY = 1.0
#: A judged candidate of real laws weighs as many made-up ones.
_JUDGED_WEIGHT = 10.0
_TOP = 10
_DECIMALS = 4


def fit_evidence() -> dict[str, object]:
    """Return the fitted model as it is stored: features, intercept, coefficients, and what it rests on.

    Two reference provisions of one concept are counterparts, all others are not; every pair of the
    reference instruments is used. A judged candidate counts with the share of readings that hold it for one.
    """
    from sklearn.linear_model import LogisticRegression

    rows, truth = _reference_candidates()
    judged = judgements()
    shares = np.array([judgement.share for judgement in judged])
    features = np.array([[dict(judgement.features)[name] for name in FEATURES] for judgement in judged])
    outcomes = np.concatenate([truth, np.ones(len(judged)), np.zeros(len(judged))])
    weights = np.concatenate([np.ones(len(truth)), _JUDGED_WEIGHT * shares, _JUDGED_WEIGHT * (1.0 - shares)])
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=5000, tol=1e-10).fit(
        np.concatenate([rows, features, features]), outcomes, sample_weight=weights
    )
    return {
        "features": list(FEATURES),
        "intercept": round(float(model.intercept_[0]), _DECIMALS),
        "coefficients": [round(float(value), _DECIMALS) for value in model.coef_[0]],
        "n_candidates": len(rows),
        "n_counterparts": int(truth.sum()),
        "n_judged": len(judged),
        "reference_sha256": reference_digest(),
        "judgements_sha256": judgements_digest(),
    }


def _reference_candidates() -> tuple[FloatArray, FloatArray]:
    """Features, shape (n, d), and truth, shape (n,), of the candidates between all reference instruments."""
    encoder, tagger = RememberingEncoder(load_encoder()), load_tagger()
    provisions = reference_provisions()
    concepts = {_eid(index): provision.concept for index, provision in enumerate(provisions)}
    analyses = [_analysis(name, tagger) for name in dict.fromkeys(p.instrument for p in provisions)]
    rows: list[tuple[float, ...]] = []
    truth: list[bool] = []
    for left, right in itertools.combinations([distinct_units(analysis) for analysis in analyses], 2):
        eids = {unit.key: unit.eid for unit in (*left, *right)}
        alignment = align(
            [unit.text_unit for unit in left],
            [unit.text_unit for unit in right],
            top=_TOP,
            encoder=encoder,
            both_ways=True,
        )
        for candidate, features in candidate_features(left, right, alignment):
            rows.append(features)
            truth.append(concepts[eids[candidate.left]] == concepts[eids[candidate.right]])
    return np.array(rows), np.array(truth, dtype=np.float64)


def _eid(index: int) -> str:
    return f"p{index}"


def _analysis(instrument: str, tagger: Tagger) -> Analysis:
    chosen: list[tuple[int, ReferenceProvision]] = [
        (index, provision)
        for index, provision in enumerate(reference_provisions())
        if provision.instrument == instrument
    ]
    language = chosen[0][1].language
    provisions = tuple(
        Provision(
            eid=_eid(index),
            kind=ProvisionKind.ITEM,
            heading=provision.heading,
            text=provision.text,
            language=language,
        )
        for index, provision in chosen
    )
    segmentation = Segmentation(instrument, provisions, Tradition.TABLE, language)
    return Analysis(
        Document(instrument, instrument, instrument), segmentation, annotate(segmentation, tagger)
    )


def main() -> None:
    """Write the fitted model into the package."""
    target = Path(str(files("fragcheck.align").joinpath("data/evidence.json")))
    target.write_text(json.dumps(fit_evidence(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
