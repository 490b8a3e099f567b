"""What holds for every document: nothing lost, nothing twice, names unique, places within pages."""

from __future__ import annotations

from collections import Counter

import pytest
from drafting_samples import SAMPLES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typesetter import typeset_text

from fragcheck.records import Document, Line, LineRole
from fragcheck.segment import segment
from fragcheck.segment.rows import body_rows

WORDS = st.sampled_from(
    [
        "the",
        "keeper",
        "shall",
        "record",
        "decisions",
        "of",
        "machines",
        "unless",
        "exempt",
        "and",
        "or",
        "Article",
        "3",
        "(a)",
        "Section",
        "2",
        "under",
        "this",
        "Act",
        "means:",
        "following;",
        "paragraph",
        "(1)",
        "4.",
        "annex",
    ]
)
LABELS = st.sampled_from(
    [
        "", "", "", "(a) ", "(b) ", "(i) ", "(ii) ", "(1) ", "(2) ", "1. ", "2. ", "3. ", "a) ", "— ",
        "Article 1 ", "Article 2", "CHAPTER I ", "Sec. 2. ", "SECTION 1. ", "§ 3 ", "1.1 ", "ANNEX I",
        "SCHEDULE 1", "‘3. ", "I – ",
        "第一条 ", "제2조(정의) ", "① ", "附則", "Contents", "Whereas:", "(1) (a) (i) ", "GOVERN 1.1: ",
    ]
)  # fmt: skip
MARKS = st.sampled_from(["", "", "", "*", "^", "^*", "+*", "    ", "/"])
PARAGRAPHS = st.builds(
    lambda mark, label, words, end: f"{mark}{label}{' '.join(words)}{end}",
    MARKS,
    LABELS,
    st.lists(WORDS, max_size=25),
    st.sampled_from([".", ";", ":", ",", "", " ........ 7", "-", "’"]),
)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=25).map("\n".join)


def letters(text):
    return Counter(char for char in text if char.isalnum())


def check(document: Document, tradition: str | None = None) -> None:
    found = segment(document, tradition=tradition)
    rows, _ = body_rows(document)
    printed = letters("".join(row.text for row in rows))
    held = letters("".join(p.num + p.heading + p.text for p in found.provisions))
    assert held == printed
    eids = [provision.eid for provision in found.provisions]
    assert len(eids) == len(set(eids))
    seen: set[str] = set()
    pages = {page.number: page for page in document.pages}
    for provision in found.provisions:
        assert provision.parent is None or provision.parent in seen
        seen.add(provision.eid)
        assert provision.spans or not (provision.num or provision.heading or provision.text)
        for span in provision.spans:
            assert span.page in pages
            assert 0 <= span.start <= span.end <= len(provision.text)
    if printed:
        assert found.provisions
    assert segment(document, tradition=tradition) == found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=TEXTS,
    tradition=st.sampled_from(["eu", "us", "commonwealth", "east_asian", "civil_law", "standard", None]),
)
def test_every_character_stands_in_exactly_one_provision(text, tradition):
    check(typeset_text(text), tradition)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_of_a_law_is_lost(name):
    check(typeset_text(SAMPLES[name][0]))


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.builds(
            Line,
            text=st.text(max_size=40),
            page=st.integers(1, 3),
            bbox=st.tuples(*[st.floats(0, 800, allow_nan=False)] * 4),
            font_size=st.floats(0, 40),
            is_bold=st.booleans(),
            role=st.sampled_from(LineRole),
            column=st.integers(0, 2),
        ),
        max_size=20,
    )
)
def test_no_line_however_odd_raises(lines):
    base = typeset_text("x")
    document = Document("0" * 64, "odd", "odd.pdf", pages=base.pages * 3, lines=tuple(lines))
    found = segment(document)
    assert len({provision.eid for provision in found.provisions}) == len(found.provisions)
    if any(char.isalnum() for row in body_rows(document)[0] for char in row.text):
        assert found.provisions


def test_an_empty_document_has_no_provisions():
    document = Document("0" * 64, "empty", "empty.pdf")
    assert segment(document).provisions == ()


def test_names_do_not_depend_on_what_follows():
    text = SAMPLES["european"][0]
    whole = [p.eid for p in segment(typeset_text(text)).provisions]
    head = text[: text.index("^ANNEX I")]
    part = [p.eid for p in segment(typeset_text(head)).provisions]
    assert whole[: len(part)] == part
