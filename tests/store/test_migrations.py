"""Migrations, up and down, with data in the tables."""

from __future__ import annotations

import concurrent.futures

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from people import ANN, OWNER, READER, law, said, tag_of

import fragcheck.store
from fragcheck.errors import InputError, OptionalDependencyMissing, StoreError
from fragcheck.store.workspace import (
    add_version,
    create_project,
    find_provisions,
    migrate,
    open_workspace,
    projects_of,
    record_review,
    review_log,
    verify_log,
)
from fragcheck.store.workspace.tables import REVISION, metadata


def scripts(repository_root):
    config = Config()
    config.set_main_option("script_location", str(repository_root / "fragcheck" / "store" / "migrations"))
    return ScriptDirectory.from_config(config)


def test_the_tables_are_those_of_the_last_migration(workspace, repository_root):
    assert scripts(repository_root).get_current_head() == REVISION
    with workspace.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_migration_goes_down_and_up_with_data(workspace, project, repository_root):
    analysis = law()
    add_version(workspace, OWNER, project, analysis)
    record_review(workspace, ANN, project, said(tag_of(analysis), is_on=False))
    kept = (
        projects_of(workspace),
        find_provisions(workspace, READER, project),
        review_log(workspace, READER, project),
    )
    revisions = [one.revision for one in scripts(repository_root).walk_revisions()]
    for revision in revisions[1:]:
        migrate(workspace, revision)
        migrate(workspace)
        assert kept == (
            projects_of(workspace),
            find_provisions(workspace, READER, project),
            review_log(workspace, READER, project),
        )
    migrate(workspace, "base")
    with workspace.reading() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
    migrate(workspace)
    assert projects_of(workspace) == ()
    assert create_project(workspace, OWNER, "anew").name == "anew"


def test_the_log_cannot_be_changed_through_the_database(workspace, project):
    record_review(workspace, ANN, project, said(tag_of(law()), is_on=False))
    for statement in ("UPDATE reviews SET reason = 'x'", "DELETE FROM reviews"):
        with pytest.raises(StoreError, match="append-only"), workspace.writing() as connection:
            connection.execute(sa.text(statement))
    assert verify_log(workspace, READER, project) == ()


def test_many_may_open_a_new_workspace_at_once(database_url):
    def opened(_):
        with open_workspace(database_url) as one:
            return projects_of(one)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(8))) == [()] * 8


def test_a_workspace_of_a_later_version_is_left_alone(database_url):
    with open_workspace(database_url) as one, one.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="later version of fragcheck"):
        open_workspace(database_url)


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("no url", StoreError, "database URL wanted"),
        ("mysql://localhost/x", StoreError, "SQLite or PostgreSQL wanted, mysql came"),
        ("sqlite://", StoreError, "SQLite file wanted"),
        ("sqlite:////proc/none/w.sqlite", StoreError, "cannot be kept there"),
        ("postgresql://u:secret@/x?host=/nowhere", StoreError, r"u:\*\*\*@.*cannot be used"),
    ],
)
def test_what_cannot_be_opened_is_said(url, error, words):
    with pytest.raises(error, match=words) as caught:
        open_workspace(url)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path):
    path = tmp_path / "workspace.sqlite"
    path.write_bytes(b"reviews of mine " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_workspace(f"sqlite:///{path}")
    assert path.read_bytes() == b"reviews of mine " * 100


def test_without_the_driver_the_extra_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(OptionalDependencyMissing, match=r"fragcheck\[postgres\]"):
        open_workspace("postgresql://localhost/x")


def test_the_place_follows_the_environment(monkeypatch, tmp_path):
    from fragcheck.store.workspace import default_database

    monkeypatch.delenv("FRAGCHECK_DATABASE_URL", raising=False)
    monkeypatch.setenv("FRAGCHECK_HOME", str(tmp_path))
    assert default_database() == f"sqlite:///{tmp_path / 'workspace.sqlite'}"
    monkeypatch.setenv("FRAGCHECK_DATABASE_URL", "postgresql://server/x")
    assert default_database() == "postgresql://server/x"
    assert issubclass(StoreError, OSError)
    assert not issubclass(StoreError, InputError)


def test_the_store_alone_loads_no_database_library():
    import subprocess
    import sys

    code = "import sys, fragcheck.store; print([m for m in ('sqlalchemy', 'alembic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert fragcheck.store.__file__
