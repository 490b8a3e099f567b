"""The expressions of quantities of a language, compiled once from its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fragcheck.annotate.numerals import NumberGrammar, number_grammar, quantity_words
from fragcheck.annotate.screening import Screened
from fragcheck.nlp import UNSPACED

__all__ = ["QuantityGrammar", "quantity_grammar"]


@dataclass(frozen=True)
class QuantityGrammar:
    """Compiled expressions of one language."""

    language: str
    numbers: NumberGrammar
    number: re.Pattern[str]
    duration: re.Pattern[str]
    percent: re.Pattern[str]
    threshold: re.Pattern[str]
    threshold_units: tuple[str, ...]
    currency_before: re.Pattern[str]
    currencies: tuple[str, ...]
    currency_after: re.Pattern[str]
    frequency: Screened
    periodic: Screened | None
    every: re.Pattern[str]
    every_after: re.Pattern[str] | None
    fraction: re.Pattern[str] | None
    nth: Screened | None
    counted_before: tuple[tuple[re.Pattern[str], str], ...]
    age: Screened
    before: tuple[tuple[re.Pattern[str], str], ...]
    after: tuple[tuple[re.Pattern[str], str], ...]
    dates: tuple[re.Pattern[str], ...]
    months: tuple[str, ...]
    frequencies: tuple[tuple[str, str], ...]


def _alternation(words: list[str] | tuple[str, ...], *, escape: bool = True) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) if escape else word for word in ordered) or r"(?!)"


@lru_cache(maxsize=16)
def quantity_grammar(language: str) -> QuantityGrammar:
    """The expressions of a language; one without words of its own reads as English."""
    data = quantity_words()
    numbers = number_grammar(language)
    edge = "" if language in UNSPACED else r"(?!\w)"
    units = tuple(data["thresholds"])
    thresholds = "|".join(f"(?P<t{n}>{data['thresholds'][unit]}){edge}" for n, unit in enumerate(units))
    currencies = _alternation(list(data["currencies"]))
    frequencies: dict[str, str] = data["frequencies"].get(language, {})
    months = tuple(data["months"].get(language, data["months"]["en"]))
    age = data["ages"].get(language, data["ages"]["en"]).replace("NUM", numbers.pattern)
    percent = data["percent"]["unspaced" if language in UNSPACED else "spaced"]
    return QuantityGrammar(
        language=language,
        numbers=numbers,
        number=re.compile(numbers.pattern, re.IGNORECASE),
        duration=_duration_pattern(data["durations"], data["duration_qualifiers"]["words"], language, edge),
        percent=re.compile(rf"\s{{0,12}}(?:{percent})", re.IGNORECASE),
        threshold=re.compile(rf"\s?(?:or more )?(?:{thresholds})", re.IGNORECASE),
        threshold_units=units,
        currency_before=re.compile(rf"(?:^|(?<![^\W\d_])(?<!-))({currencies})\s?$", re.IGNORECASE),
        currencies=tuple(word.lower() for word in data["currencies"]),
        currency_after=re.compile(rf"\s?(?:d['’]|d[ei] )?({currencies}){edge}", re.IGNORECASE),
        frequency=_words_pattern(tuple(frequencies), language),
        periodic=_periodic(data["periodic"].get(language), edge),
        every=re.compile(rf"(?:{data['every'].get(language, data['every']['en'])})\s*$", re.IGNORECASE),
        every_after=_optional(r"\s?(?:{})", data["every_after"].get(language)),
        fraction=_optional("{}", data["fractions"].get(language, "").replace("NUM", numbers.pattern)),
        nth=_nth(data["nth"], language),
        counted_before=_counted_before(data["counted_before"], language),
        age=Screened(age if language in UNSPACED else rf"(?<!\w)(?:{age})(?!\w)", re.IGNORECASE),
        before=_comparators(
            data["comparators_before"].get(language, data["comparators_before"]["en"]),
            r"(?:{})\W*(?:the |a |einer |de |am |le |el |o )?$",
        ),
        after=_comparators(data["comparators_after"].get(language, []), r"\s?(?:{})"),
        dates=_date_patterns(months, language),
        months=months,
        frequencies=tuple(frequencies.items()),
    )


def _duration_pattern(
    units: dict[str, dict[str, str]], qualifiers: str, language: str, edge: str
) -> re.Pattern[str]:
    """A unit of time behind a number, one group a unit; "(30)" or "further" may stand between."""
    joint = r"[\s\u00a0-]{0,12}(?:\([^)]{1,12}\)\s?)?"
    if language not in UNSPACED:
        joint += rf"(?:(?:{qualifiers})\s{{1,3}})?"
    foreign = "en" if language not in UNSPACED else ""
    named = [
        (unit.replace("-", "_"), words.get(language) or words.get(foreign, ""))
        for unit, words in units.items()
    ]
    in_words = "|".join(f"(?P<{unit}>{words}){edge}" for unit, words in _longest_first(named) if words)
    return re.compile(rf"{joint}(?:{in_words})", re.IGNORECASE)


def _longest_first(durations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Working days before days, months before days: the more special word wins."""
    order = ["working_day", "month", "week", "hour", "minute", "quarter", "year", "second", "day"]
    return sorted(durations, key=lambda entry: order.index(entry[0]))


