"""Names of a package that are loaded at their first use (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

__all__ = ["loaded_at_first_use"]


def loaded_at_first_use(
    package: str, names: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package whose names come from its modules on demand.

    Who asks for one name does not import what all others need.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    names : mapping of str to sequence of str
        By module of the package, the names that it offers. None may be called like a module of the
        package: the module would hide it once it is imported.
    """
    module_of = {name: module for module, offered in names.items() for name in offered}

    def load(name: str) -> Any:  # noqa: ANN401 - one of the names, whatever it is
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{module_of[name]}"), name)

    def offered() -> list[str]:
        return sorted({*vars(sys.modules[package]), *module_of})

    return load, offered
