"""`fetch` against a publisher on this machine; no test reaches the outside."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import httpx
import pytest
from misbehaving_publisher import PDF, SHA256, Publisher

from fragcheck.catalogue import FetchLimits, fetch
from fragcheck.catalogue.addresses import is_allowed_address
from fragcheck.errors import CatalogueError, DownloadError


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_fetch_stores_the_file_and_its_provenance(publisher: Publisher, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    instrument = publisher.instrument("/whole", sha256=SHA256)
    path = fetch(instrument, tmp_path / "new" / "folder", on_progress=lambda *step: seen.append(step))
    assert path.name == "test-law.pdf"
    assert path.read_bytes() == PDF
    assert names(path.parent) == {"test-law.pdf", "test-law.pdf.json"}
    provenance = json.loads((path.parent / "test-law.pdf.json").read_text(encoding="utf-8"))
    assert provenance["sha256"] == SHA256
    assert provenance["is_verified"] is True
    assert provenance["bytes"] == len(PDF)
    assert provenance["url"] == instrument.url
    assert provenance["headers"]["etag"] == '"one"'
    assert provenance["retrieved_at"].endswith("+00:00")
    assert seen[-1] == (len(PDF), len(PDF))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_copy_that_is_kept_is_not_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    instrument = publisher.instrument("/whole")
    fetch(instrument, tmp_path)
    fetch(instrument, tmp_path)
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("damage", ["file", "provenance", "address"])
def test_a_damaged_or_foreign_copy_is_fetched_again(
    publisher: Publisher, tmp_path: Path, damage: str
) -> None:
    path = fetch(publisher.instrument("/whole"), tmp_path)
    if damage == "file":
        path.write_bytes(b"%PDF something else")
    elif damage == "provenance":
        path.with_suffix(".pdf.json").write_text('{"sha', encoding="utf-8")
    other = publisher.instrument("/untyped" if damage == "address" else "/whole")
    assert fetch(other, tmp_path).read_bytes() == PDF
    assert len(publisher.asked) == 2


@pytest.mark.parametrize("path", ["/once", "/untyped", "/without-length"])
def test_fetch_accepts_lawful_oddities(publisher: Publisher, tmp_path: Path, path: str) -> None:
    assert fetch(publisher.instrument(path), tmp_path).read_bytes() == PDF


def test_redirects_are_recorded(publisher: Publisher, tmp_path: Path) -> None:
    path = fetch(publisher.instrument("/once"), tmp_path)
    provenance = json.loads(path.with_suffix(".pdf.json").read_text(encoding="utf-8"))
    assert provenance["visited"] == [publisher.address + "/once", publisher.address + "/whole"]
    assert provenance["is_verified"] is False


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "the server answered 404"),
        ("/broken", "the server answered 500"),
        ("/loop", "it redirects more than 5 times"),
        ("/nowhere", "it redirects more than 5 times"),
        ("/to-http", "it leads to http://law.example/whole; only https is followed"),
        ("/to-file", "it leads to file:///etc/hostname"),
        ("/page", "text/html came"),
        ("/masked-page", "begins with b'<html>not the la'"),
        ("/empty", "begins with b''"),
        ("/huge", "larger than"),
        ("/endless", "larger than"),
        ("/cut", "the transfer broke"),
        ("/cut-without-length", "the end of the PDF is missing"),
        ("/slow", "took longer than 0.5 s"),
        ("/silent", "it fell silent"),
    ],
)
def test_fetch_refuses_what_is_not_the_whole_pdf(
    publisher: Publisher, tmp_path: Path, path: str, words: str
) -> None:
    quick = path in {"/slow", "/silent"}
    limits = FetchLimits(
        max_bytes=1_000_000,
        total_seconds=0.5 if path == "/slow" else 60,
        silent_seconds=0.3 if path == "/silent" else 30,
    )
    with pytest.raises(DownloadError) as caught:
        fetch(publisher.instrument(path), tmp_path, limits=limits)
    message = str(caught.value)
    assert words in message
    assert message.startswith("test-law: a PDF wanted from ")
    assert isinstance(caught.value, CatalogueError)
    assert "test-law.pdf" not in names(tmp_path)
    assert quick or len(publisher.asked) <= 6


@pytest.mark.parametrize("path", ["/page", "/masked-page", "/endless", "/huge"])
def test_nothing_is_left_of_what_is_no_pdf_or_too_large(
    publisher: Publisher, tmp_path: Path, path: str
) -> None:
    with pytest.raises(DownloadError):
        fetch(publisher.instrument(path), tmp_path, limits=FetchLimits(max_bytes=500_000))
    assert names(tmp_path) == set()


def test_another_sha256_is_refused_and_the_file_set_aside(publisher: Publisher, tmp_path: Path) -> None:
    wanted = hashlib.sha256(b"another edition").hexdigest()
    with pytest.raises(DownloadError, match=f"sha256 {SHA256} came instead of {wanted}"):
        fetch(publisher.instrument("/whole", sha256=wanted), tmp_path)
    assert names(tmp_path) == {"test-law.pdf.rejected"}
    assert (tmp_path / "test-law.pdf.rejected").read_bytes() == PDF


def test_a_cut_download_goes_on_where_it_stopped(publisher: Publisher, tmp_path: Path) -> None:
    instrument = publisher.instrument("/cut", sha256=SHA256)
    with pytest.raises(DownloadError, match="run the command again"):
        fetch(instrument, tmp_path)
    there = (tmp_path / "test-law.pdf.part").stat().st_size
    assert 0 < there <= 100_000
    path = fetch(instrument, tmp_path)
    assert path.read_bytes() == PDF
    assert publisher.asked[-1][1]["Range"] == f"bytes={there}-"
    assert publisher.asked[-1][1]["If-Range"] == '"one"'
    assert names(tmp_path) == {"test-law.pdf", "test-law.pdf.json"}
    assert json.loads((tmp_path / "test-law.pdf.json").read_text(encoding="utf-8"))["resumed_at"] == there


def _leave_part(publisher: Publisher, tmp_path: Path, path: str, content: bytes, validator: str) -> None:
    (tmp_path / "test-law.pdf.part").write_bytes(content)
    notes = {"url": publisher.address + path, "validator": validator}
    (tmp_path / "test-law.pdf.part.json").write_text(json.dumps(notes), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "content", "validator"),
    [
        pytest.param("/whole", PDF[:5000], '"one"', id="server ignores ranges"),
        pytest.param("/wrong-range", PDF[:5000], '"one"', id="server sends another range"),
        pytest.param("/ranged", PDF[:5000], '"old"', id="file has changed"),
        pytest.param("/ranged", PDF, '"one"', id="nothing is left to send"),
        pytest.param("/ranged", PDF[:5000], "", id="nothing tells versions apart"),
        pytest.param("/ranged", b"", '"one"', id="part is empty"),
    ],
)
def test_resume_falls_back_to_the_whole_file(
    publisher: Publisher, tmp_path: Path, path: str, content: bytes, validator: str
) -> None:
    _leave_part(publisher, tmp_path, path, content, validator)
    assert fetch(publisher.instrument(path), tmp_path).read_bytes() == PDF
    assert names(tmp_path) == {"test-law.pdf", "test-law.pdf.json"}


def test_a_part_of_another_address_is_not_continued(publisher: Publisher, tmp_path: Path) -> None:
    _leave_part(publisher, tmp_path, "/elsewhere", b"%PDF of another law", '"one"')
    assert fetch(publisher.instrument("/ranged"), tmp_path).read_bytes() == PDF
    assert "Range" not in publisher.asked[0][1]


def test_a_given_client_is_used_and_left_open(publisher: Publisher, tmp_path: Path) -> None:
    with httpx.Client(headers={"User-Agent": "a library of law"}) as client:
        fetch(publisher.instrument("/whole"), tmp_path, client=client)
        assert not client.is_closed
    assert publisher.asked[0][1]["User-Agent"] == "a library of law"


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    absent = Publisher(address="http://127.0.0.1:9")
    with pytest.raises(DownloadError, match="the transfer broke"):
        fetch(absent.instrument("/law"), tmp_path)


def test_a_folder_that_cannot_be_made(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(DownloadError, match="it cannot be stored"):
        fetch(publisher.instrument("/whole"), tmp_path / "file" / "folder")


@pytest.mark.parametrize(
    ("address", "came_from", "expected"),
    [
        ("https://law.example/a.pdf", None, True),
        ("http://law.example/a.pdf", None, False),
        ("ftp://law.example/a.pdf", None, False),
        ("https:///a.pdf", None, False),
        ("https://user:secret@law.example/a.pdf", None, False),
        ("https://[broken/a.pdf", None, False),
        ("http://localhost:8000/a.pdf", None, True),
        ("http://[::1]/a.pdf", None, True),
        ("http://127.0.0.1/a.pdf", "http://127.0.0.1/b.pdf", True),
        ("https://127.0.0.1/a.pdf", "https://law.example/b.pdf", False),
        ("http://localhost/a.pdf", "https://law.example/b.pdf", False),
    ],
)
def test_which_addresses_are_allowed(address: str, came_from: str | None, expected: bool) -> None:
    assert is_allowed_address(address, came_from=came_from) is expected
