"""Styles of a Word document: what a paragraph is set in by its style and those it is based on."""

from __future__ import annotations

from dataclasses import dataclass

from fragcheck.formats.docx_numbering import W, find, value_of
from fragcheck.formats.xml_input import Element

__all__ = ["ParagraphStyle", "Styles", "is_on"]

#: Styles that a style may be based on in turn.
_LONGEST_CHAIN = 12
_SIZES = (16.0, 14.0, 13.0, 12.0, 11.0, 10.5, 10.5, 10.5, 10.5)
_TITLE_SIZE = 18.0


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says: its list and level, rank as a heading from 0, alignment, indent in points, type."""

    number: str = ""
    level: str = ""
    outline: int | None = None
    alignment: str = ""
    indent: float | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_title: bool = False

    @property
    def size(self) -> float:
        """Size that its text is taken to be set in, in points: by rank of the heading."""
        if self.is_title:
            return _TITLE_SIZE
        return 10.0 if self.outline is None else _SIZES[min(self.outline, len(_SIZES) - 1)]


def is_on(element: Element | None) -> bool:
    """Whether a property that may be switched off is on."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off", "none")


class Styles:
    """The paragraph styles of one document.

    Parameters
    ----------
    root : Element or None
        Root of the part ``styles.xml``.
    """

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else list(root.iterchildren(f"{W}style"))
        self._by_id = {str(style.get(f"{W}styleId")): style for style in found}
        self._default = next(
            (
                str(style.get(f"{W}styleId"))
                for style in found
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )
        self._read: dict[str, ParagraphStyle] = {}

    def paragraph(self, identifier: str) -> ParagraphStyle:
        """What the style of that id says, together with those it is based on."""
        identifier = identifier or self._default
        if identifier not in self._read:
            self._read[identifier] = self._made(identifier)
        return self._read[identifier]

    def _made(self, identifier: str) -> ParagraphStyle:
        chain: list[Element] = []
        while identifier in self._by_id and len(chain) < _LONGEST_CHAIN:
            chain.append(self._by_id[identifier])
            identifier = value_of(self._by_id[identifier], "basedOn")

        def first(*names: str) -> Element | None:
            return next((found for style in chain if (found := find(style, *names)) is not None), None)

        name = value_of(chain[0], "name").lower() if chain else ""
        outline = value_of(first("pPr"), "outlineLvl") or _heading_rank(name)
        left = first("pPr", "ind")
        return ParagraphStyle(
            number=str(_val(first("pPr", "numPr", "numId"))),
            level=str(_val(first("pPr", "numPr", "ilvl"))),
            outline=int(outline) if outline.isdigit() and int(outline) < 9 else None,
            alignment=str(_val(first("pPr", "jc"))),
            indent=None if left is None else _points(left),
            is_bold=is_on(first("rPr", "b")),
            is_italic=is_on(first("rPr", "i")),
            is_title=name in ("title", "doc title"),
        )


def _heading_rank(name: str) -> str:
    """Rank from 0 that a name like "heading 2" says; empty for others."""
    head, _, rank = name.rpartition(" ")
    return str(int(rank) - 1) if head == "heading" and rank.isdigit() and 0 < int(rank) < 10 else ""


def _val(element: Element | None) -> str:
    return "" if element is None else str(element.get(f"{W}val") or "")


def _points(indent: Element) -> float | None:
    stated = str(indent.get(f"{W}left") or indent.get(f"{W}start") or "")
    try:
        return float(stated) / 20.0
    except ValueError:
        return None
