"""Projects, members, documents, provisions, runs and comparisons, on both databases."""

from __future__ import annotations

import dataclasses

import pytest
from people import ANN, BEN, OWNER, READER, law, said, staffed, tag_of

from fragcheck.errors import InputError, PermissionRefused, StoreError
from fragcheck.records import Actor, ProvisionType, Role, RunInfo
from fragcheck.store import ArtefactStore
from fragcheck.store.workspace import (
    ProvisionFilter,
    add_version,
    begin_run,
    check_role,
    comparison_result,
    comparisons_of,
    create_project,
    document_versions,
    documents_of,
    end_run,
    find_provisions,
    keep_comparison,
    member_actor,
    members_of,
    open_workspace,
    project_of,
    projects_of,
    record_review,
    remove_document,
    runs_of,
    set_member,
    take_over,
    withdraw_review,
)


def test_projects_are_made_listed_and_kept(workspace, database_url):
    made = create_project(workspace, OWNER, "  AI   laws ")
    assert made.name == "AI laws"
    with pytest.raises(InputError, match="already"):
        create_project(workspace, OWNER, "AI laws")
    for bad in ("", " ", "x" * 201):
        with pytest.raises(InputError, match="1 to 200"):
            create_project(workspace, OWNER, bad)
    with open_workspace(database_url) as again:
        assert projects_of(again) == (made,)
        assert project_of(again, OWNER, "AI laws") == made
        with pytest.raises(PermissionRefused, match="rita is no member of project AI laws"):
            project_of(again, READER, "AI laws")
    with pytest.raises(InputError, match="fragcheck project list"):
        project_of(workspace, READER, "none")


def test_members_have_roles_and_an_owner_stays(workspace, project):
    assert member_actor(workspace, project, "olga") == OWNER
    assert members_of(workspace, READER, project) == (ANN, BEN, OWNER, READER)
    set_member(workspace, OWNER, project, "ann", Role.OWNER)
    set_member(workspace, OWNER, project, "olga", None)
    with pytest.raises(PermissionRefused, match="no member"):
        member_actor(workspace, project, "olga")
    with pytest.raises(InputError, match="no owner"):
        set_member(workspace, Actor("ann", Role.OWNER), project, "ann", Role.READER)
    assert member_actor(workspace, project, "ann").role is Role.OWNER
    assert [one.name for one in projects_of(workspace, "ann")] == [project]
    assert projects_of(workspace, "olga") == ()


def test_the_same_bytes_are_one_version_and_others_the_next(workspace, project):
    first = add_version(workspace, OWNER, project, law(), options={"tradition": "eu"})
    assert (first.document, first.number, first.file_name) == ("law", 1, "law.pdf")
    assert add_version(workspace, OWNER, project, law(), options={"tradition": "eu"}) == first
    second = add_version(workspace, OWNER, project, law("later", 5), name="law")
    assert (second.number, second.n_provisions, second.n_requirements) == (2, 5, 3)
    other = add_version(workspace, OWNER, project, law("other"))
    assert documents_of(workspace, READER, project) == (second, other)
    assert document_versions(workspace, READER, project, "law") == (
        dataclasses.replace(first, is_newest=False),
        second,
    )
    remove_document(workspace, OWNER, project, "law")
    assert documents_of(workspace, READER, project) == (other,)
    with pytest.raises(InputError, match="no document law"):
        remove_document(workspace, OWNER, project, "law")


def test_projects_see_nothing_of_each_other(workspace, project):
    other = staffed(workspace, "other")
    analysis = law()
    add_version(workspace, OWNER, project, analysis)
    add_version(workspace, OWNER, other, analysis)
    record_review(workspace, ANN, project, said(tag_of(analysis), is_on=False))
    assert find_provisions(workspace, READER, project).rows[0].tags == ()
    assert find_provisions(workspace, READER, other).rows[0].tags == ("privacy",)
    remove_document(workspace, OWNER, project, "law")
    assert find_provisions(workspace, READER, other).total == 3


