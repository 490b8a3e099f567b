"""Who may come in: settings and logins as tables, roles on the pages and below them, projects apart."""

from __future__ import annotations

import contextlib
import json

import pytest
from matrix_made import made_tables
from ui_made import made_analysis, made_comparison

from fragcheck.errors import InputError, PermissionRefused
from fragcheck.records import Actor, Corrections, Role
from fragcheck.store.workspace import create_project, open_workspace, review_log, set_member
from fragcheck.ui import seats, session
from fragcheck.ui.access import (
    AccessRefused,
    AccessSettings,
    Mode,
    Seat,
    access_settings,
    is_loopback,
    login_name,
    metadata_problem,
)
from fragcheck.ui.engine import PipelineEngine
from fragcheck.ui.matrix import MatrixShelf
from fragcheck.ui.permits import PermittedCorrections, PermittedJobs
from fragcheck.ui.places import Place, project_folder
from fragcheck.ui.workspace import SAMPLE

GOOD = {
    "redirect_uri": "https://laws.example.org/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "fragcheck",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}


def asked(secrets, mode="", address="localhost", *, has_authlib=True):
    return access_settings(mode, secrets, address=address, has_authlib=has_authlib)


@pytest.mark.parametrize(
    ("mode", "secrets", "address", "wanted", "problem"),
    [
        ("", {}, "localhost", Mode.SINGLE, ""),
        ("", {"other": {}}, "127.0.0.1", Mode.SINGLE, ""),
        ("", {}, None, Mode.SINGLE, "can be reached from other machines"),
        ("", {}, "0.0.0.0", Mode.SINGLE, "can be reached from other machines"),  # noqa: S104 - what is refused
        ("single", {"auth": GOOD}, "192.168.1.4", Mode.SINGLE, "can be reached from other machines"),
        ("single", {"auth": GOOD}, "::1", Mode.SINGLE, ""),
        ("open", {}, "0.0.0.0", Mode.OPEN, ""),  # noqa: S104 - what is asked for
        ("", {"auth": GOOD}, "0.0.0.0", Mode.TEAM, ""),  # noqa: S104 - logins keep strangers out
        ("team", {}, "localhost", Mode.TEAM, "no section [auth]"),
        ("", {"fragcheck": {}}, "localhost", Mode.TEAM, "no section [auth]"),
        ("", {"auth": "yes"}, "localhost", Mode.TEAM, "no section [auth]"),
        ("", None, "localhost", Mode.TEAM, "cannot be read as TOML"),
        ("teams", {}, "localhost", Mode.TEAM, "can be single, team or open; teams came"),
    ],
)
def test_the_way_in_follows_from_settings_and_never_opens_by_mistake(mode, secrets, address, wanted, problem):
    found = asked(secrets, mode, address)
    assert found.mode is wanted
    assert problem in " ".join(found.problems)
    assert bool(found.problems) is bool(problem)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_what_is_missing_is_named(name):
    rest = {key: value for key, value in GOOD.items() if key != name}
    assert any(f"{name} is missing in section [auth]" in one for one in asked({"auth": rest}).problems)
    assert any(name in one for one in asked({"auth": {**GOOD, name: ""}}).problems)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"redirect_uri": "https://laws.example.org/"}, "has to end with /oauth2callback"),
        ({"redirect_uri": "http://laws.example.org/oauth2callback"}, "has to be an https address"),
        ({"redirect_uri": "http://[half/oauth2callback"}, "has to be an https address"),
        ({"server_metadata_url": "http://login.example.org/x"}, "has to be an https address"),
        ({"server_metadata_url": "login.example.org"}, "has to be an https address"),
        ({"cookie_secret": "short"}, "wants 32 random characters or more, 5 came"),
    ],
)
def test_what_is_wrong_is_said_without_the_secret(change, problem):
    said = " ".join(asked({"auth": {**GOOD, **change}}).problems)
    assert problem in said
    assert "secret" not in said.replace("cookie_secret", "").replace("secrets", "").replace(
        "client_secret", ""
    )


