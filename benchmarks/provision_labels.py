"""Types, actors and parameters on our labels of real provisions, by the scorer of the measuring material.

    python benchmarks/provision_labels.py [--set development|second] [--tables-only]

The labels (``tests/annotate/gold_provisions.csv``) hold no text: it is found by its SHA-1 in the
measuring material (``FRAGCHECK_SHARED``, default ``../shared``). Each provision is read alone,
without its context. Rows whose text is not found any more are counted.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
LABELS = ROOT / "tests" / "annotate" / "gold_provisions.csv"

Row = dict[str, str]


def read_labels(set_name: str | None = None) -> list[Row]:
    """The labels of a set, or of both."""
    with LABELS.open(newline="", encoding="utf-8") as handle:
        return [row for row in csv.DictReader(handle) if set_name in (None, row["set"])]


def sha1(text: str) -> str:
    """SHA-1 of a text, as the labels hold it."""
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def texts_of(source: str, shared: Path) -> Iterator[str]:
    """Texts of the provisions of a file of the measuring material."""
    path = shared / "data" / source
    if path.suffix == ".csv":
        csv.field_size_limit(10**8)
        with path.open(newline="", encoding="utf-8") as handle:
            yield from (row["text"] for row in csv.DictReader(handle))
    else:
        from fragcheck.pipeline import read_and_segment

        yield from (provision.text for provision in read_and_segment(path)[1].provisions)


def with_texts(labels: list[Row], shared: Path) -> list[tuple[Row, str]]:
    """The labels whose text is at hand, with it."""
    found: dict[str, str] = {}
    for source in dict.fromkeys(row["source"] for row in labels):
        found.update((sha1(text), text) for text in texts_of(source, shared))
    return [(row, found[row["text_sha1"]]) for row in labels if row["text_sha1"] in found]


def quantities(cell: str) -> list[dict[str, Any]]:
    """Parameters of a cell ``kind:value:unit;…``."""
    parts = [part.split(":") for part in cell.split(";") if part]
    return [
        {"kind": kind, "value": value if kind == "date" else float(value), "unit": unit, "text": ""}
        for kind, value, unit in parts
    ]


def gold_row(row: Row) -> dict[str, Any]:
    """A label in the form of the scorer."""
    return {
        "doc": row["source"],
        "path": row["text_sha1"],
        "text_sha1": row["text_sha1"],
        "principles": [],
        "provision_type": row["provision_type"],
        "actors": [name for name in row["actors"].split(";") if name],
        "actors_optional": [name for name in row["actors_optional"].split(";") if name],
        "parameters": quantities(row["parameters"]),
        "parameters_optional": quantities(row["parameters_optional"]),
    }


def main(argv: list[str] | None = None) -> int:
    """Score the labels and print what the scorer says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--set", choices=("development", "second"))
    parser.add_argument("--tables-only", action="store_true", help="leave out what is to be read from PDFs")
    options = parser.parse_args(argv)
    labels = [row for row in read_labels(options.set) if row["provision_type"]]
    if options.tables_only:
        labels = [row for row in labels if row["source"].endswith(".csv")]
    pairs = with_texts(labels, SHARED)
    print(f"{len(pairs)} of {len(labels)} labelled provisions found", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        gold, texts = Path(folder, "gold.jsonl"), Path(folder, "texts.jsonl")
        gold.write_text("".join(json.dumps(gold_row(row)) + "\n" for row, _ in pairs), encoding="utf-8")
        stored = ({"doc": row["source"], "path": row["text_sha1"], "text": text} for row, text in pairs)
        texts.write_text("".join(json.dumps(row) + "\n" for row in stored), encoding="utf-8")
        command = f"{sys.executable} -m fragcheck annotate {{csv}} --format jsonl"
        scorer = [sys.executable, str(SHARED / "score" / "gold.py"), "score", "--cmd", command]
        return subprocess.run([*scorer, "--gold", str(gold), "--texts", str(texts)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
