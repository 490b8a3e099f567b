"""Reviews made from findings: what is said of which words, checked, ready to be recorded."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from fragcheck.errors import InputError
from fragcheck.pipeline.reviewing import INVERSE, unit_sha256
from fragcheck.records import (
    Analysis,
    Annotation,
    Match,
    PairResult,
    Parameter,
    ParameterKind,
    Provision,
    ProvisionType,
    Relation,
    Review,
    ReviewTarget,
    Stricter,
    Subject,
    Unit,
    Verdict,
    anchor_of,
)
from fragcheck.store import code_fingerprint
from fragcheck.version import __version__

__all__ = [
    "pair_subject",
    "parameter_values",
    "provision_subject",
    "review_match",
    "review_parameter",
    "review_relation",
    "review_tag",
    "review_type",
]

_PARAMETER_FIELDS = ("kind", "value", "unit", "comparator", "trigger", "stricter", "iso_date")


def review_tag(
    analysis: Analysis, eid: str, principle: str, verdict: Verdict, *, is_on: bool | None = None, reason: str
) -> Review:
    """Return a review of whether a provision bears a principle or control point.

    Parameters
    ----------
    analysis : Analysis
    eid, principle : str
    verdict : Verdict
        Accept: the tag stays on, or off. Reject: the opposite. Change: as `is_on` says.
    is_on : bool or None
        For a change only.
    reason : str

    Raises
    ------
    InputError
        Where there is no such provision or tag, or the verdict lacks what it needs.
    """
    provision, annotation = _found(analysis, eid)
    tags = {tag.principle: tag for tag in (*annotation.tags, *annotation.sovereignty)}
    if principle not in tags:
        raise InputError(f"{eid}: a tag of {', '.join(tags) or 'a taxonomy'} wanted, {principle} came")
    tag = tags[principle]
    after = {Verdict.ACCEPT: tag.is_on, Verdict.REJECT: not tag.is_on, Verdict.CHANGE: is_on}.get(verdict)
    if after is None:
        raise InputError(f"{eid}, {principle}: to change a tag, say whether it is on or off")
    before = {"is_on": tag.is_on, "probability": round(tag.probability, 6)}
    subject = provision_subject(ReviewTarget.TAG, analysis, provision, principle)
    return Review(subject, verdict, _json(before), _json({"is_on": after}), reason, tag.source)


def review_type(
    analysis: Analysis, eid: str, verdict: Verdict, *, to: ProvisionType | None = None, reason: str
) -> Review:
    """Return a review of the type of a provision. Rejecting it leaves a statement, which binds no one.

    Raises
    ------
    InputError
        Where there is no such provision, or `to` is wanted and was not given.
    """
    provision, annotation = _found(analysis, eid)
    before = annotation.provision_type
    after = {Verdict.ACCEPT: before, Verdict.REJECT: ProvisionType.STATEMENT, Verdict.CHANGE: to}.get(verdict)
    if after is None:
        raise InputError(f"{eid}: to change a type, name one of {', '.join(ProvisionType)}")
    subject = provision_subject(ReviewTarget.TYPE, analysis, provision)
    return Review(subject, verdict, *_both("provision_type", before, after), reason, _rules())


def review_parameter(
    analysis: Analysis,
    eid: str,
    start: int,
    verdict: Verdict,
    *,
    to: Mapping[str, Any] | None = None,
    reason: str,
) -> Review:
    """Return a review of the quantity whose words begin at character `start` of a provision.

    Parameters
    ----------
    to : mapping or None
        For a change: some of ``kind``, ``value``, ``unit``, ``comparator``, ``trigger``, ``stricter`` and
        ``iso_date`` (which sets the value of a date). Rejecting takes the quantity away.

    Raises
    ------
    InputError
        Where there is no such quantity, or `to` holds what a quantity cannot have.
    """
    provision, annotation = _found(analysis, eid)
    places = [*annotation.parameters, *(one for each in annotation.requirements for one in each.parameters)]
    found = next((each for each in places if each.start == start), None)
    if found is None:
        starts = ", ".join(f"{each.start} ({each.text})" for each in places)
        wanted = f"a quantity at {starts} wanted" if places else "it holds no quantity"
        raise InputError(f"{eid}: {wanted}, character {start} came")
    before = parameter_values(found)
    after: dict[str, Any] | None = before
    if verdict is Verdict.REJECT:
        after = None
    elif verdict is Verdict.CHANGE:
        after = {**before, **_checked_values(eid, to or {})}
    subject = provision_subject(ReviewTarget.PARAMETER, analysis, provision, f"{found.start}-{found.end}")
    return Review(subject, verdict, _json(before), _json(after), reason, _rules())


def parameter_values(parameter: Parameter) -> dict[str, Any]:
    """Return the fields of a quantity that can be reviewed, as plain values."""
    return {name: getattr(parameter, name) for name in _PARAMETER_FIELDS}


def _checked_values(eid: str, values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = [name for name in values if name not in _PARAMETER_FIELDS]
    if not values or unknown:
        known = ", ".join(_PARAMETER_FIELDS)
        raise InputError(f"{eid}: some of {known} wanted, {', '.join(unknown) or 'nothing'} came")
    checked = dict(values)
    try:
        if "kind" in checked:
            checked["kind"] = ParameterKind(checked["kind"]).value
        if "stricter" in checked:
            checked["stricter"] = Stricter(checked["stricter"]).value
        if checked.get("iso_date"):
            checked["value"] = float(dt.date.fromisoformat(checked["iso_date"]).toordinal())
        if "value" in checked:
            checked["value"] = float(checked["value"])
    except (ValueError, TypeError) as error:
        raise InputError(f"{eid}: the values of a quantity wanted, {dict(values)} came ({error})") from error
    return checked


def review_match(
    pair: PairResult,
    left_key: str,
    right_key: str,
    verdict: Verdict,
    *,
    instead: str | None = None,
    reason: str,
    model: str = "",
) -> Review:
    """Return a review of whether two units are counterparts.

    Parameters
    ----------
    pair : PairResult
    left_key, right_key : str
        Any two units of the pair; the machine need not have matched them.
    verdict : Verdict
        Accept: they are counterparts, also where the machine had not said so. Reject: they are not.
        Change: they are not, and `instead` is the counterpart of the left one.
    instead : str or None
        Key of a right unit.
    reason, model : str

    Raises
    ------
    InputError
        Where a key names no unit, or `instead` is wanted and was not given.
    """
    left, right = _unit(pair.left_units, left_key), _unit(pair.right_units, right_key)
    _refuse_two_kinds(left, right)
    found = _match(pair, left.key, right.key)
    is_match = any(match is found for match in pair.matches)
    before = {"is_match": is_match, "probability": None if found is None else round(found.probability, 6)}
    subject, is_flipped = _of_pair(ReviewTarget.MATCH, pair, left, right)
    after: dict[str, Any] = {"is_match": verdict is Verdict.ACCEPT}
    if verdict is Verdict.CHANGE:
        if instead is None:
            raise InputError(f"{left_key}: to change a match, name its counterpart in the other document")
        other = _unit(pair.right_units, instead)
        _refuse_two_kinds(left, other)
        keys = [left.key, other.key]
        after["instead"] = keys[::-1] if is_flipped else keys
    return Review(subject, verdict, _json(before), _json(after), reason, model or _rules())


def review_relation(
    pair: PairResult,
    left_key: str,
    right_key: str,
    verdict: Verdict,
    *,
    to: Relation | None = None,
    reason: str,
    model: str = "",
) -> Review:
    """Return a review of how a match stands, read from left to right. Rejected: no relation, no match.

    Raises
    ------
    InputError
        Where the two are no match, or `to` is wanted and was not given.
    """
    left, right = _unit(pair.left_units, left_key), _unit(pair.right_units, right_key)
    found = _match(pair, left.key, right.key)
    if found is None:
        raise InputError(
            f"{left_key} and {right_key} are no match here; accept the match before its relation"
        )
    before = found.relation
    after = {Verdict.ACCEPT: before, Verdict.REJECT: Relation.NONE, Verdict.CHANGE: to}.get(verdict)
    if after is None:
        raise InputError(f"{left_key}: to change a relation, name one of {', '.join(Relation)}")
    subject, is_flipped = _of_pair(ReviewTarget.RELATION, pair, left, right)
    if is_flipped:
        before, after = INVERSE[before], INVERSE[after]
    return Review(subject, verdict, *_both("relation", before, after), reason, model or _rules())


def _found(analysis: Analysis, eid: str) -> tuple[Provision, Annotation]:
    for provision, annotation in zip(analysis.segmentation.provisions, analysis.annotations, strict=True):
        if provision.eid == eid:
            return provision, annotation
    title = analysis.document.title or analysis.document.id
    raise InputError(f"{title} has no provision {eid}; `fragcheck parse` lists them")


def provision_subject(
    target: ReviewTarget, analysis: Analysis, provision: Provision, name: str = ""
) -> Subject:
    """The subject of a tag, type or parameter."""
    return Subject(target, analysis.document.id, provision.eid, name, anchor_of(provision).text_sha256)


def pair_subject(target: ReviewTarget, pair: PairResult, left: Unit, right: Unit) -> Subject:
    """The subject of a match or relation."""
    return _of_pair(target, pair, left, right)[0]


def _of_pair(target: ReviewTarget, pair: PairResult, left: Unit, right: Unit) -> tuple[Subject, bool]:
    """The subject, the document whose id comes first on the first side, and whether that is the right one."""
    sides = [(pair.left.split("#")[0], left), (pair.right.split("#")[0], right)]
    is_flipped = sides[1][0] < sides[0][0]
    (first, one), (second, other) = sides[::-1] if is_flipped else sides
    subject = Subject(
        target,
        *(first, one.eid, one.key, unit_sha256(one)),
        *(second, other.eid, other.key, unit_sha256(other)),
    )
    return subject, is_flipped


def _unit(units: Sequence[Unit], key: str) -> Unit:
    for unit in units:
        if key == unit.key or key in unit.duplicates:
            return unit
    raise InputError(f"a requirement or definition by its key, as `art_9__para_1#0`, wanted, {key} came")


def _refuse_two_kinds(left: Unit, right: Unit) -> None:
    if (left.definition is None) != (right.definition is None):
        raise InputError(f"{left.key} and {right.key}: a definition is no counterpart of a requirement")


def _match(pair: PairResult, left_key: str, right_key: str) -> Match | None:
    places = (*pair.matches, *pair.near)
    return next((each for each in places if (each.left_key, each.right_key) == (left_key, right_key)), None)


def _both(name: str, before: str, after: str) -> tuple[str, str]:
    return _json({name: str(before)}), _json({name: str(after)})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rules() -> str:
    return f"fragcheck {__version__} {code_fingerprint()[:16]}"
