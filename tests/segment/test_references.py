"""Citations are found as they are drafted in each language and resolved as a reader would."""

from __future__ import annotations

import pytest
from drafting_samples import AMERICAN, CHINESE, EUROPEAN, JAPANESE, KOREAN
from hypothesis import given
from hypothesis import strategies as st
from typesetter import typeset_text

from fragcheck.catalogue.citations import cited_instrument
from fragcheck.records import Provision, ProvisionKind, Segmentation, Tradition
from fragcheck.segment import find_references, segment


def unit(eid, text="", num=None, **more):
    """A provision whose kind, number and parent follow from its eid."""
    names = {
        "art": "article", "para": "paragraph", "subpara": "subparagraph", "point": "point", "sec": "section",
        "subsec": "subsection", "annex": "annex", "rec": "recital", "chp": "chapter", "item": "item",
        "part": "part",
    }  # fmt: skip
    parent, _, own = eid.rpartition("__")
    prefix, _, number = own.partition("_")
    more.setdefault("parent", parent or None)
    return Provision(eid, ProvisionKind(names[prefix]), num=number if num is None else num, text=text, **more)


EU = ("rec_1", "chp_I", "art_1", "art_2", "art_3", "art_3__para_1", "art_3__para_2", "art_3__para_2__point_a",
      "art_3__para_2__point_b", "art_3__para_3", "art_4", "art_4__point_a", "art_5", "annex_III",
      "annex_III__point_1", "annex_III__point_2", "annex_III__point_2__point_f")  # fmt: skip
US = ("part_17", "sec_6-1-1702", "sec_6-1-1702__subsec_1", "sec_6-1-1702__subsec_1__para_a",
      "sec_6-1-1702__subsec_1__para_b", "sec_6-1-1702__subsec_2", "sec_6-1-1703", "sec_6-1-1703__subsec_1",
      "sec_6-1-1703__subsec_3", "sec_6-1-1703__subsec_3__para_d", "sec_6-1-1703__subsec_6")  # fmt: skip
ASIAN = ("art_1", "art_2", "art_2__para_2", "art_2__para_3", "art_2__para_3__subpara_1",
         "art_2__para_3__subpara_2", "art_2__para_3__subpara_2__item_1",
         "art_3", "art_3-2", "art_4")  # fmt: skip

BRAZIL = ("chp_I", "art_5", "art_5__subpara_I", "art_5__subpara_II", "art_5__subpara_III", "art_5__para_1",
          "art_5__para_1__subpara_II", "art_5__para_1__subpara_II__point_a", "art_5__para_2",
          "art_6", "art_6__para_1", "art_7")  # fmt: skip

