"""Fixed reference provisions: what is common in this kind of text, whatever pair is compared.

They are the project's own wording (``calibration/provisions.csv``): ten made-up
instruments in eight languages. Their words give document frequencies, the means
of their vectors are what unit vectors are centred on, and their concepts are
the truth that the probabilities are fitted on.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fragcheck.align.words import character_grams, terms

__all__ = [
    "ReferenceProvision",
    "gram_frequencies",
    "reference_digest",
    "reference_provisions",
    "term_frequencies",
]


@dataclass(frozen=True, slots=True)
class ReferenceProvision:
    """A provision of a made-up instrument; provisions of one `concept` state the same rule."""

    instrument: str
    language: str
    concept: str
    heading: str
    text: str


def _csv_bytes() -> bytes:
    return files("fragcheck.align").joinpath("calibration/provisions.csv").read_bytes()


@lru_cache(maxsize=1)
def reference_provisions() -> tuple[ReferenceProvision, ...]:
    """All reference provisions in the order of the file."""
    rows = csv.DictReader(_csv_bytes().decode("utf-8").splitlines())
    return tuple(ReferenceProvision(**row) for row in rows)


def reference_digest() -> str:
    """sha256 of the reference provisions."""
    return hashlib.sha256(_csv_bytes()).hexdigest()


@lru_cache(maxsize=64)
def term_frequencies(language: str) -> tuple[Mapping[str, int], int]:
    """In how many reference provisions of `language` each term stands, and how many there are."""
    return _frequencies(_terms(language))


@lru_cache(maxsize=64)
def gram_frequencies(language: str) -> tuple[Mapping[str, int], int]:
    """In how many reference provisions of `language` each character run stands, and how many there are."""
    return _frequencies([character_grams(words) for words in _terms(language)])


def _terms(language: str) -> list[tuple[str, ...]]:
    return [
        terms(f"{item.heading}. {item.text}", language)
        for item in reference_provisions()
        if item.language == language
    ]


def _frequencies(texts: Sequence[Sequence[str]]) -> tuple[Mapping[str, int], int]:
    return Counter(term for words in texts for term in set(words)), len(texts)
