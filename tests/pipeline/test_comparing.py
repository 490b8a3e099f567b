"""A comparison of the sample corpus obeys the laws of DESIGN §7 from end to end."""

from __future__ import annotations

import dataclasses
import json

import pytest

from fragcheck.diverge import DivergenceSettings
from fragcheck.errors import ComparisonError
from fragcheck.pipeline import Cancelled, compare_analyses, comparison_json, reweigh
from fragcheck.records import Status
from fragcheck.store import ArtefactStore

ADDED = ("coverage", "content", "stringency_abs", "parameters_abs", "definitions")
MIRRORED = ("asymmetry", "stringency", "parameters")


def divergences(pair):
    return {divergence.principle: divergence for divergence in (pair.overall, *pair.principles)}


def test_every_pair_once_in_argument_order(sample_comparison):
    ids = sample_comparison.document_ids
    pairs = [(pair.left, pair.right) for pair in sample_comparison.pairs]
    assert pairs == [(ids[i], ids[j]) for i in range(5) for j in range(i + 1, 5)]


def test_components_add_up_and_intervals_hold_their_value(sample_comparison):
    for pair in sample_comparison.pairs:
        for found in divergences(pair).values():
            if found.status is Status.BOTH_SILENT:
                assert found.value is None
                continue
            parts = sum(getattr(found.components, name) or 0.0 for name in ADDED)
            assert parts == pytest.approx(found.value, abs=1e-9)
            assert 0 <= found.low <= found.value <= found.high <= 1


def test_every_unit_is_matched_or_a_gap(sample_comparison):
    for pair in sample_comparison.pairs:
        held = {match.left_key for match in pair.matches}
        gaps = {gap.key for gap in pair.gaps if gap.side == "left"}
        assert held | gaps == {unit.key for unit in pair.left_units}
        assert not held & gaps


def test_sides_can_be_exchanged(sample_analyses, sample_comparison):
    back = compare_analyses(sample_analyses[:2][::-1]).pairs[0]
    forth = sample_comparison.pairs[0]
    assert (back.left, back.right) == (forth.right, forth.left)
    for name, found in divergences(forth).items():
        mirror = divergences(back)[name]
        assert (mirror.value, mirror.low, mirror.high) == (found.value, found.low, found.high)
        for part in MIRRORED:
            size, mirrored = getattr(found.components, part), getattr(mirror.components, part)
            assert (mirrored is None) == (size is None)
            assert (mirrored or 0.0) == pytest.approx(-(size or 0.0), abs=1e-12)
    assert back.left_satisfies_right == forth.right_satisfies_left


def test_a_pair_does_not_depend_on_its_company(sample_analyses, sample_comparison):
    alone = compare_analyses([sample_analyses[1], sample_analyses[4]]).pairs[0]
    ids = (alone.left, alone.right)
    assert alone == next(pair for pair in sample_comparison.pairs if (pair.left, pair.right) == ids)


def test_a_document_does_not_diverge_from_itself(sample_analyses):
    comparison = compare_analyses([sample_analyses[0], sample_analyses[0]])
    assert comparison.document_ids[1] == comparison.document_ids[0] + "#2"
    assert [notice.code for notice in comparison.warnings] == ["document-repeated"]
    (pair,) = comparison.pairs
    for found in divergences(pair).values():
        assert found.value in (0.0, None)
    assert not pair.gaps
    assert pair.left_satisfies_right.value == 1.0


def test_results_come_back_from_the_store(sample_analyses, sample_comparison, sample_store, monkeypatch):
    def refuse(*arguments, **options):
        pytest.fail("nothing is to be aligned twice")

    monkeypatch.setattr("fragcheck.pipeline.matching.align", refuse)
    assert compare_analyses(sample_analyses, store=sample_store) == sample_comparison
    base = DivergenceSettings.default()
    settings = dataclasses.replace(base, weights=dataclasses.replace(base.weights, parameters=0.0))
    weighed = compare_analyses(sample_analyses[:2], settings, store=sample_store).pairs[0]
    assert not weighed.overall.components.parameters_abs
    assert weighed.matches == sample_comparison.pairs[0].matches