def test_a_machine_of_its_own_and_a_named_provider_will_do():
    local = {**GOOD, "redirect_uri": "http://localhost:{port}/oauth2callback"}
    assert asked({"auth": local}).problems == ()
    one = {name: GOOD[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    rest = {name: GOOD[name] for name in ("redirect_uri", "cookie_secret")}
    found = asked({"auth": {**rest, "corp": one}, "fragcheck": {"claim": "sub", "login_hours": 2}})
    assert (found.problems, found.provider, found.claim, found.login_hours) == ((), "corp", "sub", 2.0)
    assert asked({"auth": {**rest, "corp": one, "other": one}}).problems != ()
    assert asked({"auth": GOOD, "fragcheck": {"provider": "gone"}}).problems != ()
    for bad in (0, -1, "8", True):
        assert "above 0" in asked({"auth": GOOD, "fragcheck": {"login_hours": bad}}).problems[0]
    assert "fragcheck[team]" in asked({"auth": GOOD}, has_authlib=False).problems[0]


@pytest.mark.parametrize(
    "address", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "LOCALHOST", "a.localhost"]
)
def test_loopback_is_this_machine(address):
    assert is_loopback(address)
    assert not is_loopback(f"{address}.example.org")


IN = {"is_logged_in": True, "iat": 1000, "email": " Ann@Example.org ", "email_verified": True, "sub": "x7"}
TEAM = AccessSettings(Mode.TEAM, login_hours=1)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, "ann@example.org"),
        ({"is_logged_in": False}, ""),
        ({"is_logged_in": "yes"}, ""),
        ({"iat": None}, ""),
        ({"iat": -2601}, ""),  # an hour and a second ago
        ({"email_verified": False}, "verified"),
        ({"email_verified": None}, "verified"),
        ({"email_verified": "true"}, "verified"),
        ({"email": ""}, "does not say its “email”"),
        ({"email": 7}, "does not say its “email”"),
        ({"email": "a\x00b@x"}, "do not print"),
        ({"email": "a" * 321}, "too long"),
    ],
)
def test_who_has_logged_in(change, wanted):
    user = {**IN, **change}
    if wanted in ("", "ann@example.org"):
        assert login_name(user, TEAM, now=1000) == wanted
        return
    with pytest.raises(AccessRefused, match=wanted):
        login_name(user, TEAM, now=1000)


def test_members_can_be_listed_by_another_part_of_the_login():
    assert (
        login_name({**IN, "email_verified": False}, AccessSettings(Mode.TEAM, claim="sub"), now=1000) == "x7"
    )


def test_folders_of_projects_are_hashes():
    assert project_folder("../../etc", "2026").startswith("projects/")
    assert ".." not in project_folder("../../etc", "2026")
    assert project_folder("a", "2026") != project_folder("a", "2027")


OLGA, OSCAR = "olga@example.org", "oscar@example.org"


@pytest.fixture
def team(home, tmp_path):
    """Two projects; gives a function that logs somebody in for the next run of the app."""
    url = f"sqlite:///{tmp_path / 'team.sqlite'}"
    with pytest.MonkeyPatch.context() as patch, open_workspace(url) as workspace:
        patch.setenv("FRAGCHECK_DATABASE_URL", url)
        patch.setattr(seats, "settings", lambda: AccessSettings(Mode.TEAM))
        for owner, name in ((OLGA, "AI laws"), (OSCAR, "Theirs")):
            create_project(workspace, Actor(owner, Role.OWNER), name)
        for name, role in (("ann@example.org", Role.REVIEWER), ("rita@example.org", Role.READER)):
            set_member(workspace, Actor(OLGA, Role.OWNER), "AI laws", name, role)
        who = {}
        patch.setattr(seats, "user", lambda: who)
        patch.setattr(seats, "people", lambda: workspace)

        def log_in(name):
            who.clear()
            who.update({"is_logged_in": True, "iat": 4e9, "email": name, "email_verified": True})

        log_in.patch = patch
        yield log_in


def words(test):
    return " ".join(
        str(one.value)
        for kind in ("markdown", "caption", "info", "warning", "error")
        for one in test.get(kind)
    )


@pytest.mark.parametrize("view", ["", "pair", "documents", "members"])
def test_before_the_login_there_is_nothing_but_the_login(app, team, view):
    test = app(view, wait=False)
    assert [one.label for one in test.button] == ["Log in"]
    assert "AI laws" not in words(test)
    assert not test.dataframe


