"""Subjects that no lexicon lists, told by the form of their noun: "le vérificateur", "承运人", "薬剤師は"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.mentions import party_data
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.view import TextView
from fragcheck.nlp import UNSPACED

__all__ = ["unlisted_actor"]

#: How far before its cue the subject of an East Asian clause is looked for.
_MAX_TOPIC = 48


class _Forms(NamedTuple):
    """How nouns of people and bodies look in a language, where they stand, and which only look so."""

    subject: re.Pattern[str]
    proper: re.Pattern[str] | None
    agent: re.Pattern[str] | None
    excluded: re.Pattern[str]
    singular: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=16)
def _forms(language: str) -> _Forms | None:
    data = party_data()["unlisted"].get(language)
    if data is None:
        return None
    return _Forms(
        re.compile(data["subject"]),
        re.compile(data["proper"]) if data.get("proper") else None,
        re.compile(data["agent"]) if data.get("agent") else None,
        re.compile(data["excluded"]),
        tuple((re.compile(ending), single) for ending, single in data.get("singular", ())),
    )


def unlisted_actor(
    view: TextView, cue: Cue, opening: int, closing: int, *, is_passive: bool
) -> tuple[Party, ...]:
    """Who acts in a clause where no party of the lexicon does.

    Parameters
    ----------
    view : TextView
    cue : Cue
        Of the clause's verb.
    opening, closing : int
        The range of the clause.
    is_passive : bool
        True where the subject is the one acted on: then the agent behind "by" is looked for.

    Returns
    -------
    tuple of Party
        One without a role, or none.
    """
    forms = _forms(view.language)
    if forms is None:
        return ()
    if is_passive:
        found = forms.agent.search(view.text, cue.end, closing) if forms.agent else None
    else:
        found = _subject(view, forms, opening, cue.start)
    if found is None:
        return ()
    name = found["name"].lower()
    if forms.excluded.fullmatch(name):
        return ()
    for ending, single in forms.singular:
        if ending.search(name):
            name = ending.sub(single, name)
            break
    start = view.text.find(found["name"], opening, closing)
    return (Party(name, "", start, start + len(found["name"])),)


def _subject(view: TextView, forms: _Forms, opening: int, end: int) -> re.Match[str] | None:
    """The noun that opens a clause or follows its last comma; in East Asian languages before the verb."""
    if view.language in UNSPACED:
        return forms.subject.search(view.text[max(opening, end - _MAX_TOPIC) : end])
    comma = view.text.rfind(",", opening, end)
    places = (opening,) if comma < 0 else (opening, comma + 1)
    matches = [forms.subject.match(view.text, place, end) for place in places]
    if forms.proper is not None and end - places[-1] < _MAX_TOPIC:
        matches.append(forms.proper.fullmatch(view.text, places[-1], end))
    return next((match for match in matches if match is not None), None)
