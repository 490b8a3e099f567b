"""Language rules for legal text: which language it is, and where its sentences end."""

from __future__ import annotations

from fragcheck.nlp.language import detect_language

__all__ = ["detect_language"]
