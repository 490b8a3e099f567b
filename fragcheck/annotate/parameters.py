"""Quantities of a provision as comparable values: durations, amounts, shares, thresholds, ages, dates."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from fragcheck.annotate.numerals import quantity_words
from fragcheck.annotate.quantity_grammar import QuantityGrammar, quantity_grammar
from fragcheck.nlp import UNSPACED
from fragcheck.records import Parameter, ParameterKind

__all__ = ["find_parameters"]

_CURRENCY_ONLY_BEFORE = 24
_WINDOW = 80
#: Least number that counts as a threshold where no unit follows it.
_LEAST_COUNT = 100


class _Hit(NamedTuple):
    kind: ParameterKind
    value: float
    unit: str
    start: int
    end: int
    trigger: str = ""
    iso_date: str = ""


def find_parameters(text: str, language: str) -> tuple[Parameter, ...]:
    """Quantities of `text`, in the order of their place, without overlaps.

    Parameters
    ----------
    text : str
        Text of a provision.
    language : str
        ISO 639-1; one without words of its own reads as English.

    Returns
    -------
    tuple of Parameter
        `stricter` is left unknown: it depends on the sentence, see `set_directions`.
    """
    grammar = quantity_grammar(language)
    plain = text.translate(_SPACES)
    lowered = plain.lower()
    hits = _dates(plain, grammar) if _YEAR.search(plain) or any(era in plain for era in _eras()) else []
    taken = sorted((hit.start, hit.end) for hit in hits)
    hits += _take(taken, _ages(plain, lowered, grammar))
    hits += _take(taken, _fractions(plain, grammar))
    hits += _take(taken, _last_days(plain, lowered, grammar))
    hits += _take(taken, _numbers(plain, grammar, taken))
    hits += _take(taken, _frequencies(plain, lowered, grammar))
    return tuple(_parameter(text, plain, hit, grammar) for hit in sorted(hits, key=lambda hit: hit.start))


#: What every date holds: four figures, or an era. The class lets the engine look at figures only.
_YEAR = re.compile(r"[\d]\d{3}")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "\t": " "})


def _take(taken: list[tuple[int, int]], hits: list[_Hit]) -> list[_Hit]:
    fresh = []
    for hit in hits:
        if not _overlaps(taken, hit.start, hit.end):
            insort(taken, (hit.start, hit.end))
            fresh.append(hit)
    return fresh


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span meets one of `taken`, which are in order and meet each other nowhere."""
    after = bisect_right(taken, start, key=itemgetter(0))
    return (after > 0 and taken[after - 1][1] > start) or (after < len(taken) and taken[after][0] < end)


def _dates(plain: str, grammar: QuantityGrammar) -> list[_Hit]:
    hits: list[_Hit] = []
    words = quantity_words()["context"]
    citation = re.compile(words["citation"], re.IGNORECASE)
    for pattern in grammar.dates:
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - _WINDOW) : match.start()]
            if re.search(
                r"(?:\bof|\bdated|\bdu|\bvom|\bde|\bdel|\bvan|\bz dnia)\s*$", before
            ) and citation.search(before):
                continue
            if re.search(words["bill_header"], before):
                continue
            day = _ordinal(match, grammar)
            if day is not None:
                hits.append(
                    _Hit(
                        ParameterKind.DATE,
                        float(day.toordinal()),
                        "date",
                        match.start(),
                        match.end(),
                        "",
                        day.isoformat(),
                    )
                )
    return _take([], hits)


def _ordinal(match: re.Match[str], grammar: QuantityGrammar) -> dt.date | None:
    groups = match.groupdict()
    month = groups["m"].lower()
    first = grammar.months.index(month) + 1 if month in grammar.months else _whole(month, grammar)
    year, day = _whole(groups["y"], grammar), _whole(groups["d"], grammar)
    if groups.get("e"):
        year += int(quantity_words()["eras"][groups["e"]])
    try:
        return dt.date(year, first, day)
    except ValueError:
        return None


def _whole(digits: str, grammar: QuantityGrammar) -> int:
    """Value of a part of a date: 4, 四, 元 (the first year of an era)."""
    return 1 if digits == "元" else int(grammar.numbers.value(digits) or 0)


def _fractions(plain: str, grammar: QuantityGrammar) -> list[_Hit]:
    """Percentages as parts of a whole: 百分之五, 100분의 3, 百分の三."""
    if grammar.fraction is None:
        return []
    hits = []
    for match in grammar.fraction.finditer(plain):
        whole, parts = grammar.numbers.value(match["d"]), grammar.numbers.value(match["n"])
        if whole and parts is not None:
            hits.append(_Hit(ParameterKind.SHARE, parts * 100 / whole, "percent", *match.span()))
    return hits


def _last_days(plain: str, lowered: str, grammar: QuantityGrammar) -> list[_Hit]:
    """Time limits told by their last day: "the 30th day before the hearing" is 30 days."""
    if grammar.nth is None:
        return []
    hits = []
    for match in grammar.nth.finditer(plain, lowered):
        groups = match.groupdict()
        words = quantity_words()["nth"]["words"]
        value = float(groups["n"] or words[groups["w"].lower()])
        hits.append(_Hit(ParameterKind.DURATION, value, str(match.lastgroup), *match.span()))
    return hits


