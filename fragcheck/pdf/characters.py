"""Characters of pages that are open together: their codes, the spaces between them, their text objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fragcheck.pdf.directions import from_left_to_right, is_right_to_left
from fragcheck.pdf.engine import Codes, Flags, Ints, OpenPage, PageFrame, TextPages
from fragcheck.pdf.even import Characters, EvenLines, even_lines, ranges

__all__ = ["HYPHEN_MARKS", "Text", "is_cjk", "is_visible", "ranges", "text_of"]

#: pdfium marks an end-of-line hyphen with one of these instead of the hyphen it found.
HYPHEN_MARKS = (0xFFFE, 0x02)
_SPACE_SET = frozenset(
    [0x20, 0xA0, 0x85, 0x2028, 0x2029, 0x202F, 0x3000, *range(0x09, 0x0E), *range(0x2000, 0x200C)]
)
#: What a code point is: nothing visible, a visible character, a space, the end of a line.
_NOTHING, _VISIBLE, _SPACE, _LINE_END = range(4)
#: More characters than pages that are open together hold: two counts stand in one number.
_MANY = 1 << 31


def _kinds_by_code() -> npt.NDArray[np.int8]:
    kinds = np.full(0x10000, _VISIBLE, np.int8)
    kinds[:0x20] = _NOTHING
    kinds[0x7F:0xA0] = _NOTHING
    kinds[sorted(_SPACE_SET)] = _SPACE
    kinds[[0x0A, 0x0D]] = _LINE_END
    kinds[list(HYPHEN_MARKS)] = _VISIBLE
    return kinds


_KINDS = _kinds_by_code()


@dataclass(frozen=True, slots=True)
class Text:
    """Visible characters of open pages, before anything but their codes and text objects is asked.

    Parameters
    ----------
    source : TextPages
        Whom to ask.
    frames : tuple of PageFrame
        How each page is shown.
    codes : array of uint32, shape (n,)
        Code points, pdfium's marks of hyphens among them.
    pages, indices : array of int, shape (n,)
        Page of each, and its index there.
    spaced : array of bool, shape (n,)
        Whether a space of any kind stands before it.
    begins : array of bool, shape (n,)
        Whether it is the first of a line or page, or something neither visible nor a space stands before it.
    reordered : array of bool, shape (n,)
        Whether its page holds a script that is written from right to left: pdfium moves the characters of its
        lines, which stand here from left to right.
    objects : array of int, shape (n,)
        Handle of its text object, or of the first of its line where all of them are set alike; 0 for none.
    even : EvenLines
        Those lines.
    space_pages, space_indices, space_owners : array of int, shape (m,)
        Spaces inside pages, ends of lines apart: page, index there, and which visible character comes next.
    """

    source: TextPages
    frames: tuple[PageFrame, ...]
    codes: Codes
    pages: Ints
    indices: Ints
    spaced: Flags
    begins: Flags
    reordered: Flags
    objects: Ints
    even: EvenLines
    space_pages: Ints
    space_indices: Ints
    space_owners: Ints


def is_visible(character: str) -> bool:
    """Whether a character leaves ink: neither a space nor a control character."""
    code = ord(character)
    return code >= 0x20 and not 0x7F <= code <= 0x9F and code not in _SPACE_SET


def is_cjk(codes: Codes) -> Flags:
    """Han, Kana and full-width punctuation: scripts that are written without spaces (not Hangul)."""
    if not len(codes) or codes.max() < 0x2E80:
        return np.zeros(len(codes), np.bool_)
    return (
        ((codes >= 0x2E80) & (codes <= 0x312F))
        | ((codes >= 0x3190) & (codes <= 0xA4CF))
        | ((codes >= 0xF900) & (codes <= 0xFAFF))
        | ((codes >= 0xFF00) & (codes <= 0xFF60))
        | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    )


def text_of(opened: Sequence[OpenPage]) -> Text:
    """The visible characters of open pages with their text objects."""
    codes = np.concatenate([page.codes for page in opened])
    starts = np.cumsum([0, *(len(page.codes) for page in opened)])
    kinds = _KINDS.take(codes, mode="clip")
    source = TextPages(opened)
    order = _order(source, codes, starts, kinds)
    places = np.arange(len(codes)) if order is None else order
    if order is not None:
        codes, kinds = codes[order], kinds[order]
    keep, inner = np.flatnonzero(kinds == _VISIBLE), np.flatnonzero(kinds == _SPACE)
    pages, of_spaces = _pages_of(keep, starts), _pages_of(inner, starts)
    spaced, begins = _parted(kinds, keep, starts)
    owners = np.cumsum(kinds == _VISIBLE).take(inner)
    same = np.flatnonzero(owners < np.searchsorted(keep, starts[1:])[of_spaces])
    inner, of_spaces, owners = inner[same], of_spaces[same], owners[same]
    codes, indices = codes[keep], places[keep] - starts[pages]
    reordered = np.zeros(len(codes), np.bool_) if order is None else _on_reordered_pages(codes, pages)
    characters = Characters(source, codes, pages, indices, spaced)
    objects, even = _objects(characters, begins, reordered)
    return Text(
        source=source,
        frames=tuple(page.frame for page in opened),
        codes=codes,
        pages=pages,
        indices=indices,
        spaced=spaced,
        begins=begins,
        reordered=reordered,
        objects=objects,
        even=even,
        space_pages=of_spaces,
        space_indices=places[inner] - starts[of_spaces],
        space_owners=owners,
    )


def _pages_of(places: Ints, starts: Ints) -> Ints:
    """Page of each of some places in ascending order."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(np.searchsorted(places, starts)))


