"""Files are told apart by their content; the suffix settles what that leaves open."""

from __future__ import annotations

import io
import zipfile

import pytest

from fragcheck.errors import UnreadableInput
from fragcheck.formats import FileKind, sniff


def archive(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
KINDS = [
    ("act.pdf", b"%PDF-1.7 ...", "pdf"),
    ("act.txt", b"\r\n%PDF-1.7 ...", "pdf"),
    ("act.pdf", b"<html>not found</html>", "pdf"),
    ("act.docx", WORD, "docx"),
    ("act.bin", WORD, "docx"),
    ("act.docx", archive("xl/workbook.xml"), "xlsx"),
    ("act.docx", b"PK\x03\x04torn", "docx"),
    ("act.xml", b"<?xml version='1.0'?><akomaNtoso/>", "xml"),
    ("act.txt", b"\xef\xbb\xbf<akomaNtoso>", "xml"),
    ("act.xml", "<?xml version='1.0'?><akomaNtoso/>".encode("utf-16"), "xml"),
    ("act.xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
    ("act", b"<!DOCTYPE html><p>Article 1", "html"),
    ("act.htm", b"Article 1 <b>Scope</b>", "html"),
    ("act.csv", b"id,text\n1,a", "csv"),
    ("act.txt", b"Article 1\nScope", "text"),
    ("act", "Article 1".encode("utf-16"), "text"),
    ("empty.csv", b"", "csv"),
    ("empty.txt", b" \n", "text"),
]


@pytest.mark.parametrize(("name", "content", "kind"), KINDS)
def test_kinds(kept, name, content, kind):
    assert sniff(kept(name, content)) is FileKind(kind)


REFUSED = [
    ("act.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or a locked Word"),
    ("act.rtf", b"{\\rtf1", "RTF"),
    ("act.odt", archive("mimetype", "content.xml"), "OpenDocument"),
    ("act.zip", archive("a.pdf"), "unpack"),
    ("act.zip", b"PK\x03\x04torn", "damaged archive"),
    ("act.gz", b"\x1f\x8b\x08", "gzip"),
    ("act.png", b"\x89PNG\r\n", "image"),
    ("act.dat", b"\x00\x01\x02\x03", "none of them"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED)
def test_other_files_are_refused_by_name(kept, name, content, words):
    with pytest.raises(UnreadableInput, match=words) as caught:
        sniff(kept(name, content))
    assert name in str(caught.value)


def test_what_is_no_file(tmp_path):
    with pytest.raises(UnreadableInput, match="no such file"):
        sniff(tmp_path / "missing.pdf")
    with pytest.raises(UnreadableInput, match="a folder came"):
        sniff(tmp_path)
