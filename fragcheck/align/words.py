"""Words of a legal text as comparable terms, in any script.

Words of alphabetic scripts are lower-cased and, in English, made singular; runs
of Chinese, Japanese and Korean characters become overlapping pairs of
characters, which need no segmenter (Nie, *Cross-Language Information
Retrieval*, 2010, ch. 2).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

__all__ = ["character_grams", "function_words", "terms"]

_CJK = r"\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_GRAM = 4


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    data = files("fragcheck.align").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    return {language: frozenset(words.split()) for language, words in tomllib.loads(data).items()}


def function_words(language: str) -> frozenset[str]:
    """Closed-class words of `language` (``data/function_words.toml``); empty where it has no list."""
    return _function_words().get(language, frozenset())


@lru_cache(maxsize=16384)
def terms(text: str, language: str = "") -> tuple[str, ...]:
    """Comparable terms of `text` in reading order.

    Parameters
    ----------
    text : str
    language : str, default ""
        ISO 639-1 code; function words are left out where they are listed, plurals
        folded in English.

    Returns
    -------
    tuple of str
        Without function words and without single letters; numbers stay.
    """
    found: list[str] = []
    stop = function_words(language)
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
        if _IS_CJK.match(token):
            found.extend(_pairs(token))
        elif token not in stop and (len(token) > 1 or token.isdigit()):
            found.append(_singular(token) if language == "en" else token)
    return tuple(found)


def character_grams(words: Sequence[str]) -> list[str]:
    """Overlapping runs of four characters of each word, its ends marked; short words stay whole.

    They meet inflected and derived forms of a word without a stemmer
    (McNamee & Mayfield, "Character n-gram tokenization for European language
    text retrieval", 2004).
    """
    return [gram for word in words for gram in _grams(word)]


@lru_cache(maxsize=65536)
def _grams(word: str) -> tuple[str, ...]:
    marked = f"_{word}_"
    return tuple(marked[start : start + _GRAM] for start in range(max(1, len(marked) - _GRAM + 1)))


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[index : index + 2] for index in range(len(run) - 1)]


@lru_cache(maxsize=65536)
def _singular(word: str) -> str:
    """Singular of an English noun by its ending (Harman's "S" stemmer, 1991)."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word
