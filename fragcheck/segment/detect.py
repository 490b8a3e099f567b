"""Which drafting tradition a document follows, by the labels and words it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from fragcheck.records import Tradition
from fragcheck.segment.grammar import Grammar, Level, load_grammar, traditions
from fragcheck.segment.labels import LabelReader
from fragcheck.segment.ordinals import Value, is_first, is_successor
from fragcheck.segment.rows import Row

__all__ = ["score_traditions"]

#: Labels of one level beyond which more of them prove no more.
_ENOUGH = 25
#: Highest number at which a sequence is still taken to begin.
_LATE_START = 3
#: Rows that are searched for words of a tradition, from the start.
_CUE_ROWS = 600
#: Times that the words of one cue count.
_CUE_MOST = 3
#: What the plain tradition scores: documents with less evidence than this are plain.
_PLAIN = 1.5


def score_traditions(
    rows: Sequence[Row], readers: Mapping[Tradition, LabelReader], language: str
) -> tuple[tuple[Tradition, float], ...]:
    """Evidence for each tradition, as shares that add up to 1, in the order of `traditions`.

    The evidence is the number of labels that continue their sequence at the start of a
    paragraph, weighted by level, and the cue words. A tradition that does not know the
    language scores 0, the plain one a small constant.
    """
    raw = {
        tradition: _evidence(load_grammar(tradition), rows, readers[tradition], language)
        for tradition in traditions()
    }
    raw[Tradition.PLAIN] = _PLAIN
    total = sum(raw.values())
    return tuple((tradition, round(value / total, 6)) for tradition, value in raw.items())


def _evidence(grammar: Grammar, rows: Sequence[Row], reader: LabelReader, language: str) -> float:
    if language and grammar.languages and language not in grammar.languages:
        return 0.0
    counts: dict[int, float] = {}
    last: dict[int, Value] = {}
    weights = {level.index: level for level in grammar.levels if level.weight}
    proven: set[int] = set()
    for row in rows:
        if row.odds < -1.0:
            continue
        for reading in reader.numbers(row.index, proven):
            level = reading.level
            if row.odds + reading.odds > 0 and _counts(level, last, reading.value):
                counts[level.index] = min(counts.get(level.index, 0) + 1, _ENOUGH)
                if counts[level.index] == _ENOUGH:
                    proven.add(level.index)
    texts = [row.text for row in rows[:_CUE_ROWS]]
    cues = sum(cue.weight * _hits(cue.pattern, texts) for cue in grammar.cues)
    is_named = any(count > 1 and _is_named(weights[index]) for index, count in counts.items())
    if not (is_named or cues or grammar.has_headings):
        return 0.0  # enumerations alone are common to all
    return cues + sum(weights[index].weight * count for index, count in counts.items() if count > 1)


def _hits(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    """How many of some texts match, up to `_CUE_MOST`."""
    return sum(1 for _ in islice(filter(None, map(pattern.search, texts)), _CUE_MOST))


def _is_named(level: Level) -> bool:
    """Whether a level can carry a document: an article, or an enumeration that stands by itself."""
    return not level.is_list or "root" in level.under


def _counts(level: Level, last: dict[int, Value], value: Value) -> bool:
    before = last.get(level.index)
    if level.numbering == "free" or not value or is_first(value):
        follows = True
    elif before is None:
        follows = value[0] <= _LATE_START
    else:
        follows = is_successor(before, value)
    if follows:
        last[level.index] = value
    return follows
