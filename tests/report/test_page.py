"""The HTML report: what it holds, and what a real browser makes of it."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
import zipfile

import lxml.html
import pytest

from fragcheck.pipeline import comparison_report
from fragcheck.records import DocumentKind

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
TITLE = "Divergence of regulations"


@pytest.fixture(scope="module")
def content(report_comparison):
    return comparison_report(report_comparison, "html")


@pytest.fixture(scope="module")
def tree(content):
    return lxml.html.document_fromstring(content.decode())


@pytest.fixture(scope="module")
def hostile_content(hostile_comparison):
    return comparison_report(hostile_comparison, "html")


def words_of(element):
    return " ".join(element.text_content().split())


def test_equal_results_give_equal_bytes(report_comparison, content):
    assert comparison_report(report_comparison, "html") == content


def test_every_figure_of_the_heatmap_leads_to_its_pair(tree, report_comparison):
    first = tree.cssselect(".heatmap")[0]
    links = [(link.get("href"), link.text.strip()) for link in first.cssselect("a")]
    for number, pair in enumerate(report_comparison.pairs, start=1):
        assert links.count((f"#pair-{number}", f"{pair.overall.value:.2f}")) == 2
    targets = {element.get("id") for element in tree.cssselect("[id]")}
    assert {link.get("href")[1:] for link in tree.cssselect("a")} <= targets


def test_tags_of_the_users_taxonomy_have_its_labels(report_comparison):
    labels = ("tag_labels", json.dumps({"safety": "Energy and water"}))
    run = dataclasses.replace(report_comparison.run, settings=(*report_comparison.run.settings, labels))
    own = dataclasses.replace(report_comparison, run=run)
    page = lxml.html.document_fromstring(comparison_report(own, "html").decode())
    assert "Energy and water" in {words_of(heading) for heading in page.cssselect(".map h2")}
    with zipfile.ZipFile(io.BytesIO(comparison_report(own, "csv"))) as tables:
        pairs = tables.read("pairs.csv").decode("utf-8-sig")
    assert "Energy and water" in pairs
    assert "Safety" not in pairs


def test_the_words_of_both_sides_stand_side_by_side(tree, report_comparison):
    for number, pair in enumerate(report_comparison.pairs, start=1):
        matches = tree.cssselect(f"#pair-{number} .match")
        assert len(matches) == len(pair.matches)
        units = {unit.key: unit for unit in pair.right_units}
        for article, match in zip(matches, pair.matches, strict=True):
            _, right = article.cssselect(".sides blockquote")
            found = units[match.right_key]
            wanted = found.requirement.text if found.requirement else found.definition.definiens
            assert " ".join(wanted.split()) in words_of(right)


def test_what_is_to_be_compared_with_care_says_so_beside_its_title_and_in_its_pairs(report_comparison):
    first, *others = report_comparison.analyses
    document = dataclasses.replace(first.document, kind=DocumentKind.BILL, status="vetoed")
    analyses = (dataclasses.replace(first, document=document), *others)
    found = dataclasses.replace(report_comparison, analyses=analyses, address="")
    page = words_of(lxml.html.document_fromstring(comparison_report(found, "html").decode()))
    n_pairs = sum(document.id in (pair.left, pair.right) for pair in found.pairs)
    assert page.count("Compare with care: 1 meridian union: bill; vetoed") == n_pairs
    assert "Compare with care: bill; vetoed" in page
    archive = zipfile.ZipFile(io.BytesIO(comparison_report(found, "csv")))
    pairs = archive.read("pairs.csv").decode("utf-8-sig").splitlines()
    assert pairs[0].endswith(",Compare with care")
    assert all("1 meridian union: bill; vetoed" in line for line in pairs[1:] if "meridian" in line)


def test_of_how_many_duties_how_many_remain(tree, report_comparison):
    said = words_of(tree)
    for pair in report_comparison.pairs:
        for found in (pair.left_satisfies_right, pair.right_satisfies_left):
            n, left = found.n_duties, len(found.duties)
            assert n >= left > 0
            assert f"of its {n} duties {left} have no likely counterpart that meets them" in said


def test_quotes_say_their_language(tree):
    assert {quote.get("lang") for quote in tree.cssselect("blockquote")} == {"en", "pt"}
    assert {quote.get("dir") for quote in tree.cssselect("blockquote")} == {"auto"}


def test_differing_quantities_are_marked(tree, report_comparison):
    wanted = {
        each.left
        for pair in report_comparison.pairs
        for match in pair.matches
        for each in match.differences.parameter_pairs
        if each.left
    }
    assert wanted & {words_of(mark) for mark in tree.cssselect(".match mark")}


@pytest.mark.parametrize("name", ["content", "hostile_content"])
def test_nothing_in_it_runs_or_asks(name, request):
    tree = lxml.html.document_fromstring(request.getfixturevalue(name).decode())
    assert not tree.cssselect("script, img, svg, iframe, object, embed, link, form, base, textarea")
    for element in tree.iter():
        assert not [each for each in element.attrib if each.startswith("on") or each in {"src", "srcset"}]
    assert all(link.get("href").startswith("#") for link in tree.cssselect("a"))
    assert "url(" not in "".join(style.text_content() for style in tree.cssselect("style"))
    (policy,) = tree.cssselect("meta[http-equiv=Content-Security-Policy]")
    assert policy.get("content").startswith("default-src 'none'")
    assert not tree.cssselect("[style]:not(td):not(i)")


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium: sudo apt-get install -y chromium")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    with api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def shown(browser, tmp_path):
    """Open a report from disk; at the end it may have asked for nothing else and said nothing."""
    contexts, asked, said = [], [], []

    def at(content, *, bypass_csp=False):
        path = tmp_path / "report.html"
        path.write_bytes(content)
        context = browser.new_context(bypass_csp=bypass_csp, viewport={"width": 1200, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        return page

    yield at
    for context in contexts:
        context.close()
    assert len(asked) == len(contexts)
    assert said == []


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "escaping alone"])
def test_text_of_a_document_is_shown_and_never_run(shown, hostile_content, bypass_csp):
    page = shown(hostile_content, bypass_csp=bypass_csp)
    page.wait_for_timeout(200)
    assert page.title() == TITLE
    for each in page.locator("summary").all():
        each.evaluate("node => { node.parentElement.open = true }")
    text = page.locator("main").inner_text()
    for words in (
        "<script>document.title='owned'</script>",
        "<img src=x onerror=",
        "{{ 7 * 7 }}",
        "&lt;b&gt;",
    ):
        assert words in text
    assert page.title() == TITLE


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_click_on_a_figure_leads_to_its_words(shown, content):
    page = shown(content)
    page.locator("label[for=map-2]").click()
    assert page.locator(".map-2").is_visible()
    assert not page.locator(".map-1").is_visible()
    page.locator(".map-2 .heatmap a").nth(1).click()
    assert page.url.endswith("#pair-2")
    box = page.locator("#pair-2 h2").bounding_box()
    assert 0 <= box["y"] < 200
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
