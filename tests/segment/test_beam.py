"""The cheapest states of the search, against sorting all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fragcheck.segment.beam import Beam, State

#: Costs of states by the number that makes their key, in the groups in which they are offered.
groups = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 200)), min_size=1, max_size=12), max_size=12
)


@given(groups)
def test_the_beam_holds_the_cheapest_state_of_each_key(offered: list[list[tuple[int, int]]]) -> None:
    beam = Beam()
    best: dict[int, int] = {}
    for group in offered:
        for number, cost in group:
            beam.offer(State(float(cost), (), (), ((number, (1,)),), None))
            best[number] = min(cost, best.get(number, cost))
        beam.narrow()
    kept = beam.cheapest()
    assert [state.cost for state in kept] == sorted(best.values())[:14]
    assert all(best[state.last[0][0]] == state.cost for state in kept)
