"""Libraries of CISO Assistant: frameworks and requirement mapping sets, as YAML."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

from fragcheck.exchange.names import metadata_of, one_line, slug, title_of
from fragcheck.records import Crosswalk, CrosswalkSide, Relation

__all__ = ["crosswalk_ciso_assistant", "provisions_ciso_assistant"]

_RELATIONS = {
    Relation.EQUAL: "equal",
    Relation.SUBSET_OF: "subset",
    Relation.SUPERSET_OF: "superset",
    Relation.INTERSECTS_WITH: "intersect",
    Relation.CONTRARY: "intersect",
}
_REVERSE = {"subset": "superset", "superset": "subset"}
_URN = "urn:fragcheck:risk"

Yaml = dict[str, Any]


def crosswalk_ciso_assistant(crosswalk: Crosswalk, moment: dt.datetime) -> str:
    """Return a crosswalk as a mapping library with both directions.

    It depends on the libraries of the two frameworks: those that the files came from, or those that
    `provisions_ciso_assistant` writes. Strength runs from 0 to 10, after the probability.
    """
    left, right = crosswalk.left, crosswalk.right
    name = f"mapping-{_ref(left)}-to-{_ref(right)}"
    forward = [_row(crosswalk, place) for place in range(len(crosswalk.rows))]
    backward = [
        {
            **row,
            "source_requirement_urn": row["target_requirement_urn"],
            "target_requirement_urn": row["source_requirement_urn"],
            "relationship": _REVERSE.get(row["relationship"], row["relationship"]),
        }
        for row in forward
    ]
    library = {
        **_head(name, f"{left.document.title} to {right.document.title}", crosswalk.version, moment),
        "dependencies": [_library_urn(left), _library_urn(right)],
        "objects": {
            "requirement_mapping_sets": [_set(left, right, forward), _set(right, left, backward)],
        },
    }
    return _dump(library)


def provisions_ciso_assistant(side: CrosswalkSide, version: str, moment: dt.datetime) -> str:
    """Return the provisions of a document as a framework library; those with words can be assessed."""
    known = side.provisions()
    depths: dict[str, int] = {}
    nodes = []
    for provision in known.values():
        parent = provision.parent if provision.parent in known and provision.parent != provision.eid else None
        depths[provision.eid] = 1 + depths.get(parent or "", 0)
        node: Yaml = {
            "urn": _node_urn(side, provision.eid),
            "assessable": bool(provision.text.strip()),
            "depth": depths[provision.eid],
            "parent_urn": _node_urn(side, parent) if parent else None,
            "ref_id": provision.eid,
            "name": title_of(provision),
            "description": provision.text or None,
        }
        nodes.append({name: value for name, value in node.items() if value is not None})
    framework = {
        "urn": _framework_urn(side),
        "ref_id": _ref(side),
        "name": one_line(side.document.title),
        "description": one_line(side.document.title),
        "requirement_nodes": nodes,
    }
    head = _head(_ref(side), side.document.title, version, moment)
    library = {**head, "urn": _library_urn(side), "objects": {"framework": framework}}
    return _dump(library)


def _head(name: str, title: str, version: str, moment: dt.datetime) -> Yaml:
    return {
        "urn": f"{_URN}:library:{name}",
        "locale": "en",
        "ref_id": name,
        "name": one_line(title),
        "description": f"Made by fragcheck {version}.",
        "copyright": "The texts are those of their publishers.",
        "version": 1,
        "publication_date": moment.date().isoformat(),
        "provider": "fragcheck",
        "packager": "fragcheck",
    }


def _set(source: CrosswalkSide, target: CrosswalkSide, rows: list[Yaml]) -> Yaml:
    name = f"{_ref(source)}-to-{_ref(target)}"
    return {
        "urn": f"{_URN}:req_mapping_set:{name}",
        "ref_id": name,
        "name": one_line(f"{source.document.title} to {target.document.title}"),
        "source_framework_urn": _framework_urn(source),
        "target_framework_urn": _framework_urn(target),
        "requirement_mappings": rows,
    }


def _row(crosswalk: Crosswalk, place: int) -> Yaml:
    row = crosswalk.rows[place]
    notes = ["contrary: one demands what the other forbids"] if row.relation is Relation.CONTRARY else []
    notes += [f"differs in {', '.join(row.differs)}"] if row.differs else []
    found: Yaml = {
        "source_requirement_urn": _node_urn(crosswalk.left, row.left),
        "target_requirement_urn": _node_urn(crosswalk.right, row.right),
        "relationship": _RELATIONS[row.relation],
        "rationale": "semantic",
        "strength_of_relationship": round(10 * row.probability),
    }
    return {**found, "annotation": "; ".join(notes)} if notes else found


def _ref(side: CrosswalkSide) -> str:
    return slug(side.document.title, side.document.id)


def _library_urn(side: CrosswalkSide) -> str:
    return metadata_of(side, "library_urn") or f"{_URN}:library:{_ref(side)}"


def _framework_urn(side: CrosswalkSide) -> str:
    return metadata_of(side, "framework_urn") or f"{_URN}:framework:{_ref(side)}"


def _node_urn(side: CrosswalkSide, eid: str) -> str:
    return eid if eid.startswith("urn:") else f"{_URN}:req_node:{_ref(side)}:{eid.lower()}"


def _dump(library: Yaml) -> str:
    return yaml.safe_dump(library, sort_keys=False, allow_unicode=True, width=10_000)
