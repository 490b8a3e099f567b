"""English sentences without a modal verb: calls of resolutions and imperatives of lists."""

from __future__ import annotations

import re

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.english import compose, read_english
from fragcheck.annotate.english_clauses import after_labels
from fragcheck.annotate.noun_phrases import Party, agents_of
from fragcheck.annotate.predicates import read_predicate
from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import english_words
from fragcheck.records import Modality, Requirement

__all__ = ["read_imperative", "read_sentence"]


def read_sentence(view: TextView, start: int, end: int, antecedent: Party | None = None) -> list[Requirement]:
    """Requirements of the sentence in a range; a call is one, whatever modal verbs stand in it.

    Parameters
    ----------
    view : TextView
    start, end : int
    antecedent : Party or None
        Whom "it" stands for where the provision itself names no one before.
    """
    called = _call(view, start, end)
    return [called] if called is not None else read_english(view, start, end, antecedent)


_CALL = re.compile(
    r"(?:(?:in (?:the )?light of the above, )?(?:i|(?:the )?(?:congress|parliament|assembly|legislature"
    r"|secretary|council|commission|committee(?: of ministers)?|panel|conference|department|office|board"
    r"|government))\s(?:also |further |therefore |strongly |hereby )?"
    r"(?=(?:call|urge|invite|encourage|recommend)s?\b))?"
    r"(?P<verb>encourage(?=\s(?:the|all|each))|calls (?:up)?on|urges|invites|encourages|recommends(?: that)?"
    r"|requests|instructs"
    r"|we (?:also |therefore |strongly |further )?(?:encourage|ask|urge|invite|advise|call (?:up)?on)"
    r"|we (?:recommend|propose|suggest) that)\s"
)
_IMPERATIVE = re.compile(
    r"\W*(?:(?:(?:except|consistent|unless|where|if|when|based|upon|on|in accordance)\b[^,;]{3,90}"
    r"|as (?:appropriate|necessary|applicable)),\s*)?(?:(?!comply|apply|supply|rely|reply)[a-z]{3,}ly\s+)?"
    r"(?P<not>(?:do\s+)?not\s+|don't\s+|never\s+)?(?P<verb>[a-z]+)\b"
)
_NOT_VERBS = frozenset(
    {"later", "less", "more", "only", "applicable", "fewer", "all", "every", "any", "limited"}
)
_CALLED_TO = re.compile(r"\bto\b\s*:?\s*|:\s*$")
#: "We recommend that the ministry consider …": the verb comes right after whom it is recommended to.
_THAT = re.compile(r".*\bthat\b")


def _call(view: TextView, start: int, end: int) -> Requirement | None:
    """A resolution's operative clause: "CALLS ON all actors to promote …", "INSTRUCTS the Committee to …"."""
    opening = after_labels(view.folded, start, end)
    verb = _CALL.match(view.folded, opening, end)
    if verb is None:
        return None
    if _THAT.match(verb["verb"]):
        mention = next(iter(view.parties_in(verb.end(), end)), None)
        agents = agents_of(view, verb.end(), mention.end) if mention else ()
        rest = mention.end if mention else end
    else:
        to = _CALLED_TO.search(view.folded, verb.end(), end)
        agents = agents_of(view, verb.end(), to.start() if to else end)
        rest = to.end() if to else end
    if not agents:
        return None
    predicate = read_predicate(view, rest, end, form="modal", cue_text="")
    modality = Modality.OBLIGATION if verb["verb"] == "instructs" else Modality.RECOMMENDATION
    return compose(view, (opening, end), modality, negated=False, agents=agents, predicate=predicate)


def read_imperative(view: TextView, start: int, end: int) -> list[Requirement]:
    """The duty of an item that stands without its lead-in: "keep the logs;", "not sell the data;"."""
    opening = after_labels(view.folded, start, end)
    run_in = _RUN_IN.match(view.text, opening, end)
    opening = run_in.end() if run_in else opening
    found = _IMPERATIVE.match(view.folded, opening, end)
    if found is not None and _is_note(view, found.start("verb"), found.end("verb")):
        return []
    if found is None or found["verb"] in _NOT_VERBS:
        return []
    # "do not" forbids with a verb that no list holds as well, but not in a heading or in quotation marks
    quoted = view.folded[found.start() : found.start("not")].strip()[-1:] in _QUOTES if found["not"] else True
    forbids = (
        not quoted
        and found["not"].startswith(("do", "never"))
        and not view.text[opening : found.end()].isupper()
    )
    if not forbids and found["verb"] not in known_verbs():
        return []
    is_item = view.text[start:end].rstrip(" andor").endswith(";") or view.text[found.start("verb")].islower()
    behind = _behind_verbs(view, found.end(), end)
    commands = forbids or (
        (is_item or _ends(view, start, end)) and _is_imperative(found["verb"], behind, is_item=is_item)
    )
    if not commands and not _OBJECT.match(behind):
        return []
    modality = _modality(view, (start, end), found, is_item=is_item, commands=commands)
    if modality is None:
        return []
    predicate = read_predicate(view, found.start("verb"), end, form="modal", cue_text="")
    negated = bool(found["not"])
    return [compose(view, (opening, end), modality, negated=negated, agents=(), predicate=predicate)]


