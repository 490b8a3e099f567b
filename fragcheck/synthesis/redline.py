"""A redline of two versions of one law: what became of each provision."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance.Indel import normalized_similarity, opcodes

from fragcheck.align.wording import normal_form
from fragcheck.records import Edit, EditKind, Provision, Redline, RedlineEntry
from fragcheck.synthesis.kinship import Kinship, Row, kinship

__all__ = ["redline"]

#: Share of a provision's words in another one from which it was taken out of it.
_TAKEN = 0.75
#: Fewest words that tell a split or a merger, and of a run that was taken over as it stood: single
#: words in the right order stand in any long text.
_FEWEST = 5
_RUN = 4
#: Words of scripts with spaces, characters of those without.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORDS = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")


def redline(old: Sequence[Provision], new: Sequence[Provision]) -> Redline:
    """Return what became of each provision.

    Provisions are paired by their words, their surroundings (headings and lead-ins above them) and
    their eid, one to one, the sum of all being highest. What is left over and stands almost whole in
    the counterpart's partner was split off or merged; the rest was deleted or added.

    Parameters
    ----------
    old, new : sequence of Provision
        Those without text and heading (mere containers) are left out.

    Returns
    -------
    Redline
        Every worded provision of either side stands in exactly one entry.
    """
    sides = _rows(old), _rows(new)
    paired = _paired(kinship(*sides))
    taken_old = {i for i, _ in paired}
    taken_new = {j for _, j in paired}
    lone_old = [i for i in range(len(sides[0])) if i not in taken_old]
    lone_new = [j for j in range(len(sides[1])) if j not in taken_new]
    split = _taken_out(sides[1], lone_new, sides[0], dict(paired), sides[1])
    merged = _taken_out(sides[0], lone_old, sides[1], {j: i for i, j in paired}, sides[0])
    return Redline(tuple(_entries(sides, paired, split, merged)))


def _rows(provisions: Sequence[Provision]) -> list[Row]:
    return [
        Row(
            eid=provision.eid,
            text=provision.text,
            words=_words(normal_form(f"{provision.heading} {provision.text}")),
            place=_words(normal_form(provision.context)),
        )
        for provision in provisions
        if provision.text or provision.heading
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text))


def _paired(found: Kinship) -> list[tuple[int, int]]:
    """One-to-one choice of highest total kinship, part by part."""
    if not found.scores:
        return []
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    pairs = list(found.scores)
    n = found.shape[0]
    size = sum(found.shape)
    rows, columns = np.array([i for i, _ in pairs]), np.array([n + j for _, j in pairs])
    graph = csr_array((np.ones(len(pairs), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, j in pairs:
        parts[int(label[i])].append((i, j))
    return sorted(pair for part in parts.values() for pair in _assigned(part, found.scores))


def _assigned(part: list[tuple[int, int]], scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    if len(part) == 1:
        return part
    from scipy.optimize import linear_sum_assignment  # a quarter of a second of every command

    rows, columns = sorted({i for i, _ in part}), sorted({j for _, j in part})
    row_at, column_at = ({index: k for k, index in enumerate(side)} for side in (rows, columns))
    gains = np.zeros((len(rows), len(columns)))
    for i, j in part:
        gains[row_at[i], column_at[j]] = scores[i, j]
    chosen = zip(*linear_sum_assignment(gains, maximize=True), strict=True)
    return [(rows[k], columns[m]) for k, m in chosen if gains[k, m] > 0]


@dataclass(frozen=True, slots=True)
class _Part:
    """A row that was taken out of `whole`, a row of the other side."""

    row: int
    whole: int


def _taken_out(
    rows: Sequence[Row],
    lone: Iterable[int],
    wholes: Sequence[Row],
    partner: Mapping[int, int],
    partners: Sequence[Row],
) -> list[_Part]:
    """Lone rows whose words stand in a row of the other side and no longer in that one's partner."""
    gone = {i: _lost(wholes[i], partners[partner[i]]) for i in partner}
    by_word: dict[str, list[int]] = defaultdict(list)
    for i, lost in gone.items():
        for word in set(lost):
            by_word[word].append(i)
    found = []
    for row in lone:
        words = rows[row].words
        if len(words) < _FEWEST:
            continue
        counts: dict[int, int] = defaultdict(int)
        for word in set(words):
            for i in by_word.get(word, ()):
                counts[i] += 1
        near = sorted(counts, key=lambda i: (-counts[i], i))[:5]
        shares = [(_covered(words, gone[i]), -i) for i in near]
        best, whole = max(shares, default=(0.0, 0))
        if best >= _TAKEN:
            found.append(_Part(row, -whole))
    return found


