"""The one main normative force of a provision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fragcheck.annotate.opening_types import opening_type
from fragcheck.annotate.party_names import compound_start
from fragcheck.annotate.recitals import is_numbered_recital
from fragcheck.annotate.type_expressions import is_enacting_formula, type_words
from fragcheck.annotate.type_expressions import procedure_words as _procedure
from fragcheck.annotate.type_expressions import whoever_acts as _whoever_acts
from fragcheck.annotate.type_expressions import words_of_type as _words
from fragcheck.annotate.view import TextView
from fragcheck.nlp import UNSPACED
from fragcheck.records import Definition, Modality, Provision, ProvisionKind, ProvisionType, Requirement

__all__ = ["provision_type_of"]

_BY_MODALITY = {
    Modality.OBLIGATION: ProvisionType.OBLIGATION,
    Modality.PROHIBITION: ProvisionType.PROHIBITION,
    Modality.PERMISSION: ProvisionType.PERMISSION,
    Modality.RECOMMENDATION: ProvisionType.RECOMMENDATION,
    Modality.OUTCOME: ProvisionType.STATEMENT,
}
_SETS_UP = re.compile(r"(?:establish|set up|create|appoint|designate|convene|compose|chair)\b")
#: "Where …, section 18 shall apply": what applies is no one's to do.
_APPLIES = re.compile(
    r"apply(?: (?:mutatis mutandis|accordingly|correspondingly|to (?:this|these|such|any)\b.*))?$"
)
#: How the articles of an instrument, and not its recitals, refer to each other.
_OWN_PARAGRAPH = re.compile(r"\b(?:from|in|under|with|by|of) paragraphs? \d")
_SPACES = re.compile(r" {2,}")
#: A question mark, or the particle that ends a question in Japanese.
_QUESTION = re.compile(r"[?？]|か[。」]?\W*$")
#: Bodies whose law is made by another: what they shall endeavour to do binds them as it does anyone.
_LOCAL = re.compile(
    r"(?:member state|municipality|canton|county|city|(?:local|regional|municipal) (?:authority|government))$"
)
_ENDEAVOURS = re.compile(r"\b(?:endeavou?r|strive|make (?:\w+ )?efforts?)\b")
_DEEMING = re.compile(r"(?:deem|presume)\b")
#: Roles beside which an authority still acts as one ("the counsel or other persons").
_UNREGULATED = frozenset({"public_authority", "everyone", "undertaking"})
#: A dative before the party that an item of a list gives a task to.
_TO_WHOM = re.compile(r"\W*(?:\w{1,4}[.)–-]+\s*)?(?:à|às|ao|aos|aux|au|a la|al|alla|alle|ai)\s+")
#: "… is deemed" before a term in quotation marks, which it defines.
_DEEMS_TERM = re.compile(
    r"\b(?:is|are|shall be) (?:deemed|presumed|considered|taken)(?: to be| as)?(?: an?)?\W*$"
)
#: Sectors before the departments that they name: "公安、交通等部门".
_SECTORS = re.compile(r"(?:[^，。；、]{1,12}、)+[^，。；、]{0,12}?部门")
_SHORT_TITLE = re.compile(r"\bmay be cited as\b|\bshort title\b")
_BY_OPENING_WORDS = (
    ("recommends", ProvisionType.RECOMMENDATION),
    ("aim", ProvisionType.STATEMENT),
    ("finds", ProvisionType.STATEMENT),
    ("transition", ProvisionType.PROCEDURE),
)
#: An entry under a heading "Definitions" that says "means" with a mark: "(6) DEPLOYER.—The person …".
_TERM_AND_MARK = re.compile(
    r"\W*(?:\(?\w{1,4}[.)]\s*)?[^\W\d_][\w '’-]{2,60}[\"”’']?\s*(?:\.\s?[—–]|[:—–])\s*\w"
)
_SETS_UP_BODY = ("sets_up", "sets_up_body")
_PROCEDURAL = ("part_applies", "enacting_act", "takes_effect")
_BY_WORDS_ALONE = (
    ("punishes", ProvisionType.POWER),
    ("ordains", ProvisionType.POWER),
    ("asks", ProvisionType.RECOMMENDATION),
    ("nominal_duty", ProvisionType.OBLIGATION),
    ("borne_duty", ProvisionType.OBLIGATION),
    ("frees", ProvisionType.PERMISSION),
    ("prohibited_acts", ProvisionType.PROHIBITION),
    ("conditional_duty", ProvisionType.OBLIGATION),
)
#: What stands behind a subject or its bracketed name in Japanese and Korean, and in no list of authors.
_PARTICLES = frozenset("はがもにの은는이가의(（")
#: What only an authority does: that it may not do so is a limit of its power.
_OFFICIAL_ACT = re.compile(
    r"(?:grant|issue|approve|licen[sc]e|award|renew|certify|authori[sz]e|impose|adopt|restrict|settle|appoint|waive)\b"
)
#: Word lists by which a public body uses systems itself.
_USERS = ("regulated_user", "public_user", "romance_user")
#: Words of a heading at most.
_HEADING = 7
#: Words of an enacting formula at most.
_FORMULA = 60
#: Requirements of authorities that make a text theirs at least.
_FEWEST_NAMED = 2
_PREAMBLE = frozenset({ProvisionKind.RECITAL, ProvisionKind.PREAMBLE})


def _sets_up_body(opening: str, language: str) -> bool:
    own = f"{language}_sets_up"
    names = (*_SETS_UP_BODY, *([own] if own in type_words() else []))
    return any(_words(name).found_in(opening) for name in names)


def _said(view: TextView, start: int = 0, end: int | None = None) -> str:
    """The words in a range of the folded text, with single spaces: bills are indented and justified."""
    words = view.folded[start:end]
    return _SPACES.sub(" ", words) if "  " in words else words


def provision_type_of(
    provision: Provision,
    view: TextView,
    requirements: Sequence[Requirement],
    definitions: Sequence[Definition],
    inherited: ProvisionType | None,
) -> ProvisionType:
    """Main normative force of a provision, by the conventions of the taxonomy.

    Parameters
    ----------
    provision : Provision
    view : TextView
        Of its text.
    requirements, definitions
        What was found in it.
    inherited : ProvisionType or None
        Type of its lead-in where it is an item that states nothing of its own.
    """
    if provision.kind in _PREAMBLE or is_numbered_recital(view):
        return ProvisionType.STATEMENT
    first = requirements[0] if requirements else None
    for name, kind in _BY_OPENING_WORDS:
        if _words(name).found_in(_opening(view)[0] if name == "finds" else _said(view)):
            return kind
    before = _before_definitions(view, definitions[0].start) if definitions else ""
    defines = definitions and (first is None or definitions[0].start <= first.start)
    if defines or _words("definitions_open").found_in(before):
        is_procedure = _procedure(view.language).found_in(_DEEMS_TERM.sub("", before))
        is_procedure = is_procedure or _words("amends").found_in(_said(view))
        return ProvisionType.PROCEDURE if is_procedure else ProvisionType.DEFINITION
    settled = opening_type(view, _opening(view)[0], names_no_one=not any(r.actor for r in requirements))
    is_apart = settled is ProvisionType.PROCEDURE or _words("part_applies").found_in(_said(view))
    if inherited is not None and not is_apart:
        return inherited
    if settled is not None or first is None:
        return settled or _without_requirement(provision, view)
    return _by_requirement(provision, view, requirements)


def _before_definitions(view: TextView, end: int) -> str:
    """What stands before the first definition, without short titles and enacting formulas."""
    kept = (_said(view, a, min(b, end)) for a, b in view.sentences if a < end)
    return " ".join(
        words for words in kept if not _SHORT_TITLE.search(words) and not is_enacting_formula(words)
    )


def _without_requirement(provision: Provision, view: TextView) -> ProvisionType:
    if provision.kind is ProvisionKind.DEFINITION or _words("definitions_follow").found_in(_said(view)):
        return ProvisionType.DEFINITION
    placed = f"{provision.heading} > {provision.context.rsplit(' > ', 1)[-1]}".lower()
    if _words("definitions_heading").found_in(placed) and _TERM_AND_MARK.match(view.text):
        return ProvisionType.DEFINITION
    opening, _ = _opening(view)
    if is_enacting_formula(opening):
        # what stands behind a formula in the same text is a finding or a heading
        is_alone = len(view.folded.split()) <= _FORMULA
        return ProvisionType.PROCEDURE if is_alone else ProvisionType.STATEMENT
    told = _said(view)
    if _is_formal(told, view.language) or any(_words(name).found_in(told) for name in _PROCEDURAL):
        return ProvisionType.PROCEDURE
    for name, kind in _BY_WORDS_ALONE:
        if _words(name).found_in(told):
            return kind
    is_power = _sets_up_body(opening, view.language) or _words("authority_infinitive").found_in(opening)
    is_power = is_power or _opens_with_authority(view)
    return ProvisionType.POWER if is_power else ProvisionType.STATEMENT


def _opens_with_authority(view: TextView) -> bool:
    """True for "网信部门会同 …": other traditions give authorities their tasks in the present tense.

    So do items of a list of competences: "às autoridades setoriais, dispor sobre …".
    """
    first = view.parties[0] if view.parties else None
    if view.language == "zh" and _opens_with_sectors(view):
        return True
    if view.language == "en" or first is None or first.label != "public_authority":
        return False
    if view.language in ("ja", "ko") and view.folded[first.end : first.end + 1] not in _PARTICLES:
        return False
    start = compound_start(view, first) if view.language in UNSPACED else first.start
    return start < 2 or bool(_TO_WHOM.fullmatch(view.folded, 0, start))


def _opens_with_sectors(view: TextView) -> bool:
    """True for a Chinese list of sectors, some of which look like parties, before their departments."""
    lead = _SECTORS.match(view.folded)
    within = view.parties_in(0, lead.end()) if lead else []
    return any(party.label == "public_authority" and party.end == lead.end() for party in within if lead)


def _by_requirement(
    provision: Provision, view: TextView, requirements: Sequence[Requirement]
) -> ProvisionType:
    first, *others = requirements
    sentence = _said(view, first.start, first.end)
    lists_tasks = _words("tasks_of_authority").found_in(f"{provision.context} {sentence}".lower())
    by_words = _by_opening(view, first) or _by_words(view, first, sentence)
    if by_words is not None:
        return by_words
    if _is_recital(view, requirements):
        return ProvisionType.STATEMENT
    if first.modality is Modality.RECOMMENDATION or _asks(first):
        return _by_advice(view, sentence, first)
    if (
        (lists_tasks and first.modality is Modality.OBLIGATION)
        or _is_power(view, sentence, first)
        or _frees_authority(view, first, others)
        or _is_run_by_authority(first, others)
    ):
        return ProvisionType.POWER
    principled = f"{provision.heading} {provision.context}".lower()
    is_principle = _words("principle_heading").found_in(principled) or _words("principle").found_in(sentence)
    if not first.actor and is_principle:
        return ProvisionType.STATEMENT
    return _BY_MODALITY[first.modality]


def _by_words(view: TextView, first: Requirement, sentence: str) -> ProvisionType | None:
    """Procedure and definitions, whatever modal verb they are told with."""
    if _is_procedure(view, first, sentence):
        return ProvisionType.PROCEDURE
    binds = first.modality is Modality.OBLIGATION and not first.actor
    if view.language == "en" and binds and _APPLIES.match(first.action):
        return ProvisionType.PROCEDURE
    return ProvisionType.DEFINITION if _words("defines_term").found_in(sentence) else None


def _by_advice(view: TextView, sentence: str, first: Requirement) -> ProvisionType:
    if _explains(view, first):
        return ProvisionType.STATEMENT
    # "The Secretary shall seek to …": what an authority must try is its task, and no advice
    must_try = (
        " shall " in sentence and first.actor_role == "public_authority" and _is_power(view, sentence, first)
    )
    must_try = must_try and not (_LOCAL.match(first.actor) and _ENDEAVOURS.search(sentence))
    return ProvisionType.POWER if must_try else ProvisionType.RECOMMENDATION


def _asks(first: Requirement) -> bool:
    """True for a question of a checklist, which recommends what it asks for."""
    return first.modality is Modality.OUTCOME and bool(_QUESTION.search(first.text[-20:]))


def _by_opening(view: TextView, first: Requirement) -> ProvisionType | None:
    """What the first sentence settles where the first requirement comes after it, or a body is set up."""
    opening, opening_end = _opening(view)
    is_later = first.start >= opening_end
    if is_later and _is_formal(opening, view.language):
        return ProvisionType.PROCEDURE
    sets_up = _sets_up_body(opening, view.language)
    # "협회는 윤리위원회를 둔다": whoever sets up its own body is bound to
    sets_up = sets_up and not (
        view.language in UNSPACED and first.actor and "public_authority" not in first.actor_role
    )
    if sets_up or (is_later and _opens_with_authority(view)):
        return ProvisionType.POWER
    return None


def _is_formal(words: str, language: str) -> bool:
    """True for scope, commencement, amendment, penalties and the like."""
    whoever_acts = _whoever_acts(language)
    return _procedure(language).found_in(words) or (whoever_acts is not None and whoever_acts.found_in(words))


def _opening(view: TextView) -> tuple[str, int]:
    """The first sentence that is no heading or short title ("SEC. 3. Establishment."), and where it ends."""
    for start, end in view.sentences:
        words = _said(view, start, end)
        is_heading = len(words.split()) <= _HEADING and not view.cues_in(start, end)
        if not is_heading and not _SHORT_TITLE.search(words):
            return words, end
    return (_said(view, *view.sentences[0]), view.sentences[0][1]) if view.sentences else ("", 0)


def _explains(view: TextView, first: Requirement) -> bool:
    """True for a recital that stands without its kind, and for rules that "should apply"."""
    if _words("recital").found_in(_said(view)):
        return True
    return view.language == "en" and not first.actor and bool(_words("applies").pattern.match(first.action))


def _is_recital(view: TextView, requirements: Sequence[Requirement]) -> bool:
    """True for a recital that opens with a fact: what follows "should" be, and never "shall"."""
    recommends = any(r.modality is Modality.RECOMMENDATION for r in requirements[1:])
    if not recommends or "shall" in view.folded or _OWN_PARAGRAPH.search(view.folded):
        return False
    return _words("recital").found_in(_said(view))


def _frees_authority(view: TextView, first: Requirement, others: Sequence[Requirement]) -> bool:
    """True where what no one is named for is an authority's to do: "The licence may be revoked"."""
    said = _said(view, first.start, first.end)
    if _words("authority_granted").found_in(said):
        return True
    if first.actor_role in ("", "public_authority") and _words("only_authority").found_in(said):
        return True
    if first.modality is not Modality.PERMISSION or first.actor or first.is_negated:
        return False
    end = next((end for start, end in view.sentences if start <= first.start < end), first.end)
    joined = any(r.start < end and r.actor_role == "public_authority" for r in others)
    joined = joined and _words("done_to").found_in(said)
    return joined or bool(_words("authority_acts").pattern.match(first.action))


