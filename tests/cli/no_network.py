"""Run the command line, or any module, where no socket reaches beyond this machine.

``python no_network.py ALLOWED COMMAND …``: ALLOWED is ``nothing`` or ``loopback``. An attempt is an error
that no code of ours catches, and stands on standard error.
"""

from __future__ import annotations

import runpy
import sys

allowed, module, *arguments = sys.argv[1:]
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}  # noqa: S104 - what is allowed, not what is bound


class NetworkUsed(BaseException):
    """Something reached for the network."""


def watch(event, details):
    """See what Python is asked to do with sockets, whoever asks."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        place = details[0]
    elif event in {"socket.connect", "socket.bind", "socket.sendto"}:
        address = details[1]
        place = address[0] if isinstance(address, tuple) else ""  # a path: between processes of this machine
    else:
        return
    name = place.decode() if isinstance(place, bytes) else place or ""
    # urllib3 binds a socket of ::1 on import to learn whether there is IPv6: that reaches nobody.
    is_reaching = event in {"socket.connect", "socket.sendto"} and isinstance(details[1], tuple)
    if name not in LOOPBACK or (allowed == "nothing" and is_reaching):
        sys.stderr.write(f"NETWORK {event} {details}\n")
        raise NetworkUsed(f"{event} {details}")


sys.addaudithook(watch)
sys.argv = [module, *arguments]
runpy.run_module(module, run_name="__main__", alter_sys=True)
