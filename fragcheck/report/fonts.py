"""Fonts of the PDF report, and text marked up with the font that has its letters."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape

from fragcheck.errors import OptionalDependencyMissing

__all__ = ["FONT", "is_east_asian", "marked_up", "register_fonts"]

#: DejaVu Sans: Latin, Greek, Cyrillic and many more; embedded.
FONT = "DejaVuSans"
#: Fonts that every PDF reader has at hand or can fetch (ISO 32000, 9.7.5.2); named, not embedded.
_EAST_ASIAN = {"zh": "STSong-Light", "ja": "HeiseiMin-W3", "ko": "HYSMyeongJo-Medium"}
_RUN = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3041-\u30ff\u3100-\u318f\u31a0-\u31ff\u3200-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+"
)
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@cache
def register_fonts() -> None:
    """Make the fonts known to the PDF library, once a process.

    Raises
    ------
    OptionalDependencyMissing
        Where the extra is not installed.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfbase.ttfonts import TTFont

        path = files("ziafont") / "fonts" / "DejaVuSans.ttf"
    except ImportError as error:
        message = f"the PDF report needs {error.name}; run `pip install 'fragcheck[report]'`"
        raise OptionalDependencyMissing(message) from error
    pdfmetrics.registerFont(TTFont(FONT, str(path)))
    for name in _EAST_ASIAN.values():
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def is_east_asian(text: str) -> bool:
    """Whether `text` is written for the most part without spaces between words."""
    return sum(map(len, _RUN.findall(text))) * 3 > len(text)


def marked_up(text: str, language: str = "") -> str:
    """Return `text` as paragraph markup: escaped, East Asian runs in a font that has them.

    Parameters
    ----------
    text : str
    language : str
        ISO 639-1 code; says how Chinese characters are drawn where nothing else in a run does.
    """
    flat = " ".join(_CONTROL.sub("", text).split())
    pieces: list[str] = []
    end = 0
    for run in _RUN.finditer(flat):
        pieces += [
            escape(flat[end : run.start()]),
            f'<font name="{_font_of(run[0], language)}">{escape(run[0])}</font>',
        ]
        end = run.end()
    return "".join([*pieces, escape(flat[end:])])


def _font_of(run: str, language: str) -> str:
    if _HANGUL.search(run):
        return _EAST_ASIAN["ko"]
    if _KANA.search(run):
        return _EAST_ASIAN["ja"]
    return _EAST_ASIAN.get(language, _EAST_ASIAN["zh"])
