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
#: What makes the party behind it one that is acted on.
_OBJECT = re.compile(r"(?:[向对给从被将把经至到]|通知|告知|要求|责令|委托|会同|报请?|对于|关于)$")
_OBJECT_REACH = 2
#: What parts a clause from the one before it in the same rule.
_GOES_ON = re.compile(r"[，,；;]")


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
    if cue.form == "barred":  # "禁止乘客携带 …": whom the law forbids it
        barred = [m for m in mentions if compound_start(view, m) == cue.end]
        if barred:
            return barred
    if cue.form == "object":  # "鼓励服务提供者 …": whom the State encourages acts
        return before or [m for m in mentions if 0 <= m.start - cue.end < _INVERTED]
    before = [m for m in before if not _is_object(view, m)]
    before = [m for m in before if not _only_asks(view, m, cue, opening)]
    segment = max((m.end() for m in _COMMAS.finditer(view.folded, opening, cue.start)), default=opening)
    near = [mention for mention in before if mention.start >= segment]
    # "X 向 Y 提供服务的，应当": the topic of the sentence, unless the clause names its own subject
    chosen = near or before
    # "轨道交通企业的驾驶员": whose driver it is, is not bound
    chosen = [m for m in chosen if view.folded[m.end : m.end + 1] != "的"] or chosen
    # "国家和省级网信部门": the State only qualifies the department
    return [m for m in chosen if not only_qualifies(view, m)] or chosen


def _is_object(view: TextView, mention: Phrase) -> bool:
    """True for a party behind a preposition, or a verb that acts on it: "向主管部门", "经市政府"."""
    start = compound_start(view, mention)
    return _OBJECT.search(view.folded, max(0, start - _OBJECT_REACH), start) is not None


def _only_asks(view: TextView, mention: Phrase, cue: Cue, opening: int) -> bool:
    """True for a person whose act is the condition of another's duty: "…；用户注销账号的，不得 …"."""
    border = view.folded[max(0, opening - 2) : opening + 1]
    if mention.label != "affected_person" or not _GOES_ON.search(border):
        return False
    return "的，" in view.folded[mention.end : cue.start]


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
