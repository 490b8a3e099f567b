"""What is fuzzed: each target is what is drawn, and what is done with it.

A target may end in an error of fragcheck's own, which says in one line what was wrong; any other exception
is a find. What a target gives back is checked where something is known of it.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path

from hypothesis import strategies as st

from fragcheck.annotate.parameters import find_parameters
from fragcheck.errors import FragcheckError
from fragcheck.exchange import read_controls, read_mapping
from fragcheck.formats import read_akn, read_docx, read_html, read_provisions, read_text_file
from fragcheck.records import Provision, ProvisionKind, Segmentation, Tradition
from fragcheck.segment import find_references, read_table, segment
from fragcheck.ui.address import ViewState, from_query, to_query

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "zh", "ko", "xx")
ODD = st.sampled_from(
    ["", "\x00", "\ufeff", "\u2028", "\u202e", "٣", "²", "Ⅻ", "①", "𝟗", "é", "🙂", "\ud800", "%s", "\\"]
)
LABELS = st.sampled_from(
    [
        "Article 1",
        "Article 1a",
        "Art. 999999999999",
        "Artikel 2",
        "(1)",
        "1.",
        "(a)",
        "(aa)",
        "(iv)",
        "§ 3",
        "§§ 3, 4",
        "Sec. 2.",
        "SECTION 1.",
        "1.1.1.1.1",
        "第十二条",
        "第2条の3",
        "제2조(정의)",
        "①",
        "ANNEX I",
        "Schedule 1",
        "CHAPTER IV",
        "Whereas:",
        "(1) (a) (i)",
        "GOVERN 1.1:",
        "‘3.",
        "Рекомендация 4",
        "Artículo 5.-",
        "Άρθρο 6",
        "6-1-1702.",
        "—",
    ]
)
WORDS = st.sampled_from(
    [
        "the provider shall",
        "not later than",
        "within 72 hours",
        "of Article 5(1), point (b)",
        "§ 5 Abs. 2 Satz 1",
        "Articles 5 to 7 and 9",
        "points (a) to (zz)",
        "paragraph 2 of this Article",
        "EUR 35 000 000",
        "35.000.000,00 €",
        "7 % of",
        "10^25 FLOPs",
        "¥",
        "$1.5 million",
        "30 days after",
        "unter 16 Jahren",
        "3 ans",
        "1/3",
        "1/0",
        "0 %",
        "31 February 2027",
        "2027-13-45",
        "12. 12. 12",
        "Regulation (EU) 2016/679",
        "No. 1e999",
        "thirty-one",
        "一百二十日",
        "30일",
        "means",
        "and",
        "or",
        "unless",
        "9" * 40,
        "Verordnung (EG) Nr.",
        "l'article L. 121-3",
        "42 U.S.C. § 1983",
    ]
)
ENDS = st.sampled_from([".", ";", ":", ",", "", " ", "”", "-", " ........ 7"])
PIECES = st.one_of(LABELS, WORDS, WORDS, ODD, ENDS, st.text(max_size=12))
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)
LINES = st.builds(
    lambda label, text, end: f"{label} {text}{end}", st.one_of(LABELS, ODD, st.just("")), TEXTS, ENDS
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def _read(reader, name, data):
    """Read bytes as a file of that name; the error of a refused file is one line that names it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return reader(path)
        except FragcheckError as error:
            if name not in str(error):
                raise AssertionError(f"an error that does not name the file: {error}") from error
            return None


def _utf8(text):
    return text.encode("utf-8", "replace")


# Segmentation, references, parameters


def segmentation(drawn):
    """Lines of a text file, segmented under a tradition that is detected or forced."""
    lines, tradition, language = drawn
    document = _read(read_text_file, "law.txt", _utf8("\n".join(lines)))
    if document is None:
        return
    found = segment(document, tradition=tradition, language=language)
    eids = [each.eid for each in found.provisions]
    assert len(eids) == len(set(eids))
    assert all(each.parent is None or each.parent in set(eids) for each in found.provisions)


def references(drawn):
    texts, tradition, language = drawn
    provisions = tuple(
        Provision(f"art_{n}", ProvisionKind.ARTICLE, f"Article {n}", "", text)
        for n, text in enumerate(texts, 1)
    )
    law = Segmentation("0" * 64, provisions, tradition or Tradition.EU, language)
    known = {each.eid: each.text for each in provisions}
    for each in find_references(law):
        assert known[each.eid][each.start : each.end] == each.text


def parameters(drawn):
    text, language = drawn
    for each in find_parameters(text, language):
        assert 0 <= each.start < each.end <= len(text)


