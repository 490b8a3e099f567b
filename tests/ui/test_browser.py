"""The app in a real browser: served, clicked, uploaded to, reloaded; nothing is asked of other hosts."""

from __future__ import annotations

import re

import pytest
from browsing import (
    CHART,
    axe_script,
    click_cell,
    has_no_sideways_scroll,
    settle,
    until_count,
    violations,
    wait_for_end,
)
from matrix_made import made_tables
from whole_jobs import compliance_officer, researcher, standards_analyst

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.xdist_group("browser")]


#: Whether an element has the focus, within the shadow root that a component stands in.
HAS_FOCUS = "element => element.getRootNode().activeElement === element"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (420, "dark")])
def test_heatmap_click_opens_the_pair(open_page, made_address, width, scheme):
    page = open_page(made_address, width=width, scheme=scheme)
    click_cell(page, 0, 2, 4)
    page.wait_for_url("**/pair*")
    page.get_by_text("What D is made of").wait_for()
    assert "left=" in page.url
    assert has_no_sideways_scroll(page)
    page.go_back()
    page.get_by_text("Where do they diverge?").wait_for()


def test_every_principle_is_drawn_and_can_be_taken_along(open_page, made_address):
    page = open_page(made_address)
    settle(page)
    page.get_by_text("Every principle at a glance").click()
    drawing = page.get_by_role("img", name=re.compile("small heatmaps, one for each principle"))
    drawing.wait_for()
    assert drawing.locator("rect").count() == 16 * 10
    assert drawing.bounding_box()["width"] > 400
    settle(page)
    panel = page.locator("[data-testid=stExpander]").filter(has_text="Every principle at a glance")
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Picture (PNG)", exact=True).click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


def test_an_address_restores_the_pair_with_its_page_in_another_browser(open_page, made_address):
    page = open_page(made_address)
    click_cell(page, 0, 1, 4)
    page.wait_for_url("**/pair*")
    page.get_by_role("button", name="Show on the page").first.click()
    page.get_by_role("button", name="Hide the page").wait_for()
    page.locator("[data-testid=stImage] img").nth(1).wait_for()
    other = open_page(made_address, page.url.removeprefix(made_address), width=420)
    other.get_by_role("button", name="Hide the page").wait_for()
    other.locator("[data-testid=stImage] img").nth(1).wait_for()


def test_markup_in_names_and_laws_stays_words(open_page, made_address):
    page = open_page(made_address, "/pair")
    page.get_by_text("What D is made of").wait_for()
    settle(page)
    assert page.locator("[data-testid=stMain] img").count() == 0
    assert page.evaluate("document.querySelectorAll('.fc-law script').length") == 0


@pytest.mark.parametrize(("width", "scheme"), [(1600, "light"), (420, "dark")])
def test_a_document_is_read_by_tree_page_and_keys(open_page, made_address, width, scheme):
    page = open_page(made_address, "/document?unit=art_1", width=width, scheme=scheme)
    title = page.locator(".fc-title")
    title.get_by_text("Article 1").wait_for()
    page.get_by_role("treeitem", name="Article 2 Terms").locator(".label").click()
    title.get_by_text("Article 2").wait_for()
    page.wait_for_url("**unit=art_2*")
    settle(page)
    frame = page.get_by_role("button", name="Article 1 › 1: Incidents", exact=True)
    frame.scroll_into_view_if_needed()
    frame.press("Enter")
    title.get_by_text("Article 1 › 1").wait_for()
    settle(page)
    assert frame.evaluate(HAS_FOCUS), "the answer took the focus away"
    assert has_no_sideways_scroll(page)
    page.get_by_role("treeitem", name="1. A provider").press("ArrowUp")
    page.get_by_role("treeitem", name="Article 1 Incidents").press("Enter")
    page.wait_for_url("**unit=art_1")
    settle(page)
    chosen = page.get_by_role("treeitem", name="Article 1 Incidents")
    assert chosen.evaluate(HAS_FOCUS), "the answer took the focus away"
    chosen.press("ArrowLeft")
    page.get_by_role("treeitem", name="1. A provider").wait_for(state="detached")
    page.reload()
    title.get_by_text("Article 1").wait_for()
    assert page.locator(".tree script, .sheet script").count() == 0


