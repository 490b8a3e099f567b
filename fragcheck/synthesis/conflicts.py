"""Conflict candidates: clauses of two documents that cannot both be met."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fragcheck.align.wording import content_words, coverage, denials
from fragcheck.records import (
    Citation,
    Conflict,
    ConflictKind,
    Match,
    Modality,
    PairResult,
    Unit,
)
from fragcheck.synthesis.groups import Clause, is_same_act_and_party
from fragcheck.synthesis.opposition import is_denied
from fragcheck.synthesis.strictest import joint_parameters

__all__ = ["conflicts"]

#: From this distance on, two classes are others; from 0 on, near.
_OTHER = 0.5
_UNKNOWN = 0.15
#: Scripts from here on set no spaces between words.
_UNSPACED = 0x2E80


def conflicts(pairs: Sequence[PairResult], *, shown: float | None = None) -> tuple[Conflict, ...]:
    """Return the candidates of a conflict, the likeliest first.

    One clause demands or allows an act that the other forbids, or exempts from what the other
    demands; or both set the same quantity and no value satisfies both. The probability of a
    polarity conflict is the probability of a mapping, times what speaks against one: another act or
    party, few words in common, a denial within limits or read through a list (the factors stand in
    ``data/conflicts.toml``). They are candidates: scope and definitions may part them.

    Parameters
    ----------
    pairs : sequence of PairResult
    shown : float, optional
        Probability from which a candidate is listed; the packaged one by default.

    Returns
    -------
    tuple of Conflict
        By falling probability, then by place.
    """
    least = _data().shown if shown is None else shown
    kept = [conflict for pair in pairs for conflict in _best(_of_pair(pair)) if conflict.probability >= least]
    return tuple(sorted(kept, key=_order))


def _order(conflict: Conflict) -> tuple[float, str, str]:
    return -conflict.probability, conflict.left.key, conflict.right.key


def _best(found: Iterable[Conflict]) -> Iterator[Conflict]:
    """The likeliest candidate of each clause: sentences of one mould would all oppose each other."""
    taken: set[tuple[str, str]] = set()
    for conflict in sorted(found, key=_order):
        ends = {("left", conflict.left.key), ("right", conflict.right.key)}
        if not ends & taken:
            taken |= ends
            yield conflict


def _of_pair(pair: PairResult) -> Iterator[Conflict]:
    lefts = {unit.key: unit for unit in pair.left_units}
    rights = {unit.key: unit for unit in pair.right_units}
    agreed = _agreement(pair)
    for match in pair.opposed:
        units = lefts[match.left_key], rights[match.right_key]
        kind = _kind(*units)
        if kind is not None:
            agreement = max(
                agreed.get(("left", match.left_key), 0.0), agreed.get(("right", match.right_key), 0.0)
            )
            yield _polarity(pair, match, units, kind, is_agreed=agreement >= match.probability)
    for match in pair.matches:
        if is_same_act_and_party(match.differences):
            yield from _quantities(pair, match, (lefts[match.left_key], rights[match.right_key]))


def _agreement(pair: PairResult) -> dict[tuple[str, str], float]:
    """Highest probability with which a unit has a counterpart of its own polarity, by side and key."""
    found: dict[tuple[str, str], float] = {}
    for match in pair.matches:
        if not match.differences.polarity:
            for place in (("left", match.left_key), ("right", match.right_key)):
                found[place] = max(found.get(place, 0.0), match.probability)
    return found


def _kind(left: Unit, right: Unit) -> ConflictKind | None:
    """None where the two do not clash: to permit what the other exempts from, or outcomes."""
    denied, asked = (left, right) if is_denied(left) else (right, left)
    if denied.requirement is None or asked.requirement is None:
        return None
    if denied.requirement.modality is Modality.PERMISSION:
        is_asked = asked.requirement.modality is not Modality.PERMISSION
        return ConflictKind.DUTY_AGAINST_EXEMPTION if is_asked else None
    if asked.requirement.modality is Modality.PERMISSION:
        return ConflictKind.PERMISSION_AGAINST_PROHIBITION
    return ConflictKind.DUTY_AGAINST_PROHIBITION


def _polarity(
    pair: PairResult, match: Match, units: tuple[Unit, Unit], kind: ConflictKind, *, is_agreed: bool
) -> Conflict:
    data, differences = _data(), match.differences
    act, party = _alike(differences.action), _alike(differences.actor)
    denied, asked = units if is_denied(units[0]) else units[::-1]
    if act == "same" and party == "other" and _can_be_one(units):
        party = "authority"
    shared = _shared_words(units)
    are_alike = shared is not None and shared >= data.like_text
    if act == "unknown" and _differ_by_a_denial(denied, asked, shared):
        act = "same"
    limited = _is_limited(denied, asked, kind, are_alike=are_alike)
    factors = (
        data.kind[kind.value],
        data.act[act],
        data.party[party],
        _words_factor(shared, is_same_act=act == "same"),
        _reading_factor(denied, asked, are_alike=are_alike),
        data.limit if limited else 1.0,
        data.agreed_elsewhere if is_agreed else 1.0,
    )
    probability = match.probability * math.prod(factors)
    side = "left" if denied is units[0] else "right"
    reason = (
        f"The {side} {_DENIES[kind]}: {_ACT[act]}, {_PARTY[party]}"
        f"{', within limits' if limited else ''}; probability of a mapping {match.probability:.2f}."
    )
    return _conflict(pair, units, kind, round(probability, 6), reason)


_DENIES = {
    ConflictKind.DUTY_AGAINST_PROHIBITION: "forbids what the other demands",
    ConflictKind.PERMISSION_AGAINST_PROHIBITION: "forbids what the other allows",
    ConflictKind.DUTY_AGAINST_EXEMPTION: "exempts from what the other demands",
}
_ACT = {
    "same": "the same act",
    "unknown": "acts of no known class",
    "near": "near acts",
    "other": "acts of other classes",
}
_PARTY = {
    "same": "the same party",
    "unknown": "a party unsaid",
    "near": "near parties",
    "authority": "a public body, which may act in the role of the other",
    "other": "other parties",
}


def _can_be_one(units: tuple[Unit, Unit]) -> bool:
    """Whether one is a public body and the other binds a role in which it may act: police use systems too."""
    roles = {unit.requirement.actor_role for unit in units if unit.requirement is not None}
    return "public_authority" in roles and bool(roles & _data().of_authorities)


def _is_limited(denied: Unit, asked: Unit, kind: ConflictKind, *, are_alike: bool) -> bool:
    """Whether the denial, or the duty, holds within limits: then both may say the same.

    A limit that two clauses of like words both state is none of the denial.
    """
    data = _data()
    in_denied, in_asked = (
        Counter(found.lower() for found in data.of_denials.findall(unit.text_unit.text))
        for unit in (denied, asked)
    )
    if in_denied - in_asked if are_alike else in_denied:
        return True
    is_duty = kind is not ConflictKind.PERMISSION_AGAINST_PROHIBITION
    limits = [Counter(data.of_duties.findall(unit.text_unit.text.lower())) for unit in (asked, denied)]
    return is_duty and bool(limits[0] - limits[1] if are_alike else limits[0])


def _shared_words(units: tuple[Unit, Unit]) -> float | None:
    """The lesser of the shares of each side's words that the other has; None across languages."""
    left, right = (unit.text_unit for unit in units)
    if left.language and right.language and left.language != right.language:
        return None
    shares = coverage(left.text, right.text, _data().same_word)
    return min(shares.left, shares.right)


