"""Provisions as Akoma Ntoso 3.0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fragcheck.formats.akn_cells import add_table
from fragcheck.formats.akn_meta import AknWork, add_meta
from fragcheck.formats.akn_names import AKN, OURS, load_vocabulary, to_xml_id, writable
from fragcheck.formats.xml_input import Element
from fragcheck.nlp.leads import lead_in
from fragcheck.records import Document, DocumentKind, Provision, ProvisionKind, Segmentation

__all__ = ["write_akn"]

_ROOTS = {
    DocumentKind.BILL: ("bill", "body"),
    DocumentKind.SOFT_LAW: ("doc", "mainBody"),
    DocumentKind.STANDARD: ("doc", "mainBody"),
}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ANNEXES = frozenset({ProvisionKind.ANNEX, ProvisionKind.SCHEDULE})


@dataclass(slots=True)
class _Node:
    """A provision with those that are written inside of it."""

    provision: Provision
    children: list[_Node] = field(default_factory=list)
    is_adrift: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is text alone."""
        return not (self.children or self.provision.num or self.provision.heading or self.is_adrift)


def write_akn(document: Document, segmentation: Segmentation, work: AknWork | None = None) -> bytes:
    """The provisions as an Akoma Ntoso 3.0 document that `read_akn` reads back to equal provisions.

    Parameters
    ----------
    document : Document
    segmentation : Segmentation
    work : AknWork or None
        What is known of the law itself; None says that nothing is.

    Returns
    -------
    bytes
        XML in UTF-8, valid against the official schema. What the schema has no place for (boxes
        on pages, warnings) stands in ``<proprietary>`` in a namespace of fragcheck. Characters
        that XML cannot hold are replaced by U+FFFD.

    Notes
    -----
    A document that begins with recitals has them in ``<preamble>``; annexes that end it are
    ``<attachments>``. Elsewhere both are ``<hcontainer>``, as are kinds without an element of
    their name. Akoma Ntoso Version 1.0 Part 2 (OASIS, 2018); Naming Convention 1.0 (OASIS, 2019).
    """
    from lxml import etree

    work = work or AknWork()
    name, body_name = _ROOTS.get(document.kind, ("act", "body"))
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "fc": OURS})
    act = etree.SubElement(root, f"{{{AKN}}}{name}", name=name, contains="originalVersion")
    add_meta(act, document, segmentation, work)
    writer = _Writer(segmentation.language)
    nodes = _tree(segmentation.provisions)
    front, middle, conclusions, annexes = _parts(nodes)
    if front:
        writer.preamble(act, front)
    body = writer.element(act, body_name)
    for node in middle:
        writer.unit(body, node)
    if not middle:
        writer.element(body, "hcontainer", name="empty")
    if conclusions is not None:
        writer.block(writer.unit_element(act, "conclusions", conclusions), conclusions.provision.text)
    if annexes:
        attachments = writer.element(act, "attachments")
        for node in annexes:
            writer.attachment(attachments, node, document, work)
    etree.indent(root, space=" ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)) + b"\n"


def _tree(provisions: Sequence[Provision]) -> list[_Node]:
    """Provisions nested as they follow each other; one whose parent is no longer open stands adrift."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    for provision in provisions:
        depth = next(
            (at + 1 for at in reversed(range(len(stack))) if stack[at].provision.eid == provision.parent), 0
        )
        del stack[depth:]
        node = _Node(provision, is_adrift=provision.parent is not None and depth == 0)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    return roots


def _parts(nodes: list[_Node]) -> tuple[list[_Node], list[_Node], _Node | None, list[_Node]]:
    """Front matter, body, conclusions and annexes, as far as they stand where the schema has them."""
    start = 0
    if nodes and nodes[0].provision.kind is ProvisionKind.PREAMBLE and nodes[0].is_plain:
        start = 1
    while start < len(nodes) and _is_recital(nodes[start]):
        start += 1
    if 0 < start < len(nodes) and _is_part(nodes[start], "formula"):
        start += 1
    end = len(nodes)
    while end > start and nodes[end - 1].provision.kind in _ANNEXES:
        end -= 1
    annexes = nodes[end:]
    conclusions = None
    if end > start and _is_part(nodes[end - 1], "conclusions"):
        end -= 1
        conclusions = nodes[end]
    return nodes[:start], nodes[start:end], conclusions, annexes


def _is_recital(node: _Node) -> bool:
    return node.provision.kind is ProvisionKind.RECITAL and not (node.children or node.is_adrift)


def _is_part(node: _Node, eid: str) -> bool:
    """Whether a node is the part of a law that the segmenter calls by that eid."""
    return node.provision.eid == eid and node.provision.kind is ProvisionKind.OTHER and node.is_plain


class _Writer:
    """Writes units under an element; `language` is that of the document."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._contexts: dict[str | None, str] = {None: ""}

    @staticmethod
    def element(above: Element, tag: str, **attributes: str) -> Element:
        """A new last child of `above`."""
        from lxml import etree

        return etree.SubElement(above, f"{{{AKN}}}{tag}", **attributes)

    def unit_element(self, above: Element, tag: str, node: _Node, **attributes: str) -> Element:
        """The element of a provision, with its number, heading and what only fragcheck says of it."""
        provision = node.provision
        made = self.element(above, tag, eId=to_xml_id(provision.eid), **attributes)
        if provision.is_quoted:
            made.set(f"{{{OURS}}}quoted", "true")
        if provision.language != self._inherited(above):
            made.set(_XML_LANG, provision.language)
        if node.is_adrift and provision.parent is not None:
            made.set(f"{{{OURS}}}parent", to_xml_id(provision.parent))
        if provision.context != self._contexts.get(provision.parent, ""):
            made.set(f"{{{OURS}}}context", writable(provision.context))
        self._contexts[provision.eid] = " > ".join(filter(None, (provision.context, provision.heading)))
        for part, words in (("num", provision.num), ("heading", provision.heading)):
            if words:
                self.element(made, part).text = writable(words)
        return made

    def _inherited(self, above: Element) -> str:
        """Language that the elements around state."""
        around = (above, *above.iterancestors())
        return next((str(each.get(_XML_LANG)) for each in around if _XML_LANG in each.attrib), self._language)

    def block(self, above: Element, words: str) -> None:
        """A paragraph of text."""
        self.element(above, "p").text = writable(words)

    def unit(self, above: Element, node: _Node) -> None:
        """A provision of the hierarchy with its children, text before and behind them."""
        provision = node.provision
        if provision.kind in load_vocabulary().hierarchical:
            made = self.unit_element(above, provision.kind.value, node)
        else:
            made = self.unit_element(above, "hcontainer", node, name=provision.kind.value)
        before, behind = self._around(node)
        if provision.cells:
            add_table(self.element(made, "intro" if node.children else "content"), provision.cells)
            before = behind = ""
        if not node.children:
            if provision.text and not provision.cells:
                self.block(self.element(made, "content"), provision.text)
            return
        if before:
            self.block(self.element(made, "intro"), before)
        for child in node.children:
            self.unit(made, child)
        if behind:
            self.block(self.element(made, "wrapUp"), behind)

    def _around(self, node: _Node) -> tuple[str, str]:
        """Text before and behind the children, told by the lead-in that they have in their context."""
        provision = node.provision
        above = [part for part in (provision.context, provision.heading) if part]
        prefix = " > ".join(above)
        lead = ""
        if node.children:
            context = node.children[0].provision.context
            lead = context[len(prefix) :].removeprefix(" > ") if context.startswith(prefix) else ""
        start = provision.text.find(lead)
        is_whole = start < 0 or bool(provision.cells)
        end = len(provision.text) if is_whole else start + len(lead)
        before, behind = provision.text[:end], provision.text[end:]
        self._contexts[provision.eid] = " > ".join([*above, *([lead_in(before)] if before else [])])
        return before, behind

    def preamble(self, act: Element, nodes: Sequence[_Node]) -> None:
        """Preamble, recitals and enacting formula."""
        first = nodes[0]
        rest = nodes
        if first.provision.kind is ProvisionKind.PREAMBLE:
            preamble = self.unit_element(act, "preamble", first)
            if first.provision.text:
                self.block(preamble, first.provision.text)
            rest = nodes[1:]
        else:
            preamble = self.element(act, "preamble")
        recitals = None
        for node in rest:
            if node.provision.kind is ProvisionKind.RECITAL:
                recitals = self.element(preamble, "recitals") if recitals is None else recitals
                self.block(self.unit_element(recitals, "recital", node), node.provision.text)
            else:
                formula = self.unit_element(preamble, "formula", node, name="enacting")
                self.block(formula, node.provision.text)
        if not len(preamble):
            self.block(preamble, "")

    def attachment(self, attachments: Element, node: _Node, document: Document, work: AknWork) -> None:
        """An annex as a document of its own, in its place behind the body."""
        kind = node.provision.kind.value
        made = self.unit_element(attachments, "attachment", node)
        part = self.element(made, "doc", name=kind, contains="originalVersion")
        add_meta(part, document, None, work, component=to_xml_id(node.provision.eid))
        body = self.element(part, "mainBody")
        before, behind = self._around(node)
        if before or not node.children:
            self.block(body, before)
        for child in node.children:
            self.unit(body, child)
        if behind:
            self.block(body, behind)
