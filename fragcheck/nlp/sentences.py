"""Where the sentences and list clauses of numbered law begin and end."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

__all__ = ["sentence_spans"]

_FILE = Path(__file__).parent / "data" / "abbreviations.toml"

_CANDIDATE = re.compile(
    r"[。！？；]+[」』”’）)]*"  # full-width marks end without a space
    r"|[.!?…]+[\"'”’»)\]]*(?=\s|$|\(\w{1,3}\)\s[A-Z]|[“‘`]{1,2}\(\w{1,4}\))"
    r"|;(?=\s|$)"
    r"|\n[ \t]*\n\s*"
    r"|\n(?=[^\n]* \| )"  # rows of a table
    r"|\n(?=\s*[A-Z“\"(])"  # a heading on a line of its own
)
_TABLE_ROW = re.compile(r"[^\n]* \| ")
#: Words of a heading at most, and by how many characters the line below it is longer.
_HEADING_WORDS = 12
_LONGEST_HEADING = 400
#: Characters of a sentence at most: a longer text has no sentences, and is parted at a blank. The longest of
#: 66,000 sentences of laws and guides has 6,114.
_LONGEST = 12_000
_LONGER = 12
#: Words that end no heading.
_OPEN_WORDS = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«]*")
_CLOSING = (")", "]", "”", "’", '"')
_NEXT = re.compile(r"\s*(\S)")
#: What an ordinal number with a full stop counts: "am 1. April", "des 2. Abschnitts".
_COUNTED = re.compile(
    r"\s+(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Abschnitt|Unterabschnitt|Kapitel|Hauptstück|Teil|Titel)(?:e?s)?\b"
)
_LABEL = re.compile(r"^(?:[(\[]?(?:\d{1,3}|[ivxlcIVXLC]{1,6}|[A-Za-z]{1,2})[)\]]?|§+)$")


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, frozenset[str]]:
    with _FILE.open("rb") as handle:
        return {language: frozenset(words) for language, words in tomllib.load(handle).items()}


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order, without the white space between them.

    Parameters
    ----------
    text : str
    language : str
        ISO 639-1; another one than those with abbreviations reads as English.

    Returns
    -------
    list of (int, int)
        Half-open character ranges, disjoint and increasing; together they hold
        every character of `text` that is not white space.

    Notes
    -----
    A full stop ends no sentence after an abbreviation ("Art.", "No.", "e.g."),
    a single letter or a number at the start ("1."), nor before a lower-case
    letter or a number that belongs to the abbreviation. A semicolon ends a
    clause: the items of a list stand apart. What has no end for 12,000
    characters is parted at a blank.
    """
    table = _abbreviations()
    known = table.get(language, table["en"])
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        start = _parted(spans, text, start, match.start())
        if _ends_line(text, match, start) if match.group() == "\n" else _ends(text, match, start, known):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, _parted(spans, text, start, len(text)), len(text))
    return spans


def _parted(spans: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    """Parts what is too long for a sentence, and returns where the rest of it starts."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        border = blank if blank > 0 else start + _LONGEST
        _append(spans, text, start, border)
        start = border
    return start


def _ends_line(text: str, match: re.Match[str], start: int) -> bool:
    """True for the line before a row of a table, and for a heading."""
    if _TABLE_ROW.match(text, match.end()):
        return True
    if match.start() - start > _LONGEST_HEADING:
        return False
    behind = text[match.end() : match.end() + 2 * _LONGEST_HEADING]
    return _is_heading(text[start : match.start()].strip(), behind)


def _ends(text: str, match: re.Match[str], start: int, known: frozenset[str]) -> bool:
    mark = match.group()
    if mark[0] in "。！？；" and _is_bracketed(text, start, match.start()):
        return False
    if mark[0] in "。！？；" and text[match.end() : match.end() + 1] in ("）", ")"):
        return False  # the sentence in brackets ends, not the one around it
    following = _NEXT.match(text, match.end())
    if mark[0] in "。！？；;!?…\n" or following is None:
        return True
    if following.group(1).islower():
        return False
    if len(mark) > 1 or text[match.start() - 1 : match.start()] in _CLOSING:
        return True
    # the text read backwards: the engine then stops at the first character that is none of a word
    before = _WORD_BEFORE.match(text[start : match.start()][::-1])
    word = before.group()[::-1] if before else ""
    counts = word.isdigit() and _COUNTED.match(text, match.end()) is not None
    return not word or not (counts or _is_abbreviated(text[start : match.start() - len(word)], word, known))


def _is_heading(line: str, following: str) -> bool:
    """True for "Article 3 Registers" above a longer line: one of wrapped text is as long as the next."""
    words = line.split()
    if not words or len(words) > _HEADING_WORDS or "\n" in line or line[-1] in ".,;:—–-":
        return False
    if not (line[0].isupper() or line[0].isdigit()) or words[-1].lower() in _OPEN_WORDS:
        return False
    return len(following.strip().split("\n", 1)[0]) >= len(line) + _LONGER


def _is_bracketed(text: str, start: int, end: int) -> bool:
    """True inside "（以下「理念」という。）": the sentence goes on behind the bracket."""
    return text.count("（", start, end) > text.count("）", start, end)


def _is_abbreviated(lead: str, word: str, known: frozenset[str]) -> bool:
    """True for "Art", for a single letter, and for a label at the start ("1"); "Annex III" is an end."""
    if word.lower() in known:
        return True
    return bool(_LABEL.match(word)) and (not lead.strip() or (len(word) == 1 and word.isalpha()))


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, start + lead + len(stripped)))
