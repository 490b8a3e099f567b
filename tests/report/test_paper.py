"""The PDF report as other programs read and draw it."""

from __future__ import annotations

import csv
import re
import sys

import pypdfium2
import pytest

from fragcheck.errors import OptionalDependencyMissing
from fragcheck.pipeline import analyse_files, check_report, compare_analyses, comparison_report
from fragcheck.report import fonts

#: Our own words in scripts that the laws come in.
WORLD = (
    ("ru", "Поставщик обязан сообщить о серьёзном инциденте в течение 72 часов."),
    ("el", "Ο πάροχος οφείλει να αναφέρει κάθε σοβαρό περιστατικό εντός 72 ωρών."),
    ("pl", "Dostawca zgłasza każdy poważny incydent w ciągu 72 godzin."),
    ("zh", "提供者应当在七十二小时内报告严重事件。"),
    ("ja", "提供者は、重大な事故を七十二時間以内に報告しなければならない。"),
    ("ko", "제공자는 중대한 사고를 72시간 이내에 보고하여야 한다."),
)


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def flat(words):
    return re.sub(r"\s+", "", words)


@pytest.fixture(scope="module")
def content(report_comparison):
    return comparison_report(report_comparison, "pdf")


def test_it_is_drawn(content):
    page = pypdfium2.PdfDocument(content)[0]
    assert tuple(round(side) for side in page.get_size()) == (595, 842)
    colours = {colour for _, colour in page.render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 20)}
    assert len(colours) > 50, "the heatmap is there"


def test_each_pair_has_its_page_with_its_figures(content, report_comparison):
    pages = text_of(content)
    values = [f"D = {pair.overall.value:.2f}" for pair in report_comparison.pairs]
    found = [line.split("(")[0].strip() for page in pages for line in page.splitlines() if "D = 0." in line]
    assert found == values
    assert "Provenance" in pages[-1] or "Provenance" in pages[-2]


def test_quotes_are_the_words_of_the_documents(content, report_comparison):
    words = flat("".join(text_of(content)))
    pair = report_comparison.pairs[0]
    sharpest = next(match for match in pair.matches if match.relation == "contrary")
    unit = next(unit for unit in pair.left_units if unit.key == sharpest.left_key)
    assert flat(unit.requirement.text) in words


def test_equal_results_give_equal_bytes(report_comparison, content):
    assert comparison_report(report_comparison, "pdf") == content


def test_text_of_a_document_is_no_markup(hostile_comparison):
    words = flat("".join(text_of(comparison_report(hostile_comparison, "pdf"))))
    assert flat("<script>alert(1)<script>") in words


def test_scripts_of_the_world(tmp_path):
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path, hours in zip(paths, ("72", "24"), strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "text", "heading"))
            for language, words in WORLD:
                writer.writerow((language, words.replace("72", hours), words))
    analyses = [outcome.analysis for outcome in analyse_files(paths)]
    content = comparison_report(compare_analyses(analyses), "pdf")
    assert content.startswith(b"%PDF-")
    # Whatever the comparison matched, the letters themselves must come out as they went in.
    from reportlab.platypus import SimpleDocTemplate

    from fragcheck.report.paper import _text

    target = tmp_path / "letters.pdf"
    SimpleDocTemplate(str(target)).build([_text(words, language=language) for language, words in WORLD])
    read = flat("".join(text_of(target.read_bytes())))
    for language, words in WORLD:
        assert flat(words) in read, language


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<b>x</b>\x00", "&lt;b&gt;x&lt;/b&gt;"),
        ("第3条 x", '<font name="STSong-Light">第</font>3<font name="STSong-Light">条</font> x'),
        ("제", '<font name="HYSMyeongJo-Medium">제</font>'),
        ("ひと", '<font name="HeiseiMin-W3">ひと</font>'),
    ],
)
def test_markup(text, marked):
    assert fonts.marked_up(text) == marked


def test_without_the_extra_it_says_what_to_install(monkeypatch, report_comparison):
    fonts.register_fonts.cache_clear()
    monkeypatch.setitem(sys.modules, "ziafont", None)
    for ask in (lambda: check_report("pdf"), lambda: comparison_report(report_comparison, "pdf")):
        with pytest.raises(OptionalDependencyMissing, match=r"fragcheck\[report\]"):
            ask()
    check_report("xlsx")
