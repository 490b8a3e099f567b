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
            (
                "one",
                "first",
                "premier",
                "unique",
                "1er",
                "primero",
                "primera",
                "único",
                "única",
                "bi̇ri̇nci̇",
                "kesatu",
                "thứ nhất",
            ),
            ("two", "second", "segundo", "segunda", "i̇ki̇nci̇", "kedua", "thứ hai"),
            ("three", "third", "tercero", "tercera", "üçüncü", "ketiga", "thứ ba"),
            ("four", "fourth", "cuarto", "cuarta", "dördüncü", "keempat", "thứ tư"),
            ("five", "fifth", "quinto", "quinta", "beşi̇nci̇", "kelima", "thứ năm"),
            ("six", "sixth", "sexto", "sexta", "altinci", "keenam", "thứ sáu"),
            ("seven", "seventh", "séptimo", "séptima", "septimo", "septima", "yedi̇nci̇", "ketujuh", "thứ bảy"),
            ("eight", "eighth", "octavo", "octava", "seki̇zi̇nci̇", "kedelapan", "thứ tám"),
            ("nine", "ninth", "noveno", "novena"),
            ("ten", "tenth", "décimo", "décima"),
        ),
        start=1,
    )
    for name in names
}
#: Alphabets by which Arabic, Hebrew and Cyrillic points are counted.
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW = "אבגדהוזחט"
_HEBREW_TENS = "יכלמנסעפצ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
#: Arabic ordinals by their root, and tens.
_ARABIC_UNITS = {
    root: value
    for value, roots in enumerate(
        (
            ("أول", "اول", "أولى", "اولى", "حادي", "حادية", "وحيدة"), ("ثاني", "ثانية"), ("ثالث", "ثالثة"),
            ("رابع", "رابعة"), ("خامس", "خامسة"), ("سادس", "سادسة"), ("سابع", "سابعة"), ("ثامن", "ثامنة"),
            ("تاسع", "تاسعة"), ("عاشر", "عاشرة"),
        ),
        start=1,
    )
    for root in roots
}  # fmt: skip
_ARABIC_TENS = {
    f"{root}{end}": 10 * value
    for value, root in enumerate(("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for end in ("ون", "ين")
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
    latin = re.fullmatch(r"(\d+)[-\s]?([a-z]{3,9})", plain)
    if latin is not None and latin[2] in _LATIN:
        return [(int(latin[1]), _LATIN[latin[2]])]
    match = re.fullmatch(r"(\d+)\s?(?:er|st|nd|rd|th)?(?:[-\s]?([a-z]{1,2}))?", plain)
    if match is None:
        return []
    base = int(match[1])
    return [(base,)] if match[2] is None else [(base, *suffix) for suffix in _letter(match[2])]


def _letter(num: str) -> list[Value]:
    letters = num.lower()
    if letters == "đ":
        return [(4, 1)]  # Vietnamese: behind d
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


def _arabic_ordinal(num: str) -> list[Value]:
    """Arabic ordinals in words: "الثالثة", "الحادية عشرة", "الخامسة والعشرون"."""
    total = 0
    for word in num.replace("بعد المائة", "مائة").split():
        plain = word.removeprefix("و").removeprefix("ال").strip("ًٌٍَُِّْ")
        if plain in _ARABIC_UNITS:
            total += _ARABIC_UNITS[plain]
        elif plain in _ARABIC_TENS:
            total += _ARABIC_TENS[plain]
        elif plain in {"عشر", "عشرة"}:
            total += 10
        elif plain in {"مائة", "مئة"}:
            total += 100
        else:
            return []
    return [(total,)] if total else []


def _worded(num: str) -> list[Value]:
    """Figures of any script, Roman ones, and ordinals in words."""
    decimal = re.fullmatch(r"(\d+)[./](\d+)", num)
    if decimal:
        return [(int(decimal[1]), int(decimal[2]))]
    return _roman_or_number(num) or _arabic_ordinal(num)


def _alphabet(letters: str) -> Callable[[str], list[Value]]:
    """How the letters of an alphabet count."""
    return lambda num: [(letters.index(num) + 1,)] if len(num) == 1 and num in letters else []


def _abjad(num: str) -> list[Value]:
    return _alphabet(_ABJAD)(num.removesuffix("ـ").replace("ا", "أ"))


def _hebrew(num: str) -> list[Value]:
    """Hebrew letters as figures: א is 1, י is 10, יא is 11."""
    match = re.fullmatch(rf"([{_HEBREW_TENS}]?)([{_HEBREW}]?)(\d?)", num)
    if match is None or not (match[1] or match[2]):
        return []
    tens = _HEBREW_TENS.index(match[1]) + 1 if match[1] else 0
    value = 10 * tens + (_HEBREW.index(match[2]) + 1 if match[2] else 0)
    return [(value, int(match[3])) if match[3] else (value,)]


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
    "worded": _worded,
    "abjad": _abjad,
    "hebrew": _hebrew,
    "cyrillic": _alphabet(_CYRILLIC),
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
