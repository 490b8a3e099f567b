"""Whom a condition binds where the duty behind it names no one: "If the broker errs, the offer is void"."""

from __future__ import annotations

import re

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.party_names import named_party
from fragcheck.annotate.readers import Reader
from fragcheck.annotate.view import TextView

__all__ = ["BINDABLE", "bound_in_condition"]

#: Roles that do what follows from their own act; an affected person's act binds others.
BINDABLE = frozenset(
    {
        "supplier",
        "deployer",
        "importer",
        "distributor",
        "controller",
        "processor",
        "authorised_representative",
        "undertaking",
        "conformity_body",
        "public_authority",
        "everyone",
    }
)
#: Words between the subordinator and the subject of the condition.
_ARTICLE = re.compile(r"\s*(?:[^\W\d_]{1,5}['’ ]\s*)?")


def bound_in_condition(view: TextView, reader: Reader, cue: Cue, opening: int) -> tuple[Party, ...]:
    """The subject of the condition that opens a sentence whose main verb is in the passive without an agent.

    Parameters
    ----------
    view : TextView
    reader : Reader
        Of the text's language.
    cue : Cue
        Of the main verb.
    opening : int
        Where the sentence begins.

    Returns
    -------
    tuple of Party
        One, or none where the condition is none, lies behind, or someone else would act on it: on what
        a person asks for, or on what is done to the subject.
    """
    if reader.condition is None or reader.asked is None:
        return ()
    lead = reader.condition.match(view.folded, opening)
    comma = view.folded.find(",", opening, cue.start)
    if lead is None or comma < 0:
        return ()
    first = next(iter(view.parties_in(lead.end(), comma)), None)
    if first is None or first.label not in BINDABLE:
        return ()
    between = _ARTICLE.fullmatch(view.folded, lead.end(), first.start)
    if between is None or reader.asked.search(view.folded, first.end, comma):
        return ()
    return (named_party(view, first),)
