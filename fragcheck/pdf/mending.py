"""PDFs that end in the middle: the pages that stand before the cut, made a file that opens.

What tells where everything is (the cross-references, the trailer, often the tree of pages) stands at the end
of a PDF, so that none of it is left of one that a broken download cut off. The objects before the cut are
whole. They are found by their heads here, packed ones are unpacked, and a new tree of pages with a catalogue
and a trailer is written behind them; the engine finds the objects themselves as it does in any file with
wrong cross-references. A page whose text or fonts stood behind the cut stays unread: without its fonts the
engine would give wrong letters.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Mended", "is_cut_off", "mended"]

#: Packed objects of more than this (bytes) altogether are left packed, and more objects than this are no law.
MOST_UNPACKED = 64_000_000
MOST_OBJECTS = 500_000
#: Nodes of the tree above a page that are looked through for its fonts, and objects that these consist of.
DEEPEST = 32
MOST_NEEDED = 2_000
_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})[ \t\r\n]{1,4}(\d{1,5})[ \t\r\n]{1,4}obj\b")
_REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
_PAGE, _PAGES = re.compile(rb"/Type\s*/Page(?![A-Za-z])"), re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_BRACKET = re.compile(rb"<<|>>|[\[\]]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that opens, made of one that was cut off.

    Parameters
    ----------
    data : bytes
        The file.
    lost : frozenset of int
        Numbers of its pages, from 1, whose text or fonts stood behind the cut.
    pages : int
        How many pages it has, lost ones among them.
    expected : int
        How many the whole file had, 0 where nothing tells.
    """

    data: bytes
    lost: frozenset[int]
    pages: int
    expected: int

    @property
    def message(self) -> str:
        """What was done, and what is missing, for the reader."""
        kept = self.pages - len(self.lost)
        whole = f" of {self.expected}" if self.expected > kept else ""
        missing = "" if whole else "; pages behind it may be missing"
        return (
            f"the file is cut off in the middle, as by a broken download: {kept}{whole} pages stand whole "
            f"before the cut and were read with a new table of where they are{missing}; fetch it again"
        )


def is_cut_off(data: bytes) -> bool:
    """Whether a PDF lacks the end that every PDF has behind its last object."""
    return b"%PDF-" in data[:1024] and data.rfind(b"startxref") <= data.rfind(b"endobj")


def mended(data: bytes) -> Mended | None:
    """The pages before the cut as a file that opens; None where no page is whole, or the file is locked.

    Parameters
    ----------
    data : bytes
        A PDF that was cut off.
    """
    objects, end = _objects(data)
    if b"/Encrypt" in data or len(objects) > MOST_OBJECTS:
        return None
    unpacked = _unpacked(objects)
    heads = {**unpacked, **{number: _head(body) for number, body in objects.items()}}
    pages, expected = _pages(heads)
    lost = frozenset(place for place, page in enumerate(pages, start=1) if not _is_whole(page, heads))
    if len(lost) == len(pages):
        return None
    tree = max(heads) + 1
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    parts = [
        data[:end],
        *(b"%d 0 obj\n%b\nendobj" % item for item in unpacked.items() if item[0] not in objects),
    ]
    parts.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%b]>>\nendobj" % (tree, len(pages), kids))
    parts.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj" % (tree + 1, tree))
    parts.append(b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (tree + 1, tree + 2))
    return Mended(b"\n".join(parts), lost, len(pages), expected)


def _objects(data: bytes) -> tuple[dict[int, bytes], int]:
    """The objects that end before the cut, without their heads, and where the last of them ends."""
    found = list(_OBJECT.finditer(data))
    end = data.rfind(b"endobj") + len(b"endobj")
    bounds = [*(match.start() for match in found[1:]), end]
    bodies = {
        int(match[1]): data[match.end() : min(bound, end)]
        for match, bound in zip(found, bounds, strict=False)
    }
    return {number: body for number, body in bodies.items() if b"endobj" in body}, end


def _head(body: bytes) -> bytes:
    """An object without its stream."""
    return body[: start.start()] if (start := _STREAM.search(body)) else body.partition(b"endobj")[0]


