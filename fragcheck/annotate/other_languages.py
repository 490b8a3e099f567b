"""Requirements of sentences in the other European and the East Asian languages."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.finite_verbs import INDICATIVE
from fragcheck.annotate.main_verbs import governing_cues
from fragcheck.annotate.noun_phrases import Party, join_parties
from fragcheck.annotate.party_names import coordinated, named_party
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
    passive: re.Pattern[str] | None
    oblique: re.Pattern[str] | None
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
        passive=re.compile(rf"(?<!\w)(?:{data['passive']})(?!\w)") if data.get("passive") else None,
        oblique=_oblique(data.get("prepositions", "")),
        condition=re.compile(rf"(?<!\w)(?:{data['condition']})(?!\w)") if data.get("condition") else None,
        condition_end=re.compile(data["condition_end"]) if data.get("condition_end") else None,
        relative=re.compile(rf"\b(?:{data['relative']})\s+(?:\w+\s+)?$") if data.get("relative") else None,
        stems=re.compile(stems),
        classes=classes,
        light=frozenset(dict(load_actions().light_stems).get(language, ())),
    )


def _oblique(prepositions: str) -> re.Pattern[str] | None:
    """What stands before a party that is no subject: "aux", "von den", "de l'"."""
    if not prepositions:
        return None
    articles = r"(?:l['’]|\w{1,5}\s+(?:l['’])?)?"
    return re.compile(rf"(?<!\w)(?:{prepositions})\s+{articles}(?:tou\w+\s+(?:les\s+)?)?$")


def read_other(view: TextView, start: int, end: int, antecedent: Party | None = None) -> list[Requirement]:
    """Requirements of the sentence in a range of a text that is not English."""
    reader = _reader(view.language)
    if view.language in INDICATIVE:
        strong = governing_cues(view, start, end)
    else:
        cues = [c for c in view.cues if start <= c.start < end and not _in_relative(view, c, start, reader)]
        strong = [cue for cue in cues if cue.form not in _WEAK_FORMS]
        if not strong:
            return _read_indicative(view, reader, cues, start, end)
    found: list[Requirement] = []
    last: tuple[Party, ...] = (antecedent,) if antecedent else ()
    for index, (opening, closing) in enumerate(_regions(view, strong, start, end, reader)):
        cue = strong[index]
        shares = index > 0 and view.language in INDICATIVE and not _mentions(view, opening, cue.start)
        actors = () if shares else _actors(view, reader, cue, opening, closing)
        takes_over = index > 0 or not _mentions(view, opening, closing)
        if not actors and takes_over:
            actors = last
        last = actors
        found.append(_requirement(view, reader, cue, (opening, closing), actors))
    return found


#: Forms of cues that state a duty only where nothing stronger does.
_WEAK_FORMS = frozenset({"present", "passive", "state", "future"})


def _read_indicative(
    view: TextView, reader: _Reader, cues: list[Cue], start: int, end: int
) -> list[Requirement]:
    """The duty that a law states in the indicative: "Der Anbieter prüft …", "Le registre est publié"."""
    for cue in cues:
        if cue.form == "passive":
            continue
        actors = _actors(view, reader, cue, start, end)
        is_state = any(actor.role == "public_authority" for actor in actors)
        if is_state if cue.form == "state" else (actors or view.language in UNSPACED):
            return [_requirement(view, reader, cue, (start, end), actors)]
    passive = next((cue for cue in cues if cue.form in ("passive", "future")), None)
    if passive is None:
        return []
    agent = next((m for m in _mentions(view, start, end) if _is_agent(view, reader, m, start)), None)
    actors = (named_party(view, agent),) if agent else ()
    return [_requirement(view, reader, passive, (start, end), actors)]


def _is_agent(view: TextView, reader: _Reader, mention: Phrase, opening: int) -> bool:
    return bool(reader.agent.search(view.folded[max(opening, mention.start - 24) : mention.start]))


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


def _actors(view: TextView, reader: _Reader, cue: Cue, opening: int, closing: int) -> tuple[Party, ...]:
    """Who acts, with those coordinated with it."""
    mentions = _mentions(view, opening, closing)
    first = _first_actor(view, reader, cue, mentions, (opening, closing))
    return coordinated(view, first, mentions, closing) if first else ()


def _first_actor(
    view: TextView, reader: _Reader, cue: Cue, mentions: list[Phrase], region: tuple[int, int]
) -> Phrase | None:
    opening, closing = region
    if view.language == "zh" and (agent := _after_by(view, mentions, opening, cue)) is not None:
        return agent
    before = _subjects(view, reader, cue, mentions, region)
    if not before or view.language in UNSPACED or _is_passive(view, reader, cue, closing):
        agents = [m for m in mentions if _is_agent(view, reader, m, opening)]
        agents = [m for m in agents if not _only_qualifies(view, m)] or agents
        if agents:
            return agents[0]
    if reader.subject is not None:
        marked = [m for m in mentions if reader.subject.match(view.folded, m.end)]
        chosen = next((m for m in marked if not _in_condition(view, reader, m, opening, closing)), None)
        # "누구든지", "何人も": who stands first is meant even without a particle
        first = next((m for m in mentions if m.start <= opening + 1), None)
        chosen = chosen or next(iter(marked), None) or first
        return _first_of_chain(view, mentions, chosen) if chosen else None
    if before:
        return before[0]
    # "Es muss der Anbieter …", "É vedado ao operador …"
    reach = _INVERTED if reader.verb == "end" else _IMPERSONAL
    after = [
        m for m in mentions if 0 <= m.start - cue.end < reach and "," not in view.folded[cue.end : m.start]
    ]
    return after[0] if after and view.language not in UNSPACED else None


_BY = re.compile(r"由(?!于|此)")


def _after_by(view: TextView, mentions: list[Phrase], opening: int, cue: Cue) -> Phrase | None:
    """The agent of "由履行职责的部门责令": the first party behind "by" that qualifies no other."""
    by = None
    for match in _BY.finditer(view.folded, opening, cue.end):
        by = match
    if by is None:
        return None
    comma = _COMMAS.search(view.folded, by.end())
    end = comma.start() if comma and comma.group() != "、" else len(view.folded)
    if not by.end() <= max(cue.start, by.end()) <= end:
        return None
    after = [m for m in mentions if by.end() <= m.start < end]
    heads = [m for m in after if view.folded[m.end : m.end + 1] != "的" and not _only_qualifies(view, m)]
    return heads[0] if heads else None


def _subjects(
    view: TextView, reader: _Reader, cue: Cue, mentions: list[Phrase], region: tuple[int, int]
) -> list[Phrase]:
    """Mentions before the cue that can be its subject, the likeliest first."""
    before = [mention for mention in mentions if mention.start < cue.start]
    if view.language == "zh":
        return _chinese_subjects(view, cue, mentions, before, region[0])
    if reader.condition is not None:
        before = [m for m in before if not _in_condition(view, reader, m, region[0], cue.start)]
    if reader.oblique is not None:
        before = [
            m
            for m in before
            if not reader.oblique.search(view.folded[max(region[0], m.start - 28) : m.start])
        ]
    return before


def _is_passive(view: TextView, reader: _Reader, cue: Cue, closing: int) -> bool:
    """True where the verb of the cue is in the passive: "doit être", "muss … werden"."""
    if reader.passive is None:
        return False
    reach = closing if reader.verb == "end" else min(closing, cue.end + _IMPERSONAL)
    return reader.passive.search(view.folded, cue.end, reach) is not None


def _first_of_chain(view: TextView, mentions: list[Phrase], chosen: Phrase) -> Phrase:
    """The first of "大学及び研究機関は": the particle stands after the last only."""
    for mention in mentions:
        if mention.start >= chosen.start:
            return chosen
        if any(party.end == chosen.end for party in coordinated(view, mention, mentions, chosen.end)):
            return mention
    return chosen


def _chinese_subjects(
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
    return [m for m in chosen if not _only_qualifies(view, m)] or chosen


def _only_qualifies(view: TextView, mention: Phrase) -> bool:
    if view.language != "zh" or view.folded[mention.start : mention.end] != "国家":
        return False
    following = view.folded[mention.end : mention.end + 1]
    return following in ("和", "、", "网", "有") or any(m.start == mention.end for m in view.parties)


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
    if reader.verb == "after" or cue.form in _WEAK_FORMS:
        first = cue.start if cue.form in _WEAK_FORMS else _behind_deadline(view, cue.end, closing)
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


def _recipient(view: TextView, mentions: list[Phrase], actor: Party | None, role: str) -> Party | None:
    """The first party of another role than the actor's."""
    for mention in mentions:
        if actor is None or (mention.label not in role.split(";") and mention.start != actor.start):
            return named_party(view, mention)
    return None


