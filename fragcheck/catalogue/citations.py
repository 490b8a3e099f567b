"""Which instrument of the catalogue a citation names."""

from __future__ import annotations

import re
from functools import cache

from fragcheck.catalogue.instruments import load_catalogue

__all__ = ["cited_instrument"]

_CELEX = re.compile(r"CELEX 3(\d{4})([RLD])0*(\d+)")
_LETTERS = {
    "reg": "R",
    "règ": "R",
    "ver": "R",
    "dur": "R",
    "dir": "L",
    "ric": "L",
    "dec": "D",
    "déc": "D",
    "bes": "D",
}
_ACT = re.compile(
    r"^(?:\w+\s+)*?(?P<type>(?:reg|règ|ver|dir|ric|dec|déc|bes)\w*).*?(?P<a>\d{1,4})/(?P<b>\d{1,4})",
    re.IGNORECASE,
)
#: Since 2015 regulations, directives and decisions share one series of numbers, so that one needs no type.
_BARE = re.compile(r"^\((?:EU|EU, Euratom|Euratom)\) (?P<year>20(?:1[5-9]|[2-9]\d))/(?P<number>\d+)$")
_NUMBERED = re.compile(
    r"\b(lei|ley|loi|legge)\s+(?:n[o.º°]{0,2}\s*)?(\d[\d.]*\d(?:-\d+)?)(?!/)", re.IGNORECASE
)
_YEARS = range(1950, 2100)
_QUOTES = " ,.《》「」｢｣“”\"'’"
#: Names shorter than this are too common to be taken for a law.
_SHORTEST = 6


def cited_instrument(name: str) -> str:
    """Id of the instrument that a citation names; empty where the catalogue has none.

    Parameters
    ----------
    name : str
        As in a law: ``Regulation (EU) 2016/679``, ``Executive Order 14110``, or a title.

    Notes
    -----
    EU acts are found by type, year and number (CELEX), from 2015 on without the type too, laws of other
    countries by the word and number that they are cited by (``Lei nº 13.709``), others by their title,
    short name or identifier, in full and in any case.
    """
    act = _ACT.match(name.strip(_QUOTES))
    if act is not None:
        letter = _LETTERS[act["type"][:3].lower()]
        first, second = int(act["a"]), int(act["b"])
        pairs = [(year, number) for year, number in ((first, second), (second, first)) if year in _YEARS]
        return next(
            (_acts()[key] for year, number in pairs if (key := (letter, year, number)) in _acts()), ""
        )
    bare = _BARE.match(name.strip(_QUOTES))
    if bare is not None:
        keys = [(letter, int(bare["year"]), int(bare["number"])) for letter in "RLD"]
        return next((_acts()[key] for key in keys if key in _acts()), "")
    numbered = _NUMBERED.search(name)
    if numbered is not None:
        return _numbered_laws().get(_key_of(numbered), "")
    return _names().get(_folded(name), "")


def _key_of(match: re.Match[str]) -> tuple[str, str]:
    return match[1].lower(), match[2].replace(".", "")


@cache
def _numbered_laws() -> dict[tuple[str, str], str]:
    """Laws by the word and number they are cited by; what two countries number alike names neither."""
    found: dict[tuple[str, str], set[str]] = {}
    for instrument in load_catalogue():
        for match in _NUMBERED.finditer(f"{instrument.identifier}; {instrument.title}"):
            found.setdefault(_key_of(match), set()).add(instrument.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _folded(name: str) -> str:
    plain = " ".join(name.strip(_QUOTES).casefold().split())
    return re.sub(
        r"^the |^e\.o\. (?:no\. )?", lambda found: "executive order " if found[0][0] == "e" else "", plain
    )


@cache
def _acts() -> dict[tuple[str, int, int], str]:
    found: dict[tuple[str, int, int], str] = {}
    for instrument in load_catalogue():
        for match in _CELEX.finditer(instrument.identifier):
            found.setdefault((match[2], int(match[1]), int(match[3])), instrument.id)
    return found


@cache
def _names() -> dict[str, str]:
    """Names by which an instrument is cited; one that two instruments share names neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for instrument in load_catalogue():
        order = re.match(r"Executive Order \d+", instrument.title)
        titles = {instrument.title, instrument.short_name, *instrument.identifier.split(";")}
        titles |= {re.sub(r"\s*\([^()]*\)$", "", instrument.title), *([order[0]] if order else [])}
        titles |= set(re.findall(r"\(([A-Z][\w ]+(?:Act|Regulation|Code|Law))\)", instrument.title))
        for title in {_folded(each) for each in titles if len(each.strip()) >= _SHORTEST}:
            if found.get(title, instrument.id) != instrument.id:
                shared.add(title)
            found[title] = instrument.id
    return {name: identifier for name, identifier in found.items() if name not in shared}
