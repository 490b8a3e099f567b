"""Fetches axe-core, the checker of accessibility that a browser test runs, into this environment.

``python .ci/fetch_axe.py`` downloads one pinned release from the npm registry, checks its hash, and puts
``axe.min.js`` into ``<environment>/share/axe-core``. Nothing of it is part of the project. It never fails the
build: without it the test skips and names this command.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

VERSION = "4.14.1"
ADDRESS = f"https://registry.npmjs.org/axe-core/-/axe-core-{VERSION}.tgz"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
MEMBER = "package/axe.min.js"


def script() -> Path:
    """Where the script is, or belongs."""
    return Path(sys.prefix) / "share" / "axe-core" / VERSION / "axe.min.js"


def main() -> int:
    """Fetch where it is missing; say what became of it."""
    if script().is_file():
        return 0
    try:
        with urllib.request.urlopen(ADDRESS, timeout=60) as answer:
            content = answer.read()
    except OSError as error:
        sys.stderr.write(f"axe-core: {ADDRESS} cannot be reached ({error}); its test will skip\n")
        return 0
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
        sys.stderr.write(f"axe-core: {ADDRESS} is not the release that is pinned; it is not used\n")
        return 1
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        found = archive.extractfile(MEMBER)
        if found is None:
            sys.stderr.write(f"axe-core: {ADDRESS} holds no {MEMBER}\n")
            return 1
        script().parent.mkdir(parents=True, exist_ok=True)
        script().write_bytes(found.read())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
