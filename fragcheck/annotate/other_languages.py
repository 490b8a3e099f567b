"""Requirements of sentences in the other European and the East Asian languages."""

from __future__ import annotations

import re

from fragcheck.annotate.action_words import action_of, is_known_verb
from fragcheck.annotate.actions import settle_class
from fragcheck.annotate.chinese import after_by, chinese_subjects, only_qualifies
from fragcheck.annotate.clause_conditions import condition_of
from fragcheck.annotate.conditional_actors import bound_in_condition, in_condition
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.finite_verbs import INDICATIVE
from fragcheck.annotate.main_verbs import governing_cues, opens_with_verb
from fragcheck.annotate.no_subjects import (
    in_relative_clause,
    of_other_participle,
    opens_with,
    without_oblique,
)
from fragcheck.annotate.noun_phrases import Party, join_parties
from fragcheck.annotate.party_names import coordinated, named_party
from fragcheck.annotate.readers import Reader, reader_of
from fragcheck.annotate.romance_names import dative_party, inverted_party, joined_parties, opening_party
from fragcheck.annotate.strictness import promptness_of, set_directions
from fragcheck.annotate.topics import topic_or_subject
from fragcheck.annotate.unlisted_actors import unlisted_actor
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.nlp import UNSPACED, Phrase
from fragcheck.records import Modality, Requirement

__all__ = ["follows_semicolon", "read_infinitive", "read_other"]

_MAX_ACTION = 240
#: Characters between the word for "by" and the agent at most.
_AGENT_REACH = 48
#: How far before a light verb the word that decides can stand.
_NEAR = 14
#: How many characters after its cue an actor can stand: in inverted order, and after an impersonal cue.
_INVERTED = 40
_IMPERSONAL = 12
#: Characters of the noun before a light verb at most.
_STEM = 3
_VERB_ARTICLE = re.compile(
    r"(?P<article>\w+\s+(?:(?:der|die|das|ein|eine|jede[rs]?|de|het|een|elke)\s+)?)(?:[a-zäöüß]+e[nr]?\s+)?"
)
_RIGHT = re.compile(r"\b(?:droits?|derechos?|direitos?|diritt[oi]|facult\w+|facolt\w+)$")
_COMMAS = re.compile(r"[，,、；;]")


def read_other(view: TextView, start: int, end: int, antecedent: Party | None = None) -> list[Requirement]:
    """Requirements of the sentence in a range of a text that is not English."""
    reader = reader_of(view.language)
    if view.language in INDICATIVE:
        strong = governing_cues(view, start, end)
    else:
        cues = [c for c in view.cues_in(start, end) if not _in_relative(view, c, start, reader)]
        strong = [cue for cue in cues if cue.form not in _WEAK_FORMS]
        if not strong:
            return _read_indicative(view, reader, cues, start, end)
    found: list[Requirement] = []
    last: tuple[Party, ...] = (antecedent,) if antecedent else ()
    for index, (opening, closing) in enumerate(_regions(view, strong, start, end, reader)):
        cue = strong[index]
        shares = index > 0 and view.language in INDICATIVE and not _mentions(view, opening, cue.start)
        shares = shares and cue.form != "passive"
        actors = () if shares else _actors(view, reader, cue, opening, closing)
        actors = actors or _meant(view, reader, cue, opening)
        if not actors and cue.form != "state" and _is_passive(view, reader, cue, closing):
            actors = bound_in_condition(view, reader, cue, opening)
        takes_over = index > 0 or follows_semicolon(view, start) or not _mentions(view, opening, closing)
        if not actors and takes_over:
            actors = last
        last = actors
        found.append(_requirement(view, reader, cue, (opening, closing), actors))
    return found


def follows_semicolon(view: TextView, start: int) -> bool:
    """True for a Chinese sentence behind a semicolon, whose subject is often left out."""
    return view.language == "zh" and view.folded[max(0, start - 2) : start].rstrip().endswith("；")


def read_infinitive(view: TextView, start: int, end: int) -> list[Requirement]:
    """The duty of an item that stands without its lead-in: "elaborar relatórios anuais;"."""
    reader = reader_of(view.language)
    if reader.infinitive is None:
        return []
    charged, begin = _charged(view, reader, start, end)
    found = reader.infinitive.match(view.folded, begin, end)
    if found is None or not is_known_verb(view, found.start("verb")):
        return []
    negated = found["verb"].startswith(("ne ", "no ", "não ", "non "))
    modality = Modality.PROHIBITION if negated else Modality.OBLIGATION
    cue = Cue(found.start("verb"), found.end("verb"), modality, negated, "present")
    return [_requirement(view, reader, cue, (start, end), charged)]


