"""HTML as publishers set it: headings, numbered lists, lists in tables, furniture, deletions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fragcheck.errors import FragcheckError, UnreadableInput
from fragcheck.formats import read_html
from fragcheck.pipeline import read_and_segment
from fragcheck.records import LineRole


def texts(document, role=LineRole.BODY):
    """Paragraphs of a role: lines joined where the file says that they go on."""
    found = []
    for line in document.lines:
        if line.role is role:
            if line.begins_paragraph is False and found:
                found[-1] += f" {line.text}"
            else:
                found.append(line.text)
    return found


BODIES = [
    ("<p>One <b>two</b>\n three</p><p>four", ["One two three", "four"]),
    ("<div>One<p>two</p>three</div>", ["One", "two", "three"]),
    ("<p>Article 1<br>Scope", ["Article 1", "Scope"]),
    ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
    ('<ol type="a" start="3"><li>x<li value="7">y<li>z</ol>', ["c. x", "g. y", "h. z"]),
    ('<ol style="list-style-type: upper-roman"><li>x</ol>', ["I. x"]),
    ('<ol style="list-style: none"><li>x</ol>', ["x"]),
    ("<ol><li>(a) x<li>(b) y</ol>", ["(a) x", "(b) y"]),
    ("<ol><li>x<ol type=i><li>y</ol></ol>", ["1. x", "i. y"]),
    ("<ul><li>x</ul>", ["x"]),
    ("<table><tr><td><p>(a)<td><p>first;<p>more<tr><td>(b)<td>second</table>",
     ["(a) first;", "more", "(b) second"]),
    ("<table><tr><td>—<td><table><tr><td>(i)<td>x</table></table>", ["— (i) x"]),
    ("<table><tr><td>A paragraph in a table of one cell</table>", ["A paragraph in a table of one cell"]),
    ("<script>var a</script><p>x<style>p{}</style><span hidden>no</span>", ["x"]),
    ("<p>x<i style='display:none'>no</i>", ["x"]),
    ("<pre>Article 1\n  Scope\n\nText</pre>", ["Article 1", "Scope", "Text"]),
    ("<p>a&nbsp;&nbsp;b &lt;c&gt; &#167; 1", ["a b <c> § 1"]),
    ("<title>t</title>plain text alone", ["plain text alone"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_paragraphs(kept, body, expected):
    assert texts(read_html(kept("act.html", f"<!DOCTYPE html><body>{body}"))) == expected


def test_roles_and_type(kept):
    page = """<html lang="en"><title> The
      Act </title><body><header>Gazette</header><nav><a>Home</a></nav><h2>Chapter I</h2>
      <p style="text-align:center">Article 1</p><p>It is <del>not</del> law<sup>3</sup>.</p>
      <table><tr><th>A<th>B<tr><td>long cell<td>2</table><footer>printed</footer>"""
    document = read_html(kept("act.html", page))
    by_text = {line.text: line for line in document.lines}
    assert document.title == "The Act"
    assert texts(document, LineRole.HEADER) == ["Gazette"]
    assert texts(document, LineRole.MARGIN) == ["Home"]
    assert texts(document, LineRole.FOOTER) == ["printed"]
    assert texts(document, LineRole.TABLE) == ["A | B", "long cell | 2"]
    assert by_text["Chapter I"].is_bold
    assert by_text["Chapter I"].font_size > by_text["Article 1"].font_size
    law = by_text["It is not law3."]
    assert law.struck_spans == ((6, 9),)
    assert law.superscript_spans == ((13, 14),)
    assert document.pages == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "utf-8-sig", "shift_jis"])
def test_encodings(kept, encoding):
    words = "第一条" if encoding == "shift_jis" else "décrète « à l’État » §"
    words = words if encoding != "iso-8859-1" else "décrète « à §"
    page = f'<html><head><meta charset="{encoding}"></head><p>{words}</p>'
    assert texts(read_html(kept("act.html", page.encode(encoding)))) == [words]


OJ = """<html><head><meta charset="utf-8"></head><body>
<p class="title">REGULATION (EU) 2031/9 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL</p>
<p>Whereas:</p>
<table><tr><td><p>(1)</p></td><td>
 <p>Machines that decide are in use in many places of the Union today.</p></td></tr></table>
<table><tr><td><p>(2)</p></td><td><p>Their keepers should keep records.</p></td></tr></table>
<p>HAVE ADOPTED THIS REGULATION:</p>
<p>CHAPTER I</p><p>GENERAL PROVISIONS</p>
<p>Article 1</p><p>Scope of the rules on machines that decide</p>
<div><p>1.   This Regulation applies to:</p>
<table><tr><td>(a)</td><td>keepers of machines;</td></tr></table>
<table><tr><td>(b)</td><td><p>makers of machines, where they:</p>
 <table><tr><td>(i)</td><td>sell them;</td></tr></table>
 <table><tr><td>(ii)</td><td>lend them.</td></tr></table>
