"""Between Streamlit's login and the workspace: who sits at this session, and what that person may touch."""

from __future__ import annotations

import functools
import importlib.util
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from fragcheck.records import Actor, Role
from fragcheck.store import CorrectionStore, data_folder, home_folder
from fragcheck.ui.access import AccessSettings, Mode, Seat, access_settings, login_name
from fragcheck.ui.matrix import MatrixShelf
from fragcheck.ui.permits import PermittedCorrections, PermittedMatrices
from fragcheck.ui.places import Place, project_folder
from fragcheck.ui.reviews import PROJECT, ReviewBook, person_here

if TYPE_CHECKING:
    from fragcheck.store.workspace import Project, Workspace

__all__ = [
    "ask",
    "corrections",
    "matrices",
    "may",
    "my_projects",
    "people",
    "place",
    "public",
    "review_book",
    "seat",
    "settings",
    "sit_down",
    "stand_up",
    "user",
]

#: Of the sign-ins and refusals of a server; who administers it reads them in its log.
log = logging.getLogger("fragcheck.access")

_SEAT = "seat"


def settings() -> AccessSettings:
    """How people come in to this server."""
    return access_settings(
        os.environ.get("FRAGCHECK_ACCESS", "").strip().lower(),
        _secrets(),
        address=st.get_option("server.address"),
        has_authlib=importlib.util.find_spec("authlib") is not None,
    )


def _secrets() -> Mapping[str, Any] | None:
    """All of ``secrets.toml``; None where a file is there that cannot be read: it may name logins."""
    try:
        return st.secrets.to_dict()
    except FileNotFoundError:  # what Streamlit raises where there is none, and where it is no TOML
        is_there = any(Path(path).exists() for path in st.get_option("secrets.files"))
        return None if is_there else {}
    except (OSError, ValueError):
        return None


def user() -> Mapping[str, Any]:
    """What the login says of who has logged in."""
    return dict(st.user.to_dict())


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Workspace:
    from fragcheck.store.workspace import open_workspace

    return open_workspace(url)


def people() -> Workspace:
    """The workspace that lists the members of all projects, opened once for the server."""
    from fragcheck.store.workspace import default_database

    return _opened(default_database())


def my_projects(name: str) -> tuple[Project, ...]:
    """The projects that a person is a member of."""
    from fragcheck.store.workspace import projects_of

    return projects_of(people(), name)


def sit_down(found: AccessSettings, asked: str) -> tuple[Seat | None, str]:
    """Give this session a seat, and return it with the login.

    Parameters
    ----------
    found : AccessSettings
        Without problems.
    asked : str
        Name of the project that the address asks for; empty for the one in view, or the first.

    Returns
    -------
    Seat or None, str
        No seat where nobody has logged in (the login is empty), or the person is in no project.

    Raises
    ------
    AccessRefused
        Where the login does not tell who it is.
    """
    if found.mode is not Mode.TEAM:
        taken = Seat(person_here(), PROJECT, Role.OWNER)
        st.session_state[_SEAT] = taken
        return taken, taken.name
    st.session_state.pop(_SEAT, None)
    name = login_name(user(), found)
    if not name:
        return None, ""
    mine = {one.name: one for one in my_projects(name)}
    if not mine:
        log.log(logging.WARNING, "%s has logged in and is a member of no project", name)
        return None, name
    from fragcheck.store.workspace import member_actor

    chosen = mine.get(asked) or next(iter(mine.values()))
    role = member_actor(people(), chosen.name, name).role
    folder = project_folder(chosen.name, chosen.created_at)
    st.session_state[_SEAT] = taken = Seat(name, chosen.name, role, is_team=True, folder=folder)
    return taken, name


def stand_up() -> None:
    """Take the seat of this session away."""
    st.session_state.pop(_SEAT, None)


def seat() -> Seat:
    """Who sits at this session."""
    found = st.session_state.get(_SEAT)
    if isinstance(found, Seat):
        return found
    if settings().mode is Mode.TEAM:
        from fragcheck.errors import PermissionRefused

        raise PermissionRefused("nobody has logged in here: reload the page")
    return Seat(person_here(), PROJECT, Role.OWNER)


def may(role: Role) -> bool:
    """Whether pages offer what wants that role; what they call asks again (`ask`)."""
    return seat().role.includes(role)


def ask(role: Role, deed: str) -> None:
    """Raise `PermissionRefused` unless who sits here has that role in the project now."""
    _ask(seat(), role, deed)


def _ask(taken: Seat, role: Role, deed: str) -> None:
    if not taken.is_team:
        return
    from fragcheck.errors import PermissionRefused
    from fragcheck.store.workspace import check_role

    try:
        check_role(people(), Actor(taken.name, Role.OWNER), taken.project, role, deed)
    except PermissionRefused as error:
        log.log(logging.WARNING, "refused: %s", error)
        raise


def place() -> Place:
    """Where the project of this session is kept."""
    taken = seat()
    return Place(home_folder() / taken.folder if taken.folder else home_folder(), taken.project)


def corrections() -> CorrectionStore:
    """The corrections by hand of the project."""
    taken, kept = seat(), place().corrections
    return PermittedCorrections(kept.root, functools.partial(_ask, taken)) if taken.is_team else kept


def matrices() -> MatrixShelf:
    """The tables of batches that were opened in the project."""
    taken, root = seat(), place().root
    return PermittedMatrices(root, functools.partial(_ask, taken)) if taken.is_team else MatrixShelf(root)


def review_book(name: str = "") -> ReviewBook:
    """The log of reviews of the project; the name counts only where there are no logins."""
    return ReviewBook(name, seat=seat())


def public(words: str) -> str:
    """Words for the page: a member of a team learns nothing of the folders of the server."""
    if not seat_is_team():
        return words
    for folder in (place().root, home_folder(), data_folder(), Path.home()):
        words = words.replace(str(folder), "…")
    return words


def seat_is_team() -> bool:
    """Whether a member of a team sits here."""
    found = st.session_state.get(_SEAT)
    return isinstance(found, Seat) and found.is_team
