"""Quantities as comparable values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.annotate import read_text
from fragcheck.annotate.numerals import number_grammar
from fragcheck.annotate.parameters import _overlaps, find_parameters
from fragcheck.records import Stricter

NUMBERS = [
    ("en", "35 000 000", 35e6),
    ("en", "35,000,000", 35e6),
    ("en", "35.000.000", 35e6),
    ("en", "1.5", 1.5),
    ("de", "1.500", 1500.0),
    ("fr", "7,5", 7.5),
    ("en", "7.5 million", 7.5e6),
    ("de", "15 Mio.", 15e6),
    ("en", "thirty (30)", 30.0),
    ("en", "10^25", 1e25),
    ("en", "10²⁶", 1e26),
    ("en", "2.1 × 10^20", 2.1e20),
    ("en", "10^999", 1.7976931348623157e308),
    ("zh", "五十万", 5e5),
    ("zh", "50万", 5e5),
    ("zh", "十四", 14.0),
    ("zh", "三百二十", 320.0),
    ("zh", "两亿", 2e8),
    ("ko", "3천만", 3e7),
    ("ja", "百万", 1e6),
    ("ja", "７２", 72.0),
    ("en", "two hundred and fifty", 250.0),
    ("en", "one thousand five hundred", 1500.0),
    ("en", "one hundred eighty (180)", 180.0),
    ("en", "1e26", 1e26),
    ("en", "10 to the power of 25", 1e25),
    ("en", "1025", 1025.0),
    ("de", "achtundvierzig", 48.0),
    ("de", "fünfzigtausend", 50e3),
    ("fr", "quarante-huit", 48.0),
    ("fr", "soixante-douze", 72.0),
    ("fr", "quatre-vingt-dix", 90.0),
    ("es", "veinticuatro", 24.0),
    ("es", "treinta y cinco", 35.0),
    ("pt", "setecentos e trinta", 730.0),
    ("it", "ventotto", 28.0),
    ("nl", "vierentwintig", 24.0),
    ("pl", "dwudziestu czterech", 24.0),
    ("ko", "10의 26제곱", 1e26),
    ("en", "EUR", None),
    ("zh", "甲", None),
]

QUANTITIES = [
    # language, text, kind, value, unit, comparator
    ("en", "within 72 hours", "duration", 72.0, "hour", "<="),
    ("en", "not later than the 30th day before the hearing", "duration", 30.0, "day", "<="),
    ("en", "by the tenth business day following the request", "duration", 10.0, "working_day", "<="),
    ("de", "spätestens am 30. Tag nach der Zustellung", "duration", 30.0, "day", "<="),
    ("fr", "au plus tard le 30e jour suivant la notification", "duration", 30.0, "day", "<="),
    ("es", "a más tardar el 10.º día hábil siguiente", "duration", 10.0, "working_day", "<="),
    ("pt", "até o 5º dia útil", "duration", 5.0, "working_day", "<="),
    ("en", "no later than thirty (30) days after receipt", "duration", 30.0, "day", "<="),
    ("en", "within five business days", "duration", 5.0, "working_day", "<="),
    ("en", "a 24-hour period", "duration", 24.0, "hour", "="),
    ("en", "at least once every two years", "duration", 2.0, "year", "="),
    ("en", "shall report annually", "duration", 1.0, "year", "="),
    ("en", "within a month", "duration", 1.0, "month", "<="),
    ("en", "an annual report on complaints", "duration", 1.0, "year", "="),
    ("en", "semi-annual independent security audits", "duration", 6.0, "month", "="),
    ("en", "reviewed on a biennial basis", "duration", 2.0, "year", "="),
    ("en", "meets at least twice each year", "duration", 6.0, "month", "="),
    ("en", "two per centum of turnover", "share", 2.0, "percent", "="),
    ("en", "meets four times a year", "duration", 1.0, "quarter", "="),
    ("en", "extended by two further months", "duration", 2.0, "month", "<="),
    ("nl", "binnen twee aanvullende maanden", "duration", 2.0, "month", "<="),
    ("en", "10 million or more monthly active users", "threshold", 1e7, "user", ">="),
    ("en", "users under 16", "age", 16.0, "year", "<"),
    ("en", "anyone age 18 or older", "age", 18.0, "year", ">="),
    ("de", "ein jährlicher Bericht über Störungen", "duration", 1.0, "year", "="),
    ("fr", "un rapport annuel sur les incidents", "duration", 1.0, "year", "="),
    ("fr", "pour un mois au plus", "duration", 1.0, "month", "<="),
    ("es", "una auditoría trimestral", "duration", 1.0, "quarter", "="),
    ("pt", "a cada quadriênio", "duration", 4.0, "year", "="),
    ("it", "una relazione annuale", "duration", 1.0, "year", "="),
    ("nl", "een jaarlijks verslag", "duration", 1.0, "year", "="),
    ("pl", "roczne sprawozdanie", "duration", 1.0, "year", "="),
    ("zh", "提交年度报告", "duration", 1.0, "year", "="),
    ("ja", "年次報告を提出する", "duration", 1.0, "year", "="),
    ("ko", "연차보고서를 제출한다", "duration", 1.0, "year", "="),
    ("en", "a fine of up to €35 million", "amount", 35e6, "EUR", "<="),
    ("en", "not exceeding $50,000", "amount", 5e4, "USD", "<="),
    ("en", "at least 250 000 euros", "amount", 250e3, "EUR", ">="),
    ("en", "more than 7 per cent of turnover", "share", 7.0, "percent", ">"),
    ("en", "trained with more than 10^25 floating-point operations", "threshold", 1e25, "flop", ">"),
    ("en", "more than one million users", "threshold", 1e6, "user", ">"),
    ("en", "fewer than 50 employees", "threshold", 50.0, "employee", "<"),
    ("en", "children under the age of 16", "age", 16.0, "year", "<"),
    ("en", "persons who are 16 years of age", "age", 16.0, "year", "="),
    ("en", "greater than 10 25 FLOPs", "threshold", 1e25, "flop", ">"),
    ("en", "more than 1026 integer or floating-point operations", "threshold", 1e26, "flop", ">"),
    ("en", "which may extend to fifty crore rupees", "amount", 5e8, "INR", "<="),
    ("en", "biennially", "duration", 2.0, "year", "="),
    ("en", "10 million monthly active users", "threshold", 1e7, "user", "="),
    ("fr", "un an d'emprisonnement", "duration", 1.0, "year", "="),
    ("it", "sanzioni fino a 20 milioni di euro", "amount", 2e7, "EUR", "<="),
    ("zh", "上一年度营业额百分之五以下", "share", 5.0, "percent", "<="),
    ("zh", "注册用户五千万以上", "threshold", 5e7, "user", ">="),
    ("ja", "六月を超えない範囲内", "duration", 6.0, "month", "<="),
    ("ko", "매출액의 100분의 3을 초과하지 아니하는", "share", 3.0, "percent", "<="),
    ("ko", "3년마다", "duration", 3.0, "year", "="),
    ("ko", "연 1회 이상", "duration", 1.0, "year", "="),
    ("ko", "점검은 연 2회 한다", "duration", 6.0, "month", "="),
    ("ko", "연 3회", "duration", 4.0, "month", "="),
    ("ko", "월 1회", "duration", 1.0, "month", "="),
    ("ko", "반기별로", "duration", 6.0, "month", "="),
    ("ja", "年二回", "duration", 6.0, "month", "="),
    ("ja", "半年ごとに", "duration", 6.0, "month", "="),
    ("zh", "每半年", "duration", 6.0, "month", "="),
    ("de", "binnen 72 Stunden", "duration", 72.0, "hour", "<="),
    ("de", "mindestens sechs Monate", "duration", 6.0, "month", ">="),
    ("de", "bis zu 35 000 000 EUR", "amount", 35e6, "EUR", "<="),
    ("de", "unter 16 Jahren", "age", 16.0, "year", "<"),
    ("fr", "dans un délai de 72 heures", "duration", 72.0, "hour", "<="),
    ("fr", "15 millions d'euros", "amount", 15e6, "EUR", "="),
    ("es", "en un plazo de tres días", "duration", 3.0, "day", "<="),
    ("pt", "no prazo de dez dias", "duration", 10.0, "day", "<="),
    ("it", "entro 30 giorni", "duration", 30.0, "day", "<="),
    ("nl", "binnen twee weken", "duration", 2.0, "week", "<="),
    ("pl", "w ciągu 14 dni", "duration", 14.0, "day", "<="),
    ("zh", "不少于六个月", "duration", 6.0, "month", ">="),
    ("zh", "十个工作日内", "duration", 10.0, "working_day", "<="),
    ("zh", "五十万元以下罚款", "amount", 5e5, "CNY", "<="),
    ("zh", "百分之五", "share", 5.0, "percent", "="),
    ("zh", "未满十四周岁", "age", 14.0, "year", "<"),
    ("ja", "三十日以内", "duration", 30.0, "day", "<="),
    ("ja", "五十万円以下の過料", "amount", 5e5, "JPY", "<="),
    ("ko", "3일 이내", "duration", 3.0, "day", "<="),
    ("ko", "3천만원 이하", "amount", 3e7, "KRW", "<="),
    ("ko", "만 14세 미만", "age", 14.0, "year", "<"),
    ("xx", "within 72 hours", "duration", 72.0, "hour", "<="),
]

DATES = [
    ("en", "from 2 August 2026", "2026-08-02"),
    ("en", "on February 1, 2027", "2027-02-01"),
    ("en", "by 2026-08-02", "2026-08-02"),
    ("de", "ab dem 1. März 2027", "2027-03-01"),
    ("fr", "à partir du 2 août 2026", "2026-08-02"),
    ("es", "a partir del 2 de agosto de 2026", "2026-08-02"),
    ("zh", "自2026年8月2日起施行", "2026-08-02"),
    ("ko", "2026년 1월 22일부터", "2026-01-22"),
]

NOTHING = [
    ("en", "its total annual turnover"),
    ("en", "(c) Annual Report to the Assembly.--The office tells what it did."),
    ("fr", "son chiffre d'affaires annuel"),
    ("de", "der jährliche Umsatz"),
    ("en", "by the 15th day of each month"),
    ("en", "the first day that a person works"),
    ("en", "under the Directive of 4 May 2016"),
    ("en", "31 June 2026"),
    ("en", "at least one representative"),
    ("en", "two persons shall sign"),
    ("en", "see Article 5 and Annex III"),
    ("en", "at the age of reason"),
    ("zh", "第三日"),
    ("zh", "2024年"),
    ("en", ""),
]

DIRECTIONS = [
    ("The vendor shall report a fault within two days.", Stricter.LOWER),
    ("The vendor shall keep the logs for two years.", Stricter.HIGHER),
    ("Personal data shall be stored for no longer than one year.", Stricter.LOWER),
    ("The vendor shall retain personal data for two years.", Stricter.LOWER),
    ("A fine of EUR 500 shall be imposed.", Stricter.HIGHER),
    ("Whoever lies shall be punished with imprisonment of up to two years.", Stricter.HIGHER),
    ("The vendor shall pay a fee of EUR 500.", Stricter.HIGHER),
    ("A charge of EUR 500 applies and shall be recorded.", Stricter.UNKNOWN),
    ("Firms with a turnover of more than EUR 500 000 shall register.", Stricter.LOWER),
    ("The vendor shall spend EUR 500.", Stricter.UNKNOWN),
    ("Persons under the age of 15 shall be refused.", Stricter.HIGHER),
    ("Sites with more than 5 million users shall report.", Stricter.LOWER),
    ("The vendor shall report every three months.", Stricter.LOWER),
    ("The employer shall give notice of ten days.", Stricter.HIGHER),
    ("The authority may enter after notice of ten days.", Stricter.LOWER),
    ("The vendor shall file the plan ten days before the launch.", Stricter.HIGHER),
    ("The vendor shall act three days after discovery.", Stricter.LOWER),
    ("The vendor shall run the trial of three days.", Stricter.UNKNOWN),
    ("The vendor shall comply by 2 May 2027.", Stricter.LOWER),
]


@pytest.mark.parametrize(("language", "text", "value"), NUMBERS)
def test_number(language: str, text: str, value: float | None) -> None:
    assert number_grammar(language).value(text) == value


@pytest.mark.parametrize("row", QUANTITIES)
def test_quantity(row: tuple[str, str, str, float, str, str]) -> None:
    language, text, *expected = row
    (found,) = find_parameters(text, language)
    assert [found.kind.value, found.value, found.unit, found.comparator] == expected
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(("language", "text", "day"), DATES)
def test_date(language: str, text: str, day: str) -> None:
    (found,) = find_parameters(text, language)
    assert found.iso_date == day
    assert found.value == dt.date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_is_no_parameter(language: str, text: str) -> None:
    assert find_parameters(text, language) == ()


@pytest.mark.parametrize(("text", "direction"), DIRECTIONS)
def test_which_direction_is_stricter(text: str, direction: Stricter) -> None:
    (found,) = read_text(text, "en").requirements[0].parameters
    assert found.stricter is direction


def test_trigger_of_a_deadline() -> None:
    (found,) = find_parameters("within 72 hours after having become aware of the leak, or sooner", "en")
    assert found.trigger == "become aware of the leak"


def test_blanks_between_a_number_and_its_unit_count_for_nothing() -> None:
    (found,) = find_parameters("not later than 30      days after receipt", "en")
    assert (found.value, found.unit, found.text, found.comparator) == (30.0, "day", "30 days", "<=")


def test_trigger_of_a_share() -> None:
    (found,) = find_parameters("up to 4 % of the worldwide annual turnover", "en")
    assert found.trigger == "worldwide annual turnover"


def test_retention_names_what_is_kept() -> None:
    requirement = read_text("The vendor shall keep the declarations for ten years.", "en").requirements[0]
    (found,) = requirement.parameters
    assert (found.kind.value, found.trigger) == ("retention", "declaration")


def test_deletion_deadline_is_no_retention() -> None:
    requirement = read_text("The vendor shall delete stored files within ten days.", "en").requirements[0]
    assert requirement.parameters[0].kind.value == "duration"


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("ja", "令和七年六月四日から施行する。", ["2025-06-04"]),
        ("ja", "平成十一年法律第百三号", []),
        ("pt", "nos termos da Lei nº 13.709, de 14 de agosto de 2018", []),
        ("en", "the Interinstitutional Agreement of 13 April 2016", []),
        ("en", "IN THE HOUSE OF REPRESENTATIVES November 9, 2023", []),
        ("en", "before 2 August 2027", ["2027-08-02"]),
    ],
)
def test_dates_of_application_but_not_of_citations(language: str, text: str, dates: list[str]) -> None:
    assert [p.iso_date for p in find_parameters(text, language) if p.iso_date] == dates


def test_the_ends_of_a_range_share_a_unit() -> None:
    found = find_parameters("imprisonment of one to five years", "en")
    assert [(p.value, p.unit) for p in found] == [(1.0, "year"), (5.0, "year")]
    assert [p.value for p in find_parameters("under Article 5 or 10 days later", "en")] == [10.0]


@pytest.mark.parametrize(
    ("language", "text", "promptness"),
    [
        ("en", "The vendor shall stop the engine immediately.", "immediately"),
        ("en", "The vendor shall report without undue delay.", "without_undue_delay"),
        ("en", "The vendor shall report within two days.", ""),
        ("de", "Der Anbieter meldet den Vorfall unverzüglich der Behörde.", "without_undue_delay"),
        ("zh", "提供者应当立即停止服务。", "immediately"),
        ("ko", "사업자는 지체 없이 통지하여야 한다.", "without_undue_delay"),
    ],
)
def test_promptness(language: str, text: str, promptness: str) -> None:
    assert read_text(text, language).requirements[0].promptness == promptness


def test_whichever_is_higher() -> None:
    text = "The vendor shall pay a fine of EUR 500 or 2 % of turnover, whichever is higher, within a month."
    found = {p.unit: p.whichever for p in read_text(text, "en").requirements[0].parameters}
    assert found == {"EUR": "higher", "percent": "higher", "month": ""}


@given(st.lists(st.integers(1, 6), max_size=12), st.integers(0, 60), st.integers(1, 9))
def test_a_span_overlaps_where_it_shares_a_character(steps, start, length):
    taken, at = [], 0
    for step in steps:  # spans of one to six characters, with gaps of the same
        taken.append((at, at + step))
        at += 2 * step - (step % 2)
    shared = any(set(range(*span)) & set(range(start, start + length)) for span in taken)
    assert _overlaps(taken, start, start + length) is shared


@pytest.mark.timeout(60)  # minutes, where each sum is held against each other
def test_thousands_of_sums_in_a_sentence():
    assert len(find_parameters("a fine of " + "EUR 1 000 or " * 8000, "en")) == 8000
