"""All words that the app shows: ``texts.toml`` in English, ``texts.<code>.toml`` in other languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

__all__ = ["LANGUAGES", "bare", "catalogue", "language", "plain", "section", "speak", "speaking", "text"]

#: Languages of the interface with their own names; the first is what the others are translated from.
LANGUAGES = {"en": "English", "de": "Deutsch"}

#: What Markdown, or Streamlit's additions to it, would take for a mark.
_MARKS = frozenset("\\`*_{}[]()<>#+-.!|$~:^")

#: Of the thread under way: every run of a page has one of its own.
_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """Code of the language that is spoken now."""
    return _language.get()


def speak(code: str) -> None:
    """Speak another language from now on in this thread; one that is not known is English."""
    _language.set(code if code in LANGUAGES else "en")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language inside: for what runs in a thread that no page has opened."""
    kept = _language.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(kept)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(code: str) -> dict[str, dict[str, str]]:
    """All texts of a language by section and name."""
    name = "texts.toml" if code == "en" else f"texts.{code}.toml"
    return tomllib.loads(files("fragcheck.ui").joinpath(name).read_text(encoding="utf-8"))


def text(key: str, **values: object) -> str:
    """The text of ``"section.name"``, with `values` put into its braces.

    Raises
    ------
    KeyError
        Where the catalogue has no such text, or a brace has no value.
    """
    group, _, name = key.partition(".")
    template = catalogue(_language.get())[group][name]
    return template.format(**values) if values else template


def section(name: str) -> dict[str, str]:
    """All texts of a section, in the order of the file."""
    return dict(catalogue(_language.get())[name])


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
