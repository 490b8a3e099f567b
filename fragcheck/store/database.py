"""Where the database of the workspace is: known without loading what opens it."""

from __future__ import annotations

import os

from fragcheck.store.originals import data_folder

__all__ = ["default_database"]


def default_database() -> str:
    """Return the URL of the database: ``FRAGCHECK_DATABASE_URL``, else an SQLite file.

    The file is ``workspace.sqlite`` under ``FRAGCHECK_HOME``, else under the user's data folder:
    reviews are work and no cache.
    """
    stated = os.environ.get("FRAGCHECK_DATABASE_URL")
    if stated:
        return stated
    return f"sqlite:///{data_folder() / 'workspace.sqlite'}"
