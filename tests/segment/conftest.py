"""The typesetter as a fixture."""

from __future__ import annotations

import pytest
from typesetter import typeset_text


@pytest.fixture(scope="session")
def typeset():
    """The typesetter."""
    return typeset_text