def _lost(whole: Row, partner: Row) -> tuple[str, ...]:
    """Words of `whole` that its partner lacks, in order."""
    return tuple(
        word
        for step in opcodes(whole.words, partner.words)
        if step.tag in ("delete", "replace")
        for word in whole.words[step.src_start : step.src_end]
    )


def _covered(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Share of `words` that stand in `others` in runs of at least four, in the same order."""
    runs = (step.src_end - step.src_start for step in opcodes(words, others) if step.tag == "equal")
    return sum(run for run in runs if run >= _RUN) / len(words) if words else 0.0


def _entries(
    sides: tuple[Sequence[Row], Sequence[Row]],
    paired: Sequence[tuple[int, int]],
    split: Sequence[_Part],
    merged: Sequence[_Part],
) -> list[RedlineEntry]:
    old, new = sides
    partner = dict(paired)
    back = {j: i for i, j in paired}
    parts_of: dict[int, list[int]] = defaultdict(list)
    joined_to: dict[int, list[int]] = defaultdict(list)
    for part in merged:
        joined_to[part.whole].append(part.row)
    for part in split:
        # A provision that others were merged into was not split as well: one entry for each.
        if partner[part.whole] not in joined_to:
            parts_of[part.whole].append(part.row)
    merged_rows = {row for rows in joined_to.values() for row in rows}
    split_rows = {row for rows in parts_of.values() for row in rows}
    found: list[RedlineEntry] = []
    for i, row in enumerate(old):
        if i in merged_rows:
            continue
        if i not in partner:
            found.append(RedlineEntry(EditKind.DELETED, (row.eid,), (), 0.0))
            continue
        j = partner[i]
        olds = sorted([i, *joined_to.get(j, [])])
        news = sorted([j, *parts_of.get(i, [])])
        found.append(_entry([old[k] for k in olds], [new[k] for k in news]))
    found += [
        RedlineEntry(EditKind.ADDED, (), (row.eid,), 0.0)
        for j, row in enumerate(new)
        if j not in back and j not in split_rows
    ]
    return found


def _entry(olds: Sequence[Row], news: Sequence[Row]) -> RedlineEntry:
    old_words = tuple(word for row in olds for word in row.words)
    new_words = tuple(word for row in news for word in row.words)
    eids = tuple(row.eid for row in olds), tuple(row.eid for row in news)
    is_moved = len(olds) == len(news) == 1 and eids[0] != eids[1]
    if len(news) > 1:
        kind = EditKind.SPLIT
    elif len(olds) > 1:
        kind = EditKind.MERGED
    elif old_words == new_words:
        kind = EditKind.MOVED if is_moved else EditKind.UNCHANGED
        return RedlineEntry(kind, *eids, 1.0, is_moved)
    else:
        kind = EditKind.AMENDED
    similarity = float(normalized_similarity(old_words, new_words))
    return RedlineEntry(kind, *eids, similarity, is_moved, _edits(olds, news))


def _edits(olds: Sequence[Row], news: Sequence[Row]) -> tuple[Edit, ...]:
    """Runs of words as they are printed."""
    old, new = (tuple(word for row in side for word in _words(row.text)) for side in (olds, news))
    found: list[Edit] = []
    gone: list[str] = []
    come: list[str] = []
    for step in opcodes(old, new):
        if step.tag != "equal":
            gone += old[step.src_start : step.src_end]
            come += new[step.dest_start : step.dest_end]
            continue
        found += [*_changed(gone, come), Edit("equal", " ".join(old[step.src_start : step.src_end]))]
        gone, come = [], []
    return (*found, *_changed(gone, come))


def _changed(gone: Sequence[str], come: Sequence[str]) -> list[Edit]:
    """What stands between two equal runs: first the words that went, then those that came."""
    runs = (("delete", gone), ("insert", come))
    return [Edit(operation, " ".join(words)) for operation, words in runs if words]