</td></tr></table>
<p>It does not apply to tests.</p></div>
<div><p>2.   Records shall be kept for six years.</p></div>
<p>Article 2</p><p>Penalties</p><p>Member States shall lay down rules on penalties.</p>
<p>ANNEX I</p><p>Contents of records</p><p>1.   The date.</p><p>2.   The decision.</p></body></html>
"""  # fmt: skip
OJ_UNITS = {
    "rec_1": "Machines that decide are in use in many places of the Union today.",
    "rec_2": "Their keepers should keep records.",
    "art_1__para_1": "This Regulation applies to: It does not apply to tests.",
    "art_1__para_1__point_a": "keepers of machines;",
    "art_1__para_1__point_b": "makers of machines, where they:",
    "art_1__para_1__point_b__subpoint_i": "sell them;",
    "art_1__para_1__point_b__subpoint_ii": "lend them.",
    "art_1__para_2": "Records shall be kept for six years.",
    "art_2": "Member States shall lay down rules on penalties.",
    "annex_I__point_1": "The date.",
    "annex_I__point_2": "The decision.",
}


def test_an_act_as_the_official_journal_sets_it(kept):
    document, found = read_and_segment(kept("act.html", OJ))
    by_eid = {provision.eid: provision for provision in found.provisions}
    assert {eid: by_eid[eid].text for eid in OJ_UNITS if eid in by_eid} == OJ_UNITS
    assert by_eid["art_1"].heading == "Scope of the rules on machines that decide"
    assert found.tradition.value == "eu"
    assert all(provision.spans == () for provision in found.provisions)
    assert document.language == "en"


HOSTILE = [
    b"<html>" + b"<div>" * 50_000 + b"x",
    b"<html>" + b"<table><tr><td>" * 2_000 + b"Article 1",
    b"<html><p>" + b"<b><i>" * 5_000 + b"x</p>",
    b"<html><ol start='99999999999999'><li value='-5'>x<li value='junk'>y",
    b"<html>\x00\xff\xfe<p style='margin-left:1e99em;text-indent:.'>x",
    b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;&undefined;&#xFFFFFFF;",
    b"<html><meta charset='no-such-thing'><p>\xe9",
]


@pytest.mark.parametrize("page", HOSTILE)
def test_hostile_pages_end_well(kept, page):
    try:
        document = read_html(kept("act.html", page))
    except FragcheckError as error:
        is_well = "act.html" in str(error)
    else:
        is_well = all(line.text for line in document.lines)
    assert is_well


def test_no_page(kept):
    with pytest.raises(UnreadableInput, match="empty"):
        read_html(kept("act.html", b" \n"))


TAGS = [
    "p",
    "div",
    "b",
    "table",
    "tr",
    "td",
    "ol",
    "li",
    "br",
    "h1",
    "sup",
    "del",
    "pre",
    "nav",
    "script",
    "span",
]
PAGES = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.text(max_size=12),
        st.sampled_from(["(a) ", "1. ", "Article 1", "ANNEX I", "&amp;", "<!--x-->", "]]>", "<?php ?>"]),
    ),
    max_size=40,
).map("".join)


@given(page=PAGES)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_is_read(kept, page):
    path = kept("act.html", f"<html><p>x</p>{page}".encode("utf-8", "replace"))
    document = read_html(path)
    assert all(line.text.strip() and "\n" not in line.text for line in document.lines)
    tops = [line.bbox[1] for line in document.lines]
    assert tops == sorted(tops)


FEES = """<p>Article 1</p><p>Fees</p><p>Keepers shall pay the fees that stand here:</p>
<table><tr><th>Class<th>Machines<th>Fee<tr><td>A<td>small<td>10<tr><td>B<td><td>20</table>
<p>Article 2</p><p>Keepers shall pay within a month.</p><p>Article 3</p><p>This Act applies at once.</p>"""


def test_a_table_keeps_its_cells(kept):
    _, found = read_and_segment(kept("act.html", FEES))
    table = next(unit for unit in found.provisions if unit.kind.value == "table")
    assert table.parent == "art_1"
    assert table.text == "Class | Machines | Fee\nA | small | 10\nB | 20"
    assert [(cell.row, cell.column, cell.text, cell.page, cell.bbox) for cell in table.cells[3:]] == [
        (1, 0, "A", None, None), (1, 1, "small", None, None), (1, 2, "10", None, None),
        (2, 0, "B", None, None), (2, 1, "", None, None), (2, 2, "20", None, None),
    ]  # fmt: skip
    assert next(unit for unit in found.provisions if unit.eid == "art_2").text.startswith("Keepers shall pay")
