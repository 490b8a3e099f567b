"""Types, actors and principles on provisions written to measure, by writers who did not know the rules.

    python benchmarks/written_provisions.py [--part NAME] [--half read|unread]
                                            [--by language|tradition|part]
                                            [--draws 1000] [--answer FILE] [--json FILE]
    python benchmarks/written_provisions.py --agreement [--part NAME]

The provisions (``written/*.csv``; who wrote them and how: ``written/README.md``) are of laws that do not
exist. Whoever mends rules may read the half whose ids have an even SHA-1; what is read says no more how the
rules fare on law that nobody read, so nobody reads the other half (``--half unread``). Text and context
go through ``fragcheck annotate``, all provisions in one table. F1 and its interval come from the scorer of
the measuring material (``FRAGCHECK_SHARED``, default ``../shared``; bootstrap of groups of one part,
language and tradition). Parameters are not labelled.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from provision_labels import (
    PRINCIPLES,
    SHARED,
    Answers,
    Row,
    as_read,
    gold_row,
    load_scorer,
    names,
    score,
    sha1,
    show_classes,
    show_slices,
    table,
)

FOLDER = Path(__file__).parent / "written"
PARTS = ("us", "eu_commonwealth", "soft_law_asia", "other_languages")


def read_written(part: str | None = None) -> list[Row]:
    """The provisions of a part, or of all, each with its part."""
    rows: list[Row] = []
    for name in PARTS if part is None else (part,):
        with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
            rows += [{**row, "part": name} for row in csv.DictReader(handle)]
    return rows


def was_read(row: Row) -> bool:
    """Whether a provision is of the half that rules for types and actors were mended on."""
    return int(sha1(row["id"]), 16) % 2 == 0


@cache
def second_pass() -> dict[str, Row]:
    """What the second pass says, by id; 250 rows of it have no type."""
    with (FOLDER / "second_pass.csv").open(newline="", encoding="utf-8") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def as_label(row: Row) -> Row:
    """A written provision in the form of the labels of real ones; nothing is said of its parameters."""
    first, second = names(row["principles"]), names(second_pass()[row["id"]]["principles"])
    return {
        **row,
        "principles": ";".join(name for name in PRINCIPLES if name in first and name in second),
        "principles_optional": ";".join(
            name for name in PRINCIPLES if (name in first) is not (name in second)
        ),
        "instrument": f"{row['part']}-{row['language']}-{row['tradition']}",
        "text_sha1": sha1(row["text"]),
        "parameters": "",
    }


def annotate_rows(rows: list[Row], stored: Path | None) -> list[dict[str, Any]]:
    """Answers of ``fragcheck annotate`` with the ids as eids; kept in `stored`, or read from it."""
    if stored is not None and stored.is_file():
        text = stored.read_text(encoding="utf-8")
    else:
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder, "provisions.csv")
            with table.open("w", newline="", encoding="utf-8") as handle:
                out = csv.writer(handle, lineterminator="\n")
                out.writerow(["id", "text", "context"])
                out.writerows([row["id"], row["text"], row["context"]] for row in rows)
            command = [sys.executable, "-m", "fragcheck", "annotate", str(table), "--format", "jsonl"]
            text = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        if stored is not None:
            stored.write_text(text, encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def answers_for(
    rows: list[Row], labels: list[Row], answer: list[dict[str, Any]], scorer: ModuleType
) -> Answers:
    """Labels and answers side by side, as the scorer reads them."""
    keys = {
        row["id"]: (label["instrument"], label["text_sha1"]) for row, label in zip(rows, labels, strict=True)
    }
    said, trouble = scorer.understand(answer, keys)
    if trouble["missing"]:
        raise SystemExit(f"the answer lacks {trouble['missing']} of {len(rows)} provisions")
    for one in said.values():
        one["parameters"] = []
    texts = {keys[row["id"]]: row["text"] for row in rows}
    points = {keys[row["eid"]]: set(row["sovereignty_on"] or ()) for row in answer if row["eid"] in keys}
    return Answers(scorer, as_read(scorer, [gold_row(label) for label in labels]), texts, said, points)


def agreement(rows: list[Row], scorer: ModuleType) -> str:
    """Table of how often each pass uses a principle, and Cohen's kappa of both, for the type as well."""
    seen = [second_pass()[row["id"]] for row in rows]
    lines: list[list[object]] = [["", "first, second", "Cohen's κ"]]
    for name in PRINCIPLES:
        units = [
            (name in names(one["principles"]), name in names(two["principles"]))
            for one, two in zip(rows, seen, strict=True)
        ]
        used = [sum(unit[side] for unit in units) for side in (0, 1)]
        lines.append([name, f"{used[0]}, {used[1]}", scorer.cohen(units)])
    types = [
        (one["provision_type"], two["provision_type"])
        for one, two in zip(rows, seen, strict=True)
        if two["provision_type"]
    ]
    lines.append([f"provision type ({len(types)})", "", scorer.cohen(types)])
    return table(lines)


def main(argv: list[str] | None = None) -> int:
    """Score, and print tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument(
        "--half", choices=("read", "unread"), help="the half that was mended on, or the other"
    )
    parser.add_argument("--by", choices=("part", "language", "tradition"), action="append", default=[])
    parser.add_argument("--draws", type=int, default=1000, help="bootstrap draws")
    parser.add_argument("--answer", type=Path, help="answers: read if the file is there, else written")
    parser.add_argument("--json", type=Path, help="all figures")
    parser.add_argument("--agreement", action="store_true", help="kappa of the two passes")
    options = parser.parse_args(argv)
    rows, scorer = read_written(options.part), load_scorer(SHARED)
    if options.half:
        rows = [row for row in rows if was_read(row) is (options.half == "read")]
    if options.agreement:
        print(agreement(rows, scorer))
        return 0
    labels = [as_label(row) for row in rows]
    answers = answers_for(rows, labels, annotate_rows(rows, options.answer), scorer)
    report = {"all": score(answers, labels, options.draws)}
    for field in options.by or ["part"]:
        for value, _ in Counter(row[field] for row in labels).most_common():
            some = [row for row in labels if row[field] == value]
            report[value] = score(answers, some, options.draws)
    print(show_slices(report) + "\n\n" + show_classes(report["all"]))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
