"""The provisions of a project as rows that can be looked through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from fragcheck.records import (
    Actor,
    Analysis,
    Annotation,
    Provision,
    ProvisionType,
    Review,
    ReviewTarget,
    Role,
    Subject,
    anchor_of,
)
from fragcheck.store.workspace.access import admitted
from fragcheck.store.workspace.connecting import Workspace
from fragcheck.store.workspace.entries import ProvisionFilter, ProvisionPage, ProvisionRow
from fragcheck.store.workspace.tables import documents, provision_rows, storable, versions

__all__ = ["find_provisions", "index_provisions", "joined", "parted", "settle_rows"]

_ESCAPE = "\\"

_Found = sa.Row[tuple[object, ...]]


def joined(names: Iterable[str]) -> str:
    """Return names as one text, each between two semicolons: ``;a;b;``, empty for none."""
    found = list(names)
    return f";{';'.join(found)};" if found else ""


def parted(text: str) -> tuple[str, ...]:
    """Return the names that `joined` joined."""
    return tuple(text.strip(";").split(";")) if text else ()


def find_provisions(
    workspace: Workspace, actor: Actor, project: str, wanted: ProvisionFilter | None = None
) -> ProvisionPage:
    """Return the provisions of a project that a filter lets through.

    Parameters
    ----------
    workspace : Workspace
    actor : Actor
    project : str
    wanted : ProvisionFilter or None
        None asks for the first hundred of all.
    """
    asked = wanted or ProvisionFilter()
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at provisions")
        chosen = _chosen_versions(connection, number, asked)
        if not chosen:
            return ProvisionPage((), 0)
        conditions = list(_conditions(asked, connection.dialect.name))
        if conditions:
            keys: Sequence[_Key] = _keys(connection, list(chosen), conditions)
        else:  # positions count from 0 without a gap: no row is read to know them
            keys = [(one, place) for one, version in chosen.items() for place in range(version.n_provisions)]
        page = keys[asked.offset : asked.offset + asked.limit]
        rows = _rows_of(connection, page)
    return ProvisionPage(tuple(_row(rows[key], chosen[key[0]]) for key in page), len(keys))


_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Version:
    document: str
    number: int
    n_provisions: int


def _keys(
    connection: sa.Connection, chosen: Sequence[int], conditions: Sequence[sa.ColumnElement[bool]]
) -> list[_Key]:
    """(version, position) of all hits, in order: one pass, over an index alone where no words are asked."""
    columns = provision_rows.c
    query = sa.select(columns.version_id, columns.position).where(
        columns.version_id.in_(_written(chosen)), *conditions
    )
    found = connection.execute(query.order_by(columns.version_id, columns.position))
    return [(version_id, position) for version_id, position in found]


def _rows_of(connection: sa.Connection, keys: Sequence[_Key]) -> dict[_Key, _Found]:
    columns = provision_rows.c
    by_version: dict[int, list[int]] = {}
    for version_id, position in keys:
        by_version.setdefault(version_id, []).append(position)
    rows: dict[_Key, _Found] = {}
    for version_id, positions in by_version.items():
        is_one = (columns.version_id == version_id) & columns.position.in_(_written(positions))
        found = connection.execute(sa.select(provision_rows).where(is_one)).all()
        rows |= {(row.version_id, row.position): row for row in found}
    return rows


def _written(numbers: Sequence[int]) -> sa.BindParameter[list[int]]:
    """Numbers written into the statement itself: databases allow few variables, and there may be many."""
    return sa.bindparam("numbers", list(numbers), expanding=True, literal_execute=True)


def _chosen_versions(connection: sa.Connection, number: int, asked: ProvisionFilter) -> dict[int, _Version]:
    """The versions to look through, by their row, in the order in which they were added."""
    columns = versions.c
    query = (
        sa.select(columns.id, columns.number, columns.n_provisions, documents.c.name)
        .join(documents, versions.c.document_id == documents.c.id)
        .where(documents.c.project_id == number)
        .order_by(versions.c.id)
    )
    if asked.documents:
        query = query.where(documents.c.name.in_(asked.documents))
    rows = connection.execute(query).all()
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.name] = max(row.number, newest.get(row.name, 0))
    return {
        row.id: _Version(row.name, row.number, row.n_provisions)
        for row in rows
        if asked.all_versions or newest[row.name] == row.number
    }


def _conditions(asked: ProvisionFilter, dialect: str) -> Iterator[sa.ColumnElement[bool]]:
    columns = provision_rows.c
    if asked.provision_type is not None:
        yield columns.provision_type == asked.provision_type.value
    if asked.principle:
        yield columns.tags.like(f"%;{_escaped(asked.principle)};%", escape=_ESCAPE)
    if asked.modality:
        yield columns.modalities.like(f"%;{_escaped(asked.modality)};%", escape=_ESCAPE)
    if asked.is_reviewed is not None:
        yield (columns.reviewed != "") if asked.is_reviewed else (columns.reviewed == "")
    if asked.words:
        pattern = f"%{_escaped(asked.words)}%"
        yield sa.or_(
            *(_holds(each, pattern, dialect) for each in (columns.text, columns.heading, columns.num))
        )


def _holds(column: sa.ColumnElement[str], pattern: str, dialect: str) -> sa.ColumnElement[bool]:
    """Whether a text fits a pattern in any case of the letters a-z: how SQLite reads LIKE by itself."""
    if dialect == "postgresql":
        return column.collate("C").ilike(pattern, escape=_ESCAPE)
    return column.like(pattern, escape=_ESCAPE)


def _escaped(text: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text


def _row(row: _Found, version: _Version) -> ProvisionRow:
    found = row._mapping  # noqa: SLF001 - the documented way to a row's columns by name
    return ProvisionRow(
        document=version.document,
        version=version.number,
        eid=found["eid"],
        kind=found["kind"],
        num=found["num"],
        heading=found["heading"],
        text=found["text"],
        page=found["page"],
        provision_type=ProvisionType(found["provision_type"]),
        tags=parted(found["tags"]),
        modalities=parted(found["modalities"]),
        n_requirements=found["n_requirements"],
        reviewed=parted(found["reviewed"]),
    )


def index_provisions(
    connection: sa.Connection, version_id: int, analysis: Analysis, settled: Iterable[Review]
) -> None:
    """Write the rows of a version anew; `settled` are the reviews in force."""
    connection.execute(provision_rows.delete().where(provision_rows.c.version_id == version_id))
    pairs = zip(analysis.segmentation.provisions, analysis.annotations, strict=True)
    rows = [_values(version_id, place, *pair) for place, pair in enumerate(pairs)]
    if rows:
        connection.execute(provision_rows.insert(), rows)
    for review in settled:
        if review.subject.document_id == analysis.document.id:
            _settle_version(connection, version_id, review.subject, review)


def _values(version_id: int, place: int, provision: Provision, found: Annotation) -> dict[str, object]:
    tags = joined(tag.principle for tag in (*found.tags, *found.sovereignty) if tag.is_on)
    return {
        "version_id": version_id,
        "position": place,
        "eid": storable(provision.eid),
        "kind": provision.kind.value,
        "num": storable(provision.num),
        "heading": storable(provision.heading),
        "text": storable(provision.text),
        "text_sha256": anchor_of(provision).text_sha256,
        "page": provision.page_start,
        "provision_type": found.provision_type.value,
        "machine_type": found.provision_type.value,
        "tags": tags,
        "machine_tags": tags,
        "modalities": joined(dict.fromkeys(each.modality.value for each in found.requirements)),
        "n_requirements": len(found.requirements),
        "reviewed": "",
    }


def settle_rows(connection: sa.Connection, number: int, subject: Subject, review: Review | None) -> None:
    """Bring the rows of a provision, in all versions of a project, to what is in force of a subject."""
    query = (
        sa.select(versions.c.id)
        .join(documents, versions.c.document_id == documents.c.id)
        .where(documents.c.project_id == number, versions.c.sha256 == subject.document_id)
    )
    for version_id in connection.execute(query).scalars().all():
        _settle_version(connection, version_id, subject, review)


def _settle_version(
    connection: sa.Connection, version_id: int, subject: Subject, review: Review | None
) -> None:
    settle = _SETTLE.get(subject.target)
    if settle is None:
        return
    columns = provision_rows.c
    is_it = (columns.version_id == version_id) & (columns.text_sha256 == subject.text_sha256)
    for row in connection.execute(sa.select(provision_rows).where(is_it, columns.eid == subject.eid)).all():
        values = settle(row, subject.name, review)
        place = (columns.version_id == version_id) & (columns.position == row.position)
        connection.execute(provision_rows.update().where(place).values(**values))


def _settled_type(row: _Found, _: str, review: Review | None) -> dict[str, str]:
    after = row.machine_type if review is None else json.loads(review.after)["provision_type"]
    return {"provision_type": after, "reviewed": _marked(row.reviewed, "type", is_on=review is not None)}


def _settled_parameter(row: _Found, name: str, review: Review | None) -> dict[str, str]:
    """Quantities have no column of their own: the row only says that one was settled."""
    return {"reviewed": _marked(row.reviewed, f"parameter {name}", is_on=review is not None)}


def _settled_tag(row: _Found, name: str, review: Review | None) -> dict[str, str]:
    names = parted(row.tags)
    is_on = name in parted(row.machine_tags) if review is None else bool(json.loads(review.after)["is_on"])
    kept = [one for one in names if one != name]
    machine = parted(row.machine_tags)
    order = {one: place for place, one in enumerate(machine)}
    tags = sorted([*kept, name] if is_on else kept, key=lambda one: (order.get(one, len(machine)), one))
    return {
        "tags": joined(tags),
        "reviewed": _marked(row.reviewed, f"tag {name}", is_on=review is not None),
    }


_SETTLE: Mapping[ReviewTarget, Callable[[_Found, str, Review | None], dict[str, str]]] = {
    ReviewTarget.TAG: _settled_tag,
    ReviewTarget.TYPE: _settled_type,
    ReviewTarget.PARAMETER: _settled_parameter,
}


def _marked(reviewed: str, mark: str, *, is_on: bool) -> str:
    kept = {one for one in parted(reviewed) if one != mark}
    return joined(sorted(kept | {mark} if is_on else kept))
