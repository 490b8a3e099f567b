"""Which instrument of the catalogue a document is, by the title and the number that it opens with.

A copy from another place, or in another layout, has other bytes than the copy that the catalogue
verified. What its first lines call it is then the only sign, so the rules are narrow: a document that cites
a law, amends it or explains it names it too, and a name alone in the text proves nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fragcheck.catalogue.citations import cited_instrument
from fragcheck.catalogue.instruments import Instrument, load_catalogue

__all__ = ["recognised"]

#: A name must have that many words, or letters where no blanks are written, to be one law's alone.
_FEWEST_WORDS, _FEWEST_LETTERS = 4, 7
#: Below that many words a name is one that several countries give ("Personal Information Protection Act").
_FEWEST_WORDS_ALONE = 6
#: What bills and acts are named by in the United States: chamber and number, the year before it or not.
_BILL = re.compile(r"\b(sb|hb|ab) (?:no )?(\d+)(?: (\d+))?\b")
#: What a law calls itself: "This Act may be cited as the …".
_CITED_AS = re.compile(r"\b(?:cited|known|called)(?: and may be cited)? as (?:the )?")
_CHAMBERS = (
    ("senate bill", "sb"),
    ("house bill", "hb"),
    ("assembly bill", "ab"),
    ("s b", "sb"),
    ("h b", "hb"),
    ("a b", "ab"),
)
#: Words of a title that an act opens with as well, at least; numbers are given out anew in every session.
_SHARE_OF_WORDS = 0.5
_EMPTY_WORDS = frozenset(["a", "an", "and", "for", "in", "of", "on", "the", "to", "act", "law", "bill"])
#: Who enacts it says nothing of which act it is.
_MAKERS = " of the european parliament and of the council"
#: An act says first what it is; what cites, corrects, explains or proposes one says that first.
_OWN_NUMBER = re.compile(
    r"\W*(?:(?:commission|council|delegated|implementing)\s+)*"
    r"(?:reg|règ|ver|dir|ric|dec|déc|bes|lei|ley|loi|legge)\w*\b",
    re.IGNORECASE,
)
_COMMISSION = re.compile(r"com\s\d{4}\s\d+")


def recognised(title: str, opening: str) -> Instrument | None:
    """The one instrument whose title or number a document bears at its head; None where none or several fit.

    Parameters
    ----------
    title : str
        Title of the document, as its opening prints it.
    opening : str
        Its first lines.

    Notes
    -----
    An act of the EU, and a law that is cited by its number (``Lei nº 13.709``), is told where the title
    begins with it. Others are told where the title begins with one of the instrument's titles or numbers in
    full; where the catalogue gives a number of the Commission (``COM(2021) 206``) the opening must have it
    too, and the country where the title is a short one. A bill or act of a state of the US is told
    by its number (``SB 1047``), the name of the state and half of the words of its title, all in the
    opening; any law by a clause in the opening that says how it may be cited.
    """
    head, first = _folded(title), _folded(opening)
    found = {each.name for each in _names() if each.fits(head, first)}
    by_number = cited_instrument(title)
    if by_number and _OWN_NUMBER.match(title):
        found.add(by_number)
    if not found:
        found = {bill.name for bill in _bills() if bill.fits(first)} or set(_by_short_title(first))
    if len(found) != 1:
        return None
    return load_catalogue().get(found.pop())


@dataclass(frozen=True, slots=True)
class _Name:
    """A title or number of an instrument, folded; `beside` must stand in the opening as well."""

    name: str
    words: str
    beside: str = ""

    def fits(self, head: str, opening: str) -> bool:
        if not head.startswith(self.words) or head[len(self.words) : len(self.words) + 1].isalnum():
            return False
        return self.beside in opening


@dataclass(frozen=True, slots=True)
class _Bill:
    name: str
    number: str
    state: str
    words: frozenset[str]

    def fits(self, opening: str) -> bool:
        if self.state not in opening:
            return False
        shared = self.words & set(opening.split())
        return self.number in _numbers(opening) and len(shared) >= _SHARE_OF_WORDS * len(self.words)


def _numbers(opening: str) -> set[str]:
    """Numbers of bills; of ``sb 24 205`` the short reading too, as a year may follow a number."""
    found = list(_BILL.finditer(opening))
    return {f"{each[1]} {each[2]}" for each in found} | {
        f"{each[1]} {each[2]} {each[3]}" for each in found if each[3]
    }


def _by_short_title(opening: str) -> Iterator[str]:
    for match in _CITED_AS.finditer(opening):
        yield from (
            each.name for each in _names() if not each.beside and each.fits(opening[match.end() :], "")
        )


def _folded(text: str) -> str:
    """Letters and digits in lower case, one blank between words; chambers of parliaments by their letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = " ".join(re.sub(r"[^\w]|_", " ", plain).split())
    for name, letters in _CHAMBERS:
        words = re.sub(rf"\b{name}\b(?= (?:no )?\d)", letters, words)
    return words.replace(_MAKERS, "")


@cache
def _names() -> tuple[_Name, ...]:
    return tuple(name for instrument in load_catalogue() for name in _names_of(instrument))


def _names_of(instrument: Instrument) -> Iterator[_Name]:
    title = _folded(instrument.title)
    number = _COMMISSION.search(title)
    said = "" if number is None else number[0]
    whole = title if number is None else title[: number.start()].strip()
    numbered, _, rest = instrument.title.partition(", ")
    # "Texas HB 149, Texas Responsible …": behind a number stands the name, behind a name who published it.
    called = _folded(rest) if re.search(r"\d", numbered) else ""
    for name in {whole, called, *map(_folded, instrument.names)}:
        if _is_telling(name):
            is_short = name.isascii() and len(name.split()) < _FEWEST_WORDS_ALONE
            yield _Name(instrument.id, name, said or (_place(instrument) if is_short else ""))
    for part in instrument.identifier.split(";"):
        folded = _folded(part)
        if re.search(r"\d{3}|\d \d", folded) and not _BILL.search(folded):
            yield _Name(instrument.id, folded, said)


def _place(instrument: Instrument) -> str:
    """The last word of who enacts it: ``korea`` of the Republic of Korea."""
    return _folded(instrument.jurisdiction).rpartition(" ")[2]


def _is_telling(name: str) -> bool:
    if name.isascii():
        return len(name.split()) >= _FEWEST_WORDS
    return len(name.replace(" ", "")) >= _FEWEST_LETTERS


@cache
def _bills() -> tuple[_Bill, ...]:
    found = []
    for instrument in load_catalogue():
        nation, _, state = instrument.jurisdiction.partition(": ")
        # The session stands in brackets: "SB 1047 (2023-2024)".
        number = _folded(re.sub(r"\(.*?\)", "", instrument.identifier).split(";")[0])
        if nation == "United States" and state and _BILL.fullmatch(number):
            name = _folded(instrument.title.partition(", ")[2] or instrument.title)
            words = frozenset(name.split()) - _EMPTY_WORDS
            found.append(_Bill(instrument.id, number, _folded(state), words))
    return tuple(found)
