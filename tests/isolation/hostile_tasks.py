"""What a reader that a hostile file has taken over might try; each runs in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


def connect(address, port):
    with socket.create_connection((address, port), timeout=5):
        return b"connected"


def open_socket_of_packets():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"secrets", ("127.0.0.1", 9))
    return b"sent"


def write(path, megabytes):
    with Path(path).open("wb") as file:
        file.writelines(b"\0" * (1 << 20) for _ in range(megabytes))
    return b"written"


def swallow_memory():
    return bytes(4 << 30)


def spin():
    while True:
        pass


def sleep(told=""):
    if told:
        Path(told).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(600)
    return b"slept"


def leave_a_child(told):
    """Start a process that would outlive its own, and then hang."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return sleep_with(told, child.pid)


def sleep_with(told, pid):
    part = Path(told + ".part")
    part.write_text(str(pid), encoding="utf-8")
    part.replace(told)
    time.sleep(600)
    return b"slept"


def open_many_files():
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(5000)]
    return str(len(kept)).encode("ascii")


def answer(megabytes):
    return bytes(megabytes << 20)


def flood():
    """Write past the answer's limit without being asked what it is."""
    for number in range(3, 256):
        try:
            while True:
                os.write(number, b"x" * 65536)
        except OSError:
            continue
    return b""


def hang_up_and_stay():
    """Close every pipe to the parent and go on."""
    os.closerange(3, 256)
    time.sleep(600)
    return b""


def print_much():
    sys.stdout.write("not part of any answer\n")
    os.write(1, b"nor this\n")
    return b"the answer"


def environment():
    return repr(sorted(os.environ.items())).encode("utf-8")


def die(number):
    os.kill(os.getpid(), getattr(signal, number))
    return b"alive"


def break_down():
    raise RuntimeError("odd\nthing")
