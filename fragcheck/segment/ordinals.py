"""What a printed number counts: readings of "iv", "(aa)", "第十二条", "③" or "1.2.3" as tuples of integers.

A value is a tuple so that inserted numbers sort between their neighbours:
``4`` is ``(4,)``, ``4a`` is ``(4, 1)``, ``1.2.3`` is ``(1, 2, 3)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

__all__ = ["NUMBER_WORDS", "Value", "is_first", "is_successor", "readings"]

Value = tuple[int, ...]

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_HAN_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_HANGUL = "가나다라마바사아자차카타파하"
_IROHA = "イロハニホヘトチリヌ"
#: Numbers in words that stand in labels ("FIRST SCHEDULE", "Article premier").
NUMBER_WORDS = {
    name: value
    for value, names in enumerate(
        (
            ("one", "first", "premier", "unique", "1er", "primero", "único"),
            ("two", "second", "segundo"),
            ("three", "third", "tercero"),
            ("four", "fourth", "cuarto"),
            ("five", "fifth", "quinto"),
            ("six", "sixth"),
            ("seven", "seventh"),
            ("eight", "eighth"),
        ),
        start=1,
    )
    for name in names
}

#: What inserts a number in Italian, French and Spanish laws (2-bis).
_LATIN = {
    name: value
    for value, name in enumerate(
        ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"), start=1
    )
}


def _number(num: str) -> list[Value]:
    plain = num.lower()
    latin = re.fullmatch(r"(\d+)[-\s]([a-z]{3,9})", plain)
    if latin is not None and latin[2] in _LATIN:
        return [(int(latin[1]), _LATIN[latin[2]])]
    match = re.fullmatch(r"(\d+)\s?(?:er|st|nd|rd|th)?(?:[-\s]?([a-z]{1,2}))?", plain)
    if match is None:
        return []
    base = int(match[1])
    return [(base,)] if match[2] is None else [(base, *suffix) for suffix in _letter(match[2])]


def _letter(num: str) -> list[Value]:
    letters = num.lower()
    if len(letters) == 1 and "a" <= letters <= "z":
        return [(ord(letters) - 96,)]
    if len(letters) == 2 and letters.isascii() and letters.isalpha():
        first, second = (ord(char) - 96 for char in letters)
        inserted = (first, second)
        # After z some drafters go on with aa, bb, cc, others with aa, ab, ac.
        beyond = [(26 + first,)] if first == second else [(26 + second,)] if first == 1 else []
        return [*beyond, inserted]
    if len(set(letters)) == 1 and "a" <= letters[0] <= "z":
        return [(26 * (len(letters) - 1) + ord(letters[0]) - 96,)]
    return []


def _roman(num: str) -> list[Value]:
    letters = num.lower()
    letters = letters.removesuffix("er")
    if not letters or _ROMAN_FORM.fullmatch(letters) is None:
        return []
    total = 0
    for char, following in zip(letters, [*letters[1:], ""], strict=True):
        value = _ROMAN[char]
        total += -value if following and _ROMAN[following] > value else value
    return [(total,)]


def _roman_inserted(num: str) -> list[Value]:
    """Roman figures, and with a letter behind them (``IIIA``, ``IXa``)."""
    plain = _roman(num)
    if plain:
        return plain
    base = _roman(num[:-1]) if num[-1:].lower() in set("abcdefgh") else []
    return [(base[0][0], suffix[0]) for suffix in _letter(num[-1])] if base else []


def _han(num: str) -> list[Value]:
    body = re.sub(r"[\s第条條章节節编編款項项号號]", "", unicodedata.normalize("NFKC", num))
    head, _, tail = body.replace("の", "之").replace("-", "之").partition("之")
    base = _han_integer(head)
    if base is None:
        return []
    inserted = _han_integer(tail) if tail else None
    return [(base,)] if inserted is None else [(base, inserted)]


def _han_integer(body: str) -> int | None:
    if body.isdigit():
        return int(body)
    if not body or any(char not in _HAN_DIGIT and char not in "十百" for char in body):
        return None
    if not any(char in "十百" for char in body):
        return int("".join(str(_HAN_DIGIT[char]) for char in body))
    total = digit = 0
    for char in body:
        if char in _HAN_DIGIT:
            digit = _HAN_DIGIT[char]
        else:
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
    return total + digit


def _korean_article(num: str) -> list[Value]:
    match = re.fullmatch(r"(\d+)\s?조?(?:의\s?(\d+))?", num)
    return [(int(match[1]), int(match[2])) if match[2] else (int(match[1]),)] if match else []


def _han_or_number(num: str) -> list[Value]:
    plain = unicodedata.normalize("NFKC", num).strip()
    word = NUMBER_WORDS.get(plain.lower())
    hyphened = re.fullmatch(r"(\d+)-(\d+)", plain)
    if hyphened:
        return [(int(hyphened[1]), int(hyphened[2]))]
    return [(word,)] if word else (_number(plain) or _korean_article(plain) or _han(plain) or _roman(plain))


def _circled(num: str) -> list[Value]:
    plain = unicodedata.normalize("NFKC", num)
    return [(int(plain),)] if plain.isdigit() else []


def _decimal(num: str) -> list[Value]:
    parts = num.strip(".").split(".")
    if not all(part.isdigit() for part in parts[1:]):
        return []
    rest = tuple(int(part) for part in parts[1:])
    heads = _number(parts[0]) or [*_letter(parts[0]), *_roman(parts[0])]
    return [(head[0], *rest) for head in heads if len(head) == 1]


def _code(num: str) -> list[Value]:
    return [tuple(int(part) for part in re.findall(r"\d+", num))]


def _roman_or_number(num: str) -> list[Value]:
    word = NUMBER_WORDS.get(num.lower())
    if word:
        return [(word,)]
    numbers = _han_or_number(num) if re.match(r"\d+-\d", num) else _number(unicodedata.normalize("NFKC", num))
    return numbers or [*_roman_inserted(num), *_letter(num)]


def _letter_or_number(num: str) -> list[Value]:
    return _number(num) or _letter(num) or _roman(num)


_READERS: dict[str, Callable[[str], list[Value]]] = {
    "number": lambda num: _number(unicodedata.normalize("NFKC", num)),
    "letter": _letter,
    "roman": _roman_inserted,
    "han": _han,
    "han_or_number": _han_or_number,
    "hangul": lambda num: [(_HANGUL.index(num) + 1,)],
    "iroha": lambda num: [(_IROHA.index(num) + 1,)],
    "circled": _circled,
    "decimal": _decimal,
    "identifier": _code,
    "code": _code,
    "roman_or_number": _roman_or_number,
    "letter_or_number": _letter_or_number,
    "none": lambda _num: [()],
}


def readings(num: str, ordinal: str) -> list[Value]:
    """All values that a printed number may have, the likeliest first.

    Parameters
    ----------
    num : str
        The number without its punctuation.
    ordinal : str
        Name of the way of counting, as the grammars name it.

    Returns
    -------
    list of tuple of int
        Empty where `num` is no number of that kind; ``[()]`` for marks that do not count (dashes).

    Raises
    ------
    KeyError
        Where no way of counting has that name.
    """
    return list(_values(num.strip(), ordinal))


@lru_cache(maxsize=8192)
def _values(num: str, ordinal: str) -> tuple[Value, ...]:
    return tuple(_READERS[ordinal](num))


def is_successor(before: Value, after: Value) -> bool:
    """Whether `after` is a number that may follow `before` directly: 4 → 5, 4 → 4a, 4a → 4b, 4a → 5."""
    if not before or not after:
        return not before and not after
    same = len(before) == len(after)
    if same and before[:-1] == after[:-1] and after[-1] == before[-1] + 1:
        return True
    if len(after) == len(before) + 1 and after[:-1] == before and after[-1] in {1, 2}:
        return True  # put in behind 3: 3a in Europe, but 第三条の二 in Japan and 제3조의2 in Korea
    return (
        len(after) < len(before)
        and after[:-1] == before[: len(after) - 1]
        and after[-1] == before[len(after) - 1] + 1
    )


def is_first(value: Value) -> bool:
    """Whether a numbering may begin with `value`."""
    return not value or value[-1] == 1
