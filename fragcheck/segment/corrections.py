"""Corrections by hand, applied to a segmentation: a pure function over its provisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fragcheck.nlp import UNSPACED
from fragcheck.records import (
    CORRECTED,
    LOST,
    Anchor,
    Corrected,
    Correction,
    CorrectionKind,
    Corrections,
    Notice,
    Provision,
    Segmentation,
    anchor_of,
)
from fragcheck.segment.draft import Draft, cut_spans, is_printed_after

__all__ = ["apply_corrections", "lost_notice", "merge_targets", "split_offset"]


def apply_corrections(segmentation: Segmentation, corrections: Corrections) -> Corrected:
    """Apply corrections one after the other, each to what those before it left.

    Parameters
    ----------
    segmentation : Segmentation
    corrections : Corrections

    Returns
    -------
    Corrected
        Corrected provisions carry a notice ``corrected-by-hand``. A correction whose provision
        is gone (or has other words now) changes nothing, is listed as lost, and leaves a
        notice ``correction-lost`` with the segmentation.

    Notes
    -----
    An anchor is found by eid and hash of the words; by the words alone where only the eid
    changed and no other provision has the same words. Splitting and merging move characters
    and lose none; a number that a reader gives to a second part is taken out of its text
    where the text begins with it. A table that is split or merged is running text from then on.
    """
    draft = Draft(segmentation.provisions, segmentation.warnings)
    lost: list[Correction] = []
    for correction in corrections.corrections:
        at = _place(draft, correction.anchor)
        if at is None or not _apply(draft, at, correction):
            lost.append(correction)
    notices = tuple(lost_notice(one) for one in lost)
    corrected = replace(
        segmentation, provisions=tuple(draft.provisions), warnings=(*draft.warnings, *notices)
    )
    return Corrected(corrected, tuple(lost))


def lost_notice(correction: Correction) -> Notice:
    """The notice that `apply_corrections` leaves for a correction that it could not apply."""
    how = correction.kind.value.replace("_", " ")
    return Notice(
        LOST,
        f"a correction by hand ({how} of {correction.anchor.eid}) was not applied: the provision is gone, "
        "has other words now, or cannot be corrected so",
    )


def _place(draft: Draft, anchor: Anchor) -> int | None:
    """Place of the provision that an anchor stands for; None where it is gone."""
    anchors = [anchor_of(provision) for provision in draft.provisions]
    if anchor in anchors:
        return anchors.index(anchor)
    alike = [at for at, one in enumerate(anchors) if one.text_sha256 == anchor.text_sha256]
    return alike[0] if len(alike) == 1 else None


def _apply(draft: Draft, at: int, correction: Correction) -> bool:
    """Apply one correction to the provision at a place; False where it cannot be."""
    if correction.kind is CorrectionKind.SPLIT:
        return _split(draft, at, correction)
    if correction.kind is CorrectionKind.MERGE:
        target = None if correction.target is None else _place(draft, correction.target)
        return target is not None and _merge(draft, at, target)
    unit = draft.provisions[at]
    if correction.kind is CorrectionKind.RENUMBER:
        changed, how = replace(unit, num=correction.num), "renumbered by hand"
    elif correction.to is not None:
        changed, how = replace(unit, kind=correction.to), f"{unit.kind.value} before"
    else:
        return False
    draft.provisions[at] = _noted(changed, how)
    draft.rename(at, draft.free_name(draft.own_name(changed), unit.eid))
    return True


def split_offset(text: str, at: int) -> int:
    """Index in `text` after `at` characters that are not white space; its length where it has fewer."""
    seen = 0
    for index, mark in enumerate(text):
        if seen == at:
            return index
        seen += not mark.isspace()
    return len(text)


def _split(draft: Draft, at: int, correction: Correction) -> bool:
    unit = draft.provisions[at]
    cut = split_offset(unit.text, correction.at)
    first_text, rest = unit.text[:cut].rstrip(), unit.text[cut:]
    if not first_text or not rest.strip():
        return False
    num = correction.num.strip()
    start = cut + len(rest) - len(rest.lstrip())
    if num and unit.text.startswith(num, start):
        start += len(num)
        start += len(unit.text[start:]) - len(unit.text[start:].lstrip())
    first_spans, second_spans = cut_spans(unit.spans, cut, start)
    second = _noted(
        replace(unit, num=num, heading="", text=unit.text[start:], spans=second_spans, warnings=(), cells=()),
        "split",
    )
    second = replace(second, eid=draft.free_name(draft.own_name(second) if num else unit.eid))
    draft.provisions[at] = _noted(replace(unit, text=first_text, spans=first_spans, cells=()), "split")
    draft.insert_after(
        at, second, moved=[child for child in draft.children(unit.eid) if _follows(child, second)]
    )
    return True


def _follows(child: Provision, second: Provision) -> bool:
    """True where a child belongs under the second part: it is printed after it, or nothing is known."""
    if not child.spans or not second.spans:
        return True
    return is_printed_after(child.spans, second.spans)


def merge_targets(provisions: Sequence[Provision], eid: str) -> tuple[str, ...]:
    """Provisions that can take up `eid`: the one before it, and those above that up to its parent."""
    at = next(at for at, provision in enumerate(provisions) if provision.eid == eid)
    if at == 0:
        return ()
    parents = {provision.eid: provision.parent for provision in provisions}
    end = provisions[at].parent
    found: list[str] = []
    for name in _upwards(provisions[at - 1].eid, parents):
        found.append(name)
        if name == end or parents[name] == end:
            break
    if end is not None and end not in found:
        found.append(end)
    return tuple(found)


def _upwards(eid: str, parents: dict[str, str | None]) -> Iterator[str]:
    at: str | None = eid
    while at is not None:
        yield at
        at = parents.get(at)


def _merge(draft: Draft, at: int, target: int) -> bool:
    unit, into = draft.provisions[at], draft.provisions[target]
    if into.eid not in merge_targets(draft.provisions, unit.eid):
        return False
    space = "" if into.language in UNSPACED else " "
    label = space.join(part for part in (unit.num, unit.heading) if part)
    before = len(into.text) + (len(space) if into.text else 0) + (len(label) + len(space) if label else 0)
    text = space.join(part for part in (into.text, label, unit.text) if part)
    moved = tuple(
        replace(span, start=span.start + before, end=span.end + before) if span.end > span.start else span
        for span in unit.spans
    )
    merged = replace(into, text=text, spans=(*into.spans, *moved), cells=())
    draft.provisions[target] = _noted(merged, "merged")
    draft.remove(at, heir=into.eid)
    return True


def _noted(provision: Provision, how: str) -> Provision:
    """The provision with the notice that it was corrected."""
    kept = tuple(notice for notice in provision.warnings if notice.code != CORRECTED)
    return replace(provision, warnings=(*kept, Notice(CORRECTED, how, eid=provision.eid)))