def test_who_is_in_no_project_is_told_the_own_name(app, team):
    team("nora@example.org")
    test = app(wait=False)
    assert "nora" in words(test)
    assert "no project yet" in words(test)
    assert [one.label for one in test.button] == ["Log out"]


@pytest.mark.parametrize(
    ("name", "may_review", "may_change"),
    [("rita@example.org", False, False), ("ann@example.org", True, False), (OLGA, True, True)],
)
def test_pages_offer_what_the_role_may_do(app, team, name, may_review, may_change):
    team(name)
    library = app("documents", wait=False)
    while library.status:  # the analysis of the sample corpus runs
        library.run()
    assert ("Read again" in [one.label for one in library.button]) is may_review
    assert bool(library.get("file_uploader")) is may_change
    review = app("review", wait=False)
    labels = [one.label for one in review.button]
    assert ("Take back my last review" in labels) is may_review
    assert ("It is wrong" in labels) is may_review
    members = app("members", wait=False)
    assert ("Take out of the project" in [one.label for one in members.button]) is may_change
    assert not any(test.exception for test in (library, review, members))


def test_links_to_other_projects_show_the_own_one(app, team):
    team(OLGA)
    for other in ("Theirs", "no such project"):
        test = app(wait=False, project=other, set="0123456789abcdef")
        assert "a project that you are no member of, or that is not here" in words(test)
        assert test.query_params["project"] == "AI laws"
        assert test.query_params["set"] == SAMPLE


def hands(team, name):
    """Everything that somebody of the team can touch, as the pages have it."""
    team.patch.setattr(
        seats, "seat", lambda: Seat(name, "AI laws", Role.OWNER, is_team=True, folder="projects/x")
    )
    return session.registry(), seats.corrections()


def kept_batch(shelf):
    with contextlib.suppress(InputError):  # no tables: what is asked first is the role
        shelf.keep(b"", b"")


@pytest.mark.parametrize(
    ("name", "reach"),
    [("rita@example.org", 0), ("ann@example.org", 1), (OLGA, 2), (OSCAR, 0), ("nobody@example.org", 0)],
)
def test_below_the_pages_every_change_asks_for_its_role(team, name, reach):
    jobs, corrections = hands(team, name)
    assert isinstance(jobs, PermittedJobs)
    assert isinstance(corrections, PermittedCorrections)
    job = jobs.ensure(SAMPLE)
    deeds = [
        (1, lambda: jobs.cancel(job)),
        (1, lambda: jobs.restart(SAMPLE)),
        (1, lambda: jobs.forget(SAMPLE)),
        (1, lambda: jobs.forget_document("0" * 64)),
        (1, lambda: jobs.set_password("0" * 64, "open")),
        (1, lambda: jobs.workspace.save_set(())),
        (1, lambda: corrections.save(Corrections("0" * 64, ()))),
        (2, lambda: jobs.workspace.add_file("a.pdf", b"a")),
        (2, lambda: jobs.workspace.save_sample(())),
        (2, lambda: kept_batch(seats.matrices())),
        (2, lambda: jobs.workspace.remove_set(jobs.workspace.save_set(()).id)),
    ]
    for wanted, deed in deeds:
        if reach >= wanted:
            deed()
            continue
        with pytest.raises(PermissionRefused, match=name):
            deed()


def test_a_batch_of_one_project_is_reached_by_its_members_only(app, team):
    def shelf_of(name, project, folder):
        seat = Seat(name, project, Role.OWNER, is_team=True, folder=folder)
        team.patch.setattr(seats, "seat", lambda: seat)
        return seats.matrices()

    mine = shelf_of(OLGA, "AI laws", "projects/ours")
    name = mine.keep(*made_tables(12))
    assert mine.names() == (name,)
    theirs = shelf_of(OSCAR, "Theirs", "projects/theirs")
    assert theirs.names() == ()
    with pytest.raises(InputError, match="not on this machine"):
        theirs.load(name, "overall")
    stranger = shelf_of(OSCAR, "AI laws", "projects/ours")  # the seat lies, the list of members does not
    for deed in (stranger.names, lambda: stranger.load(name, "overall")):
        with pytest.raises(PermissionRefused, match=OSCAR):
            deed()
    assert len(shelf_of("rita@example.org", "AI laws", "projects/ours").load(name, "overall").ids) == 12


