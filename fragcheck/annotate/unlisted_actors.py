"""Subjects that no lexicon lists, told by the form of their noun: "le vérificateur", "承运人", "薬剤師は"."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
#: How far from the opening of a sentence its topic can end.
_MAX_OPENING = 120


class _Forms(NamedTuple):
    """How nouns of people and bodies look in a language, where they stand, and which only look so."""

    subject: re.Pattern[str]
    proper: re.Pattern[str] | None
    agent: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    authority: re.Pattern[str] | None
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
        _optional(data, "agent"),
        _optional(data, "topic"),
        _optional(data, "authority"),
        re.compile(data["excluded"]),
        tuple((re.compile(ending), single) for ending, single in data.get("singular", ())),
    )


def _optional(data: Mapping[str, str], name: str) -> re.Pattern[str] | None:
    return re.compile(data[name]) if name in data else None


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
        One, or none; with a role only where the ending of the name tells an authority.
    """
    forms = _forms(view.language)
    if forms is None:
        return ()
    if is_passive:
        agent = forms.agent.search(view.text, cue.end, closing) if forms.agent else None
        span = agent.span("name") if agent else None
    else:
        span = (_topic if view.language in UNSPACED else _subject)(view, forms, opening, cue.start)
    if span is None:
        return ()
    # the letters of the Chinese forms are simplified; names keep those of the text
    plain, name = (text[slice(*span)].lower() for text in (view.folded, view.text))
    if forms.excluded.fullmatch(plain):
        return ()
    role = "public_authority" if forms.authority and forms.authority.fullmatch(plain) else ""
    for ending, single in forms.singular:
        if ending.search(name):
            name = ending.sub(single, name)
            break
    return (Party(name, role, *span),)


def _subject(view: TextView, forms: _Forms, opening: int, end: int) -> tuple[int, int] | None:
    """The noun that opens a clause or follows its last comma."""
    comma = view.text.rfind(",", opening, end)
    places = (opening,) if comma < 0 else (opening, comma + 1)
    matches = [forms.subject.match(view.text, place, end) for place in places]
    if forms.proper is not None and end - places[-1] < _MAX_TOPIC:
        matches.append(forms.proper.fullmatch(view.text, places[-1], end))
    return next((match.span("name") for match in matches if match is not None), None)


def _topic(view: TextView, forms: _Forms, opening: int, end: int) -> tuple[int, int] | None:
    """The East Asian noun that stands before the verb or ends its clause, or is the topic of the sentence.

    A Japanese or Korean topic comes first: it reaches over the clauses behind it.
    """
    near = (forms.subject, max(opening, end - _MAX_TOPIC), end)
    whole = (forms.topic, opening, min(end, opening + _MAX_OPENING))
    for pattern, start, stop in (near, whole) if view.language == "zh" else (whole, near):
        # a mark stands for what is cut off before a clause
        cut = "" if start == opening else "\0"
        found = pattern.search(cut + view.folded[start:stop]) if pattern else None
        if found is not None and not forms.excluded.fullmatch(found["name"]):
            shift = start - len(cut)
            return found.start("name") + shift, found.end("name") + shift
    return None
