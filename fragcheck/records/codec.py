"""Records to plain JSON values and back.

``decode(type(record), encode(record)) == record`` holds for every record of the
project; the stored form carries a schema version that is checked on load.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

__all__ = ["SCHEMA_VERSION", "decode", "encode"]

#: Raised whenever the meaning or the name of a stored field changes.
SCHEMA_VERSION = 1

RecordT = TypeVar("RecordT")


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
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: encode(getattr(value, name))
            for name, default in _defaults(type(value))
            if getattr(value, name) != default
        }
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
    return typing.cast("RecordT", _decode(kind, value))


_MISSING = object()


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """Names of the fields with their defaults; a mark that equals nothing where there is none."""
    return tuple(
        (field.name, _MISSING if field.default is dataclasses.MISSING else field.default)
        for field in dataclasses.fields(kind)
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:  # noqa: ANN401
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        return typing.cast("type", kind)(**{name: _decode(hints[name], item) for name, item in value.items()})
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _decode_tuple(typing.get_args(kind), value)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        return _decode(next(arg for arg in typing.get_args(kind) if arg is not type(None)), value)
    is_converted = isinstance(kind, type) and (kind is float or issubclass(kind, StrEnum))
    return kind(value) if is_converted else value


def _decode_tuple(args: tuple[Any, ...], value: Sequence[Any]) -> tuple[Any, ...]:
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_decode(args[0], item) for item in value)
    return tuple(_decode(arg, item) for arg, item in zip(args, value, strict=True))