def _charged(view: TextView, reader: Reader, start: int, end: int) -> tuple[tuple[Party, ...], int]:
    """Whom an item charges in the dative, and where its infinitive begins: "às agências, fiscalizar …"."""
    dative = reader.dative.match(view.folded, start, end) if reader.dative else None
    mentions = view.parties_in(dative.end(), end) if dative else []
    if dative is None or not mentions or mentions[0].start != dative.end():
        return (), start
    charged = coordinated(view, mentions[0], mentions, end)
    inserted = _INSERTION.match(view.folded, charged[-1].end, end)
    return charged, inserted.end() if inserted else charged[-1].end


_INSERTION = re.compile(r"\s*,[^,;:]{2,120},\s*|\s*,?\s*")


#: Forms of cues that state a duty only where nothing stronger does.
_WEAK_FORMS = frozenset({"present", "passive", "state", "future"})


def _read_indicative(
    view: TextView, reader: Reader, cues: list[Cue], start: int, end: int
) -> list[Requirement]:
    """The duty that a law states in the indicative: "Der Anbieter prüft …", "Le registre est publié"."""
    for cue in cues:
        if cue.form == "passive":
            continue
        actors = _actors(view, reader, cue, start, end)
        if _acts(view, reader, cue, actors) if cue.form == "state" else (actors or view.language in UNSPACED):
            return [_requirement(view, reader, cue, (start, end), actors)]
    passive = next((cue for cue in cues if cue.form in ("passive", "future")), None)
    if passive is None:
        return []
    agent = next((m for m in _mentions(view, start, end) if _is_agent(view, reader, m, start)), None)
    actors = (named_party(view, agent),) if agent else ()
    return [_requirement(view, reader, passive, (start, end), actors)]


def _acts(view: TextView, reader: Reader, cue: Cue, actors: tuple[Party, ...]) -> bool:
    """True where the indicative says what someone has to do: an authority, or the topic of a Japanese rule.

    What someone is, gets or suffers ("承継する", "해당한다") binds no one; persons only are told of.
    """
    if any(actor.role == "public_authority" for actor in actors):
        return True
    if reader.stative is None or not actors or actors[0].role in ("affected_person", "everyone"):
        return False
    topic = reader.subject.match(view.folded, actors[-1].end) if reader.subject else None
    if topic is None or topic.group()[-1] not in "は은는":
        return False
    return reader.stative.search(view.folded, max(0, cue.start - _STEM), cue.end) is None


def _is_agent(view: TextView, reader: Reader, mention: Phrase, opening: int) -> bool:
    if reader.verb == "before":  # "病院により"
        return reader.agent.match(view.folded, mention.end) is not None
    # the letter case tells German adjectives from nouns: "durch eine unabhängige Kontrollinstanz"
    return bool(reader.agent.search(view.text[max(opening, mention.start - _AGENT_REACH) : mention.start]))


def _in_relative(view: TextView, cue: Cue, start: int, reader: Reader) -> bool:
    return reader.relative is not None and bool(reader.relative.search(view.folded[start : cue.start]))


def _regions(view: TextView, cues: list[Cue], start: int, end: int, reader: Reader) -> list[tuple[int, int]]:
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


def _actors(view: TextView, reader: Reader, cue: Cue, opening: int, closing: int) -> tuple[Party, ...]:
    """Who acts, with those coordinated with it."""
    if reader.suffers is not None and reader.suffers.search(view.folded, cue.start, cue.end):
        return ()
    mentions = _mentions(view, opening, closing)
    named = dative_party(view, cue, opening, closing)
    if named is None and not _is_passive(view, reader, cue, closing):
        named = opening_party(view, cue, opening) or inverted_party(view, cue, opening, closing)
    if named is not None:
        return joined_parties(view, named, closing)
    first = _first_actor(view, reader, cue, mentions, (opening, closing))
    # a Chinese cue holds its agent: "由卫生部门给予"
    behind = first is not None and first.start >= (cue.end if view.language == "zh" else cue.start + 1)
    if first is None or (behind and not _is_agent(view, reader, first, opening)):
        is_passive = _is_passive(view, reader, cue, closing)
        unlisted = unlisted_actor(view, cue, opening, closing, is_passive=is_passive)
        if unlisted:
            return unlisted
    return coordinated(view, first, mentions, closing) if first else ()


