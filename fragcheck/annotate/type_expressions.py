"""Expressions that tell procedure and the other types that modality alone does not settle."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from fragcheck.annotate.screening import Screened

__all__ = [
    "binds_no_one",
    "is_enacting_formula",
    "procedure_words",
    "type_words",
    "whoever_acts",
    "words_of_type",
]

_FILE = Path(__file__).parent / "data" / "provision_types.toml"


@lru_cache(maxsize=1)
def type_words() -> dict[str, Any]:
    """The expressions of provision types, as the data file gives them."""
    with _FILE.open("rb") as handle:
        return tomllib.load(handle)


@lru_cache(maxsize=16)
def procedure_words(language: str) -> Screened:
    """Scope, commencement, amendment and the like in a language."""
    data = type_words()
    if language != "en":
        return Screened(data[f"{language}_procedure"])
    return Screened(
        part.replace("HEADED", data["headed"])
        .replace("LABEL", data["label"])
        .replace("SOFT", data["soft_instrument"])
        .replace("INSTRUMENT", data["instrument"])
        .replace("PORTION", data["portion"])
        for part in data["procedure"]
    )


@lru_cache(maxsize=64)
def words_of_type(name: str) -> Screened:
    """The expressions under a name of the data file."""
    return Screened(type_words()[name])


@lru_cache(maxsize=16)
def whoever_acts(language: str) -> Screened | None:
    """Commencement, amendments, penalties and liability: procedure even where the sentence names a party."""
    data = type_words().get(f"{language}_procedure_always")
    return Screened(data) if data else None


def is_enacting_formula(sentence: str) -> bool:
    """True for "Be it enacted by the General Assembly …" and its like in other languages, in lower case."""
    return words_of_type("enacts").found_in(sentence)


def binds_no_one(sentence: str, language: str) -> bool:
    """True for commencement, amendments, penalties and liability, in lower case, and formulas of enactment.

    English sentences of that kind are told by their clauses.
    """
    if is_enacting_formula(sentence):
        return True
    formal = whoever_acts(language)
    if formal is None:
        return False
    return formal.found_in(sentence) or words_of_type("inserts_rule").found_in(sentence)
