"""What kind of file this is, told by its first bytes; the suffix settles only what they leave open."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from fragcheck.errors import UnreadableInput

__all__ = ["READABLE", "SUFFIXES", "FileKind", "sniff"]

#: What can be read, in words for messages.
READABLE = "a PDF, DOCX, HTML, Akoma Ntoso, text, CSV or XLSX file"
#: What the names of such files end in, without the point.
SUFFIXES = ("pdf", "docx", "html", "htm", "xhtml", "xml", "akn", "txt", "csv", "xlsx")
_HEAD = 4096
_PDF_HEAD = 1024
_ZIP = b"PK\x03\x04"
_XML_HEAD = re.compile(rb"^\s*<(?:\?xml|!--|!doctype|[a-z])", re.IGNORECASE)
_HTML_HEAD = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|h1|table|meta|title|article|main)\b", re.IGNORECASE
)
#: Beginnings of files that are told apart only to say what to do with them.
_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old or a locked Word or Excel file",
        "save it as DOCX, XLSX or PDF, without a password",
    ),
    (b"{\\rtf", "an RTF file", "save it as DOCX or PDF"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x89PNG", "an image", "make a PDF of it and read it with OCR"),
    (b"\xff\xd8\xff", "an image", "make a PDF of it and read it with OCR"),
    (b"II*\x00", "an image", "make a PDF of it and read it with OCR"),
    (b"MM\x00*", "an image", "make a PDF of it and read it with OCR"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class FileKind(StrEnum):
    """Kinds of files that are read."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    XML = "xml"
    HTML = "html"
    TEXT = "text"


def sniff(path: Path) -> FileKind:
    """The kind of a file, by its content.

    Raises
    ------
    UnreadableInput
        Where there is no such file, it is a folder, or of a kind that is not read; the message
        says what it is, as far as its first bytes tell.
    """
    if not path.exists():
        raise UnreadableInput(f"{path}: {READABLE} wanted, there is no such file")
    if path.is_dir():
        raise UnreadableInput(f"{path}: {READABLE} wanted, a folder came; name its files")
    if not path.is_file():
        raise UnreadableInput(f"{path}: {READABLE} wanted, a pipe or a device came; save it as a file first")
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UnreadableInput(f"{path.name}: the file cannot be opened ({error.strerror})") from error
    if suffix == ".pdf" or b"%PDF-" in head[:_PDF_HEAD]:
        return FileKind.PDF
    if not head.strip():
        return _by_suffix(suffix)
    if head.startswith(_ZIP):
        return _in_archive(path)
    for start, what, way_out in _OTHERS:
        if head.startswith(start):
            raise UnreadableInput(f"{path.name}: {READABLE} wanted, {what} came; {way_out}")
    return _markup_or_text(path, head, suffix)


def _by_suffix(suffix: str) -> FileKind:
    """Kind of an empty file: its reader says that it is empty."""
    return next((kind for kind in FileKind if suffix == f".{kind.value}"), FileKind.TEXT)


def _in_archive(path: Path) -> FileKind:
    """Office files are ZIP archives; their main part tells which."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if path.suffix.lower() in (".docx", ".xlsx"):
            return FileKind(path.suffix.lower()[1:])  # its reader says what is wrong
        raise UnreadableInput(f"{path.name}: {READABLE} wanted, a damaged archive came ({error})") from error
    if any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return FileKind.DOCX
    what = (
        "an OpenDocument file came; save it as DOCX" if "mimetype" in names else "an archive came; unpack it"
    )
    raise UnreadableInput(f"{path.name}: {READABLE} wanted, {what}")


def _markup_or_text(path: Path, head: bytes, suffix: str) -> FileKind:
    is_wide = head.startswith(_UTF16)
    if b"\x00" in head and not is_wide:
        raise UnreadableInput(f"{path.name}: {READABLE} wanted, it is none of them; convert it first")
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if suffix in (".csv", ".tsv"):
        return FileKind.CSV
    if _XML_HEAD.match(plain):
        is_html = _HTML_HEAD.search(plain) is not None and b"akomantoso" not in plain.lower()
        if suffix in (".html", ".htm", ".xhtml") or is_html:
            return FileKind.HTML
        return FileKind.XML
    if suffix in (".html", ".htm") and b"<" in plain:
        return FileKind.HTML
    return FileKind.TEXT