def test_compare_stops_on_request_and_keeps_its_pairs(sample_analyses, tmp_path):
    store = ArtefactStore(tmp_path)
    seen = []
    with pytest.raises(Cancelled):
        compare_analyses(
            sample_analyses[:3], store=store, on_progress=seen.append, is_cancelled=lambda: len(seen) == 2
        )
    assert [step.stage for step in seen] == ["align", "compare"]
    assert len(list(store.root.rglob("pair-*"))) == 1


def test_reference_keeps_its_pairs_only(sample_analyses, sample_comparison):
    comparison = compare_analyses(sample_analyses[:3], reference=1)
    ids = comparison.document_ids
    assert [(pair.left, pair.right) for pair in comparison.pairs] == [(ids[0], ids[1]), (ids[1], ids[2])]


@pytest.mark.parametrize("count", [0, 1])
def test_compare_wants_two(sample_analyses, count):
    with pytest.raises(ComparisonError, match=f"{count} came"):
        compare_analyses(sample_analyses[:count])


def test_comparison_json_is_plain_and_complete(sample_comparison):
    result = comparison_json(sample_comparison)
    assert json.loads(json.dumps(result)) == result
    assert [document["id"] for document in result["documents"]] == list(sample_comparison.document_ids)
    eids = {
        name: {provision.eid for provision in analysis.segmentation.provisions}
        for name, analysis in zip(sample_comparison.document_ids, sample_comparison.analyses, strict=True)
    }
    for pair in result["pairs"]:
        assert all(match["left"] in eids[pair["left"]] for match in pair["matches"])
        assert all(match["right"] in eids[pair["right"]] for match in pair["matches"])
        assert all(gap["eid"] in eids[pair[gap["side"]]] for gap in pair["gaps"])


def test_findings_are_kept_with_all_they_rest_on(sample_analyses, tmp_path):
    store = ArtefactStore(tmp_path)

    def kept():
        return {path.name for path in tmp_path.rglob("findings-*")}

    comparison = compare_analyses(sample_analyses[:2], store=store)
    found = comparison_json(comparison, store)
    assert found == comparison_json(comparison) == comparison_json(comparison, store)
    assert len(kept()) == 1
    retitled = dataclasses.replace(
        sample_analyses[0], document=dataclasses.replace(sample_analyses[0].document, title="Another Name")
    )
    repealed = dataclasses.replace(
        sample_analyses[0], document=dataclasses.replace(sample_analyses[0].document, status="repealed")
    )
    for analyses, options in (
        ((repealed, sample_analyses[1]), {}),
        (sample_analyses[:2], {"seed": 1}),
        (sample_analyses[:3], {}),
        (sample_analyses[:3], {"reference": 0}),
        ((retitled, sample_analyses[1]), {}),
    ):
        other = compare_analyses(analyses, store=store, **options)
        before = kept()
        assert comparison_json(other, store) == comparison_json(other)
        assert len(kept()) == len(before) + 1
    lighter = reweigh(comparison, dataclasses.replace(DivergenceSettings.default(), tag_threshold=0.6))
    before = kept()
    assert comparison_json(lighter, store) == comparison_json(lighter)
    assert kept() == before


def test_damaged_findings_are_made_anew(sample_analyses, tmp_path):
    store = ArtefactStore(tmp_path)
    comparison = compare_analyses(sample_analyses[:2], store=store)
    found = comparison_json(comparison, store)
    (path,) = tmp_path.rglob("findings-*")
    path.write_bytes(b"torn")
    assert comparison_json(comparison, store) == found
    assert path.read_bytes() != b"torn"


def test_other_weights_need_no_new_run(sample_analyses, sample_comparison):
    default = DivergenceSettings.default()
    chosen = dataclasses.replace(
        default,
        weights=dataclasses.replace(default.weights, content=0.1),
        match_threshold=0.4,
        tag_threshold=0.6,
    )
    fresh = compare_analyses(sample_analyses[:3], chosen)
    few = dataclasses.replace(
        sample_comparison,
        document_ids=fresh.document_ids,
        analyses=fresh.analyses,
        pairs=tuple(
            pair for pair in sample_comparison.pairs if {pair.left, pair.right} <= set(fresh.document_ids)
        ),
    )
    assert reweigh(few, chosen) == fresh


