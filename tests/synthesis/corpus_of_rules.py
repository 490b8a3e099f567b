"""Small documents whose rules are written out: what the tests of this room compare."""

from __future__ import annotations

from fragcheck.diverge import measure_pair
from fragcheck.records import (
    Definition,
    Differences,
    Match,
    Modality,
    Parameter,
    ParameterKind,
    Relation,
    Requirement,
    Stricter,
    TextUnit,
    Unit,
)


def rule(
    eid, text, modality=Modality.OBLIGATION, parameters=(), *, negated=False, role="supplier", act="notify"
):
    return Unit(
        key=f"{eid}#0",
        eid=eid,
        text_unit=TextUnit(f"{eid}#0", text, language="en"),
        requirement=Requirement(
            text,
            modality,
            is_negated=negated,
            actor_role=role,
            action_class=act,
            parameters=tuple(parameters),
        ),
    )


def meaning(eid, term, definiens):
    return Unit(
        key=f"{eid}#0",
        eid=eid,
        text_unit=TextUnit(f"{eid}#0", f"{term} means {definiens}", language="en"),
        definition=Definition(term, definiens),
    )


def within(hours, text, trigger="becoming aware"):
    return Parameter(ParameterKind.DURATION, hours, "hour", "<=", trigger, Stricter.LOWER, text)


def kept(years, text, comparator="=", stricter=Stricter.HIGHER):
    return Parameter(ParameterKind.RETENTION, years, "year", comparator, "log", stricter, text)


def fine(value, unit, text, kind=ParameterKind.AMOUNT):
    return Parameter(kind, value, unit, "<=", "", Stricter.HIGHER, text)


def match(left, right, probability=0.9, differences=None, relation=Relation.EQUAL):
    return Match(
        left.eid,
        right.eid,
        left.key,
        right.key,
        probability,
        relation,
        differences=differences or Differences(),
    )


def pair(names, left, right, matches=(), opposed=()):
    return measure_pair(names, (left, right), (tuple(matches), ()), (), opposed=tuple(opposed))
