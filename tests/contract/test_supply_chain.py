"""The lock files name the releases of constraints.txt, each file of them by its hash."""

from __future__ import annotations

import re
import tomllib

import pytest

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)([^\\\n]*)((?:\\\n[^\n]*)*)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
#: Only on other systems or later versions of Python than the constraints were made on, or for building.
ELSEWHERE = {"colorama", "fasttext-predict-v2", "setuptools"}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path):
    return {
        plain(name): (version, hashes)
        for name, version, _, hashes in _PIN.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("name", ["requirements.lock", ".ci/supply-chain.lock"])
def test_every_locked_file_has_a_hash(repository_root, name):
    found = pins(repository_root / name)
    assert len(found) > 30
    for package, (_, hashes) in found.items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", hashes), package
    text = (repository_root / name).read_text(encoding="utf-8")
    assert "://" not in text, "releases come from the index, whose files the hashes name"


def test_the_lock_holds_the_releases_of_the_constraints(repository_root):
    """Where this fails after a change of either: `make lock`."""
    locked = {name: version for name, (version, _) in pins(repository_root / "requirements.lock").items()}
    wanted = {name: version for name, (version, _) in pins(repository_root / "constraints.txt").items()}
    assert {name: locked.get(name) for name in wanted} == wanted
    assert set(locked) - set(wanted) <= ELSEWHERE


def test_the_lock_holds_all_that_the_two_commands_install(repository_root):
    project = tomllib.loads((repository_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {plain(_NAME.match(each)[0]) for each in asked}
    assert names <= set(pins(repository_root / "requirements.lock"))
