"""fragcheck measures how AI regulations of several jurisdictions diverge.

Importing the package loads no heavy library; the four verbs (`fragcheck.api`) do when they are used:
``parse``, ``analyse``, ``match`` and ``compare``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fragcheck.version import __version__

if TYPE_CHECKING:
    from fragcheck.api import analyse, compare, match, parse

__all__ = ["__version__", "analyse", "compare", "match", "parse"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of four functions
    """Load the verbs at their first use (PEP 562)."""
    if name in __all__:
        from fragcheck import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