#: language, eids of the law, citing eid, text, targets of each citation (space between eids)
INSIDE = [
    ("en", EU, "art_3__para_1", "as in paragraph 2, point (b), and", ["art_3__para_2__point_b"]),
    ("en", EU, "art_1", "Articles 2 to 4", ["art_2 art_3 art_4"]),
    ("en", EU, "art_1", "Article 3(1) and (2)", ["art_3__para_1 art_3__para_2"]),
    ("en", EU, "art_1", "Articles 2, 3(1) and 5", ["art_2 art_3__para_1 art_5"]),
    ("en", EU, "art_1", "Article 2 or 4.", ["art_2 art_4"]),
    ("en", EU, "art_3__para_2__point_a", "point (b)", ["art_3__para_2__point_b"]),
    ("en", EU, "art_3__para_2__point_a", "referred to in paragraph 1 of this Article", ["art_3__para_1"]),
    ("en", EU, "art_3__para_2__point_a", "this paragraph and this Article", ["art_3__para_2", "art_3"]),
    ("en", EU, "art_3__para_1", "paragraphs 2 and 3", ["art_3__para_2 art_3__para_3"]),
    ("en", EU, "art_1", "points (a) and (b) of Article 3(2)",
     ["art_3__para_2__point_a art_3__para_2__point_b"]),
    ("en", EU, "art_1", "point (b) of paragraph 2 of Article 3", ["art_3__para_2__point_b"]),
    ("en", EU, "art_1", "Article 3(2), second subparagraph", ["art_3__para_2"]),
    ("en", EU, "art_1", "Article 3(2), first subparagraph, point (a)", ["art_3__para_2__point_a"]),
    ("en", EU, "art_1", "Annex III, point 2(f)", ["annex_III__point_2__point_f"]),
    ("en", EU, "art_1", "points 1 and 2 of Annex III", ["annex_III__point_1 annex_III__point_2"]),
    ("en", EU, "rec_1", "Article 2 of this Regulation", ["art_2"]),
    ("en", EU, "art_1", "Article 4 and 30 days", ["art_4"]),
    ("en", EU, "art_1", "paragraph 2 of Article 3, paragraphs 1 and 3 of Article 3, or Article 4",
     ["art_3__para_2", "art_3__para_1 art_3__para_3", "art_4"]),
    ("en", EU, "art_1", "Article 9", [""]),
    ("en", EU, "art_1", "This Act and this Regulation apply.", []),
    ("en", US, "sec_6-1-1703__subsec_1", "SECTION 6-1-1702 (1)(a)", ["sec_6-1-1702__subsec_1__para_a"]),
    ("en", US, "sec_6-1-1702__subsec_2", "subsection (1)(a) of this section",
     ["sec_6-1-1702__subsec_1__para_a"]),
    ("en", US, "sec_6-1-1702__subsec_1__para_a", "paragraph (b)", ["sec_6-1-1702__subsec_1__para_b"]),
    ("en", US, "sec_6-1-1703__subsec_1", "SUBSECTIONS (3)(d) AND (6) OF THIS SECTION",
     ["sec_6-1-1703__subsec_3__para_d sec_6-1-1703__subsec_6"]),
    ("en", US, "sec_6-1-1702", "this part 17", ["part_17"]),
    ("en", EU, "art_3__para_2__point_a", "under the preceding paragraph", ["art_3__para_1"]),
    ("en", EU, "art_3__para_3", "the previous Article", ["art_2"]),
    ("en", EU, "art_3__para_3", "the preceding paragraphs, the following Article is inserted", []),
    ("de", EU, "art_3__para_3", "nach dem vorhergehenden Absatz, den vorhergehenden Absätzen",
     ["art_3__para_2"]),
    ("fr", EU, "art_3__para_3", "visés à l’article précédent", ["art_2"]),
    ("es", EU, "art_3__para_3", "en el apartado anterior y en los apartados anteriores", ["art_3__para_2"]),
    ("pt", BRAZIL, "art_7", "art. 5º, § 1º, inciso II, alínea “a”, desta Lei",
     ["art_5__para_1__subpara_II__point_a"]),
    ("pt", BRAZIL, "art_7", "a alínea “a” do inciso II do § 1º do art. 5º",
     ["art_5__para_1__subpara_II__point_a"]),
    ("pt", BRAZIL, "art_7", "incisos I a III do caput do art. 5º",
     ["art_5__subpara_I art_5__subpara_II art_5__subpara_III"]),
    ("pt", BRAZIL, "art_5__para_2", "inciso II do caput deste artigo", ["art_5__subpara_II"]),
    ("pt", BRAZIL, "art_7", "art. 5º, caput, inciso II, e art. 6º, parágrafo único",
     ["art_5__subpara_II", "art_6__para_1"]),
    ("pt", BRAZIL, "art_7", "arts. 5º e 6º; art. 5º, II", ["art_5 art_6", "art_5__subpara_II"]),
    ("pt", BRAZIL, "art_7", "no artigo anterior", ["art_6"]),
    ("pt", BRAZIL, "art_7", "arts. 5º, § 2º, e 6º", ["art_5__para_2", "art_6"]),
    ("pt", BRAZIL, "art_5", "Arts. 6º, parágrafo único, e 7º", ["art_6__para_1", "art_7"]),
    ("pt", BRAZIL, "art_7", "arts. 5º, caput, incisos I e II, e 6º",
     ["art_5__subpara_I art_5__subpara_II", "art_6"]),
    ("pt", BRAZIL, "art_7", "arts. 5º, caput, e 6º", ["art_5 art_6"]),
    ("pt", BRAZIL, "art_7", "art. 5º, §§ 1º e 2º", ["art_5__para_1 art_5__para_2"]),
    ("zh", ASIAN, "art_1", "本办法第二条第三款", ["art_2__para_3"]),
    ("zh", ASIAN, "art_2__para_3", "依照前款规定", ["art_2__para_2"]),
    ("zh", ASIAN, "art_3", "第二条第二款、第三款", ["art_2__para_2", "art_2__para_3"]),
    ("zh", ASIAN, "art_3", "第一条至第三条", ["art_1 art_2 art_3"]),
    ("zh", ASIAN, "art_1", "第二条第三款第二项", ["art_2__para_3__subpara_2"]),
    ("zh", ASIAN, "art_3", "第三条之二", ["art_3-2"]),
    ("ja", ASIAN, "art_2__para_3", "前項の規定", ["art_2__para_2"]),
    ("ja", ASIAN, "art_2__para_2", "前項の規定", ["art_2"]),
    ("ja", ASIAN, "art_2", "次項において", ["art_2__para_2"]),
    ("ja", ASIAN, "art_2__para_3__subpara_2", "前号に掲げる", ["art_2__para_3__subpara_1"]),
    ("ja", ASIAN, "art_1", "第二条第三項第二号イに", ["art_2__para_3__subpara_2__item_1"]),
    ("ja", ASIAN, "art_3", "前条第三項、第三条の二", ["art_2__para_3", "art_3-2"]),
    ("ko", ASIAN, "art_3", "제2조제3항제2호가목", ["art_2__para_3__subpara_2__item_1"]),
    ("ko", ASIAN, "art_2__para_3", "제2항에 따른", ["art_2__para_2"]),
    ("ko", ASIAN, "art_4", "제2조제2항 및 같은 조 제3항", ["art_2__para_2", "art_2__para_3"]),
    ("ko", ASIAN, "art_4", "제3조의2", ["art_3-2"]),
    ("ko", ASIAN, "art_4", "제1조부터 제3조까지", ["art_1 art_2 art_3"]),
    ("de", EU, "art_1", "Artikel 3 Absatz 2 Buchstabe b", ["art_3__para_2__point_b"]),
    ("de", EU, "art_3__para_1", "nach den Absätzen 2 und 3", ["art_3__para_2 art_3__para_3"]),
    ("fr", EU, "art_1", "à l’article 3, paragraphe 2, point a), du présent règlement",
     ["art_3__para_2__point_a"]),
    ("fr", EU, "art_1", "articles 2 à 4", ["art_2 art_3 art_4"]),
    ("es", EU, "art_1", "artículo 3, apartado 2, letra b)", ["art_3__para_2__point_b"]),
    ("pt", EU, "art_1", "arts. 2º e 4º", ["art_2 art_4"]),
    ("it", EU, "art_1", "articolo 3, paragrafo 2, lettera a)", ["art_3__para_2__point_a"]),
    ("it", EU, "art_1", "artt. 3, paragrafo 2, e 4", ["art_3__para_2", "art_4"]),
    ("es", EU, "art_1", "artículos 3, apartado 2, y 4", ["art_3__para_2", "art_4"]),
    ("en", EU, "art_1", "Articles 3, paragraph 2, and 4", ["art_3__para_2", "art_4"]),
    ("en", EU, "art_1", "Articles 3(1), (2) and 4", ["art_3__para_1 art_3__para_2 art_4"]),
]  # fmt: skip


