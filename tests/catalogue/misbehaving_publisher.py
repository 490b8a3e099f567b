"""A publisher on this machine that misbehaves in every way that publishers do."""

from __future__ import annotations

import hashlib
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from fragcheck.catalogue import Instrument

PDF = (
    b"%PDF-1.4\n"
    + b"".join(b"%d 0 obj (line of a law) endobj\n" % number for number in range(9000))
    + b"%%EOF\n"
)
SHA256 = hashlib.sha256(PDF).hexdigest()


@dataclass
class Publisher:
    """The server's address, what was asked of it, and what it does at each path."""

    address: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    manners: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)

    def instrument(self, path: str, **fields: object) -> Instrument:
        """An instrument whose official copy is at `path`."""
        known = {
            "id": "test-law",
            "title": "Test Law",
            "short_name": "Test Law",
            "jurisdiction": "Nowhere",
            "kind": "law",
            "status": "in_force",
            "language": ("en",),
            "url": self.address + path,
            "licence": "free",
        }
        return Instrument.model_validate(known | fields)


Handler = http.server.BaseHTTPRequestHandler


def answer(handler: Handler, status: int, body: bytes = b"", **headers: str) -> None:
    """Send status, headers (underscores for hyphens) and body; the length unless given or "-"."""
    given = {name.lower(): value for name, value in headers.items()}
    sent = {"content_type": "application/pdf", "content_length": str(len(body))} | given
    handler.send_response(status)
    for name, value in sent.items():
        if value != "-":
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _whole(handler: Handler) -> None:
    answer(handler, 200, PDF, ETag='"one"')


def _ranged(handler: Handler) -> None:
    """Serves ranges as RFC 9110 has it, with the version as ETag."""
    asked = handler.headers.get("Range")
    if asked and handler.headers.get("If-Range") == '"one"':
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        if start >= len(PDF):
            answer(handler, 416)
            return
        span = f"bytes {start}-{len(PDF) - 1}/{len(PDF)}"
        answer(handler, 206, PDF[start:], Content_Range=span, ETag='"one"')
    else:
        answer(handler, 200, PDF, ETag='"one"')


def _wrong_range(handler: Handler) -> None:
    if handler.headers.get("Range"):
        answer(handler, 206, PDF[7:], Content_Range=f"bytes 7-{len(PDF) - 1}/{len(PDF)}", ETag='"one"')
    else:
        answer(handler, 200, PDF, ETag='"one"')


def _cut(handler: Handler) -> None:
    """Announces the whole, sends a part, hangs up; the rest is served as a range."""
    if handler.headers.get("Range"):
        _ranged(handler)
    else:
        answer(handler, 200, PDF[:100_000], Content_Length=str(len(PDF)), ETag='"one"')


def _cut_without_length(handler: Handler) -> None:
    answer(handler, 200, PDF[:100_000], Content_Length="-")


def _without_length(handler: Handler) -> None:
    answer(handler, 200, PDF, Content_Length="-")


def _endless(handler: Handler) -> None:
    answer(handler, 200, b"%PDF-1.4\n", Content_Length="-")
    for _ in range(2000):
        handler.wfile.write(b"x" * 10_000)


def _slow(publisher: Publisher) -> Callable[[Handler], None]:
    def drip(handler: Handler) -> None:
        answer(handler, 200, b"%PDF", Content_Length=str(len(PDF)))
        while not publisher.closing.is_set():
            handler.wfile.write(b".")
            handler.wfile.flush()
            time.sleep(0.02)

    return drip


def _silent(publisher: Publisher) -> Callable[[Handler], None]:
    def wait(handler: Handler) -> None:
        answer(handler, 200, b"%PDF", Content_Length=str(len(PDF)), ETag='"one"')
        handler.wfile.flush()
        publisher.closing.wait(20)

    return wait


def _redirect(to: str) -> Callable[[Handler], None]:
    return lambda handler: answer(handler, 302, Location=to)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A server at 127.0.0.1 for one test."""
    publisher = Publisher()

    class Counter(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append((self.path, dict(self.headers.items())))
            try:
                publisher.manners.get(self.path, lambda handler: answer(handler, 404))(self)
            except (BrokenPipeError, ConnectionResetError):
                return  # the client has left, as it should
            finally:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    publisher.manners |= {
        "/whole": _whole,
        "/ranged": _ranged,
        "/wrong-range": _wrong_range,
        "/cut": _cut,
        "/cut-without-length": _cut_without_length,
        "/without-length": _without_length,
        "/endless": _endless,
        "/slow": _slow(publisher),
        "/silent": _silent(publisher),
        "/once": _redirect("/whole"),
        "/loop": _redirect("/loop"),
        "/nowhere": lambda handler: answer(handler, 302),
        "/to-http": _redirect("http://law.example/whole"),
        "/to-file": _redirect("file:///etc/hostname"),
        "/page": lambda handler: answer(handler, 200, b"<html>", Content_Type="text/html; charset=utf-8"),
        "/masked-page": lambda handler: answer(handler, 200, b"<html>not the law</html>"),
        "/huge": lambda handler: answer(handler, 200, b"%PDF", Content_Length="999999999999"),
        "/broken": lambda handler: answer(handler, 500),
        "/empty": lambda handler: answer(handler, 200),
        "/untyped": lambda handler: answer(handler, 200, PDF, Content_Type="-"),
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield publisher
    publisher.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()
