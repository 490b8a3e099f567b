"""Principles, types, actors and parameters on our labels of real provisions, and how far two passes agree.

    python benchmarks/provision_labels.py [--set development|second|third|fourth|fifth|sixth|seventh|eighth]
                                          [--by set|language|tradition]
                                          [--draws 1000] [--tables-only] [--leave-out PART]
                                          [--answer FILE] [--json FILE] [--in-documents]
    python benchmarks/provision_labels.py --agreement|--ceiling [--set …]

The labels (``tests/annotate/gold_provisions.csv``) hold no text: it is found by its SHA-1 in the
measuring material (``FRAGCHECK_SHARED``, default ``../shared``). Each provision is read alone,
without its context, through ``fragcheck annotate``; with ``--in-documents`` where it stands, in its PDF or
table of provisions, with headings, lead-ins and kind (segments of labelled sets, which have no document,
alone): principles are then read as in use, while types and actors of list items follow their lead-ins. The
labels are made on the words alone; what the place changes in those of ``seventh`` and ``eighth`` stands in
``gold_in_place.csv`` and is taken instead. F1 and its interval come from the scorer of that material
(bootstrap of whole instruments, of provisions where there are fewer than eight); average precision and
calibration error are counted here with the same draws. What a label calls optional is left out of both. Rows
whose text is not found any more are counted. The laws of ``eighth`` are no part of that material: to score
it, put each into a table ``data/laws/INSTRUMENT.csv`` (columns ``id,text``) there, from the addresses in
``docs/taxonomy.md``.

``--agreement`` needs the scorer, not the texts: both passes stand in ``gold_provisions_passes.csv``.
Both were made by language models of one kind: what it prints is consistency, not human agreement. The
sets ``fourth`` and ``fifth`` have one pass only. ``--ceiling`` scores pass B as if it were the tool's
answer and pass A the labels: what another labeller of that kind reaches.

The sets ``seventh`` and ``eighth`` are scored by their names only: whoever mends on the errors of the
others leaves them unread. So is ``sixth``, though it was read since, for figures that can be compared.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
LABELS = ROOT / "tests" / "annotate" / "gold_provisions.csv"
PASSES = ROOT / "tests" / "annotate" / "gold_provisions_passes.csv"
#: Type and actors of the labels that another reading in its document has, by SHA-1.
IN_PLACE = ROOT / "tests" / "annotate" / "gold_in_place.csv"
SETS = ("development", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
#: Sets that two passes labelled; the others have one.
TWICE = ("development", "second", "third", "sixth", "seventh")
#: Sets that nobody mends on, which are scored by their names only.
HELD_BACK = ("seventh", "eighth")
#: As these, ``sixth``, which was held back until its errors were read: without it the figures of all sets
#: together stay those of earlier versions.
BY_NAME = ("sixth", *HELD_BACK)
PRINCIPLES = ("safety", "transparency", "accountability", "fairness", "human_centric", "privacy")
CONTROL_POINTS = ("data", "compute", "model")

Row = dict[str, str]
Matrix = NDArray[np.float64]


class Answers(NamedTuple):
    """The labels, their texts and what was said of them, by (instrument, SHA-1)."""

    scorer: ModuleType
    gold: dict[tuple[str, str], dict[str, Any]]
    texts: dict[tuple[str, str], str]
    said: dict[tuple[str, str], dict[str, Any]]
    control_points: dict[tuple[str, str], set[str]]


def read_labels(set_name: str | None = None) -> list[Row]:
    """The adjudicated labels of a set, or of all."""
    return [row for row in _rows(LABELS) if set_name in (None, row["set"])]


def read_passes(labels: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What each of the two passes said of the rows of `labels`, which are of sets labelled `TWICE`."""
    rows = {(row["text_sha1"], row["annotator"]): row for row in _rows(PASSES)}
    first, second = ([rows[label["text_sha1"], name] for label in labels] for name in ("A", "B"))
    return first, second


