"""The people of a project: who may look, review and change it; owners let others in."""

from __future__ import annotations

import logging

import streamlit as st

from fragcheck.errors import FragcheckError
from fragcheck.records import Actor, Role
from fragcheck.ui import seats
from fragcheck.ui.access import normal_name
from fragcheck.ui.table_files import table_of
from fragcheck.ui.texts import plain, section, text

__all__ = ["show"]

log = logging.getLogger("fragcheck.access")


def show() -> None:
    """Show the members of the project in view and, to its owners, the ways to change them."""
    from fragcheck.store.workspace import members_of

    taken = seats.seat()
    st.subheader(text("members.title", project=plain(taken.project)), anchor=False)
    st.caption(text("members.note"))
    people = members_of(seats.people(), Actor(taken.name, taken.role), taken.project)
    roles = section("roles_of_members")
    rows = [
        {text("members.col_name"): one.name, text("members.col_role"): roles[one.role.value]}
        for one in people
    ]
    st.dataframe(table_of(rows), hide_index=True)
    if not seats.may(Role.OWNER):
        st.info(text("members.owners_only"), icon=":material/lock:")
        return
    first, second = st.columns(2)
    with first:
        _let_in()
    with second:
        _take_out([one.name for one in people])


def _let_in() -> None:
    roles = section("roles_of_members")
    with st.form("let_in", clear_on_submit=True):
        given = st.text_input(
            text("members.name"), max_chars=320, key="member_name", help=text("members.help")
        )
        role = st.selectbox(text("members.role"), list(Role), format_func=lambda one: roles[one.value])
        if st.form_submit_button(text("members.let_in"), icon=":material/person_add:", key="let_in_member"):
            _set(normal_name(seats.settings().claim, given or ""), role)


def _take_out(names: list[str]) -> None:
    with st.form("take_out"):
        name = st.selectbox(text("members.who"), names, key="member_out")
        if st.form_submit_button(
            text("members.take_out"), icon=":material/person_remove:", key="take_out_member"
        ):
            _set(name or "", None)


def _set(name: str, role: Role | None) -> None:
    """Give a person a role in the project, or none; the workspace asks whether who sits here may."""
    from fragcheck.store.workspace import set_member

    taken = seats.seat()
    try:
        set_member(seats.people(), Actor(taken.name, Role.OWNER), taken.project, name, role)
    except FragcheckError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    log.log(
        logging.WARNING,
        "%r made %r %s in project %r",
        taken.name,
        name,
        role.value if role else "no member",
        taken.project,
    )
    st.toast(text("members.done", name=plain(name)))
    st.rerun()
