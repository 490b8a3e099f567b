"""Who may do what, and which project is meant: every function of a workspace begins here.

What a person may do in a project is what its list of members says in the transaction that does it. An
`Actor` can claim less than that, never more, and nothing of another project is reachable with it.
"""

from __future__ import annotations

import sqlalchemy as sa

from fragcheck.errors import InputError, PermissionRefused
from fragcheck.records import Actor, Role
from fragcheck.store.workspace.chain import NOTHING
from fragcheck.store.workspace.connecting import Workspace, new_id
from fragcheck.store.workspace.entries import LogFinding, MemberChange, Project
from fragcheck.store.workspace.membership import changes_in, membership_findings, note_change
from fragcheck.store.workspace.tables import documents, members, projects, storable

__all__ = [
    "admitted",
    "allowed",
    "check_role",
    "create_project",
    "member_actor",
    "members_of",
    "membership_log",
    "project_of",
    "projects_of",
    "set_member",
    "take_over",
    "verify_membership",
]

_LONGEST = 200
_LONGEST_PERSON = 320


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
        _put_member(workspace, connection, number, actor.name, (actor.name, Role.OWNER))
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
    PermissionRefused
        Where `actor` is no member of it.
    InputError
        Where there is none of that name.
    """
    check_role(workspace, actor, name, Role.READER, "look at a project")
    return next(each for each in projects_of(workspace, actor.name) if each.name == name)


def members_of(workspace: Workspace, actor: Actor, project: str) -> tuple[Actor, ...]:
    """Return the people of a project with their roles, by name."""
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.READER, "look at a project")
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
    chosen = storable(name).strip()
    if not chosen or len(chosen) > _LONGEST_PERSON:
        raise InputError(
            f"a name of a member of 1 to {_LONGEST_PERSON} characters wanted, {len(chosen)} came"
        )
    deed = "change who works on it"
    with workspace.writing() as connection:
        number, _ = admitted(connection, actor, project, Role.OWNER, deed, for_update=True)
        _put_member(workspace, connection, number, actor.name, (chosen, role))
        is_owner = (members.c.project_id == number) & (members.c.role == Role.OWNER.value)
        if connection.execute(sa.select(members.c.name).where(is_owner)).first() is None:
            raise InputError(f"project {project} would have no owner; make another person its owner first")
        rows = connection.execute(sa.select(members).where(members.c.project_id == number)).all()
    return tuple(sorted((Actor(row.name, Role(row.role)) for row in rows), key=lambda one: one.name))


def take_over(workspace: Workspace, project: str, name: str) -> None:
    """Make a person an owner without asking anybody.

    For whoever holds the database: the one user of a machine, or who administers a server all of whose
    owners are gone. Nothing that a logged-in person can reach calls it.

    Raises
    ------
    InputError
        Where the name is empty or there is no such project.
    """
    if not name.strip():
        raise InputError("a name of an owner wanted, none came")
    with workspace.writing() as connection:
        number = _project_id(connection, project, for_update=True)
        _put_member(workspace, connection, number, name.strip(), (name.strip(), Role.OWNER))


def _put_member(
    workspace: Workspace, connection: sa.Connection, number: int, by: str, person: tuple[str, Role | None]
) -> None:
    """Change the list and note it in the log, unless it says so already."""
    name, role = person
    is_one = (members.c.project_id == number) & (members.c.name == name)
    before = connection.execute(sa.select(members.c.role).where(is_one)).scalar()
    if before == (role.value if role is not None else None):
        return
    connection.execute(members.delete().where(is_one))
    if role is not None:
        connection.execute(members.insert().values(project_id=number, name=name, role=role.value))
    note_change(workspace, connection, number, by, person)


def membership_log(workspace: Workspace, actor: Actor, project: str) -> tuple[MemberChange, ...]:
    """Return who was let in, in which role, by whom, and who was taken out, the first change first.

    Raises
    ------
    PermissionRefused
        Unless `actor` is an owner.
    """
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.OWNER, "look at the log of its members")
        return changes_in(connection, number)


def verify_membership(workspace: Workspace, actor: Actor, project: str) -> tuple[LogFinding, ...]:
    """Return what does not hold in the log of members, or between it and the list; empty where all does."""
    with workspace.reading() as connection:
        number, _ = admitted(connection, actor, project, Role.OWNER, "look at the log of its members")
        rows = connection.execute(sa.select(members).where(members.c.project_id == number)).all()
        people = tuple(Actor(row.name, Role(row.role)) for row in rows)
        return membership_findings(changes_in(connection, number), people)


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
        return _member(connection, _project_id(connection, project), project, name)


def check_role(workspace: Workspace, actor: Actor, project: str, wanted: Role, deed: str) -> Actor:
    """Return who `actor` is in a project, for what is kept outside of the database.

    Raises
    ------
    PermissionRefused
        Unless it is a member of it whose role includes `wanted`.
    InputError
        Where there is no such project.
    """
    with workspace.reading() as connection:
        return admitted(connection, actor, project, wanted, deed)[1]


def admitted(
    connection: sa.Connection,
    actor: Actor,
    project: str,
    wanted: Role,
    deed: str,
    *,
    for_update: bool = False,
) -> tuple[int, Actor]:
    """Return the number of a project, and `actor` with the lesser of its claimed and its kept role.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of the transaction that does what is asked for: a role taken away a moment ago counts no more.
    wanted : Role
        What the deed needs.
    deed : str
        As in "add a document".
    for_update : bool
        Keep all others from changing the project meanwhile.

    Raises
    ------
    PermissionRefused
        Where `actor` is no member of the project, or its role does not reach.
    InputError
        Where there is no such project, or `actor` has no name.
    """
    allowed(actor, wanted, deed)
    number = _project_id(connection, project, for_update=for_update)
    kept = _member(connection, number, project, actor.name)
    found = kept if actor.role.includes(kept.role) else actor
    allowed(found, wanted, deed)
    return number, found


def _member(connection: sa.Connection, number: int, project: str, name: str) -> Actor:
    is_one = (members.c.project_id == number) & (members.c.name == name)
    role = connection.execute(sa.select(members.c.role).where(is_one)).scalar()
    if role is None:
        raise PermissionRefused(f"{name or 'who asks'} is no member of project {project}: ask an owner of it")
    return Actor(name, Role(role))


def _project_id(connection: sa.Connection, name: str, *, for_update: bool = False) -> int:
    query = sa.select(projects.c.id).where(projects.c.name == name)
    found = connection.execute(query.with_for_update() if for_update else query).scalar()
    if found is None:
        raise InputError(f"there is no project {name}; `fragcheck project list` names them")
    return int(found)