def in_place(labels: Sequence[Row]) -> list[Row]:
    """The labels with the type and actors that they have where they stand, with heading and lead-in."""
    there = {row["text_sha1"]: row for row in _rows(IN_PLACE) if row["annotator"] == "adjudicated"}
    fields = ("provision_type", "actors")
    return [
        {**row, **{field: there[row["text_sha1"]][field] for field in fields}, "actors_optional": ""}
        if row["text_sha1"] in there
        else row
        for row in labels
    ]


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def sha1(text: str) -> str:
    """SHA-1 of a text, as the labels hold it."""
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def texts_of(source: str, shared: Path) -> Iterator[str]:
    """Texts of the provisions of a file of the measuring material, none where it is not at hand."""
    path = shared / "data" / source
    if not path.is_file():
        return
    if path.suffix == ".csv":
        csv.field_size_limit(10**8)
        with path.open(newline="", encoding="utf-8") as handle:
            yield from (row["text"] for row in csv.DictReader(handle))
    else:
        from fragcheck.pipeline import read_and_segment

        yield from (provision.text for provision in read_and_segment(path)[1].provisions)


def with_texts(labels: Sequence[Row], shared: Path) -> list[tuple[Row, str]]:
    """The labels whose text is at hand, with it."""
    found: dict[str, str] = {}
    for source in dict.fromkeys(row["source"] for row in labels):
        found.update((sha1(text), text) for text in texts_of(source, shared))
    return [(row, found[row["text_sha1"]]) for row in labels if row["text_sha1"] in found]


def names(cell: str) -> list[str]:
    """Entries of a cell ``a;b;…``."""
    return [name for name in cell.split(";") if name]


def quantities(cell: str) -> list[dict[str, Any]]:
    """Parameters of a cell ``kind:value:unit;…``."""
    return [
        {"kind": kind, "value": value if kind == "date" else float(value), "unit": unit, "text": ""}
        for kind, value, unit in (part.split(":") for part in names(cell))
    ]


def gold_row(row: Row, label: Row | None = None) -> dict[str, Any]:
    """A label, or a pass over the provision of `label`, in the form of the scorer."""
    where = label or row
    optional = {
        f"{field}_optional": names(row.get(f"{field}_optional", "")) for field in ("principles", "actors")
    }
    return {
        "doc": where["instrument"],
        "path": row["text_sha1"],
        "text_sha1": row["text_sha1"],
        "principles": names(row["principles"]),
        "provision_type": row["provision_type"],
        "actors": names(row["actors"]),
        "parameters": quantities(row["parameters"]),
        "parameters_optional": quantities(row.get("parameters_optional", "")),
        **optional,
    }


def load_scorer(shared: Path) -> ModuleType:
    """The scorer of the measuring material, ``score/gold.py``."""
    spec = importlib.util.spec_from_file_location("gold_scorer", shared / "score" / "gold.py")
    if spec is None or spec.loader is None or not (shared / "score" / "gold.py").is_file():
        raise SystemExit(f"no scorer at {shared / 'score' / 'gold.py'}: set FRAGCHECK_SHARED to the material")
    module = importlib.util.module_from_spec(spec)
    sys.modules["gold_scorer"] = module
    spec.loader.exec_module(module)
    return module


