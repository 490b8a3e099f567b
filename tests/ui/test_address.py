import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.ui.address import ViewState, document_of, from_query, parse_eid, to_query, token

PRINCIPLES = ("overall", "safety", "privacy")
MEASURES = ("divergence", "coverage")

states = st.builds(
    ViewState,
    set=st.sampled_from(["sample", "0123456789abcdef"]),
    left=st.sampled_from(["", "0123456789ab", "0123456789ab.2"]),
    right=st.sampled_from(["", "ba9876543210"]),
    principle=st.sampled_from(PRINCIPLES),
    measure=st.sampled_from(MEASURES),
    order=st.sampled_from(["given", "cluster"]),
    eid=st.sampled_from(["", "art_1|art_2", "|art_2", "제1조|"]),
)


def read(query, base=None):
    return from_query(query, base or ViewState(), principles=PRINCIPLES, measures=MEASURES)


@given(states)
def test_an_address_restores_its_view(state):
    assert read(to_query(state)) == (state, ())


@given(
    st.dictionaries(
        st.sampled_from(["set", "left", "right", "principle", "component", "eid", "order"]), st.text()
    )
)
def test_no_address_breaks_the_view(query):
    state, refused = read(query)
    assert set(refused) <= set(query)
    assert read(to_query(state))[0] == state


@pytest.mark.parametrize(
    "query",
    [
        {"set": "../../etc"},
        {"set": "SAMPLE"},
        {"left": "x" * 12},
        {"right": "0123"},
        {"principle": "<script>"},
        {"component": "D"},
        {"order": "random"},
        {"eid": "a\x00b"},
        {"eid": "a" * 401},
        {"left": ""},
    ],
)
def test_parts_that_cannot_be_used_are_named(query):
    state, refused = read(query)
    assert refused == tuple(query)
    assert state == ViewState()


def test_what_the_address_does_not_name_stays():
    base = ViewState(principle="safety", left="0123456789ab")
    assert read({"component": "coverage", "utm": "x"}, base) == (
        ViewState(principle="safety", left="0123456789ab", measure="coverage"),
        (),
    )


def test_tokens_and_documents():
    one, two, copy = "a" * 64, "ab" * 32, "a" * 64 + "#2"
    ids = (one, two, copy)
    assert [document_of(token(each), ids) for each in ids] == [one, two, copy]
    assert document_of("a" * 7, ids) is None
    assert document_of("c" * 12, ids) is None
    assert document_of("", ids) is None


def test_two_documents_with_one_beginning_are_refused():
    assert document_of("a" * 12, ("a" * 63 + "b", "a" * 64)) is None


@pytest.mark.parametrize(("given_eid", "sides"), [("a|b", ("a", "b")), ("a", ("a", "")), ("|b", ("", "b"))])
def test_sides_of_an_eid(given_eid, sides):
    assert parse_eid(given_eid) == sides
