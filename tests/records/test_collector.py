"""The collector is off inside, and as before behind it, whatever happens."""

import gc

import pytest

from fragcheck.records.collector import without_collector


@pytest.mark.parametrize("was_on", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_the_collector_is_off_inside_and_as_before_behind(was_on, fails):
    seen = []

    @without_collector()
    def work():
        seen.append(gc.isenabled())
        with without_collector():
            seen.append(gc.isenabled())
        seen.append(gc.isenabled())
        if fails:
            raise ValueError

    (gc.enable if was_on else gc.disable)()
    try:
        if fails:
            with pytest.raises(ValueError, match=r"^$"):
                work()
        else:
            work()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
    assert seen == [False, False, False]
