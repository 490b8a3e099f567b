"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket in it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

HOW = "PostgreSQL is not installed: sudo apt-get install -y postgresql"


def program(name):
    """Where a program of PostgreSQL is; the newest version that Debian installs beside the path."""
    found = shutil.which(name)
    if found:
        return found
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda one: int(one.parts[4]))
    return str(places[-1]) if places else None


def owner():
    """Whom the server runs as: it refuses root."""
    if os.getuid():
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")
    return {}


class Server:
    """A running server; `url` empties its one database and gives its address."""

    def __init__(self):
        if program("initdb") is None:
            pytest.skip(HOW)
        self._as = owner()
        # Sockets allow a hundred characters of path, and the server's user must get through to it.
        self.folder = Path(tempfile.mkdtemp(prefix="fragcheck-pg-", dir="/tmp"))
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        self._run(
            "initdb", "-D", self.data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        self.start()

    @property
    def data(self):
        return self.folder / "data"

    def url(self):
        """The database, emptied: that takes milliseconds, where a new one takes half a second."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user="tester", dbname="postgres", autocommit=True) as one:
            one.execute("DROP SCHEMA public CASCADE")
            one.execute("CREATE SCHEMA public")
        return f"postgresql://tester@/postgres?host={self.folder}"

    def start(self):
        """Start the server; after a crash it recovers first."""
        # Without fsync what a process wrote survives the process, and not a loss of power.
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-D", self.data, "-w", "-o", options, "-l", self.folder / "log", "start")

    def crash(self):
        """End all processes of the server at once, with no shutdown."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def stop(self):
        self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name, *arguments):
        done = subprocess.run(
            [program(name), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if name != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            cwd="/",
            text=True,
            check=False,
            **self._as,
        )
        assert done.returncode == 0, f"{name}: {done.stdout}"