@lru_cache(maxsize=1)
def _eras() -> tuple[str, ...]:
    return tuple(quantity_words()["eras"])


def _ages(plain: str, lowered: str, grammar: QuantityGrammar) -> list[_Hit]:
    hits: list[_Hit] = []
    for match in grammar.age.finditer(plain, lowered):
        words = next(group for group in match.groups() if group)
        value = grammar.numbers.value(words)
        if value is not None and value < 130:
            hits.append(_Hit(ParameterKind.AGE, value, "year", match.start(), match.end()))
    return hits


def _frequencies(plain: str, lowered: str, grammar: QuantityGrammar) -> list[_Hit]:
    hits = []
    for match in grammar.frequency.finditer(plain, lowered):
        unit = next(unit for words, unit in grammar.frequencies if words.lower() == match.group().lower())
        hits.append(_repeated(unit, match.span()))
    for match in grammar.periodic.finditer(plain, lowered) if grammar.periodic else ():
        period = str(match.lastgroup)
        hits.append(_repeated(period, match.span(period)))
    return hits


def _repeated(period: str, span: tuple[int, int]) -> _Hit:
    unit, value = quantity_words()["periods"].get(period, (period, 1.0))
    return _Hit(ParameterKind.DURATION, value, unit, *span, "repetition")


def _numbers(plain: str, grammar: QuantityGrammar, taken: list[tuple[int, int]]) -> list[_Hit]:
    hits: list[_Hit] = []
    following: _Hit | None = None
    for match in reversed(list(grammar.number.finditer(plain))):
        if _overlaps(taken, match.start(), match.end()):
            continue
        value = grammar.numbers.value(match.group())
        if value is None:
            continue
        hit = _classify(plain, match, value, grammar)
        hit = hit or _first_of_range(plain, match, following, value)
        if hit is not None:
            hits.append(hit)
        following = hit
    return hits[::-1]


def _classify(plain: str, match: re.Match[str], value: float, grammar: QuantityGrammar) -> _Hit | None:
    """What the number counts, by the words around it."""
    start, end = match.span()
    before = plain[max(0, start - _CURRENCY_ONLY_BEFORE) : start]
    article = match.group().lower() in quantity_words()["articles"]
    share = _share(plain, match, value, grammar)
    if share is not None and not article:
        return share
    found = grammar.duration.match(plain, end)
    if found and not _is_ordinal_or_title(plain, match, found, grammar):
        unit = str(found.lastgroup)
        if article and not _article_counts(before, plain[found.end() : found.end() + 40], grammar):
            return None
        every = grammar.every.search(before)
        first = start - len(every.group()) if every else start
        again = grammar.every_after.match(plain, found.end()) if grammar.every_after else None
        trigger = "repetition" if every or again else ""
        return _Hit(
            ParameterKind.DURATION, value, unit, first, again.end() if again else found.end(), trigger
        )
    if article:
        return None
    return _money(plain, match, value, before, grammar) or _threshold(plain, match, value, grammar)


def _article_counts(before: str, after: str, grammar: QuantityGrammar) -> bool:
    """True for "within a month", "a year after", "un an d'emprisonnement"; not for "a day of rest"."""
    words = quantity_words()["article_context"]
    if re.search(rf"(?:{words['before']})\s+$", before, re.IGNORECASE):
        return True
    if re.match(rf"\s+(?:{words['after']})", after, re.IGNORECASE):
        return True
    return any(pattern.search(before) for pattern, _ in grammar.before)


def _first_of_range(plain: str, match: re.Match[str], following: _Hit | None, value: float) -> _Hit | None:
    """The "ten" of "between ten and twenty days": its unit is that of the number after it."""
    if following is None or following.kind is ParameterKind.DATE or following.start <= match.end():
        return None
    between = plain[match.end() : following.start]
    words = quantity_words()["article_context"]
    if not re.fullmatch(rf"\s?(?:{words['range']})\s?", between, re.IGNORECASE):
        return None
    if re.search(
        rf"(?:{words['reference']})\s*$", plain[max(0, match.start() - 24) : match.start()], re.IGNORECASE
    ):
        return None
    return following._replace(value=value, start=match.start(), end=match.end())


def _share(plain: str, match: re.Match[str], value: float, grammar: QuantityGrammar) -> _Hit | None:
    start, end = match.span()
    found = grammar.percent.match(plain, end)
    return _Hit(ParameterKind.SHARE, value, "percent", start, found.end()) if found else None


