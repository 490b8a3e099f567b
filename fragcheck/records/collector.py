"""The cyclic garbage collector, kept from running while records are made by the ten thousand."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_collector"]


@contextmanager
def without_collector() -> Iterator[None]:
    """A stretch of work in which the collector does not run; also a decorator.

    Records refer to nothing that refers back, so there is nothing for it to find, and looking costs a
    fourteenth of what dividing a long law into provisions takes. It runs again behind the stretch, as it did
    before.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
