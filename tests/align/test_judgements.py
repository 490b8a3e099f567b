"""Judged candidates of real laws: two readings that agree, and a model that was fitted on them."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from fragcheck.align.evidence import load_evidence
from fragcheck.align.judgements import judgements, judgements_digest
from fragcheck.align.traits import FEATURES


def test_every_candidate_was_read_and_holds_the_features_of_the_model():
    judged = judgements()
    assert len(judged) >= 700
    assert sum(judgement.second is not None for judgement in judged) >= 400
    assert all(judgement.first is not None for judgement in judged)
    assert len({(j.left_document, j.right_document, j.left, j.right) for j in judged}) == len(judged)
    looked_at = {
        name for model in ("apart", "abroad") for name, _ in load_evidence().by_name[model].coefficients
    }
    assert all(looked_at <= {name for name, _ in judgement.features} <= set(FEATURES) for judgement in judged)
    assert {judgement.share for judgement in judged} == {0.0, 0.5, 1.0}


def test_the_readings_are_consistent():
    judged = [judgement for judgement in judgements() if judgement.second is not None]
    first, second = ([getattr(judgement, name) for judgement in judged] for name in ("first", "second"))
    agreement = sum(a == b for a, b in zip(first, second, strict=True)) / len(judged)
    chance = sum(
        (first.count(value) / len(judged)) * (second.count(value) / len(judged)) for value in (True, False)
    )
    assert (agreement - chance) / (1 - chance) == pytest.approx(cohen_kappa_score(first, second))
    assert cohen_kappa_score(first, second) > 0.8


def test_the_model_rests_on_these_judgements():
    stored = json.loads(files("fragcheck.align").joinpath("data/evidence.json").read_text("utf-8"))
    assert stored["judgements_sha256"] == judgements_digest()
    assert stored["n_judged"] == len(judgements())


@pytest.mark.parametrize(("name", "is_foreign"), [("apart", False), ("abroad", True)])
def test_mean_probability_is_the_share_of_counterparts(name, is_foreign):
    """The candidates were fitted on: this shows that the fit went through, not how well it is calibrated."""
    judged = [judgement for judgement in judgements() if judgement.is_foreign == is_foreign]
    model = load_evidence().by_name[name]
    assert len(judged) >= 150
    known = [dict(judgement.features) for judgement in judged]
    features = np.array([[values.get(name, 0.0) for name in FEATURES] for values in known])
    probabilities = 1 / (1 + np.exp(-model.logits(features)))
    shares = [judgement.share for judgement in judged]
    assert float(probabilities.mean()) == pytest.approx(sum(shares) / len(judged), abs=0.03)