def test_the_address_of_another_projects_batch_shows_nothing_of_it(app, team, home):
    team(OLGA)
    folder = app("method", wait=False).session_state["seat"].folder
    name = MatrixShelf(home.root / folder).keep(*made_tables(12))
    assert "**12** documents" in words(app(wait=False, matrix=name))
    team(OSCAR)
    test = app(wait=False, matrix=name)
    assert not test.exception
    assert "not on this machine" in "".join(one.value for one in test.error)
    assert "**12** documents" not in words(test)


def test_reviews_carry_the_login_whatever_name_is_given(team):
    seat = Seat("ann@example.org", "AI laws", Role.REVIEWER, is_team=True)
    from fragcheck.pipeline import review_tag
    from fragcheck.records import Verdict
    from fragcheck.ui.reviews import ReviewBook, kept_reviews

    analysis = made_analysis(0)
    review = review_tag(analysis, "art_1__para_1", "safety", Verdict.REJECT, reason="No danger is named.")
    with ReviewBook("olga@example.org", seat=seat) as book:
        entry = book.record(review)
        assert [one.review.reviewer for one in review_log(book.workspace, Actor(OLGA, Role.OWNER), "AI laws")]
    assert (entry.review.reviewer, entry.role) == ("ann@example.org", Role.REVIEWER)
    assert len(kept_reviews("AI laws")) == 1
    assert kept_reviews("Theirs") == ()
    reader = Seat("rita@example.org", "AI laws", Role.OWNER, is_team=True)  # the seat lies, the list does not
    with (
        pytest.raises(PermissionRefused, match=r"rita@example\.org is reader"),
        ReviewBook(seat=reader) as book,
    ):
        book.record(review)


def test_members_of_a_team_learn_nothing_of_the_servers_folders(team, tmp_path):
    found = f"a.pdf could not be kept in {tmp_path}/projects/x/files: no space"
    assert seats.public(found) == found  # whoever runs it alone is told where
    team.patch.setitem(
        seats.st.session_state, "seat", Seat("a", "AI laws", Role.READER, is_team=True, folder="projects/x")
    )
    assert str(tmp_path) not in seats.public(found)
    assert "no space" in seats.public(found)


@pytest.mark.parametrize(("is_shared", "path"), [(True, "a.pdf"), (False, "/srv/laws/files/x/a.pdf")])
def test_a_result_of_a_team_names_files_and_no_folders(tmp_path, monkeypatch, is_shared, path):
    found = {"documents": [{"id": "x", "path": "/srv/laws/files/x/a.pdf"}]}
    monkeypatch.setattr("fragcheck.pipeline.comparison_json", lambda *_: found)
    engine = PipelineEngine(Place(tmp_path, "AI laws", is_shared=is_shared))
    assert engine.as_json(made_comparison((made_analysis(0),)))["documents"][0]["path"] == path


@pytest.mark.parametrize(
    ("status", "body", "wanted"),
    [
        (200, {"issuer": "x", "authorization_endpoint": "x", "token_endpoint": "x", "jwks_uri": "x"}, ""),
        (200, {"issuer": "x"}, "lacks authorization_endpoint, token_endpoint, jwks_uri"),
        (200, [1], "lacks issuer"),
        (404, {}, "does not answer as it should (HTTPStatusError)"),
        (200, "no json", "does not answer as it should (JSONDecodeError)"),
        (None, None, "does not answer as it should (ConnectError)"),
    ],
)
def test_a_provider_that_is_silent_or_odd_is_named(monkeypatch, status, body, wanted):
    import httpx

    def get(address, **_):
        if status is None:
            raise httpx.ConnectError("refused")
        content = body if isinstance(body, str) else json.dumps(body)
        return httpx.Response(status, text=content, request=httpx.Request("GET", address))

    monkeypatch.setattr(httpx, "get", get)
    said = metadata_problem("https://login.example.org/x")
    assert wanted in said
    assert bool(said) is bool(wanted)