def _counted_before(words: dict[str, str], language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    if language not in UNSPACED:
        return ()
    return tuple((re.compile(rf"(?:{nouns})\s?$"), unit) for unit, nouns in words.items())


def _optional(frame: str, words: str | None) -> re.Pattern[str] | None:
    return re.compile(frame.format(words), re.IGNORECASE) if words else None


def _nth(data: dict[str, Any], language: str) -> Screened | None:
    if language not in data:
        return None
    words = _alternation(list(data["words"]))
    return Screened(rf"(?<!\w)(?:{data[language].replace('WORDS', words)})", re.IGNORECASE)


#: What would make another word of a frequency: "공연 2회" is two shows, "三年一回" once in three years.
_NO_WORD_BEFORE = {"ko": "(?<![가-힣])", "ja": "(?<![0-9０-９一二三四五六七八九十])"}


def _words_pattern(words: tuple[str, ...], language: str) -> Screened:
    body = _alternation(words)
    if language in UNSPACED:
        return Screened(f"{_NO_WORD_BEFORE.get(language, '')}(?:{body})", re.IGNORECASE)
    # "monthly active users" says who is counted, not how often something is done
    return Screened(rf"(?<!\w)(?:{body})(?!\w)(?!\s(?:active|average|users|visitors))", re.IGNORECASE)


def _periodic(words: dict[str, str] | None, edge: str) -> Screened | None:
    """Adjectives of how often an act is done, one group a period."""
    if words is None:
        return None
    periods = {name: given for name, given in words.items() if name not in ("frame", "acts")}
    before = r"(?<!\w)" if edge else ""
    adjectives = "|".join(f"(?P<{name}>{given})" for name, given in periods.items())
    acts = words["acts"]
    frame = words["frame"].replace("ADJECTIVES", adjectives).replace("ACTS", acts)
    return Screened(rf"{before}(?:{frame}){edge}", re.IGNORECASE)


def _comparators(entries: list[list[str]], frame: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(frame.format(words), re.IGNORECASE), sign) for words, sign in entries)


def _date_patterns(months: tuple[str, ...], language: str) -> tuple[re.Pattern[str], ...]:
    names = _alternation(months)
    day_first = rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?: de)? (?P<m>{names}),?"
    day_first += r"(?: de| del)? (?P<y>\d{4})(?!\d)"
    patterns = [
        day_first,
        rf"(?<!\w)(?P<m>{names}) (?P<d>\d{{1,2}}),?\s{{0,3}}(?P<y>\d{{4}})(?!\d)",
        r"(?<![\d/-])(?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)",
    ]
    if language in UNSPACED:
        eras = _alternation(list(quantity_words()["eras"]))
        numeral = r"(?:\d{1,2}|[元〇一二三四五六七八九十]{1,3})"
        patterns.append(rf"(?P<e>{eras})(?P<y>{numeral})年(?P<m>{numeral})月(?P<d>{numeral})日")
        patterns.append(r"(?P<y>\d{4})\s?[年년.]\s?(?P<m>\d{1,2})\s?[月월.]\s?(?P<d>\d{1,2})\s?[日일.]?")
    return tuple(re.compile(pattern.replace(" ", r"\s{1,3}"), re.IGNORECASE) for pattern in patterns)
