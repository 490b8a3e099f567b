"""What is done over arrays, or asked first because it is cheap, against the same done one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.pdf.decoration import FILLED, THICK_EM, THROUGH, UNDER, decorated
from fragcheck.pdf.even import counted, ranges
from fragcheck.pdf.fragments import Fragment
from fragcheck.pdf.layout import _best_split, _chunks, _may_hold_columns
from fragcheck.pdf.linetext import _in_hundredths
from fragcheck.pdf.pieces import Pieces

WIDTH = 600.0
#: Near the middle between two hundredths, exactly there, and anywhere.
HARD = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda whole: whole / 200),
    st.integers(-(10**6), 10**6).map(lambda eighth: eighth / 8),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
)


@given(st.lists(HARD, max_size=20))
def test_hundredths_are_those_of_round(values):
    assert _in_hundredths(np.array(values)).tolist() == [round(value, 2) for value in values]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 6)), max_size=8))
def test_ranges_one_after_another(parts):
    starts, lengths = np.array(parts, np.int64).reshape(-1, 2).T
    assert ranges(starts, lengths).tolist() == [
        index for start, length in parts for index in range(start, start + length)
    ]


@given(st.text(min_size=1, max_size=30))
def test_codes_are_counted_in_their_order(text):
    codes = sorted(set(text))
    found, kinds = counted(np.array(list(map(ord, text)), np.uint32))
    assert (found.tolist(), kinds) == ([codes.index(letter) for letter in text], len(codes))


def fragment(x0, width, y):
    return Fragment("x" * max(1, int(width / 6)), x0, y, x0 + width, y + 10, y + 8, 10.0, False, False, 0)


@given(
    st.lists(
        st.builds(fragment, st.sampled_from([60, 62, 64.4, 80, 310, 312.6, 316]) | st.floats(0, 590),
                  st.sampled_from([200, 230]) | st.floats(1, 500), st.sampled_from(range(50, 800, 12))),
        max_size=40,
    )
)  # fmt: skip
def test_where_columns_are_not_looked_for_there_is_no_split(fragments):
    if len(fragments) >= 6 and not _may_hold_columns(fragments, WIDTH):
        assert _best_split(_chunks(fragments), WIDTH) is None


def decorated_one_by_one(boxes, baselines, size, lines):
    """Struck and underlined pieces of a page, and its lines that do either."""
    struck, underlined, used = set(), set(), set()
    for number, (x0, y0, x1, y1) in enumerate(lines):
        beside = {
            index: (baseline - (y0 + y1) / 2) / size
            for index, (baseline, (left, _, right, _)) in enumerate(zip(baselines, boxes, strict=True))
            if x0 < (left + right) / 2 < x1 and y1 - y0 <= THICK_EM * size
        }
        through = [index for index, height in beside.items() if THROUGH[0] < height < THROUGH[1]]
        under = [index for index, height in beside.items() if UNDER[0] < height <= UNDER[1]]
        for marked, chosen in ((struck, through), (underlined, under)):
            if not chosen:
                continue
            across = max(boxes[index][2] for index in chosen) - min(boxes[index][0] for index in chosen)
            if across >= FILLED * (x1 - x0):
                marked.update(chosen)
                used.add(number)
    return struck, underlined, used


PIECE = st.tuples(st.integers(0, 2), st.integers(0, 40).map(lambda k: 10.0 * k), st.integers(0, 20))
RULE = st.tuples(
    st.integers(0, 300), st.integers(5, 200), st.floats(0, 250), st.sampled_from([0.5, 1.5, 3.0])
)


@given(st.lists(PIECE, max_size=25), st.lists(st.lists(RULE, max_size=6), min_size=3, max_size=3))
def test_decorations_of_all_pages_are_those_of_each(pieces, rules):
    pieces = sorted(pieces, key=lambda piece: piece[0])
    size, count = 10.0, len(pieces)
    pages = np.array([page for page, _, _ in pieces], np.int64)
    baselines = np.array([12.0 * row for _, _, row in pieces])
    left = np.array([x for _, x, _ in pieces])
    boxes = np.stack([left, baselines - 8, left + 30, baselines + 2], axis=1).reshape(-1, 4)
    lines = [np.array([(x, y, x + w, y + h) for x, w, y, h in own], float).reshape(-1, 4) for own in rules]
    struck, underlined, used = decorated(
        Pieces(
            codes=np.zeros(count, np.uint32), spaced=np.zeros(count, np.bool_), starts=np.arange(count),
            pages=pages, boxes=boxes, inner=np.zeros(count), space_before=np.zeros(count, np.int64),
            sizes=np.full(count, size), baselines=np.stack([left, baselines], axis=1).reshape(-1, 2),
            styles=np.zeros(count, np.int64), angles=np.zeros(count, np.int64),
            extents=((WIDTH, 800.0),) * 3,
        ),
        lines,
    )  # fmt: skip
    for page, own in enumerate(lines):
        here = pages == page
        assert (
            set(np.flatnonzero(struck[here]).tolist()),
            set(np.flatnonzero(underlined[here]).tolist()),
            set(np.flatnonzero(used[page]).tolist()),
        ) == decorated_one_by_one(boxes[here], baselines[here], size, own)
