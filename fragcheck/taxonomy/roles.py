"""Classes of parties (roles) with their terms in eleven languages, as data."""

from __future__ import annotations

import hashlib
import itertools
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fragcheck.errors import TaxonomyError

__all__ = ["Role", "RoleLexicon", "load_roles"]

_FILE = Path(__file__).parent / "data" / "roles.toml"


@dataclass(frozen=True, slots=True)
class Role:
    """A class of parties.

    Parameters
    ----------
    name : str
        ``supplier``, ``deployer``, …
    description : str
    terms : tuple of (str, tuple of str)
        Language (ISO 639-1) and its terms, singular, as the file gives them.
    """

    name: str
    description: str
    terms: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RoleLexicon:
    """All roles with the version and the sha256 of the file they were read from."""

    version: str
    sha256: str
    roles: tuple[Role, ...]
    suffixes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    inflect_all: tuple[str, ...] = ()
    masks: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the roles in the order of the file."""
        return tuple(role.name for role in self.roles)

    def terms(self, language: str) -> tuple[tuple[str, str], ...]:
        """Pairs (term in lower case, role) of a language, with the inflected forms derived.

        A term that two roles claim stays with the first. Longer words that
        hold a term without naming a party come with an empty role.
        """
        found: dict[str, str] = {}
        for role in self.roles:
            for term in dict(role.terms).get(language, ()):
                for form in self._forms(term.lower(), language):
                    found.setdefault(form, role.name)
        for mask in dict(self.masks).get(language, ()):
            found[mask.lower()] = ""
        return tuple(found.items())

    def bases(self, language: str) -> dict[str, str]:
        """Inflected forms of a language's terms -> the term as the file gives it, both in lower case."""
        found: dict[str, str] = {}
        for role in self.roles:
            for term in dict(role.terms).get(language, ()):
                for form in self._forms(term.lower(), language):
                    if form not in found or form == term.lower():
                        found[form] = term.lower()
        terms = frozenset(found.values())
        return {form: _singular_among(term, terms) for form, term in found.items()}

    def _forms(self, term: str, language: str) -> tuple[str, ...]:
        if language == "en":
            return (term, _english_plural(term))
        suffixes = dict(self.suffixes).get(language)
        if not suffixes:
            return (term,)
        *head, last = term.split(" ")
        if language not in self.inflect_all:
            return tuple(" ".join((*head, last + suffix)) for suffix in suffixes)
        if len(head) >= 2:  # "responsable du traitement": the first word carries the number
            return tuple(" ".join((head[0] + suffix, *head[1:], last)) for suffix in suffixes)
        words = [[word + suffix for suffix in suffixes] for word in (*head, last)]
        return tuple(" ".join(form) for form in itertools.product(*words))


#: Plural endings of the Romance languages and the singular ones that they can stand for.
_PLURALS = (
    ("ões", "ão"),
    ("ais", "al"),
    ("es", ""),
    ("s", ""),
    ("i", "e"),
    ("i", "o"),
    ("he", "a"),
    ("cy", "ca"),
    ("cę", "ca"),
    ("e", "a"),
)


def _singular_among(term: str, terms: frozenset[str]) -> str:
    """The singular of a term where the lexicon lists that too; else the term itself."""
    words = [
        [word, *(word.removesuffix(many) + one for many, one in _PLURALS if word.endswith(many))]
        for word in term.split(" ")
    ]
    for candidate in itertools.islice(itertools.product(*words), 1, 64):
        if " ".join(candidate) in terms:
            return " ".join(candidate)
    return term


def _english_plural(term: str) -> str:
    irregular = {"child": "children", "person": "persons", "business": "businesses"}
    if term == "person with disabilities":
        return "persons with disabilities"
    *head, last = term.split(" ")
    if "of" in head:
        return " ".join((head[0] + "s", *head[1:], last))
    if last in irregular:
        plural = irregular[last]
    elif last.endswith("y") and last[-2] not in "aeiou":
        plural = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        plural = last + "es"
    else:
        plural = last + "s"
    return " ".join((*head, plural))


@lru_cache(maxsize=1)
def load_roles() -> RoleLexicon:
    """The roles lexicon of the package.

    Raises
    ------
    TaxonomyError
        If the file does not hold roles with terms.
    """
    return _read(_FILE)


def _read(path: Path) -> RoleLexicon:
    raw = path.read_bytes()
    try:
        data = tomllib.loads(raw.decode("utf-8"))
        roles = tuple(
            Role(
                name=str(entry["name"]),
                description=str(entry["description"]),
                terms=tuple((str(lang), tuple(map(str, terms))) for lang, terms in entry["terms"].items()),
            )
            for entry in data["roles"]
        )
        version = str(data["version"])
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:  # TOML and UTF-8 errors are ValueErrors
        raise TaxonomyError(
            f"a roles lexicon with version and [[roles]] (name, description, terms) was wanted, "
            f"{path.name} does not hold one ({error!r}): restore the file"
        ) from error
    return RoleLexicon(
        version=version,
        sha256=hashlib.sha256(raw).hexdigest(),
        roles=roles,
        suffixes=tuple((str(lang), tuple(forms)) for lang, forms in data.get("suffixes", {}).items()),
        masks=tuple((str(lang), tuple(words)) for lang, words in data.get("masks", {}).items()),
        inflect_all=tuple(data.get("inflect_all", {}).get("languages", ())),
    )