def _requirement(
    view: TextView, reader: _Reader, cue: Cue, region: tuple[int, int], actors: tuple[Party, ...]
) -> Requirement:
    opening, closing = region
    actor = actors[0] if actors else None
    name, role = join_parties(actors)
    recipient = _recipient(view, _mentions(view, opening, closing), actor, role)
    span = (
        cue.start if reader.verb == "after" else opening,
        cue.start if reader.verb == "before" else closing,
    )
    action = (
        view.folded[cue.end : closing]
        if reader.verb == "after" and cue.form not in _WEAK_FORMS
        else view.folded[slice(*span)]
    )
    raw = view.text[opening:closing]
    start = opening + len(raw) - len(raw.lstrip(" ,;，、；\n\t"))
    return Requirement(
        text=view.text[start:closing].rstrip(),
        modality=cue.modality,
        is_negated=cue.is_negated,
        actor=name,
        actor_role=role,
        action=squeeze(action)[:_MAX_ACTION].strip(),
        action_class=_action_class(view, reader, cue, opening, closing),
        condition=_condition(view, reader, _after_topic(view, reader, actor, opening), closing),
        recipient=recipient.name if recipient else "",
        recipient_role=recipient.role if recipient else "",
        parameters=set_directions(
            view.parameters,
            view.folded,
            (start, closing),
            actor_role=role,
        ),
        start=start,
        end=start + len(view.text[start:closing].rstrip()),
        promptness=promptness_of(view.folded[start:closing], view.language),
    )