def _parted(kinds: npt.NDArray[np.int8], keep: Ints, starts: Ints) -> tuple[Flags, Flags]:
    """Whether a space stands before each visible character, and whether it begins a line or something new.

    Most follow the one before at once; only the others are looked at, and the first of each page.
    """
    spaced, begins = np.zeros((2, len(keep)), np.bool_)
    apart = np.diff(keep, prepend=-1) > 1
    bounds = np.searchsorted(keep, starts)
    apart[bounds[:-1][np.diff(bounds) > 0]] = True
    parted = np.flatnonzero(apart)
    places = keep[parted]
    firsts = np.repeat(starts[:-1], np.diff(np.searchsorted(parted, bounds)))
    before = np.maximum(np.where(parted > 0, keep[parted - 1], -1), firsts - 1)
    # as many are not visible before a place as it counts more than visible ones before it
    seen, ended = _between(kinds, before + 1 - parted, places - parted)
    skipped = places - before - 1
    spaced[parted] = seen > 0
    begins[parted] = (ended > 0) | (skipped > seen) | (places - firsts == skipped)
    return spaced, begins


def _between(kinds: npt.NDArray[np.int8], start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """How many spaces and ends of lines together, and how many ends of lines, from one to another.

    `start` and `end` count what is not visible.
    """
    weights = np.array([0, 0, 1, 1 + _MANY], np.int64)
    hidden = kinds[kinds != _VISIBLE]
    seen = np.zeros(len(hidden) + 1, np.int64)
    np.cumsum(weights.take(hidden), out=seen[1:])
    found = seen[end] - seen[start]
    return found & (_MANY - 1), found >> _MANY.bit_length() - 1


def _objects(text: Characters, begins: Flags, reordered: Flags) -> tuple[Ints, EvenLines]:
    """Text objects of all characters: those of whole lines, then of words, then of single characters.

    The characters of an object follow each other, so what begins and ends in one object lies in it. A line of
    many objects that is set alike throughout counts as one: its first.
    """
    objects = np.zeros(len(text.codes), np.int64)
    starts, ends = _ask_ends(text, objects, begins, reordered)
    parted = objects[starts] != objects[ends]
    even = even_lines(text, objects, starts[parted], ends[parted])
    _fill(objects, even.starts, even.ends, even.objects)
    _ask_ends(text, objects, begins | text.spaced, reordered)
    rest = np.flatnonzero(objects == 0)
    objects[rest] = text.source.objects(*text.at(rest))
    return objects, even


def _ask_ends(text: Characters, objects: Ints, begins: Flags, reordered: Flags) -> tuple[Ints, Ints]:
    """Ask for the objects at both ends of the stretches that are not known whole; returns these ends."""
    starts = np.flatnonzero(begins)
    ends = np.append(starts, len(objects))[1:] - 1
    # what is known inside too was found whole before
    unknown = (objects[np.minimum(starts + 1, ends)] == 0) & ~reordered[starts]
    starts, ends = starts[unknown], ends[unknown]
    first = text.source.objects(*text.at(starts))
    last = first.copy()
    longer = ends > starts
    last[longer] = text.source.objects(*text.at(ends[longer]))
    _fill(objects, starts, ends, np.where(first == last, first, 0))
    objects[starts], objects[ends] = first, last
    return starts, ends


def _fill(objects: Ints, starts: Ints, ends: Ints, values: Ints) -> None:
    """Write a value of each stretch to all of its characters; 0 leaves what stands there."""
    steps = np.zeros(len(objects) + 1, np.int64)
    steps[starts] = values
    steps[ends + 1] -= values
    written = np.cumsum(steps[:-1])
    np.copyto(objects, written, where=written != 0)


def _order(source: TextPages, codes: Codes, starts: Ints, kinds: npt.NDArray[np.int8]) -> Ints | None:
    """Order of all characters, lines from right to left by their places; None where all keep theirs."""
    if not is_right_to_left(codes).any():
        return None
    pages = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    places = np.arange(len(codes)) - starts[pages]
    ends = (kinds == _NOTHING) | (kinds == _LINE_END)
    lines = np.cumsum(ends | (places == 0)) + np.cumsum(np.append(0, ends[:-1]))
    return from_left_to_right(source, codes, pages, places, lines)


def _on_reordered_pages(codes: Codes, pages: Ints) -> Flags:
    """Characters of pages with a script that is written from right to left."""
    found = is_right_to_left(codes)
    return np.isin(pages, np.unique(pages[found])) if found.any() else found