def as_read(scorer: ModuleType, rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows in the form of the scorer, as it reads and checks them from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gold.jsonl")
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        read: dict[tuple[str, str], dict[str, Any]] = scorer.read_gold(path)
    return read


def annotated(
    pairs: Sequence[tuple[Row, str]], scorer: ModuleType, stored: Path | None, *, in_documents: bool = False
) -> Answers:
    """Run ``fragcheck annotate`` on the texts, or read what `stored` kept of an earlier run."""
    gold = as_read(scorer, [gold_row(row) for row, _ in pairs])
    texts = {(row["instrument"], row["text_sha1"]): text for row, text in pairs}
    if stored is not None and stored.is_file():
        answer = scorer.read_jsonl(stored)
        ids = {f"{doc}|{path}": (doc, path) for doc, path in gold}
    else:
        command = f"{sys.executable} -m fragcheck annotate {{csv}} --format jsonl"
        answer, short, _ = scorer.run_command(command, list(gold), texts, 3600.0)
        ids = {"|".join(key): key for key in gold}
        answer = [{**row, "eid": "|".join(short[row["eid"]])} for row in answer]
        if in_documents:
            there = {row["eid"]: row for row in said_in_documents([row for row, _ in pairs], SHARED)}
            print(f"{len(there)} of them read in their documents", file=sys.stderr)
            answer = [there.get(row["eid"], row) for row in answer]
        if stored is not None:
            kept = ("eid", "tags", "tags_on", "sovereignty_on", "provision_type", "requirements")
            lines = (json.dumps({name: row.get(name) for name in kept}, ensure_ascii=False) for row in answer)
            stored.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said, trouble = scorer.understand(answer, ids)
    if trouble["missing"]:
        raise SystemExit(f"the answer lacks {trouble['missing']} of {len(gold)} provisions")
    points = {ids[row["eid"]]: set(row["sovereignty_on"] or ()) for row in answer if row["eid"] in ids}
    return Answers(scorer, gold, texts, said, points)


def said_in_documents(labels: Sequence[Row], shared: Path) -> list[dict[str, Any]]:
    """Rows of the answer for the labels whose source is a document, each provision annotated where it stands.

    Where a text stands twice in a document, the first place counts.
    """
    from fragcheck.annotate import annotate, load_tagger
    from fragcheck.pipeline import read_and_segment
    from fragcheck.pipeline.rows import annotation_row
    from fragcheck.segment import read_table

    wanted = {(row["source"], row["text_sha1"]): row for row in labels}
    rows: dict[str, dict[str, Any]] = {}
    for source in dict.fromkeys(row["source"] for row in labels if not row["source"].startswith("labels/")):
        path = shared / "data" / source
        segmentation = (read_table if path.suffix == ".csv" else read_and_segment)(path)[1]
        annotations = annotate(segmentation, load_tagger())
        for provision, annotation in zip(segmentation.provisions, annotations, strict=True):
            row = wanted.get((source, sha1(provision.text)))
            if row is not None:
                eid = f"{row['instrument']}|{row['text_sha1']}"
                rows.setdefault(eid, {**annotation_row(provision, annotation), "eid": eid})
    return list(rows.values())


def average_precision(truth: Matrix, chances: Matrix, weights: Matrix) -> Matrix:
    """Average precision under each row of `weights` (draws x provisions); nan where nothing is positive."""
    order = np.argsort(-chances, kind="stable")
    w, y = weights[:, order], truth[order]
    ends = np.flatnonzero(np.append(np.diff(chances[order]) != 0, True))
    hits = np.cumsum(w * y, axis=1)[:, ends]
    seen = np.cumsum(w, axis=1)[:, ends]
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(seen > 0, hits / seen, 0.0)
        steps = np.diff(hits, axis=1, prepend=0.0)
        value: Matrix = (steps * precision).sum(axis=1) / hits[:, -1]
    return value


def calibration_error(truth: Matrix, chances: Matrix, weights: Matrix, bins: int = 10) -> Matrix:
    """Expected calibration error in equal-width bins under each row of `weights`."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = np.zeros(len(weights))
    for number in range(bins):
        inside = place == number
        gaps += np.abs(weights[:, inside] @ (chances[inside] - truth[inside]))
    value: Matrix = gaps / weights.sum(axis=1)
    return value


def principle_figures(answers: Answers, keys: list[tuple[str, str]], draws: int) -> dict[str, Any]:
    """Average precision and calibration error per principle and their means, optional tags left out."""
    weights, _ = answers.scorer.weights(keys, draws)
    precisions, errors = [], []
    out: dict[str, Any] = {}
    for name in PRINCIPLES:
        sure = np.array([name not in answers.gold[key]["optional"]["principles"] for key in keys])
        truth = np.array([float(name in answers.gold[key]["principles"]) for key in keys])[sure]
        chances = np.array([answers.said[key]["p"].get(name, 0.0) for key in keys])[sure]
        error = calibration_error(truth, chances, weights[:, sure])
        out[name] = {"ece": answers.scorer.interval(error), "ap": None}
        errors.append(error)
        if truth.any():
            precision = average_precision(truth, chances, weights[:, sure])
            out[name]["ap"] = answers.scorer.interval(precision)
            precisions.append(precision)
    out["mean"] = {
        "ap": answers.scorer.interval(_mean(precisions)) if precisions else None,
        "ece": answers.scorer.interval(_mean(errors)),
    }
    return out


def _mean(values: Sequence[Matrix]) -> Matrix:
    """Mean per draw over the classes that the draw holds."""
    table = np.array(values)
    known = (~np.isnan(table)).sum(axis=0)
    total = np.nansum(table, axis=0)
    return np.where(known > 0, total / np.maximum(known, 1), np.nan)


def control_point_f1(
    answers: Answers, keys: Sequence[tuple[str, str]], labels: dict[str, Row]
) -> dict[str, Any]:
    """F1 of each control point of sovereignty, with the number that the labels hold."""
    out = {}
    for name in CONTROL_POINTS:
        gold = {key for key in keys if name in names(labels[key[1]]["sovereignty"])}
        said = {key for key in keys if name in answers.control_points[key]}
        both = len(gold) + len(said)
        out[name] = {"gold": len(gold), "f1": round(2 * len(gold & said) / both, 4) if both else None}
    return out


def score(answers: Answers, labels: Sequence[Row], draws: int) -> dict[str, Any]:
    """What the scorer says of `labels`, with average precision, calibration error and control points."""
    keys = [(row["instrument"], row["text_sha1"]) for row in labels]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a draw that holds none of a rare class
        found = answers.scorer.score(answers.gold, keys, answers.texts, answers.said, draws)
    found["principles"]["more"] = principle_figures(answers, keys, draws)
    found["control_points"] = control_point_f1(answers, keys, {row["text_sha1"]: row for row in labels})
    return dict(found)


def agreement(labels: Sequence[Row], scorer: ModuleType, draws: int) -> dict[str, Any]:
    """Cohen's kappa and Krippendorff's alpha between the two passes, per field."""
    first, second = read_passes(labels)
    files = [
        as_read(scorer, [gold_row(row, label) for row, label in zip(rows, labels, strict=True)])
        for rows in (first, second)
    ]
    found: dict[str, Any] = scorer.agree(files, draws)
    found["sovereignty"] = {}
    for name in CONTROL_POINTS:
        units = [
            (name in names(one["sovereignty"]), name in names(two["sovereignty"]))
            for one, two in zip(first, second, strict=True)
        ]
        found["sovereignty"][name] = {
            "used": [sum(unit[side] for unit in units) for side in (0, 1)],
            "kappa": scorer.cohen(units),
            "alpha_nominal": scorer.alpha(units, scorer.nominal, draws),
        }
    return found


def ceiling(labels: Sequence[Row], scorer: ModuleType, draws: int) -> dict[str, Any]:
    """Pass B scored against pass A by the measures of `score`: what these labels let anyone reach.

    A pass says tags and no probabilities: its average precision and calibration error mean nothing.
    """
    first, second = read_passes(labels)
    gold = as_read(scorer, [gold_row(row, label) for row, label in zip(first, labels, strict=True)])
    rows = [_as_answer(row, label) for row, label in zip(second, labels, strict=True)]
    said, _ = scorer.understand(rows, {"|".join(key): key for key in gold})
    points = {key: set(names(row["sovereignty"])) for key, row in zip(gold, second, strict=True)}
    answers = Answers(scorer, gold, dict.fromkeys(gold, ""), said, points)
    keyed = [{**row, "instrument": label["instrument"]} for row, label in zip(first, labels, strict=True)]
    return score(answers, keyed, draws)


def _as_answer(row: Row, label: Row) -> dict[str, Any]:
    """A pass over the provision of `label` in the form in which the tool answers."""
    actors = names(row["actors"]) or [""]
    requirements: list[dict[str, Any]] = [{"actor": actor, "parameters": []} for actor in actors]
    requirements[0]["parameters"] = quantities(row["parameters"])
    tags = names(row["principles"])
    return {
        "eid": f"{label['instrument']}|{label['text_sha1']}",
        "tags": dict.fromkeys(tags, 1.0),
        "tags_on": tags,
        "provision_type": row["provision_type"],
        "requirements": requirements,
    }


def cell(value: dict[str, float | None] | None) -> str:
    """A figure with its 95 per cent interval."""
    if value is None or value["value"] is None:
        return "–"
    return (
        "{value:.3f} [{low:.3f}, {high:.3f}]".format(**value)
        if value["low"] is not None
        else f"{value['value']:.3f}"
    )


def table(rows: Sequence[Sequence[object]]) -> str:
    """Rows as a Markdown table; the first is the head."""
    lines = ["| " + " | ".join(str(value) for value in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def show_slices(slices: dict[str, dict[str, Any]]) -> str:
    """One line a slice."""
    head = ["", "n", "principles macro-F1", "AP", "ECE", "type macro-F1", "accuracy"]
    rows: list[Sequence[object]] = [[*head, "actors F1", "parameters F1"]]
    for name, found in slices.items():
        tags, kinds = found["principles"], found["provision_type"]
        figures = [tags["macro_f1"], tags["more"]["mean"]["ap"], tags["more"]["mean"]["ece"]]
        figures += [
            kinds["macro_f1"],
            kinds["accuracy"],
            found["actors"]["f1"],
            found["parameters"]["exact"]["f1"],
        ]
        rows.append([name, found["n"], *map(cell, figures)])
    return table(rows)


def show_classes(found: dict[str, Any]) -> str:
    """Principles, control points and types, each in a table of its own, and what is confused most."""
    fields, more = ("precision", "recall", "f1"), found["principles"]["more"]
    tags: list[Sequence[object]] = [["", "labelled", "said", "precision", "recall", "F1", "AP", "ECE"]]
    for name, row in found["principles"]["classes"].items():
        figures = [*(row[field] for field in fields), more[name]["ap"], more[name]["ece"]]
        tags.append([name, row["gold"], row["said"], *map(cell, figures)])
    points: list[Sequence[object]] = [["", "labelled", "F1"]]
    points += [[name, row["gold"], row["f1"]] for name, row in found["control_points"].items()]
    kinds: list[Sequence[object]] = [tags[0][:6]]
    for name, row in found["provision_type"]["classes"].items():
        kinds.append([name, row["gold"], row["said"], *(cell(row[field]) for field in fields)])
    confused = list(found["provision_type"]["confusion"].items())[:10]
    return "\n\n".join(
        [table(tags), table(points), table(kinds), "; ".join(f"{n} {what}" for what, n in confused)]
    )


def show_agreement(found: dict[str, Any]) -> str:
    """Kappa and alpha of each field; F1 where a field is a set."""
    kinds, tags = found["provision_type"], found["principles"]
    rows: list[Sequence[object]] = [["", "used by A, B", "Cohen's κ", "Krippendorff's α", "F1"]]
    rows.append(["provision type", "", kinds["kappa"], cell(kinds["alpha_nominal"]), ""])
    for name, row in {**tags["each"], **found["sovereignty"]}.items():
        rows.append([name, "{}, {}".format(*row["used"]), row["kappa"], cell(row["alpha_nominal"]), ""])
    rows.append(["principles as sets (MASI)", "", "", cell(tags["alpha_masi"]), ""])
    rows.append(["actors (MASI)", "", "", cell(found["actors"]["alpha_masi"]), found["actors"]["f1"]])
    quantity = found["parameters"]
    rows.append(["parameters (MASI)", "", "", cell(quantity["alpha_masi"]), quantity["f1_exact"]])
    return table(rows)


def show_ceiling(found: dict[str, Any]) -> str:
    """F1 of pass B against pass A per field, and per principle and control point."""
    kinds, tags = found["provision_type"], found["principles"]
    rows: list[Sequence[object]] = [["B against A", "in A", "F1"]]
    rows.append(["principles, macro", "", cell(tags["macro_f1"])])
    rows += [[name, row["gold"], cell(row["f1"])] for name, row in tags["classes"].items()]
    rows += [[name, row["gold"], row["f1"]] for name, row in found["control_points"].items()]
    rows.append(["types, macro", "", cell(kinds["macro_f1"])])
    rows.append(["types, accuracy", "", cell(kinds["accuracy"])])
    rows.append(["actors", "", cell(found["actors"]["f1"])])
    rows.append(["parameters", "", cell(found["parameters"]["exact"]["f1"])])
    return table(rows)


def main(argv: list[str] | None = None) -> int:
    """Score the labels, or the passes against each other, and print tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=SETS)
    parser.add_argument("--by", choices=("set", "language", "tradition"), action="append", default=[])
    parser.add_argument("--draws", type=int, default=1000, help="bootstrap draws")
    parser.add_argument("--tables-only", action="store_true", help="leave out what is to be read from PDFs")
    parser.add_argument("--leave-out", action="append", default=[], help="part of the name of a source")
    parser.add_argument("--answer", type=Path, help="answers: read if the file is there, else written")
    parser.add_argument("--in-documents", action="store_true", help="read provisions where they stand")
    parser.add_argument("--agreement", action="store_true", help="kappa and alpha between the two passes")
    parser.add_argument("--ceiling", action="store_true", help="pass B scored against pass A")
    parser.add_argument("--json", type=Path, help="all figures")
    options = parser.parse_args(argv)
    labels, scorer = read_labels(options.set), load_scorer(SHARED)
    labels = in_place(labels) if options.in_documents else labels
    labels = [row for row in labels if options.set or row["set"] not in BY_NAME]
    if options.agreement or options.ceiling:
        labels = [row for row in labels if row["set"] in TWICE]
        report = (ceiling if options.ceiling else agreement)(labels, scorer, options.draws)
        print(
            f"{len(labels)} provisions; two language models of one kind: consistency, not human agreement\n"
        )
        print(show_ceiling(report) if options.ceiling else show_agreement(report))
    else:
        labels = [row for row in labels if row["source"].endswith(".csv") or not options.tables_only]
        labels = [row for row in labels if not any(part in row["source"] for part in options.leave_out)]
        report = _scored(labels, scorer, options)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _scored(labels: list[Row], scorer: ModuleType, options: argparse.Namespace) -> dict[str, Any]:
    pairs = with_texts(labels, SHARED)
    print(f"{len(pairs)} of {len(labels)} labelled provisions found", file=sys.stderr)
    answers = annotated(pairs, scorer, options.answer, in_documents=options.in_documents)
    found = [row for row, _ in pairs]
    report = {"all": score(answers, found, options.draws)}
    for field in options.by:
        for value, _ in Counter(row[field] for row in found).most_common():
            part = [row for row in found if row[field] == value]
            report[value] = score(answers, part, options.draws)
    print(show_slices(report) + "\n\n" + show_classes(report["all"]))
    return report


if __name__ == "__main__":
    sys.exit(main())
