"""Who acts in a Japanese or Korean clause: its topic, or its subject outside conditions."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from fragcheck.annotate.conditional_actors import in_condition
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.party_names import coordinated
from fragcheck.annotate.readers import Reader
from fragcheck.annotate.view import TextView
from fragcheck.nlp import Phrase
from fragcheck.records import Modality

__all__ = ["topic_or_subject"]

#: Particles of a topic; "であって" is the topic whose noun a clause resumes ("事業者であって、…ものは").
_TOPICS = ("は", "も", "은", "는", "であって", "であつて")

#: Particles of other cases than the subject's: "知事の諮問に応じ", "정부에".
_SUBJECTS = frozenset("が이가")
_OTHER_CASES = frozenset("のにをとへで의에를을과와")
#: Characters that a chain of parties takes at most: the first of a thousand clauses has no part in the last.
_CHAIN = 400
_start_of = attrgetter("start")


def topic_or_subject(
    view: TextView, reader: Reader, cue: Cue, mentions: list[Phrase], region: tuple[int, int]
) -> Phrase | None:
    """The party that a clause speaks of, the first of those joined to it.

    Parameters
    ----------
    view : TextView
    reader : Reader
        Of a language with particles.
    cue : Cue
        Of the clause's verb.
    mentions : list of Phrase
        Parties in the clause.
    region : tuple of int
        Of the clause.
    """
    opening, closing = region
    marked = _marked(view, reader, mentions, cue)
    chosen = next((m for m in marked if _is_topic(view, reader, m)), None)
    chosen = chosen or next((m for m in marked if not in_condition(view, reader, m, opening, closing)), None)
    if cue.form == "state" and chosen is not None and chosen.label != "public_authority":
        # "委員は、市長が任命する": who does it to the topic
        chosen = next((m for m in mentions if _does_it(view, reader, m, cue)), chosen)
    # "누구든지", "何人も": who stands first is meant even without a particle
    first = next((m for m in mentions if m.start <= opening + 1), None)
    if first and (
        _in_other_case(view, cue, first)
        or (reader.adnominal_mark and reader.adnominal_mark.match(view.folded, first.end))
    ):
        first = None
    if reader.sets_up is not None and reader.sets_up.search(view.folded, cue.start, cue.end):
        first = None
        marked = [] if "をもって" in view.folded[opening : cue.start] else marked
    if first and reader.adnominal and reader.subject and reader.subject.match(view.folded, first.end):
        first = None
    chosen = chosen or next(iter(marked), None) or first
    return _first_of_chain(view, mentions, chosen) if chosen else None


def _in_other_case(view: TextView, cue: Cue, mention: Phrase) -> bool:
    """True for "知事の諮問に応じ"; of whom something is expected ("開発者には … 期待される") acts."""
    if cue.modality is Modality.RECOMMENDATION and view.folded.startswith("には", mention.end):
        return False
    return view.folded[mention.end : mention.end + 1] in _OTHER_CASES


def _does_it(view: TextView, reader: Reader, mention: Phrase, cue: Cue) -> bool:
    """True for an authority with the particle of a subject that belongs to the verb of the clause."""
    if mention.label != "public_authority" or view.folded[mention.end : mention.end + 1] not in _SUBJECTS:
        return False
    relative = (reader.adnominal_mark, reader.adnominal)
    return not any(form.match(view.folded, mention.end, cue.start) for form in relative if form)


def _is_topic(view: TextView, reader: Reader, mention: Phrase) -> bool:
    """True for a mention with the particle of a topic: it reaches over the condition behind it."""
    particle = reader.subject.match(view.folded, mention.end) if reader.subject else None
    return particle is not None and particle.group().endswith(_TOPICS)


def _marked(view: TextView, reader: Reader, mentions: list[Phrase], cue: Cue) -> list[Phrase]:
    """Mentions with the particle of a subject, without those of Korean relative clauses.

    In "사용자가 제어할 수 있는 기능" the user controls, and the sentence binds someone else.
    """
    assert reader.subject is not None  # noqa: S101 - the caller asks for languages with particles
    marked = [m for m in mentions if reader.subject.match(view.folded, m.end)]
    if reader.adnominal_mark is not None:
        own = [m for m in marked if not reader.adnominal_mark.match(view.folded, m.end)]
        topics = [m for m in own if view.folded[m.end : m.end + 1] != "が"]
        return topics or own
    if reader.adnominal is None:
        return marked
    return [m for m in marked if not reader.adnominal.match(view.folded, m.end, cue.start)]


def _first_of_chain(view: TextView, mentions: list[Phrase], chosen: Phrase) -> Phrase:
    """The first of "大学及び研究機関は": the particle stands after the last only."""
    for mention in mentions[bisect_left(mentions, chosen.start - _CHAIN, key=_start_of) :]:
        if mention.start >= chosen.start:
            return chosen
        if any(party.end == chosen.end for party in coordinated(view, mention, mentions, chosen.end)):
            return mention
    return chosen
