"""Errors, limits, and the worker process."""

from __future__ import annotations

import json
import os
import sys
import threading
import zlib
from dataclasses import asdict
from pathlib import Path

import pytest
from pdf_drawing import paragraph, prose, put
from reportlab.lib.pdfencrypt import StandardEncryption

from fragcheck.errors import (
    EncryptedPdf,
    ExtractionError,
    MalformedPdf,
    ReadLimitExceeded,
    UnreadableInput,
)
from fragcheck.isolation import child, parent
from fragcheck.pdf import ReadOptions, read_pdf, read_pdf_isolated, render_page, worker
from fragcheck.pdf.render import MAX_PIXELS, bitmap_size

PNG = b"\x89PNG\r\n\x1a\n"
OPENS = "sesame"


def text_page(c):
    paragraph(c, (70, 90), prose(20))


def raw_pdf(path: Path, objects: list[bytes]) -> Path:
    """A PDF from its objects, numbered from 1; the first is the catalogue."""
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(body)
    return path


BAD_FILES = [
    ("missing.pdf", None, UnreadableInput, "cannot read"),
    ("empty.pdf", b"", UnreadableInput, "0 bytes"),
    ("notes.pdf", b"These are notes and no PDF at all.", MalformedPdf, "not a PDF"),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", MalformedPdf, "cut off in the middle"),
    ("broken.pdf", b"%PDF-1.7 nothing\nstartxref\n0\n%%EOF", MalformedPdf, "damaged"),
]


@pytest.mark.parametrize("read", [read_pdf, read_pdf_isolated])
@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad[0])
def test_bad_files_get_one_line_that_names_them(tmp_path, read, bad):
    name, content, error, words = bad
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error) as caught:
        read(path)
    message = str(caught.value)
    assert words in message
    assert name in message
    assert "\n" not in message


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot read"):
        read_pdf(tmp_path)