_FORCED = st.sampled_from([None, *(each for each in Tradition if each is not Tradition.TABLE)])
_LINES = st.tuples(st.lists(LINES, max_size=25), _FORCED, st.sampled_from([None, *LANGUAGES[:-1]]))
_PROVISIONS = st.tuples(st.lists(TEXTS, min_size=1, max_size=6), _FORCED, st.sampled_from(LANGUAGES))


# Importers


def crosswalks(drawn):
    name, data = drawn
    _read(read_mapping, name, data)


def controls(drawn):
    name, data = drawn
    _read(read_controls, name, data)


def tables(drawn):
    _read(read_table, "laws.csv", drawn)


def rows(drawn):
    _read(read_provisions, "laws.jsonl", drawn)


def akn(drawn):
    _read(read_akn, "law.xml", drawn)


def html(drawn):
    _read(read_html, "law.html", drawn)


def docx(drawn):
    _read(read_docx, "law.docx", drawn)


def _damaged(data):
    """Bytes as they are, or with some of them changed or cut."""

    def change(given):
        content, place, byte, is_cut = given
        if not content or place is None:
            return content
        at = place % len(content)
        return content[:at] if is_cut else content[:at] + bytes([byte]) + content[at + 1 :]

    places = st.one_of(st.none(), st.integers(0, 1 << 30))
    return st.tuples(data, places, st.integers(0, 255), st.booleans()).map(change)


