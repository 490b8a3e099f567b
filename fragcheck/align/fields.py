"""The fields of two matched requirements or definitions, compared by class and never by words."""

from __future__ import annotations

import math

from fragcheck.align.field_data import FieldData, load_field_data
from fragcheck.align.parties import mentioned_roles
from fragcheck.align.quantities import compare_parameters, compare_promptness
from fragcheck.align.wording import coverage, denials, normal_form, numerals
from fragcheck.errors import ComparisonError
from fragcheck.records import Definition, Differences, Modality, Requirement

__all__ = ["compare_fields", "differing_fields", "role_distance"]


def compare_fields(
    left: Requirement | Definition,
    right: Requirement | Definition,
    *,
    languages: tuple[str, str] = ("", ""),
) -> Differences:
    """Compare two matched requirements, or two definitions of one term, field by field.

    Parameters
    ----------
    left, right : Requirement or Definition
        Both of one kind.
    languages : (str, str)
        ISO 639-1 codes of the two sides, empty where unknown. Between two languages only the
        numbers of a definiens are compared, and a role, act or condition only where both sides have one.

    Returns
    -------
    Differences
        Every distance in [0, 1]; swapping the sides changes the signs and nothing else.
        Synonyms, voice, units and number formats change no field, so they change no distance.

    Raises
    ------
    ComparisonError
        Where one side is a requirement and the other a definition.
    """
    if isinstance(left, Definition) and isinstance(right, Definition):
        return Differences(definition=_definition_distance(left, right, languages))
    if isinstance(left, Requirement) and isinstance(right, Requirement):
        return _compare_requirements(left, right, languages, load_field_data())
    raise ComparisonError(
        f"two requirements or two definitions are wanted, {type(left).__name__} and "
        f"{type(right).__name__} came: match units of one kind"
    )


def _compare_requirements(
    left: Requirement, right: Requirement, languages: tuple[str, str], data: FieldData
) -> Differences:
    pairs = (*compare_parameters(left.parameters, right.parameters), *compare_promptness(left, right))
    size = max((pair.distance for pair in pairs), default=None)
    net = sum(pair.signed for pair in pairs)
    force = data.force[left.modality] - data.force[right.modality]
    return Differences(
        polarity=float(_is_denied(left) != _is_denied(right)),
        actor=role_distance(left.actor_role, right.actor_role, data)
        if _are_comparable(left.actor_role, right.actor_role, languages)
        else None,
        action=_action_distance(left.action_class, right.action_class, data)
        if _are_comparable(left.action_class, right.action_class, languages)
        else None,
        condition=_condition_distance(left.condition, right.condition, data)
        if _are_comparable(left.condition, right.condition, languages)
        else None,
        recipient=_recipient_distance(left, right, languages, data),
        stringency=abs(force),
        stringency_signed=force,
        parameters=size,
        parameters_signed=max(-size, min(size, net)) + 0.0 if size is not None else 0.0,
        parameter_pairs=pairs,
    )


def _are_comparable(left: str, right: str, languages: tuple[str, str]) -> bool:
    """Whether two fields tell of a difference.

    Between two languages, one that was read on one side only tells of our lexicons, which are not
    equally deep: it is no difference of the laws.
    """
    is_foreign = all(languages) and languages[0] != languages[1]
    return not is_foreign or bool(left) == bool(right)


def _is_denied(requirement: Requirement) -> bool:
    return requirement.is_negated or requirement.modality is Modality.PROHIBITION


def role_distance(left: str, right: str, data: FieldData) -> float | None:
    """Distance of two classes of roles: 0 within a class, 1 between, partial values from the data.

    Several classes on a side are joined by ``;``: then the mean, over the classes of both sides,
    of the distance to the nearest class of the other side. None where neither side has a known
    class: words alone never make a distance.
    """
    if not left and not right:
        return None
    if left == right:
        return 0.0
    if not left or not right:
        return data.partial["role_unknown"]
    lefts, rights = sorted(set(left.split(";"))), sorted(set(right.split(";")))
    nearest = [min(_class_distance(x, y, data) for y in rights) for x in lefts]
    nearest += [min(_class_distance(x, y, data) for x in lefts) for y in rights]
    return math.fsum(nearest) / len(nearest)


