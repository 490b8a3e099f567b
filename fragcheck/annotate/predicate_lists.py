"""Verb phrases joined under one modal verb: "shall test it and publish the results" states two duties."""

from __future__ import annotations

import re
from typing import NamedTuple

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import english_words

__all__ = ["Clause", "split_predicates"]


class Clause(NamedTuple):
    """A main clause: where its sentence part starts, its subject, its cue, and where it ends.

    `opening` to `subject_start` holds what stands before the subject: conditions
    and adverbials. `shares_subject` is true for "… and shall …".
    """

    opening: int
    subject_start: int
    cue: Cue
    end: int
    shares_subject: bool


_JOINT = re.compile(
    r",?\s+(?:and|or)\s+(?:(?:[a-z]+ly|also|then|where \w+,)\s+)*(?P<verb>[a-z]+)\s+(?P<next>[a-z]+)"
)
_INSERTION = re.compile(r"\s*,[^,]{3,90},")
_INFINITIVE = re.compile(r"\bto\s+(?:[a-z]+ly\s+)?(?P<verb>[a-z]+)")
_LOW = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when|if|unless|whether|because|how|what|by|not only)\b|[:;]"
)
_ADVERB = re.compile(r"[a-z]+ly|also|then|as|if|or|and|appropriate|necessary|applicable")
#: Words that an object has at least, so that "identify, and document the risks" stays one duty.
_MIN_OBJECT = 2


def split_predicates(view: TextView, clause: Clause) -> list[Clause]:
    """A clause, parted where a further verb with an object of its own follows the first one's object.

    Infinitives and subordinate clauses in between keep it whole, as the further verb may belong to them.
    """
    if clause.cue.form != "modal":
        return [clause]
    parts = [clause]
    for found in _JOINT.finditer(view.folded, clause.cue.end, clause.end):
        previous = parts[-1]
        if not _is_verb(found) or not _has_object(view.folded[previous.cue.end : found.start()]):
            continue
        if _opens_low(view.folded[clause.cue.end : found.start()]):
            break
        parts[-1] = previous._replace(end=found.start())
        cue = Cue(found.start(), found.start("verb"), clause.cue.modality, clause.cue.is_negated, "modal")
        parts.append(Clause(found.start(), clause.subject_start, cue, clause.end, shares_subject=True))
    return parts


def _is_verb(found: re.Match[str]) -> bool:
    if found["verb"] == "be":
        return found["next"].endswith(("ed", "en", "wn", "pt", "ne"))
    words = english_words()
    if found["verb"] in words.plain_verbs:
        return True
    return found["verb"] in known_verbs() and found["next"] in words.object_starts


def _has_object(words: str) -> bool:
    inserted = _INSERTION.match(words)
    words = words[inserted.end() :] if inserted else words
    plain = [word for word in re.findall(r"[a-z]+", words) if not _ADVERB.fullmatch(word)]
    return sum(word not in known_verbs() for word in plain) >= _MIN_OBJECT


def _opens_low(words: str) -> bool:
    """True where a subordinate clause or an infinitive is open, to which a verb behind could belong."""
    if _LOW.search(words):
        return True
    return any(_is_infinitive(found["verb"]) for found in _INFINITIVE.finditer(words))


def _is_infinitive(word: str) -> bool:
    """False for what follows "to" as a preposition: a determiner, a noun in the plural."""
    words = english_words()
    if word in known_verbs():
        return True
    return word not in words.determiners and not re.search(r"[^s]s$", word)
