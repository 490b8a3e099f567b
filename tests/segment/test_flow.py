"""Rows joined to running text."""

from __future__ import annotations

import pytest

from fragcheck.records import Document, Line
from fragcheck.segment import segment
from fragcheck.segment.flow import Joiner
from fragcheck.segment.rows import body_rows
from fragcheck.segment.units import Fragment


def joined(*texts, language="en"):
    lines = tuple(
        Line(t, 1, (72.0, 100.0 + 12 * i, 72.0 + 5 * len(t), 110.0 + 12 * i), 10.0)
        for i, t in enumerate(texts)
    )
    rows = body_rows(Document("0" * 64, "flow", "flow.pdf", lines=lines))[0]
    return Joiner(rows, language).join(Fragment(row.index, 0, len(row.text)) for row in rows)


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (("keepers of", "machines"), "keepers of machines"),
        (("trans\u00ad", "parency"), "transparency"),
        (("transparency of trans-", "parency"), "transparency of transparency"),
        (("a high-risk machine is high-", "risk"), "a high-risk machine is high-risk"),
        (("third party rules for a third-", "party"), "third party rules for a third-party"),
        (("a non-", "European law"), "a non-European law"),
        (("an un-", "knowable thing"), "an unknowable thing"),
        (("and/", "or"), "and/or"),
        (("Article 5-", "6 of it"), "Article 5-6 of it"),
        (("a range –", "wide"), "a range – wide"),
    ],
)
def test_ends_of_lines(texts, whole):
    assert joined(*texts)[0] == whole


def test_no_spaces_in_chinese():
    assert joined("为了规范机器的", "运行。", language="zh")[0] == "为了规范机器的运行。"
    assert joined("生成式", "AI 指引", language="zh")[0] == "生成式 AI 指引"
    assert joined("기계의", "운영", language="ko")[0] == "기계의 운영"


def test_spans_hold_the_characters_of_their_rows():
    text, spans = joined("trans\u00ad", "parency of", "machines")
    assert text == "transparency of machines"
    assert [text[span.start : span.end] for span in spans] == ["trans", "parency of", "machines"]


def test_spans_of_a_provision_lie_on_its_rows(typeset):
    found = segment(
        typeset("Article 1 (Aim) It aims.\n\nArticle 2 (Means) It has means."), tradition="east_asian"
    )
    first = found.provisions[0]
    box = first.spans[-1].bbox
    assert first.text[first.spans[-1].start : first.spans[-1].end] == "It aims."
    assert box[0] == pytest.approx(72.0 + 5.0 * len("Article 1 (Aim) "), abs=6.0)