def references(language, eids, citing, text):
    provisions = tuple(unit(eid, text if eid == citing else "", language=language) for eid in eids)
    return find_references(Segmentation("0" * 64, provisions, Tradition.EU, language))


@pytest.mark.parametrize(
    ("language", "eids", "citing", "text", "targets"), INSIDE, ids=[row[3] for row in INSIDE]
)
def test_citations_of_the_document_itself(language, eids, citing, text, targets):
    found = references(language, eids, citing, text)
    assert [" ".join(reference.targets) for reference in found] == targets
    for reference in found:
        assert text[reference.start : reference.end] == reference.text
        assert reference.is_resolved == bool(reference.targets)
        assert not reference.law


#: language, text, law, id in the catalogue, paths
OUTSIDE = [
    ("en", "Article 6(1), point (a), of Regulation (EU) 2016/679", "Regulation (EU) 2016/679", "eu-gdpr",
     "art_6__para_1__point_a"),
    ("en", "Articles 12 and 13 of Directive 2001/29/EC", "Directive 2001/29/EC", "eu-infosoc-directive",
     "art_12 art_13"),
    ("en", "Article 16 TFEU", "TFEU", "", "art_16"),
    ("en", "section 4(b) of Executive Order 14110", "Executive Order 14110", "us-eo-14110", "sec_4__para_b"),
    ("en", "42 U.S.C. Sec. 234", "42 U.S.C. Sec. 234", "", ""),
    ("en", "Section 7 of the Penal Code", "Penal Code", "", "sec_7"),
    ("en", "Article 53 of the Data Care Law of the People's Republic of China",
     "Data Care Law of the People's Republic of China", "", "art_53"),
    ("en", "Article 3 of the Machine Conduct Law", "Machine Conduct Law", "", "art_3"),
    ("ja", "及び機械活用推進法第二十四条の四", "機械活用推進法", "", "art_24-4"),
    ("de", "Artikel 9 Absatz 1 der Verordnung (EU) 2016/679", "Verordnung (EU) 2016/679", "eu-gdpr",
     "art_9__para_1"),
    ("fr", "article 9 du règlement (UE) 2016/679", "règlement (UE) 2016/679", "eu-gdpr", "art_9"),
    ("zh", "《中华人民共和国网络安全法》第二十一条", "《中华人民共和国网络安全法》", "", "art_21"),
    ("ko", "「개인정보 보호법」 제2조제1호", "「개인정보 보호법」", "", "art_2__subpara_1"),
    ("ja", "内閣法（昭和二十二年法律第五号）第二条", "内閣法", "", "art_2"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "law", "instrument", "paths"), OUTSIDE)
