"""Conditions of sentences that are not English, and where they begin."""

from __future__ import annotations

from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.readers import Reader
from fragcheck.annotate.view import TextView, squeeze

__all__ = ["condition_of"]


def condition_of(view: TextView, reader: Reader, actor: Party | None, opening: int, closing: int) -> str:
    """The words of a clause's condition in lower case, "" where it has none."""
    return _condition(view, reader, _after_topic(view, reader, actor, opening), closing)


def _after_topic(view: TextView, reader: Reader, actor: Party | None, opening: int) -> int:
    """Where the condition can begin: behind the actor where the sentence opens with it."""
    if actor is None or reader.condition_end is None or not opening <= actor.start < opening + 4:
        return opening
    particle = reader.subject.match(view.folded, actor.end) if reader.subject else None
    return particle.end() if particle else actor.end


def _condition(view: TextView, reader: Reader, opening: int, closing: int) -> str:
    if reader.condition_end is not None:
        ending = reader.condition_end.search(view.folded, opening, closing)
        if ending is None:
            return ""
        return squeeze(view.text[opening : ending.end()]).removeprefix("的")
    if reader.condition is None:
        return ""
    begin = reader.condition.search(view.folded, opening, closing)
    if begin is None:
        return ""
    comma = view.folded.find(",", begin.end(), closing)
    leading = not view.folded[opening : begin.start()].strip(" ,;")
    stop = comma if comma >= 0 and leading else closing
    return squeeze(view.text[begin.start() : stop]).lower()
