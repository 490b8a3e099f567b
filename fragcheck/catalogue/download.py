"""Fetching official copies: bounded, resumable, checked, and stored with their provenance."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from fragcheck.catalogue.addresses import is_allowed_address
from fragcheck.catalogue.instruments import Instrument
from fragcheck.errors import DownloadError
from fragcheck.version import __version__

if TYPE_CHECKING:
    import httpx

__all__ = ["FetchLimits", "Progress", "fetch"]

#: Called with the bytes that are there and the bytes expected in all, None if unknown.
Progress = Callable[[int, int | None], None]

_PDF_TYPES = frozenset(
    {"", "application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream"}
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_HEADERS = ("content-type", "content-length", "etag", "last-modified", "date")
#: ISO 32000-1, annex H, implementation note 13: readers look for the header in the first 1,024 bytes.
_MAGIC_WINDOW = 1024
#: The end mark stands in the last lines; publishers append signatures and blanks.
_END_WINDOW = 16_384


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one download.

    Parameters
    ----------
    max_bytes : int
        Largest file that is accepted.
    total_seconds : float
        For the whole download, redirects included.
    silent_seconds : float
        Longest wait for a connection, or for the next bytes.
    max_redirects : int
    """

    max_bytes: int = 200_000_000
    total_seconds: float = 900.0
    silent_seconds: float = 30.0
    max_redirects: int = 5


class _StartAgain(Exception):
    """What is there of the file cannot be continued."""


@dataclass(slots=True)
class _Download:
    """One download under way: where it goes and what is known of it."""

    instrument: Instrument
    target: Path
    client: httpx.Client
    limits: FetchLimits
    on_progress: Progress | None
    deadline: float

    @property
    def part(self) -> Path:
        return self.target.with_suffix(".pdf.part")

    @property
    def part_notes(self) -> Path:
        return self.target.with_suffix(".pdf.part.json")

    def fail(self, what: str, *, advice: str, drop: bool = False) -> DownloadError:
        """Error that names instrument and address; `drop` removes what was fetched."""
        if drop:
            self.forget()
        where = self.instrument.download_url
        return DownloadError(f"{self.instrument.id}: a PDF wanted from {where}, but {what}; {advice}")

    def forget(self) -> None:
        """Remove the part and its notes."""
        self.part.unlink(missing_ok=True)
        self.part_notes.unlink(missing_ok=True)


def fetch(
    instrument: Instrument,
    destination: Path,
    *,
    client: httpx.Client | None = None,
    on_progress: Progress | None = None,
    limits: FetchLimits | None = None,
) -> Path:
    """Fetch the official copy of an instrument, or return the one that was fetched before.

    An interrupted download leaves ``<id>.pdf.part`` and goes on there the next time. The
    finished file is put in place at once, with ``<id>.pdf.json`` beside it: address,
    redirects, time, sha256, headers.

    Parameters
    ----------
    instrument : Instrument
    destination : pathlib.Path
        Folder of the copies; made if it is not there.
    client : httpx.Client, optional
        Its proxies and certificates are used; one is made by default.
    on_progress : callable, optional
        Called with (bytes there, bytes in all or None).
    limits : FetchLimits, optional

    Returns
    -------
    pathlib.Path
        ``destination/<id>.pdf``.

    Raises
    ------
    DownloadError
        If the address cannot be reached, leads astray, or gives no whole PDF of the
        expected size and sha256. A PDF with another sha256 than on record is kept as
        ``<id>.pdf.rejected``, so that it can be looked at.
    """
    import httpx

    limits = limits or FetchLimits()
    target = destination / f"{instrument.id}.pdf"
    if _is_kept(target, instrument):
        return target
    with _client(client) as http:
        download = _Download(
            instrument, target, http, limits, on_progress, time.monotonic() + limits.total_seconds
        )
        try:
            destination.mkdir(parents=True, exist_ok=True)
            response_notes = _transfer_with_resume(download)
            return _accept(download, response_notes)
        except httpx.TimeoutException as error:
            raise download.fail("it fell silent", advice="run the command again to go on") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise download.fail(
                f"the transfer broke: {error}", advice="run the command again to go on"
            ) from error
        except DownloadError:
            raise
        except OSError as error:
            raise download.fail(f"it cannot be stored: {error}", advice=f"check {destination}") from error