FILTERS = [
    (ProvisionFilter(), ["law/art_1", "law/art_2", "law/art_3", "next/art_1", "next/art_2"]),
    (ProvisionFilter(documents=("next",)), ["next/art_1", "next/art_2"]),
    (ProvisionFilter(documents=("none",)), []),
    (ProvisionFilter(words="RETAIN"), ["next/art_1", "next/art_2"]),
    (ProvisionFilter(words="for 2 months"), ["law/art_2", "next/art_2"]),
    (ProvisionFilter(words="50%_"), []),
    (ProvisionFilter(words="FÜR"), []),  # as typed, but for the letters a-z: the same on both databases
    (ProvisionFilter(words="für NICHTS", all_versions=True), ["law/art_1"]),
    (ProvisionFilter(words="article 3"), ["law/art_3"]),
    (ProvisionFilter(principle="safety"), ["law/art_2", "next/art_2"]),
    (ProvisionFilter(principle="_afety"), []),
    (ProvisionFilter(provision_type=ProvisionType.STATEMENT), ["law/art_2", "next/art_2"]),
    (ProvisionFilter(modality="obligation"), ["law/art_1", "law/art_3", "next/art_1"]),
    (ProvisionFilter(limit=2, offset=1), ["law/art_2", "law/art_3"]),
    (ProvisionFilter(all_versions=True, words="old"), ["law/art_1"]),
    (ProvisionFilter(words="old"), []),
    (ProvisionFilter(is_reviewed=True), []),
]


@pytest.mark.parametrize(("wanted", "expected"), FILTERS, ids=lambda value: str(value)[:60])
def test_provisions_are_filtered(workspace, project, wanted, expected):
    add_version(workspace, OWNER, project, law("law", 1, words="old für nichts"))
    add_version(workspace, OWNER, project, law("law", 3))
    add_version(workspace, OWNER, project, law("next", 2, words="The deployer may retain"))
    page = find_provisions(workspace, READER, project, wanted)
    assert [f"{row.document}/{row.eid}" for row in page.rows] == expected
    if wanted.limit >= 100:
        assert page.total == len(expected)
    else:
        assert page.total == 5


def test_rows_follow_the_reviews_and_go_back(workspace, project):
    analysis = law()
    add_version(workspace, OWNER, project, analysis)
    before = find_provisions(workspace, READER, project)
    record_review(workspace, ANN, project, said(tag_of(analysis, "art_2"), is_on=True))
    page = find_provisions(workspace, READER, project, ProvisionFilter(principle="privacy"))
    assert [row.eid for row in page.rows] == ["art_1", "art_2", "art_3"]
    assert page.rows[1].reviewed == ("tag privacy",)
    assert find_provisions(workspace, READER, project, ProvisionFilter(is_reviewed=True)).total == 1
    add_version(workspace, OWNER, project, analysis)  # read again: what is settled stays settled
    assert find_provisions(workspace, READER, project).rows[1].tags == page.rows[1].tags
    withdraw_review(workspace, ANN, project, tag_of(analysis, "art_2"), reason="A slip.")
    assert find_provisions(workspace, READER, project) == before


def test_text_that_a_database_cannot_hold_is_kept_without_it(workspace, project):
    add_version(workspace, OWNER, project, law("nul", 1, words="Shall \x00keep 🦉", title="A\x00 law"))
    (row,) = find_provisions(workspace, READER, project).rows
    assert row.text == "Shall keep 🦉 for 1 months."


def test_runs_and_comparisons(workspace, project, tmp_path):
    store = ArtefactStore(tmp_path / "artefacts")
    version = add_version(workspace, OWNER, project, law())
    failed = begin_run(workspace, ANN, project, "compare")
    end_run(workspace, ANN, project, failed, run=None, message="no page could be read")
    done = begin_run(workspace, ANN, project, "compare")
    entry = keep_comparison(
        workspace, ANN, project, run_id=done, versions=[version], log=(0, "0" * 64), result=b"{}", store=store
    )
    end_run(workspace, ANN, project, done, run=RunInfo("1", 0))
    assert [(one.id, one.status, one.message) for one in runs_of(workspace, READER, project)] == [
        (done, "done", ""),
        (failed, "failed", "no page could be read"),
    ]
    assert comparisons_of(workspace, READER, project) == (entry,)
    assert comparison_result(entry, store) == b"{}"
    store.save_bytes(f"result-{entry.digest}", b"{ }")
    with pytest.raises(StoreError, match="was changed"):
        comparison_result(entry, store)
    with pytest.raises(InputError, match="no run 99"):
        end_run(workspace, ANN, project, 99, run=None)


