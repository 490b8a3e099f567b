"""Labels that may stand at the start of a row: every reading of every level of a grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from fragcheck.segment.grammar import DIVISION, Grammar, Level, load_styles
from fragcheck.segment.ordinals import Value, readings
from fragcheck.segment.rows import Layout, Row

__all__ = ["LabelReader", "Reading", "looks_like_heading"]

_PAREN = re.compile(
    r"\s*[(（](?P<heading>[^\d\s()（）①-⑳][^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]"
)
_DASH = re.compile(r"\s*(?P<heading>[A-Z][^.—:;]{2,140})\.\s?(?:—|[–-]{1,2}(?=\s?[(A-Z]))\s*")
_SENTENCE = re.compile(
    r"\s*(?P<heading>[A-Z“\"][^.:]{1,220}?(?:\b(?:U\.S\.|No\.)[^.:]{0,120})?)(?P<end>\.(?:\s?[—–])?)(?=\s|$|\()"
)
_QUOTE_OPEN = re.compile(r"[" + re.escape(load_styles().opening_quotes) + r"]\s?")
#: Characters at the end of a row that may open a region.
_OPENING = 60
_SPACED = re.compile(r"(?<=\d)\s(?=\d)")
#: Small letters that may be a label: "a.", "iv)", "ii ".
_LOWER = re.compile(r"[a-zà-ÿđа-яё]{1,8}[.)]|(?:[a-z]|[ivx]{2,5})\s")
#: Words that begin a row; the parts of a pattern that are none; what stands behind a word that is a number.
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[A-ZÀ-ÞĀ-ɏ][A-Za-zÀ-ɏ]+")
_NO_WORDS = re.compile(r"\\[a-zA-Z]|\?P<\w+>|\[[^\]]*\]")
_NEXT_WORD = re.compile(r"[\s　]+(?=[A-ZÀ-Þ§第제])")
_NUMBERED = re.compile(r"\s?[-.]?\s?\d|\s?[–—-]|[.)\]:、．’']")
#: Labels that scanners take for one another, and what that costs in log-odds.
_MISREADABLE = re.compile(r"\(?(?P<core>[1lIi|!vVxX]{1,5}|[COSUVWXZKPcosuvwxzkp05])[.)]")
_MISREAD = -2.0
_TO_ROMAN = str.maketrans(dict.fromkeys("1lI|!", "i"))
_TO_DIGIT = str.maketrans({**dict.fromkeys("lIi|!", "1"), "O": "0", "o": "0", "S": "5", "s": "5"})
_TO_CAPITAL = str.maketrans({"0": "O", "1": "I", "l": "I", "|": "I", "5": "S"})
_TO_LETTER = str.maketrans({"1": "l", "I": "l", "|": "l", "0": "o", "5": "s"})
#: Rows that a heading that runs into the text may take.
_RUN_IN_ROWS = 4
#: What a short line that stands alone adds to the odds of a heading that its type does not show.
_PLAIN_HEADING = -0.5
#: What a label whose text goes on in small letters adds to the odds of a heading.
_NO_HEADING = -8.0
#: Odds of beginning a paragraph from which a row does not carry on a heading.
_APART = 1.5
#: What it costs a number that the row before, which it goes on, ends by announcing ("Executive Order"), and
#: characters of that row in which the word is looked for.
_CITED = -8.0
_CITED_TAIL = 24
#: Characters up to which a row in capitals is a heading and not text in capitals.
_CAPS_LINE = 70


#: A level, and what finds its labels, looked up once: most of them are not those of a row.
_Matching = tuple[Level, Callable[[str, int], re.Match[str] | None]]


class Reading(NamedTuple):
    """One way to read the characters ``start:end`` of a row as a label.

    `core` is the number without punctuation, `after` (row, offset) where the text goes on
    behind the label and its heading, `odds` the log-odds that this is a label at all.
    """

    level: Level
    row: int
    start: int
    end: int
    core: str
    value: Value
    after: tuple[int, int]
    heading: str = ""
    odds: float = 0.0

    @property
    def mark(self) -> tuple[int, Value]:
        """Index of its level, and its number."""
        return self.level.index, self.value


@lru_cache(maxsize=8192)
def _opening(text: str, offset: int) -> tuple[int, str]:
    """Where a text begins behind blanks, and the word that a label there has to know, empty for any.

    The place is -1 where no label of any grammar begins. The readers of all grammars ask for every row.
    """
    while offset < len(text) and text[offset] == " ":
        offset += 1
    if offset >= len(text) or (text[offset].islower() and _LOWER.match(text, offset) is None):
        return -1, ""
    word = _WORD.match(text, offset)
    if word is None or _NUMBERED.match(text, word.end()):
        return offset, ""
    return offset, word[0]


class LabelReader:
    """Finds the labels of one grammar at the starts of rows.

    Parameters
    ----------
    grammar : Grammar
    rows : sequence of Row
    layout : Layout
    language : str
    is_tolerant : bool
        Whether labels are also read as what a scanner may have made of them.
    """

    def __init__(
        self,
        grammar: Grammar,
        rows: Sequence[Row],
        layout: Layout,
        language: str,
        *,
        is_tolerant: bool = False,
    ) -> None:
        self._is_tolerant = is_tolerant
        self._grammar = grammar
        self._rows = rows
        self._layout = layout
        self._levels = [
            level for level in grammar.levels if not level.languages or language in level.languages
        ]
        self._regions = {
            region.name: _region_rows(region.opens, region.closes, rows) for region in grammar.regions
        }
        self._words = frozenset(
            word
            for level in self._levels
            for word in _WORD.findall(_NO_WORDS.sub(" ", level.pattern.pattern))
        )
        self._cache: dict[tuple[int, int], tuple[Reading, ...]] = {}
        names = dict.fromkeys(["", *self._regions])
        self._levels_in: dict[str, list[_Matching]] = {
            name: [
                (level, level.pattern.match)
                for level in self._levels
                if level.region == name or not (level.region or level.is_list)
            ]
            for name in names
        }
        self._telling_in = {
            name: [pair for pair in levels if pair[0].weight] for name, levels in self._levels_in.items()
        }

    @property
    def grammar(self) -> Grammar:
        """The grammar whose labels it finds."""
        return self._grammar

    def region(self, row: int) -> str:
        """Name of the region that a row stands in, or an empty string."""
        for name, members in self._regions.items():
            if row in members:
                return name
        return ""

    def at(self, row: int, offset: int = 0) -> tuple[Reading, ...]:
        """Readings of the characters of `row` from `offset` on, in the order of the grammar's levels."""
        key = (row, offset)
        if key not in self._cache:
            self._cache[key] = tuple(self._read(row, offset))
        return self._cache[key]

    def numbers(self, row: int, proven: Set[int] = frozenset()) -> Sequence[Reading]:
        """Readings of the start of a row at levels that are evidence for the tradition, without headings.

        Levels whose index is in `proven` are left out.
        """
        return self._read(row, 0, is_evidence=True, proven=proven)

    def in_quotation(self, row: int) -> tuple[Reading, ...]:
        """Readings of a row of quoted text, behind its quotation mark if it has one."""
        quote = _QUOTE_OPEN.match(self._rows[row].text)
        return self.at(row, quote.end() if quote else 0)

    def _read(
        self, row: int, offset: int, *, is_evidence: bool = False, proven: Set[int] = frozenset()
    ) -> list[Reading]:
        text = self._rows[row].text
        offset, word = _opening(text, offset)
        if offset < 0 or (word and word not in self._words):
            return []
        levels = (self._telling_in if is_evidence else self._levels_in)[self.region(row)]
        if proven:
            levels = [pair for pair in levels if pair[0].index not in proven]
        found = self._readings(row, text, offset, 0.0, levels, is_evidence=is_evidence)
        if self._is_tolerant and self._rows[row].odds > 0:
            for variant in _variants(text, offset):
                found.extend(self._readings(row, variant, offset, _MISREAD, levels, is_evidence=is_evidence))
        return found

    def _readings(
        self,
        row: int,
        text: str,
        offset: int,
        penalty: float,
        levels: Sequence[_Matching],
        *,
        is_evidence: bool,
    ) -> list[Reading]:
        matched = [(level, found) for level, match in levels if (found := match(text, offset)) is not None]
        return [
            reading
            for level, found in matched
            if penalty == 0.0 or level.is_list
            for reading in self._of_match(level, row, found, penalty, not is_evidence)
        ]

    def _of_match(
        self, level: Level, row: int, match: re.Match[str], penalty: float, with_headings: bool
    ) -> list[Reading]:
        core = next(
            (value for name, value in match.groupdict().items() if value is not None and name != "suffix"), ""
        )
        core = _SPACED.sub("", core)  # "(1 1)": letterspaced, or torn apart by a scanner
        suffix = match.groupdict().get("suffix") or ""
        values: list[Value] = readings(core + suffix.lower(), level.ordinal) if core else [()]
        if not values:
            return []
        odds = level.odds + penalty + self._odds_of_type(level, row, match.end())
        if match.start() == 0 and self._is_cited(row):
            odds += _CITED
        plain = "", (row, match.end())
        heading, after = self._heading(level, row, match.end()) if with_headings else plain
        printed = core if not suffix else f"{core}-{suffix}"
        return [
            Reading(level, row, match.start(), match.end(), printed, value, after, heading, odds)
            for value in values
        ]

    def _is_cited(self, row: int) -> bool:
        """Whether a row that begins with a number goes on a citation: "Executive Order" / "13132."."""
        here = self._rows[row]
        if row == 0 or here.odds >= 0.0 or here.text[0].isalpha():
            return False
        return load_styles().citing_nouns.search(self._rows[row - 1].text[-_CITED_TAIL:]) is not None

    def _odds_of_type(self, level: Level, row: int, end: int) -> float:
        """What the setting of the row adds to the odds of a level that shows in it."""
        here = self._rows[row]
        rest = here.text[end:].strip()
        if level.is_heading:
            return self._odds_of_heading(row, rest)
        word = _FIRST_WORD.match(here.text)
        is_plain = not (here.is_centred or here.is_bold or (word is not None and word[0].isupper()))
        if level.is_caps and rest and is_plain:
            return -3.0
        if level.is_caps and here.text.isupper() and len(here.text) < _CAPS_LINE:
            return 2.5
        return 0.0

    def _odds_of_heading(self, row: int, rest: str) -> float:
        if rest[:1].islower():
            return _NO_HEADING
        if looks_like_heading(self._rows[row], self._layout):
            return 2.0
        if not rest:
            return 1.0
        return _PLAIN_HEADING if self._stands_alone(row, rest) else -5.0

    def _stands_alone(self, row: int, rest: str) -> bool:
        follower = self._rows[row + 1] if row + 1 < len(self._rows) else None
        is_short = len(rest) < 90 and rest[:1].isupper() and not rest.endswith((".", ";", ",", ":", "?", "!"))
        return is_short and (follower is None or follower.odds > 1.0)

    def _heading(self, level: Level, row: int, end: int) -> tuple[str, tuple[int, int]]:
        inner = self._label_in_heading(level, row, end)
        if inner is not None:
            return self._rows[row].text[end:inner].strip(), (row, inner)
        for form in level.heading:
            found = None
            if form == "paren":
                found = self._across(_PAREN, row, end, 3)
            elif form == "dash":
                found = self._across(_DASH, row, end, 3)
            elif form == "run_in":
                found = self._run_in(row, end)
                if found is not None and level.is_list and not self._is_title_of_item(found, row):
                    found = None
            if found is not None:
                return found
        return "", (row, end)

    def _label_in_heading(self, level: Level, row: int, end: int) -> int | None:
        """Where the label of a unit further in follows the heading of a division on its row.

        "Chapter V – Duties Article 16 – Records"; not "Chapter V – Duties under Article 16".
        """
        if level.rank >= DIVISION or "rest" not in level.heading:
            return None
        text = self._rows[row].text
        for word in _NEXT_WORD.finditer(text, end):
            before = text[end : word.start()].split()
            if len(before) < 1 or before[-1].lower().strip(",.") in load_styles().citing:
                continue
            for other in self._levels:
                if other.is_list or other.is_heading or not level.rank < other.rank or other.region:
                    continue
                match = other.pattern.match(text, word.end())
                if match is not None and any(match.groupdict().values()):
                    return word.end()
        return None

    def _across(
        self, pattern: re.Pattern[str], row: int, end: int, count: int
    ) -> tuple[str, tuple[int, int]] | None:
        """Match from ``(row, end)`` on, over up to `count` rows; heading and where the text goes on."""
        joined, starts = "", []
        for index in range(row, min(row + count, len(self._rows))):
            if index > row and self._rows[index].odds > _APART:
                break
            part = self._rows[index].text[end if index == row else 0 :]
            starts.append((len(joined), index, end if index == row else 0))
            joined += part + " "
        match = pattern.match(joined)
        if match is None:
            return None
        stop = match.end()
        begin, index, offset = next(start for start in reversed(starts) if start[0] <= stop)
        length = len(self._rows[index].text)
        if stop - begin >= length - offset:
            return match["heading"].strip(), (index + 1, 0) if index + 1 < len(self._rows) else (
                index,
                length,
            )
        return match["heading"].strip(), (index, offset + stop - begin)

    def _is_title_of_item(self, found: tuple[str, tuple[int, int]], row: int) -> bool:
        """An item has a title only where more text follows on its row."""
        heading, (after, offset) = found
        return ";" not in heading and after == row and bool(self._rows[row].text[offset:].strip())

    def _run_in(self, row: int, end: int) -> tuple[str, tuple[int, int]] | None:
        """A title that ends in a full stop before the text: a sentence without a verb."""
        dashed = self._across(_DASH, row, end, _RUN_IN_ROWS)
        found = dashed or self._across(_SENTENCE, row, end, _RUN_IN_ROWS)
        if found is None or len(found[0].split()) > 24:
            return None
        verbs = self._grammar.verbs
        if (
            dashed is None
            and verbs is not None
            and verbs.search(found[0].lower() if found[0].isupper() else found[0])
        ):
            return None
        if dashed is None and re.match(r"[“\"]", found[0]):
            return None
        return found[0], found[1]


