"""Which direction of a quantity binds more, by its kind, its trigger and the words around it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from fragcheck.annotate.numerals import quantity_words
from fragcheck.annotate.screening import Screened
from fragcheck.nlp import singular_noun
from fragcheck.records import Parameter, ParameterKind, Stricter

__all__ = ["promptness_of", "set_directions", "stricter_direction"]


@lru_cache(maxsize=32)
def _context(name: str) -> re.Pattern[str]:
    return re.compile(quantity_words()["context"][name], re.IGNORECASE)


@lru_cache(maxsize=32)  # asked anew for each quantity of a sentence, which may hold thousands
def _speaks_of(name: str, sentence: str) -> bool:
    return _context(name).search(sentence) is not None


def stricter_direction(parameter: Parameter, sentence: str, *, actor_role: str, offset: int) -> Stricter:
    """Which direction of `parameter` binds those under the law more.

    Parameters
    ----------
    parameter : Parameter
    sentence : str
        The sentence it stands in.
    actor_role : str
        Of the requirement.
    offset : int
        Start of the sentence in the provision's text.

    Notes
    -----
    The table: a deadline to act, shorter; a notice or waiting period before acting,
    longer, but a notice that an authority gives before it acts, shorter; a fine, a term
    of imprisonment or what one must pay, higher; a threshold that starts or lifts a duty, lower; a
    protected age, higher; retention of proof, longer, of personal data, shorter; a
    repetition, more often; a date of application, earlier; anything else is unknown.
    """
    kind = parameter.kind
    if kind is ParameterKind.DURATION:
        return _duration(parameter, sentence, actor_role, offset)
    if kind is ParameterKind.RETENTION:
        return _retention(parameter, sentence)
    if kind in (ParameterKind.AMOUNT, ParameterKind.SHARE):
        return _money(parameter, sentence)
    if kind is ParameterKind.AGE:
        return Stricter.HIGHER
    return Stricter.LOWER


def _duration(parameter: Parameter, sentence: str, actor_role: str, offset: int) -> Stricter:
    local = parameter.start - offset
    near = sentence[max(0, local - 60) : local + len(parameter.text) + 30]
    if parameter.trigger == "repetition":
        return Stricter.LOWER
    if _context("prison").search(near):
        return Stricter.HIGHER
    after = sentence[local + len(parameter.text) : local + len(parameter.text) + 24]
    if _context("notice").search(near) or _context("before").match(after):
        return Stricter.LOWER if actor_role == "public_authority" else Stricter.HIGHER
    if parameter.comparator in ("<=", "<"):
        return Stricter.LOWER
    if parameter.comparator == "=" and parameter.trigger:
        return Stricter.LOWER
    return Stricter.UNKNOWN


def _retention(parameter: Parameter, sentence: str) -> Stricter:
    if parameter.comparator in ("<=", "<"):
        return Stricter.LOWER
    if _speaks_of("personal", sentence) and parameter.comparator not in (">=", ">"):
        return Stricter.LOWER
    return Stricter.HIGHER


def _money(parameter: Parameter, sentence: str) -> Stricter:
    if _speaks_of("fine", sentence) or _speaks_of("pay", sentence):
        return Stricter.HIGHER
    if _speaks_of("fee", sentence):
        return Stricter.UNKNOWN
    if parameter.comparator in (">", ">="):
        return Stricter.LOWER
    return Stricter.UNKNOWN


def set_directions(
    parameters: tuple[Parameter, ...], text: str, span: tuple[int, int], *, actor_role: str
) -> tuple[Parameter, ...]:
    """The parameters inside a sentence with kind (retention) and `stricter` settled by its words.

    Parameters
    ----------
    parameters : tuple of Parameter
        Of the provision; those outside the sentence are left out.
    text : str
        Text of the provision.
    span : (int, int)
        The sentence.
    actor_role : str
        Of the requirement they stand in.
    """
    sentence = text[span[0] : span[1]]
    whichever = ""
    if any(parameter.kind in _JOINED for parameter in parameters):
        whichever = next(
            (name for name in ("higher", "lower") if _named("whichever", name).search(sentence)), ""
        )
    settled = []
    for parameter in parameters:
        if not span[0] <= parameter.start < span[1]:
            continue
        kept = _as_retention(parameter, sentence, span[0])
        direction = stricter_direction(kept, sentence, actor_role=actor_role, offset=span[0])
        joined = whichever if kept.kind in _JOINED else ""
        settled.append(replace(kept, stricter=direction, whichever=joined))
    return tuple(settled)


_JOINED = frozenset({ParameterKind.AMOUNT, ParameterKind.SHARE})


@lru_cache(maxsize=16)
def _named(table: str, name: str) -> re.Pattern[str]:
    return re.compile(quantity_words()[table][name], re.IGNORECASE)


@lru_cache(maxsize=16)
def _promptness(language: str) -> tuple[tuple[str, Screened], ...]:
    classes = quantity_words()["promptness"]
    return tuple((name, Screened(words.get(language, words["en"]))) for name, words in classes.items())


def promptness_of(sentence: str, language: str) -> str:
    """How soon a sentence in lower case wants something done without a number: the strictest class it names.

    Examples
    --------
    >>> promptness_of("shall inform the authority without undue delay", "en")
    'without_undue_delay'
    """
    return next((name for name, words in _promptness(language) if words.found_in(sentence)), "")


def _as_retention(parameter: Parameter, sentence: str, offset: int) -> Parameter:
    """A duration for which something is kept is a retention of that thing."""
    if parameter.kind is not ParameterKind.DURATION or parameter.trigger == "repetition":
        return parameter
    local = parameter.start - offset
    near = sentence[max(0, local - 160) : local]
    after = sentence[local : local + 60]
    spaced = re.search(r"[a-z]", sentence, re.IGNORECASE)
    is_span = not spaced or re.search(
        quantity_words()["context"]["span"],
        sentence[max(0, local - 40) : local + len(parameter.text) + 6],
        re.IGNORECASE,
    )
    if not is_span or not _context("keep").search(f"{near} {after if not spaced else ''}"):
        return parameter
    if re.search(r"\b(?:within|after|no later than)\W*$", near, re.IGNORECASE):
        return parameter
    if _speaks_of("personal", sentence):
        trigger = "personal data"
    else:
        nouns = re.findall(rf"\b(?:{quantity_words()['context']['subject_nouns']})\b", sentence.lower())
        trigger = parameter.trigger or (singular_noun(nouns[0]) if nouns else "")
    return replace(parameter, kind=ParameterKind.RETENTION, trigger=trigger)
