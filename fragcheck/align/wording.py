"""When two wordings say the same: normal form, content words, denials and numbers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

__all__ = ["Coverage", "content_words", "coverage", "denials", "normal_form", "numerals"]

_QUOTES = str.maketrans(dict.fromkeys('‘’‚‛“”„‟«»‹›"`´「」『』', "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_SCRIPT_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_DIGIT_GROUPS = re.compile(r"(?<=\d)[ ,.](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Directed coverage of content words: `left` = share of left's words that right has, in [0, 1]."""

    left: float
    right: float
    shared: int


@dataclass(frozen=True, slots=True)
class _Lexicon:
    function_words: frozenset[str]
    negation: frozenset[str]
    numbers: dict[str, int]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("fragcheck.align").joinpath("data", "wording.toml").read_text("utf-8"))
    numbers = {word: value for table in data["numbers"].values() for word, value in table.items()}
    function_words = {word for words in data["function_words"].values() for word in words}
    negation = {word for words in data["negation"].values() for word in words}
    return _Lexicon(frozenset(function_words - negation), frozenset(negation), numbers)


@lru_cache(maxsize=65536)
def normal_form(text: str) -> str:
    """The text without regard to case, quotation marks, dashes, spacing and outer punctuation.

    Two texts with the same normal form are the same wording. Idempotent.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DASHES).replace("\u00ad", "")
    plain = unicodedata.normalize("NFKC", plain.casefold())
    return _SPACES.sub(" ", plain).strip(" \t\n.;:,-'*")


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for word in _WORD.findall(normal_form(text)):
        start = 0
        for run in _SCRIPT_WITHOUT_SPACES.finditer(word):
            if run.start() > start:
                tokens.append(word[start : run.start()])
            tokens.extend(_bigrams(run.group()))
            start = run.end()
        if start < len(word):
            tokens.append(word[start:])
    return tokens


def _bigrams(run: str) -> list[str]:
    """Pairs of neighbouring characters: the words of scripts that set no spaces."""
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


@lru_cache(maxsize=16384)
def content_words(text: str) -> tuple[str, ...]:
    """Words that carry content, in order, normalised; function words and denials are left out.

    Number words stand as digits, so that *ten* and *10* are one word.
    """
    lexicon = _lexicon()
    without = lexicon.function_words | lexicon.negation
    return tuple(str(lexicon.numbers.get(token, token)) for token in _tokens(text) if token not in without)


def denials(text: str) -> int:
    """How many words of the text deny."""
    negation = _lexicon().negation
    return sum(token in negation for token in _tokens(text))


def numerals(text: str) -> tuple[float, ...]:
    """Numbers of the text in ascending order, in digits or in words, digit groups joined."""
    plain = _DIGIT_GROUPS.sub("", normal_form(text))
    numbers = _lexicon().numbers
    values = [float(number.replace(",", ".")) for number in _NUMBER.findall(plain)]
    values += [float(numbers[token]) for token in _tokens(plain) if token in numbers]
    return tuple(sorted(values))


@lru_cache(maxsize=16384)
def coverage(left: str, right: str, same_word: float) -> Coverage:
    """Share of each side's content words that the other side has.

    Parameters
    ----------
    left, right : str
    same_word : float
        Spelling similarity in [0, 1] (normalised indel similarity) from which two
        words count as one, so that *behaviour* and *behavior* do.

    Returns
    -------
    Coverage
        1 and 1 for two texts without content words.
    """
    left_words, right_words = content_words(left), content_words(right)
    shared = _shared(left_words, right_words, same_word)
    if not left_words or not right_words:
        empty = 1.0 if not left_words and not right_words else 0.0
        return Coverage(empty, empty, 0)
    return Coverage(shared / len(left_words), shared / len(right_words), shared)


def _shared(left: tuple[str, ...], right: tuple[str, ...], same_word: float) -> int:
    common = Counter(left) & Counter(right)
    rest_left = sorted((Counter(left) - common).elements())
    rest_right = sorted((Counter(right) - common).elements())
    return common.total() + _near_pairs(rest_left, rest_right, same_word)


def _near_pairs(left: list[str], right: list[str], same_word: float) -> int:
    """Number of pairs of nearly the same spelling, best first, each word used once."""
    if not left or not right:
        return 0
    scores = process.cdist(left, right, scorer=fuzz.ratio, score_cutoff=100 * same_word)
    found = sorted((-scores[i, j], i, j) for i, j in zip(*scores.nonzero(), strict=True))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, i, j in found:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
    return len(used_left)
