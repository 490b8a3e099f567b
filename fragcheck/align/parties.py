"""Parties of the chain that a text mentions, by the terms of the roles lexicon."""

from __future__ import annotations

import re
from functools import lru_cache

from fragcheck.align.field_data import load_field_data
from fragcheck.align.wording import normal_form
from fragcheck.taxonomy.roles import load_roles

__all__ = ["mentioned_roles"]

_NO_SPACES = frozenset(("zh", "ja", "ko"))


@lru_cache(maxsize=16384)
def mentioned_roles(text: str, language: str) -> frozenset[str]:
    """Classes of the parties of the chain that the text names; English where no language is known."""
    found = _terms(language or "en")
    if found is None:
        return frozenset()
    pattern, classes = found
    kept = load_field_data().mentioned
    named = {classes[match.group()] for match in pattern.finditer(normal_form(text))}
    return frozenset(named.intersection(kept))


@lru_cache(maxsize=32)
def _terms(language: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """All terms of a language, longest first, so that "data processor" is not read as "processor"."""
    classes = {normal_form(term): role for term, role in load_roles().terms(language) if normal_form(term)}
    if not classes:
        return None
    ordered = sorted(classes, key=lambda term: (-len(term), term))
    joined = "|".join(re.escape(term) for term in ordered)
    bounded = joined if language in _NO_SPACES else rf"(?<!\w)(?:{joined})(?!\w)"
    return re.compile(bounded), classes
