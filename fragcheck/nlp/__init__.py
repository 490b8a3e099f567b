"""Language rules for legal text: which language it is, where its sentences end, what its lexicon finds."""

from __future__ import annotations

from fragcheck.nlp.english import base_verb, is_participle, singular_noun
from fragcheck.nlp.language import detect_language
from fragcheck.nlp.phrases import UNSPACED, Phrase, PhraseFinder
from fragcheck.nlp.sentences import sentence_spans

__all__ = [
    "UNSPACED",
    "Phrase",
    "PhraseFinder",
    "base_verb",
    "detect_language",
    "is_participle",
    "sentence_spans",
    "singular_noun",
]
