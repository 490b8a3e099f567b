"""Accessibility of every page in both themes, as axe-core finds it: nothing serious, nothing critical."""

from __future__ import annotations

import pytest
from browsing import axe_script, settle, violations

from fragcheck.ui.address import LISTS, VIEWS
from fragcheck.ui.texts import text

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]

#: Pages that are looked at under an address that says more of them.
ADDRESSES = ("/document?unit=art_1__para_1", "/interoperability?role=deployer", "/harmonise?lang=de")


def test_no_page_has_a_serious_or_critical_violation(open_page, made_address):
    axe = axe_script()
    page = open_page(made_address, "/")
    settle(page)
    found = violations(page, axe, "heatmap")
    for name in VIEWS[1:]:
        if any(address.startswith(f"/{name}?") for address in ADDRESSES):
            continue
        page.get_by_role("link", name=text(f"app.{name}"), exact=True).click()
        page.wait_for_url(f"**/{name}?*")
        page.locator("h3").get_by_text(text(f"{name}.title")).wait_for()
        settle(page)
        found += violations(page, axe, name)
        for register in LISTS[1:] if name == "requirements" else ():
            page.get_by_role("radio", name=text(f"requirements.{register}"), exact=True).click()
            page.get_by_text(text(f"requirements.{register}_note")).wait_for()
            settle(page)
            found += violations(page, axe, register)
    for address in ADDRESSES:
        page.goto(made_address + address)
        settle(page)
        found += violations(page, axe, address)
    assert found == []
