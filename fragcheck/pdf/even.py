"""Stretches of printed lines that are set alike throughout, found by one question for each of their words.

Many files make every word, or every few letters, a text object of its own. Asking each of them for its font,
its size and its boxes costs more than pdfium itself needs for the page. So where the first, the middle and
the last letter of a line are set alike, its words are asked for one thing only: where they begin. As far as
they stand on one baseline and the widths of the font leave an ordinary space between any two, they are set
alike, and no gap hides among them that might part words or columns. Figures and signs, which may be raised
or set off, are asked one by one. A number that hangs before a paragraph, or a mark of a note, so stays apart
from the words behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fragcheck.pdf.engine import Codes, Flags, Floats, Ints, TextPages, fonts_of

__all__ = ["Characters", "EvenLines", "counted", "even_lines", "ranges"]

#: A line with fewer word spaces than this does not show what is usual in it.
FEWEST_SPACES = 3
#: Word spaces lie between these. A word is asked where it ends if the space behind it, as the widths have it,
#: is off the usual one of the line by more than this: a gap may hide in it (.09 em parts two words).
SPACE_EM = (0.15, 0.8)
SPREAD_EM = 0.04
#: What may be set between the letters of a word: the whole of it at most, and per letter at least (kerning).
WORD_REST_EM = 0.08
KERNING_EM = -0.04
#: How far two baselines may lie apart (in ems), and the text matrix may turn.
BASELINE_EM = 0.01
LEVEL = 0.002
#: Letters and the marks that stand beside them: in a word of nothing else nothing is raised or set off.
_PLAIN = np.array([chr(code).isalpha() or chr(code) in ".,()'\"’‘“”-" for code in range(0x2E80)])


@dataclass(frozen=True, slots=True)
class Characters:
    """Visible characters of open pages, and whom to ask about them.

    Parameters
    ----------
    source : TextPages
        The pages.
    codes : array of uint32, shape (n,)
        Code points.
    pages, indices : array of int, shape (n,)
        Page of each, and its index there.
    spaced : array of bool, shape (n,)
        Whether a space stands before it.
    """

    source: TextPages
    codes: Codes
    pages: Ints
    indices: Ints
    spaced: Flags

    def at(self, chosen: Ints) -> tuple[Ints, Ints]:
        """Page and index of some of them."""
        return self.pages.take(chosen), self.indices.take(chosen)


@dataclass(frozen=True, slots=True)
class EvenLines:
    """Lines, or stretches of lines, that are set alike throughout.

    Parameters
    ----------
    starts, ends : array of int, shape (k,)
        First and last character of each; no text object reaches beyond them.
    objects : array of int, shape (k,)
        Handle of the text object of the first.
    tops, bottoms : array of float, shape (k,)
        How far each reaches up and down in page space, in points.
    inner : array of float, shape (k,)
        What the letters and words of each stand apart, added up, in points.
    """

    starts: Ints
    ends: Ints
    objects: Ints
    tops: Floats
    bottoms: Floats
    inner: Floats


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that may be even, and how their first characters are set.

    `letters` are all their characters, line after line, and `owners` says which line each belongs to.
    """

    fonts: Ints
    faces: Ints
    ems: Floats
    sizes: Floats
    letters: Ints
    owners: Ints


