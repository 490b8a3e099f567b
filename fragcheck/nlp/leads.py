"""What a unit says before its items: the words that give them their context."""

from __future__ import annotations

import re

__all__ = ["lead_in"]

#: Characters from which only the last sentence of a lead-in goes into the context.
_LONG_LEAD = 400
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[\"“‘«(\[]?[^\W\d_a-z])|(?<=[。！？；])")


def lead_in(said: str) -> str:
    """What is kept as context of what a unit says before its children: its last sentence where it is long."""
    return _SENTENCE_END.split(said)[-1] if len(said) > _LONG_LEAD else said