def test_citations_of_other_laws(language, text, law, instrument, paths):
    (found,) = references(language, EU, "art_1", text)
    assert (found.law, found.instrument, " ".join(found.paths)) == (law, instrument, paths)
    assert found.targets == ()
    assert found.is_resolved == bool(instrument)


def test_that_regulation_is_the_law_named_before():
    text = (
        "Regulation (EU) 2022/2065 applies. Article 16 of that Regulation and Articles 3 and 4 thereof apply."
    )
    found = references("en", EU, "art_1", text)
    assert [(each.instrument, each.paths) for each in found] == [
        ("eu-dsa", ()), ("eu-dsa", ("art_16",)), ("eu-dsa", ("art_3", "art_4")),
    ]  # fmt: skip


def test_the_law_behind_a_list_is_that_of_all_its_members():
    found = references(
        "en", EU, "art_1", "Article 9 and Article 10 of Regulation (EU) 2016/679, and Article 2"
    )
    assert [(each.instrument, each.targets) for each in found] == [
        ("eu-gdpr", ()),
        ("eu-gdpr", ()),
        ("", ("art_2",)),
    ]


def test_a_type_said_once_holds_for_the_acts_that_follow():
    found = references("en", EU, "art_1", "Regulations (EU) 2016/679 and (EU) 2022/2065")
    assert [each.instrument for each in found] == ["eu-gdpr", "eu-dsa"]


def test_quoted_text_is_resolved_within_the_quotation():
    law = (
        unit("art_1", "In Law 7, the following is added:"),
        unit("art_1__para_4", "The rules of paragraph 5 and Article 2 apply.", is_quoted=True),
        unit("art_1__para_5", is_quoted=True),
        unit("art_2"),
    )
    found = find_references(Segmentation("0" * 64, law, Tradition.EU, "en"))
    assert [each.targets for each in found] == [("art_1__para_5",), ()]
    assert "another law" in found[1].reason


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (
            EUROPEAN,
            [("art_1", "Article 2", "art_2"), ("art_2__para_2", "first subparagraph", "art_2__para_2")],
        ),
        (AMERICAN, [("sec_77.001__subsec_2__para_B", "Section 77.002 or (b)(1)", "sec_77.002")]),
        (JAPANESE, [("art_2__para_2", "前項", "art_2")]),
        (KOREAN, [("art_3__para_2", "제1항", "art_3__para_1"), ("art_4", "제3조", "art_3")]),
        (CHINESE, []),
    ],
)
def test_segmented_laws(typeset, sample, expected):
    found = find_references(segment(typeset(sample)))
    rows = [(each.eid, each.text, each.targets[0] if each.targets else "") for each in found]
    assert [row for row in expected if row not in rows] == []


