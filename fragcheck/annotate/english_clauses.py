"""Main clauses of English legal sentences: which cues govern, what is their subject, where they end."""

from __future__ import annotations

import re
from bisect import bisect_left

from fragcheck.annotate.clause_leads import REACH, Lead, is_relative, lead_of
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.noun_phrases import agents_of
from fragcheck.annotate.predicate_lists import Clause, split_predicates
from fragcheck.annotate.view import TextView
from fragcheck.annotate.wordlists import english_words

__all__ = ["WEAK_FORMS", "Clause", "after_labels", "main_clauses"]

#: Forms of cues that state a duty only where nothing stronger does, and a party is named.
WEAK_FORMS = frozenset({"will", "to", "state", "present"})

_COORDINATED = re.compile(r"(?P<comma>[,;]?)\s*\b(?:and|but|or|nor)\b(?P<subject>[^;:]{0,90})$")
#: Words of the subject of a further clause at most.
_MAX_SUBJECT = 12
_GERUND = re.compile(r"\s*[a-z]+ing\b")
#: Bodies and parties whose name begins with a participle: "…, contracting authorities shall".
_PARTICIPLE_NAME = re.compile(
    r"\s*[a-z]+ing\s+(?:authorit(?:y|ies)|part(?:y|ies)|states?|agenc(?:y|ies)|bod(?:y|ies)|entit(?:y|ies)|banks?"
    r"|institutions?|organi[sz]ations?|officers?|officials?|employers?|compan(?:y|ies)|providers?|members?)\s*"
)
_BRACKETS = re.compile(r"\([^()]{12,}\)")
_RUN_IN = re.compile(r"[\"'`\s]*[^.:;]{2,110}\.\s?(?:—|–|--)\s*[\"'`]*\s*")
#: A number, a bullet, or a note of the publisher ("<<NOTE: 15 USC 12 note.>>").
_LABEL = re.compile(
    r"[\"'`\s]*(?:[(\[]?(?:\d{1,3}[a-z]?|[ivxlc]{1,6}|[a-z]{1,2})[)\].]\s*|[-•–—*·]\s*|<<note:[^>]{0,200}>>\s*"
    r"|be it (?:further |finally )?resolved,?(?: that\b)?\s*"
    r"|(?:article|art\.|section|sec\.|§+)\s*\d[\w.-]*(?:\([a-z\d]{1,3}\))*\s*[:—–]\s*"
    r"|(?:article|art\.|section|sec\.|§+|clause|regulation|rule|paragraph)\s*\d[\w]*(?:[.-]\d+)*\s*(?:\.\s?[—–-]?|-)\s+"
    r"|article \d+[a-z]?\.?\s+(?=(?:the|th[eo]se|this|an?|any|where|if|when|in|for|under|after|before|each"
    r"|every|no|all|upon)\b)"
    r"|article \d+(?:-\d+)? \([a-z][^()]{2,80}\)\s*"
    r"|\d{1,2}\s+(?=(?:the|an?|any|it|they|he|she|where|if|when|in|each|every|no|upon|whoever|anyone)\b))+"
)


def main_clauses(view: TextView, start: int, end: int) -> list[Clause]:
    """Main clauses of the sentence in a range, in order; empty where no cue governs it."""
    inner = _parenthesised(view.folded, start, end)
    cues = [
        cue
        for cue in view.cues_in(start, end)
        if not _is_inside(inner, cue.start) and not _is_month(view, cue)
    ]
    if any(cue.form not in WEAK_FORMS for cue in cues):
        cues = [cue for cue in cues if cue.form not in WEAK_FORMS]
    if not cues:
        return []
    opening = after_labels(view.folded, start, end)
    lead = lead_of(view.folded, opening, end)
    clauses: list[Clause] = []
    for cue in cues:
        if clauses:
            follow_on(view, lead, cue, clauses, end)
            continue
        if cue.subject >= 0 or lead.governs(cue):
            subject = cue.subject if cue.subject >= 0 else _subject_start(view, opening, cue.start)
            clauses.append(Clause(opening, subject, cue, end, shares_subject=False))
    return [part for clause in clauses for part in split_predicates(view, clause)]


def after_labels(folded: str, start: int, end: int) -> int:
    """Where the words of a sentence begin after its numbers and run-in headings ("(a) In general.—")."""
    position = start
    while True:
        found = _LABEL.match(folded, position, end) or _RUN_IN.match(folded, position, end)
        if found is None or found.end() == position:
            return position
        position = found.end()


