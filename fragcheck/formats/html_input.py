"""HTML to a document: block structure becomes paragraphs, headings and tables."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fragcheck.errors import UnreadableInput
from fragcheck.formats.blocks import Block, BlockWriter, labelled, lines_of, table_row
from fragcheck.formats.numerals import numeral
from fragcheck.formats.text_input import decoded
from fragcheck.formats.xml_input import Element, local_name, read_limited
from fragcheck.records import Document, LineRole, Notice

__all__ = ["read_html"]

_LIST_INDENT = 18.0
_QUOTE_INDENT = 18.0
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_LABELLED = re.compile(r"\s*(?:[(（\[]?[\w.]{1,6}[)）\].]|[—–•①-⑳]|[Aa]rt|§|第|제)")
_LENGTH = re.compile(r"(?:margin-left|padding-left|text-indent)\s*:\s*(-?[\d.]+)\s*(pt|px|em|rem|cm|mm|in)?")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 10.0, "rem": 10.0, "cm": 28.35, "mm": 2.835, "in": 72.0, None: 0.75}
_HEAD = 4096
_TITLE = 300


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    text = files("fragcheck.formats").joinpath("data", "html.toml").read_text("utf-8")
    return tomllib.loads(text)


def read_html(path: Path) -> Document:
    """The document of an HTML or XHTML file.

    Headings are set larger and bold, list items get the number that a browser would show, a table
    of labels and texts is read as a list; navigation and page headers are marked as furniture;
    deleted text is marked as struck. Scripts, hidden elements and form fields are left out. Nothing
    is fetched.

    Raises
    ------
    UnreadableInput
        Where the file is not there, empty, too large, or holds no HTML.
    """
    data = read_limited(path, "an HTML file")
    text, notices = _text(data)
    root = _parsed(text, path.name)
    reader = _Reader()
    try:
        reader.children(root, Block(""), {})
    except RecursionError as error:
        raise UnreadableInput(
            f"{path.name}: its elements nest too deeply to be a law; export it again"
        ) from error
    reader.writer.end(Block(""))
    blocks = reader.writer.blocks
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        title=_title(root) or path.stem,
        path=str(path),
        lines=lines_of(blocks),
        warnings=notices,
    )


def _text(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Text by its mark, by the encoding that it states, by UTF-8, or else as Windows-1252."""
    stated = _CHARSET.search(data[:_HEAD])
    if stated is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = stated[1].decode("ascii").lower()
        try:
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1") else name), ()
        except (LookupError, UnicodeDecodeError):
            pass  # wrongly stated: the bytes themselves tell more
    return decoded(data)


