"""Requirements of a provision: sentence by sentence, list item by lead-in."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.definitions import find_definitions
from fragcheck.annotate.english_clauses import main_clauses
from fragcheck.annotate.english_imperatives import read_imperative, read_sentence
from fragcheck.annotate.indicative_duties import with_indicative_cues
from fragcheck.annotate.lead_ins import announces_items, goes_on, inline_lead_in
from fragcheck.annotate.main_verbs import opens_with_verb
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.other_languages import follows_semicolon, read_infinitive, read_other
from fragcheck.annotate.outcomes import read_outcome
from fragcheck.annotate.present_acts import with_acts
from fragcheck.annotate.present_duties import with_present_cues
from fragcheck.annotate.short_names import in_full
from fragcheck.annotate.strictness import set_directions
from fragcheck.annotate.type_expressions import binds_no_one
from fragcheck.annotate.view import TextView, fold, view_of
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import UNSPACED
from fragcheck.records import Definition, Requirement

__all__ = ["Reading", "read_text"]

_ITEM_LABEL = re.compile(
    r"^\s*(?:and\s+|or\s+)?(?:\d{1,2}(?:\.\d{1,2}){1,3}[.)]?(?=\s)|[(（\[]?(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,3})[)）\].°]|[①-⑳]|[一二三四五六七八九十]+、|[가-하]\.|[•·–—-])\s*"
)
#: What "shall do all of the following:" leaves before its items.
_CONTENTLESS = re.compile(
    r"(?:be|do|have|take|perform|undertake|carry out|comply with|ensure that|ensure)?\s*"
    r"(?:all|any|both|each|one or more|at least one)?\s*(?:of )?(?:following)?"
    r"(?: actions| steps| tasks| duties)?"
)
_DO_FOLLOWING = re.compile(
    r"\s+do\s+(?:all|any|each|both|one or more)?\s*(?:of\s+)?the following\W*$", re.IGNORECASE
)
_OPEN_VERB = re.compile(
    r"\b(?:shall|must|may|should|to|be|will|not|that|and|or|shall not|also)\W*$", re.IGNORECASE
)
#: What is saved is no one's duty: "Nothing in this Act shall be construed to restrict the ability to:".
_SAVES = re.compile(r"(?:^|[.;:)—–]\s*)nothing\b[^.;]*$")
#: An item whose subject stands in its lead-in: "The licensee— (a) shall …".
_OPENS_WITH_MODAL = re.compile(
    r"\W*(?:\(?[a-z\d]{1,4}[).]\s*)?(?:shall|must|may|should|need not|(?:is|are) (?:not )?(?:required )?to)\b"
)
_MAX_ITEM = 1200
_LABEL = 2
_MAX_ACTION = 240
#: Words of a heading at most.
_HEADING = 10
#: More than the "and" that is left after the last semicolon of a list.
_HAS_WORDS = re.compile(
    r"(?<!\w)(?!(?:and|or|und|oder|et|ou|y|e|en|of|i|lub)\b)[^\W\d_]{2,}|[\u3040-\u9fff\uac00-\ud7af]",
    re.IGNORECASE,
)


class Reading:
    """What is found in a text.

    Attributes
    ----------
    view : TextView
    requirements : tuple of Requirement
    definitions : tuple of Definition
    is_inherited : bool
        True where the first requirement comes from the lead-in.
    stated : tuple of Requirement
        The requirements, or where there are none the bare duty of a lead-in
        whose action follows in its items ("Providers shall:").
    is_bare : bool
        True where all it states is a verb without subject and modal verb.
    """

    __slots__ = ("definitions", "is_bare", "is_inherited", "requirements", "stated", "view")

    def __init__(
        self,
        view: TextView,
        requirements: tuple[Requirement, ...],
        definitions: tuple[Definition, ...],
        *,
        is_inherited: bool,
        is_bare: bool = False,
        stated: tuple[Requirement, ...] = (),
    ) -> None:
        self.view = view
        self.requirements = requirements
        self.definitions = definitions
        self.is_inherited = is_inherited
        self.is_bare = is_bare
        self.stated = stated or requirements


def read_text(
    text: str,
    language: str,
    *,
    lead_in: str = "",
    is_standard: bool = False,
    has_items: bool = False,
    is_rulebook: bool = False,
) -> Reading:
    """Requirements and definitions of a provision's text.

    Parameters
    ----------
    text : str
    language : str
        ISO 639-1; an unknown one reads as English.
    lead_in : str
        Words that introduce the text where it is an item of a list.
    has_items : bool
        True where the text introduces items that stand apart: what it states
        without them ("shall do all of the following:") is then no requirement.
    is_standard : bool
        True for items of standards, whose present tense states an outcome.
    is_rulebook : bool
        True for English rules whose present tense states duties of bound parties.
    """
    view = _viewed(text, language)
    view = with_present_cues(view) if is_rulebook else view
    definitions = find_definitions(text, view.sentences, view.language, lead_in)
    taken = [(definition.start, definition.end) for definition in definitions]
    antecedent = _antecedent(lead_in, view.language)
    found: list[Requirement] = []
    inherited = bare = False
    commands = not lead_in  # whether all before is headings and imperatives
    outer = introduced = _LeadIn(lead_in, 0)
    for index, (start, end) in enumerate(view.sentences):
        if any(a < end and start < b for a, b in taken) or _asks_nothing(view, start, end):
            continue
        continues = index == 0 and bool(lead_in) and opens_with_verb(view, start, end)
        meant = _carried(view, start, found) or antecedent
        own = [] if continues else _read(view, start, end, meant, has_items=has_items)
        introduced = _introduced(view, (start, end), introduced, outer, own)
        opens = index == 0 or (index == 1 and _is_label(view, *view.sentences[0]))
        is_first = opens or text[start - 2 : start - 1] == ";"
        if own and index == 0 and lead_in and _OPENS_WITH_MODAL.match(view.folded, start, end):
            own = _inherit(view, start, end, lead_in) or own
        if not own and introduced.words and (is_first if introduced is outer else introduced.opening < start):
            own = _inherit(view, start, end, introduced.words)
            inherited = inherited or (opens and bool(own))
        if continues and not own:
            own = _read(view, start, end, meant, has_items=has_items)
        if not own and is_standard:
            own = read_outcome(view, start, end)
        alone = _read_alone(view, start, end) if commands and not own else []
        commands = commands and (bool(alone) or _is_heading(view, start, end))
        bare = (bool(alone) and not found) or (bare and not own)
        found.extend(own or alone)
    found = in_full(found, view.language) if view.language in UNSPACED else found
    stated = () if found or taken else _stated(view)
    # a lead-in whose items are not at hand ("Controllers shall:") still says who is bound
    kept = tuple(found) or (() if has_items else stated)
    return Reading(view, kept, definitions, is_inherited=inherited, is_bare=bare, stated=stated)


def _viewed(text: str, language: str) -> TextView:
    view = view_of(text, language)
    return with_indicative_cues(with_acts(view)) if view.language == "en" else view


class _LeadIn(NamedTuple):
    """The words that introduce the items of a list, and where their sentence starts."""

    words: str
    opening: int


def _introduced(
    view: TextView, span: tuple[int, int], before: _LeadIn, outer: _LeadIn, own: list[Requirement]
) -> _LeadIn:
    """The lead-in of a sentence: its own where a list opens in it, that of its list, or `outer`."""
    inline = inline_lead_in(view.text, *span)
    if inline and (own or _read_open(view, *span)):
        return _LeadIn(inline, span[0])
    if before is not outer and not goes_on(view.text, before.opening, span[0]):
        return outer
    return before


def _is_label(view: TextView, start: int, end: int) -> bool:
    """True for the letter of a Korean item that stands like a sentence: "가."."""
    return view.language == "ko" and end - start <= _LABEL and view.text[end - 1 : end] == "."


def _carried(view: TextView, start: int, found: list[Requirement]) -> Party | None:
    """Who acts in a Chinese clause behind "；" that names no one: who acts before it."""
    last = found[-1] if found else None
    if last is None or not last.actor or not follows_semicolon(view, start):
        return None
    return Party(last.actor, last.actor_role, 0, 0)


def _is_heading(view: TextView, start: int, end: int) -> bool:
    """True for the few words of a heading before the first sentence."""
    return len(view.folded[start:end].split()) <= _HEADING and view.text[end - 1] not in ";:"


def _asks_nothing(view: TextView, start: int, end: int) -> bool:
    return not _HAS_WORDS.search(view.text[start:end]) or binds_no_one(view.folded[start:end], view.language)


def _stated(view: TextView) -> tuple[Requirement, ...]:
    """What the sentences state, the bare duty of a lead-in ("Providers shall:") included."""
    return tuple(
        requirement
        for start, end in view.sentences
        if not binds_no_one(view.folded[start:end], view.language)
        for requirement in _read_open(view, start, end)
    )


def _read(
    view: TextView, start: int, end: int, antecedent: Party | None, *, has_items: bool
) -> list[Requirement]:
    if view.language == "en":
        found = read_sentence(view, start, end, antecedent)
        opens_list = has_items and view.text[start:end].rstrip().endswith((":", "—", "–"))
        return [r for r in found if r.action and not (opens_list and _CONTENTLESS.fullmatch(r.action))]
    others = read_other(view, start, end, antecedent)
    return others if not has_items else [r for r in others if r.action]


def _read_alone(view: TextView, start: int, end: int) -> list[Requirement]:
    return (read_imperative if view.language == "en" else read_infinitive)(view, start, end)


@lru_cache(maxsize=512)
def _antecedent(lead_in: str, language: str) -> Party | None:
    """The actor of a lead-in: what "it" stands for in its items."""
    if not lead_in:
        return None
    view = view_of(lead_in, language)
    for start, end in view.sentences:
        for requirement in _read_open(view, start, end):
            if requirement.actor:
                return Party(requirement.actor, requirement.actor_role.split(";")[0], 0, 0)
    return None


def _read_open(view: TextView, start: int, end: int) -> list[Requirement]:
    if view.language == "en":
        return read_sentence(view, start, end)
    return read_other(view, start, end)


def _inherit(view: TextView, start: int, end: int, lead_in: str) -> list[Requirement]:
    """The item read as the end of its lead-in; offsets are those of the item."""
    item = view.text[start:end]
    label = _ITEM_LABEL.match(item)
    body = item[label.end() if label else 0 : _MAX_ITEM].strip()
    if not body or (view.language == "en" and _SAVES.search(fold(lead_in))):
        return []
    if view.language == "en" and english_words().conditions_follow.search(fold(lead_in)):
        body = _as_condition(lead_in, body)
    closed = view.language in UNSPACED and announces_items(lead_in)
    joined = _viewed(lead_in if closed else _joined(lead_in, body, view.language), view.language)
    first, last = joined.sentences[0][0], joined.sentences[-1][1]
    readings = _read_open(joined, first, last)
    if not readings:
        return []
    reading = readings[-1]
    if closed:
        reading = replace(reading, action=f"{reading.action} {body}"[:_MAX_ACTION].strip())
    if not reading.action:
        return []
    parameters = set_directions(
        view.parameters_in(start, end),
        view.folded,
        (start, end),
        actor_role=reading.actor_role,
    )
    return [replace(reading, text=item.strip(), start=start, end=end, parameters=parameters)]


def _joined(lead_in: str, body: str, language: str) -> str:
    """Lead-in and item as one sentence; under "The following are prohibited:" the item is the subject."""
    lead = _DO_FOLLOWING.sub("", lead_in)
    cue = _last_main_cue(lead, language)
    if cue is not None and cue.form == "subject":
        return f"{body.rstrip(' ;,.')} {lead[cue.start : cue.end]}"
    return f"{_opened(lead, body, language)} {_lowered(body)}"


@lru_cache(maxsize=512)
def _last_main_cue(lead_in: str, language: str) -> Cue | None:
    if language != "en":
        return None
    view = view_of(lead_in, language)
    clauses = main_clauses(view, *view.sentences[-1]) if view.sentences else []
    return clauses[-1].cue if clauses else None


_MODAL = re.compile(r"\b(?:shall|must|may|should|will|is|are)\b")
_INDICATIVE_ITEM = re.compile(r"[a-z]+s\s")
_MODAL_INSERTION = re.compile(r"\b(?:shall|must|may|should|will),(?! (?:and|or)\b)[^,;:.]{2,120}$")


def _opened(lead_in: str, body: str, language: str) -> str:
    """The lead-in ready for its item: a comma shows where the verb of the item begins."""
    # a comma parts the clauses of German, Dutch and Polish
    bare = lead_in.rstrip(" :：—–-" if language in ("de", "nl", "pl") else " :：—–-,")
    if language == "en" and _MODAL_INSERTION.search(bare.lower()):
        return bare + ","  # "shall, as user of the system: (a) keep …"
    if language == "en" and "," in bare and _INDICATIVE_ITEM.match(body) and not _MODAL.search(bare.lower()):
        return bare + ","  # "The Agency, under this Part,— (a) keeps …"
    if (
        language == "en"
        and body.split(maxsplit=1)[0].lower() in known_verbs()
        and not _OPEN_VERB.search(bare)
    ):
        return bare + ","
    return bare


def _lowered(body: str) -> str:
    return body[0].lower() + body[1:] if body[1:2].islower() else body


def _as_condition(lead_in: str, body: str) -> str:
    """The item as a condition, after "… if the following conditions are met:"."""
    return body if re.search(r"\b(?:if|where|when|unless)\W*$", lead_in, re.IGNORECASE) else f"if {body}"