def _class_distance(left: str, right: str, data: FieldData) -> float:
    if left == right:
        return 0.0
    if data.everyone in (left, right):
        return data.everyone_distance
    return data.role_distance.get(frozenset((left, right)), 1.0)


def _action_distance(left: str, right: str, data: FieldData) -> float | None:
    if not left and not right:
        return None
    if left == right:
        return 0.0
    if not left or not right:
        return data.partial["action_unknown"]
    if data.general_actions & {left, right}:
        return data.general_distance
    return data.action_distance.get(frozenset((left, right)), 1.0)


def _recipient_distance(
    left: Requirement, right: Requirement, languages: tuple[str, str], data: FieldData
) -> float | None:
    """Distance of the recipients, or of the other parties that the two sides speak of.

    Parties named elsewhere in the sentence ("data received from a controller") count at their
    partial value, within a language and only where each side names one: to name none is no difference.
    """
    are_comparable = _are_comparable(left.recipient_role, right.recipient_role, languages)
    named = role_distance(left.recipient_role, right.recipient_role, data) if are_comparable else None
    fields = (left.actor_role, right.actor_role, left.recipient_role, right.recipient_role)
    parties = {role for field in fields for role in field.split(";")}
    others = [
        mentioned_roles(side.text, language) - parties
        for side, language in zip((left, right), languages, strict=True)
    ]
    is_foreign = all(languages) and languages[0] != languages[1]
    if not others[0] or not others[1] or is_foreign:
        return named
    apart = 1 - len(others[0] & others[1]) / len(others[0] | others[1])
    return max(named or 0.0, data.partial["mentioned_roles"] * apart)


def _condition_distance(left: str, right: str, data: FieldData) -> float | None:
    """Jaccard distance of the kinds of conditions; their words do not count."""
    if not left and not right:
        return None
    kinds_left, kinds_right = _condition_kinds(left, data), _condition_kinds(right, data)
    either = kinds_left | kinds_right
    distance = 1 - len(kinds_left & kinds_right) / len(either) if either else 0.0
    if bool(left) != bool(right):
        distance = max(distance, data.partial["condition_absent"])
    return distance


def _condition_kinds(condition: str, data: FieldData) -> frozenset[str]:
    return frozenset(kind for kind, pattern in data.conditions if pattern.search(condition))


def _definition_distance(left: Definition, right: Definition, languages: tuple[str, str]) -> float:
    """How far two definientia are apart.

    The Dice distance of their content words, beyond the share that a rewording may change;
    a denial or a number more on one side adds to it. Across languages only numbers speak.
    """
    data = load_field_data().definition
    if normal_form(left.definiens) == normal_form(right.definiens):
        return 0.0
    distance = 0.0
    if not all(languages) or languages[0] == languages[1]:
        shares = coverage(left.definiens, right.definiens, data["same_word"])
        total = shares.left + shares.right
        dice = 1 - 2 * shares.left * shares.right / total if total else 1.0
        distance = max(0.0, dice - data["reworded"]) / (1 - data["reworded"])
        if denials(left.definiens) != denials(right.definiens):
            distance += data["negation"]
    if numerals(left.definiens) != numerals(right.definiens):
        distance += data["number"]
    return min(1.0, distance)


def differing_fields(differences: Differences) -> tuple[str, ...]:
    """Names of the fields that differ, in the order of the interface; partial unknowns are not named."""
    threshold = load_field_data().partial["named_above"]
    named = (
        ("polarity", differences.polarity, 0.0),
        ("modality", differences.stringency, 0.0),
        ("actor", differences.actor, threshold),
        ("action", differences.action, threshold),
        ("condition", differences.condition, threshold),
        ("recipient", differences.recipient, threshold),
        ("parameters", differences.parameters, 0.0),
        ("definition", differences.definition, 0.0),
    )
    return tuple(name for name, distance, above in named if distance is not None and distance > above)
