"""Alembic's way in. ``fragcheck`` hands its own connection over; ``alembic`` alone asks for the URL."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from fragcheck.store.workspace.connecting import database_engine
from fragcheck.store.workspace.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()


_connection = context.config.attributes.get("connection")
if _connection is not None:
    _run(_connection)
else:
    with database_engine().begin() as _own:
        _run(_own)
