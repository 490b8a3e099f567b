"""Candidates between real laws that were judged by reading, with the features they had then.

``calibration/judgements.csv`` names documents by the start of their sha256 and units by their
keys and holds no text. Two readings of each candidate were made, blind to each other and to all
scores; both were made by language models, so their agreement is consistency, not agreement of people.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

__all__ = ["Judgement", "judgements", "judgements_digest"]

_PLACES = ("left_document", "right_document", "left", "right")
_READINGS = ("first", "second")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One candidate.

    Parameters
    ----------
    left_document, right_document : str
        First 16 hex digits of the files' sha256.
    left, right : str
        Keys of the units.
    first, second : bool
        Whether an expert's concordance would hold the pair, by either reading.
    features : tuple of (str, float)
        Name and value; see `fragcheck.align.evidence.FEATURES`.
    """

    left_document: str
    right_document: str
    left: str
    right: str
    first: bool
    second: bool
    features: tuple[tuple[str, float], ...]

    @property
    def share(self) -> float:
        """Share of the readings that found a counterpart: 0, 0.5 or 1."""
        return (self.first + self.second) / 2.0


def _csv_bytes() -> bytes:
    return files("fragcheck.align").joinpath("calibration/judgements.csv").read_bytes()


@lru_cache(maxsize=1)
def judgements() -> tuple[Judgement, ...]:
    """All judged candidates in the order of the file."""
    found = []
    for row in csv.DictReader(_csv_bytes().decode("utf-8").splitlines()):
        left_document, right_document, left, right = (row.pop(name) for name in _PLACES)
        first, second = (row.pop(name) == "1" for name in _READINGS)
        features = tuple((name, float(value)) for name, value in row.items())
        found.append(Judgement(left_document, right_document, left, right, first, second, features))
    return tuple(found)


def judgements_digest() -> str:
    """sha256 of the judged candidates."""
    return hashlib.sha256(_csv_bytes()).hexdigest()
