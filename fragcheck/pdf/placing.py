"""Which characters of a run stand beside each other as usual, from the boxes of few of them.

Between two characters of a run whose boxes are known (anchors), the widths of the font say where the others
stand, up to what is set between them: word spaces, kerning, letter spacing. That rest is known as a sum. As
long as it might hide a gap that parts words or columns, more boxes are asked. A width is known once a box of
that character in that font has been asked.
"""

from __future__ import annotations

import numpy as np

from fragcheck.pdf.characters import Text
from fragcheck.pdf.engine import Codes, Flags, Floats, Ints
from fragcheck.pdf.even import counted, ranges
from fragcheck.pdf.runs import Runs

__all__ = ["place"]

#: What may be set between the letters of a word without its boxes being asked: the whole of it at most, and
#: per letter at least (kerning), in ems. A gap of .09 em parts two words.
WORD_REST_EM = 0.08
KERNING_EM = -0.04
#: Word spaces: the mean of a stretch lies between these, no space is taken to be narrower than the first, and
#: the widest that can be among them is this (in ems). A gap of 1.3 em parts two fragments.
SPACE_EM = (0.15, 0.5)
WIDEST_EM = 1.1
#: Signs that are often set off by a thin space which is none in the file, and numbers of so many figures.
SET_OFF = np.array(sorted(map(ord, "–—−‐:;!?%«»‹›§=+×±/")), np.uint32)
FIGURES = 4


def place(text: Text, runs: Runs) -> tuple[Ints, Floats, Floats]:
    """Pieces: characters that follow each other as usual, word spaces among them.

    Returns
    -------
    starts : array of int, shape (p,)
        First character of each piece. Where a run is not level, and on both sides of what is unusual, each
        character is a piece of its own.
    boxes : array of float, shape (p, 4)
        Left, top, right, bottom in page space, exact.
    inner : array of float, shape (p,)
        What its letters and words stand apart, added up, in points.
    """
    boxes = _Boxes(text, runs)
    boxes.ask(np.flatnonzero(~runs.is_level[runs.of_glyphs]))
    even, of_even = text.even, runs.of_glyphs[text.even.starts]
    closed = runs.is_level[of_even]
    is_long = runs.is_level & (runs.ends - runs.starts > 1)
    is_long[of_even] = False
    chosen = np.flatnonzero(is_long[runs.of_glyphs])
    stretch = _Stretch(boxes, chosen) if len(chosen) else None
    if stretch is not None:
        _ask_unusual(boxes, stretch)
    begins = boxes.asked.copy()
    begins[1:] &= boxes.asked[:-1]
    begins[runs.starts] = True
    starts = np.flatnonzero(begins)
    ends = np.append(starts, len(begins))[1:] - 1
    found = boxes.values.take(starts, axis=0)
    found[:, 2] = boxes.values[ends, 2]
    inner = np.zeros(len(starts))
    if stretch is not None:
        within = np.flatnonzero(is_long[runs.of_glyphs[starts]])
        left, right = np.searchsorted(chosen, starts[within]), np.searchsorted(chosen, ends[within])
        inner[within] = np.maximum(stretch.between(left, right)[0], 0.0)
        found[within, 1], found[within, 3] = stretch.extents(left)
    whole = np.searchsorted(starts, even.starts[closed])
    inner[whole] = np.maximum(even.inner[closed], 0.0)
    found[whole, 1], found[whole, 3] = even.tops[closed], even.bottoms[closed]
    return starts, found, inner


def _set_off(codes: Codes) -> Ints:
    """Characters on both sides of a gap that may be a thin space which the file does not hold."""
    marks = np.isin(codes, SET_OFF)
    figure = (codes >= 0x30) & (codes <= 0x39)
    long = figure.copy()
    for shift in range(1, FIGURES):
        long[:-shift] &= figure[shift:]
        long[len(long) - shift :] = False
    for shift in range(FIGURES):
        marks[shift:] |= long[: len(long) - shift]
    marks[1:] |= marks[:-1].copy()
    marks[:-1] |= np.isin(codes[1:], SET_OFF)
    return np.flatnonzero(marks)


class _Boxes:
    """Boxes of the characters, and which of them were asked."""

    def __init__(self, text: Text, runs: Runs) -> None:
        self.text, self.runs = text, runs
        self.values = np.zeros((len(text.codes), 4))
        self.asked = np.zeros(len(text.codes), np.bool_)
        self.values[runs.starts], self.values[runs.ends] = runs.first, runs.last
        self.asked[runs.starts] = self.asked[runs.ends] = True

    def ask(self, chosen: Ints) -> None:
        """Ask those of the chosen that are not known yet."""
        chosen = chosen[~self.asked[chosen]]
        self.values[chosen] = self.text.source.boxes(self.text.pages[chosen], self.text.indices[chosen])
        self.asked[chosen] = True


