"""What stands before the pages on a server for teams: the login, and who and where one is."""

from __future__ import annotations

import functools
from collections.abc import Callable

import streamlit as st

from fragcheck.ui import seats, session
from fragcheck.ui.access import AccessRefused, AccessSettings, Mode, metadata_problem
from fragcheck.ui.texts import plain, section, text
from fragcheck.ui.workspace import SAMPLE

__all__ = ["account_control", "enter", "settle_project"]

# The provider sends whoever has logged in back to the start page. What was asked for is kept by the browser,
# for this tab and this origin only, and gone to once. The origin stands before it: a path can begin as a
# host does.
_KEEP_ASKED = """<script>
const here = location.pathname + location.search;
if (here !== "/") sessionStorage.setItem("fragcheck.asked", here);
</script>"""
_GO_TO_ASKED = """<script>
const asked = sessionStorage.getItem("fragcheck.asked");
sessionStorage.removeItem("fragcheck.asked");
if (asked && asked !== location.pathname + location.search) location.replace(location.origin + asked);
</script>"""


def enter() -> Callable[[], None] | None:
    """Let who asks in: None where the pages may be shown, else what shows the login, or what is wrong.

    Nothing is shown here: a widget that is drawn before `st.navigation` has another identity in the first run
    of a session than in the next ones, and its first click is lost.
    """
    found = seats.settings()
    if found.problems:
        seats.stand_up()
        return functools.partial(_problems, found)
    asked = st.query_params.get("project", "") or session.current().project
    try:
        taken, name = seats.sit_down(found, asked)
    except AccessRefused as error:
        return functools.partial(_refused, plain(str(error)))
    if taken is not None:
        return None
    if name:
        return functools.partial(_refused, text("access.in_no_project", name=plain(name)))
    return functools.partial(_login, found)


def settle_project() -> None:
    """Make the address name the project in view; what it asked for of another one is not shown."""
    taken, asked = seats.seat(), session.current().project
    wanted = taken.project if taken.is_team else ""
    if asked == wanted:
        return
    if asked and taken.is_team:  # the same words whether there is no such project or one of others
        st.warning(text("access.other_project", project=plain(wanted)), icon=":material/link_off:")
        session.change(project=wanted, set=SAMPLE)
        return
    session.change(project=wanted)


def _problems(found: AccessSettings) -> None:
    """What is wrong with the settings, in full: who reads it first is who wrote them."""
    key = "access.team_problems" if found.mode is Mode.TEAM else "access.single_problems"
    st.subheader(text("app.name"), anchor=False)
    lines = "\n".join(f"- {one}" for one in found.problems)
    st.error(f"{text(key)}\n\n{lines}", icon=":material/lock:")


def _refused(words: str) -> None:
    """What keeps somebody out who has logged in."""
    st.subheader(text("app.name"), anchor=False)
    st.warning(words, icon=":material/group_off:")
    _logout_button()


def _login(found: AccessSettings) -> None:
    st.subheader(text("app.name"), anchor=False)
    st.markdown(text("app.tagline"))
    if st.button(text("access.login"), type="primary", icon=":material/login:", key="login"):
        wrong = metadata_problem(found.metadata_url)
        if wrong:
            st.error(wrong, icon=":material/error:")
            return
        st.login(found.provider)
    st.caption(text("access.login_note"))
    st.html(_KEEP_ASKED, unsafe_allow_javascript=True)


def _logout_button() -> None:
    if st.button(text("access.logout"), icon=":material/logout:", key="logout"):
        seats.stand_up()
        st.logout()


def account_control() -> None:
    """The login, its role in the project in view, other projects, and the way out; nothing without logins."""
    taken = seats.seat()
    if not taken.is_team:
        return
    st.html(_GO_TO_ASKED, unsafe_allow_javascript=True)
    with st.popover(plain(taken.project), icon=":material/account_circle:"):
        role = section("roles_of_members")[taken.role.value]
        st.markdown(text("access.you_are", name=plain(taken.name), role=role))
        names = [one.name for one in seats.my_projects(taken.name)]
        st.session_state["choose_project"] = taken.project
        if len(names) > 1:
            st.selectbox(text("access.project"), names, key="choose_project", on_change=_switch)
        _logout_button()


def _switch() -> None:
    session.change(project=st.session_state["choose_project"], set=SAMPLE)
