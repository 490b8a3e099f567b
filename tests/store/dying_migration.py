"""A process that dies in a migration: ``python dying_migration.py URL STATEMENT``."""

from __future__ import annotations

import os
import signal
import sys

import sqlalchemy as sa

from fragcheck.store.workspace import open_workspace

LEFT = [int(sys.argv[2])]


@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def _count(connection, cursor, statement, *_):
    """Count what changes tables, and die before the statement of the number asked for."""
    if statement.lstrip().upper().startswith(("CREATE", "ALTER", "UPDATE", "INSERT", "DROP")):
        LEFT[0] -= 1
        if LEFT[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)


open_workspace(sys.argv[1]).close()
sys.stdout.write("migrated\n")
