"""What is written as Akoma Ntoso is valid by the official schema and reads back to the same provisions."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from fragcheck.formats import AknWork, read_akn, write_akn
from fragcheck.records import (
    Document,
    DocumentKind,
    Notice,
    Provision,
    ProvisionKind,
    Segmentation,
    Span,
    TableCell,
    Tradition,
    table_text,
)

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=40,
)
NAMES = st.one_of(
    st.from_regex(r"[a-z]{1,4}_[0-9a-zA-Z.~-]{1,4}", fullmatch=True),
    st.sampled_from(["fragcheck", "issuer", "GOVERN 1.1", "100%", "a b", "第3条", "conclusions", "formula"]),
    WORDS.filter(bool),
)
SIDE = st.floats(-10, 2000, allow_nan=False, width=64)
SPANS = st.lists(
    st.builds(
        Span, st.integers(1, 900), st.tuples(SIDE, SIDE, SIDE, SIDE), st.integers(0, 99), st.integers(0, 99)
    ),
    max_size=2,
).map(tuple)
NOTICES = st.lists(
    st.builds(
        Notice,
        st.sampled_from(["number-gap", "odd"]),
        WORDS,
        st.none() | st.integers(1, 9),
        st.none() | NAMES,
    ),
    max_size=1,
).map(tuple)


BOXES = st.tuples(SIDE, SIDE, SIDE, SIDE)
CELLS = st.lists(
    st.builds(
        TableCell, st.integers(0, 9), st.integers(0, 9), WORDS, st.none() | st.integers(1, 9),
        st.none() | BOXES, st.integers(1, 4), st.integers(1, 4),
    ),
    max_size=9,
).map(tuple)  # fmt: skip


@st.composite
def laws(draw):
    """Provisions of any shape: deep, flat, out of order, without text, in several languages."""
    names = draw(st.lists(NAMES, min_size=0, max_size=14, unique=True))
    provisions = []
    for at, name in enumerate(names):
        above = draw(st.sampled_from([None, *names[:at]])) if at else None
        kind = draw(st.sampled_from(ProvisionKind))
        cells = draw(CELLS) if kind is ProvisionKind.TABLE else ()
        text = table_text(cells) if cells else draw(WORDS | st.just("It shall: first. Then it applies."))
        provisions.append(
            Provision(
                eid=name,
                kind=kind,
                num=draw(WORDS),
                heading=draw(WORDS),
                text=text,
                cells=cells,
                context=draw(WORDS),
                parent=above,
                spans=draw(SPANS),
                language=draw(st.sampled_from(["en", "fr", "sw", ""])),
                is_quoted=draw(st.booleans()),
                warnings=draw(NOTICES),
            )
        )
    return Segmentation(
        "ab" * 32,
        tuple(provisions),
        draw(st.sampled_from(Tradition)),
        "en",
        is_forced=draw(st.booleans()),
        tradition_scores=draw(st.sampled_from([(), (("eu", 0.25), ("us", 0.1))])),
        warnings=draw(NOTICES),
    )


@given(segmentation=laws(), kind=st.sampled_from(DocumentKind), title=WORDS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_law_is_valid_and_reads_back(segmentation, kind, title, schema, tmp_path):
    document = Document(
        "ab" * 32, title, "law.pdf", language="en", kind=kind, jurisdiction="Arcadia",
        status="repealed", is_translation=True,
    )  # fmt: skip
    written = write_akn(document, segmentation, AknWork("eu", "2031-05-01", "Machine Act", "2031/9"))
    schema.assertValid(etree.fromstring(written))
    path = tmp_path / "law.xml"
    path.write_bytes(written)
    found, back = read_akn(path)
    assert back == dataclasses.replace(segmentation, document_id=found.id)
    assert (found.title, found.kind, found.jurisdiction, found.language) == (title, kind, "Arcadia", "en")
    assert (found.status, found.is_translation) == ("repealed", True)
    assert write_akn(document, back, AknWork("eu", "2031-05-01", "Machine Act", "2031/9")) == written


def unit(eid, kind, parent=None, **more):
    return Provision(eid, ProvisionKind(kind), parent=parent, language="en", **more)


LAW = (
    unit("preamble", "preamble", text="ACT OF ARCADIA"),
    unit("rec_1", "recital", num="(1)", text="Machines decide."),
    unit("formula", "other", text="HAVE ADOPTED:"),
    unit("art_1", "article", num="Article 1", heading="Scope", text="It applies to: It is binding."),
    unit("art_1__point_a", "point", "art_1", num="(a)", text="makers;", context="Scope > It applies to:"),
    unit("conclusions", "other", text="Done at Arcadia."),
    unit("annex_I", "annex", num="ANNEX I", heading="Records", text="List:"),
    unit("annex_I__point_1", "point", "annex_I", num="1.", text="date", context="Records > List:"),
)


def test_a_law_in_its_usual_order_uses_the_elements_made_for_it():
    segmentation = Segmentation("0" * 64, LAW, Tradition.EU, "en")
    written = write_akn(Document("0" * 64, "Act", "act.pdf", language="en"), segmentation)
    root = etree.fromstring(written)
    names = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}

    def texts(path):
        return [str(found) for found in root.xpath(path, namespaces=names)]

    assert texts("//a:preamble/a:recitals/a:recital/@eId") == ["rec_1"]
    assert texts("//a:preamble/a:formula/a:p/text()") == ["HAVE ADOPTED:"]
    assert texts("//a:body/a:article/a:intro/a:p/text()") == ["It applies to:"]
    assert texts("//a:body/a:article/a:wrapUp/a:p/text()") == [" It is binding."]
    assert texts("//a:conclusions/@eId") == ["conclusions"]
    assert texts("//a:attachments/a:attachment/a:doc/a:mainBody/a:point/@eId") == ["annex_I__point_1"]
    assert texts("//@*[local-name()='context']") == []


def test_what_xml_cannot_hold_is_replaced(kept):
    segmentation = Segmentation(
        "0" * 64, (unit("a", "article", text="one\x00two\ufffe\ud800"),), Tradition.EU, "en"
    )
    written = write_akn(Document("0" * 64, "A\x07ct", "act.pdf", language="en"), segmentation)
    _, back = read_akn(kept("act.xml", written))
    assert back.provisions[0].text == "one\ufffdtwo\ufffd\ufffd"


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["eu/gdpr-2016-679", "us-states/colorado-sb24-205-session-law", "korea/korea-ai-basic-act-en",
     "japan/japan-ai-promotion-act-ja", "eu/hleg-ethics-guidelines-2019", "eu/ep-amendments-ta-2023-0236",
     "singapore/model-ai-governance-framework-2020"],
)  # fmt: skip
def test_real_laws_are_valid_and_read_back(name, schema, shared_dir, tmp_path):
    from fragcheck.pipeline import akoma_ntoso, read_and_segment

    document, segmentation = read_and_segment(shared_dir / "data" / "pdfs" / f"{name}.pdf")
    path = Path(tmp_path / "law.xml")
    path.write_bytes(akoma_ntoso(document, segmentation))
    schema.assertValid(etree.parse(path))
    _, back = read_akn(path)
    assert back.provisions == segmentation.provisions
