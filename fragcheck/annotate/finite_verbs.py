"""Finite verbs of European languages other than English, by the word lists of ``data/finite_verbs.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.verb_second import verb_starts
from fragcheck.annotate.view import TextView

__all__ = ["INDICATIVE", "FiniteVerb", "Grammar", "finite_verbs", "grammar_of", "is_finite", "words_of"]

_FILE = Path(__file__).parent / "data" / "finite_verbs.toml"
#: Languages whose indicative states duties and is read by their finite verbs.
INDICATIVE = frozenset({"fr", "it", "pt", "es", "de", "nl", "pl"})
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"\W*(?:[(\[]?(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,3}[a-z]?)[)\].]\s*)+")
#: Forms of cues that state a duty only where nothing stronger does.
_WEAK = frozenset({"present", "passive", "state", "future"})
#: Clitics and adverbs between a relative pronoun and its verb.
_MAX_CLITICS = 2
_WORD_LISTS = (
    "subordinate",
    "relative",
    "unmarked",
    "no_clause",
    "before_noun",
    "joint",
    "adverb",
    "states",
    "prepositions",
    "conditions",
    "auxiliary",
    "factual",
    "after_relative",
)
_NEVER = re.compile(r"(?!)")

Words = list[re.Match[str]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the sentences of a language show their verbs; the fields are those of the data file."""

    language: str
    order: str
    forms: frozenset[str]
    words: dict[str, frozenset[str]]
    patterns: dict[str, re.Pattern[str]]
    verbal: tuple[str, ...]

    def has(self, name: str, word: str) -> bool:
        """True where a word stands in a list of the data file."""
        return word in self.words[name]


class FiniteVerb(NamedTuple):
    """A finite verb or a modal cue of a sentence; `place` counts the words of the sentence."""

    place: int
    start: int
    end: int
    cue: Cue | None
    is_auxiliary: bool


@lru_cache(maxsize=8)
def grammar_of(language: str) -> Grammar:
    """The grammar of one of the `INDICATIVE` languages."""
    with _FILE.open("rb") as handle:
        data: dict[str, Any] = tomllib.load(handle)[language]
    forms = set(data["forms"].split()) | set(data["auxiliary"].split())
    for endings, stems in data["classes"].values():
        forms.update(stem + ending for stem in stems.split() for ending in endings.split() or ("",))
        if language == "de":  # "richtet", "meldet"; "ermitteln", "verringern"
            forms.update(f"{stem}et" for stem in stems.split() if stem.endswith(("t", "d", "n", "m")))
            forms.update(f"{stem}n" for stem in stems.split() if stem.endswith(("el", "er")))
    frames = {
        "future": r"\w{{2,}}(?:{})",
        "generic": "{}",
        "fixed": r"\s*(?:{})(?!\w)",
        "facts": r"\b(?:{})",
        "instrument": r"\W*(?:{})",
        "participle": "{}",
        "denied": "(?:{})$",
        "denied_behind": "{}",
        "verb_like": "{}",
        "subject_verb": "{}",
        "subject_verbs": "{}",
        "due": r"(?<!\w)(?:{})(?!\w)",
    }
    return Grammar(
        language=language,
        order=data["order"],
        forms=frozenset(forms),
        words={name: frozenset(data.get(name, "").split()) for name in _WORD_LISTS},
        patterns={
            name: re.compile(frame.format(data[name])) if data.get(name) else _NEVER
            for name, frame in frames.items()
        },
        verbal=tuple(data.get("verbal", "").split()),
    )


def words_of(view: TextView, start: int, end: int) -> Words:
    """Words of a sentence after its label ("a)")."""
    label = _LABEL.match(view.folded, start, end)
    return list(_WORD.finditer(view.folded, label.end() if label else start, end))


def finite_verbs(view: TextView, grammar: Grammar, words: Words, start: int, end: int) -> list[FiniteVerb]:
    """Finite verbs and modal cues of the sentence, in order and without overlaps."""
    taken = iter([cue for cue in view.cues_in(start, end) if cue.form not in _WEAK])
    cue = next(taken, None)
    second = verb_starts(view, words[0].start(), end) if words else frozenset()
    found: list[FiniteVerb] = []
    for index, word in enumerate(words):
        if cue is not None and cue.start <= word.start():
            found.append(FiniteVerb(index, cue.start, cue.end, cue, is_auxiliary=False))
            cue = next(taken, None)
        if found and word.start() < found[-1].end:
            continue
        if word.start() in second or is_finite(view, grammar, words, index):
            auxiliary = grammar.has("auxiliary", word.group())
            found.append(FiniteVerb(index, word.start(), word.end(), None, is_auxiliary=auxiliary))
    return found


def is_finite(view: TextView, grammar: Grammar, words: Words, index: int) -> bool:
    """True where a word of a sentence is a finite verb: by its form and the word before it."""
    word = words[index]
    text = word.group()
    if not _has_form(grammar, words, index):
        return False
    if len(text) == 1 and view.folded[word.end() : word.end() + 1] == ")":
        return False  # "point a)"
    if index == 0:
        return view.text[word.start()] != "A"  # "A l'article 3": a preposition without its accent
    if grammar.language == "de" and view.text[word.start()].isupper():
        return False  # a noun
    return _is_no_noun(grammar, words[index - 1].group(), text)


def _has_form(grammar: Grammar, words: Words, index: int) -> bool:
    text = words[index].group()
    if text == "a" and index and words[index - 1].group() == "y":
        return False  # "s'il y a lieu"
    if text in grammar.forms or any(grammar.patterns[name].fullmatch(text) for name in ("future", "generic")):
        return True
    # whatever follows "ne" is a verb
    if grammar.language == "fr" and index > 0 and words[index - 1].group() in ("ne", "n"):
        return True
    return _follows_relative(grammar, words, index)


def _follows_relative(grammar: Grammar, words: Words, index: int) -> bool:
    """True for a verb of any mood right behind its relative pronoun: "che intenda", "qui recourt"."""
    text = words[index].group()
    if not grammar.patterns["verb_like"].fullmatch(text) or grammar.has("before_noun", text):
        return False
    before = index - 1
    while before > 0 and index - before <= _MAX_CLITICS and grammar.has("adverb", words[before].group()):
        before -= 1
    return (
        before >= 0
        and grammar.has("after_relative", words[before].group())
        and not grammar.has("adverb", text)
        and not grammar.has("joint", text)
        and not (before and grammar.has("no_clause", words[before - 1].group()))
    )


def _is_no_noun(grammar: Grammar, before: str, text: str) -> bool:
    if text == "zijn" and (grammar.has("prepositions", before) or before in grammar.forms):
        return False  # the possessive
    if grammar.has("auxiliary", text) or not grammar.has("before_noun", before):
        return True
    # "les soumettent", "la transmet": a pronoun, as no noun ends like that
    return grammar.has("adverb", before) and bool(grammar.verbal) and text.endswith(grammar.verbal)
