"""A team in a real browser: logins at a provider on this machine, roles, projects apart, and the way out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from browsing import served, settle
from oidc_provider import CLIENT, provided

from fragcheck.records import Actor, Role
from fragcheck.store.workspace import create_project, open_workspace, review_log, set_member

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("browser"),
]

VERIFIED = {"email_verified": True}
PEOPLE = {
    "olga": {"email": "Olga@example.org", **VERIFIED},
    "ann": {"email": "ann@example.org", **VERIFIED},
    "rita": {"email": "rita@example.org", **VERIFIED},
    "oscar": {"email": "oscar@example.org", **VERIFIED},
    "nora": {"email": "nora@example.org", **VERIFIED},
    "eve": {"email": "olga@example.org", "email_verified": False},
}
OLGA, OSCAR = Actor("olga@example.org", Role.OWNER), Actor("oscar@example.org", Role.OWNER)


@pytest.fixture(scope="module")
def team(browser, tmp_path_factory):
    """A served app with logins, two projects in its workspace, and the provider."""
    home = tmp_path_factory.mktemp("team")
    url = f"sqlite:///{home / 'cache' / 'workspace.sqlite'}"
    with open_workspace(url) as workspace:
        create_project(workspace, OLGA, "AI laws")
        create_project(workspace, OSCAR, "<b>Theirs</b>")
        set_member(workspace, OLGA, "AI laws", "ann@example.org", Role.REVIEWER)
        set_member(workspace, OLGA, "AI laws", "rita@example.org", Role.READER)
    with provided(PEOPLE) as provider:
        secrets = home / "secrets.toml"
        secrets.write_text(
            "[auth]\n"
            'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            'cookie_secret = "only-for-tests-and-long-enough-for-them"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{provider.secret}"\n'
            f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n'
        )
        script = Path(__file__).with_name("served_app.py")
        with served(script, home, f"--secrets.files={secrets}", FRAGCHECK_ACCESS="team") as address:
            provider.redirects.add(f"{address}/oauth2callback")
            yield SimpleNamespace(address=address, provider=provider, url=url, home=home)


@pytest.fixture
def log_in(team, open_page):
    """Open a browser, log in as somebody of the provider, and go to a view."""

    def as_(person, path="/"):
        page = open_page(team.address, "/", width=1500, known=(team.provider.address,))
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name=person).click()
        page.wait_for_url(f"{team.address}/**")
        page.get_by_role("button", name="Log in").wait_for(state="detached")
        if path != "/":
            page.goto(team.address + path)
        return page

    return as_


def test_nothing_is_shown_before_the_login(team, open_page):
    for path in ("/", "/pair?set=sample", "/members", "/documents?project=AI+laws"):
        page = open_page(team.address, path, known=(team.provider.address,))
        page.get_by_role("button", name="Log in").wait_for()
        settle(page)
        seen = page.locator("body").inner_text()
        assert "AI laws" not in seen
        assert "Aurelia" not in seen
        assert page.locator("canvas, svg.marks, [data-testid=stFileUploader]").count() == 0


def test_a_link_leads_to_its_view_after_the_login_and_only_once(team, open_page):
    known = (team.provider.address,)
    link = "/requirements?modality=recommendation&project=AI+laws"
    page = open_page(team.address, link, known=known)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="rita").click()
    page.wait_for_url("**/requirements?*modality=recommendation*")
    page.get_by_text("1 of 4 requirements").wait_for()
    settle(page)
    page.goto(f"{team.address}/method")
    page.get_by_text("What the figures mean").first.wait_for()
    settle(page)
    assert "/method" in page.url


def test_a_reader_looks_and_cannot_review(log_in):
    page = log_in("rita", "/review")
    page.get_by_text("You are a reader of this project").wait_for()
    page.get_by_text("findings").first.wait_for()
    settle(page)
    assert page.get_by_role("button", name="It is right").count() == 0
    assert page.get_by_role("button", name="Take back my last review").count() == 0
    page.goto(page.url.replace("/review", "/documents"))
    page.get_by_text("Owners of this project add and remove documents").wait_for()
    settle(page)
    assert page.locator("[data-testid=stFileUploader]").count() == 0
    page.goto(page.url.replace("/documents", "/members"))
    page.get_by_text("Owners of this project change this list").wait_for()
    assert page.get_by_role("button", name="Add, or change the role").count() == 0


def test_a_reviewer_reviews_under_the_login(team, log_in):
    page = log_in("ann", "/review")
    page.get_by_text("Reviews are given as").wait_for()
    settle(page)
    page.get_by_label("Why").fill("It names <img src=x onerror=alert(1)> no person.")
    page.get_by_role("button", name="It is wrong").click()
    page.get_by_test_id("stToast").wait_for()
    with open_workspace(team.url) as workspace:
        (entry,) = review_log(workspace, OLGA, "AI laws")
    assert (entry.review.reviewer, entry.role) == ("ann@example.org", Role.REVIEWER)
    assert page.locator("[data-testid=stFileUploader]").count() == 0


def test_an_owner_lets_people_in_and_the_role_holds_at_once(team, log_in, open_page):
    nora = log_in("nora")
    nora.get_by_text("nora@example.org").wait_for()
    nora.get_by_text("a member of no project yet").wait_for()
    page = log_in("olga", "/members")
    page.get_by_label("Login of the person", exact=True).fill(" Nora@Example.org ")
    page.get_by_role("button", name="Add, or change the role").click()
    page.get_by_text("The list now says so for nora@example.org").wait_for()
    nora.reload()
    nora.get_by_role("button", name="AI laws").wait_for()
    with open_workspace(team.url) as workspace:
        set_member(workspace, OLGA, "AI laws", "nora@example.org", None)
    nora.reload()
    nora.get_by_text("a member of no project yet").wait_for()


def test_another_projects_documents_are_not_reached_by_a_link(team, log_in):
    owner = log_in("oscar", "/documents")
    # The sample corpus is through: no run of the page cuts into the upload.
    owner.get_by_text("Read again").first.wait_for()
    settle(owner)
    owner.locator("input[type=file][accept*='.pdf']").set_input_files(
        [
            {"name": f"{one}.pdf", "mimeType": "application/pdf", "buffer": one.encode()}
            for one in ("secret-a", "secret-b")
        ]
    )
    owner.get_by_role("button", name="Read and compare").click()
    owner.wait_for_url("**set=*")
    owner.get_by_text("secret-a.pdf").first.wait_for()
    query = owner.url.partition("?")[2]
    assert "Theirs" in query
    page = log_in("olga", f"/documents?{query}")
    page.get_by_text("a project that you are no member of").wait_for()
    settle(page)
    assert "secret-a" not in page.locator("body").inner_text()
    set_id = query.partition("set=")[2].partition("&")[0]
    page.goto(f"{team.address}/documents?set={set_id}&project=AI+laws")
    page.wait_for_url("**set=sample*")
    page.get_by_text("Sample corpus").first.wait_for()
    settle(page)
    assert "secret-a" not in page.locator("body").inner_text()


def test_an_address_that_nobody_verified_lets_nobody_in(log_in):
    page = log_in("eve")
    page.get_by_text("does not say that your e-mail address was verified").wait_for()
    assert "AI laws" not in page.locator("body").inner_text()


def test_an_old_login_is_asked_for_again(team, open_page):
    team.provider.age = 13 * 3600
    try:
        page = open_page(team.address, "/", known=(team.provider.address,))
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name="olga").click()
        page.wait_for_url(f"{team.address}/**")
        page.get_by_role("button", name="Log in").wait_for()
    finally:
        team.provider.age = 0


def test_who_logs_out_is_out_here_and_at_the_provider(team, log_in):
    before = team.provider.n_logouts
    page = log_in("olga")
    page.get_by_role("button", name="AI laws").click()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in").wait_for()
    page.goto(f"{team.address}/members")
    page.get_by_role("button", name="Log in").wait_for()
    assert team.provider.n_logouts == before + 1
