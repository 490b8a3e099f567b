import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.ui.wording import TOKEN_LIMIT, mark_differences, similarity


def plain(html):
    return re.sub("</?mark>", "", html)


@pytest.mark.parametrize(
    ("left", "right", "marked_left", "marked_right"),
    [
        ("within 15 days", "within 90 days", ["15"], ["90"]),
        ("The provider shall report", "the provider shall report", [], []),
        ("shall keep logs", "shall not keep logs", [], ["not"]),
        ("inform users clearly and early", "inform users", ["clearly and early"], []),
        ("报告严重事件", "报告重大事件", ["严"], ["大"]),
        ("이용자에게 알린다", "이용자에게 설명한다", ["알린"], ["설명한"]),
    ],
)
def test_words_that_differ(left, right, marked_left, marked_right):
    found = mark_differences(left, right)
    assert re.findall("<mark>(.*?)</mark>", found.left) == marked_left
    assert re.findall("<mark>(.*?)</mark>", found.right) == marked_right
    assert found.is_marked


def test_nothing_is_marked_where_all_would_be():
    found = mark_differences("One two three four", "quite other words here")
    assert not found.is_marked
    assert "<mark>" not in found.left


def test_very_long_texts_are_left_alone():
    words = "word " * (TOKEN_LIMIT + 1)
    assert not mark_differences(words, words).is_marked


def test_markup_of_the_law_is_escaped():
    found = mark_differences("<b>a</b> & <script>x</script> y", "<b>a</b> & <script>z</script> y")
    assert "<script>" not in found.left
    assert "&lt;script&gt;" in found.left
    assert "&amp;" in found.right


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_is_lost_and_only_marks_are_added(left, right):
    from html import unescape

    found = mark_differences(left, right)
    assert unescape(plain(found.left)) == left
    assert unescape(plain(found.right)) == right
    for html in (found.left, found.right):
        assert html.count("<mark>") == html.count("</mark>")
        assert not re.search("<(?!/?mark>)", html)


@given(st.text(min_size=1, max_size=60))
def test_equal_texts_have_no_marks(words):
    assert "<mark>" not in mark_differences(words, words).left
    assert similarity(words, words) == 1.0
