"""Records to plain JSON values and back.

``decode(type(record), encode(record)) == record`` holds for every record of the
project; the stored form carries a schema version that is checked on load.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

__all__ = ["SCHEMA_VERSION", "decode", "encode"]

#: Raised whenever the meaning or the name of a stored field changes.
SCHEMA_VERSION = 1

RecordT = TypeVar("RecordT")
_PLAIN = frozenset({str, int, float, bool})
_Decoder = Callable[[Any], Any]


def encode(value: object) -> Any:  # noqa: ANN401 - a JSON value is any of six types
    """Return `value` as JSON values: records become objects without their default fields.

    Parameters
    ----------
    value : record, enum member, sequence, mapping, str, int, float, bool or None

    Raises
    ------
    TypeError
        For a value of any other type.
    """
    kind = type(value)
    if value is None or kind in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool | int | float | str):
        return value
    if dataclasses.is_dataclass(kind):
        found = {}
        for name, default in _defaults(kind):
            item = getattr(value, name)
            if item != default:
                found[name] = item if type(item) in _PLAIN else encode(item)
        return found
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [encode(item) for item in value]
    raise TypeError(f"a record or a plain value is wanted, {type(value).__name__} came")


def decode(kind: type[RecordT], value: Any) -> RecordT:  # noqa: ANN401
    """Return the record of type `kind` that `value` is the JSON form of.

    Raises
    ------
    TypeError, ValueError, KeyError
        Where `value` does not hold such a record.
    """
    decoder = _decoder(typing.cast("Any", kind))
    return typing.cast("RecordT", value if decoder is None else decoder(value))


_MISSING = object()


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """Names of the fields with their defaults; a mark that equals nothing where there is none."""
    return tuple(
        (field.name, _MISSING if field.default is dataclasses.MISSING else field.default)
        for field in dataclasses.fields(kind)
    )


# A large law has a million values. Their types are therefore looked at once, when the decoder of a
# type is made; a type whose JSON form is the value itself has none, and its values are never visited.
@cache
def _decoder(kind: Any) -> _Decoder | None:  # noqa: ANN401
    if dataclasses.is_dataclass(kind):
        return _record_decoder(typing.cast("type", kind))
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _tuple_decoder(typing.get_args(kind))
    if origin in (types.UnionType, typing.Union):
        inner = _decoder(next(arg for arg in typing.get_args(kind) if arg is not type(None)))
        return None if inner is None else lambda value: None if value is None else inner(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members = {member.value: member for member in kind}
        return lambda value: members[value] if value in members else kind(value)
    return float if kind is float else None


def _record_decoder(kind: type) -> _Decoder:
    decoders = {name: _decoder(hint) for name, hint in typing.get_type_hints(kind).items()}

    def decode_record(value: Mapping[str, Any]) -> object:
        fields = {}
        for name, item in value.items():
            decoder = decoders[name]
            fields[name] = item if decoder is None else decoder(item)
        return kind(**fields)

    return decode_record


def _tuple_decoder(args: tuple[Any, ...]) -> _Decoder:
    if len(args) == 2 and args[1] is Ellipsis:
        inner = _decoder(args[0])
        return tuple if inner is None else lambda value: tuple(map(inner, value))
    decoders = tuple(_decoder(arg) for arg in args)
    return lambda value: tuple(
        item if decoder is None else decoder(item) for decoder, item in zip(decoders, value, strict=True)
    )