def test_the_json_says_who_is_stricter_and_what_moves_the_ranks(sample_comparison):
    found = comparison_json(sample_comparison)
    for pair in found["pairs"]:
        verdict = pair["stricter"]["overall"]
        parts = pair["components"]
        net = (parts["stringency"] or 0.0) + (parts["parameters"] or 0.0)
        assert verdict["net"] == pytest.approx(net, abs=1e-8)
        assert verdict["sentence"].endswith(".")
        assert pair["sampling_low"] <= pair["sampling_high"]
        for direction in ("left_satisfies_right_detail", "right_satisfies_left_detail"):
            detail = pair["interoperability"][direction]
            assert [duty["key"] for duty in detail["duties"]] == [one["key"] for one in detail["residual"]]
    sensitivity = found["corpus"]["sensitivity"]["overall"]
    assert len(sensitivity["pairs"]) == len(found["pairs"])
    assert {pair["rank"] for pair in sensitivity["pairs"]} <= {1 + i / 2 for i in range(20)}


@pytest.mark.parametrize(
    ("instruments", "is_one"),
    [(("br-pl-2338", "br-pl-2338"), True), (("br-pl-2338", "eu-gdpr"), False), (("", ""), False)],
)
def test_of_one_instrument_in_two_languages_neither_is_called_stricter(
    sample_analyses, sample_store, instruments, is_one
):
    """The fourth and the fifth sample speak English and Portuguese; the catalogue knows neither."""
    two = [
        dataclasses.replace(one, document=dataclasses.replace(one.document, instrument=name))
        for one, name in zip(sample_analyses[3:], instruments, strict=True)
    ]
    found = compare_analyses(two, store=sample_store)
    again = reweigh(found, DivergenceSettings.default())
    for comparison in (found, again):
        verdict = comparison_json(comparison)["pairs"][0]["stricter"]["overall"]
        assert ("are one instrument in two languages" in verdict["sentence"]) == is_one
        assert verdict["stricter"] is None or not is_one
    unknown = compare_analyses(sample_analyses[3:], store=sample_store)
    assert found.pairs[0].overall == unknown.pairs[0].overall


def test_two_versions_in_one_language_are_compared_as_two_laws(sample_analyses, sample_store):
    two = [
        dataclasses.replace(one, document=dataclasses.replace(one.document, instrument="eu-ai-act"))
        for one in sample_analyses[:2]
    ]
    assert not compare_analyses(two, store=sample_store).pairs[0].is_one_work


def test_the_json_sums_up_the_corpus(sample_comparison):
    corpus = comparison_json(sample_comparison)["corpus"]
    ids = list(sample_comparison.document_ids)
    assert corpus["document_ids"] == ids
    forces = [corpus["forces"][name] for name in ids]
    assert forces == ["binding", "binding", "binding", "non_binding", "binding"]
    overall = corpus["principles"][0]
    laws = [pair.overall.value for pair in sample_comparison.pairs if ids[3] not in (pair.left, pair.right)]
    assert overall["fragmentation"] == pytest.approx(sum(laws) / len(laws), abs=1e-8)
    assert (overall["n_pairs"], overall["n_pairs_all"]) == (6, 10)
    assert set(corpus["sovereignty_profile"][ids[0]]) == {"data", "compute", "model"}
    assert "safety" in corpus["coverage_profile"][ids[0]]
    assert 0 < corpus["concentration"]["overall"]["one_minus_hhi"] < 1
    assert corpus["reference"] is None
    path = corpus["harmonisation"]
    assert path["mean_start"] == pytest.approx(overall["fragmentation"], abs=1e-8)
    means = [path["mean_start"], *(change["mean_after"] for change in path["changes"])]
    assert means == sorted(means, reverse=True)
    assert len(set(means)) == 6
    assert ids[3] not in {change["document"] for change in path["changes"]}


def test_the_json_ranks_documents_by_a_reference(sample_analyses):
    compared = compare_analyses(sample_analyses[:3], reference=1)
    corpus = comparison_json(compared)["corpus"]
    ids = compared.document_ids
    assert corpus["reference"]["id"] == ids[1]
    assert {rank["id"] for rank in corpus["reference"]["ranking"]} == {ids[0], ids[2]}
    values = [rank["value"] for rank in corpus["reference"]["ranking"]]
    assert values == sorted(values)
    assert list(corpus["common_core"]) == [ids[1]]