_FIELD = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "subject_id",
            "object_id",
            "predicate_id",
            "left_id",
            "right_id",
            "relation",
            "skos:exactMatch",
            "sssom:NoTermFound",
            "fc:art_1",
            "urn:x:y",
            "0.5",
            "nan",
            "1e999",
            "-1",
            '"',
            "#",
        ]
    ),
)
_GRID = st.tuples(
    st.sampled_from(
        [
            "subject_id{0}object_id{0}predicate_id{0}confidence",
            "left_id{0}right_id{0}relation",
            "source{0}target",
            "Focal Document Element{0}Reference Document Element{0}Relationship",
            "id{0}text{0}parent",
        ]
    ),
    st.sampled_from([",", "\t", ";"]),
    st.lists(st.lists(_FIELD, max_size=5), max_size=8),
).map(lambda drawn: "\n".join([drawn[0].format(drawn[1]), *(drawn[1].join(row) for row in drawn[2])]))
_KEYS = st.sampled_from(
    [
        "catalog",
        "groups",
        "controls",
        "parts",
        "props",
        "params",
        "id",
        "title",
        "name",
        "prose",
        "value",
        "values",
        "label",
        "class",
        "metadata",
        "objects",
        "framework",
        "requirement_nodes",
        "urn",
        "ref_id",
        "parent_urn",
        "depth",
        "mapping-collection",
        "mappings",
        "maps",
        "sources",
        "targets",
        "relationship",
        "id-ref",
        "type",
        "requirement_mapping_sets",
        "requirement_mapping_set",
        "requirement_mappings",
        "source_requirement_urn",
        "target_requirement_urn",
        "strength_of_relationship",
        "statement",
        "eid",
        "text",
        "boxes",
        "kind",
        "cells",
    ]
)
_OBJECTS = st.recursive(
    st.one_of(st.none(), st.integers(-3, 3), st.floats(), TEXTS, _KEYS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=5)),
    max_leaves=25,
)
_TOPS = st.one_of(
    st.dictionaries(_KEYS, _OBJECTS, max_size=4),
    st.builds(lambda inner: {"catalog": inner}, st.dictionaries(_KEYS, _OBJECTS, max_size=4)),
    st.builds(lambda inner: {"objects": {"framework": inner}}, st.dictionaries(_KEYS, _OBJECTS, max_size=4)),
    st.builds(lambda inner: {"mapping-collection": inner}, st.dictionaries(_KEYS, _OBJECTS, max_size=4)),
    JSON,
)
_STRUCTURED = st.tuples(
    st.sampled_from(["a.json", "a.yaml", "a.yml"]), _damaged(_TOPS.map(json.dumps).map(_utf8))
)
_CROSSWALKS = st.one_of(
    st.tuples(st.sampled_from(["a.tsv", "a.csv"]), _damaged(_GRID.map(_utf8))), _STRUCTURED
)
_TAGS = st.sampled_from(
    [
        "akomaNtoso",
        "act",
        "body",
        "article",
        "num",
        "heading",
        "content",
        "p",
        "paragraph",
        "point",
        "list",
        "intro",
        "meta",
        "FRBRWork",
        "table",
        "tr",
        "td",
        "th",
        "ol",
        "li",
        "div",
        "span",
        "h1",
        "h2",
        "del",
        "ins",
        "br",
        "pre",
        "quotedStructure",
        "embeddedText",
        "hcontainer",
        "section",
        "ul",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "sup",
    ]
)
_MARKS = st.sampled_from(
    [
        "",
        " eId='art_1'",
        " colspan='99999999'",
        " rowspan='-1'",
        " start='x'",
        " type='i'",
        " value='9999999999'",
        " style='margin-left: 1e9pt'",
        " style='display:none'",
        " wId=''",
        " class='x y'",
        " reversed=''",
        " value='-5'",
    ]
)
_PLAIN = st.lists(st.one_of(LABELS, WORDS, st.text(alphabet="ab1 .;(", max_size=6)), max_size=4).map(" ".join)
_MARKUP = st.recursive(
    _PLAIN,
    lambda inner: st.builds(
        lambda tag, mark, parts: f"<{tag}{mark}>{''.join(parts)}</{tag}>",
        _TAGS,
        _MARKS,
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)
_AKN_HEAD = "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><act name='a'>"
_AKN = _damaged(
    st.one_of(_MARKUP, _MARKUP.map(lambda inner: f"{_AKN_HEAD}<body>{inner}</body></act></akomaNtoso>")).map(
        _utf8
    )
)
_HTML = _damaged(_MARKUP.map(lambda inner: f"<html><body>{inner}</body></html>").map(_utf8))
_WORD_TAGS = st.sampled_from(
    [
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:pPr",
        "w:rPr",
        "w:numPr",
        "w:ins",
        "w:del",
        "w:sdt",
        "w:sdtContent",
        "w:tab",
        "w:br",
        "w:hyperlink",
        "w:tcPr",
        "w:sectPr",
        "w:footnoteReference",
    ]
)
_WORD_MARKS = st.sampled_from(
    ["", " w:val='1'", " w:val='x'", " w:val='-99999999999'", " w:id='0'", " w:val=''"]
)
_WORD_LEAVES = st.sampled_from(
    [
        "<w:numId w:val='1'/>",
        "<w:ilvl w:val='99'/>",
        "<w:gridSpan w:val='9999999'/>",
        "<w:vMerge/>",
        "<w:b/>",
        "<w:strike/>",
        "<w:pStyle w:val='Heading1'/>",
        "<w:outlineLvl w:val='x'/>",
        "<w:ind w:left='x'/>",
        "<w:sz w:val='1e9'/>",
        "<w:vanish/>",
        "<w:r><w:t>Article 1</w:t></w:r>",
        "<w:t>(a) the provider shall</w:t>",
    ]
)
_WORD = st.recursive(
    _WORD_LEAVES,
    lambda inner: st.builds(
        lambda tag, mark, parts: f"<{tag}{mark}>{''.join(parts)}</{tag}>",
        _WORD_TAGS,
        _WORD_MARKS,
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_OFFICE}package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" '
    f'ContentType="{_OFFICE}officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _package(body):
    found = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr(
            "word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"
        )
    return found.getvalue()


# Addresses of views


def permalinks(drawn):
    state, refused = from_query(
        drawn, ViewState(), principles=("overall", "privacy"), measures=("divergence",)
    )
    assert set(refused) <= set(drawn)
    again, none = from_query(
        to_query(state), ViewState(), principles=("overall", "privacy"), measures=("divergence",)
    )
    assert (again, none) == (state, ())


_NAMES = st.one_of(st.sampled_from([*ViewState.__dataclass_fields__, "component"]), st.text(max_size=8))
_VALUES = st.one_of(
    st.sampled_from(
        [
            "sample",
            "0123456789abcdef",
            "overall",
            "privacy",
            "art_1|art_2",
            "0123456789ab.2",
            "2026-11-28",
            "en",
            "a" * 500,
            "../../etc/passwd",
            "<script>",
            "1,2,3",
            "2026-11-28\n",
        ]
    ),
    TEXTS,
)

TARGETS = {
    "segmentation": (_LINES, segmentation),
    "references": (_PROVISIONS, references),
    "parameters": (st.tuples(TEXTS, st.sampled_from(LANGUAGES)), parameters),
    "crosswalks": (_CROSSWALKS, crosswalks),
    "controls": (_STRUCTURED, controls),
    "tables": (_damaged(_GRID.map(_utf8)), tables),
    "rows": (_damaged(st.lists(_TOPS.map(json.dumps), max_size=4).map("\n".join).map(_utf8)), rows),
    "akn": (_AKN, akn),
    "html": (_HTML, html),
    "docx": (_damaged(_WORD.map(_package)), docx),
    "permalinks": (st.dictionaries(_NAMES, _VALUES, max_size=6), permalinks),
}