def _is_ordinal_or_title(
    plain: str, match: re.Match[str], found: re.Match[str], grammar: QuantityGrammar
) -> bool:
    """第3日, 2024年: a number in a series or a calendar year is no duration."""
    if grammar.language not in UNSPACED:
        return False
    before = plain[max(0, match.start() - 2) : match.start()]
    if before[-1:] in ("第", "제") or before in quantity_words()["eras"]:
        return True
    if found.lastgroup == "year" and before[-1:] in ("上", "前", "同"):  # 上一年: the year before
        return True
    digits = match.group().strip()
    return found.lastgroup in ("year", "month", "day") and bool(re.fullmatch(r"(?:19|20)\d\d", digits))


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    return {word.lower(): code for word, code in quantity_words()["currencies"].items()}


def _money(
    plain: str, match: re.Match[str], value: float, before: str, grammar: QuantityGrammar
) -> _Hit | None:
    currencies = _currencies()
    # the words first: the expression has a hundred alternatives
    found = before.rstrip().lower().endswith(grammar.currencies) and grammar.currency_before.search(before)
    if found:
        return _Hit(
            ParameterKind.AMOUNT,
            value,
            currencies[found.group(1).lower()],
            match.start() - len(before) + found.start(1),
            match.end(),
        )
    after = grammar.currency_after.match(plain, match.end())
    if after:
        return _Hit(
            ParameterKind.AMOUNT, value, currencies[after.group(1).lower()], match.start(), after.end()
        )
    return None


def _threshold(plain: str, match: re.Match[str], value: float, grammar: QuantityGrammar) -> _Hit | None:
    found = grammar.threshold.match(plain, match.end())
    if not found:
        return _counted_before(plain, match, value, grammar)
    unit = grammar.threshold_units[int(str(found.lastgroup)[1:])]
    if unit in ("flop", "flop per second", "operation per second") and re.fullmatch(r"102\d", match.group()):
        value = float(f"1e{match.group()[2:]}")  # the raised figure came down beside its base
    small = value < 10 and unit in (
        "person",
        "employee",
        "parameter",
        "consumer",
        "customer",
        "device",
        "user",
    )
    if small:  # "two persons": a count of things is not a parameter
        return None
    return _Hit(ParameterKind.THRESHOLD, value, unit, match.start(), found.end())


def _counted_before(plain: str, match: re.Match[str], value: float, grammar: QuantityGrammar) -> _Hit | None:
    """注册用户五千万: the noun stands before its number."""
    before = plain[max(0, match.start() - _CURRENCY_ONLY_BEFORE) : match.start()]
    unit = next((unit for words, unit in grammar.counted_before if words.search(before)), None)
    if unit is None or value < _LEAST_COUNT:
        return None
    return _Hit(ParameterKind.THRESHOLD, value, unit, *match.span())


def _parameter(text: str, plain: str, hit: _Hit, grammar: QuantityGrammar) -> Parameter:
    before = plain[max(0, hit.start - 48) : hit.start]
    comparator = (
        "=" if hit.trigger == "repetition" else _comparator(before, plain[hit.end : hit.end + 24], grammar)
    )
    words = plain[hit.start : hit.end]
    if hit.kind is ParameterKind.AGE and comparator == "=":
        comparator = _age_comparator(words, grammar)
    elif hit.kind is ParameterKind.THRESHOLD and " or more " in words.lower():
        comparator = ">="
    return Parameter(
        kind=hit.kind,
        value=hit.value,
        unit=hit.unit,
        comparator=comparator,
        trigger=hit.trigger or _trigger(plain, hit, grammar),
        text=" ".join(text[hit.start : hit.end].split()),
        start=hit.start,
        end=hit.end,
        iso_date=hit.iso_date,
    )


def _comparator(before: str, after: str, grammar: QuantityGrammar) -> str:
    for pattern, sign in grammar.before:
        if pattern.search(before):
            return sign
    for pattern, sign in grammar.after:
        if pattern.match(after):
            return sign
    return "="


def _age_comparator(words: str, grammar: QuantityGrammar) -> str:
    head, tail = re.split(r"age|\d", words, maxsplit=1)[0], re.split(r"\d", words)[-1]
    for pattern, sign in grammar.before:
        if pattern.search(head) or re.match(pattern.pattern.split(r"\W*")[0], words, re.IGNORECASE):
            return sign
    for pattern, sign in grammar.after:
        if pattern.match(tail):
            return sign
    if re.search(r"未满|不满|未満|미만|unter|moins|menor|minor|jonger|poniżej", words, re.IGNORECASE):
        return "<"
    return "="


def _trigger(plain: str, hit: _Hit, grammar: QuantityGrammar) -> str:
    """What the clock starts from, or what the quantity is of, in the law's words, lower case."""
    if hit.kind not in (ParameterKind.DURATION, ParameterKind.SHARE) or grammar.language in UNSPACED:
        return ""
    words = quantity_words()["triggers"]
    pattern = words.get(grammar.language)
    if pattern is None:
        return ""
    found = re.match(rf",?\s{{0,2}}{pattern}", plain[hit.end : hit.end + 200], re.IGNORECASE)
    if not found:
        return ""
    phrase = re.split(words["trigger_ends"], found["t"].lower())[0]
    phrase = re.sub(r"^(?:the |its |their |his |her |having |has |an? |any )+", "", " ".join(phrase.split()))
    return " ".join(phrase.split()[:12])
