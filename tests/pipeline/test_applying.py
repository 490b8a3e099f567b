"""A comparison narrowed to a reader: nothing is lost uncounted, and the figures are those of what is left."""

from __future__ import annotations

import dataclasses
import json
import math

import jsonschema
import pytest

from fragcheck.errors import InputError
from fragcheck.pipeline import (
    applicability_choices,
    apply_profile,
    checked_profile,
    comparison_json,
    narrowed_analysis,
    reweigh,
    verify_result,
)
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.schema import result_schema
from fragcheck.records import ApplicabilityProfile, Ground

DEPLOYER = ApplicabilityProfile(role="deployer", as_of="2026-10-01")


@pytest.fixture(scope="module")
def narrowed(sample_comparison):
    return apply_profile(sample_comparison, DEPLOYER)


def test_an_empty_profile_changes_nothing(sample_comparison):
    assert apply_profile(sample_comparison, ApplicabilityProfile()) is sample_comparison


def test_every_unit_is_kept_or_counted(sample_comparison, narrowed):
    sizes = {}
    for pair in sample_comparison.pairs:
        sizes[pair.left], sizes[pair.right] = len(pair.left_units), len(pair.right_units)
    counts = {count.document_id: count for count in narrowed.applicability.counts}
    assert {one: count.n_all for one, count in counts.items()} == sizes
    for count in counts.values():
        left_out = dict(count.left_out)
        assert set(left_out) == {Ground.ROLE, Ground.DATE}
        assert count.n_all - count.n_kept <= sum(left_out.values())
        assert count.n_all - count.n_kept >= max(left_out.values())
        assert max(dict(count.unknown).values()) <= count.n_kept
    # Three of the five laws apply from 2027 on, and say so.
    assert set(narrowed.applicability.dropped) == set(sample_comparison.document_ids) - set(
        narrowed.document_ids
    )
    assert len(narrowed.document_ids) == 2


def test_pairs_hold_together(narrowed):
    for pair in narrowed.pairs:
        left, right = ({unit.key for unit in side} for side in (pair.left_units, pair.right_units))
        assert {one.left_key for one in pair.matches} <= left
        assert {one.right_key for one in pair.matches} <= right
        gaps = {gap.key for gap in pair.gaps if gap.side == "left"}
        assert gaps == left - {one.left_key for one in pair.matches}
        parts = pair.overall.components
        shown = (parts.coverage, parts.content, parts.stringency_abs, parts.parameters_abs, parts.definitions)
        assert math.isclose(sum(part or 0.0 for part in shown), pair.overall.value, abs_tol=1e-6)


def test_what_is_kept_has_the_role_or_none(narrowed):
    for analysis in narrowed.analyses:
        roles = [set(one.actor_role.split(";")) for note in analysis.annotations for one in note.requirements]
        assert all(role & {"deployer", "everyone", "undertaking", ""} for role in roles)


def test_narrowing_twice_is_narrowing_once(sample_comparison):
    profile = ApplicabilityProfile(role="deployer")
    once = apply_profile(sample_comparison, profile)
    again = apply_profile(once, profile)
    assert [pair.overall for pair in again.pairs] == [pair.overall for pair in once.pairs]
    assert all(count.n_all == count.n_kept for count in again.applicability.counts)


def test_other_weights_keep_the_reader(sample_comparison):
    found = apply_profile(sample_comparison, ApplicabilityProfile(role="deployer"))
    other = reweigh(found, settings_of(found.run))
    assert dict(other.run.settings)["applicability"] == dict(found.run.settings)["applicability"]
    assert [pair.overall.value for pair in other.pairs] == [pair.overall.value for pair in found.pairs]


def test_the_text_of_a_document_stays_whole(sample_analyses):
    found = narrowed_analysis(sample_analyses[0], DEPLOYER)
    assert found.segmentation is sample_analyses[0].segmentation
    assert narrowed_analysis(found, ApplicabilityProfile()) is found


def test_a_narrowed_result_is_valid_and_verified(sample_comparison, narrowed):
    result = json.loads(json.dumps(comparison_json(narrowed)))
    assert not [
        error.message for error in jsonschema.Draft202012Validator(result_schema()).iter_errors(result)
    ]
    assert result["applicability"]["profile"] == {"role": "deployer", "date": "2026-10-01"}
    assert len(result["applicability"]["dropped"]) == 3
    verified = verify_result(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    assert verified.findings == ()
    assert verified.n_values > 100


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (ApplicabilityProfile(role="king"), "--role can be"),
        (ApplicabilityProfile(territory="Atlantis"), "--territory can be"),
        (ApplicabilityProfile(as_of="2026-02-30"), "--as-of wants a day"),
        (ApplicabilityProfile(as_of="soon"), "--as-of wants a day"),
    ],
)
def test_what_is_unknown_is_refused(profile, said):
    with pytest.raises(InputError, match=said):
        checked_profile(profile)


def test_every_choice_is_accepted():
    for ground, choices in applicability_choices().items():
        for one in choices:
            assert checked_profile(ApplicabilityProfile(**{ground.value: one}))


def test_a_law_of_another_territory_is_dropped_with_its_pairs(sample_comparison):
    first, *others = sample_comparison.analyses
    document = dataclasses.replace(first.document, jurisdiction="France")
    found = apply_profile(
        dataclasses.replace(
            sample_comparison, analyses=(dataclasses.replace(first, document=document), *others)
        ),
        ApplicabilityProfile(territory="Germany"),
    )
    assert found.applicability.dropped == sample_comparison.document_ids[:1]
    assert len(found.pairs) == 6
    unknown = [dict(count.unknown)[Ground.TERRITORY] for count in found.applicability.counts]
    assert unknown == [0, *(count.n_all for count in found.applicability.counts[1:])]
