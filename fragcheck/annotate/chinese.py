"""Who acts in a Chinese clause."""

from __future__ import annotations

import re
from bisect import bisect_left

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.party_names import compound_start
from fragcheck.annotate.view import TextView
from fragcheck.nlp import Phrase

__all__ = ["after_by", "chinese_subjects", "only_qualifies"]

_COMMAS = re.compile(r"[，,；;]")
#: How many characters behind its cue whom the State encourages can stand.
_INVERTED = 40
#: "国务院电信、公安等有关部门": sectors between the body above and the departments meant.
_SECTORS = re.compile(r"[^、和及与，,的]{1,8}(?:、[^，,、]{1,8}){1,12}等")
_BY = re.compile(r"由(?!于|此)")


def after_by(view: TextView, mentions: list[Phrase], opening: int, cue: Cue) -> Phrase | None:
    """The agent of "由履行职责的部门责令": the first party behind "by" that qualifies no other."""
    by = None
    for match in _BY.finditer(view.folded, opening, cue.end):
        by = match
    if by is None:
        return None
    comma = _COMMAS.search(view.folded, by.end())
    end = comma.start() if comma else len(view.folded)
    if not by.end() <= max(cue.start, by.end()) <= end:
        return None
    after = [m for m in mentions if by.end() <= m.start < end]
    heads = [m for m in after if view.folded[m.end : m.end + 1] != "的" and not only_qualifies(view, m)]
    return heads[0] if heads else None


def chinese_subjects(
    view: TextView, cue: Cue, mentions: list[Phrase], before: list[Phrase], opening: int
) -> list[Phrase]:
    """Mentions that can be the subject of a Chinese clause, the likeliest first."""
    if cue.form == "object":  # "鼓励服务提供者 …": whom the State encourages acts
        return before or [m for m in mentions if 0 <= m.start - cue.end < _INVERTED]
    segment = max((m.end() for m in _COMMAS.finditer(view.folded, opening, cue.start)), default=opening)
    near = [mention for mention in before if mention.start >= segment]
    # "X 向 Y 提供服务的，应当": the topic of the sentence, unless the clause names its own subject
    chosen = near or before
    # "国家和省级网信部门": the State only qualifies the department
    return [m for m in chosen if not only_qualifies(view, m)] or chosen


def only_qualifies(view: TextView, mention: Phrase) -> bool:
    """True for who only stands before the body meant ("国家和省级网信部门", "学校校长")."""
    if view.language != "zh":
        return False
    place = bisect_left(view.parties, (mention.end,))
    behind = view.parties[place] if place < len(view.parties) else None
    if behind is not None:
        if compound_start(view, behind) <= mention.start:
            return True
        if behind.label == mention.label and _SECTORS.fullmatch(view.folded, mention.end, behind.start):
            return True
    if view.folded[mention.start : mention.end] != "国家":
        return False
    following = view.folded[mention.end : mention.end + 1]
    return following in ("和", "、", "网", "有")
