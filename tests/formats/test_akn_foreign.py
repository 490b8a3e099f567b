"""Akoma Ntoso of others: structure and eIds are taken as they stand; hostile files are refused."""

from __future__ import annotations

import pytest

from fragcheck.errors import UnreadableInput
from fragcheck.formats import read_akn
from fragcheck.records import Tradition

ACT = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<act name="act"><meta><identification source="#x">
  <FRBRWork><FRBRalias name="t" value="Machine Act"/></FRBRWork>
  <FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<preface><longTitle><p>An Act about <docTitle>machines that decide</docTitle></p></longTitle></preface>
<preamble><p>Be it enacted:</p>
 <recitals><recital eId="rec_1"><num>(1)</num><p>Machines decide.</p></recital></recitals>
</preamble>
<body>
 <part eId="part_1"><num>1</num><heading>Duties<authorialNote><p>a note</p></authorialNote></heading>
  <section eId="sec_1"><num>1.</num><heading>Records</heading>
   <subsection eId="sec_1__subsec_1"><num>(1)</num>
    <intro><p>A keeper must <b>keep</b>
       records of—</p></intro>
    <paragraph eId="sec_1__subsec_1__para_a"><num>(a)</num>
     <content><p>dates,</p><p>and places;</p></content></paragraph>
    <wrapUp><p>for six years.</p></wrapUp>
   </subsection>
   <subsection><num>(2)</num><content><blockList eId="l"><listIntroduction>No record of</listIntroduction>
     <item eId="l__item_i"><num>(i)</num><p>toys<del>, games</del>.</p></item></blockList></content>
   </subsection>
  </section>
  <section eId="sec_2"><num>2.</num><content><p>Insert: <mod><quotedStructure startQuote="“">
     <section eId="sec_9"><num>9.</num><content><p>A toy is no machine.</p></content></section>
     </quotedStructure></mod>
     at the end.</p>
     <table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table></content></section>
 </part>
 <hcontainer name="definition" xml:lang="fr"><content><p>« machine » : appareil</p></content></hcontainer>
</body>
<conclusions><p>Done.</p></conclusions>
<attachments><attachment><heading>First</heading><doc name="schedule"><meta/><mainBody>
  <paragraph eId="sec_2"><num>1</num><content><p>Form.</p></content></paragraph></mainBody></doc></attachment>
</attachments>
</act></akomaNtoso>
"""

#: eid, kind, parent, text, context, is_quoted
EXPECTED = [
    ("preface", "preamble", None, "An Act about machines that decide", "", False),
    ("preamble", "preamble", None, "Be it enacted:", "", False),
    ("rec_1", "recital", None, "Machines decide.", "", False),
    ("part_1", "part", None, "", "", False),
    ("sec_1", "section", "part_1", "", "Duties", False),
    ("sec_1__subsec_1", "subsection", "sec_1", "A keeper must keep records of— for six years.",
     "Duties > Records", False),
    ("sec_1__subsec_1__para_a", "paragraph", "sec_1__subsec_1", "dates, and places;",
     "Duties > Records > A keeper must keep records of—", False),
    ("sec_1__subsec_2", "subsection", "sec_1", "No record of", "Duties > Records", False),
    ("l__item_i", "item", "sec_1__subsec_2", "toys.", "Duties > Records > No record of", False),
    ("sec_2", "section", "part_1", "Insert: at the end.", "Duties", False),
    ("sec_9", "section", "sec_2", "A toy is no machine.", "Duties > Insert:", True),
    ("sec_2__table_1", "table", "sec_2", "A | B\n1 | 2", "Duties > Insert:", False),
    ("hcontainer_1", "definition", None, "« machine » : appareil", "", False),
    ("conclusions_1", "other", None, "Done.", "", False),
    ("att_1", "schedule", None, "", "", False),
    ("sec_2~2", "paragraph", "att_1", "Form.", "First", False),
]  # fmt: skip


def test_structure_is_taken_from_the_elements(kept):
    document, found = read_akn(kept("act.xml", ACT))
    rows = [(p.eid, p.kind.value, p.parent, p.text, p.context, p.is_quoted) for p in found.provisions]
    assert rows == EXPECTED
    assert (document.title, document.language, document.kind.value) == ("machines that decide", "en", "law")
    assert found.tradition is Tradition.TABLE
    by_eid = {p.eid: p for p in found.provisions}
    assert by_eid["part_1"].heading == "Duties"
    assert by_eid["hcontainer_1"].language == "fr"
    assert [(notice.code, notice.eid) for notice in document.warnings] == [("id-repeated", "sec_2~2")]


def test_older_versions_and_utf_16_are_read(kept):
    older = ACT.replace("/ns/akn/3.0", "/ns/akn/2.0").replace("eId=", "id=").replace("UTF-8", "UTF-16")
    _, found = read_akn(kept("act.xml", older.encode("utf-16")))
    assert [p.eid for p in found.provisions] == [row[0] for row in EXPECTED]


def test_a_forced_language_wins(kept):
    document, found = read_akn(kept("act.xml", ACT), language="de")
    assert document.language == "de"
    assert found.is_forced
    assert found.provisions[4].language == "de"


BOMB = """<?xml version="1.0"?><!DOCTYPE akomaNtoso [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
]><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act>&b;</act></akomaNtoso>"""
FILE_ENTITY = """<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso>&x;</akomaNtoso>"""
HOSTILE = [
    ("bomb", BOMB, "document type"),
    ("file", FILE_ENTITY, "document type"),
    ("wide bomb", BOMB.encode("utf-16"), "document type"),
    ("deep", "<akomaNtoso>" + "<p>" * 3000 + "x" + "</p>" * 3000 + "</akomaNtoso>", "well-formed"),
    ("torn", ACT[:900], "well-formed"),
    ("other", "<law><article/></law>", "root element 'law'"),
    ("undeclared", "<akomaNtoso>&nothing;</akomaNtoso>", "well-formed"),
    ("empty", " ", "empty"),
]


@pytest.mark.parametrize(("content", "words"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_files_are_refused(kept, content, words):
    with pytest.raises(UnreadableInput, match=words) as caught:
        read_akn(kept("act.xml", content))
    assert "act.xml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_huge_files_are_refused_unread(kept):
    path = kept("act.xml", b"<akomaNtoso>")
    with path.open("r+b") as file:
        file.truncate(65 * 1024 * 1024)  # sparse: takes no room
    with pytest.raises(UnreadableInput, match="at most 64 MB"):
        read_akn(path)


def test_a_damaged_block_of_ours_is_refused(kept):
    block = '<fc:source xmlns:fc="https://github.com/fragcheck/fragcheck/ns/1" sha256="x"/>'
    with pytest.raises(UnreadableInput, match="damaged"):
        read_akn(kept("act.xml", ACT.replace("</meta>", f"<proprietary>{block}</proprietary></meta>", 1)))


def test_a_file_without_text_says_so(kept):
    document, found = read_akn(kept("act.xml", "<akomaNtoso><act><body/></act></akomaNtoso>"))
    assert found.provisions == ()
    assert [notice.code for notice in document.warnings] == ["no-provisions"]