def _parsed(text: str, name: str) -> Element:
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", "").lstrip("\ufeff"))
    try:
        root = html.document_fromstring(bare, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        said = str(error).splitlines()[0][:120]
        raise UnreadableInput(f"{name}: HTML wanted, none was found ({said}); save the page again") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableInput(f"{name}: its elements nest too deeply to be a law; export it again")
    return root


def _title(root: Element) -> str:
    for name in ("title", "h1"):
        for element in root.iter(name):
            words = " ".join("".join(element.itertext()).split())
            if words:
                return words[:_TITLE]
    return ""


Run = dict[str, bool]


class _Reader:
    """Walks through elements; `style` is what blocks are set in, `run` what runs are set in."""

    def __init__(self) -> None:
        self.writer = BlockWriter()

    def children(self, element: Element, style: Block, run: Run) -> None:
        """Read the content of an element."""
        is_pre = local_name(element) == "pre"
        self._words(element.text, style, run, is_pre=is_pre)
        for child in element:
            self._visit(child, style, run)
            self._words(child.tail, style, run, is_pre=is_pre)

    def _words(self, words: str | None, style: Block, run: Run, *, is_pre: bool) -> None:
        if not words:
            return
        if not is_pre:
            self.writer.add(words, **run)
            return
        for at, row in enumerate(words.split("\n")):
            if at:
                (self.writer.end_line if row.strip() else self.writer.end)(style)
            self.writer.add(row, **run)

    def _visit(self, element: Element, style: Block, run: Run) -> None:
        name = local_name(element).lower()
        css = str(element.get("style") or "").lower()
        if (
            not name
            or name in _vocabulary()["skipped"]
            or element.get("hidden") is not None
            or re.search(r"display\s*:\s*none", css)
        ):
            return
        if name == "br":
            self.writer.end_line(style)
        elif name in _vocabulary()["block"]:
            self.writer.end(style)
            self._block(element, name, css, style, run)
        else:
            self.children(element, style, _run(name, css, run))

    def _block(self, element: Element, name: str, css: str, style: Block, run: Run) -> None:
        inner = _style(element, name, css, style)
        inner_run = _run(name, css, run)
        if name == "table":
            self._table(element, inner, inner_run)
        elif name in ("ol", "ul"):
            self._list(element, inner, inner_run, css)
        else:
            self.children(element, inner, inner_run)
            self.writer.end(inner)

    def _apart(self, element: Element, style: Block, run: Run) -> list[Block]:
        """Blocks of an element alone."""
        outer, self.writer = self.writer, BlockWriter()
        self.children(element, style, run)
        self.writer.end(style)
        made, self.writer = self.writer.blocks, outer
        return made

    def _table(self, table: Element, style: Block, run: Run) -> None:
        for row in table.iter("tr"):
            if next((above for above in row.iterancestors("table")), None) is not table:
                continue
            cells = [cell for cell in row if local_name(cell) in ("td", "th")]
            made = [
                self._apart(
                    cell, _style(cell, "td", str(cell.get("style") or ""), replace(style, is_centred=False)),
                    _run(local_name(cell), "", run),
                )
                for cell in cells
            ]  # fmt: skip
            self.writer.blocks.extend(table_row(made))
        for caption in table.iterchildren("caption"):
            self.writer.blocks.extend(self._apart(caption, style, run))

    def _list(self, element: Element, style: Block, run: Run, css: str) -> None:
        kind = _numbering(element, css)
        count = _figure(element.get("start"), 1) - 1
        for child in element:
            if local_name(child) != "li":
                self._visit(child, style, run)
                continue
            count = _figure(child.get("value"), count + 1)
            blocks = self._apart(child, style, run)
            mark = numeral(count, kind) if kind != "none" else ""
            if mark and blocks and not _LABELLED.match(blocks[0].text):
                blocks = labelled(f"{mark}.", blocks)
            self.writer.blocks.extend(blocks)


def _numbering(element: Element, css: str) -> str:
    if local_name(element) == "ul":
        return "none"
    stated = re.search(r"list-style(?:-type)?\s*:\s*([a-z-]+)", css)
    if stated is not None and stated[1] in _vocabulary()["list_style"]:
        return str(_vocabulary()["list_style"][stated[1]])
    return str(_vocabulary()["list_type"].get(str(element.get("type") or "1"), "decimal"))


def _figure(stated: str | None, default: int) -> int:
    return int(stated) if stated is not None and re.fullmatch(r"-?\d{1,6}", stated.strip()) else default


def _style(element: Element, name: str, css: str, style: Block) -> Block:
    """What the blocks of an element are set in."""
    role = style.role
    if name in ("nav", "aside") or element.get("role") == "navigation":
        role = LineRole.MARGIN
    elif name in ("header", "footer") and local_name(element.getparent()) == "body":
        role = LineRole.HEADER if name == "header" else LineRole.FOOTER
    indent = style.indent + {
        "ol": _LIST_INDENT,
        "ul": _LIST_INDENT,
        "blockquote": _QUOTE_INDENT,
        "dd": _QUOTE_INDENT,
    }.get(name, 0)
    indent += sum(
        float(number or 0) * _POINTS[unit or None]
        for number, unit in _LENGTH.findall(css)
        if _is_number(number)
    )
    aligned = re.search(r"text-align\s*:\s*(\w+)", css)
    align = aligned[1] if aligned else str(element.get("align") or "").lower()
    is_centred = name == "center" or align == "center" or (style.is_centred and not align)
    return Block(
        "",
        role,
        size=_vocabulary()["size"].get(name, style.size),
        is_bold=style.is_bold or name in _vocabulary()["size"],
        is_centred=is_centred,
        indent=max(indent, 0.0),
    )


def _is_number(words: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d*)?|-?\.\d+", words) is not None


def _run(name: str, css: str, run: Run) -> Run:
    """What the runs of an element are set in."""
    more = {
        "is_bold": name in ("b", "strong", "th")
        or re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", css) is not None,
        "is_italic": name in ("i", "em", "cite") or re.search(r"font-style\s*:\s*italic", css) is not None,
        "is_struck": name in ("del", "s", "strike") or "line-through" in css,
        "is_raised": name == "sup" or re.search(r"vertical-align\s*:\s*super", css) is not None,
    }
    return {**run, **{key: True for key, is_on in more.items() if is_on}}
