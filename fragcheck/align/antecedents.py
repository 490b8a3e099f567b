"""What a pronoun stands for in a clause that goes on with the sentence of the requirement before.

"The provider shall draw up technical documentation | and keep it for ten years" states two duties. The
second one by itself is about nothing: its words meet every other rule on keeping, and with another figure it
does not meet itself. So the object of the clause before stands behind the pronoun, in the square brackets
of an editor: "and keep it [technical documentation] for ten years".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fragcheck.align.wording import numerals
from fragcheck.align.words import function_words
from fragcheck.records import Requirement

__all__ = ["with_antecedent"]

#: Among how many words of a clause its object pronoun is looked for ("and shall also keep it").
_REACH = 5
#: Of an antecedent at most.
_MAX_WORDS = 12
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
#: Only these may stand between two clauses of one sentence.
_BETWEEN = re.compile(r"[\s,，、]*")
_CLOSED = re.compile(r"[.;:。；：!?][\s\"'”’)]*$")
_CJK = frozenset({"zh", "ja", "ko"})


@dataclass(frozen=True, slots=True)
class _Pronouns:
    leading: re.Pattern[str]
    demonstrative: re.Pattern[str]
    stranded: frozenset[str]
    enclitic: re.Pattern[str]
    joint: frozenset[str]


@lru_cache(maxsize=1)
def _pronouns() -> dict[str, _Pronouns]:
    text = files("fragcheck.align").joinpath("data/pronouns.toml").read_text(encoding="utf-8")
    return {
        language: _Pronouns(
            _any_of(data["leading"], has_spaces=language not in _CJK),
            _any_of(data.get("demonstrative", ()), has_spaces=True),
            frozenset(data.get("stranded", ())),
            re.compile(data.get("enclitic", r"(?!)") + r"$"),
            frozenset(data.get("joint", ())),
        )
        for language, data in tomllib.loads(text).items()
    }


def _any_of(words: Sequence[str], *, has_spaces: bool) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?![\w'’-])" if has_spaces else either)


def with_antecedent(requirement: Requirement, before: Requirement | None, text: str, language: str) -> str:
    """Words of a requirement, with what its object pronoun stands for in square brackets.

    Parameters
    ----------
    requirement, before : Requirement
        A requirement of a provision and the one before it in the same provision, or None.
    text : str
        Of the provision.
    language : str
        ISO 639-1; pronouns are known of those in ``data/pronouns.toml``.

    Returns
    -------
    str
        ``requirement.text`` as it is where it opens a sentence, has no such pronoun, or where
        the clause before names no object.
    """
    own = requirement.text
    pronouns = _pronouns().get(language)
    if pronouns is None or before is None or not _goes_on(requirement, before, text):
        return own
    at = _place(own, before.text, pronouns, language)
    antecedent = _object(before, pronouns, language) if at is not None else ""
    if at is None or not antecedent:
        return own
    return f"{own[:at]} [{antecedent}]{own[at:]}" if at else f"[{antecedent}] {own}"


def _goes_on(requirement: Requirement, before: Requirement, text: str) -> bool:
    """True where both are clauses of one sentence, one right behind the other."""
    if not before.end <= requirement.start or _CLOSED.search(before.text):
        return False
    return _BETWEEN.fullmatch(text, before.end, requirement.start) is not None


def _place(own: str, before: str, pronouns: _Pronouns, language: str) -> int | None:
    """Where the antecedent belongs: behind the pronoun, or 0 where that ends the clause before."""
    if language in _CJK:
        found = pronouns.leading.search(own)
        return found.end() if found else None
    words = list(_WORD.finditer(own.lower()))[:_REACH]
    verb = next((word for word in words if word.group() not in pronouns.joint), None)
    if verb is None:
        return None
    places = (verb.end(), words[-1].end())  # before the verb it is the subject: "and it shall reply"
    found = pronouns.leading.search(own.lower(), *places)
    found = found or pronouns.demonstrative.search(own.lower(), *places)
    if found is not None and (found.re is pronouns.leading or not _has_noun(own, found.end(), language)):
        return found.end()
    for word in words:
        if pronouns.enclitic.search(word.group()):
            return word.end()
    last = _WORD.findall(before.lower())[-1:]
    return 0 if last and last[0] in pronouns.stranded else None


def _has_noun(own: str, end: int, language: str) -> bool:
    """True for "these records": a noun follows right behind."""
    following = _WORD.match(own, end + 1) if own[end : end + 1] == " " else None
    if following is None:
        return False
    return not numerals(following.group()) and following.group().lower() not in function_words(language)


def _object(before: Requirement, pronouns: _Pronouns, language: str) -> str:
    """Object of a clause: its action behind the party and the verb."""
    action = before.action.strip()
    if language in _CJK:
        return action
    words = action.split()
    party = before.actor.split()[-1:] if language != "en" else []
    start = next((i + 1 for i, word in enumerate(words) if [word] == party), 0)
    stop = function_words(language)
    kept = words[start + 1 :]
    while kept and kept[0] in stop:
        kept = kept[1:]
    while kept and (kept[-1] in pronouns.joint or kept[-1] in pronouns.stranded or kept[-1] in stop):
        kept = kept[:-1]
    return " ".join(kept[:_MAX_WORDS]).strip(" ,;")
