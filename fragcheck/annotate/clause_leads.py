"""What stands before a cue of an English sentence: whether the cue governs it, or a clause inside it.

The words that decide it are found once for a sentence. Each cue then looks at the characters right before
it and asks for the places of the others, so that thousands of cues in one sentence are read in one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from fragcheck.annotate.actions import known_verbs
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb

__all__ = ["REACH", "Lead", "is_relative", "lead_of"]

#: Characters before a cue that the expressions on its near side can take up, and some to spare for blanks.
REACH = 320

_RELATIVE = re.compile(
    r"\b(?:that|which|who|whom|whose|as|what|than|how|where|when|if|to whom)\W*(?:[a-z]+ly\W*)?$"
    # "conduct that the controller believes may violate the law"
    r"|\b(?:that|which|who)\b[^,;:.]{2,90}\b(?:believes?|considers?|knows?|thinks?|suspects?|determines?|fears?)\s*$"
)
#: A fact that someone found or thinks: what stands behind it binds no one.
_FINDING = re.compile(
    r"\b(?:observed|notes?|noted|found|finds|believes?|recogni[sz]\w+|acknowledg\w+|states|stated|shows?|showed"
    r"|suggests?|means|indicates?|expects?|concluded?|concludes|argued?|agreed) that\b"
    r"|\b(?:assessed|examined|checked|asked) (?:whether|how)\b|\bwhereby\b"
)
_OPENING_FINDING = re.compile(
    r"\W*it is (?:also |therefore |equally |particularly )*"
    r"(?:important|essential|crucial|vital|clear|possible|likely) that\b"
)
#: An indirect question: "to understand how such an approach should be designed".
_QUESTION = re.compile(
    r"\b(?:understand|determine|know|assess|decide|consider|identify|explain|see|discuss|clarify|examine|study"
    r"|evaluate|review|regarding|concerning|about|on|of|as to|including)"
    r" (?:how|whether|why|what)\b[^,.;:]{0,120}$"
    r"|\bfor (?:how|when|why)\b[^,.;:]{0,120}$"
)
_OPENING_QUESTION = re.compile(
    r"\W*(?:and |or )?(?:\(?\w{1,4}\)\s*)?(?:whether|how|why|which|whose|what)\b[^,.;:]{0,200}"
)
_RELATIVE_PRONOUN = re.compile(
    r"\b(?:which|whom|how|that)\s+(?:it|they|he|she|we|you)\s*$"
    # "the manner in which a controller shall reply"
    r"|\b(?:manner|form|time|period|extent|cases?|way|conditions?|circumstances|purposes?)"
    r" (?:in|for|by|under|within|to) (?:which|whom)\s[^,;:.]{1,90}$"
)
_PREPOSED = re.compile(
    r"\b(?:for|in|under|by|to|of|on|at|through|with|from|into) (?:which|whom)(?P<inside>[^,;:.]{1,90})$"
)
_AS_HE = re.compile(r"(?<!well )(?<!such )\bas\s+(?:the|it|they|he|she)\b[^,;]{0,60}$")
_COMMA = re.compile(",")
_PRONOUN = re.compile(r"\s(?:it|they|he|she)\s*$")
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when|if|unless|whether|because|as|than|how|what)\b"
)
#: What opens a condition behind the subject, and what opens one that only a comma can end.
_LATE = re.compile(r"\b(?:where|when|if|unless|whether|in so far as|insofar as|to the extent)\b")
_CLAUSAL = re.compile(r"\W*(?:where|if|when|whenever|unless|in case|in the event|provided that)\b")

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence in lower case and the places of the words that tell main from subordinate clauses.

    `condition_end`, `clausal_end` and `finding_end` are where an expression that opens the sentence ends;
    beyond its end where none does.
    """

    folded: str
    opening: int
    commas: tuple[int, ...]
    subordinates: Spans
    late: Spans
    findings: Spans
    condition_end: int
    clausal_end: int
    finding_end: int

    def has_subordinate(self, start: int, end: int) -> bool:
        """True where a subordinator stands in a range."""
        return _any_within(self.subordinates, start, end)

    def behind_comma(self, start: int, end: int) -> int:
        """Where the words behind the last comma of a range begin; its start where there is none."""
        place = bisect_left(self.commas, end) - 1
        return self.commas[place] + 1 if place >= 0 and self.commas[place] >= start else start

    def governs(self, cue: Cue) -> bool:
        """True where the cue stands in a main clause, not in a condition or a relative clause before it."""
        near = self.folded[max(self.opening, cue.start - REACH) : cue.start]
        if is_relative(near) or _AS_HE.search(near) or _RELATIVE_PRONOUN.search(near):
            return False
        is_conditional = self.condition_end <= cue.start
        tail = self.behind_comma(self.opening, cue.start)
        has_comma = tail > self.opening
        if self._tells_finding(cue.start, near, tail - 1 if is_conditional and has_comma else self.opening):
            return False
        if _in_relative(near):
            return False
        if is_conditional and not has_comma:
            if _PRONOUN.search(near):
                return True  # "If a developer decides to sell the model they shall": the comma is left out
            # "After consulting X the authority shall": no comma, but a determiner begins the subject
            return self.clausal_end > cue.start
        return not _any_within(self.late, tail, cue.start) or not has_comma

    def _tells_finding(self, end: int, near: str, start: int) -> bool:
        if _any_within(self.findings, start, end) or _QUESTION.search(near):
            return True
        if start > self.opening:
            return False
        asks = end - self.opening <= REACH and _OPENING_QUESTION.fullmatch(self.folded, self.opening, end)
        return bool(asks) or self.finding_end <= end


def lead_of(folded: str, opening: int, end: int) -> Lead:
    """The places that decide in a sentence.

    Parameters
    ----------
    folded : str
        Text in lower case.
    opening, end : int
        Range of the sentence in it, behind its labels.
    """

    def spans(pattern: re.Pattern[str]) -> Spans:
        return tuple(match.span() for match in pattern.finditer(folded, opening, end))

    def opened_by(pattern: re.Pattern[str]) -> int:
        found = pattern.match(folded, opening, end)
        return found.end() if found else end + 1

    return Lead(
        folded=folded,
        opening=opening,
        commas=tuple(match.start() for match in _COMMA.finditer(folded, opening, end)),
        subordinates=spans(_SUBORDINATE),
        late=spans(_LATE),
        findings=spans(_FINDING),
        condition_end=opened_by(english_words().initial_condition),
        clausal_end=opened_by(_CLAUSAL),
        finding_end=opened_by(_OPENING_FINDING),
    )


def _any_within(spans: Spans, start: int, end: int) -> bool:
    place = bisect_left(spans, (start,))
    return place < len(spans) and spans[place][1] <= end


def is_relative(near: str) -> bool:
    """True where the words before a cue make its clause a relative one ("that", "who also")."""
    return _RELATIVE.search(near) is not None


def _in_relative(near: str) -> bool:
    """True for "cases for which a review": the verb of the relative clause is still to come."""
    found = _PREPOSED.search(near)
    if found is None:
        return False
    words = found["inside"].split()
    if not words or any(word in english_words().finite for word in words):
        return False
    return not any(word.endswith("s") and base_verb(word, known_verbs()) in _plain_verbs() for word in words)


@lru_cache(maxsize=1)
def _plain_verbs() -> frozenset[str]:
    """Known verbs that are no nouns."""
    return frozenset(known_verbs() - english_words().noun_verbs)
