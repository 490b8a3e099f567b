"""Which language a text is in."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.nlp import detect_language

TEXTS = [
    ("The provider shall keep the logs of the system for six months and hand them over on request.", "en"),
    ("Der Anbieter muss die Protokolle sechs Monate lang aufbewahren und auf Verlangen vorlegen.", "de"),
    ("Le fournisseur doit conserver les journaux pendant six mois et les remettre sur demande.", "fr"),
    ("El proveedor deberá conservar los registros durante seis meses y entregarlos a petición.", "es"),
    ("O fornecedor deve conservar os registos durante seis meses e entregá-los quando solicitado.", "pt"),
    ("Il fornitore deve conservare i registri per sei mesi e consegnarli su richiesta.", "it"),
    ("De aanbieder moet de logbestanden zes maanden bewaren en op verzoek overleggen.", "nl"),
    ("Dostawca przechowuje rejestry zdarzeń przez sześć miesięcy i udostępnia je na żądanie.", "pl"),
    ("提供者应当保存系统日志不少于六个月。", "zh"),
    ("提供者は、記録を六月間保存しなければならない。", "ja"),
    ("사업자는 기록을 6개월간 보관하여야 한다.", "ko"),
    ("AI 사업자는 AI 시스템의 기록을 보관하여야 한다.", "ko"),
]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_language_of_a_rule(text: str, language: str) -> None:
    found, probability = detect_language(text)
    assert found == language
    assert 0.5 < probability <= 1.0


@pytest.mark.parametrize("text", ["", "  \n\t", "12 34 (5)", "§ 7 %"])
def test_no_letters_no_language(text: str) -> None:
    assert detect_language(text) == ("", 0.0)


def test_long_text_is_sampled() -> None:
    assert detect_language(TEXTS[0][0] * 5000)[0] == "en"


def test_never_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    from fragcheck.nlp import language

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    language._detector.cache_clear()
    assert detect_language(TEXTS[1][0])[0] == "de"


def test_code_without_two_letters_gives_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    from fragcheck.nlp import language

    class Odd:
        def detect(self, text: str, *, model: str, k: int) -> list[dict[str, object]]:
            return [{"lang": "ceb", "score": 0.9}]

    monkeypatch.setattr(language, "_detector", Odd)
    assert detect_language("Ang tagahatag magtuman") == ("", 0.0)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    language, probability = detect_language(text)
    assert language == "" or len(language) == 2
    assert 0.0 <= probability <= 1.0
    assert detect_language(text) == (language, probability)
