"""Documents, names and reviews that attack the page: a real browser runs and fetches nothing of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import served, settle
from hostile_words import ATTACK
from ui_made import made_analysis

from fragcheck.pipeline import review_tag
from fragcheck.records import Actor, Role, Verdict
from fragcheck.store.workspace import create_project, open_workspace, record_review

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("browser"),
]

VIEWS = (
    *("/", "/pair", "/document?unit=art_1__para_1", "/document?unit=art_2", "/requirements?set=sample"),
    *(f"/requirements?list={one}" for one in ("definitions", "figures", "strictest", "conflicts")),
    *("/interoperability", "/harmonise", "/reports", "/documents", "/method"),
    *(f"/review?review={one}" for one in ("queue", "log", "agreement")),
)


@pytest.fixture(scope="module")
def hostile_address(browser, tmp_path_factory):
    """The app on documents that attack, with a review whose author and reason attack as well."""
    home = tmp_path_factory.mktemp("hostile")
    with open_workspace(f"sqlite:///{home / 'cache' / 'workspace.sqlite'}") as workspace:
        eve = Actor(ATTACK[:300], Role.OWNER)
        create_project(workspace, eve, "app")
        review = review_tag(made_analysis(0), "art_1__para_1", "safety", Verdict.REJECT, reason=ATTACK)
        record_review(workspace, eve, "app", review)
    with served(Path(__file__).with_name("hostile_app.py"), home) as address:
        yield address


def test_nothing_of_it_runs_on_any_page(open_page, hostile_address):
    shown = set()
    for view in VIEWS:  # `open_page` also fails on a request to another host
        page = open_page(hostile_address, view)
        page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
        settle(page)
        for box in page.locator("details > summary").all():
            if box.is_visible():
                box.click()
        settle(page)
        assert page.locator("[data-testid=stAlert]:has-text('Something went wrong')").count() == 0, view
        assert page.evaluate("window.hit") is None, view
        assert (
            page.locator("img[src=x], [onerror], [onload], a[href^=javascript], iframe[srcdoc]").count() == 0
        ), view
        assert page.locator("[data-testid=stMain] script").count() == 0, view
        if "<script>window.hit=2</script>" in page.locator("body").inner_text():
            shown.add(view)
        page.context.close()
    # The words are there to read, so what was shown is what attacks; tables are drawn and hold no text.
    assert {"/pair", "/document?unit=art_1__para_1"} <= shown
