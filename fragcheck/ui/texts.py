"""All words that the app shows, from one catalogue: ``texts.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

__all__ = ["bare", "plain", "section", "text"]

#: What Markdown, or Streamlit's additions to it, would take for a mark.
_MARKS = frozenset("\\`*_{}[]()<>#+-.!|$~:^")


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("fragcheck.ui").joinpath("texts.toml").read_text(encoding="utf-8"))


def text(key: str, **values: object) -> str:
    """The text of ``"section.name"``, with `values` put into its braces.

    Raises
    ------
    KeyError
        Where the catalogue has no such text, or a brace has no value.
    """
    group, _, name = key.partition(".")
    template = _catalogue()[group][name]
    return template.format(**values) if values else template


def section(name: str) -> dict[str, str]:
    """All texts of a section, in the order of the file."""
    return dict(_catalogue()[name])


def plain(words: str) -> str:
    r"""Words from outside (a file name, a title, an error) with nothing left that Markdown acts on.

    Without this the name of a file could make the page load an image from elsewhere.

    Examples
    --------
    >>> plain("![x](y)")
    '\\!\\[x\\]\\(y\\)'
    """
    return "".join(f"\\{mark}" if mark in _MARKS else mark for mark in words.replace("\n", " "))


def bare(words: str) -> str:
    """Words from outside for a label, which screen readers are given unrendered: marks become spaces.

    Examples
    --------
    >>> bare("my_law [v2].pdf")
    'my law v2 .pdf'
    """
    return " ".join("".join(mark if mark.isalnum() or mark in " .-›" else " " for mark in words).split())