def _first_actor(
    view: TextView, reader: Reader, cue: Cue, mentions: list[Phrase], region: tuple[int, int]
) -> Phrase | None:
    opening, closing = region
    if view.language == "zh" and (agent := after_by(view, mentions, opening, cue)) is not None:
        return agent
    if (behind := _behind_condition(view, reader, cue, mentions, region)) is not None:
        return behind
    before = _subjects(view, reader, cue, mentions, region)
    is_passive = _is_passive(view, reader, cue, closing)
    if is_passive and reader.denied is not None and reader.denied.match(view.folded, opening):
        is_passive = False  # "Ninguna persona podrá ser …": no one may have it done to them
    if not before or view.language in UNSPACED or is_passive:
        agents = [m for m in mentions if _is_agent(view, reader, m, opening)]
        agents = [m for m in agents if not of_other_participle(view, cue, m, opening, is_passive=is_passive)]
        agents = [m for m in agents if not only_qualifies(view, m)] or agents
        if agents or is_passive:
            return agents[0] if agents else None
    if reader.subject is not None:
        return topic_or_subject(view, reader, cue, mentions, region)
    if before:
        return before[0]
    return _behind_cue(view, reader, cue, mentions)


def _behind_condition(
    view: TextView, reader: Reader, cue: Cue, mentions: list[Phrase], region: tuple[int, int]
) -> Phrase | None:
    """The subject of "Werden Mängel festgestellt, so hat der Betreiber …": right behind the verb."""
    comma = view.folded.rfind(",", region[0], cue.start)
    if reader.verb != "end" or comma < 0 or not opens_with_verb(view, region[0], comma):
        return None
    place = _VERB_ARTICLE.match(view.text, cue.start)
    places = (place.end("article"), place.end()) if place else ()
    subject = next((m for m in mentions if m.start in places), None)
    return None if subject is None or _is_passive(view, reader, cue, region[1]) else subject


def _behind_cue(view: TextView, reader: Reader, cue: Cue, mentions: list[Phrase]) -> Phrase | None:
    """Who is named right behind the cue: "Es muss der Anbieter …", "É vedado ao operador …"."""
    if reader.needs is not None and reader.needs.match(view.folded, cue.start):
        return None
    reach = _INVERTED if reader.verb == "end" else _IMPERSONAL
    after = [
        m
        for m in mentions
        if cue.start < m.start < cue.end + reach and "," not in view.folded[cue.end : m.start]
    ]
    if cue.form in _WEAK_FORMS and reader.verb == "end" and reader.oblique is not None:
        after = without_oblique(view, reader.oblique, after, opening=cue.start)  # "besteht aus Mitgliedern"
    return after[0] if after and view.language not in UNSPACED else None


def _subjects(
    view: TextView, reader: Reader, cue: Cue, mentions: list[Phrase], region: tuple[int, int]
) -> list[Phrase]:
    """Mentions before the cue that can be its subject, the likeliest first."""
    before = [mention for mention in mentions if mention.start < cue.start]
    if view.language == "zh":
        return chinese_subjects(view, cue, mentions, before, region[0])
    if reader.condition is not None:
        before = [m for m in before if not in_condition(view, reader, m, region[0], cue.start)]
    if reader.cases is not None:
        before = [m for m in before if not reader.cases.search(view.folded[m.start : m.end].split(" ")[0])]
    if reader.oblique is not None:
        before = without_oblique(view, reader.oblique, before, region[0])
    if reader.inside is not None:
        before = [m for m in before if not in_relative_clause(view, reader.inside, m, region[0])] or [
            m for m in before if opens_with(view, m, region[0])
        ]
    return before


def _is_passive(view: TextView, reader: Reader, cue: Cue, closing: int) -> bool:
    """True where the verb of the cue is in the passive: "doit être", "muss … werden"."""
    if reader.passive is None:
        return False
    if reader.bound is not None and reader.bound.search(view.folded, cue.start, closing):
        return False  # "wird ermächtigt": whom the passive binds or entitles acts
    if cue.form == "passive":
        return True
    if _RIGHT.search(view.folded[cue.start : cue.end]):
        return False  # "a le droit d'être entendu"
    # "Die Lieferanten sind zu überwachen": the subject is the one acted on
    is_due = reader.gerundive is not None and cue.modality is Modality.OBLIGATION
    if is_due and reader.gerundive and reader.gerundive.match(view.folded, cue.start, cue.end):
        return True
    comma = view.folded.find(",", cue.end, closing)
    within = comma if comma >= 0 else closing
    if reader.unmarked is not None and (low := reader.unmarked.search(view.folded, cue.end, within)):
        within = low.start()
    reach = within if reader.verb == "end" else min(closing, cue.end + _IMPERSONAL)
    return reader.passive.search(view.folded, cue.end, reach) is not None