CITED = [
    ("Regulation (EU) 2024/1689", "eu-ai-act"),
    ("regulation (EU) No 2024/1689", "eu-ai-act"),
    ("Directives (EU) 2022/2555", "eu-nis2"),
    ("(EU) 2024/1689", "eu-ai-act"),
    ("(EU) 2022/2555", "eu-nis2"),
    ("(EU) 2099/1", ""),
    ("(EC) 2001/29", ""),  # an old number is one of each type
    ("Artificial Intelligence Act", "eu-ai-act"),
    ("E.O. 13960", "us-eo-13960"),
    ("Lei nº 13.709, de 14 de agosto de 2018", "br-lgpd"),
    ("Lei nº 99.999", ""),
    ("Ley 25.326", "ar-ley-25326"),
    ("“Executive Order 13960”", "us-eo-13960"),
    ("Regulation (EU) 2099/1", ""),
    ("Decision 1/2", ""),
    ("some act", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "identifier"), CITED)
def test_names_of_laws_in_the_catalogue(name, identifier):
    assert cited_instrument(name) == identifier


PIECES = st.sampled_from(
    ["Article", "Articles 3", "paragraph", "(2)", "(a)", "point (b)", " of ", ", ", " and ", " to ",
     "this Article", "second subparagraph", "Regulation (EU) 2016/679", "that Regulation", "§",
     "第二条", "第", "前款", "同条", "イ", "、",
     "제2조", "제1항", "같은 조", "가목", "Act", "Annex III", "\u3000", "1.1", "IV", "9" * 30]
)  # fmt: skip


@given(
    st.sampled_from(["en", "de", "fr", "pt", "zh", "ja", "ko", "ar"]),
    st.lists(PIECES, max_size=12).map("".join),
)
def test_any_text_is_read_without_error_and_in_order(language, text):
    found = references(language, EU + ASIAN[1:3], "art_1", text)
    eids = {*EU, *ASIAN}
    assert all(text[each.start : each.end] == each.text for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(set(each.targets) <= eids for each in found)
    assert all(each.targets or each.law or each.reason for each in found)


AMENDING = """\
*LOI no 2031-7 du 1er mai 2031 relative aux machines
^Article 1er
Les machines sont soumises à l’article 3.
^Article 2
Le livre II du code de la route est ainsi modifié :
1o A l’article L. 12-1, le mot : « cheval » est supprimé ;
2o Au premier alinéa de l’article L. 12-4, le mot : « char » est supprimé ;
3o Le présent article s’applique à toutes les voies.
^Article 3
L’article 7 de la loi no 99-12 du 3 mars 1999 relative aux trieuses est ainsi modifié :
1o Au premier alinéa, les mots : « de bois » sont supprimés ;
2o A la dernière phrase du dernier alinéa, l’année : « 1999 » est remplacée par l’année : « 2031 » ;
3o Les conditions de l’article 1er de la présente loi s’y appliquent.
^Article 4
Les gardiens respectent les obligations prévues au troisième alinéa du 2o du I de l’article 8 de la loi
no 99-12 du 3 mars 1999. Le premier alinéa s’applique aux machines neuves.
"""


def test_what_an_amending_article_names_is_of_the_law_that_it_amends():
    found = find_references(segment(typeset_text(AMENDING), language="fr"))
    named = [(each.eid.partition("__")[0], each.law, each.paths or each.targets) for each in found]
    trieuses = "loi no 99-12 du 3 mars 1999"
    assert [each for each in named if each[0] != "preamble"] == [
        ("art_1", "", ("art_3",)),
        ("art_2", "code de la route", ()),
        ("art_2", "code de la route", ("art_L.-12-1",)),
        ("art_2", "code de la route", ("art_L.-12-4__subpara_1",)),
        ("art_2", "", ("art_2",)),
        ("art_3", trieuses, ("art_7",)),
        ("art_3", trieuses, ("art_7",)),
        ("art_3", trieuses, ("art_7",)),
        ("art_3", "", ("art_1",)),
        ("art_4", trieuses, ("art_8",)),
        ("art_4", trieuses, ("art_8",)),
        ("art_4", "", ("art_4",)),
    ]
