"""Both databases, and projects with documents and reviews made for them."""

from __future__ import annotations

import pytest
from people import Clock, staffed
from postgres_server import Server

from fragcheck.store.workspace import open_workspace


@pytest.fixture(scope="session")
def postgres():
    """A server for the whole session; the tests skip where there is none."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'workspace.sqlite'}"
    return request.getfixturevalue("postgres").url()


@pytest.fixture
def workspace(database_url):
    with open_workspace(database_url, clock=Clock()) as opened:
        yield opened


@pytest.fixture
def project(workspace):
    """The name of an empty project with people of every role."""
    return staffed(workspace)
