"""Recitals that stand without their kind, told by the number they bear."""

from __future__ import annotations

import re

from fragcheck.annotate.view import TextView

__all__ = ["is_numbered_recital"]

_NUMBER = re.compile(r"\W{0,3}\((?P<number>\d{1,3})\)\s+\w")
#: From which number on "(13)" opens a recital: paragraphs of a German section are numbered alike, those of
#: Dutch and Polish articles are not ("1.", "1)"), those of Romance ones seldom are.
_FIRST = {"de": 13, "nl": 1, "pl": 1, "fr": 1, "es": 1, "pt": 1, "it": 1}
#: Below this number the text must hold no word of duty: other documents number their rules so.
_SURELY = 13
#: Forms of cues that bind only where nothing stronger does.
_WEAK = frozenset({"present", "passive", "state", "future"})


def is_numbered_recital(view: TextView) -> bool:
    """True for "(38) Spraakherkenning …": the number of a recital; English ones are told otherwise."""
    first = _FIRST.get(view.language)
    found = _NUMBER.match(view.folded) if first is not None else None
    if found is None or first is None or int(found["number"]) < first:
        return False
    return int(found["number"]) >= _SURELY or all(cue.form in _WEAK for cue in view.cues)