def _meant(view: TextView, reader: Reader, cue: Cue, opening: int) -> tuple[Party, ...]:
    """Whom a pronoun beside the verb means: who is named before it, or opens the sentence before."""
    if reader.pronoun is None or not (
        reader.pronoun.search(view.folded[max(opening, cue.start - 24) : cue.start])
        or (reader.verb == "end" and reader.pronoun.search(view.folded[cue.end : cue.end + 6] + " "))
    ):
        return ()
    earlier = view.sentence_before(opening)[0] if view.sentences[0][0] < opening else opening
    named = _mentions(view, opening, cue.start) or _mentions(view, earlier, opening)
    if reader.oblique is not None:
        # "des entités" may be an article of the plural in Romance languages
        named = without_oblique(view, reader.oblique, named, earlier) or (
            [] if reader.verb == "end" else named
        )
    return (named_party(view, named[0]),) if named else ()


def _behind_deadline(view: TextView, start: int, end: int) -> int:
    """After "within ten days of the change": the action follows its deadline (Chinese)."""
    if view.language != "zh":
        return start
    ends = [p.end for p in view.parameters_in(start, min(end, start + 30)) if p.comparator == "<="]
    return ends[0] if ends else start


def _recipient(
    view: TextView, reader: Reader, cue: Cue, region: tuple[int, int], actors: tuple[Party, ...]
) -> Party | None:
    """Towards whom: who is named behind the verb, or beside it, someone of a role of their own first."""
    opening, closing = region
    acting = {actor.start for actor in actors}
    others = [m for m in _mentions(view, opening, closing) if m.start not in acting]
    if reader.verb == "after" and not _is_passive(view, reader, cue, closing):
        others = [m for m in others if m.start >= cue.end]
    others = [m for m in others if not in_condition(view, reader, m, opening, closing)]
    named = [named_party(view, m) for m in others]
    named = [party for party in named if party.name not in {actor.name for actor in actors}]
    special = (party for party in named if party.role not in ("undertaking", "everyone"))
    return next(special, named[0] if named else None)


def _is_denied(view: TextView, reader: Reader, cue: Cue, opening: int) -> bool:
    """True for "Niemand muss …", and for what is permitted under a condition only ("Nur wenn …, darf …")."""
    if cue.is_negated or cue.modality not in (Modality.PERMISSION, Modality.OBLIGATION):
        return False
    if reader.denied is not None and reader.denied.match(view.folded, opening):
        return True
    is_only = reader.only is not None and reader.only.match(view.folded, opening) is not None
    return is_only and cue.modality is Modality.PERMISSION


def _requirement(
    view: TextView, reader: Reader, cue: Cue, region: tuple[int, int], actors: tuple[Party, ...]
) -> Requirement:
    opening, closing = region
    is_denied = _is_denied(view, reader, cue, opening)
    actor = actors[0] if actors else None
    name, role = join_parties(actors)
    recipient = _recipient(view, reader, cue, region, actors)
    span = (
        cue.start if reader.verb == "after" else opening,
        cue.start if reader.verb == "before" else closing,
    )
    action = (
        view.folded[cue.end : closing]
        if reader.verb == "after" and cue.form not in _WEAK_FORMS
        else view.folded[slice(*span)]
    )
    done = action_of(view, reader, cue, region, _behind_deadline(view, cue.end, closing))
    raw = view.text[opening:closing]
    start = opening + len(raw) - len(raw.lstrip(" ,;，、；\n\t"))
    parameters = set_directions(
        view.parameters_in(start, closing), view.folded, (start, closing), actor_role=role
    )
    to_whom = recipient.role if recipient else ""
    action_class = settle_class(done.verb, done.name, to_whom, parameters)
    return Requirement(
        text=view.text[start:closing].rstrip(),
        modality=Modality.PROHIBITION if is_denied else cue.modality,
        is_negated=cue.is_negated or is_denied,
        actor=name,
        actor_role=role,
        action=squeeze(action)[:_MAX_ACTION].strip(),
        action_class=action_class,
        condition=condition_of(view, reader, actor, opening, closing),
        recipient=recipient.name if recipient else "",
        recipient_role=recipient.role if recipient else "",
        parameters=parameters,
        start=start,
        end=start + len(view.text[start:closing].rstrip()),
        promptness=promptness_of(view.folded[start:closing], view.language),
    )