@dataclass(frozen=True, slots=True)
class _Metrics:
    """Width of each letter of the lines, and how far it reaches up and down from the baseline, in ems."""

    widths: Floats
    ups: Floats
    downs: Floats


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of the lines: their line, first and last letter among the letters, and where they stand.

    `right` is where they end if nothing is set between their letters.
    """

    owners: Ints
    starts: Ints
    ends: Ints
    left: Floats
    right: Floats
    level: Floats


@np.errstate(invalid="ignore", divide="ignore")
def even_lines(text: Characters, objects: Ints, first: Ints, last: Ints) -> EvenLines:
    """What is surely set alike throughout in lines of several text objects.

    Parameters
    ----------
    text : Characters
        All characters.
    objects : array of int, shape (n,)
        Handles of their text objects, known at the ends of the lines.
    first, last : array of int, shape (k,)
        First and last character of each line.
    """
    spaces, wide = np.cumsum(text.spaced), np.cumsum(text.codes >= len(_PLAIN))
    long = np.flatnonzero(
        (objects[first] > 0)
        & (objects[last] > 0)
        & (spaces[last] - spaces[first] >= FEWEST_SPACES)
        # where all letters are of one width, widths tell no font from another
        & (wide[last] == wide[np.maximum(first - 1, 0)])
    )
    # a stretch in another font that fills most of a line holds its middle
    middle = text.source.objects(*text.at((first[long] + last[long]) // 2))
    fonts = fonts_of(np.concatenate([objects[first[long]], middle, objects[last[long]]])).reshape(3, -1)
    same = (fonts == fonts[0]).all(axis=0)
    first, last = first[long[same]], last[long[same]]
    if not len(first):
        return EvenLines(first, last, first, *np.zeros((3, 0)))
    lines = _lines(text, fonts[0, same], first, last)
    metrics = _metrics(text, lines)
    return _stretches(text, objects, lines, metrics, _words(text, lines, metrics.widths))


def _lines(text: Characters, fonts: Ints, first: Ints, last: Ints) -> _Lines:
    """The lines with their faces; NaN for the size of one that is turned."""
    matrices, sizes = text.source.matrices(*text.at(first)), text.source.sizes(*text.at(first))
    upright = (np.abs(matrices[:, 1:3]) <= LEVEL * matrices[:, :1]).all(axis=1) & (matrices[:, 3] > 0)
    _, kinds = np.unique(np.round(sizes, 3), return_inverse=True)
    _, faces = np.unique(fonts * (int(kinds.max()) + 1) + kinds, return_inverse=True)
    lengths = last - first + 1
    return _Lines(
        fonts=fonts,
        faces=faces.astype(np.int64),
        ems=np.where(upright & (sizes > 0), matrices[:, 0] * sizes, np.nan),
        sizes=matrices[:, 3] * sizes,
        letters=ranges(first, lengths),
        owners=np.repeat(np.arange(len(first)), lengths),
    )


def _metrics(text: Characters, lines: _Lines) -> _Metrics:
    """Measures of each letter, by its first and its last show in its face; NaN where these are no help.

    The lesser width of both, as a ligature shows its own width at each of its letters.
    """
    codes, kinds = counted(text.codes.take(lines.letters))
    keys = lines.faces.take(lines.owners) * kinds + codes
    table = np.full((3, (int(lines.faces.max()) + 1) * kinds), np.nan)
    place = np.full(table.shape[1], -1, np.int64)
    shown = np.arange(len(keys))
    for order in (slice(None, None, -1), slice(None)):
        place[keys[order]] = shown[order]
        seen = place[place >= 0]
        known, found = _measured(text, lines, seen)
        own = keys[seen[known]]
        table[0, own] = np.fmin(table[0, own], found[0])
        table[1:, own] = np.fmax(table[1:, own], found[1:])
    return _Metrics(*table.take(keys, axis=1))  # a tenth of the time of table[:, keys]


def _measured(text: Characters, lines: _Lines, seen: Ints) -> tuple[Flags, Floats]:
    """Which letters are set in the font of their line, and their width, ascent and descent in ems."""
    at = text.at(lines.letters[seen])
    objects = text.source.objects(*at)
    known = fonts_of(objects) == lines.fonts[lines.owners[seen]]
    at = (at[0][known], at[1][known])
    boxes, matrices, level = text.source.boxes(*at), text.source.matrices(*at), text.source.origins(*at)[:, 1]
    across, up = (matrices[:, [0, 3]] * text.source.sizes(*at)[:, None]).T
    measures = (boxes[:, 2] - boxes[:, 0]) / across, (boxes[:, 1] - level) / up, (level - boxes[:, 3]) / up
    return known, np.stack(measures)


def _words(text: Characters, lines: _Lines, widths: Floats) -> _Words:
    """The words of the lines, each asked where it begins."""
    begins = text.spaced[lines.letters]
    begins[0] = True
    begins[1:] |= lines.owners[1:] != lines.owners[:-1]
    starts = np.flatnonzero(begins)
    ends = np.append(starts, len(begins))[1:] - 1
    left, level = text.source.origins(*text.at(lines.letters[starts])).T
    owners = lines.owners[starts]
    right = left + np.add.reduceat(widths, starts) * lines.ems[owners]
    return _Words(owners, starts, ends, left, right, level)


def _stretches(text: Characters, objects: Ints, lines: _Lines, metrics: _Metrics, words: _Words) -> EvenLines:
    """The even stretches of the lines."""
    right, joined = _joined(text, lines, words, _sound(text, lines, words, metrics.widths))
    begins = np.flatnonzero(~joined)
    ends = np.append(begins, len(joined))[1:] - 1
    starts, level, ems = words.starts[begins], words.level[begins], lines.ems[words.owners[begins]]
    sizes = lines.sizes[words.owners[begins]]
    tops = level + np.maximum.reduceat(metrics.ups, starts) * sizes
    bottoms = level - np.maximum.reduceat(metrics.downs, starts) * sizes
    inner = right[ends] - words.left[begins] - np.add.reduceat(words.right - words.left, begins)
    height = np.maximum.reduceat(words.level, begins) - np.minimum.reduceat(words.level, begins)
    kept = np.flatnonzero(
        (ends - begins >= FEWEST_SPACES)
        & (height <= BASELINE_EM * ems)
        & np.isfinite(tops) & np.isfinite(bottoms) & np.isfinite(inner)
    )  # fmt: skip
    first, last = lines.letters[starts[kept]], lines.letters[words.ends[ends[kept]]]
    fonts = lines.fonts[words.owners[begins[kept]]]
    handles = _held(text, objects, first, first - 1, fonts)
    whole = (handles > 0) & (_held(text, objects, last, last + 1, fonts) > 0)
    kept = kept[whole]
    return EvenLines(first[whole], last[whole], handles[whole], tops[kept], bottoms[kept], inner[kept])


def _held(text: Characters, objects: Ints, chosen: Ints, beyond: Ints, fonts: Ints) -> Ints:
    """Text objects of characters at one end of stretches.

    0 where the object reaches over to the character `beyond`, or is not set in the font of the stretch. At
    the ends of lines the objects are known and neither is in doubt.
    """
    found = objects[chosen]
    inside = np.flatnonzero(found == 0)
    own, other = (text.source.objects(*text.at(places[inside])) for places in (chosen, beyond))
    found[inside] = np.where((own != other) & (fonts_of(own) == fonts[inside]), own, 0)
    return found


def _joined(text: Characters, lines: _Lines, words: _Words, sound: Flags) -> tuple[Floats, Flags]:
    """Where words end, and whether each goes on as usual from the one before it in its line.

    A word is asked where it ends if what stands behind it is unusual, or if a stretch ends with it.
    """
    bounds = np.flatnonzero(np.diff(words.owners, prepend=-1))
    ends = np.append(bounds, len(words.owners))[1:] - 1
    ems = lines.ems[words.owners]
    gaps = np.append(words.left[1:] - words.right[:-1], 0.0) / ems
    # behind the last word stands no space: it takes the value of its neighbour
    gaps[ends] = gaps[ends - 1]
    order = np.argsort(8.0 * words.owners + np.clip(gaps, -1.0, 3.0))
    usual = gaps[order[(bounds + ends) // 2]]
    step = np.append(np.abs(np.diff(words.level)), 0.0) > BASELINE_EM * ems
    odd = ~(np.abs(gaps - usual[words.owners]) <= SPREAD_EM) | step | ~sound | ~np.append(sound[1:], True)
    odd[ends] = True
    asked = np.flatnonzero(odd)
    right = words.right.copy()
    right[asked] = text.source.boxes(*text.at(lines.letters[words.ends[asked]]))[:, 2]
    rest = (right - words.right) / ems
    usual_set = (rest <= WORD_REST_EM) & (rest >= KERNING_EM * (words.ends - words.starts + 1))
    # a word that is set otherwise, by its widths, casts doubt on all words of its line
    sound = sound & np.logical_and.reduceat(usual_set, bounds)[words.owners]
    gaps = np.append(words.left[1:] - right[:-1], 0.0) / ems
    behind = sound & (gaps >= SPACE_EM[0]) & (gaps <= SPACE_EM[1]) & ~step
    behind[ends] = False
    return right, np.append(False, behind[:-1] & sound[1:])


def _sound(text: Characters, lines: _Lines, words: _Words, widths: Floats) -> Flags:
    """Which words hold no figure or sign that is raised or set off."""
    signs = ~_PLAIN.take(text.codes.take(lines.letters), mode="clip")
    mixed = np.flatnonzero(np.logical_or.reduceat(signs, words.starts))
    lengths = words.ends[mixed] - words.starts[mixed] + 1
    letters, inside = ranges(words.starts[mixed], lengths), np.repeat(mixed, lengths)
    x, y = text.source.origins(*text.at(lines.letters[letters])).T
    ems = lines.ems[lines.owners[letters]]
    off = np.abs(y - words.level[inside]) > BASELINE_EM * ems
    gaps = np.diff(x) - widths[letters[:-1]] * ems[:-1]
    off[1:] |= (gaps > WORD_REST_EM * ems[1:]) & (inside[1:] == inside[:-1])
    sound = np.ones(len(words.owners), np.bool_)
    sound[inside[off]] = False
    return sound


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """All indices of the ranges, one after another; none of them is empty."""
    stops = np.cumsum(lengths)
    if not len(stops):
        return stops
    steps = np.ones(int(stops[-1]), np.int64)
    steps[0] = starts[0]
    steps[stops[:-1]] = starts[1:] - starts[:-1] - lengths[:-1] + 1
    return np.cumsum(steps)


def counted(codes: Codes) -> tuple[Ints, int]:
    """Codes counted from 0 in the order of their value, and how many differ."""
    places = codes.astype(np.intp)  # indices of any other type take three times as long
    order = np.cumsum(np.bincount(places) > 0)
    return (order - 1).take(places), int(order[-1])
