"""Requirements of sentences in the other European and the East Asian languages."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.strictness import promptness_of, set_directions
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.nlp import UNSPACED, Phrase
from fragcheck.records import Requirement
from fragcheck.taxonomy.actions import load_actions

__all__ = ["read_other"]

_FILE = Path(__file__).parent / "data" / "readers.toml"
_MAX_ACTION = 240
#: How far before a light verb the word that decides can stand.
_NEAR = 14
#: Plural endings that are taken off the words of an actor.
_PLURAL = {
    "fr": re.compile(r"(?<=[a-zé]{3})(?<![suia])s$"),
    "es": re.compile(r"(?<=[dlnr])es$|(?<=[aeo])s$"),
    "pt": re.compile(r"(?<=[rz])es$|(?<=[aeo])s$"),
}
#: German and Dutch stems longer than this count inside a compound.
_COMPOUND = 7
#: How many characters after its cue an actor can stand: in inverted order, and after an impersonal cue.
_INVERTED = 40
_IMPERSONAL = 12
_COMMAS = re.compile(r"[，,、；;]")


class _Reader(NamedTuple):
    verb: str
    subject: re.Pattern[str] | None
    agent: re.Pattern[str]
    condition: re.Pattern[str] | None
    condition_end: re.Pattern[str] | None
    relative: re.Pattern[str] | None
    stems: re.Pattern[str]
    classes: dict[str, str]
    light: frozenset[str]


@lru_cache(maxsize=16)
def _reader(language: str) -> _Reader:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)[language]
    classes = dict(load_actions().stems(language))
    ordered = sorted(classes, key=lambda stem: (-len(stem), stem))
    compounds = language in ("de", "nl")  # "Risikobewertung": long stems count inside a word
    stems = "|".join(
        re.escape(stem)
        if language in UNSPACED or (compounds and len(stem) > _COMPOUND)
        else rf"(?<!\w){re.escape(stem)}"
        for stem in ordered
    )
    agent = data["agent"]
    frame = rf"(?:{agent})\s?$" if language in UNSPACED else rf"\b(?:{agent})(?:\s+[\w'’]+)?\s*(?:l['’])?$"
    return _Reader(
        verb=data["verb"],
        subject=re.compile(data["subject"]) if data.get("subject") else None,
        agent=re.compile(frame),
        condition=re.compile(rf"(?<!\w)(?:{data['condition']})(?!\w)") if data.get("condition") else None,
        condition_end=re.compile(data["condition_end"]) if data.get("condition_end") else None,
        relative=re.compile(rf"\b(?:{data['relative']})\s+(?:\w+\s+)?$") if data.get("relative") else None,
        stems=re.compile(stems),
        classes=classes,
        light=frozenset(dict(load_actions().light_stems).get(language, ())),
    )


def read_other(view: TextView, start: int, end: int, antecedent: Party | None = None) -> list[Requirement]:
    """Requirements of the sentence in a range of a text that is not English."""
    reader = _reader(view.language)
    cues = [
        cue for cue in view.cues if start <= cue.start < end and not _in_relative(view, cue, start, reader)
    ]
    if any(cue.form != "present" for cue in cues):
        cues = [cue for cue in cues if cue.form != "present"]
    else:
        cues = cues[:1]
    found: list[Requirement] = []
    last_actor: Party | None = antecedent
    for index, (opening, closing) in enumerate(_regions(view, cues, start, end, reader)):
        cue = cues[index]
        actor = _actor(view, reader, cue, opening, closing)
        if cue.form == "present" and actor is None and view.language not in UNSPACED:
            continue
        if actor is None and index > 0:
            actor = last_actor
        elif actor is None and antecedent is not None and not _mentions(view, opening, closing):
            actor = antecedent
        last_actor = actor
        found.append(_requirement(view, reader, cue, (opening, closing), actor))
    return found


def _in_relative(view: TextView, cue: Cue, start: int, reader: _Reader) -> bool:
    return reader.relative is not None and bool(reader.relative.search(view.folded[start : cue.start]))


def _regions(view: TextView, cues: list[Cue], start: int, end: int, reader: _Reader) -> list[tuple[int, int]]:
    """The part of the sentence that each cue governs."""
    regions = []
    opening = start
    for index, cue in enumerate(cues):
        following = cues[index + 1] if index + 1 < len(cues) else None
        if following is None:
            closing = end
        elif reader.verb == "before":
            closing = cue.end
        else:
            commas = [match.start() for match in _COMMAS.finditer(view.folded, cue.end, following.start)]
            closing = commas[-1] if commas else following.start
        regions.append((opening, max(closing, cue.end)))
        opening = max(closing, cue.end)
    return regions


def _mentions(view: TextView, start: int, end: int) -> list[Phrase]:
    return view.parties_in(start, end)


def _party(view: TextView, mention: Phrase) -> Party:
    name = squeeze(view.text[mention.start : mention.end]).lower()
    if view.language in _PLURAL:
        name = " ".join(_PLURAL[view.language].sub("", word) for word in name.split())
    return Party(name, mention.label, mention.start, mention.end)


def _actor(view: TextView, reader: _Reader, cue: Cue, opening: int, closing: int) -> Party | None:
    mentions = _mentions(view, opening, closing)
    for mention in mentions:
        if reader.agent.search(view.folded[max(opening, mention.start - 24) : mention.start]):
            return _party(view, mention)
    if reader.subject is not None:
        marked = [m for m in mentions if reader.subject.match(view.folded, m.end)]
        chosen = next((m for m in marked if not _in_condition(view, reader, m, opening, closing)), None)
        # "누구든지", "何人も": who stands first is meant even without a particle
        first = next((m for m in mentions if m.start <= opening + 1), None)
        chosen = chosen or next(iter(marked), None) or first
        return _party(view, chosen) if chosen else None
    before = [mention for mention in mentions if mention.start < cue.start]
    if view.language == "zh":
        segment = max((m.end() for m in _COMMAS.finditer(view.folded, opening, cue.start)), default=opening)
        near = [mention for mention in before if mention.start >= segment]
        # "X 向 Y 提供服务的，应当": the topic of the sentence, unless the clause names its own subject
        before = near or before
    elif before and reader.condition is not None:
        clear = [m for m in before if not _in_condition(view, reader, m, opening, cue.start)]
        before = clear
    if before:
        return _party(view, before[0])
    # "Es muss der Anbieter …", "É vedado ao operador …"
    reach = _INVERTED if reader.verb == "end" else _IMPERSONAL
    after = [
        m for m in mentions if 0 <= m.start - cue.end < reach and "," not in view.folded[cue.end : m.start]
    ]
    return _party(view, after[0]) if after and view.language not in UNSPACED else None


def _in_condition(view: TextView, reader: _Reader, mention: Phrase, opening: int, closing: int) -> bool:
    if reader.condition_end is not None:
        ending = reader.condition_end.search(view.folded, mention.end, closing)
        return ending is not None
    if reader.condition is None:
        return False
    lead = reader.condition.search(view.folded, opening, mention.start)
    return lead is not None and "," not in view.folded[lead.start() : mention.start]


def _after_topic(view: TextView, reader: _Reader, actor: Party | None, opening: int) -> int:
    """Where the condition can begin: behind the actor where the sentence opens with it."""
    if actor is None or reader.condition_end is None or not opening <= actor.start < opening + 4:
        return opening
    particle = reader.subject.match(view.folded, actor.end) if reader.subject else None
    return particle.end() if particle else actor.end


def _condition(view: TextView, reader: _Reader, opening: int, closing: int) -> str:
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


def _action_class(view: TextView, reader: _Reader, cue: Cue, opening: int, closing: int) -> str:
    """The first action after the cue, or the last before it, or the last of the clause, by language."""
    folded = view.folded
    if reader.verb == "after" or cue.form == "present":
        first = cue.start if cue.form == "present" else _behind_deadline(view, cue.end, closing)
        hits = list(reader.stems.finditer(folded, first, closing)) or list(
            reader.stems.finditer(folded, opening, closing)
        )
        near = [hit for hit in hits if not _COMMAS.search(folded, hits[0].end(), hit.start())]
    else:
        hits = list(reader.stems.finditer(folded, opening, cue.end if reader.verb == "before" else closing))[
            ::-1
        ]
        near = [hit for hit in hits if hits[0].start() - hit.end() < _NEAR]
    if not hits:
        return ""
    decisive = next((hit for hit in near if hit.group() not in reader.light), hits[0])
    return reader.classes[decisive.group()]


def _behind_deadline(view: TextView, start: int, end: int) -> int:
    """After "within ten days of the change": the action follows its deadline (Chinese)."""
    if view.language != "zh":
        return start
    ends = [
        p.end for p in view.parameters if start <= p.start < min(end, start + 30) and p.comparator == "<="
    ]
    return ends[0] if ends else start


def _requirement(
    view: TextView, reader: _Reader, cue: Cue, region: tuple[int, int], actor: Party | None
) -> Requirement:
    opening, closing = region
    recipient = next(
        (
            _party(view, m)
            for m in _mentions(view, opening, closing)
            if actor is None or (m.label != actor.role and m.start != actor.start)
        ),
        None,
    )
    span = (
        cue.start if reader.verb == "after" else opening,
        cue.start if reader.verb == "before" else closing,
    )
    action = (
        view.folded[cue.end : closing]
        if reader.verb == "after" and cue.form != "present"
        else view.folded[slice(*span)]
    )
    raw = view.text[opening:closing]
    start = opening + len(raw) - len(raw.lstrip(" ,;，、；\n\t"))
    return Requirement(
        text=view.text[start:closing].rstrip(),
        modality=cue.modality,
        is_negated=cue.is_negated,
        actor=actor.name if actor else "",
        actor_role=actor.role if actor else "",
        action=squeeze(action)[:_MAX_ACTION].strip(),
        action_class=_action_class(view, reader, cue, opening, closing),
        condition=_condition(view, reader, _after_topic(view, reader, actor, opening), closing),
        recipient=recipient.name if recipient else "",
        recipient_role=recipient.role if recipient else "",
        parameters=set_directions(
            view.parameters,
            view.folded,
            (start, closing),
            actor_role=actor.role if actor else "",
        ),
        start=start,
        end=start + len(view.text[start:closing].rstrip()),
        promptness=promptness_of(view.folded[start:closing]),
    )
