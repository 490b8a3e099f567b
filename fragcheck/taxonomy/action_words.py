"""Words for actions in ten languages with the English word of each, as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fragcheck.errors import TaxonomyError

__all__ = ["ActionWords", "load_action_words"]

_FILE = Path(__file__).parent / "data" / "action_words.csv"
_KINDS = ("verb", "noun")


@dataclass(frozen=True, slots=True)
class ActionWords:
    """Stems of verbs and nouns with their English word.

    Parameters
    ----------
    rows : tuple of (str, str, str, str)
        English word, kind (``verb``, ``noun``), language (ISO 639-1), stem in lower case. A stem
        ``a~b`` is that of a verb ``a`` whose particle ``b`` stands apart from it.
    """

    rows: tuple[tuple[str, str, str, str], ...]

    def verbs(self, language: str) -> tuple[tuple[str, str], ...]:
        """Pairs (English base verb, stem) of a language."""
        return self._of("verb", language)

    def nouns(self, language: str) -> tuple[tuple[str, str], ...]:
        """Pairs (English noun, stem) of a language."""
        return self._of("noun", language)

    def _of(self, kind: str, language: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (english, stem) for english, sort, spoken, stem in self.rows if (sort, spoken) == (kind, language)
        )


@lru_cache(maxsize=1)
def load_action_words() -> ActionWords:
    """The action words of the package.

    Raises
    ------
    TaxonomyError
        If the file does not hold them.
    """
    return _read(_FILE)


def _read(path: Path) -> ActionWords:
    with path.open(newline="", encoding="utf-8") as handle:
        reader = csv.DictReader(handle)
        columns = reader.fieldnames or ()
        rows = list(reader)
    if tuple(columns[:2]) != ("english", "kind") or any(row["kind"] not in _KINDS for row in rows):
        raise TaxonomyError(
            f"action words with the columns english, kind (verb or noun) and one per language were wanted, "
            f"{path.name} has {', '.join(columns)}: restore the file"
        )
    return ActionWords(
        tuple(
            (row["english"], row["kind"], language, stem)
            for row in rows
            for language in columns[2:]
            for stem in (row[language] or "").split("|")
            if stem
        )
    )