DEEDS = [
    (Role.OWNER, lambda w, a, p: create_project(w, a, "mine")),
    (Role.OWNER, lambda w, a, p: add_version(w, a, p, law())),
    (Role.OWNER, lambda w, a, p: remove_document(w, a, p, "kept")),
    (Role.OWNER, lambda w, a, p: set_member(w, a, p, "eve", Role.OWNER)),
    (Role.REVIEWER, lambda w, a, p: record_review(w, a, p, said(tag_of(law()), is_on=True))),
    (Role.REVIEWER, lambda w, a, p: withdraw_review(w, a, p, tag_of(law("kept")), reason="x", of=a.name)),
    (Role.REVIEWER, lambda w, a, p: begin_run(w, a, p, "compare")),
    (Role.READER, documents_of),
    (Role.READER, find_provisions),
    (Role.READER, runs_of),
    (Role.READER, comparisons_of),
    (Role.READER, members_of),
    (Role.READER, project_of),
]


@pytest.mark.parametrize("role", Role)
def test_every_deed_asks_for_its_role(workspace, role):
    actor = Actor("eve", role)
    for place, (wanted, deed) in enumerate(DEEDS):
        project = create_project(workspace, OWNER, f"project {place}").name
        set_member(workspace, OWNER, project, actor.name, role)
        add_version(workspace, OWNER, project, law("kept"))
        if role is not Role.READER:
            record_review(workspace, actor, project, said(tag_of(law("kept")), is_on=True))
        if role.includes(wanted):
            deed(workspace, actor, project)
            continue
        with pytest.raises(
            PermissionRefused, match=f"eve is {role.value} .* the role {wanted.value} is wanted"
        ):
            deed(workspace, actor, project)


def test_a_role_that_is_only_claimed_counts_for_nothing(workspace, project):
    add_version(workspace, OWNER, project, law("kept"))
    for wanted, deed in DEEDS[1:]:  # whoever makes a project is its first owner
        with pytest.raises(PermissionRefused, match="eve is no member of project AI laws"):
            deed(workspace, Actor("eve", Role.OWNER), project)
        if wanted is not Role.READER:
            with pytest.raises(PermissionRefused, match="rita is reader"):
                deed(workspace, Actor("rita", Role.OWNER), project)


def test_a_member_of_one_project_reaches_nothing_of_another(workspace, project):
    other = create_project(workspace, Actor("oscar", Role.OWNER), "theirs").name
    add_version(workspace, Actor("oscar", Role.OWNER), other, law("secret"))
    assert [one.name for one in projects_of(workspace, "olga")] == [project]
    for _, deed in DEEDS[1:]:
        with pytest.raises(PermissionRefused, match="olga is no member of project theirs"):
            deed(workspace, OWNER, other)


def test_a_role_taken_away_counts_at_once_and_less_can_be_claimed(workspace, project):
    kept = law("kept")
    ann = member_actor(workspace, project, "ann")
    entry = record_review(workspace, ann, project, said(tag_of(kept), is_on=True))
    assert (entry.review.reviewer, entry.role) == ("ann", Role.REVIEWER)
    set_member(workspace, OWNER, project, "ann", Role.READER)
    with pytest.raises(PermissionRefused, match="ann is reader"):
        record_review(workspace, ann, project, said(tag_of(kept), is_on=False))
    set_member(workspace, OWNER, project, "ann", Role.OWNER)
    with pytest.raises(PermissionRefused, match="only owners take back"):  # as a reviewer, although an owner
        withdraw_review(workspace, ann, project, tag_of(kept), reason="A slip.", of="ben")
    with pytest.raises(PermissionRefused, match="ann is reviewer"):
        add_version(workspace, ann, project, kept)
    set_member(workspace, OWNER, project, "ann", None)
    with pytest.raises(PermissionRefused, match="no member"):
        check_role(workspace, ann, project, Role.READER, "look")


def test_who_holds_the_database_can_take_a_project_over(workspace, project):
    take_over(workspace, project, "nora")
    assert check_role(workspace, Actor("nora", Role.OWNER), project, Role.OWNER, "x").role is Role.OWNER
    for name, of in ((" ", project), ("nora", "none")):
        with pytest.raises(InputError):
            take_over(workspace, of, name)


def test_names_of_members_fit(workspace, project):
    for bad in (" ", "x" * 321):
        with pytest.raises(InputError, match="1 to 320"):
            set_member(workspace, OWNER, project, bad, Role.READER)


def test_nobody_is_refused(workspace, project):
    with pytest.raises(InputError, match="name of who asks"):
        documents_of(workspace, Actor(" ", Role.OWNER), project)