def _modality(
    view: TextView, span: tuple[int, int], found: re.Match[str], *, is_item: bool, commands: bool
) -> Modality | None:
    """What an imperative is: a duty, a prohibition, or advice; None where it may be no imperative."""
    advises = found["verb"] == "consider" or _advises(view, *span)
    if (found["verb"] == "encourage" and not found["not"]) or (advises and not is_item):
        return Modality.RECOMMENDATION
    if found["not"]:
        return Modality.PROHIBITION
    if _BULLET.match(view.text, *span):
        return Modality.RECOMMENDATION  # a point of guidance binds no one
    return Modality.OBLIGATION if is_item or commands else None


def _is_note(view: TextView, start: int, end: int) -> bool:
    """True for the "NOTE" of a standard, which explains."""
    return view.text[start:end] == "NOTE" or bool(_NOTE.match(view.text, start))


def _advises(view: TextView, start: int, end: int) -> bool:
    """True where a sentence speaks to its reader, in a text that binds in no words of duty."""
    return bool(_TO_READER.search(view.folded, start, end)) and not _BINDS.search(view.folded)


def _ends(view: TextView, start: int, end: int) -> bool:
    """True for a whole sentence: a full stop closes it, and it has more than a heading's words."""
    words = view.folded[start:end].split()
    few = (
        _FEW_WORDS
        if not any(_DETERMINED.fullmatch(word) for word in words[2:3] + words[1:2])
        else _FEW_WORDS - 2
    )
    return view.text[start:end].rstrip().endswith(".") and len(words) > few


def _is_imperative(verb: str, behind: str, *, is_item: bool) -> bool:
    """True where no noun of the same form can be meant: "maintain records", "document any changes"."""
    if verb == "consider" and not is_item:
        return bool(_CONSIDERED.match(behind) or _DETERMINED.match(behind) or _QUALIFIED.match(behind))
    if verb in english_words().noun_verbs:
        return bool(_DETERMINED.match(behind) or _QUALIFIED.match(behind))
    return not _NO_OBJECT.match(behind)


#: A label or code before an imperative: "Accuracy: Identify …", "RS1.6 Define …".
_RUN_IN = re.compile(
    r"\s*(?:[A-Z]{1,4}\d{1,2}(?:\.\d{1,2})*[.:]?\s+|[A-Z][\w'’ &/-]{2,48}:\s+)(?=[A-Z][a-z]+,?\s)"
)
#: Words of a heading at most.
_FEW_WORDS = 5
#: What shows that a word before it is no verb: "ensure, or …" lacks what it asks for.
_NO_OBJECT = re.compile(r"(?:of|for|is|are|was|were|has|have|had|shall|must|may|should|will|can)\b|$")
_QUALIFIED = re.compile(
    r"(?:potential|sufficient|possible|existing|new|clear|regular|sensitive|known|key|internal|external|all"
    r"|[a-z]+-[a-z]+|organi[sz]ational|significant|material|adverse|negative|significant|reasonable|appropriate|relevant)\b"
)
_NOTE = re.compile(r"Notes?(?: \d{1,2}| to\b|:)")
_QUOTES = frozenset("\"'")
_BINDS = re.compile(r"\b(?:shall|must|requirements?)\b")
#: Guidance speaks to its reader; law does not.
_TO_READER = re.compile(r"\b(?:you|your)\b")
_BULLET = re.compile(r"\s*[✓✔☐☑•▪●◦]")
#: What begins an object beyond doubt, where a sentence in capitals could begin with a noun.
_DETERMINED = re.compile(r"(?:the|an?|any|all|each|every|its|their|such|that|whether|how|what|which)\b")
_CONSIDERED = re.compile(r"[a-z]{2,}ing\b|if\b|carefully\b")
_FURTHER_VERB = re.compile(
    r"\s*,?\s*(?:and\s+|or\s+)?(?:[a-z]{3,}ly\s+)?(?P<verb>[a-z]+)(?: (?:of|for|with|on))?\b"
)


def _behind_verbs(view: TextView, start: int, end: int) -> str:
    """What follows a list of verbs: "the risks" behind "identify, document and report the risks"."""
    while (further := _FURTHER_VERB.match(view.folded, start, end)) is not None:
        if further["verb"] not in known_verbs() or _OBJECT.match(view.folded[start : start + 24].strip()):
            break
        start = further.end()
    return view.folded[start : start + 24].strip(" ,")


#: What follows a verb rather than a noun of the same form.
_OBJECT = re.compile(
    r"(?:the|track of|due account|an?|any|all|each|every|its|their|such|that|whether|to|with|on"
    r"|(?:and|or) \w+ (?:the|an?|any|all|its|their)|reasonable|appropriate|effective|relevant|adequate"
    r"|personal|data|information|measures|procedures|independent|users|technical|publicly|lawful|legal|claims|steps|risks"
    r"|into|(?:and|or) [a-z]+ [a-z]+)\b"
)