def _is_run_by_authority(first: Requirement, others: Sequence[Requirement]) -> bool:
    """True where no one is named first, and all who are named behind are authorities: their programme."""
    if first.actor or first.is_negated or first.modality not in (Modality.OBLIGATION, Modality.PERMISSION):
        return False
    if any(r.modality is Modality.RECOMMENDATION for r in others):
        return False
    named = [r.actor_role for r in others if r.actor]
    return (
        len(named) >= _FEWEST_NAMED and 2 * len(named) >= len(others) and set(named) == {"public_authority"}
    )


def _is_procedure(view: TextView, first: Requirement, sentence: str) -> bool:
    sentence = sentence.split(": ", 1)[0] if first.modality is Modality.PROHIBITION else sentence
    if _words("procedure_always").found_in(sentence) or _words("amends").found_in(sentence):
        return True
    whoever_acts = _whoever_acts(view.language)
    if whoever_acts is not None and whoever_acts.found_in(sentence):
        return True
    if view.language == "en" and _DEEMING.match(first.action):
        return True
    if first.actor and _words("sanctioned").found_in(sentence):
        return True
    return not first.actor_role and _procedure(view.language).found_in(sentence)


def _is_power(view: TextView, sentence: str, first: Requirement) -> bool:
    """An authority acts as one, or a sanction is laid down that one imposes."""
    if "public_authority" in first.actor_role and _UNREGULATED.issuperset(first.actor_role.split(";")):
        return not _is_user(view, sentence, first)
    if not first.actor_role and _words("set_up").found_in(sentence):
        return True
    if not first.actor and _SETS_UP.match(first.action) and _words("public_office").found_in(first.action):
        return True
    if not first.actor_role and _words("reports").found_in(sentence):
        return True
    if first.modality is Modality.OBLIGATION and _words("punishes").found_in(sentence):
        return True
    is_sanction = not first.actor and first.action_class == "sanction"
    return is_sanction and _words("sanction_cue").found_in(sentence)


def _is_user(view: TextView, sentence: str, first: Requirement) -> bool:
    """A public body that deploys systems or handles data is bound as anyone is."""
    forbidden = first.modality is Modality.PROHIBITION and not (
        _words("acts_as_such").found_in(first.actor) or _OFFICIAL_ACT.match(first.action)
    )
    own = f"{view.language}_regulated_user"
    names = (*_USERS, *([own] if own in type_words() else []))
    return forbidden or any(_words(name).found_in(sentence) for name in names)
