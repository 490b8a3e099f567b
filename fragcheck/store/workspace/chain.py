"""The hash chain of the log: pure functions of entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from fragcheck.records import LogEntry
from fragcheck.records.codec import encode
from fragcheck.store.workspace.entries import LogFinding

__all__ = ["NOTHING", "chain_findings", "entry_digest", "sealed"]

#: What the first entry names as the one before it.
NOTHING = "0" * 64


def entry_digest(entry: LogEntry) -> str:
    """Return the sha256, in hex, of everything that an entry says and of the digest of the one before.

    The hash is over compact JSON (RFC 8259) with sorted keys in UTF-8, `digest` left out, so that it can
    be checked without fragcheck.
    """
    content = {name: value for name, value in encode(entry).items() if name != "digest"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(entry: LogEntry) -> LogEntry:
    """Return an entry with its digest."""
    return replace(entry, digest=entry_digest(entry))


def chain_findings(
    entries: Iterable[LogEntry], *, n_entries: int | None = None, head: str | None = None
) -> tuple[LogFinding, ...]:
    """Return what does not hold in a log: changed, missing, added or reordered entries; empty where all does.

    Parameters
    ----------
    entries : iterable of LogEntry
        In the order of their numbers.
    n_entries, head : int and str, or None
        Length and last digest that the log should have, as noted elsewhere. Without them a log whose end
        was cut off, or that was written anew as a whole, looks right.
    """
    findings: list[LogFinding] = []
    previous, expected = NOTHING, 1
    for entry in entries:
        if entry.number != expected:
            findings.append(LogFinding(entry.number, f"entry {expected} is missing before it"))
        if entry.previous != previous:
            findings.append(LogFinding(entry.number, "it does not follow the entry before it"))
        if entry_digest(entry) != entry.digest:
            findings.append(LogFinding(entry.number, "its content was changed after it was written"))
        previous, expected = entry.digest, entry.number + 1
    if n_entries is not None and expected - 1 != n_entries:
        findings.append(LogFinding(expected - 1, f"{n_entries} entries are wanted, {expected - 1} are there"))
    if head is not None and previous != head:
        findings.append(LogFinding(expected - 1, f"the last digest is not the one noted ({head[:16]}…)"))
    return tuple(findings)
