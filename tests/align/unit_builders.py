"""Builders of analyses, units and alignments for the tests of this room."""

from __future__ import annotations

from fragcheck.records import (
    Alignment,
    Analysis,
    Annotation,
    Candidate,
    Definition,
    Document,
    Modality,
    Parameter,
    ParameterKind,
    Provision,
    ProvisionKind,
    ProvisionType,
    Requirement,
    Segmentation,
    Stricter,
    Tag,
    TextUnit,
    Tradition,
    Unit,
)


def requirement(text, modality=Modality.OBLIGATION, **fields):
    return Requirement(text=text, modality=modality, **fields)


def provision(eid, text="", kind=ProvisionKind.ARTICLE, **fields):
    return Provision(eid=eid, kind=kind, text=text, **{"language": "en", **fields})


def annotation(eid, *items, kind=ProvisionType.OBLIGATION, tags=()):
    return Annotation(
        eid=eid,
        provision_type=kind,
        requirements=tuple(i for i in items if isinstance(i, Requirement)),
        definitions=tuple(i for i in items if isinstance(i, Definition)),
        tags=tuple(Tag(name, p, p >= 0.5) for name, p in tags),
    )


def analysis(*rows):
    provisions, annotations = zip(*rows, strict=True) if rows else ((), ())
    return Analysis(
        Document("0" * 64, "Test act", "act.csv"),
        Segmentation("0" * 64, tuple(provisions), Tradition.TABLE, "en"),
        tuple(annotations),
    )


def unit(key, text=None, *, item=None, language="en", context=""):
    text = f"The maker keeps rule {key}." if text is None else text
    item = requirement(text) if item is None else item
    is_definition = isinstance(item, Definition)
    return Unit(
        key=key,
        eid=key.split("#", maxsplit=1)[0],
        text_unit=TextUnit(key, text, language=language, context=context),
        requirement=None if is_definition else item,
        definition=item if is_definition else None,
    )


def alignment(*triples):
    return Alignment(
        tuple(Candidate(left, right, 1, p, p) for left, right, p in triples),
        (),
        (),
    )


def quantity(kind, value, measure, stricter=Stricter.UNKNOWN, **fields):
    return Parameter(
        ParameterKind(kind), value, measure, stricter=stricter, **{"text": f"{value:g} {measure}", **fields}
    )