@contextmanager
def _client(client: httpx.Client | None) -> Iterator[httpx.Client]:
    if client is not None:
        yield client
        return
    import httpx

    with httpx.Client(headers={"User-Agent": f"fragcheck/{__version__}"}) as own:
        yield own


def _is_kept(target: Path, instrument: Instrument) -> bool:
    """True if a whole copy is there, as its provenance and the catalogue have it."""
    provenance = _read_notes(_provenance_path(target))
    if not target.is_file() or provenance.get("url") != instrument.download_url:
        return False
    found = _sha256(target)
    return found == provenance.get("sha256") and instrument.sha256 in {None, found}


def _transfer_with_resume(download: _Download) -> dict[str, object]:
    """Fetch the rest of the file, or all of it where the rest cannot be had."""
    try:
        return _transfer(download, _resume_point(download))
    except _StartAgain:
        download.forget()
        return _transfer(download, None)


def _resume_point(download: _Download) -> tuple[int, str] | None:
    """How many bytes are there and what proves that they are of the same file; None to begin anew."""
    notes = _read_notes(download.part_notes)
    validator = notes.get("validator")
    if not download.part.is_file() or notes.get("url") != download.instrument.download_url or not validator:
        download.forget()
        return None
    size = download.part.stat().st_size
    return (size, str(validator)) if size else None


def _transfer(download: _Download, resume: tuple[int, str] | None) -> dict[str, object]:
    import httpx

    headers = {"Accept": "application/pdf", "Accept-Encoding": "identity"}
    if resume:
        headers |= {"Range": f"bytes={resume[0]}-", "If-Range": resume[1]}
    address = download.instrument.download_url
    visited: list[str] = []
    while True:
        if not is_allowed_address(address, came_from=visited[-1] if visited else None):
            raise download.fail(f"it leads to {address}", advice="only https is followed", drop=True)
        visited.append(address)
        timeout = httpx.Timeout(min(download.limits.silent_seconds, _remaining(download)))
        with download.client.stream(
            "GET", address, headers=headers, timeout=timeout, follow_redirects=False
        ) as response:
            if response.status_code not in _REDIRECTS:
                return _receive(download, response, resume) | {"visited": visited}
            location = response.headers.get("location", "")
        address = urljoin(address, location)
        if len(visited) > download.limits.max_redirects:
            raise download.fail(
                f"it redirects more than {download.limits.max_redirects} times",
                advice=f"open {download.instrument.url} in a browser",
            )


def _receive(
    download: _Download, response: httpx.Response, resume: tuple[int, str] | None
) -> dict[str, object]:
    """Store the body of the last response behind what is there, or anew."""
    start = _check_status(download, response, resume)
    _check_type(download, response)
    length = response.headers.get("content-length", "")
    rest = int(length) if length.isdecimal() else None
    total = None if rest is None else start + rest
    _check_size(download, total or 0)
    validator = _validator(response)
    _write_notes(download.part_notes, {"url": download.instrument.download_url, "validator": validator})
    _store(download, response, start, total)
    if rest is not None and response.num_bytes_downloaded != rest:
        raise _truncated(download, f"{response.num_bytes_downloaded} of {rest} bytes came")
    kept = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return {"headers": kept, "is_length_known": total is not None, "resumed_at": start}


def _check_status(download: _Download, response: httpx.Response, resume: tuple[int, str] | None) -> int:
    """Byte at which the body begins; anything but a body is refused."""
    status = response.status_code
    if status == 200:
        return 0
    if resume and status == 206:
        if response.headers.get("content-range", "").startswith(f"bytes {resume[0]}-"):
            return resume[0]
        raise _StartAgain
    if resume and status == 416:
        raise _StartAgain
    advice = f"look for it at {download.instrument.url}" if status in {404, 410} else "try again later"
    raise download.fail(f"the server answered {status} {response.reason_phrase}", advice=advice)


