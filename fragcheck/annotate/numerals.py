"""Numbers as law prints them: figures with any grouping, words, powers, East Asian numerals."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from fragcheck.annotate.spelled_numbers import spelled_numbers

__all__ = ["NumberGrammar", "number_grammar", "quantity_words"]

_FILE = Path(__file__).parent / "data" / "quantities.toml"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_GROUPED = re.compile(r"^\d{1,3}(?:([ \u00a0\u202f,.'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?$")
_FIGURES = (
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d{1,2})?"
    r"|\d{1,3}(?:[,.'’]\d{3})+(?!\d)(?:[.,]\d{1,2})?"
    r"|\d+(?:[.,]\d+)?"
)
_MANTISSA = r"\d+(?:\.\d+)?"
_POWER = (
    rf"(?:{_MANTISSA}\s?[x×*·⋅∙]\s?)?10\s?(?:\^\s?[({{]?\d{{1,3}}[)}}]?|\*\*\s?\d{{1,3}}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}"
    r"|(?: ?to the (?:power of )?\d{1,2}(?:st|nd|rd|th)?(?: power)?)"
    r"|(?:의|的|の)\s?\d{1,2}\s?(?:제곱|승|次方|乗))"
    # the raised figure that a PDF's text sets beside its base: "10 25 FLOPs"
    r"|10(?:\s\(?|\()2\d\)?(?=\s(?:total |cumulative |integer or )*(?:FLOPs?\b|floating|operations))"
    rf"|{_MANTISSA}e\+?\d{{2}}(?!\w)"
)
_IS_POWER = re.compile(rf"(?:{_POWER})|10(?:\s\(?|\()2\d\)?", re.IGNORECASE)
_EAST_ASIAN = (
    r"[0-9０-９][0-9０-９,，.．]*\s?[百千万萬亿億천백만억]*|[〇零一二两三四五六七八九十百千万萬亿億]+"
)


@lru_cache(maxsize=1)
def quantity_words() -> dict[str, Any]:
    """The words of quantities, as the data file gives them."""
    with _FILE.open("rb") as handle:
        return tomllib.load(handle)


class NumberGrammar:
    """Number expressions of one language.

    Attributes
    ----------
    pattern : str
        Regular expression, without groups, that matches a number.
    """

    def __init__(self, language: str) -> None:
        data = quantity_words()
        self.language = language
        self._articles = frozenset(data["articles"])
        self._spelled = spelled_numbers(language)
        self._multipliers: dict[str, float] = data["multipliers"]
        self._digits: dict[str, float] = data["east_asian_digits"]
        units = "|".join(words[language] for words in data["durations"].values() if language in words)
        after = rf"(?=[ \u00a0](?:{units}|(?:period|calendar|working|business|million|billion|hundred)\b))"
        articles = "|".join(sorted(self._articles, key=lambda word: (-len(word), word)))
        words = rf"(?:{articles}){after}|(?!(?:{articles})\b){self._spelled.pattern}"
        multipliers = "|".join(sorted(map(re.escape, self._multipliers), key=lambda word: (-len(word), word)))
        if language in ("zh", "ja", "ko"):
            self.pattern = f"(?:{_POWER}|{_EAST_ASIAN})"
        else:
            gate = rf"(?=\d|(?<!\w)(?:{self._spelled.beginning}|(?:{articles})[ \u00a0]))"
            self.pattern = (
                rf"(?:{gate}(?:{_POWER}|(?:(?:(?<![\w.,])(?:{_FIGURES})|\b(?:{words})\b)"
                rf"(?:\s?\([^()\d]{{2,48}}\)|\s?\(\d{{1,4}}\))?(?:[\s-](?:{multipliers})(?!\w)){{0,2}})))"
            )

    def value(self, text: str) -> float | None:
        """Value of a number expression; None where it holds no number."""
        plain = " ".join(text.translate(_FULL_WIDTH).lower().split())
        if _IS_POWER.fullmatch(plain):
            return _power(plain)
        if self.language in ("zh", "ja", "ko"):
            return self._east_asian(plain)
        plain = re.sub(r"\s?\([^()]*\)", "", plain)
        factor = 1.0
        while (head := re.sub(r"[\s-][^\s-]+$", "", plain)) != plain:
            tail = plain[len(head) + 1 :]
            if tail not in self._multipliers:
                break
            plain, factor = head, self._multipliers[tail] * factor
        if plain in self._articles:
            return factor
        base = self._figures(plain) if plain[:1].isdigit() else self._spelled.value(plain)
        return None if base is None else round(base * factor, 6)

    def _figures(self, plain: str) -> float | None:
        grouped = _GROUPED.match(plain)
        if grouped and not (grouped.group(1) == "." and self.language == "en" and plain.count(".") == 1):
            separator = grouped.group(1)
            plain = plain.replace(separator, "")
        try:
            return float(plain.replace(",", ".").replace(" ", ""))
        except ValueError:
            return None

    def _east_asian(self, plain: str) -> float | None:
        """Figures and numerals mixed: 50万, 三十, 3천만."""
        total, section, current = 0.0, 0.0, None
        plain = plain.replace(" ", "")
        for token in re.findall(r"\d[\d,]*(?:\.\d+)?|\D", plain):
            if token[0].isdigit():
                current = float(token.replace(",", "").rstrip("."))
            elif token in self._digits:
                unit = self._digits[token]
                if unit < 10:
                    current = (current or 0.0) * 10 + unit
                elif unit < 1e4:
                    section, current = section + (1.0 if current is None else current) * unit, None
                else:
                    section += current or 0.0
                    total, section, current = total + (section or 1.0) * unit, 0.0, None
            else:
                return None
        return total + section + (current or 0.0)


def _power(plain: str) -> float:
    mantissa, exponent = "1", plain.translate(_SUPERSCRIPTS)
    scientific = re.fullmatch(rf"({_MANTISSA})e\+?(\d+)", exponent)
    if scientific:
        return float(f"{scientific.group(1)}e{scientific.group(2)}")
    product = re.match(rf"({_MANTISSA})\s?[x×*·⋅∙]\s?(?=10)", exponent)
    if product:
        mantissa, exponent = product.group(1), exponent[product.end() :]
    digits = re.sub(r"\D", "", exponent[2:])
    return min(float(f"{mantissa}e{digits}"), sys.float_info.max)


@lru_cache(maxsize=32)
def number_grammar(language: str) -> NumberGrammar:
    """The number grammar of a language; one without words of its own reads as English."""
    return NumberGrammar(language)
