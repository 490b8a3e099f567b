"""Duties and tasks told in the English indicative: "The Agency keeps a register", "A bank deposits the data".

Laws of civil tradition in English, charters of bodies and conditions of contracts tell what someone does in
the present tense. The verb binds where it is the first of its sentence behind a party, agrees with it in
number, and is one of the verbs with which laws give tasks or duties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.english_clauses import WEAK_FORMS, after_labels
from fragcheck.annotate.noun_phrases import Head, Party, party_at
from fragcheck.annotate.present_acts import tells_finding
from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb, singular_noun
from fragcheck.records import Modality

__all__ = ["with_indicative_cues"]

_WORD = re.compile(r"[a-z][\w'-]*")
_WORDS = re.compile(r"[a-z]+")
#: What may stand before the subject: "On receiving an alert, the Centre …", "Each month a panel …".
_LEAD = re.compile(
    r"\W*(?:(?:where|if|when|on|upon|before|after|within|by|in|pursuant to|to|from|at|for|as|following"
    r"|subject to|without|under|during|once)\b[^,;:.]{2,160},\s+"
    r"|(?:each (?:day|week|month|quarter|year)|by \w+ \d{4})\s+){1,2}"
)
_DETERMINER = re.compile(r"\W*(?:the|each|every|an?|all)\s+")
#: Words of the name of a party at most.
_MAX_NAME = 7
#: What parts a party from its verb: an insertion, the mark of a list and of its first item, an adverb.
_VERB = re.compile(
    r"(?:,\s[^,;:.]{3,110},)?(?:\s*(?:[:—–]|--))?\s*(?:\(?[a-z\d]{1,3}[.)]\s*)?"
    r"(?:(?:[a-z]+ly|also|then|thereupon)\s+)?(?P<verb>[a-z]+)(?![\w'-])"
)
#: What or whom the party is of.
_OF = re.compile(r"\s+(?:of|for|on|in|at)(?=\s)")
_OF_WORD = re.compile(r"\s[\w'-]+")
_MAX_OF = 12
_CLAUSAL = frozenset({"that", "which", "who", "whom", "whose", "to", "whether", "how", "when", "where", "if"})
_RELATIVE = re.compile(
    r"\s+(?:who|which|that)\s(?:[^\s,;:.]+\s){3,24}?(?<!\bor\s)(?<!\band\s)"
    r"(?P<verb>(?!(?:from|to|of|in|on|with|by|for|at|than|as|into|under|over|through|upon|against|that)\b)[a-z]+)"
    r"(?=\s+(?:the|an?|its|their|each|all|any|it|them|no)\b)"
)
_BEHIND = re.compile(r"\s+(?P<next>[\w$-]+)")
_NO_NAME = frozenset({"the", "a", "an", "and", "or", "their", "its", "these", "those", "such", "they", "it"})
#: What follows a noun rather than a verb of the same form.
_AFTER_NOUNS = re.compile(
    r"of|and|or|is|are|was|were|has|have|had|shall|must|may|should|will|can|could|would|do|does|did|by|which|for"
)
#: "… if— (A) the Commission receives a petition": an item of a condition.
_OPEN_CONDITION = re.compile(r"\b(?:if|where|when|unless|after|until|that|whether)\W*$")
#: Verbs that tell a task with their particle alone: "draws up", not "draws attention".
_PARTICLES = {"draw": ("up",), "carry": ("out",), "lay": ("down", "before")}
#: A recital that stands without its kind, and prose that tells of what was done.
_NO_LAW = re.compile(r"\W*\(\d{2,3}\)\s|.*\b(?:we|our|us)\b")


def with_indicative_cues(view: TextView) -> TextView:
    """The view with a cue for each main verb in the present tense that gives its subject a task or a duty."""
    if view.language != "en" or _NO_LAW.match(view.folded):
        return view
    taken = {cue.start for cue in view.cues if cue.form != "present"}
    verbs = (
        _main_verb(view, *span)
        for span in view.sentences
        if all(cue.form != "act" for cue in view.cues_in(*span))
    )
    found = [verb for verb in verbs if verb is not None and verb.start not in taken]
    if not found:
        return view
    own = {cue.start for cue in found}
    kept = [cue for cue in view.cues if cue.start not in own]
    return replace(view, cues=tuple(sorted((*kept, *found))))


def _main_verb(view: TextView, start: int, end: int) -> Cue | None:
    # behind a modal verb no verb in the present tense is the first
    limit = next((cue.start for cue in view.cues_in(start, end) if cue.form not in WEAK_FORMS), end)
    if _verb_forms().isdisjoint(_WORDS.findall(view.folded, start, limit)):
        return None
    if view.folded[start:end].rstrip().endswith("?") or _OPEN_CONDITION.search(
        view.folded, max(0, start - 12), start
    ):
        return None
    opening = after_labels(view.folded, start, limit)
    lead = _LEAD.match(view.folded, opening, limit)
    position = lead.end() if lead else opening
    determiner = _DETERMINER.match(view.folded, position, limit)
    has_article = determiner is not None
    name_start = determiner.end() if determiner else position
    for party, is_plural in _subjects(view, name_start, limit):
        if has_article or is_plural or view.text[party.start].isupper():
            cue = _verb(view, party, limit, is_plural=is_plural)
            if cue is None:
                continue
            is_sure = party.role == "public_authority" or (party.role and has_article)
            if is_sure and party.role != "public_authority" and _stands_in_rulebook(view, cue, determiner):
                return None
            if is_sure or view.parameters_in(cue.end, end):
                return cue
    return None


@lru_cache(maxsize=1)
def _verb_forms() -> frozenset[str]:
    """What a verb that gives tasks or duties can read like, to pass over sentences that hold none."""
    words = english_words()
    bases = words.authority_verbs | words.official_verbs | words.duty_verbs
    return frozenset(form for base in bases for form in (base, f"{base}s", f"{base}es", f"{base[:-1]}ies"))


def _stands_in_rulebook(view: TextView, cue: Cue, determiner: re.Match[str] | None) -> bool:
    """True for "the board approves", which the document decides: see `present_duties`."""
    is_known = any(
        other.start == cue.start and other.form == "present" for other in view.cues_in(cue.start, cue.end)
    )
    return is_known and determiner is not None and determiner.group().split()[-1] in ("the", "each", "every")


def _subjects(view: TextView, start: int, end: int) -> Iterator[tuple[Party, bool]]:
    """The parties that the first words from a place name, and whether each is plural."""
    words: list[str] = []
    position = start
    for _ in range(_MAX_NAME):
        word = _WORD.match(view.folded, position, end)
        if word is None or word.group() in _NO_NAME or word.group() in english_words().stops:
            return
        words.append(word.group())
        party = party_at(view, Head(start, word.end(), tuple(words)))
        mention = view.party_over(word.end() - 1)
        if party is not None and (mention is None or mention.end == word.end()):
            yield party, singular_noun(words[-1]) != words[-1] and words[-1][-2:] != "ss"
        if view.folded[word.end() : word.end() + 1] != " ":
            return
        position = word.end() + 1


def _verb(view: TextView, party: Party, end: int, *, is_plural: bool) -> Cue | None:
    for found in _candidates(view, party, end):
        word = found["verb"]
        base = base_verb(word, known_verbs())
        agrees = word == base if is_plural else word != base and word.endswith("s")
        if view.text[found.start("verb")].isupper() or tells_finding(view, found.start("verb")):
            continue  # a heading in capitals: "… REPORTS ON FORGERY"
        if (
            agrees
            and base in _binding(party)
            and _is_verb(view, base, found.end("verb"), end, plain=is_plural)
        ):
            return Cue(found.start("verb"), found.end("verb"), Modality.OBLIGATION, False, "act", party.start)
    return None


def _candidates(view: TextView, party: Party, end: int) -> Iterator[re.Match[str]]:
    """Words that can be the verb of a party: right behind it, its of-phrase or its relative clause."""
    places = [party.end]
    of = _OF.match(view.folded, party.end, end)
    position = of.end() if of else end
    for _ in range(_MAX_OF):
        word = _OF_WORD.match(view.folded, position, end)
        if word is None or word.group().strip() in _CLAUSAL:
            break
        position = word.end()
        places.append(position)
    matches = [_VERB.match(view.folded, place, end) for place in places]
    yield from (found for found in (*matches, _RELATIVE.match(view.folded, party.end, end)) if found)


def _binding(party: Party) -> frozenset[str]:
    words = english_words()
    return (
        words.authority_verbs | words.official_verbs if party.role == "public_authority" else words.duty_verbs
    )


def _is_verb(view: TextView, base: str, start: int, end: int, *, plain: bool) -> bool:
    """False where a verb that is a noun as well may be one: "the agency reviews are …"."""
    behind = _BEHIND.match(view.folded, start, end)
    if base in _PARTICLES and (behind is None or behind["next"] not in _PARTICLES[base]):
        return False
    if base not in english_words().noun_verbs:
        return behind is None or not _AFTER_NOUNS.fullmatch(behind["next"])
    if behind is None:
        return not plain and view.folded[start : start + 1] in (",", ":")
    if plain:
        return behind["next"] in english_words().object_starts
    return not _AFTER_NOUNS.fullmatch(behind["next"])
