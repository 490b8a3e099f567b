"""Quantities of a provision as comparable values: durations, amounts, shares, thresholds, ages, dates."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.numerals import quantity_words
from fragcheck.annotate.quantity_grammar import QuantityGrammar, quantity_grammar
from fragcheck.nlp import UNSPACED
from fragcheck.records import Parameter, ParameterKind

__all__ = ["find_parameters"]

_CURRENCY_ONLY_BEFORE = 24
_WINDOW = 80


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
    hits = _dates(plain, grammar)
    taken = [(hit.start, hit.end) for hit in hits]
    hits += _take(taken, _ages(plain, grammar))
    hits += _take(taken, _numbers(plain, grammar, taken))
    hits += _take(taken, _frequencies(plain, grammar))
    return tuple(_parameter(text, plain, hit, grammar) for hit in sorted(hits, key=lambda hit: hit.start))


_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "\t": " "})


def _take(taken: list[tuple[int, int]], hits: list[_Hit]) -> list[_Hit]:
    fresh = []
    for hit in hits:
        if not any(hit.start < end and start < hit.end for start, end in taken):
            taken.append((hit.start, hit.end))
            fresh.append(hit)
    return fresh


def _dates(plain: str, grammar: QuantityGrammar) -> list[_Hit]:
    hits: list[_Hit] = []
    citation = re.compile(quantity_words()["context"]["citation"], re.IGNORECASE)
    for pattern in grammar.dates:
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - _WINDOW) : match.start()]
            if re.search(
                r"(?:\bof|\bdated|\bdu|\bvom|\bde|\bdel|\bvan|\bz dnia)\s*$", before
            ) and citation.search(before):
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
    month = match["m"].lower()
    number = grammar.months.index(month) + 1 if month in grammar.months else int(month)
    try:
        return dt.date(int(match["y"]), number, int(match["d"]))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _age_gate() -> re.Pattern[str]:
    return re.compile(quantity_words()["age_gate"])


def _ages(plain: str, grammar: QuantityGrammar) -> list[_Hit]:
    hits: list[_Hit] = []
    if not _age_gate().search(plain):
        return hits
    for match in grammar.age.finditer(plain):
        words = next(group for group in match.groups() if group)
        value = grammar.numbers.value(words)
        if value is not None and value < 130:
            hits.append(_Hit(ParameterKind.AGE, value, "year", match.start(), match.end()))
    return hits


def _frequencies(plain: str, grammar: QuantityGrammar) -> list[_Hit]:
    table = {words.lower(): unit for words, unit in grammar.frequencies}
    hits = []
    for match in grammar.frequency.finditer(plain):
        unit, value = table[match.group().lower()], 1.0
        if unit == "half_year":
            unit, value = "month", 6.0
        hits.append(_Hit(ParameterKind.DURATION, value, unit, match.start(), match.end(), "repetition"))
    return hits


def _numbers(plain: str, grammar: QuantityGrammar, taken: list[tuple[int, int]]) -> list[_Hit]:
    hits = []
    for match in grammar.number.finditer(plain):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        value = grammar.numbers.value(match.group())
        if value is None:
            continue
        hit = _classify(plain, match, value, grammar)
        if hit is not None:
            hits.append(hit)
    return hits


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
        if article and not re.search(r"(?:within|period of|after|than|binnen|pendant|dans)\s+$", before):
            return None
        every = grammar.every.search(before)
        first = start - len(every.group()) if every else start
        return _Hit(ParameterKind.DURATION, value, unit, first, found.end(), "repetition" if every else "")
    if article:
        return None
    return _money(plain, match, value, before, grammar) or _threshold(plain, match, value, grammar)


def _share(plain: str, match: re.Match[str], value: float, grammar: QuantityGrammar) -> _Hit | None:
    start, end = match.span()
    found = grammar.percent.match(plain, end)
    if found:
        return _Hit(ParameterKind.SHARE, value, "percent", start, found.end())
    if plain[max(0, start - 3) : start] == "百分之":
        return _Hit(ParameterKind.SHARE, value, "percent", start - 3, end)
    return None


def _is_ordinal_or_title(
    plain: str, match: re.Match[str], found: re.Match[str], grammar: QuantityGrammar
) -> bool:
    """第3日, 2024年: a number in a series or a calendar year is no duration."""
    if grammar.language not in UNSPACED:
        return False
    if plain[max(0, match.start() - 1) : match.start()] in ("第", "제"):
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
    found = grammar.currency_before.search(before)
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
        return None
    unit = grammar.threshold_units[int(str(found.lastgroup)[1:])]
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


def _parameter(text: str, plain: str, hit: _Hit, grammar: QuantityGrammar) -> Parameter:
    before = plain[max(0, hit.start - 48) : hit.start]
    comparator = (
        "=" if hit.trigger == "repetition" else _comparator(before, plain[hit.end : hit.end + 24], grammar)
    )
    if hit.kind is ParameterKind.AGE and comparator == "=":
        comparator = _age_comparator(plain[hit.start : hit.end], grammar)
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
    for pattern, sign in grammar.before:
        if pattern.search(words.split("age", maxsplit=1)[0]) or re.match(
            pattern.pattern.split(r"\W*")[0], words, re.IGNORECASE
        ):
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