def test_a_provision_is_split_and_the_split_undone(open_page, made_address):
    page = open_page(made_address, "/document?unit=art_1__para_1", width=1600)
    settle(page)
    page.get_by_text("Correct by hand").click()
    settle(page)
    page.get_by_role("button", name="Correct and read again").click()
    page.get_by_role("img", name="corrected by hand").nth(1).wait_for()
    until_count(page.get_by_role("treeitem"), 5)
    page.get_by_role("button", name="Corrected by hand (1)").click()
    settle(page)
    page.get_by_role("button", name="Undo the last one").click()
    page.get_by_role("img", name="corrected by hand").first.wait_for(state="detached")
    until_count(page.get_by_role("treeitem"), 4)


def test_a_requirement_is_found_downloaded_and_opened_in_its_document(open_page, made_address):
    page = open_page(made_address, "/requirements?modality=recommendation", width=420, scheme="dark")
    page.get_by_text("1 of 4 requirements").wait_for()
    settle(page)
    assert has_no_sideways_scroll(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Table (XLSX)").click()
    assert waiting.value.suggested_filename == "fragcheck-requirements.xlsx"
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 52)
    page.get_by_role("button", name=re.compile("^Open in")).click()
    page.wait_for_url("**/document*unit=art_1__para_1*")
    page.locator(".fc-title").get_by_text("Article 1 › 1").wait_for()


