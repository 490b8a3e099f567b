"""What is found in a provision, in words and safe HTML."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_made import made_analysis

from fragcheck.records import (
    Modality,
    Parameter,
    ParameterKind,
    Provision,
    ProvisionKind,
    ProvisionType,
    Requirement,
    Span,
    Stricter,
    Tag,
)
from fragcheck.taxonomy.actions import load_actions
from fragcheck.taxonomy.roles import load_roles
from fragcheck.ui.reading import (
    action_words,
    document_ids,
    evidence_words,
    figure_words,
    kind_words,
    marked,
    page_frames,
    requirement_rows,
    role_words,
    shown_label,
)
from fragcheck.ui.texts import section


@pytest.mark.parametrize(
    ("words", "spans", "html"),
    [
        ("a < b", [], "a &lt; b"),
        ("risk & harm", [(0, 4, "Safety")], '<mark title="Safety">risk</mark> &amp; harm'),
        (
            "abcd",
            [(0, 3, "S"), (1, 4, "P")],
            '<mark title="S">a</mark><mark title="S, P">bc</mark><mark title="P">d</mark>',
        ),
        ("ab", [(0, 2, '"<x>')], '<mark title="&quot;&lt;x&gt;">ab</mark>'),
        ("ab", [(1, 9, "S"), (5, 9, "P"), (-2, 0, "P")], 'a<mark title="S">b</mark>'),
    ],
)
def test_marks(words, spans, html):
    assert marked(words, spans) == html


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70), st.text(max_size=5)), max_size=6),
)
def test_marking_never_changes_the_words(words, spans):
    bare = re.sub(r"</?mark[^>]*>", "", marked(words, spans))
    assert bare == escape(words)


def test_the_words_behind_a_tag():
    tag = Tag("safety", 0.9, is_on=True, evidence=((5, 9), (0, 4), (10, 14)))
    assert evidence_words("harm risk harm", tag) == ("harm", "risk")


@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        (
            Parameter(ParameterKind.DURATION, 15, "day", "<=", "awareness", Stricter.LOWER),
            "at most 15 days · from or of: awareness · lower is stricter",
        ),
        (Parameter(ParameterKind.THRESHOLD, 1e25, "flop", ">"), "more than 1e+25 FLOP"),
        (Parameter(ParameterKind.AMOUNT, 35_000_000, "EUR", "<="), "at most 35\u202f000\u202f000 EUR"),
        (Parameter(ParameterKind.DATE, 740000, "date", "=", iso_date="2027-01-31"), "2027-01-31"),
    ],
)
def test_figures_in_words(parameter, words):
    assert figure_words(parameter) == words


def test_fields_of_a_requirement():
    found = Requirement(
        "x", Modality.PERMISSION, is_negated=True, actor="provider", actor_role="supplier", action="refuse"
    )
    assert requirement_rows(found) == (
        ("Who", "provider (provider or developer)"),
        ("Force", "need not"),
        ("Does what", "refuse"),
    )


def test_every_class_has_its_words():
    assert set(load_roles().names) <= set(section("roles"))
    assert set(load_actions().names) <= set(section("actions"))
    assert {kind.value for kind in ProvisionKind} <= set(section("kinds"))
    assert {kind.value for kind in ProvisionType} <= set(section("types"))
    assert role_words("own_class") == "own class"
    assert action_words("inform") == "inform"
    assert kind_words("annex") == "annex"


def test_frames_lie_on_the_page():
    provisions = (
        Provision("a", ProvisionKind.POINT, spans=(Span(1, (10, 20, 110, 30)), Span(2, (10, 20, 110, 30)))),
        Provision("b", ProvisionKind.POINT, spans=(Span(2, (0, 0, 1, 1)),)),
    )
    (frame,) = page_frames(provisions, 1, (200.0, 400.0), "a", {"a": "Article 1"})
    assert frame == {"eid": "a", "label": "Article 1", "chosen": True, "rects": [[4.0, 4.625, 52.0, 3.25]]}


def test_a_second_copy_has_an_id_of_its_own():
    analysis = made_analysis(0)
    one = analysis.document.id
    assert document_ids((analysis, made_analysis(1), analysis)) == (
        one,
        made_analysis(1).document.id,
        f"{one}#2",
    )


def test_several_classes_of_parties_are_named_one_by_one():
    assert (
        role_words("deployer;supplier") == f"{section('roles')['deployer']}, {section('roles')['supplier']}"
    )
    assert role_words("") == ""


@pytest.mark.parametrize(
    ("eid", "num", "label"), [("preamble", "", "Preamble"), ("rec_1", "(1)", "(1)"), ("x", "", "x")]
)
def test_a_provision_without_number_or_heading_is_called_by_its_kind(eid, num, label):
    kind = ProvisionKind.PREAMBLE if eid == "preamble" else ProvisionKind.RECITAL
    assert shown_label({eid: Provision(eid, kind, num, "")}, eid) == label
