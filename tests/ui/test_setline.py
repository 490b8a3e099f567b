"""The line that names the set."""

import pytest

from fragcheck.ui.setline import NAMED, first_names


@pytest.mark.parametrize("count", [2, NAMED, NAMED + 1])
def test_a_few_files_are_all_named(count):
    assert first_names([f"law{at}" for at in range(count)]) == ", ".join(f"law{at}" for at in range(count))


def test_of_many_files_the_first_are_named_and_the_rest_counted():
    assert first_names(["a*", "b", "c", "d", "e"]) == "a\\*, b, c and 2 more"
