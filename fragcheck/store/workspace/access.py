"""Who may do what, and which project is meant: every function of a workspace begins here."""

from __future__ import annotations

import sqlalchemy as sa

from fragcheck.errors import InputError, PermissionRefused
from fragcheck.records import Actor, Role
from fragcheck.store.workspace.chain import NOTHING
from fragcheck.store.workspace.connecting import Workspace, new_id
from fragcheck.store.workspace.entries import Project
from fragcheck.store.workspace.tables import documents, members, projects, storable

__all__ = [
    "allowed",
    "create_project",
    "member_actor",
    "members_of",
    "project_id",
    "project_of",
    "projects_of",
    "set_member",
]

_LONGEST = 200


def allowed(actor: Actor, wanted: Role, deed: str) -> None:
    """Raise `PermissionRefused` unless the role of `actor` includes `wanted`.

    Parameters
    ----------
    deed : str
        What was asked for, as in "add a document".
    """
    if not actor.name.strip():
        raise InputError("a name of who asks wanted, none came")
    if not actor.role.includes(wanted):
        raise PermissionRefused(
            f"{actor.name} is {actor.role.value} of this project; to {deed} the role {wanted.value} is "
            "wanted: ask an owner of the project"
        )


def create_project(workspace: Workspace, actor: Actor, name: str) -> Project:
    """Make an empty project whose owner is `actor`.

    Raises
    ------
    PermissionRefused
        Unless `actor` has the role of an owner.
    InputError
        Where the name is empty, too long or taken.
    """
    allowed(actor, Role.OWNER, "make a project")
    chosen = " ".join(storable(name).split())
    if not chosen or len(chosen) > _LONGEST:
        raise InputError(f"a name of 1 to {_LONGEST} characters wanted for a project, {len(chosen)} came")
    with workspace.writing() as connection:
        if connection.execute(sa.select(projects.c.id).where(projects.c.name == chosen)).scalar() is not None:
            raise InputError(f"there is a project {chosen} already; choose another name")
        moment = workspace.moment()
        made = connection.execute(
            projects.insert().values(
                name=chosen, created_at=moment, created_by=actor.name, n_entries=0, head=NOTHING
            )
        )
        number = new_id(made)
        connection.execute(members.insert().values(project_id=number, name=actor.name, role=Role.OWNER.value))
    return Project(chosen, moment, actor.name, 0, 0, NOTHING)


def projects_of(workspace: Workspace, member: str | None = None) -> tuple[Project, ...]:
    """Return all projects by name, or those that a person is a member of."""
    count = sa.select(sa.func.count()).where(documents.c.project_id == projects.c.id).scalar_subquery()
    query = sa.select(projects, count.label("n_documents"))
    if member is not None:
        query = query.join(members, members.c.project_id == projects.c.id).where(members.c.name == member)
    with workspace.reading() as connection:
        rows = connection.execute(query).all()
    found = [
        Project(row.name, row.created_at, row.created_by, row.n_documents, row.n_entries, row.head)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.name))


def project_of(workspace: Workspace, actor: Actor, name: str) -> Project:
    """Return one project.

    Raises
    ------
    InputError
        Where there is none of that name.
    """
    allowed(actor, Role.READER, "look at a project")
    found = next((each for each in projects_of(workspace) if each.name == name), None)
    if found is None:
        raise _unknown(name)
    return found


def members_of(workspace: Workspace, actor: Actor, project: str) -> tuple[Actor, ...]:
    """Return the people of a project with their roles, by name."""
    allowed(actor, Role.READER, "look at a project")
    with workspace.reading() as connection:
        number = project_id(connection, project)
        rows = connection.execute(sa.select(members).where(members.c.project_id == number)).all()
    return tuple(sorted((Actor(row.name, Role(row.role)) for row in rows), key=lambda one: one.name))


def set_member(
    workspace: Workspace, actor: Actor, project: str, name: str, role: Role | None
) -> tuple[Actor, ...]:
    """Give a person a role in a project, or none, and return all its people.

    Raises
    ------
    PermissionRefused
        Unless `actor` is an owner.
    InputError
        Where the name is empty, or no owner would be left.
    """
    allowed(actor, Role.OWNER, "change who works on it")
    if not name.strip():
        raise InputError("a name of a member wanted, none came")
    with workspace.writing() as connection:
        number = project_id(connection, project, for_update=True)
        is_one = (members.c.project_id == number) & (members.c.name == name)
        connection.execute(members.delete().where(is_one))
        if role is not None:
            connection.execute(members.insert().values(project_id=number, name=name, role=role.value))
        is_owner = (members.c.project_id == number) & (members.c.role == Role.OWNER.value)
        if connection.execute(sa.select(members.c.name).where(is_owner)).first() is None:
            raise InputError(f"project {project} would have no owner; make another person its owner first")
    return members_of(workspace, actor, project)


def member_actor(workspace: Workspace, project: str, name: str) -> Actor:
    """Return who a person is in a project.

    Raises
    ------
    PermissionRefused
        Where the person is no member of it.
    InputError
        Where there is no such project.
    """
    with workspace.reading() as connection:
        number = project_id(connection, project)
        is_one = (members.c.project_id == number) & (members.c.name == name)
        role = connection.execute(sa.select(members.c.role).where(is_one)).scalar()
    if role is None:
        raise PermissionRefused(f"{name or 'who asks'} is no member of project {project}: ask an owner of it")
    return Actor(name, Role(role))


def project_id(connection: sa.Connection, name: str, *, for_update: bool = False) -> int:
    """Return the number of a project; `for_update` keeps all others from changing it meanwhile.

    Raises
    ------
    InputError
        Where there is none of that name.
    """
    query = sa.select(projects.c.id).where(projects.c.name == name)
    found = connection.execute(query.with_for_update() if for_update else query).scalar()
    if found is None:
        raise _unknown(name)
    return int(found)


def _unknown(name: str) -> InputError:
    return InputError(f"there is no project {name}; `fragcheck project list` names them")
