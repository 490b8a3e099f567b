"""Frozen records that are made by the ten thousand: an ``__init__`` that writes their slots directly."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

__all__ = ["quickly_made"]

T = TypeVar("T")


def quickly_made(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots that is made in a quarter of the time.

    The ``__init__`` that `dataclasses` makes of a frozen class calls ``object.__setattr__`` for each field,
    since its own ``__setattr__`` refuses; this one writes each slot by its descriptor. Arguments, defaults
    and all else stay as they are.

    Parameters
    ----------
    cls : type
        A class behind ``@dataclass(frozen=True, slots=True)``.

    Returns
    -------
    type
        The same class.

    Raises
    ------
    TypeError
        It is no such class, or has ``__post_init__``, default factories or fields by keyword only.
    """
    own = fields(cls)  # type: ignore[arg-type]  # a dataclass, or it raises what is documented
    names = [field.name for field in own]
    usual = all(field.init and not field.kw_only and field.default_factory is MISSING for field in own)
    if not usual or hasattr(cls, "__post_init__") or any(name not in cls.__dict__ for name in names):
        msg = f"{cls.__name__} is no frozen dataclass with slots and plain fields: leave it as it is"
        raise TypeError(msg)
    body = "\n".join(f"    _{name}(self, {name})" for name in names)
    made: dict[str, Any] = {f"_{name}": cls.__dict__[name].__set__ for name in names}
    # as dataclasses does it: nothing but the names of the fields goes into the source
    exec(f"def __init__(self, {', '.join(names)}):\n{body}\n", made)  # noqa: S102
    init, before = made["__init__"], cls.__init__
    for name in ("__defaults__", "__annotations__", "__qualname__", "__module__"):
        setattr(init, name, getattr(before, name))
    type.__setattr__(cls, "__init__", init)
    return cls