def _is_month(view: TextView, cue: Cue) -> bool:
    """True for "1 May 2026", which is no permission."""
    word = view.text[cue.start : cue.end]
    return word == "May" and bool(
        re.match(r",?\s+\d", view.text[cue.end : cue.end + 4])
        or re.search(r"\d\s+$", view.text[max(0, cue.start - REACH) : cue.start])
    )


def _parenthesised(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _BRACKETS.finditer(folded, start, end)]


def _is_inside(spans: list[tuple[int, int]], place: int) -> bool:
    before = bisect_left(spans, (place + 1,)) - 1
    return before >= 0 and place < spans[before][1]


def follow_on(view: TextView, lead: Lead, cue: Cue, clauses: list[Clause], end: int) -> None:
    """Add the clause of a further cue where it is coordinated with the one before."""
    previous = clauses[-1]
    begin = max(previous.cue.end, cue.start - REACH)
    near = view.folded[begin : cue.start]
    if is_relative(near):
        return
    joint = _COORDINATED.search(near)
    while joint is not None and (nearer := _COORDINATED.search(near, joint.start() + 2)) is not None:
        joint = nearer
    if joint is None:
        return
    subject = joint["subject"]
    shares = not subject.strip() or bool(
        re.fullmatch(r"[\s,]*(?:[a-z]+ly[\s,]*|where [a-z]+,?\s*)?", subject)
    )
    border, subject_start = begin + joint.start(), begin + joint.start("subject")
    is_new = shares or (
        len(subject.split()) <= _MAX_SUBJECT
        and not lead.has_subordinate(subject_start, cue.start)
        and (bool(joint["comma"]) or not _is_subordinate(lead, previous.cue.end, border))
    )
    if not is_new:
        return
    clauses[-1] = previous._replace(end=border)
    clauses.append(
        Clause(
            opening=border,
            subject_start=previous.subject_start if shares else subject_start,
            cue=cue,
            end=end,
            shares_subject=shares,
        )
    )


def _is_subordinate(lead: Lead, start: int, end: int) -> bool:
    """True where a subordinate clause is open at the end of a range: no comma has ended it."""
    return lead.has_subordinate(lead.behind_comma(start, end), end)


def _subject_start(view: TextView, opening: int, cue_start: int) -> int:
    """Where the subject begins: after leading conditions and adverbials, before relative insertions."""
    parts = _parts(view.folded, opening, cue_start)
    words = english_words()
    index = len(parts) - 1
    while index > 0 and _is_no_subject(view.folded[slice(*parts[index])]):
        index -= 1
    joint = max((found.start() for found in _AND_OR.finditer(view.folded, opening, cue_start)), default=-1)
    while (earlier := _listed_before(view, parts, index, joint)) is not None:
        index = earlier
    index = _before_consulted(view, parts, index)
    index = _before_relative_list(view, parts, index)
    first, last = parts[index]
    if words.opener.match(view.folded[first:last]) and index == 0:
        return _noun_in_opener(view, first, last)
    return first