def test_a_report_is_made_looked_at_and_downloaded(open_page, made_address):
    page = open_page(made_address, "/reports?report=html", width=420, scheme="dark")
    page.get_by_role("button", name="Make it").click()
    frame = page.locator("iframe.page")
    frame.content_frame.get_by_text("A report as a page").wait_for()
    assert frame.get_attribute("sandbox") == "allow-scripts"
    settle(page)
    assert has_no_sideways_scroll(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "fragcheck.html"


def test_names_that_people_type_lead_to_the_page_they_mean(open_page, made_address):
    page = open_page(made_address, "/heatmap?principle=safety")
    page.get_by_text("Where do they diverge?").wait_for()
    page.wait_for_url(re.compile(r"/\?(.*&)?principle=safety"))
    page.goto(made_address + "/library")
    page.wait_for_url("**/documents?*")
    page.get_by_role("heading", name="Library").wait_for()
    settle(page)
    assert page.get_by_role("dialog").count() == 0


def test_back_takes_a_filter_away_again(open_page, made_address):
    page = open_page(made_address, "/requirements?set=sample")
    page.get_by_text("4 of 4 requirements").wait_for()
    settle(page)
    page.get_by_label("Force", exact=True).click()
    page.get_by_role("option", name="should").click()
    page.wait_for_url("**modality=recommendation*")
    page.get_by_text("1 of 4 requirements").wait_for()
    page.go_back()
    page.get_by_text("4 of 4 requirements").wait_for()
    assert "modality" not in page.url


def test_what_remains_to_be_met_is_one_click_from_the_matrix(open_page, made_address):
    page = open_page(made_address, "/interoperability", width=1600)
    page.get_by_text("Duties of sample 1 that remain: 1 of 2").wait_for()
    page.locator(".drawing [data-chosen]").nth(4).click()  # row by row without the diagonal: 1 -> 2
    page.get_by_text("Duties of sample 2 that remain: 1 of 2").wait_for()
    left = re.search("left=([0-9a-f]+)", page.url)[1]
    page.get_by_role("button", name="Swap").click()
    page.wait_for_url(f"**right={left}*")
    page.get_by_text("no requirement of").wait_for()
    other = open_page(made_address, page.url.removeprefix(made_address), width=420, scheme="dark")
    other.get_by_text("no requirement of").wait_for()
    assert has_no_sideways_scroll(other)


def upload(page, files):
    """Give the page laws to read, once it is whole: files given to a page that is still drawn are lost."""
    settle(page)
    page.locator("input[type=file][accept*='.pdf']").set_input_files(files)


def test_an_analysis_outlives_the_page_and_can_be_cancelled(open_page, made_address, tmp_path):
    names = []
    for index, name in enumerate(("a.pdf", "slow.pdf")):
        path = tmp_path / name
        path.write_bytes(f"{name} {index}".encode())
        names.append(str(path))
    page = open_page(made_address, "/documents")
    upload(page, names)
    page.get_by_role("button", name="Read and compare").click()
    page.get_by_text("slow.pdf: finding requirements").wait_for()
    page.wait_for_url(re.compile(r"set=[0-9a-f]{16}"))
    page.reload()
    page.get_by_text("slow.pdf: finding requirements").wait_for()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Cancelled.").wait_for()


def test_tables_of_a_batch_are_gathered_and_zoomed(open_page, made_address, tmp_path):
    files = []
    for name, raw in zip(("documents", "pairs"), made_tables(60), strict=True):
        files.append(tmp_path / f"{name}.parquet")
        files[-1].write_bytes(raw)
    page = open_page(made_address, "/documents", width=420, scheme="dark")
    settle(page)
    page.get_by_text("Open the tables of a batch").click()
    page.locator("input[type=file][accept*='.parquet']").set_input_files([str(one) for one in files])
    page.get_by_text("pairs.parquet").last.wait_for()
    page.get_by_role("button", name="Show the matrix").click()
    page.wait_for_url("**matrix=*")
    page.get_by_text("60 documents,").wait_for()
    canvas = page.locator(".matrix canvas")
    canvas.press("ArrowDown")
    canvas.press("ArrowDown")
    page.get_by_text("borealis law 1 ↔ aurelia law 0:").wait_for()
    canvas.press("Enter")
    page.get_by_text("Rows 1–16 of 60, columns 1–16").wait_for()
    page.locator(CHART).first.wait_for()
    settle(page)
    assert has_no_sideways_scroll(page)
    page.go_back()
    page.locator(".matrix canvas").wait_for()
    assert "zoom" not in page.url


@pytest.mark.model
def test_the_sample_corpus_from_its_files_to_the_page(open_page, real_address):
    page = open_page(real_address)
    page.get_by_text("Reading and comparing").wait_for()
    wait_for_end(page, CHART)
    click_cell(page, 0, 1, 5)
    page.wait_for_url("**/pair*")
    page.get_by_role("button", name="Show on the page").first.click()
    page.locator("[data-testid=stImage] img").nth(1).wait_for()


@pytest.mark.soak
@pytest.mark.model
def test_what_brings_the_sample_corpus_together(open_page, real_address):
    page = open_page(real_address, "/harmonise?principle=safety", width=420, scheme="dark")
    wait_for_end(page, "[data-testid=stMarkdown]:has-text('Common core')")
    page.get_by_text("changes would lower the mean D").wait_for()
    settle(page)
    # The ranking, who stands apart, the path; then what all have in common, or that there is nothing.
    page.locator("[data-testid=stDataFrame]").nth(2).wait_for()
    assert has_no_sideways_scroll(page)


@pytest.mark.soak
@pytest.mark.model
def test_the_sample_corpus_has_no_serious_or_critical_violation(open_page, real_address):
    axe = axe_script()
    page = open_page(real_address)
    wait_for_end(page, CHART)
    settle(page)
    found = violations(page, axe, "heatmap")
    for name in ("Pair", "Document", "Requirements", "Harmonise", "Review"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**/{name.lower()}?*")
        page.locator("h3").get_by_text(name, exact=True).wait_for()
        settle(page)
        found += violations(page, axe, name)
    assert found == []


@pytest.mark.model
@pytest.mark.soak
def test_three_users_do_their_jobs_on_the_sample_corpus(open_page, real_address):
    page = open_page(real_address)
    wait_for_end(page, CHART)
    standards_analyst(page, "4 norvane standard")
    researcher(page, lambda url: open_page(real_address, url.removeprefix(real_address), width=420))
    compliance_officer(page)


#: Law, bill, guidance and treaty of four jurisdictions.
REAL = (
    "us-states/colorado-sb24-205-session-law.pdf",
    "korea/korea-ai-basic-act-en.pdf",
    "international/coe-framework-convention-cets-225.pdf",
    "switzerland/finma-guidance-08-2024.pdf",
)


@pytest.mark.model
@pytest.mark.soak
@pytest.mark.shared
def test_three_users_do_their_jobs_on_real_laws(open_page, real_address, shared_dir):
    page = open_page(real_address, "/documents")
    upload(page, [str(shared_dir / "data" / "pdfs" / name) for name in REAL])
    page.get_by_role("button", name="Read and compare").click()
    page.wait_for_url(re.compile(r"set=[0-9a-f]{16}"))
    wait_for_end(page, "[data-testid=stSelectbox]:has-text('Look into a document')")
    standards_analyst(page, "coe framework convention cets 225")
    researcher(page, lambda url: open_page(real_address, url.removeprefix(real_address), width=420))
    compliance_officer(page)


def law(path, title, duties, *, lock=None):
    """A small law of ours as a PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    encrypt = StandardEncryption(lock, canPrint=1) if lock else None
    canvas = Canvas(str(path), pagesize=A4, encrypt=encrypt, invariant=1)
    canvas.setTitle(title)
    y = 780
    for line in (title, *(line for at, duty in enumerate(duties, 1) for line in (f"Article {at}", duty))):
        canvas.drawString(72, y, line)
        y -= 22
    canvas.save()
    return str(path)


DUTIES = (
    "A provider shall inform users that they are talking to a machine.",
    "A provider shall report a serious incident to the authority within 15 days.",
    "A deployer shall keep the logs of the system for at least six months.",
    "No person shall use a system that deceives children.",
    "A provider shall assess the risks of the system every year.",
)


@pytest.mark.model
def test_uploads_good_broken_and_locked(open_page, real_address, tmp_path):
    later = [duty.replace("15 days", "90 days").replace("shall", "should") for duty in DUTIES[:4]]
    files = [
        law(tmp_path / "first law.pdf", "First Law on Machines", DUTIES),
        law(tmp_path / "second law.pdf", "Second Law on Machines", later),
        law(tmp_path / "locked law.pdf", "Locked Law on Machines", DUTIES[1:], lock="opensesame"),
    ]
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"this is no PDF")
    page = open_page(real_address, "/documents")
    upload(page, [*files, str(broken)])
    page.get_by_role("button", name="Read and compare").click()
    page.wait_for_url(re.compile(r"set=[0-9a-f]{16}"), timeout=400_000)
    wait_for_end(page, "[data-testid=stForm] input[type=password]")
    page.get_by_role("alert").filter(has_text="broken.pdf").first.wait_for()
    page.get_by_label("Password of locked law.pdf").fill("opensesame")
    page.get_by_role("button", name="Open it").click()
    page.get_by_label("Password of locked law.pdf").wait_for(state="detached", timeout=400_000)
    wait_for_end(page, "[data-testid=stSelectbox]:has-text('Look into a document')")
    page.get_by_role("link", name="Heatmap").click()
    page.get_by_text("Where do they diverge?").wait_for()
    click_cell(page, 0, 1, 3)
    page.wait_for_url("**/pair*")
    page.get_by_text("What D is made of").wait_for()
