"""Crosswalks of others, read: SSSOM, OLIR and plain tables, OSCAL mapping collections, CISO Assistant."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fragcheck.errors import UnreadableInput
from fragcheck.exchange.controls import parsed_object
from fragcheck.exchange.names import one_line
from fragcheck.formats.xml_input import read_limited
from fragcheck.records import ImportedCrosswalk, ImportedPair, Relation

__all__ = ["read_mapping"]

_WANTED = (
    "a crosswalk as SSSOM (TSV), OLIR or a table with left_id,right_id (CSV), an OSCAL mapping "
    "collection (JSON) or a CISO Assistant mapping (YAML)"
)
_PREDICATES = {
    "exactmatch": Relation.EQUAL,
    "closematch": Relation.INTERSECTS_WITH,
    "broadmatch": Relation.SUBSET_OF,
    "narrowmatch": Relation.SUPERSET_OF,
    "relatedmatch": Relation.INTERSECTS_WITH,
}
_WORDS = {
    **dict.fromkeys(("equal", "equal_to", "equivalent", "equivalent_to"), Relation.EQUAL),
    **dict.fromkeys(("subset", "subset_of"), Relation.SUBSET_OF),
    **dict.fromkeys(("superset", "superset_of"), Relation.SUPERSET_OF),
    **dict.fromkeys(("intersect", "intersects", "intersects_with"), Relation.INTERSECTS_WITH),
    **dict.fromkeys(("none", "not_related", "not_related_to", "no_relationship"), Relation.NONE),
    "contrary": Relation.CONTRARY,
}
#: Names of the columns of tables: left, right, relation, strength. The first that are there count.
_COLUMNS: Mapping[str, Sequence[str]] = {
    "left": ("left_id", "focal document element", "source_id", "left", "source", "from"),
    "right": ("right_id", "reference document element", "target_id", "right", "target", "to"),
    "relation": ("relation", "relationship"),
    "strength": ("probability", "confidence", "strength of relationship", "strength"),
}

Json = Mapping[str, Any]


def read_mapping(path: Path) -> ImportedCrosswalk:
    """Return the pairs of a crosswalk that somebody else, or fragcheck, made.

    Ids stay as they are written, without the prefix of a CURIE and with percent-encoded signs decoded. A
    row that says that there is no counterpart has an empty right id.

    Parameters
    ----------
    path : Path
        SSSOM as TSV; CSV with the columns of OLIR, of ``align --format csv``, or source and target; an
        OSCAL mapping collection as JSON; a CISO Assistant library with mapping sets as YAML, whose first
        set counts.

    Raises
    ------
    UnreadableInput
        If the file is none of these, or holds no pair.
    """
    data = read_limited(path, _WANTED)
    suffix = path.suffix.lower()
    if suffix in (".json", ".yaml", ".yml"):
        form, pairs = _structured(path, parsed_object(path, data, _WANTED))
    else:
        form, pairs = _table(path, data)
    kept = tuple(dict.fromkeys(pairs))
    if not any(pair.right for pair in kept):
        raise UnreadableInput(f"{path.name}: {_WANTED} wanted; it holds no pair")
    return ImportedCrosswalk(form, kept)


def _table(path: Path, data: bytes) -> tuple[str, Iterator[ImportedPair]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path.name}: a table in UTF-8 wanted, it is not ({error.reason})") from error
    lines = list(itertools.dropwhile(lambda line: line.startswith("#"), text.splitlines(keepends=True)))
    head = lines[0] if lines else ""
    dialect = "\t" if head.count("\t") > max(head.count(","), head.count(";")) else ","
    if head.count(";") > head.count(dialect):
        dialect = ";"
    try:
        rows = list(csv.DictReader(io.StringIO("".join(lines)), delimiter=dialect))
    except csv.Error as error:
        raise UnreadableInput(f"{path.name}: {_WANTED} wanted; its rows cannot be read ({error})") from error
    names = {one_line(name).lower(): name for name in (rows[0] if rows else {}) if name}
    if {"subject_id", "object_id"} <= set(names):
        return "sssom", _sssom_rows(rows)
    columns = {what: _first(names, known) for what, known in _COLUMNS.items()}
    left, right = columns["left"], columns["right"]
    if left is None or right is None:
        raise UnreadableInput(f"{path.name}: {_WANTED} wanted; its columns are {', '.join(names) or 'none'}")
    form = "olir" if "focal document element" in names else "table"
    return form, _plain_rows(rows, left, right, columns)


def _first(names: Mapping[str, str], known: Sequence[str]) -> str | None:
    return next((names[name] for name in known if name in names), None)


def _sssom_rows(rows: Sequence[Mapping[str, str | None]]) -> Iterator[ImportedPair]:
    for row in rows:
        left, right = _local(row.get("subject_id")), row.get("object_id") or ""
        if not left or (row.get("predicate_modifier") or "").lower() == "not":
            continue
        if right.rpartition(":")[2] == "NoTermFound":
            yield ImportedPair(left, "", Relation.NONE)
            continue
        predicate = (row.get("predicate_id") or "").rpartition(":")[2].lower()
        yield ImportedPair(left, _local(right), _PREDICATES.get(predicate), _number(row.get("confidence"), 1))


def _local(curie: str | None) -> str:
    """The id of a CURIE without its prefix; a URI or URN stays whole."""
    text = (curie or "").strip()
    prefix, colon, local = text.partition(":")
    is_whole = not colon or local.startswith("//") or prefix.lower() == "urn"
    return unquote(text if is_whole else local)


def _plain_rows(
    rows: Sequence[Mapping[str, str | None]], left: str, right: str, columns: Mapping[str, str | None]
) -> Iterator[ImportedPair]:
    relation_name, strength_name = columns["relation"], columns["strength"]
    # OLIR counts strength from 0 to 10, probabilities run to 1.
    scale = 10 if strength_name and "strength" in strength_name.lower() else 1
    for row in rows:
        one = (row.get(left) or "").strip().removeprefix("'")
        other = (row.get(right) or "").strip().removeprefix("'")
        if not one:
            continue
        relation = _relation(row.get(relation_name) if relation_name else "")
        strength = _number(row.get(strength_name), scale) if strength_name else None
        yield ImportedPair(one, "" if relation is Relation.NONE else other, relation, strength)


def _relation(text: str | None) -> Relation | None:
    return _WORDS.get("_".join((text or "").lower().replace("-", " ").replace("_", " ").split()))


def _number(value: object, scale: int) -> float | None:
    """A strength in [0, 1]; None where there is none, or it is beyond its scale."""
    try:
        found = float(str(value)) / scale
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def _structured(path: Path, value: Json) -> tuple[str, Iterator[ImportedPair]]:
    collection = value.get("mapping-collection")
    if isinstance(collection, Mapping):
        return "oscal", _oscal_pairs(collection)
    objects = value.get("objects")
    sets = objects.get("requirement_mapping_sets") if isinstance(objects, Mapping) else None
    if sets is None and isinstance(objects, Mapping):
        one = objects.get("requirement_mapping_set")
        sets = [one] if isinstance(one, Mapping) else one
    if isinstance(sets, list) and sets and isinstance(sets[0], Mapping):
        return "ciso-assistant", _ciso_pairs(sets[0])
    raise UnreadableInput(f"{path.name}: {_WANTED} wanted; it is none of them")


def _entries(value: Json, name: str) -> Iterator[Json]:
    found = value.get(name)
    yield from (each for each in found if isinstance(each, Mapping)) if isinstance(found, list) else ()


def _oscal_pairs(collection: Json) -> Iterator[ImportedPair]:
    for mapping in _entries(collection, "mappings"):
        for entry in _entries(mapping, "maps"):
            score = entry.get("confidence-score")
            strength = _number(score.get("percentage"), 1) if isinstance(score, Mapping) else None
            named = entry.get("relationship")
            word = named.get("type") if isinstance(named, Mapping) else named
            relation = _relation(str(word or ""))
            for source in _entries(entry, "sources"):
                for target in _entries(entry, "targets"):
                    left, right = str(source.get("id-ref") or ""), str(target.get("id-ref") or "")
                    if left and right:
                        yield ImportedPair(left, right, relation, strength)
        gaps = mapping.get("source-gap-summary")
        for controls in _entries(gaps, "unmapped-controls") if isinstance(gaps, Mapping) else ():
            ids = controls.get("with-ids")
            for eid in ids if isinstance(ids, list) else ():
                yield ImportedPair(str(eid), "", Relation.NONE)


def _ciso_pairs(mapping_set: Json) -> Iterator[ImportedPair]:
    for row in _entries(mapping_set, "requirement_mappings"):
        left = str(row.get("source_requirement_urn") or "")
        right = str(row.get("target_requirement_urn") or "")
        if left and right:
            relation = _relation(str(row.get("relationship") or ""))
            yield ImportedPair(left, right, relation, _number(row.get("strength_of_relationship"), 10))