def test_no_pages(tmp_path):
    path = raw_pdf(
        tmp_path / "none.pdf", [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    )
    with pytest.raises(MalformedPdf, match="no pages"):
        read_pdf(path)


def test_passwords(make_pdf):
    path = make_pdf(text_page, name="locked.pdf", encrypt=StandardEncryption(OPENS, canPrint=1))
    with pytest.raises(EncryptedPdf, match=r"needs a password.*--password"):
        read_pdf_isolated(path)
    with pytest.raises(EncryptedPdf, match="not opened by the password"):
        read_pdf(path, ReadOptions(password=OPENS + "x"))
    assert len(read_pdf_isolated(path, ReadOptions(password=OPENS)).lines) == 20
    assert render_page(path, 1, password=OPENS, scale=0.5).startswith(PNG)


def test_too_many_pages(make_pdf):
    path = make_pdf(text_page, text_page, text_page)
    with pytest.raises(ReadLimitExceeded, match=r"3 pages and at most 2.*--max-pages"):
        read_pdf_isolated(path, ReadOptions(max_pages=2))


@pytest.mark.parametrize("field", ["max_pages", "timeout_s", "memory_mb"])
def test_limits_have_to_be_positive(field):
    with pytest.raises(ValueError, match="positive"):
        ReadOptions(**{field: 0})


def test_the_worker_reads_the_same(make_pdf):
    path = make_pdf(text_page, text_page, title="Act on the Reading of Tests")
    assert read_pdf_isolated(path) == read_pdf(path)


def test_a_hang_costs_one_file(make_pdf, monkeypatch):
    monkeypatch.setattr(parent, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(ReadLimitExceeded, match=r"within 0.3 s"):
        read_pdf_isolated(make_pdf(text_page), ReadOptions(timeout_s=0.3))


@pytest.mark.parametrize(
    ("signal", "error"),
    [("SIGSEGV", MalformedPdf), ("SIGABRT", ReadLimitExceeded), ("SIGKILL", ReadLimitExceeded)],
)
def test_a_crash_costs_one_file(make_pdf, monkeypatch, signal, error):
    code = (
        "import os, resource, signal; resource.setrlimit(resource.RLIMIT_CORE, (0, 0));"
        f"os.kill(os.getpid(), signal.{signal})"
    )
    monkeypatch.setattr(parent, "COMMAND", (sys.executable, "-c", code))
    path = make_pdf(text_page)
    with pytest.raises(error, match=signal) as caught:
        read_pdf_isolated(path)
    assert str(path) in str(caught.value)


def test_an_unknown_error_of_the_worker_is_an_extraction_error(make_pdf, monkeypatch):
    head = json.dumps({"error": "SomethingElse", "message": "it broke"})
    monkeypatch.setattr(parent, "COMMAND", (sys.executable, "-c", f"print({head!r})"))
    with pytest.raises(ExtractionError, match="it broke"):
        read_pdf_isolated(make_pdf(text_page))


def test_a_worker_that_ends_badly_without_a_signal(make_pdf, monkeypatch):
    monkeypatch.setattr(parent, "COMMAND", (sys.executable, "-c", "raise SystemExit(7)"))
    with pytest.raises(MalformedPdf, match="exit status"):
        read_pdf_isolated(make_pdf(text_page))


def test_a_memory_bomb_costs_one_file(tmp_path):
    """A page of 200 MB of spaces, packed twice into some kilobytes."""
    packed = zlib.compress(zlib.compress(b" " * 200_000_000, 1), 9)
    path = raw_pdf(
        tmp_path / "bomb.pdf",
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
            b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream"
            % (len(packed), packed),
        ],
    )
    with pytest.raises((ReadLimitExceeded, MalformedPdf), match=r"bomb\.pdf"):
        read_pdf_isolated(path, ReadOptions(memory_mb=320, timeout_s=60, ocr="never"))


def performed(kind, path, **more):
    """The task in this process, as the worker does it."""
    return child.perform(asdict(worker.task_of(kind, path, ReadOptions(), **more)))


@pytest.mark.parametrize(
    ("raised", "name", "words"),
    [
        (MemoryError(), "ReadLimitExceeded", "MiB"),
        (RuntimeError("odd\nthing"), "MalformedPdf", "RuntimeError: odd"),
        (EncryptedPdf("locked"), "EncryptedPdf", "locked"),
    ],
)
def test_the_worker_names_what_went_wrong(monkeypatch, raised, name, words):
    def fail(*_):
        raise raised

    monkeypatch.setattr("fragcheck.pdf.reader.read_document", fail)
    head, body = performed("read", "law.pdf")
    assert head["error"] == name
    assert words in head["message"]
    assert "\n" not in head["message"]
    assert body == b""


def test_the_worker_performs_its_tasks(make_pdf):
    path = str(make_pdf(text_page))
    head, body = performed("read", path)
    assert head == {"ok": True}
    assert len(json.loads(body)["lines"]) == 20
    head, body = performed("draw", path, number=1, scale=1.0)
    assert head == {"ok": True}
    assert body.startswith(PNG)


def test_pages_are_drawn_from_many_threads(make_pdf):
    path = make_pdf(lambda c: put(c, (70, 90), "one"), lambda c: put(c, (70, 90), "two"))
    images: dict[int, bytes] = {}
    threads = [
        threading.Thread(target=lambda k=k: images.__setitem__(k, render_page(path, 1 + k % 2, scale=0.4)))
        for k in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert images[0] == images[2] != images[1] == images[3]
    assert images[0].startswith(PNG)


def test_a_page_that_is_not_there(make_pdf):
    with pytest.raises(UnreadableInput, match="pages 1 to 1, page 5"):
        render_page(make_pdf(text_page), 5)


@pytest.mark.parametrize("sides", [(595, 842), (14400, 14400), (200, 60000)])
def test_large_pages_are_drawn_smaller(sides):
    scale = bitmap_size(*sides, 2.0)
    assert 0 < scale <= 2.0
    assert sides[0] * sides[1] * scale**2 <= MAX_PIXELS * 1.0001


def test_the_worker_finds_the_package_from_anywhere(make_pdf, tmp_path, monkeypatch):
    path = make_pdf(text_page)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["elsewhere"]))
    assert len(read_pdf_isolated(path.name).lines) == 20
