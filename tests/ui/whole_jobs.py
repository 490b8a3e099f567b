"""What three kinds of users come for, from the start page to the file they take away."""

from __future__ import annotations

import re

from browsing import has_no_sideways_scroll, settle


def follow(page, name, title):
    """Go to a page by its link, as a reader does."""
    settle(page)
    page.get_by_role("link", name=name, exact=True).click()
    page.locator("h3").get_by_text(title).wait_for()
    settle(page)


def choose(page, label, option):
    """Choose an option of a box by its words; a page that is drawn anew meanwhile would close the list."""
    settle(page)
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def taken(page, name, *, panel=""):
    """The file behind a button, as bytes; of the first in sight, or the one in the panel of that title."""
    place = page.locator("[data-testid=stExpander]").filter(has_text=panel) if panel else page
    with page.expect_download() as waiting:
        place.get_by_role("button", name=name, exact=True).first.click()
    return waiting.value.path().read_bytes()


def compliance_officer(page):
    """As a deployer: what must we do by when, what remains if we comply with one law, a paper to file."""
    follow(page, "Requirements", "Requirements")
    page.get_by_role("button", name=re.compile("^Who is asking")).click()
    choose(page, "Role", "deployer")
    page.get_by_text(re.compile(r"^For deployer: \d+ of \d+ requirements")).wait_for()
    settle(page)
    page.keyboard.press("Escape")
    choose(page, "Deadline", "with a deadline")
    page.wait_for_url("**due=with*")
    settle(page)
    assert "role=deployer" in page.url
    register = taken(page, "Table (CSV)").decode("utf-8-sig").splitlines()
    assert register[0].startswith("Who,Force,Does what,By when")
    assert len(register) > 1
    follow(page, "Interoperability", "Interoperability")
    page.get_by_text(re.compile(r"^Duties of .* that remain: \d+")).wait_for()
    follow(page, "Reports", "Reports")
    choose(page, "Report", "Page (HTML)")
    page.get_by_text("One self-contained file").wait_for()
    settle(page)
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Download").wait_for(timeout=400_000)
    assert b"Where do these documents diverge?" in taken(page, "Download")


def standards_analyst(page, reference):
    """One reference against all: who is close, which changes pay, and a crosswalk for other programs."""
    follow(page, "Harmonise", "Harmonise")
    choose(page, "Reference: all others are set beside it", reference)
    page.get_by_text(f"All beside {reference}, the closest first").wait_for()
    page.get_by_text("Which changes pay most").wait_for()
    page.get_by_text("What each document speaks about").wait_for(timeout=400_000)
    page.locator(".drawing svg").wait_for()
    settle(page)
    assert "reference=" in page.url
    assert b"<svg" in taken(page, "Picture (SVG)")
    assert taken(page, "Picture (PNG)").startswith(b"\x89PNG")
    follow(page, "Reports", "Reports")
    choose(page, "Report", "Crosswalk: SSSOM (TSV)")
    page.get_by_text("Simple Standard for Sharing Ontology Mappings").wait_for()
    settle(page)
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Download").wait_for(timeout=400_000)
    assert b"subject_id" in taken(page, "Download")


def researcher(page, another):
    """One principle over all laws, down to the words, with data to check and an address to cite."""
    follow(page, "Heatmap", "Where do they diverge?")
    choose(page, "Principle", "Transparency")
    page.wait_for_url("**principle=transparency*")
    choose(page, "Order", "Similar next to similar")
    page.wait_for_url("**order=cluster*")
    settle(page)
    values = "The same as a table and as a picture"
    page.get_by_text(values).click()
    page.get_by_role("button", name="Everything (JSON)").wait_for()
    settle(page)  # a click on a page that is still drawn asks for nothing
    assert b"Rests on" in taken(page, "Table (CSV)", panel=values)
    page.locator(".st-key-open_go button").click()
    page.wait_for_url("**/pair?*")
    page.get_by_text("What D is made of").wait_for()
    settle(page)
    page.get_by_role("button", name="Show on the page").first.click()
    page.get_by_role("button", name="Hide the page").wait_for()
    page.locator("[data-testid=stImage] img").first.wait_for()
    other = another(page.url)
    other.get_by_role("button", name="Hide the page").wait_for()
    assert has_no_sideways_scroll(other)
    follow(page, "Method", "What the figures mean")
    page.get_by_text("What this result was computed with").wait_for()
