"""Rewordings leave every compared field; an edit of meaning changes its field and no other."""

from __future__ import annotations

import pytest

from fragcheck.annotate import read_text

#: Units to one that they are multiples of, so that "72 hours" is "three days".
SCALE = {
    "hour": ("hour", 1),
    "day": ("hour", 24),
    "week": ("hour", 168),
    "month": ("month", 1),
    "year": ("month", 12),
}

REWORDINGS = [
    # shall / must
    ("The vendor shall archive the training file.", "The vendor must archive the training file."),
    ("An operator shall not sell voice prints.", "An operator must not sell voice prints."),
    # in accordance with / pursuant to
    (
        "The vendor shall test the engine in accordance with Annex II.",
        "The vendor shall test the engine pursuant to Annex II.",
    ),
    # prior to / before
    (
        "The deployer shall warn the staff prior to any trial run.",
        "The deployer shall warn the staff before any trial run.",
    ),
    (
        "Prior to a release, the vendor shall assess the risks.",
        "Before a release, the vendor shall assess the risks.",
    ),
    # units and number formats
    (
        "The operator shall notify the regulator within 48 hours.",
        "The operator shall notify the regulator within two days.",
    ),
    ("Copies shall be stored for at least two years.", "Copies shall be stored for at least 24 months."),
    ("The vendor shall answer within 14 days.", "The vendor shall answer within two weeks."),
    ("The fine shall not exceed EUR 12 500 000.", "The fine shall not exceed EUR 12.5 million."),
    ("The fine shall not exceed EUR 12,500,000.", "The fine shall not exceed €12.5 million."),
    ("The fine shall not exceed 6 % of turnover.", "The fine shall not exceed six per cent of turnover."),
    ("The vendor shall reply within thirty days.", "The vendor shall reply within 30 days."),
    ("A model above 10^24 FLOP shall be registered.", "A model above 10²⁴ FLOP shall be registered."),
    # voice
    (
        "The importer shall examine the certificate.",
        "The certificate shall be examined by the importer.",
    ),
    (
        "The operator shall inform the passenger about the scan.",
        "The passenger shall be informed by the operator about the scan.",
    ),
    (
        "The processor must notify the controller of a leak within 12 hours.",
        "The controller must be notified by the processor of a leak within 12 hours.",
    ),
    (
        "The deployer shall report every fault to the ministry.",
        "Every fault shall be reported to the ministry by the deployer.",
    ),
    (
        "Manufacturers must draw up an instruction file before delivery.",
        "An instruction file must be drawn up by manufacturers before delivery.",
    ),
    # spacing, quotes, spelling
    ("The vendor shall label the users’ avatars.", "The vendor shall\u00a0label  the users' avatars."),
    ("The organisation shall publish its programme.", "The organization shall publish its program."),
    # number of the actor
    ("The deployer shall keep logs.", "Deployers shall keep logs."),
    ("A provider shall keep logs.", "Each provider shall keep logs."),
]

EDITS = [
    # polarity and force: modality only
    ("The vendor shall sell the engine.", "The vendor shall not sell the engine.", "modality"),
    ("The vendor must sell the engine.", "The vendor must not sell the engine.", "modality"),
    ("The vendor may sell the engine.", "The vendor may not sell the engine.", "modality"),
    ("The vendor shall sell the engine.", "The vendor should sell the engine.", "modality"),
    ("The vendor shall sell the engine.", "The vendor may sell the engine.", "modality"),
    ("The vendor must sell the engine.", "The vendor is encouraged to sell the engine.", "modality"),
    ("Vendors must sell the engine.", "Vendors are encouraged to sell the engine.", "modality"),
    ("Scoring pupils is prohibited.", "Scoring pupils is permitted.", "modality"),
    ("The use of lures is prohibited.", "The use of lures is permitted.", "modality"),
    ("The vendor shall register the engine.", "The vendor need not register the engine.", "modality"),
    # quantities
    ("The vendor shall reply within 24 hours.", "The vendor shall reply within 15 days.", "parameters"),
    ("The fine shall not exceed EUR 4 000 000.", "The fine shall not exceed EUR 400 000.", "parameters"),
    (
        "The fine shall not exceed 5 % of turnover.",
        "The fine shall not exceed 1 % of turnover.",
        "parameters",
    ),
    ("A model above 10^25 FLOP shall be tested.", "A model above 10^26 FLOP shall be tested.", "parameters"),
    (
        "Persons under the age of 17 shall be refused.",
        "Persons under the age of 13 shall be refused.",
        "parameters",
    ),
    ("Sites with 9 million users shall report.", "Sites with 36 million users shall report.", "parameters"),
    # parties
    ("The provider shall keep logs.", "The deployer shall keep logs.", "actor"),
    ("The controller shall erase files.", "The processor shall erase files.", "actor"),
    ("The ministry shall warn the provider.", "The ministry shall warn the deployer.", "recipient"),
    # actions and conditions
    ("The vendor shall publish the audit.", "The vendor shall archive the audit.", "action"),
    ("The vendor shall stop the engine if it fails.", "The vendor shall stop the engine.", "condition"),
]


DENIALS = [
    ("No vendor shall sell the engine.", "prohibition", True),
    ("No vendor may sell the engine.", "prohibition", True),
    ("No vendor is required to register.", "permission", True),
    ("No vendor shall be required to register.", "permission", True),
    ("No pupil should be scored.", "recommendation", True),
    ("The vendor shall not be prohibited from selling spare parts.", "permission", False),
    ("The vendor is not prohibited from selling spare parts.", "permission", False),
]


@pytest.mark.parametrize(("text", "modality", "negated"), DENIALS)
def test_denied_subjects_and_double_denials(text: str, modality: str, negated: bool) -> None:
    (found,) = read_text(text, "en").requirements
    assert (found.modality.value, found.is_negated) == (modality, negated)


def fields(text: str) -> dict[str, object]:
    """The compared fields of a text, quantities in common units."""
    found = read_text(text, "en").requirements
    quantities = []
    for requirement in found:
        for parameter in requirement.parameters:
            unit, factor = SCALE.get(parameter.unit, (parameter.unit, 1))
            value = round(parameter.value * factor, 6)
            quantities.append(
                (parameter.kind, value, unit, parameter.comparator, parameter.trigger, parameter.stricter)
            )
    return {
        "modality": [(requirement.modality, requirement.is_negated) for requirement in found],
        "actor": [requirement.actor_role for requirement in found],
        "action": [requirement.action_class for requirement in found],
        "condition": [requirement.condition for requirement in found],
        "recipient": [requirement.recipient_role for requirement in found],
        "parameters": quantities,
    }


@pytest.mark.parametrize(("before", "after"), REWORDINGS)
def test_rewording_changes_no_field(before: str, after: str) -> None:
    assert fields(before)["modality"]
    assert fields(before) == fields(after)


@pytest.mark.parametrize(("before", "after", "field"), EDITS)
def test_edit_changes_its_field_alone(before: str, after: str, field: str) -> None:
    left, right = fields(before), fields(after)
    assert {name for name in left if left[name] != right[name]} == {field}
