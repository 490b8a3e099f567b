"""Catalogs and mapping collections in OSCAL 1.2 (NIST), as JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from fragcheck.exchange.names import identifier, metadata_of, one_line, title_of, token
from fragcheck.records import Crosswalk, CrosswalkRow, CrosswalkSide, Provision, Relation

__all__ = ["OSCAL_VERSION", "crosswalk_oscal", "provisions_oscal"]

OSCAL_VERSION = "1.2.1"
_NAMESPACE = "urn:fragcheck:oscal"
_RELATIONS = {
    Relation.EQUAL: "equal-to",
    Relation.SUBSET_OF: "subset-of",
    Relation.SUPERSET_OF: "superset-of",
    Relation.INTERSECTS_WITH: "intersects-with",
    Relation.CONTRARY: "intersects-with",
}

Json = dict[str, Any]


def crosswalk_oscal(crosswalk: Crosswalk, moment: dt.datetime) -> str:
    """Return a crosswalk as an OSCAL mapping collection.

    Each side is referred to as a catalog: the file it came from where that was one, else the one
    that `provisions_oscal` writes. Contrary rules are ``intersects-with`` and carry a property.

    Parameters
    ----------
    crosswalk : Crosswalk
        With at least one row: a mapping without maps is not valid.
    moment : datetime
        When it was made, with its time zone.
    """
    left, right = crosswalk.left.document, crosswalk.right.document
    mapped = {row.right for row in crosswalk.rows}
    mapping: Json = {
        "uuid": identifier("mapping", left.id, right.id),
        "source-resource": {"type": "catalog", "href": _href(crosswalk.left)},
        "target-resource": {"type": "catalog", "href": _href(crosswalk.right)},
        "maps": [_map(crosswalk, row) for row in crosswalk.rows],
    }
    gaps = (
        ("source", left.id, [eid for eid, _ in crosswalk.unmapped]),
        ("target", right.id, [each.eid for each in _worded(crosswalk.right) if each.eid not in mapped]),
    )
    for side, name, eids in gaps:
        if eids:
            mapping[f"{side}-gap-summary"] = {
                "uuid": identifier(f"{side} gaps", left.id, right.id, name),
                "unmapped-controls": [{"with-ids": [token(eid) for eid in eids]}],
            }
    collection = {
        "uuid": identifier("mapping collection", left.id, right.id),
        "metadata": _metadata(f"{left.title} to {right.title}", crosswalk.version, moment),
        "provenance": {
            "method": "automation",
            "matching-rationale": "semantic",
            "status": "draft",
            "mapping-description": "Made by fragcheck; confidence is the calibrated probability of an expert "
            "mapping.",
        },
        "mappings": [mapping],
    }
    return _dump({"mapping-collection": collection})


def provisions_oscal(side: CrosswalkSide, version: str, moment: dt.datetime) -> str:
    """Return the provisions of a document as an OSCAL catalog, nested as in the document."""
    children: dict[str | None, list[Provision]] = {}
    known = side.provisions()
    for provision in known.values():
        children.setdefault(provision.parent if provision.parent in known else None, []).append(provision)
    catalog = {
        "uuid": identifier("catalog", side.document.id),
        "metadata": _metadata(side.document.title, version, moment),
        "controls": [_control(each, children) for each in children.get(None, ())],
    }
    if not catalog["controls"]:
        del catalog["controls"]
    return _dump({"catalog": catalog})


def _metadata(title: str, version: str, moment: dt.datetime) -> Json:
    return {
        "title": one_line(title) or "untitled",
        "last-modified": moment.isoformat(timespec="seconds"),
        "version": version,
        "oscal-version": OSCAL_VERSION,
    }


def _control(provision: Provision, children: dict[str | None, list[Provision]]) -> Json:
    control: Json = {"id": token(provision.eid), "class": provision.kind.value, "title": title_of(provision)}
    properties = [("label", one_line(provision.num)), ("context", one_line(provision.context))]
    control["props"] = [
        {"name": name, "value": value, **({} if name == "label" else {"ns": _NAMESPACE})}
        for name, value in properties
        if value
    ]
    if not control["props"]:
        del control["props"]
    if provision.text.strip():
        control["parts"] = [
            {"id": f"{token(provision.eid)}_smt", "name": "statement", "prose": provision.text}
        ]
    inner = [_control(each, children) for each in children.get(provision.eid, ())]
    return {**control, **({"controls": inner} if inner else {})}


def _map(crosswalk: Crosswalk, row: CrosswalkRow) -> Json:
    ids = crosswalk.left.document.id, crosswalk.right.document.id
    properties = [("differs-in", field) for field in row.differs]
    if row.relation is Relation.CONTRARY:
        properties.insert(0, ("relation", "contrary"))
    found: Json = {
        "uuid": identifier("map", *ids, row.left, row.right),
        "relationship": _RELATIONS[row.relation],
        "sources": [{"type": "control", "id-ref": token(row.left)}],
        "targets": [{"type": "control", "id-ref": token(row.right)}],
        "confidence-score": {"percentage": round(row.probability, 6)},
    }
    if properties:
        found["props"] = [{"name": name, "ns": _NAMESPACE, "value": value} for name, value in properties]
    return found


def _worded(side: CrosswalkSide) -> list[Provision]:
    return [each for each in side.segmentation.provisions if each.text or each.heading]


def _href(side: CrosswalkSide) -> str:
    return metadata_of(side, "oscal_href") or f"{side.document.id}.catalog.json"


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
