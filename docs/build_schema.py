"""Writes docs/schema/compare.schema.json from the form in code: ``make docs``."""

from __future__ import annotations

import json
from pathlib import Path

from fragcheck.pipeline.schema import result_schema

FILE = Path(__file__).with_name("schema") / "compare.schema.json"


def text() -> str:
    """Return the schema as it is stored."""
    return json.dumps(result_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