def _variants(text: str, offset: int) -> list[str]:
    """The text with its label as a scanner may have misread it: l, I, 1 and i for one another, case lost."""
    match = _MISREADABLE.match(text, offset)
    if match is None:
        return []
    core = match["core"]
    tables = (_TO_ROMAN, _TO_DIGIT, _TO_CAPITAL, _TO_LETTER)
    made = {core.swapcase(), *(core.translate(table) for table in tables)}
    return [
        text[: match.start("core")] + other + text[match.end("core") :] for other in sorted(made - {core})
    ]


def _region_rows(opens: re.Pattern[str], closes: re.Pattern[str], rows: Sequence[Row]) -> frozenset[int]:
    """Rows between one that opens the region and the next that closes it; unclosed regions do not count."""
    members: set[int] = set()
    start: int | None = None
    for row in rows:
        if start is None:
            if opens.search(row.text[-_OPENING:]):
                start = row.index
        elif closes.search(row.text):
            members.update(range(start + 1, row.index))
            start = None
    return frozenset(members)


def looks_like_heading(row: Row, layout: Layout) -> bool:
    """Whether the type of a row sets it apart from the body: larger, bold, or all capitals."""
    if row.is_bold and not layout.is_bold:
        return True
    if row.size > layout.size + 0.9:
        return True
    if not row.text.isupper() or row.text.endswith((";", ",")):
        return False
    letters = [char for char in row.text if char.isalpha()]
    return len(letters) > 3 and all(char.isupper() for char in letters)
