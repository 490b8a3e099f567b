"""Which direction of a quantity binds more, by its kind, its trigger and the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from fragcheck.annotate.numerals import quantity_words
from fragcheck.records import Parameter, ParameterKind, Stricter

__all__ = ["stricter_direction"]


@lru_cache(maxsize=32)
def _context(name: str) -> re.Pattern[str]:
    return re.compile(quantity_words()["context"][name], re.IGNORECASE)


def stricter_direction(
    parameter: Parameter, sentence: str, *, modality: str, actor_role: str, offset: int
) -> Stricter:
    """Which direction of `parameter` binds those under the law more.

    Parameters
    ----------
    parameter : Parameter
    sentence : str
        The sentence it stands in.
    modality, actor_role : str
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
        return _duration(parameter, sentence, modality, actor_role, offset)
    if kind is ParameterKind.RETENTION:
        return _retention(parameter, sentence)
    if kind in (ParameterKind.AMOUNT, ParameterKind.SHARE):
        return _money(parameter, sentence, modality)
    if kind is ParameterKind.AGE:
        return Stricter.HIGHER
    return Stricter.LOWER


def _duration(parameter: Parameter, sentence: str, modality: str, actor_role: str, offset: int) -> Stricter:
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
    if _context("personal").search(sentence) and parameter.comparator not in (">=", ">"):
        return Stricter.LOWER
    return Stricter.HIGHER


def _money(parameter: Parameter, sentence: str, modality: str) -> Stricter:
    if _context("fine").search(sentence):
        return Stricter.HIGHER
    if modality == "obligation" and _context("pay").search(sentence):
        return Stricter.HIGHER
    if _context("fee").search(sentence):
        return Stricter.UNKNOWN
    if parameter.comparator in (">", ">="):
        return Stricter.LOWER
    return Stricter.UNKNOWN
