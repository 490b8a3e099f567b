"""fragcheck measures how AI regulations of several jurisdictions diverge.

Importing the package loads no heavy library; the verbs (`fragcheck.api`) do when they are used:
``parse``, ``analyse``, ``match``, ``compare``, ``survey`` and ``tables``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fragcheck.version import __version__

if TYPE_CHECKING:
    from fragcheck.api import analyse, compare, match, parse, survey, tables

__all__ = ["__version__", "analyse", "compare", "match", "parse", "survey", "tables"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of these functions
    """Load the verbs at their first use (PEP 562)."""
    if name in __all__:
        from fragcheck import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
