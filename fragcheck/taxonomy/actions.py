"""Classes of actions with the English words that name them, as data."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fragcheck.errors import TaxonomyError

__all__ = ["ActionClass", "ActionLexicon", "load_actions"]

_FILE = Path(__file__).parent / "data" / "actions.toml"


@dataclass(frozen=True, slots=True)
class ActionClass:
    """A class of actions.

    Parameters
    ----------
    name : str
        ``inform``, ``keep_records``, …
    description : str
    verbs : tuple of str
        English base verbs, with their particle, that decide by themselves.
    objects : tuple of str
        English nouns that decide when the verb is a light one.
    senses : tuple of (str, tuple of str)
        English verb and the nouns before which it takes this class.
    """

    name: str
    description: str
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    senses: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ActionLexicon:
    """All action classes with version and sha256 of the file they were read from."""

    version: str
    sha256: str
    light_verbs: tuple[str, ...]
    classes: tuple[ActionClass, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the classes in the order of the file."""
        return tuple(entry.name for entry in self.classes)


@lru_cache(maxsize=1)
def load_actions() -> ActionLexicon:
    """The actions lexicon of the package.

    Raises
    ------
    TaxonomyError
        If the file does not hold action classes.
    """
    return _read(_FILE)


def _read(path: Path) -> ActionLexicon:
    raw = path.read_bytes()
    try:
        data = tomllib.loads(raw.decode("utf-8"))
        return ActionLexicon(
            version=str(data["version"]),
            sha256=hashlib.sha256(raw).hexdigest(),
            light_verbs=tuple(map(str, data["english"]["light_verbs"])),
            classes=tuple(_action_class(entry) for entry in data["classes"]),
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:  # TOML and UTF-8 errors are ValueErrors
        raise TaxonomyError(
            f"an actions lexicon with version, light_verbs and [[classes]] was wanted, "
            f"{path.name} does not hold one ({error!r}): restore the file"
        ) from error


def _action_class(entry: Mapping[str, Any]) -> ActionClass:
    return ActionClass(
        name=str(entry["name"]),
        description=str(entry["description"]),
        verbs=tuple(entry["verbs"]),
        objects=tuple(entry["objects"]),
        senses=tuple(_sense(line) for line in entry.get("senses", ())),
    )


def _sense(line: str) -> tuple[str, tuple[str, ...]]:
    verb, nouns = line.split(":")
    return verb.strip(), tuple(nouns.split())
