"""Where a provision can be split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.segment import split_offset
from fragcheck.ui.cutting import cut_points, likely_cut


@pytest.mark.parametrize(
    ("text", "label", "num"),
    [
        ("It shall test it. 2. It shall report.", "It shall test it. ‖ 2. It shall report.", "2."),
        ("It shall: (b) report; and tell.", "It shall: ‖ (b) report; and tell.", "(b)"),
        ("It shall test it. It shall report.", "It shall test it. ‖ It shall report.", ""),
        ("It shall test (see 2. below) it", "It shall test (see ‖ 2. below) it", "2."),
        ("one two", "one ‖ two", ""),
        ("提供者应当测试。部署者应当报告。", "提供者应当测试。 ‖ 部署者应当报告。", ""),
    ],
)
def test_the_likely_place(text, label, num):
    points = cut_points(text)
    point = points[likely_cut(points)]
    assert (point.label, point.num) == (label, num)


@pytest.mark.parametrize("text", ["", "word", "  word "])
def test_nothing_to_split(text):
    assert cut_points(text) == ()
    assert likely_cut(()) == 0


@given(st.text(max_size=120))
def test_every_place_leaves_words_on_both_sides(text):
    for point in cut_points(text):
        cut = split_offset(text, point.at)
        assert text[:cut].strip()
        assert text[cut:].strip()
