"""Quantities of a provision as comparable values: durations, amounts, shares, thresholds, ages, dates."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.numerals import NumberGrammar, number_grammar, quantity_words
from fragcheck.annotate.strictness import stricter_direction
from fragcheck.nlp import UNSPACED, singular_noun
from fragcheck.records import Parameter, ParameterKind

__all__ = ["find_parameters", "set_directions"]

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
    comparator: str = ""


@dataclass(frozen=True)
class _Grammar:
    """Compiled expressions of one language."""

    language: str
    numbers: NumberGrammar
    number: re.Pattern[str]
    duration: re.Pattern[str]
    percent: re.Pattern[str]
    threshold: re.Pattern[str]
    threshold_units: tuple[str, ...]
    currency_before: re.Pattern[str]
    currency_after: re.Pattern[str]
    frequency: re.Pattern[str]
    every: re.Pattern[str]
    age: re.Pattern[str]
    before: tuple[tuple[re.Pattern[str], str], ...]
    after: tuple[tuple[re.Pattern[str], str], ...]
    dates: tuple[re.Pattern[str], ...]
    months: tuple[str, ...]
    frequencies: tuple[tuple[str, str], ...]


def _alternation(words: list[str] | tuple[str, ...], *, escape: bool = True) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) if escape else word for word in ordered) or r"(?!)"


@lru_cache(maxsize=16)
def _grammar(language: str) -> _Grammar:
    data = quantity_words()
    numbers = number_grammar(language)
    edge = "" if language in UNSPACED else r"(?!\w)"
    joint = r"[\s\u00a0-]{0,2}(?:\([^)]{1,12}\)\s?)?"
    durations = [
        (unit.replace("-", "_"), words.get(language) or ("" if language in UNSPACED else words.get("en", "")))
        for unit, words in data["durations"].items()
    ]
    in_words = "|".join(f"(?P<{unit}>{words}){edge}" for unit, words in _longest_first(durations) if words)
    units = tuple(data["thresholds"])
    thresholds = "|".join(f"(?P<t{n}>{data['thresholds'][unit]}){edge}" for n, unit in enumerate(units))
    currencies = data["currencies"]
    frequencies: dict[str, str] = data["frequencies"].get(language, {})
    months = tuple(data["months"].get(language, data["months"]["en"]))
    age = data["ages"].get(language, data["ages"]["en"]).replace("NUM", numbers.pattern)
    percent = data["percent"]["unspaced" if language in UNSPACED else "spaced"]
    return _Grammar(
        language=language,
        numbers=numbers,
        number=re.compile(numbers.pattern, re.IGNORECASE),
        duration=re.compile(rf"{joint}(?:{in_words})", re.IGNORECASE),
        percent=re.compile(rf"\s?(?:{percent})", re.IGNORECASE),
        threshold=re.compile(rf"\s?(?:{thresholds})", re.IGNORECASE),
        threshold_units=units,
        currency_before=re.compile(
            rf"(?:^|(?<![^\W\d_]))({_alternation(list(currencies))})\s?$", re.IGNORECASE
        ),
        currency_after=re.compile(rf"\s?({_alternation(list(currencies))}){edge}", re.IGNORECASE),
        frequency=_words_pattern(tuple(frequencies), language),
        every=re.compile(rf"(?:{data['every'].get(language, data['every']['en'])})\s*$", re.IGNORECASE),
        age=re.compile(age if language in UNSPACED else rf"(?<!\w)(?:{age})(?!\w)", re.IGNORECASE),
        before=_comparators(
            data["comparators_before"].get(language, []), r"(?:{})\W*(?:the |a |einer |de )?$"
        ),
        after=_comparators(data["comparators_after"].get(language, []), r"\s?(?:{})"),
        dates=_date_patterns(months, language),
        months=months,
        frequencies=tuple(frequencies.items()),
    )


def _longest_first(durations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Working days before days, months before days: the more special word wins."""
    order = ["working_day", "month", "week", "hour", "minute", "quarter", "year", "second", "day"]
    return sorted(durations, key=lambda entry: order.index(entry[0]))


def _words_pattern(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    body = _alternation(words)
    return re.compile(body if language in UNSPACED else rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def _comparators(entries: list[list[str]], frame: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(frame.format(words), re.IGNORECASE), sign) for words, sign in entries)


def _date_patterns(months: tuple[str, ...], language: str) -> tuple[re.Pattern[str], ...]:
    names = _alternation(months)
    patterns = [
        rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?: de)? (?P<m>{names}),?(?: de| del)? (?P<y>\d{{4}})(?!\d)",
        rf"(?<!\w)(?P<m>{names}) (?P<d>\d{{1,2}}),? ?(?P<y>\d{{4}})(?!\d)",
        r"(?<![\d/-])(?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)",
    ]
    if language in UNSPACED:
        patterns.append(r"(?P<y>\d{4})\s?[年년.]\s?(?P<m>\d{1,2})\s?[月월.]\s?(?P<d>\d{1,2})\s?[日일.]?")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


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
    grammar = _grammar(language)
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


def _dates(plain: str, grammar: _Grammar) -> list[_Hit]:
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


def _ordinal(match: re.Match[str], grammar: _Grammar) -> datetime.date | None:
    month = match["m"].lower()
    number = grammar.months.index(month) + 1 if month in grammar.months else int(month)
    try:
        return datetime.date(int(match["y"]), number, int(match["d"]))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _age_gate() -> re.Pattern[str]:
    return re.compile(quantity_words()["age_gate"])


