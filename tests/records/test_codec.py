"""The stored form of records reads back to the same records."""

from __future__ import annotations

import dataclasses
import json
import types
import typing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fragcheck import records
from fragcheck.records.codec import decode, encode

RECORDS = [
    getattr(records, name) for name in records.__all__ if dataclasses.is_dataclass(getattr(records, name))
]


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def values(hint):
    """Strategy for a field; sequences hold at most two items so that nested records stay small."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        fields = typing.get_type_hints(hint)
        return st.builds(hint, **{name: values(kind) for name, kind in fields.items()})
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(values(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, args))
    if origin is types.UnionType:
        return st.one_of(*(st.none() if arg is type(None) else values(arg) for arg in args))
    if hint is float:
        return FLOATS
    return st.text(max_size=5) if hint is str else st.from_type(hint)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_codec_round_trip(kind, data):
    record = data.draw(values(kind))
    assert decode(kind, json.loads(json.dumps(encode(record)))) == record


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_records_are_frozen_and_slotted(kind):
    assert kind.__dataclass_params__.frozen
    assert hasattr(kind, "__slots__")


def test_encode_leaves_defaults_out():
    assert encode(records.Notice("scan", "Page 3 holds no text.", page=3)) == {
        "code": "scan",
        "message": "Page 3 holds no text.",
        "page": 3,
    }


def test_encode_refuses_other_types():
    with pytest.raises(TypeError, match="set came"):
        encode({1, 2})


def test_decode_refuses_unknown_fields():
    with pytest.raises(KeyError):
        decode(records.Notice, {"code": "a", "message": "b", "colour": "red"})