def _check_type(download: _Download, response: httpx.Response) -> None:
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in _PDF_TYPES:
        raise download.fail(
            f"{content_type} came",
            advice=f"open {download.instrument.url} in a browser, save the PDF and give fragcheck its path",
            drop=True,
        )


def _check_size(download: _Download, size: int) -> None:
    if size > download.limits.max_bytes:
        raise download.fail(
            f"it is larger than {download.limits.max_bytes} bytes",
            advice=f"fetch it by hand from {download.instrument.url}",
            drop=True,
        )


def _store(download: _Download, response: httpx.Response, start: int, total: int | None) -> None:
    done = start
    with download.part.open("ab" if start else "wb") as file:
        for chunk in response.iter_bytes():
            _remaining(download)
            done += len(chunk)
            _check_size(download, done)
            file.write(chunk)
            if download.on_progress:
                download.on_progress(done, total)
        file.flush()
        os.fsync(file.fileno())


def _accept(download: _Download, notes: dict[str, object]) -> Path:
    """Check the whole file and put it in place with its provenance."""
    _check_content(download, is_length_known=bool(notes["is_length_known"]))
    found, wanted = _sha256(download.part), download.instrument.sha256
    if wanted is not None and found != wanted:
        rejected = download.target.with_suffix(".pdf.rejected")
        download.part.replace(rejected)
        download.forget()
        raise download.fail(
            f"a PDF of sha256 {found} came instead of {wanted}",
            advice=f"the publisher may have changed it: it is kept as {rejected}",
        )
    provenance = {
        "id": download.instrument.id,
        "title": download.instrument.title,
        "url": download.instrument.download_url,
        "visited": notes["visited"],
        "retrieved_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "sha256": found,
        "bytes": download.part.stat().st_size,
        "is_verified": wanted is not None,
        "resumed_at": notes["resumed_at"],
        "headers": notes["headers"],
        "licence": download.instrument.licence,
        "fragcheck": __version__,
    }
    download.part.replace(download.target)
    _write_notes(_provenance_path(download.target), provenance)
    download.part_notes.unlink(missing_ok=True)
    return download.target


def _check_content(download: _Download, *, is_length_known: bool) -> None:
    with download.part.open("rb") as file:
        head = file.read(_MAGIC_WINDOW)
        file.seek(max(0, download.part.stat().st_size - _END_WINDOW))
        tail = file.read()
    if b"%PDF-" not in head:
        raise download.fail(
            f"what came begins with {head[:16]!r}",
            advice=f"open {download.instrument.url} in a browser",
            drop=True,
        )
    if not is_length_known and b"%%EOF" not in tail:
        download.forget()
        raise _truncated(download, "the end of the PDF is missing")


def _truncated(download: _Download, what: str) -> DownloadError:
    return download.fail(f"the transfer was cut off: {what}", advice="run the command again to go on")


def _remaining(download: _Download) -> float:
    left = download.deadline - time.monotonic()
    if left <= 0:
        raise download.fail(
            f"it took longer than {download.limits.total_seconds:g} s",
            advice="run the command again to go on",
        )
    return left


def _validator(response: httpx.Response) -> str:
    """What tells versions of a file apart (RFC 9110, 13.1.5): a strong ETag, or the date of its change."""
    tag: str = response.headers.get("etag", "")
    changed: str = response.headers.get("last-modified", "")
    return tag if tag and not tag.startswith("W/") else changed


def _provenance_path(target: Path) -> Path:
    return target.with_suffix(".pdf.json")


def _read_notes(path: Path) -> dict[str, object]:
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # no notes, or ones cut off by a kill: the file is fetched anew
    return notes if isinstance(notes, dict) else {}


def _write_notes(path: Path, notes: dict[str, object]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(notes, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
