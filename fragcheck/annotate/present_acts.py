"""Acts in the English present tense that a sentence alone tells to be norms: "The Council issues the rules".

Statutes of the civil law give authorities their tasks in the present tense, and reports hardly ever use the
verbs of such tasks for one that opens the sentence. What bound parties do in it is a duty where the text
is numbered as an article, or where they are members of the scheme that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.conditional_actors import BINDABLE
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.english_clauses import after_labels
from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import Phrase, base_verb, is_participle, singular_noun
from fragcheck.records import Modality

__all__ = ["tells_finding", "with_acts"]

#: A text that is numbered as a part of a law.
_ARTICLE = re.compile(r"\W*(?:article|art\.|section|sec\.|§+|clause|regulation|rule)\s*\d")
#: A heading on a line of its own, and the number of the paragraph below it.
_HEADING = re.compile(
    r"(?:(?:Art\.|Article|Section|Sec\.|§+|Clause)\s*\d[\w.-]{0,6}\s+)?[^.;:\n]{2,90}\n\s*(?:\(?\d{1,2}[.)]?\s+)?"
)
_NUMBER = re.compile(r"(?:(?:Art\.|ART\.|Article|ARTICLE|Section|§+)\s*\d\w*\s+|\(?\d{1,2}[.)]?\s+)(?=[A-Z])")
#: What may stand between the beginning of a subject and its noun.
_MAX_DETERMINERS = 4
#: Letters of an abbreviation at most: longer words in capitals are those of headings.
_ABBREVIATION = 6
_NO_SUBJECT = re.compile(
    r"[,;:]|\b(?:in|by|of|if|where|when|to|with|for|on|under|from|that|which|who|and|or|any|no|other)\b"
)
_AFTER_YEAR = re.compile(r"(?:by|from|until|after|in|before)\s(?:[\w-]+\s){0,3}\d{4}\s(?=(?:the|each)\s)")
_CLAUSAL = re.compile(r"(?:where|when|whenever|if|once|unless|until|while|as|because|since|although)\b")
_SUBJECT_AFTER_COMMA = re.compile(r",\s+(?=(?:the|each|every)\s)")
#: Commas of a leading adverbial behind which a subject is looked for.
_MAX_COMMAS = 4
_ADVERBS = r"(?:(?:[a-z]+ly|also|then|further|thereby|jointly)\s+)*"
_PRONOUN = re.compile(
    r"(?:(?:in particular|for this purpose|to this end|in doing so|then),? )?"
    r"(?P<pronoun>it|they|he or she)\s+" + _ADVERBS + r"(?P<verb>[a-z]+)(?![\w'-])"
)
_TOKEN = re.compile(r"[a-z\d][\w'’-]*|[^\s\w]")
#: Words between a party and its verb at most: the rest of its name, an of-phrase.
_MAX_BETWEEN = 16
#: Characters of an insertion between commas at most.
_MAX_INSERTION = 160
_ENDS_SUBJECT = frozenset(
    {
        *("that", "which", "who", "whom", "whose", "is", "are", "was", "were", "has", "have", "had"),
        *("shall", "must", "may", "should", "will", "can", "cannot", "to", "where", "when", "if", "as", "by"),
        *("whether", "how", "what", "not", "because", "than", "need", "do", "does"),
    }
)
#: What goes on behind a participle: "the agency appointed by the committee keeps …".
_BY = frozenset({"by"})
_MODIFIES = re.compile(r"\s+(?:by|in|under|for|at|pursuant|on)\b")
#: Offices that firms have as well.
_OFFICE_OF_FIRM = re.compile(r"(?:officer|head|chair\w*)s?$")
#: What someone found out, which is no act: "the Office concludes that …".
_FINDS = re.compile(
    r"(?:conclude|report|confirm|determine|decide|inform|advise)s? that\b|builds? on\b|draws? attention\b"
)
#: What shows that the word before it is a noun: "the Commission reports are published".
_BEHIND_NOUN = re.compile(r"\s+(?:is|are|was|were|has|have|shall|must|may|should|will|can|of)\b|\s*[.:)]")
_MODALS = frozenset({"shall", "must", "may", "should", "will", "can"})
#: What stands before a verb or noun that belongs to the relative clause.
_BEFORE_VERB = frozenset({"to", "and", "or", "not", "the", "a", "an", "their", "its", "that", "which", "who"})
_MORE_OBJECTS = frozenset({"no", "both", "before", "to", "for", "at", "only", "out", "up"})
_ITEM = re.compile(r"\s*(?:\(?[1ai][.)]|i\s*[–—-])\s*")
#: "The register is kept by the …": what only an authority does to things, without an open relative clause.
_PASSIVE = re.compile(
    r"(?:(?!\b(?:that|which|who|whose|where|when|if|is|are|was|were|has|have|shall|must|may|should|will|can)\b)"
    r"[^.;:]){3,160}?\s(?P<be>is|are)\s+(?:[a-z]+ly\s+)?"
    r"(?:granted|issued|approved|adopted|appointed|designated|kept|maintained|determined|imposed|carried out"
    r"|exercised|regulated|revoked|withdrawn|elected|supervised|prescribed|established|registered|decided)"
    r"\s+(?:[^,.;:]{1,40}?\s)?by\s+(?=(?:the|an?)\s)"
)
_RELATIVES = frozenset({"that", "which", "who"})
#: Words between a relative pronoun and the verb of the main clause at most.
_MAX_RELATIVE = 48
#: Whoever has joined the scheme that the text belongs to is its member.
_JOINED = re.compile(
    r"\s+(?:(?:that|which|who)\s+(?:have\s+|has\s+)?|having\s+)?"
    r"(?:subscribed?s? to|signe?[ds]?|join(?:ed|s)?|acceded to|adher(?:es?|ing) to|taking part in"
    r"|participating in)"
    r"\s+(?:this|the|our)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:compact|pact|charter|code|pledge|scheme|agreement|exchange|commitments?|declaration|initiative|alliance)\b"
)
_MEMBER = re.compile(r"(?:member|participating|signatory|subscribing|adhering|acceding|certified)\s+$")
_NO_MEMBERS = frozenset({"state", "country", "government", "party"})


def with_acts(view: TextView) -> TextView:
    """The view with a cue for each act in the present tense that its sentence alone tells to be a norm.

    Parameters
    ----------
    view : TextView

    Returns
    -------
    TextView
        The same where it is not in English or holds no such act.
    """
    if view.language != "en" or not view.parties:
        return view
    is_article = _ARTICLE.match(view.folded) is not None
    taken = {cue.start for cue in view.cues if cue.form not in ("state", "present")}
    found: list[Cue] = []
    before = None
    for start, end in view.sentences:
        act, actor = _act(view, start, end, before, is_article=is_article)
        before = actor or before
        if act is not None and act.start not in taken:
            found.append(act)
    if not found:
        return view
    own = {cue.start for cue in found}
    kept = (cue for cue in view.cues if cue.start not in own)
    return replace(view, cues=tuple(sorted((*kept, *found))))


def _act(
    view: TextView, start: int, end: int, before: Phrase | None, *, is_article: bool
) -> tuple[Cue | None, Phrase | None]:
    """The act that a sentence states, and its actor; `before` is whom a pronoun stands for."""
    opening = _opening(view, start, end)
    pronoun = _PRONOUN.match(view.folded, opening, end)
    if pronoun is not None:
        is_plural = pronoun["pronoun"] == "they"
        if before is None or not _agrees(pronoun["verb"], before, is_plural=is_plural):
            return None, None
        return _cue(pronoun.span("verb"), pronoun.start("pronoun")), before
    if not view.text[opening : opening + 1].isupper():
        return None, None  # an item of a list, which its lead-in makes a condition or a part of something
    for place in _subjects(view, opening, end):
        party = _whole(view, view.first_party_in(place, end), end)
        if party is None or not _opens(view, place, party):
            continue
        if not _is_bound(view, party, is_article=is_article):
            continue
        # "the authorised body:" is a sentence of its own, and its verbs stand in the items
        closes = end < len(view.text) and view.text[end - 1 : end] in ";:"
        verb = _verb(view, party, len(view.text) if closes else end)
        if verb is not None:
            return _cue(verb.span(), place), party
        return None, party if any(cue.form == "modal" for cue in view.cues_in(place, end)) else None
    return _done_by_authority(view, opening, end), None


def _done_by_authority(view: TextView, opening: int, end: int) -> Cue | None:
    """The act of a sentence in the passive: "The licence is granted by the Ministry"."""
    found = _PASSIVE.match(view.folded, opening, end)
    if found is None:
        return None
    agent = view.first_party_in(found.end(), end)
    if agent is None or agent.label != "public_authority" or not _opens(view, found.end(), agent):
        return None
    return _cue(found.span("be"), opening)


def _opening(view: TextView, start: int, end: int) -> int:
    opening = after_labels(view.folded, start, end)
    heading = _HEADING.match(view.text, opening, end)
    opening = heading.end() if heading else opening
    number = _NUMBER.match(view.text, opening, end)
    return number.end() if number else opening


def _subjects(view: TextView, opening: int, end: int) -> Iterator[int]:
    """Where the subject of a sentence may begin: at once, or behind a leading adverbial and its comma."""
    if not english_words().opener.match(view.folded, opening, end):
        yield opening
        return
    year = _AFTER_YEAR.match(view.folded, opening, end)
    if year is not None:
        yield year.end()
    if _CLAUSAL.match(view.folded, opening, end) and any(
        cue.form == "modal" for cue in view.cues_in(opening, end)
    ):
        return  # "Where, in the end, the authority establishes a fault, the maker shall …"
    commas = _SUBJECT_AFTER_COMMA.finditer(view.folded, opening, min(end, opening + 400))
    yield from (comma.end() for comma, _ in zip(commas, range(_MAX_COMMAS), strict=False))


def _whole(view: TextView, party: Phrase | None, end: int) -> Phrase | None:
    """The last of mentions that stand side by side in one name: "member companies"."""
    while party is not None:
        following = view.first_party_in(party.end, end)
        if following is None or view.folded[party.end : following.start].strip():
            break
        party = following
    return party


def _opens(view: TextView, place: int, party: Phrase) -> bool:
    lead = view.folded[place : party.start]
    words = lead.split()
    if len(words) > _MAX_DETERMINERS or _NO_SUBJECT.search(lead) or (words and words[0] in known_verbs()):
        return False
    in_capitals = view.text[party.start : party.end].isupper()
    return not (in_capitals and (party.end - party.start > _ABBREVIATION or (words and "the" not in words)))


def _is_bound(view: TextView, party: Phrase, *, is_article: bool) -> bool:
    if party.label == "public_authority":
        return is_article or not _OFFICE_OF_FIRM.search(view.folded, party.start, party.end)
    if party.label not in BINDABLE - {"everyone"}:
        return False
    if is_article:
        return True
    lead = view.folded[max(0, party.start - 16) : party.start]
    noun = singular_noun(view.folded[party.start : party.end])
    is_member = _MEMBER.search(lead) or _JOINED.match(view.folded, party.end)
    return noun not in _NO_MEMBERS and is_member is not None


def _verb(view: TextView, party: Phrase, end: int) -> re.Match[str] | None:
    """The verb of an act behind its actor, whatever stands between them."""
    noun = view.folded[party.start : party.end]
    is_plural = singular_noun(noun) != noun
    joined = _JOINED.match(view.folded, party.end, end)
    if joined is not None:
        verb = _TOKEN.search(view.folded, joined.end(), end)
        is_verb = verb is not None and (
            _takes_object(view, verb, end) or _agrees(verb.group(), party, is_plural=is_plural)
        )
        return verb if is_verb else None
    token = _behind_name(view, party, end, is_plural=is_plural)
    if token is not None and token.group() in _RELATIVES:
        return _behind_relative(view, token.end(), end, party, is_plural=is_plural)
    return token if token is not None and token.group() not in _ENDS_SUBJECT else None


def _behind_name(view: TextView, party: Phrase, end: int, *, is_plural: bool) -> re.Match[str] | None:
    """The verb behind an of-phrase, an insertion or the label of an item, or the word that bars it."""
    position, is_near, is_modified = party.end, True, False
    for _ in range(_MAX_BETWEEN):
        token = _TOKEN.search(view.folded, position, end)
        if token is None or (token.group() in _ENDS_SUBJECT and not (is_modified and token.group() in _BY)):
            return token
        behind = _behind_break(view, token, end)
        if behind is not None:
            position, is_near, is_modified = behind, True, False
            continue
        position = token.end()
        if token.group() == "and":
            is_plural = True
        elif _is_act(view, token, party, is_plural=is_plural, is_near=is_near):
            return token
        elif not token.group()[0].isalnum() or (is_near and _is_verb(token.group())):
            return None
        elif is_participle(token.group()):
            is_modified = _MODIFIES.match(view.folded, token.end()) is not None
            if not is_modified:
                return None
        is_near = is_near and token.group().endswith("ly")
    return None


def _behind_relative(
    view: TextView, start: int, end: int, party: Phrase, *, is_plural: bool
) -> re.Match[str] | None:
    """The verb of the main clause behind a relative one: "the notary who draws up a deed reads it out"."""
    has_verb, before = False, ""
    for token, _ in zip(_TOKEN.finditer(view.folded, start, end), range(_MAX_RELATIVE), strict=False):
        word = token.group()
        if word in ".:;" or word in _MODALS:
            return None
        if not has_verb:
            has_verb = word in english_words().finite or base_verb(word, _verbs()) in _verbs()
        elif (
            before not in _BEFORE_VERB
            and _agrees(word, party, is_plural=is_plural)
            and _takes_object(view, token, end)
        ):
            return token
        before = word
    return None


def _takes_object(view: TextView, word: re.Match[str], end: int) -> bool:
    """True where what follows a word begins an object: the word is a verb, and no noun."""
    following = _TOKEN.search(view.folded, word.end(), end)
    return following is not None and following.group() in english_words().object_starts | _MORE_OBJECTS


def _is_verb(word: str) -> bool:
    """True for a verb in the third person: what no noun of a name is taken for right behind a party."""
    return word.endswith("s") and base_verb(word, known_verbs()) in known_verbs() - {word}


def _behind_break(view: TextView, token: re.Match[str], end: int) -> int | None:
    """Where a subject or its verb goes on behind an insertion between commas or the label of a first item."""
    if token.group() == ",":
        closing = view.folded.find(",", token.end(), min(end, token.end() + _MAX_INSERTION))
        return closing + 1 if closing >= 0 else None
    if token.group() in ":;(":
        item = _ITEM.match(view.folded, token.start() if token.group() == "(" else token.end(), end)
        return item.end() if item else None
    return None


def _is_act(view: TextView, word: re.Match[str], party: Phrase, *, is_plural: bool, is_near: bool) -> bool:
    if not _agrees(word.group(), party, is_plural=is_plural) or _BEHIND_NOUN.match(view.folded, word.end()):
        return False
    if tells_finding(view, word.start()):
        return False
    return is_near or not is_plural or word.group() not in english_words().noun_verbs


def tells_finding(view: TextView, place: int) -> bool:
    """True where the verb at a place tells what someone found out: "concludes that"."""
    return _FINDS.match(view.folded, place) is not None


def _agrees(word: str, party: Phrase, *, is_plural: bool) -> bool:
    """True for a verb of an act in the number of its subject."""
    base = base_verb(word, _verbs())
    if (word == base) is not is_plural or not (is_plural or word.endswith("s")):
        return False
    if party.label == "public_authority":
        return base in english_words().authority_verbs
    return base in known_verbs() and base not in _facts()


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return known_verbs() | english_words().authority_verbs


@lru_cache(maxsize=1)
def _facts() -> frozenset[str]:
    return (english_words().not_deontic | english_words().factual) - {"provide", "make"}


def _cue(span: tuple[int, int], subject: int) -> Cue:
    return Cue(*span, Modality.OBLIGATION, False, "act", subject)
