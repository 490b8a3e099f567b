"""The documents of a project, each in one or more versions."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from fragcheck.errors import InputError
from fragcheck.records import Actor, Analysis, Role
from fragcheck.store.workspace.access import admitted
from fragcheck.store.workspace.connecting import Workspace, new_id
from fragcheck.store.workspace.entries import DocumentVersion
from fragcheck.store.workspace.provisions import index_provisions
from fragcheck.store.workspace.reviewing import project_reviews
from fragcheck.store.workspace.tables import documents, provision_rows, storable, versions

__all__ = ["add_version", "document_versions", "documents_of", "remove_document"]

_LONGEST = 400


def add_version(
    workspace: Workspace,
    actor: Actor,
    project: str,
    analysis: Analysis,
    *,
    name: str = "",
    file_name: str = "",
    options: Mapping[str, object] | None = None,
) -> DocumentVersion:
    """Keep an analysed document in a project, as a new document or as the next version of one.

    The same bytes are one version: given again, its rows are written anew from `analysis`.

    Parameters
    ----------
    workspace : Workspace
    actor : Actor
    project : str
    analysis : Analysis
        As the machine read it, without reviews; those in force are entered into the rows.
    name : str
        Name of the document in the project; by default its title, or its file's name.
    file_name : str
        Name of the file; by default that of the analysis.
    options : mapping or None
        How it was read, so that it can be read again.

    Raises
    ------
    PermissionRefused
        Unless `actor` is an owner.
    InputError
        Where there is no such project, or the name is too long.
    """
    document = analysis.document
    file = file_name or document.path.replace("\\", "/").rsplit("/", 1)[-1]
    chosen = " ".join(storable(name or document.title or file).split())
    if not chosen or len(chosen) > _LONGEST:
        raise InputError(f"a name of 1 to {_LONGEST} characters wanted for a document, {len(chosen)} came")
    with workspace.writing() as connection:
        number, _ = admitted(connection, actor, project, Role.OWNER, "add a document", for_update=True)
        document_id = _document(workspace, connection, number, chosen, actor)
        is_it = (versions.c.document_id == document_id) & (versions.c.sha256 == document.id)
        known = connection.execute(sa.select(versions.c.id).where(is_it)).scalar()
        values = _values(analysis, file, options or {})
        if known is None:
            count = sa.select(sa.func.max(versions.c.number)).where(versions.c.document_id == document_id)
            values |= {
                "document_id": document_id,
                "number": (connection.execute(count).scalar() or 0) + 1,
                "sha256": document.id,
                "added_at": workspace.moment(),
                "added_by": actor.name,
            }
            known = new_id(connection.execute(versions.insert().values(**values)))
        else:
            connection.execute(versions.update().where(versions.c.id == known).values(**values))
        index_provisions(connection, known, analysis, project_reviews(connection, number, project))
        return next(each for each in _versions(connection, number, chosen) if each.sha256 == document.id)


def _document(workspace: Workspace, connection: sa.Connection, number: int, name: str, actor: Actor) -> int:
    is_it = (documents.c.project_id == number) & (documents.c.name == name)
    found = connection.execute(sa.select(documents.c.id).where(is_it)).scalar()
    if found is not None:
        return int(found)
    made = connection.execute(
        documents.insert().values(
            project_id=number, name=name, created_at=workspace.moment(), created_by=actor.name
        )
    )
    return new_id(made)


def _values(analysis: Analysis, file_name: str, options: Mapping[str, object]) -> dict[str, object]:
    document, segmentation = analysis.document, analysis.segmentation
    return {
        "file_name": storable(file_name),
        "title": storable(document.title),
        "jurisdiction": storable(document.jurisdiction),
        "language": segmentation.language,
        "tradition": segmentation.tradition.value,
        "n_pages": len(document.pages),
        "n_provisions": len(segmentation.provisions),
        "n_requirements": sum(len(each.requirements) for each in analysis.annotations),
        "options": json.dumps(dict(options), sort_keys=True),
    }


def documents_of(workspace: Workspace, actor: Actor, project: str) -> tuple[DocumentVersion, ...]:
    """Return the newest version of each document of a project, in the order in which they were added."""
    return tuple(each for each in document_versions(workspace, actor, project) if each.is_newest)


def document_versions(
    workspace: Workspace, actor: Actor, project: str, name: str | None = None
) -> tuple[DocumentVersion, ...]:
    """Return all versions of all documents, or of one, the oldest version of each first."""
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at documents")
        return _versions(connection, number, name)


def _versions(connection: sa.Connection, number: int, name: str | None) -> tuple[DocumentVersion, ...]:
    query = (
        sa.select(versions, documents.c.name.label("document"))
        .join(documents, versions.c.document_id == documents.c.id)
        .where(documents.c.project_id == number)
        .order_by(documents.c.id, versions.c.number)
    )
    if name is not None:
        query = query.where(documents.c.name == name)
    rows = connection.execute(query).mappings().all()
    newest = {row["document"]: row["number"] for row in rows}
    fields = [each for each in DocumentVersion.__slots__ if each != "is_newest"]
    return tuple(
        DocumentVersion(
            **{each: row[each] for each in fields}, is_newest=newest[row["document"]] == row["number"]
        )
        for row in rows
    )


def remove_document(workspace: Workspace, actor: Actor, project: str, name: str) -> None:
    """Take a document out of a project with all its versions; what was said of it stays in the log.

    Raises
    ------
    PermissionRefused
        Unless `actor` is an owner.
    InputError
        Where there is no such document.
    """
    with workspace.writing() as connection:
        number, _ = admitted(connection, actor, project, Role.OWNER, "remove a document", for_update=True)
        is_it = (documents.c.project_id == number) & (documents.c.name == name)
        found = connection.execute(sa.select(documents.c.id).where(is_it)).scalar()
        if found is None:
            raise InputError(f"project {project} has no document {name}; `fragcheck project show` lists them")
        of_it = sa.select(versions.c.id).where(versions.c.document_id == found)
        connection.execute(provision_rows.delete().where(provision_rows.c.version_id.in_(of_it)))
        connection.execute(versions.delete().where(versions.c.document_id == found))
        connection.execute(documents.delete().where(documents.c.id == found))
