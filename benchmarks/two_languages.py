"""How alike the requirements of one law are in two languages, provision by provision.

    python benchmarks/two_languages.py [--show N]

Reads the crosswalks ``same-text-two-languages_*`` of the measuring material (``FRAGCHECK_SHARED``,
default ``../shared``), annotates both sides without tags and prints for each pair of languages the
share of provisions that carry requirements on both sides or on neither, that carry as many, of the
same modalities in order, and of the same type. Below it stands, over the requirements of provisions
that carry as many, how many differ in a field and, in brackets, how many of these name it on one side
only. ``--show`` prints the first N provisions that differ in number.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from fragcheck.annotate import annotate
from fragcheck.pipeline import compare_analyses
from fragcheck.records import Analysis, Annotation, Provision, Requirement, Tag
from fragcheck.segment import read_table

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()

#: Fields of a requirement that are compared between laws.
FIELDS = ("modality", "is_negated", "actor_role", "action_class", "recipient_role")

Rows = dict[str, tuple[Provision, Annotation]]


class NoTags:
    """Requirements do not depend on tags."""

    def tag(self, provisions: Sequence[Provision]) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        """No tag for any provision."""
        return [((), ()) for _ in provisions]


def read_side(path: Path) -> Analysis:
    """A table, read and annotated."""
    document, segmentation = read_table(path)
    return Analysis(document, segmentation, annotate(segmentation, NoTags()))


def rows_of(analysis: Analysis) -> Rows:
    """Provisions and annotations by id."""
    return {
        p.eid: (p, a) for p, a in zip(analysis.segmentation.provisions, analysis.annotations, strict=True)
    }


def differing(one: Requirement, other: Requirement) -> Iterator[object]:
    """The fields in which two requirements differ, again with "one side" where only one names it."""
    yield "all"
    for name in FIELDS:
        left, right = getattr(one, name), getattr(other, name)
        if left != right:
            yield name
            if not (left and right):
                yield name, "one side"


def compare(folder: Path, show: int) -> None:
    """Print the shares of one crosswalk."""
    sides = [read_side(folder / f"{name}.csv") for name in ("left", "right")]
    left, right = (rows_of(side) for side in sides)
    with (folder / "pairs.csv").open(newline="", encoding="utf-8") as handle:
        pairs = [(left[row["left_id"]], right[row["right_id"]]) for row in csv.DictReader(handle)]
    fields: Counter[object] = Counter()
    counts = {"requirements": 0, "number": 0, "modalities": 0, "type": 0}
    unlike = []
    for (one, a), (other, b) in pairs:
        counts["requirements"] += bool(a.requirements) == bool(b.requirements)
        same = len(a.requirements) == len(b.requirements)
        counts["number"] += same
        counts["modalities"] += [r.modality for r in a.requirements] == [r.modality for r in b.requirements]
        counts["type"] += a.provision_type == b.provision_type
        if not same:
            unlike.append((one, len(a.requirements), other, len(b.requirements)))
            continue
        for left_one, right_one in zip(a.requirements, b.requirements, strict=True):
            fields.update(differing(left_one, right_one))
    shares = "  ".join(f"{name} {count / len(pairs):.3f}" for name, count in counts.items())
    print(f"{folder.name}: {len(pairs)} provisions alike in  {shares}")
    told = (f"{name} {fields[name]} ({fields[name, 'one side']})" for name in FIELDS)
    print(f"  of {fields['all']} requirements differ in  {'  '.join(told)}")
    (pair,) = compare_analyses(sides).pairs
    found, parts = pair.overall, pair.overall.components
    print(f"  D {found.value:.3f} [{found.low:.3f}, {found.high:.3f}]", end="")
    print(f"  coverage {parts.coverage:.3f}  content {parts.content:.3f}")
    for one, n_left, other, n_right in unlike[:show]:
        print(f"--- {n_left} | {n_right}\n{one.text}\n{other.text}")


def main() -> None:
    """Compare every pair of languages of the measuring material."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    for folder in sorted((SHARED / "data" / "crosswalks").glob("same-text-two-languages_*")):
        compare(folder, options.show)


if __name__ == "__main__":
    main()
