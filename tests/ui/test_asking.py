"""Who is asking: one control over all pages, kept in the address; what it leaves out is said."""

import dataclasses

import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.records import ApplicabilityProfile, DocumentKind
from fragcheck.ui.asking import profile_words
from fragcheck.ui.setline import applicability_words, flag_words
from fragcheck.ui.texts import catalogue, speaking

PAGES = ("heatmap", "pair", "document", "requirements", "interoperability", "harmonise", "reports", "method")


def address(test):
    given = dict(test.query_params.items())
    return {name: value[0] if isinstance(value, list) else value for name, value in given.items()}


def notices(test):
    return "\n".join(each.value for kind in (test.warning, test.error, test.info) for each in kind)


def test_a_choice_narrows_and_is_in_the_address(app):
    test = app("requirements", opened=("asking",))
    assert "of 4 requirements" in "".join(each.value for each in test.markdown)
    test.selectbox(key="choose_role").select("deployer").run()
    assert not test.exception
    assert address(test)["role"] == "deployer"
    assert "For **deployer**" in notices(test)
    assert "Kept although the documents do not tell: role 8" in notices(test)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_holds_the_reader_of_the_address(app, page):
    test = app(page, opened=("asking",), role="supplier", as_of="2026-12-01")
    assert not test.exception
    assert not test.error
    assert test.selectbox(key="choose_role").value == "supplier"
    assert address(test)["as_of"] == "2026-12-01"
    assert ("2026\\-12\\-01" in notices(test)) == (page not in ("document", "method"))


def test_an_address_one_goes_back_to_says_all(app):
    test = app("requirements", role="deployer", lang="de")
    del test.query_params["role"]
    with speaking("de"):
        test.run()
    assert not test.exception
    assert "role" not in address(test)
    assert not [each for each in test.info if "Für **" in each.value]
    assert address(test)["lang"] == "de"


def test_everyone_is_one_click_away(app):
    test = app("heatmap", opened=("asking",), role="supplier", territory="Germany", as_of="2026-12-01")
    test.button(key="nobody").click().run()
    assert not {"role", "territory", "as_of"} & set(address(test))
    assert not test.info


@pytest.mark.parametrize(
    "query",
    [
        {"role": "king"},
        {"territory": "Atlantis"},
        {"as_of": "2026-02-31"},
        {"as_of": "x"},
        {"tier": "high,low"},
    ],
)
def test_what_is_not_known_is_a_notice(app, query):
    test = app("heatmap", **query)
    assert not test.exception
    assert "could not be used" in notices(test)
    assert not set(query) & set(address(test))


@pytest.mark.parametrize("page", [*PAGES, "documents"])
def test_every_page_speaks_german(app, page):
    test = app(page, lang="de")
    assert not test.exception
    assert not test.error
    assert test.subheader[0].value in [
        words for texts in catalogue("de").values() for words in texts.values()
    ]
    assert address(test)["lang"] == "de"
    assert [found.title for found in test.session_state["pages"].values()][-1] == "Methode"
    assert "Wer fragt: alle" in [each.proto.popover.label for each in test.get("popover")]


def test_the_language_can_be_changed_and_stays(app):
    test = app("requirements", opened=("asking",))
    test.selectbox(key="choose_lang").select("de").run()
    assert test.subheader[0].value == "Anforderungen"
    with speaking("de"):  # Streamlit's test asks for the words of the options outside the page's run
        test.selectbox(key="choose_role").select("deployer").run()
    assert test.subheader[0].value == "Anforderungen"
    assert "Für **Betreiber**" in notices(test)
    with speaking("de"):
        test.selectbox(key="choose_lang").select("en").run()
    assert test.subheader[0].value == "Requirements"


def test_a_profile_in_words():
    profile = ApplicabilityProfile("deployer", "health", "high", "Germany", "2026-12-01")
    assert profile_words(profile) == "deployer · health care · high risk · Germany · 2026-12-01"


def test_what_was_left_out_is_said():
    from fragcheck.pipeline import apply_profile

    analyses = tuple(made_analysis(index) for index in range(3))
    first = dataclasses.replace(
        analyses[0], document=dataclasses.replace(analyses[0].document, jurisdiction="Japan")
    )
    comparison = made_comparison((first, *analyses[1:]))
    found = apply_profile(comparison, ApplicabilityProfile(territory="France")).applicability
    words = applicability_words(found, ["first law"])
    assert "6 of 9" in words
    assert "territory 6" in words
    assert "Nothing for you in: first law" in words


def test_documents_that_are_not_alike_are_named():
    analyses = [made_analysis(index) for index in range(3)]
    comparison = made_comparison(tuple(analyses))
    document = dataclasses.replace(analyses[1].document, kind=DocumentKind.BILL, is_translation=True)
    flagged = dataclasses.replace(
        comparison, analyses=(analyses[0], dataclasses.replace(analyses[1], document=document), analyses[2])
    )
    words = flag_words(flagged)
    assert "**bill**: doc1" in words
    assert "**translation, not the authentic text**: doc1" in words
    assert "doc0" not in words
    one_work = dataclasses.replace(comparison.pairs[0], is_one_work=True)
    words = flag_words(dataclasses.replace(comparison, pairs=(one_work, *comparison.pairs[1:])))
    assert "**one instrument in two languages**: doc0, doc1" in words
