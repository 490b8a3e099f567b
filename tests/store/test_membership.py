"""The log of members: every change is noted, nothing in it can be changed, and it agrees with the list."""

from __future__ import annotations

import dataclasses

import pytest
from people import ANN, OWNER

from fragcheck.errors import InputError, PermissionRefused, StoreError
from fragcheck.records import Actor, Role
from fragcheck.store.workspace import (
    membership_log,
    set_member,
    take_over,
    verify_membership,
)
from fragcheck.store.workspace.membership import membership_findings
from fragcheck.store.workspace.tables import members, membership


def said(workspace, project):
    return [(one.made_by, one.name, one.role) for one in membership_log(workspace, OWNER, project)]


def test_every_change_is_noted_in_order_and_no_other(workspace, project):
    before = said(workspace, project)
    assert before[0] == (OWNER.name, OWNER.name, "owner")
    set_member(workspace, OWNER, project, "zoe", Role.READER)
    set_member(workspace, OWNER, project, "zoe", Role.READER)  # she is one already
    set_member(workspace, OWNER, project, "zoe", Role.OWNER)
    set_member(workspace, Actor("zoe", Role.OWNER), project, ANN.name, None)
    set_member(workspace, OWNER, project, "nobody", None)  # who is in no list is not taken out of it
    take_over(workspace, project, "root")
    assert said(workspace, project)[len(before) :] == [
        (OWNER.name, "zoe", "reader"),
        (OWNER.name, "zoe", "owner"),
        ("zoe", ANN.name, ""),
        ("root", "root", "owner"),
    ]
    assert verify_membership(workspace, OWNER, project) == ()


def test_a_change_that_is_refused_leaves_no_entry(workspace, project):
    before = said(workspace, project)
    with pytest.raises(PermissionRefused):
        set_member(workspace, ANN, project, "zoe", Role.OWNER)
    with pytest.raises(InputError, match="no owner"):
        set_member(workspace, OWNER, project, OWNER.name, Role.READER)
    assert said(workspace, project) == before


def test_the_log_is_for_owners(workspace, project):
    with pytest.raises(PermissionRefused):
        membership_log(workspace, ANN, project)


@pytest.mark.parametrize(
    "change",
    [
        membership.delete(),
        membership.update().values(role="reader"),
        membership.delete().where(membership.c.number == 1),
    ],
)
def test_no_entry_can_be_changed_or_removed(workspace, project, change):
    before = said(workspace, project)
    with pytest.raises(StoreError, match="append-only"), workspace.writing() as connection:
        connection.execute(change)
    assert said(workspace, project) == before


def test_a_list_that_was_changed_past_the_log_is_found(workspace, project):
    with workspace.writing() as connection:
        connection.execute(members.update().where(members.c.name == ANN.name).values(role="owner"))
    (found,) = verify_membership(workspace, OWNER, project)
    assert found.message == f"{ANN.name} is reviewer by the log and owner in the list"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda log: log[1:], "entry 1 is missing"),
        (lambda log: (dataclasses.replace(log[0], name="eve"), *log[1:]), "content was changed"),
        (lambda log: (log[1], log[0], *log[2:]), "does not follow"),
    ],
)
def test_a_log_that_was_changed_all_the_same_is_found(workspace, project, spoil, words):
    set_member(workspace, OWNER, project, "zoe", Role.READER)
    log = membership_log(workspace, OWNER, project)
    assert membership_findings(log) == ()
    assert any(words in one.message for one in membership_findings(spoil(log)))
