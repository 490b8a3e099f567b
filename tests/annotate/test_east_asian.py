"""What East Asian drafting leaves out: subjects behind a semicolon, items of closed sentences, full names."""

from __future__ import annotations

import pytest

from fragcheck.annotate import read_text
from fragcheck.annotate.lead_ins import lead_in_of
from fragcheck.annotate.parameters import find_parameters
from fragcheck.records import Modality, Provision, ProvisionKind

ITEMS = [
    ("ja", "申請者は、次に掲げる書類を添えなければならない。", "二　設備の図面", "obligation", "申請者"),
    ("ja", "店主は、次の事項を帳簿に記すものとする。", "一　仕入れの日", "obligation", "店主"),
    ("ja", "販売者は、次に掲げる方法により勧誘してはならない。", "一　深夜の訪問", "prohibition", "販売者"),
    ("ko", "신청인은 다음 각 호의 서류를 제출하여야 한다.", "2. 도면", "obligation", "신청인"),
    ("ko", "서점은 다음 사항을 지켜야 한다. <개정 2031.1.1>", "가. 값을 적을 것", "obligation", "서점"),
    ("ja", "次の各号のいずれかに該当する者は、登録を受けることができない。", "一　未成年者", "", ""),
    ("ko", "시장은 다음 각 호의 어느 하나에 해당하는 경우 허가를 취소할 수 있다.", "1. 폐업", "", ""),
    ("ja", "店主は、毎日、帳簿を閉じなければならない。", "一　仕入れの日", "", ""),
]


@pytest.mark.parametrize(("language", "announced", "text", "modality", "actor"), ITEMS)
def test_items_that_a_closed_sentence_announces(
    language: str, announced: str, text: str, modality: str, actor: str
) -> None:
    item = Provision("a", ProvisionKind.POINT, text=text, context=announced)
    found = read_text(text, language, lead_in=lead_in_of(item, {})).requirements
    assert [(str(r.modality.value), r.actor) for r in found] == ([(modality, actor)] if modality else [])


NAMES = [
    ("zh", "旅行社应当签订合同；未签订的，不得收费。", ["旅行社", "旅行社"]),
    ("zh", "城市公交企业应当公布时刻表。企业应当听取乘客意见。", ["城市公交企业", "城市公交企业"]),
    ("zh", "省级水务部门应当制定标准。部门应当公布标准。", ["省级水务部门", "部门"]),
    (
        "ja",
        "地域運送協議会は、計画を定める。協議会は、計画を公表する。",
        ["地域運送協議会", "地域運送協議会"],
    ),
]


@pytest.mark.parametrize(("language", "text", "actors"), NAMES)
def test_names_in_full_and_subjects_left_out(language: str, text: str, actors: list[str]) -> None:
    assert [r.actor for r in read_text(text, language).requirements] == actors


NO_CUES = [
    ("zh", "供应商名录", Modality.OBLIGATION),
    ("zh", "因地制宜地选址", Modality.RECOMMENDATION),
    ("zh", "购得的设备", Modality.PERMISSION),
    ("zh", "宣传禁止吸烟的告示", Modality.PROHIBITION),
    ("ja", "説明を求めることができる旨を記す書面", Modality.PERMISSION),
    ("ko", "피해가 발생할 수 있으며, 그 원인은 다양하다.", Modality.PERMISSION),
]


@pytest.mark.parametrize(("language", "text", "modality"), NO_CUES)
def test_words_that_only_look_like_a_modal_verb(language: str, text: str, modality: Modality) -> None:
    assert modality not in {r.modality for r in read_text(text, language).requirements}


@pytest.mark.parametrize(("language", "text"), [("ko", "공연 2회를 연다"), ("ja", "三年一回の祭り")])
def test_counts_that_are_no_frequency(language: str, text: str) -> None:
    assert not [p for p in find_parameters(text, language) if p.unit == "month"]