class _Stretch:
    """Characters of level runs, with what is known of their widths."""

    def __init__(self, boxes: _Boxes, chosen: Ints) -> None:
        self.boxes, self.chosen = boxes, chosen
        text, runs = boxes.text, boxes.runs
        self.run = runs.of_glyphs[chosen]
        self.ems = runs.ems[self.run]
        inside = np.concatenate([[False], self.run[1:] == self.run[:-1]])
        self.spaces = np.cumsum(text.spaced[chosen] & inside)
        codes, kinds = counted(text.codes)
        self.keys = runs.faces[runs.of_glyphs] * kinds + codes
        self.table = np.full((int(runs.faces.max()) + 1) * kinds, np.inf)
        self.tops, self.bottoms = np.full((2, len(self.table)), -np.inf)
        self.own_keys = self.keys[chosen]
        self.learn(np.flatnonzero(boxes.asked & runs.is_level[runs.of_glyphs]))
        self.learn(chosen[_set_off(text.codes[chosen])])
        self.learn(self._unknown())
        self.measure()

    def _unknown(self) -> Ints:
        """One of each character that no font has shown yet."""
        unknown = self.chosen[np.isinf(self.table[self.own_keys])]
        place = np.full(len(self.table), -1, np.int64)
        place[self.keys[unknown[::-1]]] = unknown[::-1]
        return place[place >= 0]

    def learn(self, asked: Ints) -> None:
        """Least width of each character in ems, and how far it reaches up and down.

        The least, as a ligature shows its own width at each of its letters.
        """
        self.boxes.ask(asked)
        found, keys, run = (
            self.boxes.values.take(asked, axis=0),
            self.keys[asked],
            self.boxes.runs.of_glyphs[asked],
        )
        sizes, level = self.boxes.runs.sizes[run], self.boxes.runs.origins[run, 1]
        np.minimum.at(self.table, keys, (found[:, 2] - found[:, 0]) / self.boxes.runs.ems[run])
        np.maximum.at(self.tops, keys, (found[:, 1] - level) / sizes)
        np.maximum.at(self.bottoms, keys, (level - found[:, 3]) / sizes)

    def measure(self) -> None:
        """What widths add up to before each character, in points."""
        widths = self.table[self.own_keys] * self.ems
        known = np.flatnonzero(self.boxes.asked[self.chosen])
        own = self.boxes.values.take(self.chosen[known], axis=0)
        widths[known] = own[:, 2] - own[:, 0]
        self.before = np.cumsum(widths) - widths

    def extents(self, pieces: Ints) -> tuple[Floats, Floats]:
        """Upper and lower edge of the pieces that begin at `pieces` and fill the whole stretch."""
        keys, run = self.own_keys, self.run[pieces]
        sizes, level = self.boxes.runs.sizes[run], self.boxes.runs.origins[run, 1]
        tops = np.maximum.reduceat(self.tops[keys], pieces)
        return level + tops * sizes, level - np.maximum.reduceat(self.bottoms[keys], pieces) * sizes

    def between(self, left: Ints, right: Ints) -> tuple[Floats, Ints]:
        """What two anchors stand apart more than widths say, in points, and how many spaces lie between."""
        x0 = self.boxes.values[:, 0]
        rest = x0[self.chosen[right]] - x0[self.chosen[left]] - (self.before[right] - self.before[left])
        return rest, self.spaces[right] - self.spaces[left]


def _ask_unusual(boxes: _Boxes, stretch: _Stretch) -> None:
    """Ask boxes until every stretch between two of them is ordinary text."""
    run, chosen = stretch.run, stretch.chosen
    gaps = np.flatnonzero(np.diff(stretch.spaces, prepend=0))
    while True:
        known = np.flatnonzero(boxes.asked[chosen])
        left, right = known[:-1], known[1:]
        open_still = (right - left > 1) & (run[left] == run[right])
        left, right = left[open_still], right[open_still]
        rest, among = stretch.between(left, right)
        odd = ~_is_ordinary(rest / stretch.ems[left], among, right - left)
        if not odd.any():
            return
        left, right, among = left[odd], right[odd], among[odd]
        # at three spaces of a line, at every letter of a word
        lines = among > 0
        parts = [(among[lines] * share + 3) // 4 for share in (1, 2, 3)]
        middle = np.concatenate(
            [gaps[stretch.spaces[left[lines]] + np.maximum(part, 1) - 1] for part in parts]
        )
        words = ranges(left[among == 0] + 1, right[among == 0] - left[among == 0] - 1)
        stretch.learn(chosen[np.concatenate([middle, middle - 1, words])])
        stretch.measure()


def _is_ordinary(rest: Floats, spaces: Ints, letters: Ints) -> Flags:
    """Whether what stands between two characters, widths apart, can only be kerning and word spaces."""
    word = (rest <= WORD_REST_EM) & (rest >= KERNING_EM * letters)
    mean = rest / np.maximum(spaces, 1)
    widest = rest - (spaces - 1) * SPACE_EM[0]
    line = (mean >= SPACE_EM[0]) & (mean <= SPACE_EM[1]) & (widest <= WIDEST_EM)
    return np.where(spaces > 0, line, word)
