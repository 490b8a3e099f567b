"""The walk through an Akoma Ntoso document: elements become units, running text goes to the unit it is in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from fragcheck.formats.akn_cells import read_cells
from fragcheck.formats.akn_names import OURS, Vocabulary, from_xml_id, load_vocabulary
from fragcheck.formats.xml_input import Element, local_name
from fragcheck.nlp.leads import lead_in
from fragcheck.records import Notice, Provision, ProvisionKind, TableCell, table_text

__all__ = ["Walked", "walk"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Elements that stand at the root whatever element they are written in.
_ROOTED = frozenset({"recital", "formula", "conclusions", "attachment"})
_FRONT = frozenset({"preface", "preamble"})
_NAMING = frozenset({"num", "heading", "subheading"})
_TOKEN = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")


@dataclass(frozen=True, slots=True)
class Walked:
    """Provisions in document order and what was odd."""

    provisions: tuple[Provision, ...]
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class _Unit:
    """A unit under construction. `lead` is text before its children, `tail` behind the first of them."""

    kind: ProvisionKind
    eid: str
    parent: _Unit | None
    language: str
    is_quoted: bool = False
    num: str = ""
    heading: str = ""
    context: str | None = None
    parent_eid: str | None = None
    lead: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    has_children: bool = False
    cells: tuple[TableCell, ...] = ()

    def add(self, words: str | None) -> None:
        """Append running text."""
        if words:
            (self.tail if self.has_children else self.lead).append(words)


def walk(root: Element, language: str, *, is_ours: bool) -> Walked:
    """Provisions of a document.

    Parameters
    ----------
    root : Element
        ``akomaNtoso``.
    language : str
        ISO 639-1 code of text without ``xml:lang``; may be empty.
    is_ours : bool
        Whether `write_akn` wrote it: then text is taken to the letter and identifiers are decoded.
    """
    walker = _Walker(language, is_ours=is_ours)
    walker.children(root, None, language, is_quoted=False)
    return walker.finish()


class _Walker:
    def __init__(self, language: str, *, is_ours: bool) -> None:
        self._vocabulary: Vocabulary = load_vocabulary()
        self._language = language
        self._is_ours = is_ours
        self._units: list[_Unit] = []
        self._used: dict[str, int] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._notices: list[Notice] = []

    def children(self, element: Element, unit: _Unit | None, language: str, *, is_quoted: bool) -> None:
        """Walk through the content of an element that holds units or blocks."""
        for child in element:
            self._visit(child, unit, language, is_quoted=is_quoted)

    def _visit(self, element: Element, unit: _Unit | None, language: str, *, is_quoted: bool) -> None:
        name = local_name(element)
        if not name or name in self._vocabulary.skipped or name in _NAMING:
            return
        stated = element.get(_XML_LANG)
        if stated is None:
            spoken = language
        else:
            spoken = stated if self._is_ours else self._vocabulary.short_language(stated) or language
        is_quoted = is_quoted or name in self._vocabulary.quoting
        is_unit = name in self._vocabulary.kind or name in _FRONT
        if is_unit and (not self._is_ours or "eId" in element.attrib):
            self._open(element, name, unit, spoken, is_quoted=is_quoted)
        elif self._is_running(element):
            self._running(element, self._current(unit, spoken), spoken, is_quoted=is_quoted)
        else:
            self.children(element, unit, spoken, is_quoted=is_quoted)

    def _is_running(self, element: Element) -> bool:
        """Whether an element holds text between its children."""
        return (
            bool((element.text or "").strip())
            or any((child.tail or "").strip() for child in element)
            or (local_name(element) in self._vocabulary.breaking and len(element) == 0)
        )

    def _open(
        self, element: Element, name: str, unit: _Unit | None, language: str, *, is_quoted: bool
    ) -> None:
        parent = None if name in _ROOTED or name in _FRONT else unit
        if is_quoted and unit is not None:
            parent = unit
        kind = self._kind(element, name)
        num = self._part(element, "num")
        made = _Unit(
            kind=kind,
            eid=self._eid(element, name, num, parent),
            parent=parent,
            language=language,
            is_quoted=is_quoted or element.get(f"{{{OURS}}}quoted") == "true",
            num=num,
            heading=self._part(element, "heading", "subheading"),
            context=element.get(f"{{{OURS}}}context") if self._is_ours else None,
        )
        adrift = element.get(f"{{{OURS}}}parent") if self._is_ours else None
        made.parent_eid = None if adrift is None else from_xml_id(adrift)
        if parent is not None:
            parent.has_children = True
        self._units.append(made)
        cells = read_cells(element, self._cell_words) if made.kind is ProvisionKind.TABLE else ()
        if cells:
            made.cells = cells
            made.lead = [table_text(cells)]
            if self._is_ours:
                for child in element:
                    if "eId" in child.attrib:
                        self._visit(child, made, language, is_quoted=is_quoted)
        elif name == "crossHeading":
            made.heading = self._clean(self._words(element))
        elif name in ("table", "toc"):
            self._rows(element, made)
        elif self._is_running(element):
            self._running(element, made, language, is_quoted=made.is_quoted)
        else:
            self.children(element, made, language, is_quoted=is_quoted)

    def _kind(self, element: Element, name: str) -> ProvisionKind:
        vocabulary = self._vocabulary
        named = str(element.get("name") or "")
        if name in _FRONT:
            return ProvisionKind.PREAMBLE
        if name == "attachment":
            inner = next((child.get("name") for child in element if child.get("name")), "") or ""
            return vocabulary.kind_by_name.get(inner.lower(), ProvisionKind.ANNEX)
        if name == "hcontainer":
            if self._is_ours and named in set(ProvisionKind):
                return ProvisionKind(named)
            return vocabulary.kind_by_name.get(named.lower(), ProvisionKind.OTHER)
        return vocabulary.kind[name]

    def _current(self, unit: _Unit | None, language: str) -> _Unit:
        """The unit that running text goes to; one of its own for text outside of all units."""
        if unit is not None:
            return unit
        if self._units and self._units[-1].eid.startswith("text_") and self._units[-1].parent is None:
            return self._units[-1]
        kind = ProvisionKind.OTHER if self._units else ProvisionKind.PREAMBLE
        made = _Unit(kind, self._unique(f"text_{len(self._units) + 1}"), None, language)
        self._units.append(made)
        return made

    def _running(self, element: Element, unit: _Unit, language: str, *, is_quoted: bool) -> None:
        """Add the text of a block; units inside of it (quoted structures, lists) become children."""
        vocabulary = self._vocabulary
        unit.add(element.text)
        for child in element:
            name = local_name(child)
            if name and name not in vocabulary.skipped and name not in _NAMING:
                if name in vocabulary.kind or name in vocabulary.quoting or name in ("list", "blockList"):
                    self._visit(child, unit, language, is_quoted=is_quoted)
                else:
                    self._running(child, unit, language, is_quoted=is_quoted)
            unit.add(child.tail)
        if local_name(element) in vocabulary.breaking and not self._is_ours:
            unit.add(" ")

    def _rows(self, element: Element, unit: _Unit) -> None:
        """A table of contents or a table without cells: a line for each entry."""
        rows = [row for row in element.iter() if local_name(row) == "tocItem"] or [element]
        unit.add("\n".join(self._clean(self._words(row)) for row in rows))

    def _cell_words(self, cell: Element) -> str:
        if self._is_ours:  # white space around the paragraph only sets it out
            return "".join(self._words(block) for block in cell)
        return self._clean(self._words(cell))

    def _part(self, element: Element, *names: str) -> str:
        parts = [self._clean(self._words(child)) for child in element if local_name(child) in names]
        return " ".join(part for part in parts if part)

    def _words(self, element: Element) -> str:
        """All text in an element but what is skipped."""
        pieces = [element.text or ""]
        for child in element:
            name = local_name(child)
            if name and name not in self._vocabulary.skipped:
                pieces.append(self._words(child))
                if name in self._vocabulary.breaking:
                    pieces.append(" ")
            pieces.append(child.tail or "")
        return "".join(pieces)

    def _clean(self, words: str) -> str:
        return words if self._is_ours else " ".join(words.split())

    def _eid(self, element: Element, name: str, num: str, parent: _Unit | None) -> str:
        stated = str(element.get("eId") or element.get("id") or "")
        if stated:
            return self._unique(from_xml_id(stated) if self._is_ours else stated)
        if name in _FRONT:
            return self._unique(name)
        prefix = self._vocabulary.prefix.get(name, name)
        tokens = _TOKEN.findall(unicodedata.normalize("NFKC", num))
        above = "" if parent is None else parent.eid
        if tokens:
            own = f"{prefix}_{tokens[-1]}"
        else:
            count = self._counts[above, prefix] = self._counts.get((above, prefix), 0) + 1
            own = f"{prefix}_{count}"
        return self._unique(f"{above}__{own}" if above else own)

    def _unique(self, eid: str) -> str:
        """`eid`, or with a mark where it stands already."""
        count = self._used[eid] = self._used.get(eid, 0) + 1
        if count == 1:
            return eid
        marked = f"{eid}~{count}"
        self._notices.append(
            Notice("id-repeated", f"The eId {eid} stands again; it is called {marked}.", eid=marked)
        )
        return marked

    def finish(self) -> Walked:
        """The units as provisions, void ones left out."""
        contexts: dict[str, str] = {}
        provisions: list[Provision] = []
        for unit in self._units:
            before, text = self._text(unit)
            if not (self._is_ours or text or unit.num or unit.heading or unit.has_children):
                continue
            parent = unit.parent.eid if unit.parent is not None else unit.parent_eid
            context = unit.context
            if context is None:
                context = contexts.get(parent, "") if parent is not None else ""
            own = [part for part in (context, unit.heading) if part]
            if before:
                own.append(lead_in(before))
            contexts[unit.eid] = " > ".join(own)
            provisions.append(
                Provision(
                    eid=unit.eid, kind=unit.kind, num=unit.num, heading=unit.heading, text=text,
                    context=context, parent=parent, language=unit.language, is_quoted=unit.is_quoted,
                    cells=unit.cells,
                )
            )  # fmt: skip
        return Walked(tuple(provisions), tuple(self._notices))

    def _text(self, unit: _Unit) -> tuple[str, str]:
        """Text before the children (empty where there are none) and all text of a unit."""
        lead, tail = "".join(unit.lead), "".join(unit.tail)
        if not self._is_ours and unit.kind is not ProvisionKind.TABLE:
            lead, tail = " ".join(lead.split()), " ".join(tail.split())
            text = " ".join(part for part in (lead, tail) if part)
        else:
            text = lead + tail
        return (lead if unit.has_children else ""), text
