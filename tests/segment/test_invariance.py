"""Generated laws of every tradition: read as they were written, whatever the page does to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typesetter import typeset_text

from fragcheck.pdf import read_pdf
from fragcheck.records import Document, Line, LineRole, Page
from fragcheck.segment import segment

SENTENCES = {
    "en": "each keeper shall write down what the machine has decided and for whom it has done so",
    "de": "jeder Halter schreibt auf was die Maschine entschieden hat und für wen sie das getan hat",
    "fr": "chaque détenteur inscrit ce que la machine a décidé et pour qui elle a pris cette décision",
    "zh": "持有人应当记录机器作出的决定并且说明作出决定的理由和所使用的数据",
    "ko": "보유자는 기계가 내린 결정과 그 이유 및 사용한 자료를 빠짐없이 기록하고 보관하여야 한다",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a tradition prints an article, its paragraphs and their points, and what these are called."""

    language: str
    opening: str
    article: str
    paragraph: str
    point: str
    names: tuple[str, str, str]
    numbers: str = "0123456789"


STYLES = {
    "eu": Style("en", "THE EUROPEAN COMMISSION,\nHAS ADOPTED THIS REGULATION:",
                "^Article {n}\n^*Duty {n}", "{n}.   ", "({letter})  ", ("art", "para", "point")),
    "us": Style("en", "Be it enacted by the Legislature of the State of Arcadia:",
                "SECTION {n}. Duty of keepers.", "({letter}) ", "  ({n}) ", ("sec", "subsec", "para")),
    "commonwealth": Style("en", "BE IT ENACTED by Parliament as follows:",
                          "*{n}  Duty of keepers", "({n})  ", "  ({letter})  ", ("sec", "subsec", "para")),
    "civil_law": Style("de", "Der Bundestag hat das folgende Gesetz beschlossen:",
                       "^*§ {n}\n^*Pflicht", "({n}) ", "  {n}. ", ("art", "para", "subpara")),
    "east_asian": Style("ko", "^기계의 행동에 관한 법률", "제{n}조(기록)", "{circled} ", "  {n}. ",
                        ("art", "para", "subpara")),
}  # fmt: skip

#: A law: for each article its paragraphs, each with its number of points.
LAWS = st.lists(st.lists(st.sampled_from([0, 2, 3, 4]), min_size=2, max_size=4), min_size=3, max_size=6)


def written(style: Style, law: list[list[int]]) -> tuple[str, list[str]]:
    """The text of a law, and the names of its units."""
    words = SENTENCES[style.language]
    top, middle, low = style.names
    lines, names = [style.opening, ""], []
    for n, paragraphs in enumerate(law, 1):
        article = style.article.format(n=n)
        names.append(f"{top}_{n}")
        lines.extend(["", *article.split("\n")])
        for k, points in enumerate(paragraphs, 1):
            label = style.paragraph.format(n=k, letter="abcdefgh"[k - 1], circled=chr(0x2460 + k - 1))
            own = "abcdefgh"[k - 1] if "{letter}" in style.paragraph else k
            names.append(f"{names[-1].split('__')[0]}__{middle}_{own}")
            above = names[-1]
            lines.append(f"{label}{words.capitalize()}{':' if points else '.'}")
            for j in range(1, points + 1):
                mark = style.point.format(n=j, letter="abcdefgh"[j - 1])
                lines.append(f"{mark}{words}{'.' if j == points else ';'}")
                names.append(f"{above}__{low}_{'abcdefgh'[j - 1] if '{letter}' in style.point else j}")
    return "\n".join(lines), names


def eids(document: Document) -> list[str]:
    return [unit.eid for unit in segment(document).provisions]


def contents(document: Document) -> list[tuple[str, str, str, str]]:
    return [(unit.eid, unit.num, unit.heading, unit.text) for unit in segment(document).provisions]


def with_furniture(document: Document, head: str) -> Document:
    """The document with a running head and a page number on every page."""
    lines: list[Line] = []
    for page in document.pages:
        box = (72.0, 30.0, 72.0 + 5.0 * len(head), 40.0)
        lines.append(Line(head, page.number, box, 9.0, role=LineRole.HEADER))
        lines.extend(line for line in document.lines if line.page == page.number)
        lines.append(
            Line(str(page.number), page.number, (290.0, 800.0, 300.0, 810.0), 9.0, role=LineRole.PAGE_NUMBER)
        )
    return replace(document, lines=tuple(lines))


def broken_before(document: Document, every: int) -> Document:
    """The document with a page break before each `every`-th line; places on the page are kept."""
    page, lines = 1, []
    for index, line in enumerate(document.lines):
        page += index > 0 and index % every == 0
        lines.append(replace(line, page=page))
    pages = tuple(Page(number, 595.0, 842.0) for number in range(1, page + 1))
    return replace(document, pages=pages, lines=tuple(lines))


@pytest.mark.parametrize("tradition", STYLES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(law=LAWS)
@example(law=[[2, 2], [2, 2, 2, 3], [4, 4], [4, 4, 4]])  # its last line stands alone on the last page
def test_a_generated_law_is_read_as_it_was_written(tradition, law):
    text, names = written(STYLES[tradition], law)
    found = segment(typeset_text(text))
    assert found.tradition == tradition
    assert [unit.eid for unit in found.provisions if "_" in unit.eid] == names


@pytest.mark.parametrize("tradition", STYLES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    law=LAWS,
    columns=st.integers(50, 96),
    every=st.integers(7, 25),
    head=st.text("Gazette of No1", min_size=3),
)
def test_reflow_page_breaks_and_furniture_change_nothing(tradition, law, columns, every, head):
    text, _ = written(STYLES[tradition], law)
    document = typeset_text(text)
    wanted = contents(document)
    assert contents(typeset_text(text, columns=columns)) == wanted
    assert contents(with_furniture(document, head)) == wanted
    assert contents(with_furniture(broken_before(document, every), head)) == wanted


@pytest.mark.parametrize("tradition", STYLES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(law=LAWS)
def test_units_nest_in_order_and_their_spans_cover_their_text(tradition, law):
    text, _ = written(STYLES[tradition], law)
    check_order(typeset_text(text))


def check_order(document: Document) -> None:
    seen: set[str] = set()
    for unit in segment(document).provisions:
        assert unit.parent is None or unit.parent in seen
        seen.add(unit.eid)
        spans = [span for span in unit.spans if span.end > span.start]
        ends = sorted((span.start, span.end) for span in spans)
        assert all(left[1] <= right[0] for left, right in pairwise(ends))
        held = "".join(unit.text[start:end] for start, end in ends)
        assert held.replace(" ", "") == unit.text.replace(" ", "")


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["korea/korea-ai-basic-act-en", "brazil/brazil-pl-2338-2023-en", "us-states/utah-sb149-ch70",
     "china/china-algorithm-recommendation-provisions-zh", "france/loi-2018-1202-manipulation-information"],
)  # fmt: skip
def test_a_real_law_keeps_its_names_under_another_running_head(shared_dir, name):
    document = read_pdf(shared_dir / "data" / "pdfs" / f"{name}.pdf")
    check_order(document)
    assert contents(with_furniture(document, "Another gazette of another day")) == contents(document)