def _parts(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    parts, depth, begin = [], 0, start
    for position in range(start, end):
        char = folded[position]
        depth += (char == "(") - (char == ")")
        if char == "," and depth <= 0 and not folded[position + 1 : position + 2].isdigit():
            parts.append((begin, position))
            begin = position + 1
    parts.append((begin, end))
    return parts


def _is_no_subject(part: str) -> bool:
    words = english_words()
    if _PARTICIPLE_NAME.fullmatch(part):
        return False
    return not part.strip() or bool(words.opener.match(part)) or bool(_GERUND.match(part))


def _before_relative_list(view: TextView, parts: list[tuple[int, int]], index: int) -> int:
    """Back over "a deployer that sells, leases, or otherwise offers …" to where the subject begins."""
    closes = index < len(parts) - 1 and not view.folded[slice(*parts[-1])].strip()
    if not closes and view.parties_in(*parts[index]) and not _is_further(view, parts[index]):
        return index
    if closes and _names_first(view, parts[index]):
        return index
    for earlier in range(index - 1, -1, -1):
        text = view.folded[slice(*parts[earlier])]
        if _RELATIVE_START.match(text) and view.parties_in(*parts[earlier]):
            return earlier
        if closes and earlier == 0 and _names_first(view, parts[0]) and _CLAUSE_WITHIN.search(text):
            return earlier
        is_short = len(text.split()) <= _MAX_LISTED or english_words().opener.match(text)
        if not closes and not is_short and not _FURTHER_PREDICATE.match(text):
            break
    return index


def _is_further(view: TextView, part: tuple[int, int]) -> bool:
    """True for a further verb of a relative clause ("… , divulges it")."""
    return _FURTHER_PREDICATE.match(view.folded, *part) is not None


def _names_first(view: TextView, part: tuple[int, int]) -> bool:
    """True where a party stands at the beginning of a part, behind a determiner and an adjective at most."""
    first = next(iter(view.parties_in(*part)), None)
    return first is not None and len(view.folded[part[0] : first.start].split()) <= _MAX_DETERMINERS


_CLAUSE_WITHIN = re.compile(r"\b(?:that|which|who|whom|whose)\b")
#: Words before the party that opens a subject at most.
_MAX_DETERMINERS = 3


_RELATIVE_START = re.compile(r"\s*(?:an?|the|any|each|every|all|no)\s[^:;]{2,90}?\s(?:that|which|who)\b")
#: A further verb of a relative clause: "… that hides a fault, makes a false statement, or fails to report".
_FURTHER_PREDICATE = re.compile(
    r"\s*(?:and |or )?(?:otherwise |[a-z]+ly )?(?!(?:this|its|his|thus)\b)[a-z]+[a-rt-z]s\b"
)
#: Words of a member of a list of verbs in a relative clause.
_MAX_LISTED = 5


def _listed_before(view: TextView, parts: list[tuple[int, int]], index: int, joint: int) -> int | None:
    """Index of the list member before a part, over "or" and "where applicable" between commas.

    `joint` is the place of the last "and" or "or" of all parts: before it stand members of a list.
    """
    before = index - 1
    while before > 0 and _FILLER_PART.fullmatch(view.folded[slice(*parts[before])]):
        before -= 1
    return before if before >= 0 and parts[before][0] <= joint and _is_listed(view, parts[before]) else None


_AND_OR = re.compile(r"\b(?:and|or)\b")
_CONSULTED = re.compile(
    r"\s*(?:and\s+)?(?:in (?:consultation|coordination|collaboration|cooperation|conjunction|partnership)"
    r"|consulting|together|along|jointly)\b"
)


def _before_consulted(view: TextView, parts: list[tuple[int, int]], index: int) -> int:
    """Back over "in consultation with A, B, and C" to the subject that consults them."""
    for earlier in range(index - 1, -1, -1):
        text = view.folded[slice(*parts[earlier])]
        if _CONSULTED.match(text):
            before = earlier
            while before > 0 and _is_no_subject(view.folded[slice(*parts[before])]):
                before -= 1
            return before if view.parties_in(*parts[before]) else index
        if not view.parties_in(*parts[earlier]) and not _FILLER_PART.fullmatch(text):
            break
    return index


_FILLER_PART = re.compile(
    r"\s*(?:and|or)?\s*"
    r"(?:(?:where|if) (?:applicable|relevant|appropriate|necessary|required)"
    r"|as the case may be|as applicable)?\s*"
)


#: Words of a member of a list of parties at most, and of one that is the name of an office.
_MAX_NAME = 6
_MAX_OFFICE = 12
_OFFICE = re.compile(r"\s*the\s+(?:[a-z]+\s+){1,2}(?:of|for)\s+(?!this\b|such\b|any\b|an?\b)[^,]*$")


def _is_listed(view: TextView, part: tuple[int, int]) -> bool:
    """True for an earlier member of "providers, deployers and importers"."""
    text = view.folded[slice(*part)]
    if not text.strip() or english_words().opener.match(text):
        return False
    if len(text.split()) > (_MAX_OFFICE if _OFFICE.match(text) else _MAX_NAME):
        return False
    return bool(view.parties_in(*part)) or bool(agents_of(view, *part))


_DETERMINED = re.compile(
    r"\b(?:the|an?|each|every|any|all|such|its|no)\s+"
    r"(?:(?!(?:the|an?|each|every|any|all|such|its|no)\b)[\w'-]+\s+){0,3}$"
)


def _noun_in_opener(view: TextView, first: int, last: int) -> int:
    """Subject of "By 2 May 2026 the authority", "On request a provider": the last determined party."""
    for party in reversed(view.parties_in(first, last)):
        before = view.folded[first : party.start]
        found = _DETERMINED.search(before)
        if found:
            return first + found.start()
    # "For each accident the testing unit": a noun that no list of parties holds
    found = _DETERMINED.search(view.folded[first:last].rstrip() + " ")
    if found and found.start() and agents_of(view, first + found.start(), last):
        return first + found.start()
    return first
