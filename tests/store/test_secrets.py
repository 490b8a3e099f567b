"""Whatever is wrong with a database, its password stands in no message."""

from __future__ import annotations

import logging
import traceback

import pytest

from fragcheck.errors import FragcheckError
from fragcheck.store.workspace import open_workspace

SECRET = "t0p-s3cret"  # noqa: S105 - made up
URLS = [
    f"postgresql://ann:{SECRET}@127.0.0.1:1/laws",  # nobody listens
    f"postgresql://ann:{SECRET}@127.0.0.1:port/laws",
    f"postgresql://ann:{SECRET}@127.0.0.1:1/laws?sslmode=nonsense",
    f"postgres://ann:{SECRET}@host.invalid/laws",
    f"mysql://ann:{SECRET}@127.0.0.1/laws",
    f"oracle+nothing://ann:{SECRET}@127.0.0.1/laws",
    f"//ann:{SECRET}@127.0.0.1/laws",
    f"sqlite://ann:{SECRET}@127.0.0.1/laws",
]


@pytest.mark.parametrize("url", URLS)
def test_a_message_holds_no_password(url, caplog, monkeypatch):
    monkeypatch.setenv("FRAGCHECK_DATABASE_URL", url)
    with caplog.at_level(logging.DEBUG), pytest.raises(FragcheckError) as caught, open_workspace():
        pass
    assert SECRET not in str(caught.value)
    assert SECRET not in caplog.text
    assert SECRET not in "".join(traceback.format_exception(caught.value))  # what a log would hold
