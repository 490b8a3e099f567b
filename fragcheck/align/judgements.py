"""Candidates between real laws that were judged by reading, with the features they had then.

``calibration/judgements.csv`` names documents by the start of their sha256 and units by their
keys and holds no text. A first set was read twice, the readings blind to each other and to all
scores, a second and a third set once, and so was a fourth, between laws in two languages. All
readings were made by language models, so the agreement of the two is consistency, not agreement of
people.
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
_READING = {"1": True, "0": False, "": None}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One candidate.

    Parameters
    ----------
    left_document, right_document : str
        First 16 hex digits of the files' sha256.
    left, right : str
        Keys of the units.
    first, second : bool or None
        Whether an expert's concordance would hold the pair, by either reading; None where there is none.
    features : tuple of (str, float)
        Name and value; see `fragcheck.align.traits.FEATURES`.
    """

    left_document: str
    right_document: str
    left: str
    right: str
    first: bool | None
    second: bool | None
    features: tuple[tuple[str, float], ...]

    @property
    def is_foreign(self) -> bool:
        """Whether the two units are in two languages."""
        return dict(self.features)["is_foreign"] > 0

    @property
    def share(self) -> float:
        """Share of the readings that found a counterpart: 0, 0.5 or 1."""
        readings = [reading for reading in (self.first, self.second) if reading is not None]
        return sum(readings) / len(readings) if readings else 0.0


def _csv_bytes() -> bytes:
    return files("fragcheck.align").joinpath("calibration/judgements.csv").read_bytes()


@lru_cache(maxsize=1)
def judgements() -> tuple[Judgement, ...]:
    """All judged candidates in the order of the file."""
    found = []
    for row in csv.DictReader(_csv_bytes().decode("utf-8").splitlines()):
        left_document, right_document, left, right = (row.pop(name) for name in _PLACES)
        first, second = (_READING[row.pop(name)] for name in _READINGS)
        features = tuple((name, float(value)) for name, value in row.items())
        found.append(Judgement(left_document, right_document, left, right, first, second, features))
    return tuple(found)


def judgements_digest() -> str:
    """sha256 of the judged candidates."""
    return hashlib.sha256(_csv_bytes()).hexdigest()
