"""Which instrument a copy without number or full title is, by its name, its country and its first day.

Texts from legal databases and translations often lack the title page. They still say from when they take
effect, and of whom they speak. None of these signs is enough alone: all of them must agree.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from fragcheck.catalogue.instruments import Instrument, load_catalogue

__all__ = ["commencing_as"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
#: "This bill takes effect on May 1, 2024", "shall enter into force on 1 May 2024".
_TAKES_EFFECT = re.compile(
    r"\b(?:takes?|comes?|enters?|becomes?)\s+(?:into\s+)?(?:effect(?:ive)?|force)\s+(?:on|from|as\s+of)\s+"
    rf"(?:(?P<month>{_MONTH})\s+(?P<day>\d\d?)\s*,?\s+|(?P<first>\d\d?)\s+(?P<then>{_MONTH})\s+)(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
#: Words that a short name must have beside the country's, or it is one of many.
_FEWEST_WORDS = 3
#: What a title holds beside the name: where it stands in a code, and what every law is called.
_BESIDE_NAME = re.compile(r"\b(?:a|an|the|of|on|for|and|act|law|chapter|title|part|\d+)\b")


def commencing_as(title: str, opening: str, closing: str) -> Instrument | None:
    """Return the one law that takes effect on the day that a document says, and bears its name and country.

    Parameters
    ----------
    title : str
        Title of the document; empty where it opens with none.
    opening, closing : str
        Its first and its last lines.

    Returns
    -------
    Instrument or None
        The words of the title must be those of the instrument's short name, no more and no less: a decree to
        a law has the law's name and a word more. Without a title they must all stand in the opening, and the
        text must call itself what the name ends with ("these Measures"). None where no law fits, or several.
    """
    days = set(_days(closing))
    if not days:
        return None
    head, first = _folded(title), _folded(opening)
    said = {*first.split(), *_folded(closing).split()}
    found = [
        law
        for law in load_catalogue()
        if law.kind == "law" and law.in_force in days and _place(law) in said and _names(law, head, first)
    ]
    return found[0] if len(found) == 1 else None


def _names(law: Instrument, head: str, opening: str) -> bool:
    name = _name(law)
    if len(name) < _FEWEST_WORDS:
        return False
    if head:
        return name == set(_BESIDE_NAME.sub(" ", head).split())
    called = _folded(law.short_name).rpartition(" ")[2]
    return name <= set(opening.split()) and re.search(rf"\bth(?:is|ese) {called}\b", opening) is not None


@cache
def _name(law: Instrument) -> frozenset[str]:
    """Words of the short name that tell it, without the country's."""
    return frozenset(_BESIDE_NAME.sub(" ", _folded(law.short_name)).split()) - {_place(law)}


def _days(closing: str) -> Iterator[dt.date]:
    for match in _TAKES_EFFECT.finditer(closing):
        month, day = match["month"] or match["then"], match["day"] or match["first"]
        try:
            yield dt.date(int(match["year"]), _MONTHS.index(month.lower()) + 1, int(day))
        except ValueError:  # the 31st of June
            continue


def _place(law: Instrument) -> str:
    return _folded(law.jurisdiction).rpartition(" ")[2]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = " ".join(re.sub(r"[^\w]|_", " ", plain).split())
    return re.sub(r"\bai\b", "artificial intelligence", words)