def _differ_by_a_denial(denied: Unit, asked: Unit, shared: float | None) -> bool:
    """Whether the same words stand in both, but for a denial: then the act is the same, whatever its class.

    An item of a list may say the same under another lead-in that denies: that is no denial of the act.
    """
    is_same_text = shared is not None and shared >= _data().same_text
    return is_same_text and denials(denied.text_unit.text) > denials(asked.text_unit.text)


def _words_factor(shared: float | None, *, is_same_act: bool) -> float:
    data = _data()
    if shared is None:
        return data.other_language_same_act if is_same_act else data.other_language
    return next(factor for share, factor in data.words if shared >= share)


def _reading_factor(denied: Unit, asked: Unit, *, are_alike: bool) -> float:
    """How safely the polarity of the two was read."""
    data, factor = _data(), 1.0
    in_denied, in_asked = (denials(unit.text_unit.text) for unit in (denied, asked))
    if not in_denied:
        factor *= data.denied_in_list
    if in_asked and not (are_alike and in_denied > in_asked):
        factor *= data.asked_denies
    if min(len(content_words(unit.text_unit.text)) for unit in (denied, asked)) < data.fewest_words:
        factor *= data.few_words
    return factor


def _alike(distance: float | None) -> str:
    if distance is None or 0 < distance <= _UNKNOWN:
        return "unknown"
    if distance == 0:
        return "same"
    return "near" if distance < 2 * _OTHER else "other"


