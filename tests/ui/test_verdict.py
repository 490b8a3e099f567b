"""The app says who is stricter in the words of the shared verdict."""

from dataclasses import replace

import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.diverge import DivergenceSettings, pair_strictness
from fragcheck.records import Side, Strictness
from fragcheck.ui.pairing import flipped
from fragcheck.ui.texts import speaking
from fragcheck.ui.verdict import verdict_sentence

DEFAULT = DivergenceSettings.default()
#: Whoever the net points to is named, however little it rests on.
SETTINGS = replace(DEFAULT, few_provisions=1, draws=0)
NAMES = ("Alpha", "Beta")
SAME = (str, str)


def pair_of(**changes):
    found = made_comparison(tuple(made_analysis(index) for index in range(3))).pairs[0]
    return replace(found, **changes)


def one_of(differences, probability=0.9, **changes):
    found = pair_of()
    match = replace(found.matches[0], differences=differences, probability=probability)
    return replace(found, matches=(match,), **changes)


def cases():
    found = pair_of()
    first = found.matches[0]
    differences = first.differences
    even = replace(
        differences, parameters_signed=0.0, stringency_signed=0.0, parameters=0.0, parameter_pairs=()
    )
    force = replace(even, stringency=0.5, stringency_signed=0.5)
    other = replace(found.matches[1], differences=replace(force, stringency_signed=-0.5))
    yield "a figure", found
    yield (
        "a figure on one side",
        one_of(replace(differences, parameter_pairs=(replace(differences.parameter_pairs[0], right=""),))),
    )
    yield "force", one_of(force)
    yield "one work", one_of(force, is_one_work=True)
    yield "nothing shared", pair_of(matches=())
    yield "alike", one_of(even)
    yield "both", replace(found, matches=(replace(first, differences=force), other))
    yield (
        "balance",
        replace(
            found,
            matches=tuple(
                replace(one, probability=1.0) for one in (replace(first, differences=force), other)
            ),
        ),
    )
    yield "unlikely alone", one_of(force, probability=0.2)
    yield (
        "outweighed",
        replace(
            found,
            matches=(replace(first, differences=force, probability=0.2),),
            near=(replace(other, differences=replace(force, stringency_signed=-0.1), probability=0.6),),
        ),
    )


CASES = [
    pytest.param(pair, turn, settings, id=f"{name}, {turn.__name__}, {how}")
    for name, pair in cases()
    for turn in (lambda pair: pair, flipped)
    for how, settings in (
        ("bold", SETTINGS),
        ("few", DEFAULT),
        ("doubt", replace(DEFAULT, few_provisions=1, level=0.9999)),
    )
]


def test_the_cases_are_all_that_can_be_said():
    found = [verdict_sentence(pair_strictness(pair, SETTINGS), ("", ""), SAME) for _, pair in cases()]
    starts = {words.split(":")[0].split(",")[0] for words in found}
    assert starts == {
        " is stricter",
        "Neither can be called stricter",
        "Neither is called stricter",
        "Neither is stricter",
        "Neither is stricter on balance",
    }
    assert any("one instrument in two languages" in words for words in found)
    assert any("outweigh" in words for words in found)
    assert any(" and  in 1 of 2" in words for words in found)
    unclear = [
        verdict_sentence(pair_strictness(pair, param), ("", ""), SAME)
        for param in (DEFAULT, replace(DEFAULT, few_provisions=1, level=0.9999))
        for _, pair in cases()
    ]
    assert any(words.endswith("too few to tell.") for words in unclear)
    assert any("% of the readings drawn point to" in words for words in unclear)


@pytest.mark.parametrize(("pair", "turn", "settings"), CASES)
def test_english_is_the_shared_sentence(pair, turn, settings):
    verdict = pair_strictness(turn(pair), settings, names=NAMES)
    assert verdict_sentence(verdict, NAMES, SAME) == verdict.sentence
    with speaking("de"):
        said = verdict_sentence(verdict, NAMES, SAME)
    assert said != verdict.sentence
    assert said.endswith(".")
    assert (verdict.stricter is None) == said.startswith(("Keines", "Im Ganzen"))


def test_provisions_are_named_as_readers_know_them():
    verdict = Strictness(
        "overall", Side.RIGHT, -0.03, 4, 1, 2, "", "art_1", "sec_2", "90 days", "", "duration"
    )
    labels = (lambda eid: f"Article {eid[-1]}", lambda eid: f"Section {eid[-1]}")
    assert verdict_sentence(verdict, ("alpha", "beta"), labels) == (
        "Beta is stricter, by a net of 0.03: it binds harder in 2 of 4 shared requirements, alpha in 1; "
        "most of all in Section 2 (no duration) against Article 1 (90 days)."
    )
    with speaking("de"):
        assert "Section 2 (ohne Angabe: Frist) gegenüber Article 1 (90 days)" in verdict_sentence(
            verdict, ("alpha", "beta"), labels
        )