def _unpacked(objects: Mapping[int, bytes]) -> dict[int, bytes]:
    """The objects that are packed into streams."""
    found: dict[int, bytes] = {}
    left = MOST_UNPACKED
    for body in objects.values():
        start = _STREAM.search(body)
        head = _head(body)
        if start is None or _PACKED.search(head) is None or b"/DecodeParms" in head:
            continue
        count, first = _number(head, b"/N"), _number(head, b"/First")
        try:
            text = zlib.decompressobj().decompress(body[start.end() :], left)
        except zlib.error:
            continue
        left -= len(text)
        index = [int(value) for value in text[:first].split() if value.isdigit()][: 2 * count]
        places = [first + place for place in index[1::2]]
        for number, low, high in zip(index[::2], places, [*places[1:], len(text)], strict=False):
            found[number] = text[low:high].strip()
        if left <= 0:
            break
    return found


def _number(head: bytes, name: bytes) -> int:
    match = re.search(re.escape(name) + rb"\s+(\d{1,9})(?!\s+\d+\s+R)\b", head)
    return int(match[1]) if match else 0


def _pages(heads: Mapping[int, bytes]) -> tuple[list[int], int]:
    """The pages in their order, and how many the whole file had.

    The order is that of the tree of pages, pages behind the cut among them, where all of the tree is left;
    else that in which they stand in the file.
    """
    pages = [number for number, head in heads.items() if _PAGE.search(head)]
    nodes = {number for number, head in heads.items() if _PAGES.search(head)}
    roots = [number for number in nodes if b"/Parent" not in heads[number]]
    expected = max((_number(heads[root], b"/Count") for root in roots), default=0)
    for root in roots:
        order = list(_leaves(root, heads, set(nodes)))
        if len(order) == expected and set(pages) <= set(order):
            return order, expected
    stated = (_number(head, b"/N") for head in heads.values() if b"/Linearized" in head)
    return pages, expected or max(stated, default=0)


def _leaves(root: int, heads: Mapping[int, bytes], nodes: set[int]) -> Iterator[int]:
    """Pages of a tree in their order, those that are lost among them; each of its `nodes` is opened once."""
    left = [root]
    while left:
        node = left.pop()
        if node in nodes:
            nodes.remove(node)
            kids = [int(match[1]) for match in _REFERENCE.finditer(_value(heads[node], b"/Kids"))]
            left.extend(reversed(kids))
        elif _PAGES.search(heads.get(node, b"")) is None:
            yield node


def _is_whole(page: int, heads: Mapping[int, bytes]) -> bool:
    """Whether a page, its text and its fonts all stand before the cut."""
    head = heads.get(page, b"")
    if _PAGE.search(head) is None:
        return False
    needed = [int(match[1]) for match in _REFERENCE.finditer(_value(head, b"/Contents"))]
    needed.extend(int(match[1]) for match in _REFERENCE.finditer(_fonts(head, heads)))
    seen: set[int] = set()
    while needed:
        number = needed.pop()
        if number not in heads:
            return False
        if number not in seen:
            seen.add(number)
            needed.extend(int(match[1]) for match in _REFERENCE.finditer(heads[number]))
        if len(seen) > MOST_NEEDED:
            return False
    return True


def _fonts(head: bytes, heads: Mapping[int, bytes]) -> bytes:
    """The fonts of a page, its own or of a node above it; a reference to nothing where these are lost."""
    for _ in range(DEEPEST):
        resources = _resolved(_value(head, b"/Resources"), heads)
        if resources is None:
            return b"0 0 R"
        if resources:
            return _value(resources, b"/Font")
        above = _REFERENCE.search(_value(head, b"/Parent"))
        if above is None:
            return b""
        head = heads.get(int(above[1]), b"/Resources 0 0 R")
    return b""


def _resolved(value: bytes, heads: Mapping[int, bytes]) -> bytes | None:
    """A value, or the object that it refers to; None where that is lost."""
    match = _REFERENCE.fullmatch(value.strip())
    return value if match is None else heads.get(int(match[1]))


def _value(head: bytes, name: bytes) -> bytes:
    """The value of a key: a reference, an array or a dictionary; empty where there is none."""
    match = re.search(re.escape(name) + rb"(?![A-Za-z0-9])\s*", head)
    if match is None:
        return b""
    start = match.end()
    if head[start : start + 1] not in (b"[", b"<"):
        found = _REFERENCE.match(head, start)
        return found[0] if found else b""
    depth = 0
    for bracket in _BRACKET.finditer(head, start):
        depth += 1 if bracket[0] in (b"<<", b"[") else -1
        if depth == 0:
            return head[start : bracket.end()]
    return head[start:]