def _quantities(pair: PairResult, match: Match, units: tuple[Unit, Unit]) -> Iterator[Conflict]:
    clauses = [Clause(name, unit) for name, unit in zip((pair.left, pair.right), units, strict=True)]
    for joint in joint_parameters(clauses):
        if joint.is_empty and len(joint.clauses) == 2:
            left, right = joint.clauses
            reason = f"No {joint.kind} satisfies both {left.text} and {right.text}."
            yield _conflict(
                pair, units, ConflictKind.QUANTITIES_DO_NOT_MEET, round(match.probability, 6), reason
            )


def _conflict(
    pair: PairResult, units: tuple[Unit, Unit], kind: ConflictKind, probability: float, reason: str
) -> Conflict:
    left, right = (
        Citation(name, unit.eid, unit.key, unit.requirement.text if unit.requirement else unit.text_unit.text)
        for name, unit in zip((pair.left, pair.right), units, strict=True)
    )
    return Conflict(kind, left, right, probability, reason)


@dataclass(frozen=True, slots=True)
class _Data:
    """The figures of ``data/conflicts.toml``."""

    shown: float
    kind: Mapping[str, float]
    act: Mapping[str, float]
    party: Mapping[str, float]
    of_authorities: frozenset[str]
    words: tuple[tuple[float, float], ...]
    other_language_same_act: float
    other_language: float
    same_word: float
    like_text: float
    same_text: float
    denied_in_list: float
    asked_denies: float
    fewest_words: int
    few_words: float
    agreed_elsewhere: float
    limit: float
    of_denials: re.Pattern[str]
    of_duties: re.Pattern[str]


@lru_cache(maxsize=1)
def _data() -> _Data:
    content = files("fragcheck.synthesis").joinpath("data", "conflicts.toml").read_text("utf-8")
    table = tomllib.loads(content)
    words = table["words"]
    return _Data(
        shown=table["shown"],
        kind=table["kind"],
        act=table["act"],
        party=table["party"],
        of_authorities=frozenset(table["roles"]["of_authorities"]),
        words=tuple((share, factor) for share, factor in words["shares"]),
        other_language_same_act=words["other_language_same_act"],
        other_language=words["other_language"],
        same_word=words["same_word"],
        like_text=words["like_text"],
        same_text=words["same_text"],
        **table["evidence"],
        limit=table["limit"]["factor"],
        of_denials=_pattern(table["limit"]["of_denials"]),
        of_duties=_pattern(table["limit"]["of_duties"]),
    )


def _pattern(cues: Sequence[str]) -> re.Pattern[str]:
    """Cues of alphabetic scripts as whole words, others anywhere."""
    written = {cue: re.escape(cue).replace(re.escape(" … "), r"\b.{0,60}?\b") for cue in cues}
    spaced = "|".join(pattern for cue, pattern in written.items() if ord(cue[0]) < _UNSPACED)
    unspaced = "|".join(pattern for cue, pattern in written.items() if ord(cue[0]) >= _UNSPACED)
    return re.compile(rf"\b(?:{spaced})\b|{unspaced}", re.IGNORECASE)
