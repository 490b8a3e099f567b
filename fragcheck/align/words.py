"""Words of a legal text as comparable terms, in any script.

Words of alphabetic scripts are lower-cased, folded to their base letters' case
and stripped of inflection where that is safe; runs of Chinese, Japanese and
Korean characters become overlapping pairs of characters, which need no
segmenter and lose no recall (Nie et al., "Information retrieval in East Asian
languages", 2000).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

__all__ = ["function_words", "terms"]

_CJK = r"\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Closed-class words of all listed languages together (``data/function_words.toml``)."""
    data = files("fragcheck.align").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    lists: dict[str, str] = tomllib.loads(data)
    return frozenset(word for text in lists.values() for word in text.split())


def terms(text: str, language: str = "") -> tuple[str, ...]:
    """Comparable terms of `text` in reading order.

    Parameters
    ----------
    text : str
    language : str, default ""
        ISO 639-1 code; inflection is stripped for English only.

    Returns
    -------
    tuple of str
        Without function words and without single letters; numbers stay.
    """
    found: list[str] = []
    stop = function_words()
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
        if _IS_CJK.match(token):
            found.extend(_pairs(token))
        elif token not in stop and (len(token) > 1 or token.isdigit()):
            found.append(_stem(token) if language == "en" else token)
    return tuple(found)


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[index : index + 2] for index in range(len(run) - 1)]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """Singular of an English noun by its ending (Harman's "S" stemmer, 1991)."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word
