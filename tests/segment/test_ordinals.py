"""What printed numbers count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.segment.ordinals import is_first, is_successor, readings


@pytest.mark.parametrize(
    ("num", "ordinal", "values"),
    [
        ("7", "number", [(7,)]),
        ("7a", "number", [(7, 1)]),
        ("２", "number", [(2,)]),
        ("x", "number", []),
        ("c", "letter", [(3,)]),
        ("aa", "letter", [(27,), (1, 1)]),
        ("ab", "letter", [(28,), (1, 2)]),
        ("ea", "letter", [(5, 1)]),
        ("hhhh", "letter", [(86,)]),
        ("?", "letter", []),
        ("xxix", "roman", [(29,)]),
        ("IV", "roman", [(4,)]),
        ("Ier", "roman", [(1,)]),
        ("iiii", "roman", []),
        ("IIIa", "roman", [(3, 1)]),
        ("十二", "han", [(12,)]),
        ("二〇", "han", [(20,)]),
        ("百五", "han", [(105,)]),
        ("甲", "han", []),
        ("三条之一", "han_or_number", [(3, 1)]),
        ("12조의 2", "han_or_number", [(12, 2)]),
        ("5-2", "han_or_number", [(5, 2)]),
        ("TWO", "han_or_number", [(2,)]),
        ("다", "hangul", [(3,)]),
        ("ロ", "iroha", [(2,)]),
        ("③", "circled", [(3,)]),
        ("1.2.3", "decimal", [(1, 2, 3)]),
        ("A.2", "decimal", [(1, 2)]),
        ("1.x", "decimal", []),
        ("GOVERN 1.1", "identifier", [(1, 1)]),
        ("6-1-1702", "code", [(6, 1, 1702)]),
        ("premier", "roman_or_number", [(1,)]),
        ("B", "roman_or_number", [(2,)]),
        ("14-2", "roman_or_number", [(14, 2)]),
        ("D", "letter_or_number", [(4,)]),
        ("—", "none", [()]),
        ("1bis", "number", [(1, 1)]),
        ("đ", "letter", [(4, 1)]),
        ("٣", "worded", [(3,)]),
        ("๑๒", "worded", [(12,)]),
        ("3.1", "worded", [(3, 1)]),
        ("الأولى", "worded", [(1,)]),
        ("الثالثة", "worded", [(3,)]),
        ("الحادية عشرة", "worded", [(11,)]),
        ("الخامسة والعشرون", "worded", [(25,)]),
        ("الثلاثون", "worded", [(30,)]),
        ("الثانية بعد المائة", "worded", [(102,)]),
        ("الأخيرة", "worded", []),
        ("İKİNCİ", "worded", [(2,)]),
        ("SEKİZİNCİ", "worded", [(8,)]),
        ("thứ ba", "worded", [(3,)]),
        ("ب", "abjad", [(2,)]),
        ("ا", "abjad", [(1,)]),
        ("هـ", "abjad", [(5,)]),
        ("ב", "hebrew", [(2,)]),
        ("יא", "hebrew", [(11,)]),
        ("ג1", "hebrew", [(3, 1)]),
        ("в", "cyrillic", [(3,)]),
    ],
)
def test_readings(num, ordinal, values):
    assert readings(num, ordinal) == values


def test_an_unknown_way_of_counting_is_an_error():
    with pytest.raises(KeyError):
        readings("1", "runes")


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        ((4,), (5,), True),
        ((4,), (4, 1), True),
        ((4, 1), (4, 2), True),
        ((4, 1), (5,), True),
        ((4,), (6,), False),
        ((4,), (4,), False),
        ((5,), (4,), False),
        ((1, 2), (1, 3), True),
        ((1, 2), (2, 1), False),
        ((), (), True),
        ((), (1,), False),
    ],
)
def test_successors(before, after, follows):
    assert is_successor(before, after) is follows


@pytest.mark.parametrize(("value", "first"), [((1,), True), ((), True), ((2,), False), ((3, 1), True)])
def test_first(value, first):
    assert is_first(value) is first


@given(st.integers(1, 399))
def test_roman_figures_are_read_back(number):
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = "c" * hundreds
    text += ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")[tens]
    text += ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
    assert readings(text, "roman") == [(number,)]