def _ages(plain: str, grammar: _Grammar) -> list[_Hit]:
    hits: list[_Hit] = []
    if not _age_gate().search(plain):
        return hits
    for match in grammar.age.finditer(plain):
        words = next(group for group in match.groups() if group)
        value = grammar.numbers.value(words)
        if value is not None and value < 130:
            hits.append(_Hit(ParameterKind.AGE, value, "year", match.start(), match.end()))
    return hits


def _frequencies(plain: str, grammar: _Grammar) -> list[_Hit]:
    table = {words.lower(): unit for words, unit in grammar.frequencies}
    hits = []
    for match in grammar.frequency.finditer(plain):
        unit, value = table[match.group().lower()], 1.0
        if unit == "half_year":
            unit, value = "month", 6.0
        hits.append(_Hit(ParameterKind.DURATION, value, unit, match.start(), match.end(), "repetition"))
    return hits


def _numbers(plain: str, grammar: _Grammar, taken: list[tuple[int, int]]) -> list[_Hit]:
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


def _classify(plain: str, match: re.Match[str], value: float, grammar: _Grammar) -> _Hit | None:
    """What the number counts, by the words around it."""
    start, end = match.span()
    before = plain[max(0, start - _CURRENCY_ONLY_BEFORE) : start]
    article = match.group().lower() in quantity_words()["articles"]
    found = grammar.percent.match(plain, end)
    if found and not article:
        return _Hit(ParameterKind.SHARE, value, "percent", start, found.end())
    if plain[max(0, start - 3) : start] == "百分之":
        return _Hit(ParameterKind.SHARE, value, "percent", start - 3, end)
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
    money = _money(plain, match, value, before, grammar)
    if money is not None:
        return money
    return _threshold(plain, match, value, grammar)


def _is_ordinal_or_title(plain: str, match: re.Match[str], found: re.Match[str], grammar: _Grammar) -> bool:
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


def _money(plain: str, match: re.Match[str], value: float, before: str, grammar: _Grammar) -> _Hit | None:
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


def _threshold(plain: str, match: re.Match[str], value: float, grammar: _Grammar) -> _Hit | None:
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


def _parameter(text: str, plain: str, hit: _Hit, grammar: _Grammar) -> Parameter:
    before = plain[max(0, hit.start - 48) : hit.start]
    comparator = hit.comparator or _comparator(before, plain[hit.end : hit.end + 24], grammar)
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


def _comparator(before: str, after: str, grammar: _Grammar) -> str:
    for pattern, sign in grammar.before:
        if pattern.search(before):
            return sign
    for pattern, sign in grammar.after:
        if pattern.match(after):
            return sign
    return "="


def _age_comparator(words: str, grammar: _Grammar) -> str:
    for pattern, sign in grammar.before:
        if pattern.search(words.split("age")[0]) or re.match(
            pattern.pattern.split(r"\W*")[0], words, re.IGNORECASE
        ):
            return sign
    if re.search(r"未满|不满|未満|미만|unter|moins|menor|minor|jonger|poniżej", words, re.IGNORECASE):
        return "<"
    return "="


def _trigger(plain: str, hit: _Hit, grammar: _Grammar) -> str:
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


def set_directions(
    parameters: tuple[Parameter, ...], text: str, span: tuple[int, int], *, modality: str, actor_role: str
) -> tuple[Parameter, ...]:
    """The parameters inside a sentence with kind (retention) and `stricter` settled by its words.

    Parameters
    ----------
    parameters : tuple of Parameter
        All of the provision.
    text : str
        Text of the provision.
    span : (int, int)
        The sentence.
    modality, actor_role : str
        Of the requirement they stand in.
    """
    sentence = text[span[0] : span[1]]
    settled = []
    for parameter in parameters:
        if not span[0] <= parameter.start < span[1]:
            continue
        kept = _as_retention(parameter, sentence, span[0])
        direction = stricter_direction(
            kept, sentence, modality=modality, actor_role=actor_role, offset=span[0]
        )
        settled.append(replace(kept, stricter=direction))
    return tuple(settled)


def _as_retention(parameter: Parameter, sentence: str, offset: int) -> Parameter:
    """A duration for which something is kept is a retention of that thing."""
    context = quantity_words()["context"]
    if parameter.kind is not ParameterKind.DURATION or parameter.trigger == "repetition":
        return parameter
    local = parameter.start - offset
    near = sentence[max(0, local - 160) : local]
    after = sentence[local : local + 60]
    spaced = re.search(r"[a-z]", sentence, re.IGNORECASE)
    is_span = not spaced or re.search(
        r"(?:\bfor\b|at least|longer than|less than|more than|period of|pendant|während|lang|durante|per |por |gedurende|przez|minimum|for up to)",
        sentence[max(0, local - 40) : local + len(parameter.text) + 6],
        re.IGNORECASE,
    )
    if not is_span or not re.search(context["keep"], f"{near} {after if not spaced else ''}", re.IGNORECASE):
        return parameter
    if re.search(r"\b(?:within|after|no later than)\W*$", near, re.IGNORECASE):
        return parameter
    if re.search(context["personal"], sentence, re.IGNORECASE):
        trigger = "personal data"
    else:
        nouns = re.findall(rf"\b(?:{context['subject_nouns']})\b", sentence.lower())
        trigger = parameter.trigger or (singular_noun(nouns[0]) if nouns else "")
    return replace(parameter, kind=ParameterKind.RETENTION, trigger=trigger)
