"""Which addresses may be fetched: https ones, and any on this very machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

__all__ = ["is_allowed_address", "is_loopback"]


def is_loopback(address: str) -> bool:
    """True if the host of `address` is this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_allowed_address(address: str, *, came_from: str | None = None) -> bool:
    """True if `address` may be fetched.

    Parameters
    ----------
    address : str
        Absolute URL.
    came_from : str, optional
        The address that redirected here. The outside may not lead to this machine.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None:
        return False
    if is_loopback(address):
        return parts.scheme in {"http", "https"} and (came_from is None or is_loopback(came_from))
    return parts.scheme == "https"
