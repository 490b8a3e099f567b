"""The provisions of a document while they are corrected: names, parents and contexts stay consistent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from fragcheck.nlp.leads import lead_in
from fragcheck.records import Notice, Provision, Span
from fragcheck.segment.grammar import load_styles
from fragcheck.segment.ordinals import NUMBER_WORDS, readings

__all__ = ["Draft", "cut_spans", "is_printed_after"]

_NUMBER = re.compile(
    r"\d[\dA-Za-z]*(?:[.-]\d[\dA-Za-z]*)*|[A-Za-z]+|[〇一二三四五六七八九十百千零两]+|[가나다라마바사아자차카타파하]"
)
_NOT_A_NAME = re.compile(r"[^0-9A-Za-z.-]+")
_ROMAN_OR_LETTERS = 6


class Draft:
    """A list of provisions in document order that can be changed.

    Parameters
    ----------
    provisions : sequence of Provision
    warnings : sequence of Notice
        Those of the segmentation; the eids in them follow every renaming.
    """

    def __init__(self, provisions: Sequence[Provision], warnings: Sequence[Notice]) -> None:
        self.provisions = list(provisions)
        self.warnings = list(warnings)

    def children(self, eid: str) -> list[Provision]:
        """Direct children of a provision, in document order."""
        return [provision for provision in self.provisions if provision.parent == eid]

    def free_name(self, wanted: str, own: str = "") -> str:
        """`wanted`, with a suffix where another provision than `own` has it: ``art_1~2``."""
        used = {provision.eid for provision in self.provisions} - {own}
        if wanted not in used:
            return wanted
        base = wanted.partition("~")[0]
        count = 2
        while f"{base}~{count}" in used:
            count += 1
        return f"{base}~{count}"

    def own_name(self, provision: Provision) -> str:
        """Name of a provision after its kind and number, under the same part of the name as now."""
        above, joint, last = provision.eid.rpartition("__")
        number = number_in_name(provision.num) or last.partition("_")[2].partition("~")[0]
        prefix = load_styles().eid[provision.kind]
        return f"{above}{joint}{prefix}_{number}" if number else f"{above}{joint}{prefix}"

    def rename(self, at: int, eid: str) -> None:
        """Give the provision at a place another name; the names under it, parents and notices follow."""
        old = self.provisions[at].eid
        names = {old: eid}
        for provision in self.provisions:
            if provision.parent in names and provision.eid.startswith(f"{old}__"):
                names[provision.eid] = self.free_name(eid + provision.eid[len(old) :], provision.eid)
            elif provision.parent in names:  # named from itself down, as articles are: keeps its name
                names[provision.eid] = provision.eid
        self._take_names(names)

    def insert_after(self, at: int, second: Provision, *, moved: Sequence[Provision]) -> None:
        """Put a provision behind the one at a place and what stays under that; `moved` go under it."""
        first = self.provisions[at].eid
        under = self._under([child.eid for child in moved])
        later = self._under([first]) - under - {first}
        place = at + 1
        while place < len(self.provisions) and self.provisions[place].eid in later:
            place += 1
        self.provisions.insert(place, second)
        for index, provision in enumerate(self.provisions):
            if provision.parent == first and provision.eid in under:
                self.provisions[index] = replace(provision, parent=second.eid)
        self._rename_under(second.eid, first)
        self._refresh(first)
        self._refresh(second.eid)

    def remove(self, at: int, *, heir: str) -> None:
        """Take the provision at a place out; its children go to `heir`."""
        gone = self.provisions.pop(at).eid
        for index, provision in enumerate(self.provisions):
            if provision.parent == gone:
                self.provisions[index] = replace(provision, parent=heir)
        self._rename_under(heir, gone)
        self.warnings = [
            replace(notice, eid=heir) if notice.eid == gone else notice for notice in self.warnings
        ]
        self._refresh(heir)

    def _under(self, eids: Sequence[str]) -> set[str]:
        """Names of the provisions given and of all under them."""
        found = set(eids)
        for provision in self.provisions:
            if provision.parent in found:
                found.add(provision.eid)
        return found

    def _rename_under(self, parent: str, old: str) -> None:
        """Names under `parent` that still begin with its name `old` begin with `parent` then."""
        under = self._under([parent]) - {parent}
        for eid in [provision.eid for provision in self.provisions if provision.eid in under]:
            if eid.startswith(f"{old}__") and not eid.startswith(f"{parent}__"):
                self._take_names({eid: self.free_name(parent + eid[len(old) :])})

    def _take_names(self, names: dict[str, str]) -> None:
        for index, provision in enumerate(self.provisions):
            eid = names.get(provision.eid, provision.eid)
            parent = None if provision.parent is None else names.get(provision.parent, provision.parent)
            if (eid, parent) != (provision.eid, provision.parent):
                notices = tuple(_renamed(notice, names) for notice in provision.warnings)
                self.provisions[index] = replace(provision, eid=eid, parent=parent, warnings=notices)
        self.warnings = [_renamed(notice, names) for notice in self.warnings]

    def _refresh(self, eid: str) -> None:
        """Write the contexts under a provision anew: its headings and lead-ins may have changed."""
        contexts: dict[str, str] = {}
        for index, provision in enumerate(self.provisions):
            if provision.eid == eid:
                contexts[eid] = _handed_down(provision)
            elif provision.parent in contexts:
                self.provisions[index] = replace(provision, context=contexts[provision.parent])
                contexts[provision.eid] = _handed_down(self.provisions[index])


def _handed_down(provision: Provision) -> str:
    """The context of the provisions under this one."""
    parts = (provision.context, provision.heading, lead_in(provision.text))
    return " > ".join(part for part in parts if part)


def _renamed(notice: Notice, names: dict[str, str]) -> Notice:
    return replace(notice, eid=names[notice.eid]) if notice.eid in names else notice


def number_in_name(num: str) -> str:
    """A printed number as it stands in a name: ``"Article 12a"`` gives ``12a``, ``"(c)"`` gives ``c``.

    Empty where there is none.
    """
    plain = unicodedata.normalize("NFKC", num).strip()
    found = _NUMBER.findall(plain)
    with_digits = [one for one in found if any(mark.isdigit() for mark in one)]
    if with_digits:
        return _NOT_A_NAME.sub("-", with_digits[0]).strip("-.")
    named = [one for one in found if len(one) <= _ROMAN_OR_LETTERS or one.lower() in NUMBER_WORDS]
    if not named:
        return ""
    last = named[-1].lower()
    if last in NUMBER_WORDS:
        return str(NUMBER_WORDS[last])
    if last.isascii():
        return str(named[-1])
    values = readings(last, "hangul" if "가" <= last <= "힣" else "han")
    return "-".join(map(str, values[0])) if values else ""


def cut_spans(spans: Sequence[Span], end: int, start: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans of a text's part up to `end` and of its part from `start`, which counts from 0 again.

    A line that holds both is cut where its share of characters lies; number and heading,
    which hold no characters of the text, stay with the first part.
    """
    first: list[Span] = []
    second: list[Span] = []
    for span in spans:
        if span.end <= span.start or span.end <= end:
            first.append(span)
        elif span.start >= start:
            second.append(replace(span, start=span.start - start, end=span.end - start))
        else:
            x0, y0, x1, y1 = span.bbox
            cut = x0 + (x1 - x0) * (min(max(end, span.start), span.end) - span.start) / (
                span.end - span.start
            )
            if span.start < end:
                first.append(replace(span, bbox=(x0, y0, cut, y1), end=end))
            if span.end > start:
                second.append(
                    Span(span.page, (cut, y0, x1, y1), max(span.start - start, 0), span.end - start)
                )
    return tuple(first), tuple(second)


def is_printed_after(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """True where what `spans` hold begins after what `others` hold, in reading order: page, column, line.

    The column is told by the widest extent on the page: a number alone may stand left of it all.
    """
    first, other = spans[0], others[0]
    if first.page != other.page:
        return first.page > other.page
    left, right = _extent(spans, first.page)
    other_left, other_right = _extent(others, first.page)
    if left >= other_right:
        return True
    if right <= other_left:
        return False
    return first.bbox[1] > other.bbox[1]


def _extent(spans: Sequence[Span], page: int) -> tuple[float, float]:
    boxes = [span.bbox for span in spans if span.page == page]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)
