"""The fitted probabilities: reproducible, verified, and right about our own provisions."""

from __future__ import annotations

import json

import numpy as np
import pytest
from alignment_inputs import HashedWordEncoder, hashed_calibration

from fragcheck.align import align
from fragcheck.align.calibration import amended, fit, training_pairs
from fragcheck.align.probability import load_calibration, read_calibration, write_calibration
from fragcheck.align.reference import reference_digest, reference_provisions
from fragcheck.errors import ModelMismatch
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import TextUnit


def test_reference_provisions_are_distinct_and_many() -> None:
    provisions = reference_provisions()
    assert len({(item.instrument, item.concept) for item in provisions}) == len(provisions)
    assert len({item.text for item in provisions}) == len(provisions)
    assert {item.language for item in provisions} == {"en", "de", "fr", "es", "pt", "zh", "ja", "ko"}
    same = sum(
        left.concept == right.concept
        for index, left in enumerate(provisions)
        for right in provisions[:index]
        if left.instrument != right.instrument
    )
    assert same >= 250


def test_training_pairs_hold_provisions_with_and_without_counterpart() -> None:
    found = list(training_pairs(reference_provisions()))
    assert len(found) > 60
    with_counterpart = [
        item.concept in {other.concept for other in right} for left, right in found for item in left
    ]
    assert 0.3 < np.mean(with_counterpart) < 0.9


def test_an_amended_instrument_keeps_drops_and_changes() -> None:
    side = [item for item in reference_provisions() if item.instrument == "en_statute"]
    later = {item.concept: item.text for item in amended(side)}
    kept = [item for item in side if later.get(item.concept) == item.text]
    assert 0 < len(kept) < len(later) < len(side)


def test_fitting_and_writing_are_reproducible() -> None:
    first, second = (write_calibration(item) for item in (hashed_calibration(), fit(HashedWordEncoder())))
    assert first == second
    assert write_calibration(read_calibration(first)) == first


def test_a_changed_calibration_is_refused() -> None:
    stored = json.loads(write_calibration(hashed_calibration()))
    stored["content"]["within"]["pair"][0] += 1.0
    with pytest.raises(ModelMismatch, match="should have sha256"):
        read_calibration(json.dumps(stored))


@pytest.mark.model
def test_the_packaged_calibration_is_what_fit_gives() -> None:
    packaged, fitted = load_calibration(), fit(load_encoder())
    assert packaged.provisions_sha256 == reference_digest()
    assert packaged.encoder_sha256 == load_encoder().sha256
    for model in ("within", "across"):
        for kind in ("pair", "absent"):
            assert np.allclose(
                getattr(getattr(packaged, model), kind), getattr(getattr(fitted, model), kind), atol=5e-3
            )


def _units(instrument: str) -> list[TextUnit]:
    return [
        TextUnit(item.concept, item.text, item.heading, "", item.language)
        for item in reference_provisions()
        if item.instrument == instrument
    ]


@pytest.mark.model
def test_identical_text_is_certain_and_foreign_text_is_not_mapped() -> None:
    left = _units("en_statute")
    found = align(left, [TextUnit(f"new{index}", unit.text, unit.heading) for index, unit in enumerate(left)])
    best = {c.left: c for c in found.candidates if c.rank == 1}
    assert all(best[unit.key].right == f"new{index}" for index, unit in enumerate(left))
    assert min(c.probability for c in best.values()) > 0.95
    assert max(p for _, p in found.no_counterpart_left) < 0.1
    recipes = [
        TextUnit("r1", "Whisk three eggs with sugar until the mixture is pale and fold in the flour."),
        TextUnit("r2", "Bake the cake in a moderate oven for forty minutes and let it cool on a rack."),
        TextUnit("r3", "Melt the chocolate over hot water, then pour it over the sponge."),
    ]
    strange = align(left, recipes)
    assert max(c.probability for c in strange.candidates) < 0.3
    assert min(p for _, p in strange.no_counterpart_left) > 0.5


@pytest.mark.model
@pytest.mark.parametrize(
    "instrument", ["de_gesetz", "fr_loi", "es_ley", "pt_lei", "zh_tiaoli", "ja_hou", "ko_beop"]
)
def test_the_same_rule_is_found_in_another_language(instrument: str) -> None:
    left, right = _units(instrument), _units("en_statute")
    known = {unit.key for unit in right}
    best = {c.left: c.right for c in align(left, right).candidates if c.rank == 1}
    asked = [unit.key for unit in left if unit.key in known]
    assert sum(best[key] == key for key in asked) / len(asked) >= 0.75


@pytest.mark.model
def test_a_single_provision_on_each_side_is_compared() -> None:
    rule = "The provider shall keep the logs for at least six months."
    same = align([TextUnit("a", rule, language="en")], [TextUnit("b", rule, language="en")])
    other = align(
        [TextUnit("a", rule, language="en")],
        [TextUnit("b", "Everyone has the right to leave the country.", language="en")],
    )
    assert same.candidates[0].probability > 0.9
    assert other.candidates[0].probability < 0.2
