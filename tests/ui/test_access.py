"""Accessibility of every page in both themes, as axe-core finds it: nothing serious, nothing critical."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from browsing import settle

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]

FETCH = Path(__file__).resolve().parents[2] / ".ci" / "fetch_axe.py"
PAGES = (
    "/",
    "/pair",
    "/document?unit=art_1__para_1",
    *(
        f"/requirements?list={name}"
        for name in ("register", "definitions", "figures", "strictest", "conflicts")
    ),
    "/interoperability?role=deployer",
    "/harmonise?lang=de",
    "/review",
    "/reports",
    "/documents",
    "/method",
)


@pytest.fixture(scope="module")
def axe():
    """The script of axe-core."""
    script = runpy.run_path(str(FETCH))["script"]()
    if not script.is_file():
        pytest.skip("no axe-core: python .ci/fetch_axe.py (asks the npm registry once)")
    return script.read_text(encoding="utf-8")


def in_theme(page, scheme):
    """Ask for a theme, and wait until the page wears it."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", arg=scheme
    )
    page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")


def test_no_page_has_a_serious_or_critical_violation(open_page, made_address, axe):
    page = open_page(made_address, "/")
    found = []
    for address in PAGES:
        page.goto(made_address + address)
        page.locator("h3").first.wait_for()
        settle(page)
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            in_theme(page, scheme)
            run = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
            found += [
                f"{address} {scheme}: {violation['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
                for violation in page.evaluate(run)
                if violation["impact"] in ("serious", "critical")
                for node in violation["nodes"]
            ]
    assert found == []
