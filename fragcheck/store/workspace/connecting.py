"""The database of a workspace: where it is, how it is opened, and transactions that end whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from fragcheck.errors import OptionalDependencyMissing, StoreError
from fragcheck.store.database import default_database
from fragcheck.store.workspace.tables import REVISION

__all__ = ["Workspace", "database_engine", "migrate", "new_id", "open_workspace"]

#: Milliseconds to wait for another process that writes.
_PATIENCE_MS = 30_000
_WRITES = "fragcheck_writes"
#: Any number: who migrates a PostgreSQL database holds this lock.
_MIGRATION_LOCK = 0x66726167


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


class Workspace:
    """A handle on a workspace; the functions of `fragcheck.store.workspace` take it first.

    It may be shared by threads, and any number of processes may have the same database open. Use it
    as a context manager, or close it.

    Parameters
    ----------
    engine : sqlalchemy.Engine
    clock : callable
        Gives the moment of what is written, in UTC.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime] = _now) -> None:
        self.engine = engine
        self._clock = clock

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @property
    def place(self) -> str:
        """Where the database is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    def moment(self) -> str:
        """Now, in ISO 8601 with microseconds."""
        return self._clock().astimezone(dt.UTC).isoformat(timespec="microseconds")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the database.

        Raises
        ------
        StoreError
            Where the database cannot be used.
        """
        with self._connected({}) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are all kept at the end, or none where an error ends it.

        On SQLite one writes at a time, from the first statement on.

        Raises
        ------
        StoreError
            Where the database cannot be used.
        """
        options: dict[str, Any] = {_WRITES: True}
        if self.engine.dialect.name == "postgresql":
            # The row of the project is locked first; what was written before the lock must then be seen.
            options["isolation_level"] = "READ COMMITTED"
        with self._connected(options) as connection:
            yield connection

    @contextmanager
    def _connected(self, options: dict[str, Any]) -> Iterator[sa.Connection]:
        try:
            with self.engine.execution_options(**options).begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            raise StoreError(
                f"{self.place}: the workspace cannot be used ({' '.join(str(cause).split())}); check that "
                "the file can be written or the server answers"
            ) from error


def database_engine(url: str | None = None) -> sa.Engine:
    """Return an engine for a database URL, `default_database` by default.

    SQLite is set to write-ahead logging, full synchronisation, foreign keys and half a minute of
    patience. Nothing is opened yet.

    Raises
    ------
    StoreError
        If `url` is none of SQLite or PostgreSQL.
    OptionalDependencyMissing
        If the driver of PostgreSQL is not installed.
    """
    try:
        parsed = sa.make_url(url or default_database())
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        raise StoreError(
            "a database URL wanted, as sqlite:////folder/workspace.sqlite or postgresql://user@host/name; "
            "check FRAGCHECK_DATABASE_URL"
        ) from error
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return _sqlite(parsed)
    if kind in ("postgresql", "postgres"):
        return _postgres(parsed)
    raise StoreError(f"a URL of SQLite or PostgreSQL wanted, {kind} came; check FRAGCHECK_DATABASE_URL")


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.host or not url.database or url.database == ":memory:":
        raise StoreError("an SQLite file wanted, as sqlite:////folder/workspace.sqlite; none was named")
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: the workspace cannot be kept there ({error.strerror}); set FRAGCHECK_HOME to a "
            "folder that can be written"
        ) from error
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
        connection.isolation_level = None  # the driver would begin late, and commit before a CREATE
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {_PATIENCE_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",  # 64 MB: a large project is looked through again and again
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": 10},
        )
    except (ImportError, NoSuchModuleError) as error:
        raise OptionalDependencyMissing(
            "a workspace on PostgreSQL wants psycopg; install it with: pip install 'fragcheck[postgres]'"
        ) from error


def open_workspace(url: str | None = None, *, clock: Callable[[], dt.datetime] = _now) -> Workspace:
    """Open a workspace; its tables are made, or brought up to date, first.

    Parameters
    ----------
    url : str or None
        ``sqlite:///…`` or ``postgresql://…``; `default_database` by default.
    clock : callable
        Gives the moment of what is written.

    Raises
    ------
    StoreError
        Where the database cannot be used, or was made by a later version of fragcheck.
    OptionalDependencyMissing
        If the driver of PostgreSQL is not installed.
    """
    workspace = Workspace(database_engine(url), clock)
    try:
        if _revision(workspace) != REVISION:
            migrate(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _revision(workspace: Workspace) -> str | None:
    with workspace.reading() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(workspace: Workspace, revision: str = "head") -> None:
    """Bring the tables to a revision, with what they hold: ``head`` for the newest, ``base`` for none.

    Any number of processes may call it at once: one migrates, the others wait.

    Raises
    ------
    StoreError
        Where a migration fails (nothing is changed then), or the tables are of a later version.
    """
    from alembic import command  # 150 ms, and most workspaces are up to date
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).resolve().parents[1] / "migrations"))
    with workspace.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        config.attributes["connection"] = connection
        step = command.downgrade if revision == "base" or _is_older(revision) else command.upgrade
        try:
            step(config, revision)
        except CommandError as error:
            raise StoreError(
                f"{workspace.place}: the workspace cannot be brought to revision {revision} ({error}); where "
                "a later version of fragcheck made it, use that version"
            ) from error


def new_id(made: sa.CursorResult[Any]) -> int:
    """Return the number that the database gave to the row of an insert."""
    key = made.inserted_primary_key
    if key is None:
        raise StoreError("the database gave no number to a new row: its tables are not those of a workspace")
    return int(key[0])


def _is_older(revision: str) -> bool:
    return revision != "head" and revision < REVISION
